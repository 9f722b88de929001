#include "builds/buildwords.h"

#include "build/compare.h"
#include "diagnostics/problemtext.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>

namespace runner::ui {

namespace {

QString words(const char *text)
{
    return QCoreApplication::translate("BuildWords", text);
}

} // namespace

QString shownDuration(build::Time nanoseconds)
{
    const double seconds = std::max(0.0, static_cast<double>(nanoseconds) / 1e9);
    const auto whole = static_cast<qint64>(seconds);
    if (seconds < 60)
        return words("%1 s").arg(seconds, 0, 'f', 1);
    const auto two = [](qint64 number) { return QStringLiteral("%1").arg(number, 2, 10, QLatin1Char('0')); };
    if (whole < 3600)
        return words("%1 min %2 s").arg(QString::number(whole / 60), two(whole % 60));
    return words("%1 h %2 min").arg(QString::number(whole / 3600), two(whole / 60 % 60));
}

QString shownEstimate(const build::Estimate &estimate)
{
    return estimate.varies() ? words("%1 to %2").arg(shownDuration(estimate.shortest), shownDuration(estimate.longest))
                             : words("about %1").arg(shownDuration(estimate.duration));
}

QString shownEstimates(const std::vector<std::optional<build::Estimate>> &estimates)
{
    if (estimates.size() == 1 && estimates.front())
        return words(estimates.front()->otherImages ? "Takes %1, by %2 earlier of other images of the target"
                                                    : "Takes %1, by %2 earlier")
            .arg(shownEstimate(*estimates.front()))
            .arg(estimates.front()->runs);
    build::Time sum = 0;
    std::size_t unknown = 0;
    for (const auto &estimate : estimates) {
        sum += estimate ? estimate->duration : 0;
        unknown += estimate ? 0 : 1;
    }
    if (unknown == estimates.size())
        return {};
    const QString text = words("About %1 of building, by earlier ones").arg(shownDuration(sum));
    return unknown == 0 ? text
                        : words("%1; of %2 of the %3 nothing is known").arg(text).arg(unknown).arg(estimates.size());
}

QString shownSize(std::int64_t bytes)
{
    return QString::fromStdString(build::describeSize(bytes));
}

QString shownMoment(build::Time time)
{
    const QDateTime moment = QDateTime::fromMSecsSinceEpoch(time / 1'000'000);
    const QString clock = moment.time().toString(QStringLiteral("HH:mm"));
    if (moment.date() == QDate::currentDate())
        return words("today %1").arg(clock);
    return moment.date().toString(QStringLiteral("yyyy-MM-dd ")) + clock;
}

QString outcomeWord(const std::optional<build::Outcome> &outcome)
{
    return outcome ? words(build::outcomeName(*outcome)) : words("running");
}

QString stateWord(build::StepState state)
{
    return words(build::stateName(state));
}

QString outcomeSign(const std::optional<build::Outcome> &outcome)
{
    if (!outcome)
        return QStringLiteral("▶");
    switch (*outcome) {
    case build::Outcome::Succeeded:
        return QStringLiteral("✓");
    case build::Outcome::Cancelled:
        return QStringLiteral("■");
    case build::Outcome::Failed:
    case build::Outcome::CouldNotStart:
    case build::Outcome::Interrupted:
        break;
    }
    return QStringLiteral("✗");
}

QString stateSign(build::StepState state)
{
    switch (state) {
    case build::StepState::Running:
        return QStringLiteral("▶");
    case build::StepState::Cached:
        return QStringLiteral("≡");
    case build::StepState::Done:
        return QStringLiteral("✓");
    case build::StepState::Failed:
        return QStringLiteral("✗");
    case build::StepState::Cancelled:
        return QStringLiteral("■");
    case build::StepState::NoCache:
        return QStringLiteral("–");
    case build::StepState::Waiting:
        break;
    }
    return QStringLiteral("·");
}

QColor outcomeColour(const std::optional<build::Outcome> &outcome, const Theme &theme)
{
    if (!outcome)
        return readable(theme.selectedBorder, theme.base, textContrast);
    if (*outcome == build::Outcome::Succeeded)
        return theme.text;
    return *outcome == build::Outcome::Cancelled ? theme.warningText : theme.errorText;
}

QColor stateColour(build::StepState state, const Theme &theme)
{
    switch (state) {
    case build::StepState::Running:
        return readable(theme.selectedBorder, theme.base, textContrast);
    case build::StepState::Failed:
        return theme.errorText;
    case build::StepState::Cancelled:
        return theme.warningText;
    case build::StepState::Done:
        return theme.text;
    case build::StepState::Cached:
    case build::StepState::NoCache:
    case build::StepState::Waiting:
        break;
    }
    return theme.noteText;
}

QString progressOf(const build::Step &step)
{
    std::int64_t current = 0, total = 0;
    for (const build::Transfer &transfer : step.transfers) {
        if (transfer.total <= 0)
            continue;
        current += transfer.completed != 0 ? transfer.total : std::min(transfer.current, transfer.total);
        total += transfer.total;
    }
    if (total <= 0)
        return {};
    return words("%1 % · %2 of %3").arg(QString::number(100 * current / total), shownSize(current), shownSize(total));
}

QString shortened(const QString &text, qsizetype most)
{
    const QString gap = QStringLiteral(" … ");
    if (text.size() <= most)
        return text;
    qsizetype first = (most - gap.size()) / 3;
    qsizetype rest = text.size() - (most - gap.size() - first);
    if (first > 0 && text[first].isLowSurrogate()) // Not inside a character.
        --first;
    if (text[rest].isLowSurrogate())
        ++rest;
    return text.left(first) + gap + text.mid(rest);
}

QString sentence(const Problem &problem)
{
    return sentencesOf(problem);
}

} // namespace runner::ui
