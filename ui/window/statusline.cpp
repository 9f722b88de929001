#include "window/statusline.h"

#include "theme/theme.h"

#include <QHelpEvent>
#include <QPainter>
#include <QStyleOption>
#include <QToolTip>

#include <algorithm>

namespace runner::ui {

namespace {

constexpr int messageLeft = gridUnit - 2; // As QStatusBar has it.

QString fitting(const QWidget &widget, const QString &text, int width)
{
    return widget.fontMetrics().elidedText(text, Qt::ElideRight, width);
}

/// Only what cannot be read where it stands.
bool showWhole(QWidget &widget, const QEvent &event, const QString &text, int width)
{
    if (event.type() != QEvent::ToolTip)
        return false;
    const bool whole = fitting(widget, text, width) == text;
    QToolTip::showText(static_cast<const QHelpEvent &>(event).globalPos(), whole ? QString() : text, &widget);
    return true;
}

} // namespace

QSize StatusLabel::minimumSizeHint() const
{
    return {std::min(QLabel::minimumSizeHint().width(), 6 * gridUnit), QLabel::minimumSizeHint().height()};
}

void StatusLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QRect room = contentsRect();
    style()->drawItemText(&painter, room, static_cast<int>(alignment()), palette(), isEnabled(),
                          fitting(*this, text(), room.width()), foregroundRole());
}

bool StatusLabel::event(QEvent *event)
{
    return showWhole(*this, *event, text(), contentsRect().width()) || QLabel::event(event);
}

std::chrono::milliseconds StatusLine::readingTime(const QString &message)
{
    using namespace std::chrono_literals;
    constexpr auto character = 100ms; // Time to notice it, and to read it twice.
    return std::clamp<std::chrono::milliseconds>(message.size() * character, 8s, 30s);
}

void StatusLine::tell(const QString &message)
{
    clearMessage(); // QStatusBar keeps the time of a message that it shows already.
    showMessage(message, static_cast<int>(readingTime(message).count()));
}

/// In front of what stays beside a message.
QRect StatusLine::messageRoom() const
{
    int end = width();
    const auto children = findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly);
    for (const QWidget *child : children) {
        if (child->isVisible())
            end = std::min(end, child->x());
    }
    return {messageLeft, 0, std::max(0, end - messageLeft - gridUnit), height()};
}

QString StatusLine::shownMessage() const
{
    return fitting(*this, currentMessage(), messageRoom().width());
}

void StatusLine::paintEvent(QPaintEvent *event)
{
    if (currentMessage().isEmpty()) {
        QStatusBar::paintEvent(event);
        return;
    }
    QPainter painter(this);
    QStyleOption option;
    option.initFrom(this);
    style()->drawPrimitive(QStyle::PE_PanelStatusBar, &option, &painter, this);
    painter.setPen(palette().windowText().color());
    painter.drawText(messageRoom(), Qt::AlignLeading | Qt::AlignVCenter | Qt::TextSingleLine, shownMessage());
}

bool StatusLine::event(QEvent *event)
{
    return (!currentMessage().isEmpty() && showWhole(*this, *event, currentMessage(), messageRoom().width()))
           || QStatusBar::event(event);
}

} // namespace runner::ui
