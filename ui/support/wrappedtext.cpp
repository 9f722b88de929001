#include "support/wrappedtext.h"

#include "theme/theme.h"

#include <QEvent>
#include <QFocusEvent>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextDocument>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <limits>

namespace runner::ui {

WrappedText::WrappedText(QWidget *parent)
    : QPlainTextEdit(parent)
    , m_maxLines(std::numeric_limits<int>::max())
{
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setTabChangesFocus(true);
    setLineWrapMode(WidgetWidth);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
}

void WrappedText::setMaxLines(int lines)
{
    m_maxLines = lines;
    setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
}

void WrappedText::setPlain()
{
    setFrameShape(NoFrame);
    setFocusPolicy(Qt::ClickFocus);
    document()->setDocumentMargin(0);
    QPalette clear = palette();
    clear.setColor(QPalette::Base, Qt::transparent);
    clear.setColor(QPalette::Text, clear.color(QPalette::WindowText));
    setPalette(clear);
}

void WrappedText::showText(const QString &text)
{
    if (toPlainText() != text)
        setPlainText(text);
    fitHeight();
}

// As the scroll bar reckons: the text fits when its blocks and the margins do.
void WrappedText::fitHeight()
{
    qreal text = 0;
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next())
        text += blockBoundingRect(block).height();
    text = std::min(text, static_cast<qreal>(m_maxLines) * fontMetrics().lineSpacing());
    setFixedHeight(static_cast<int>(std::ceil(text + 2 * document()->documentMargin())) + 2 + 2 * frameWidth());
}

void WrappedText::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    // Later: this is told while the frame gives the viewport its place, and would give it the old one after the new.
    QMetaObject::invokeMethod(this, &WrappedText::fitHeight, Qt::QueuedConnection);
}

// The whole text is marked when the keyboard comes here: one sees where one is, and can copy at once.
void WrappedText::focusInEvent(QFocusEvent *event)
{
    QPlainTextEdit::focusInEvent(event);
    if (event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason)
        selectAll();
}

void WrappedText::focusOutEvent(QFocusEvent *event)
{
    QPlainTextEdit::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason && event->reason() != Qt::ActiveWindowFocusReason) {
        QTextCursor cursor = textCursor();
        cursor.clearSelection();
        setTextCursor(cursor);
    }
}

void WrappedText::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        fitHeight();
}

// What has nothing to scroll leaves the wheel to the pane around it.
void WrappedText::wheelEvent(QWheelEvent *event)
{
    if (verticalScrollBar()->maximum() > 0)
        QPlainTextEdit::wheelEvent(event);
    else
        event->ignore();
}

} // namespace runner::ui
