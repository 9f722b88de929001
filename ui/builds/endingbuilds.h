// Builds end with the window that runs them.
#pragma once

class QWidget;

namespace runner::ui {

class BuildCentre;

/// Asks whether to, then cancels what runs. Returns false where the user wants to go on building; else true when the
/// builders have confirmed that nothing runs any more, when that takes too long, or when the user does not want to
/// wait. What runs then is killed with the window. Runs event loops of its own.
bool endBuildsWithWindow(BuildCentre &centre, QWidget *parent);

} // namespace runner::ui
