// Undo and redo from a field that has nothing to undo are those of the window.
#pragma once

#include <QObject>

namespace runner::ui {

/// A field takes the keys for itself, also where it has nothing to undo.
class UndoKeys final : public QObject
{
    Q_OBJECT

public:
    /// For the fields of that window, which becomes the parent.
    explicit UndoKeys(QWidget *window);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
};

} // namespace runner::ui
