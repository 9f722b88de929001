// Shows in a log view what a search has found.
#pragma once

#include "log/logsearch.h"

namespace runner::ui {

class LogView;

/// Selects the hit in its row. Where escape sequences or the line's length keep its text from being shown, the cursor
/// goes to the row all the same.
void showHit(LogView &view, const LogSearch::Found &found, const build::Matcher &matcher);

} // namespace runner::ui
