// The places, one of which is shown; in a window that is smaller than that one needs, it is scrolled.
#pragma once

#include <QScrollArea>
#include <QStackedWidget>

namespace runner::ui {

/// Needs what the shown place needs. A plain stack needs what the largest of all does, hidden ones among them.
class PlaceStack final : public QStackedWidget
{
    Q_OBJECT

public:
    explicit PlaceStack(QWidget *parent = nullptr);

    QSize minimumSizeHint() const override;
};

/// Takes the stack. Small itself: it scrolls where it has to, and what has the focus is always seen.
class PlaceArea final : public QScrollArea
{
    Q_OBJECT

public:
    explicit PlaceArea(PlaceStack *places, QWidget *parent = nullptr);

    /// Scrolls to a part of the place: to all of it, else to its begin and then to the cursor of \a entry, which is in
    /// it.
    void bring(const QWidget &part, const QWidget &entry);

private:
    void onFocusChanged(QWidget *before, QWidget *now);
};

} // namespace runner::ui
