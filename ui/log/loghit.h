// Shows in a log view what a search has found.
#pragma once

#include "log/logsearch.h"

namespace runner::ui {

class LogView;

/// Selects the hit in its row, which then shows the part of its line that it is in.
void showHit(LogView &view, const LogSearch::Found &found);

} // namespace runner::ui
