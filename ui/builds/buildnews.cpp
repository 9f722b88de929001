#include "builds/buildnews.h"

#include "builds/buildwords.h"
#include "builds/notifier.h"
#include "builds/planspane.h"

#include <algorithm>

namespace runner::ui {

namespace {

constexpr build::Time longTime = Notifier::longSeconds * 1'000'000'000;

bool isWorthSaying(const Problem &problem)
{
    return problem.id == "build-still-running" || problem.id == "cancel-unverified"
           || problem.id == "needed-build-failed" || problem.severity == Severity::Error;
}

} // namespace

BuildNews::BuildNews(BuildCentre *centre, QWidget *owner)
    : QObject(owner)
    , m_centre(centre)
    , m_notifier(new Notifier(owner))
{
    connect(m_centre, &BuildCentre::ended, this, &BuildNews::onEnded);
    connect(m_centre, &BuildCentre::planEnded, this, &BuildNews::onPlanEnded);
    connect(m_centre, &BuildCentre::failed, this,
            [this](const Problem &problem) { Q_EMIT statusMessage(sentence(problem)); });
}

void BuildNews::onEnded(qint64 id)
{
    const auto &items = m_centre->queue().items;
    const auto item =
        std::find_if(items.begin(), items.end(), [id](const build::QueueItem &other) { return other.id == id; });
    if (item == items.end())
        return;
    const QString text =
        tr("%1: %2").arg(QString::fromStdString(item->request.platformTag), outcomeWord(item->end.outcome));
    const build::Time took = item->end.started > 0 ? item->end.ended - item->end.started : 0;
    if (took >= longTime)
        m_notifier->tell(tr("A build has ended"), tr("%1 after %2").arg(text, shownDuration(took)));
    const auto problem = std::find_if(item->end.problems.begin(), item->end.problems.end(), isWorthSaying);
    Q_EMIT statusMessage(problem == item->end.problems.end() ? text : text + QStringLiteral(". ") + sentence(*problem));
}

void BuildNews::onPlanEnded(qint64 id)
{
    const build::KeptPlan *plan = m_centre->planOf(id);
    if (!plan || !PlansPane::isShown(*plan))
        return;
    const QString text = PlansPane::describe(*plan);
    if (build::currentTime() - plan->id >= longTime) // It is named by when it was made.
        m_notifier->tell(tr("A plan has ended"), text);
    Q_EMIT statusMessage(tr("The plan has ended: %1.").arg(text));
}

} // namespace runner::ui
