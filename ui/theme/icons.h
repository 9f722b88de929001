// Icons by freedesktop name: the desktop's, else own drawings in the palette's text colour.
#pragma once

#include <QIcon>
#include <QString>

namespace runner::ui {

/// The desktop's icon or the own drawing; for menus. Drawn on first use, so that making one costs nothing.
QIcon themedIcon(const QString &name);
/// Always the own drawing: for marks that the first frame shows, where asking the desktop's theme would cost.
QIcon drawnIcon(const QString &name);

} // namespace runner::ui
