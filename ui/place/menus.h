// Menus that speak of what is selected.
#pragma once

#include <QApplication>
#include <QMenu>

namespace runner::ui {

/// Closes a menu of \a widget, or of what is in it, that is open: the selection that it was opened for is another now,
/// and the choice would be done to that.
inline void closeMenuOf(const QWidget *widget)
{
    auto *menu = qobject_cast<QMenu *>(QApplication::activePopupWidget());
    const QWidget *owner = menu ? menu->parentWidget() : nullptr;
    if (owner && (owner == widget || widget->isAncestorOf(owner)))
        menu->close();
}

} // namespace runner::ui
