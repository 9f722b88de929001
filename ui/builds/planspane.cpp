#include "builds/planspane.h"

#include "builds/plancard.h"
#include "theme/theme.h"

#include <QStringList>
#include <QVBoxLayout>

#include <algorithm>

namespace runner::ui {

namespace {

constexpr int mostEnded = 2; ///< Older plans that have ended put themselves away.

} // namespace

PlansPane::PlansPane(BuildCentre *centre, QWidget *parent)
    : QWidget(parent)
    , m_centre(centre)
{
    setObjectName(QStringLiteral("plansPane"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(gridUnit, 0, gridUnit / 2, 0);
    layout->setSpacing(gridUnit / 2);
    hide();
    connect(m_centre, &BuildCentre::plansChanged, this, &PlansPane::fill);
}

bool PlansPane::isShown(const build::KeptPlan &plan)
{
    return plan.plan->jobs.size() > 1 || !plan.plan->manifests.empty() || !plan.progress.problems.empty();
}

QString PlansPane::describe(const build::KeptPlan &plan)
{
    const build::PlanProgress &progress = plan.progress;
    QStringList parts{tr("%1 built").arg(progress.count(build::JobState::Succeeded))};
    if (const int failed = progress.count(build::JobState::Failed); failed > 0)
        parts << tr("%1 not built").arg(failed);
    if (const int open = progress.count(build::JobState::Open); open > 0)
        parts << (progress.begun ? tr("%1 to go").arg(open) : tr("looking for what %1 build on").arg(open));
    if (!plan.plan->manifests.empty()) {
        const auto made =
            std::count_if(plan.plan->manifests.begin(), plan.plan->manifests.end(),
                          [&](const build::PlannedManifest &manifest) { return progress.hasMade(manifest.image); });
        parts << tr("%1 of %2 tags for all platforms made").arg(made).arg(plan.plan->manifests.size());
    }
    return parts.join(QStringLiteral(", "));
}

catalog::Records PlansPane::released(const build::KeptPlan &plan)
{
    catalog::Records records;
    for (const build::PlannedManifest &manifest : plan.plan->manifests) {
        if (manifest.releaseImage.empty() || !plan.progress.hasMade(manifest.releaseImage))
            continue;
        for (const std::size_t job : manifest.jobs) {
            if (const auto &record = plan.plan->jobs[job].released)
                records.push_back(*record);
        }
    }
    return records;
}

void PlansPane::fill()
{
    const std::vector<build::KeptPlan> plans = m_centre->plans();
    int ended = 0;
    std::map<std::int64_t, QWidget *> cards;
    for (auto plan = plans.rbegin(); plan != plans.rend(); ++plan) {
        const bool shown = isShown(*plan);
        if (plan->progress.ended && (!shown || ++ended > mostEnded)) {
            m_centre->forgetPlan(plan->id);
            continue;
        }
        if (!shown)
            continue;
        const auto known = m_cards.find(plan->id);
        auto *card = known == m_cards.end() ? new PlanCard : static_cast<PlanCard *>(known->second);
        if (known == m_cards.end()) {
            connect(card, &PlanCard::cancelRequested, this, [this, id = plan->id] { m_centre->cancelPlan(id); });
            connect(card, &PlanCard::retryRequested, this, [this, id = plan->id] { m_centre->retryPlan(id); });
            connect(card, &PlanCard::forgetRequested, this, [this, id = plan->id] { m_centre->putAwayPlan(id); });
            connect(card, &PlanCard::chooseRequested, this, [this, id = plan->id] { Q_EMIT chooseRequested(id); });
            connect(card, &PlanCard::mergeRequested, this, [this, id = plan->id] { Q_EMIT mergeRequested(id); });
        }
        if (const auto place = static_cast<int>(cards.size()); layout()->indexOf(card) != place) // The newest on top.
            static_cast<QVBoxLayout *>(layout())->insertWidget(place, card);
        card->setPlan(*plan);
        cards[plan->id] = card;
    }
    for (const auto &[id, card] : m_cards) {
        if (!cards.contains(id))
            delete card;
    }
    m_cards = std::move(cards);
    setVisible(!m_cards.empty());
}

} // namespace runner::ui
