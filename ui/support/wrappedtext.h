// Text to read and copy that wraps wherever it must, so that no long name is cut off, and is as high as its lines.
#pragma once

#include <QPlainTextEdit>

namespace runner::ui {

class WrappedText : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit WrappedText(QWidget *parent = nullptr);

    /// Lines that are shown without scrolling; more are scrolled. Unbounded unless told.
    void setMaxLines(int lines);
    void showText(const QString &text);
    /// No frame and nothing behind it, like a label; only a click takes the keyboard there.
    void setPlain();

protected:
    void resizeEvent(QResizeEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void changeEvent(QEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    void fitHeight();

    int m_maxLines;
};

} // namespace runner::ui
