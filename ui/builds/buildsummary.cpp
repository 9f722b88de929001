// BuildPage: what is said of a build above its steps.
#include "builds/buildpage.h"
#include "builds/buildwords.h"
#include "place/elidedlabel.h"

#include <QLabel>
#include <QPushButton>
#include <QStringList>
#include <QUrl>

#include <algorithm>

namespace runner::ui {

namespace {

constexpr std::size_t shownSlowest = 3;
constexpr std::size_t shownProblems = 50; ///< The summary scrolls.

constexpr qsizetype shownCharacters = 600;

QString escaped(const std::string &text)
{
    return QString::fromStdString(text).toHtmlEscaped();
}

/// BuildKit's text of a step that failed has all of its script; that it failed and how stands behind it.
Problem shownProblem(Problem problem)
{
    problem.message = shortened(QString::fromStdString(problem.message), shownCharacters).toStdString();
    return problem;
}

/// The first reasons; a step of many files may have many.
QString missText(const build::CacheMiss &miss)
{
    constexpr std::size_t shownReasons = 3;
    constexpr qsizetype nameCharacters = 60;
    QStringList reasons;
    for (std::size_t i = 0; i < std::min(miss.reasons.size(), shownReasons); ++i)
        reasons << escaped(miss.reasons[i]);
    if (miss.reasons.size() > shownReasons)
        reasons << BuildPage::tr("and %1 more").arg(miss.reasons.size() - shownReasons);
    return BuildPage::tr("Not cached from “%1” on: %2")
        .arg(shortened(QString::fromStdString(miss.step).simplified(), nameCharacters).toHtmlEscaped(),
             reasons.join(QStringLiteral("; ")));
}

} // namespace

QString BuildPage::linked(const Location &where) const
{
    if (where.file.empty() || where.line <= 0)
        return {};
    const QString file = QString::fromStdString(where.file);
    const QString place = QString::fromLatin1(QUrl::toPercentEncoding(file, "/"));
    return QStringLiteral("<a href=\"place:%1#%2\">%3:%2</a>")
        .arg(place, QString::number(where.line), file.toHtmlEscaped());
}

/// Why it ended so, then BuildKit's warnings; a few of each, for the steps and the log say the rest.
QString BuildPage::problemsText() const
{
    const Theme theme(palette());
    QStringList lines;
    const auto add = [&](const Problem &problem) {
        const QColor colour = problem.severity == Severity::Error     ? theme.errorText
                              : problem.severity == Severity::Warning ? theme.warningText
                                                                      : theme.noteText;
        const QString link = linked(problem.where);
        lines << QStringLiteral("<span style=\"color:%1\">%2</span> %3")
                     .arg(colour.name(), sentence(shownProblem(problem)).toHtmlEscaped(), link);
    };
    const auto addSome = [&](const Problems &problems) {
        for (std::size_t i = 0; i < std::min(problems.size(), shownProblems); ++i)
            add(problems[i]);
        if (problems.size() > shownProblems)
            lines << tr("and %1 more").arg(problems.size() - shownProblems);
    };
    addSome(m_record->problems);
    if (m_record->isRunning()) // in the end they are among the problems
        addSome(m_stepData.warnings());
    return lines.join(QStringLiteral("<br>"));
}

/// Outcome, times, share of the cache, revision, digest and size, as far as they are known.
QString BuildPage::factsText() const
{
    const build::BuildRecord &record = *m_record;
    const build::Time duration = record.isRunning() ? build::currentTime() - record.started : record.duration();
    QStringList facts;
    facts
        << QStringLiteral("<b>%1 %2</b>").arg(outcomeSign(record.outcome), outcomeWord(record.outcome).toHtmlEscaped());
    facts << (m_estimate.isEmpty() ? shownDuration(duration) : tr("%1, %2").arg(shownDuration(duration), m_estimate));
    if (const QString rest = restText(); !rest.isEmpty())
        facts << rest;
    facts << shownMoment(record.started) << escaped(record.request.platform);
    build::BuildRecord counted = record;
    build::countSteps(counted, m_stepData.steps());
    if (counted.steps > 0)
        facts << tr("%1 of %2 steps cached").arg(counted.cachedSteps).arg(counted.steps);
    if (!record.git.revision.empty())
        facts << tr("revision %1%2")
                     .arg(escaped(record.git.revision.substr(0, 10)),
                          record.git.dirty ? tr(" with changes") : QString());
    if (!record.metadata.digest.empty())
        facts << QStringLiteral("<code>%1</code>").arg(escaped(record.metadata.digest));
    if (record.metadata.size > 0)
        facts << shownSize(record.metadata.size);
    return facts.join(QStringLiteral(" · "));
}

/// The steps that ran longest, as links; empty where none ran.
QString BuildPage::slowestText() const
{
    constexpr int nameCharacters = 40;
    constexpr build::Time least = 50'000'000; // 0.0 s is nothing to tell.
    const auto &steps = m_stepData.steps();
    std::vector<build::Time> times(steps.size());
    std::vector<std::size_t> order;
    for (std::size_t i = 1; i < steps.size(); ++i) {
        times[i] = steps[i].busyUntil(build::currentTime());
        if (times[i] >= least && steps[i].state != build::StepState::Cached)
            order.push_back(i);
    }
    const std::size_t most = std::min(order.size(), shownSlowest);
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(most), order.end(),
                      [&](std::size_t a, std::size_t b) { return times[a] > times[b]; });
    QStringList slow;
    for (std::size_t i = 0; i < most; ++i) {
        const QString name =
            shortened(QString::fromStdString(build::instructionOf(steps[order[i]].name)).simplified(), nameCharacters);
        slow << QStringLiteral("<a href=\"step:%1\">%2</a> %3")
                    .arg(QString::number(order[i]), name.toHtmlEscaped(), shownDuration(times[order[i]]));
    }
    return slow.isEmpty() ? QString() : tr("Slowest: %1").arg(slow.join(QStringLiteral(", ")));
}

