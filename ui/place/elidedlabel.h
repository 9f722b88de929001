// A line of text that says with "…" where it has no room.
#pragma once

#include <QLabel>

namespace runner::ui {

/// Takes any width. What is selected in it is shown from its begin on, uncut.
class ElidedLabel final : public QLabel
{
    Q_OBJECT

public:
    explicit ElidedLabel(Qt::TextElideMode mode, QWidget *parent = nullptr);

    /// The tool tip too: it is there in full.
    void setLine(const QString &text);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Qt::TextElideMode m_mode;
};

} // namespace runner::ui
