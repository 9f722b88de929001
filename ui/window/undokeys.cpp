#include "window/undokeys.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>

namespace runner::ui {

namespace {

bool hasNothingToUndo(const QLineEdit &field)
{
    return !field.isUndoAvailable() && !field.isRedoAvailable();
}

} // namespace

UndoKeys::UndoKeys(QWidget *window)
    : QObject(window)
{
    qApp->installEventFilter(this);
}

/// Not accepted, the key is looked for among the shortcuts.
bool UndoKeys::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::ShortcutOverride)
        return false;
    const auto *field = qobject_cast<QLineEdit *>(watched);
    const auto *key = static_cast<QKeyEvent *>(event);
    if (!field || field->window() != parent() || !hasNothingToUndo(*field))
        return false;
    if (!key->matches(QKeySequence::Undo) && !key->matches(QKeySequence::Redo))
        return false;
    event->ignore();
    return true;
}

} // namespace runner::ui