void BuildPage::showSummary()
{
    if (!m_record)
        return;
    const build::BuildRecord &record = *m_record;
    const build::QueueItem *item = m_centre->itemOf(record.id);
    m_title->setLine(QString::fromStdString(record.image()));
    m_cancel->setVisible(record.isRunning());
    m_cancel->setToolTip(
        item ? tr("Interrupt the build and check with the builder that it is over; once more uses more force")
             : tr("Ask the other console that runs this build to cancel it"));
    m_retry->setVisible(!record.isRunning() && m_centre->tool());
    QStringList lines{factsText()};
    if (const QString slowest = slowestText(); !slowest.isEmpty())
        lines << slowest;
    if (!m_miss.isEmpty())
        lines << m_miss;
    const QString problems = problemsText();
    if (!problems.isEmpty())
        lines << problems;
    const QString text = lines.join(QStringLiteral("<br>"));
    if (text == m_summary->text())
        return;
    m_summary->setText(text);
    fitSummary();
}

void BuildPage::askForEstimates()
{
    m_estimate.clear();
    m_expected.clear();
    const auto isShown = [this, id = m_record->id] { return build() == id; };
    m_centre->estimate(
        {m_record->request}, this,
        [this, isShown](const std::vector<std::optional<build::Estimate>> &estimates) {
            if (!isShown() || !estimates.front())
                return;
            const build::Estimate &estimate = *estimates.front();
            m_estimate = (estimate.otherImages ? tr("other images of the target %1") : tr("usually %1"))
                             .arg(shownEstimate(estimate));
            showSummary();
        },
        m_record->id);
    if (!m_record->isRunning())
        return;
    m_centre->readExpectedSteps(*m_record, this, [this, isShown](const std::vector<build::StepRecord> &steps) {
        if (!isShown())
            return;
        m_expected = steps;
        showSummary();
    });
}

/// What it still takes if nothing more comes from the cache; empty where that is less than a second, or not known.
QString BuildPage::restText() const
{
    if (!m_record->isRunning() || m_expected.empty())
        return {};
    const build::Time rest = build::estimateRest(m_expected, m_stepData.steps(), build::currentTime());
    return rest < build::Time(1'000'000'000) ? QString() : tr("about %1 left").arg(shownDuration(rest));
}

void BuildPage::explainCache()
{
    if (!m_record || m_record->isRunning())
        return;
    const build::BuildRecord record = *m_record;
    m_centre->read(record.id, this, [this, record](const std::optional<build::KnownBuild> &now) {
        if (!now || build() != record.id)
            return;
        m_centre->readBefore(record, this, [this, now, id = record.id](const std::optional<build::KnownBuild> &before) {
            if (!before || build() != id)
                return;
            const auto miss = build::whyNotCached(*before, *now);
            m_miss = miss ? missText(*miss) : QString();
            showSummary();
        });
    });
}

} // namespace runner::ui
