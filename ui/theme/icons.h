// Icons by freedesktop name: the desktop's, else own drawings in the palette's text colour.
#pragma once

#include <QIcon>
#include <QString>

namespace runner::ui {

/// Drawn on first use, so that making one costs nothing.
QIcon themedIcon(const QString &name);

} // namespace runner::ui
