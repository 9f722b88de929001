// The panes of the window: what its splitters divide. A key goes from one to the next and brings it into view.
#pragma once

#include <QWidget>

namespace runner::ui {

/// Those in \a centre that are shown and that the keyboard can be in, in the order of the splitters.
QWidgetList shownPanes(QWidget &centre);

/// Gives the keyboard to the pane where it was in it last, opens it where a splitter has closed it, and scrolls to it.
void enterPane(QWidget &pane);

} // namespace runner::ui
