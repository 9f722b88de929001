// The status bar of a window that may be narrow: what does not fit is cut with an ellipsis, and its tooltip has all of
// it.
#pragma once

#include <QLabel>
#include <QStatusBar>

#include <chrono>

namespace runner::ui {

/// A label in it.
class StatusLabel final : public QLabel
{
    Q_OBJECT

public:
    using QLabel::QLabel;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;
};

class StatusLine final : public QStatusBar
{
    Q_OBJECT

public:
    using QStatusBar::QStatusBar;
    /// Shows a message for as long as reading it takes; one that is shown already, once more.
    void tell(const QString &message);
    /// The time for that.
    static std::chrono::milliseconds readingTime(const QString &message);
    /// What of the message is to be read; all of it where it fits.
    QString shownMessage() const;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    QRect messageRoom() const;
};

} // namespace runner::ui
