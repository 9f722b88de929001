// The strip beside the text: the worst finding of a line, its number, and the handle of what can be folded.
#pragma once

#include <QWidget>

namespace runner::ui {

class CodeEditor;

class EditorMargin final : public QWidget
{
    Q_OBJECT

public:
    explicit EditorMargin(CodeEditor *editor);

    QSize sizeHint() const override;
    /// The width that the numbers need now.
    int neededWidth() const;

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    void paintLine(QPainter &painter, int line, const QRectF &place) const;
    void paintHandle(QPainter &painter, const QRectF &place, bool folded) const;
    int lineAt(double y) const;
    int iconWidth() const;
    int handleWidth() const;

    CodeEditor *m_editor;
};

} // namespace runner::ui
