// How the window says what builds are and how long they take.
#pragma once

#include "build/buildrecord.h"
#include "build/estimate.h"
#include "theme/theme.h"

#include <QString>

namespace runner::ui {

/// "1.2 s", "3 min 04 s", "2 h 05 min".
QString shownDuration(build::Time nanoseconds);
/// "about 3 min 04 s"; "5.0 s to 2 h 05 min" where builds of before differ much.
QString shownEstimate(const build::Estimate &estimate);
/// How long the builds of a plan will take, one after another, in a sentence without a full stop; empty where nothing
/// is known of any.
QString shownEstimates(const std::vector<std::optional<build::Estimate>> &estimates);
/// "1.5 GB"; in steps of 1000.
QString shownSize(std::int64_t bytes);
/// "today 14:05", "23 November 14:05".
QString shownMoment(build::Time time);

QString outcomeWord(const std::optional<build::Outcome> &outcome); ///< "running" where there is none.
QString stateWord(build::StepState state);
/// A sign that tells the state without colour.
QString outcomeSign(const std::optional<build::Outcome> &outcome);
QString stateSign(build::StepState state);
QColor outcomeColour(const std::optional<build::Outcome> &outcome, const Theme &theme);
QColor stateColour(build::StepState state, const Theme &theme);

/// "62 % · 120 MB of 193 MB" of a step's transfers; empty where it has none that count.
QString progressOf(const build::Step &step);
/// The problem in a sentence or two.
QString sentence(const Problem &problem);
/// At most \a most characters: of a longer text its begin and, for that tells what came of it, more of its end.
QString shortened(const QString &text, qsizetype most);

} // namespace runner::ui
