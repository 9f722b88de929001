#include "editor/editormargin.h"

#include "editor/codeeditor.h"
#include "theme/icons.h"

#include <QCoreApplication>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>

#include <algorithm>

namespace runner::ui {

namespace {

const QIcon &iconOf(Severity severity)
{
    static const QIcon icons[] = {drawnIcon(QStringLiteral("dialog-error")),
                                  drawnIcon(QStringLiteral("dialog-warning")),
                                  drawnIcon(QStringLiteral("dialog-information"))};
    return icons[static_cast<int>(severity)];
}

} // namespace

EditorMargin::EditorMargin(CodeEditor *editor)
    : QWidget(editor)
    , m_editor(editor)
{
    setObjectName(QStringLiteral("editorMargin"));
    setAccessibleName(tr("Line numbers and findings"));
    setMouseTracking(true);
}

int EditorMargin::iconWidth() const
{
    return 2 * gridUnit + gridUnit / 2;
}

int EditorMargin::handleWidth() const
{
    return 2 * gridUnit;
}

int EditorMargin::neededWidth() const
{
    const int digits = std::max<int>(3, static_cast<int>(QString::number(m_editor->blockCount()).size()));
    return iconWidth() + digits * m_editor->fontMetrics().horizontalAdvance(QLatin1Char('9')) + handleWidth();
}

QSize EditorMargin::sizeHint() const
{
    return {neededWidth(), 0};
}

void EditorMargin::paintEvent(QPaintEvent *event)
{
    QPainter painter(this);
    painter.fillRect(event->rect(), m_editor->codeTheme().marginFill);
    painter.setFont(m_editor->font());
    m_editor->forVisibleLines([&](int line, const QRectF &place) { paintLine(painter, line, place); });
}

void EditorMargin::paintLine(QPainter &painter, int line, const QRectF &place) const
{
    const CodeTheme &theme = m_editor->codeTheme();
    const CodeEditor::LineRange range = m_editor->highlightedRange();
    if (line >= range.first && line <= range.last)
        painter.fillRect(QRectF(width() - 3, place.top(), 3, place.height()), theme.rangeEdge);
    painter.setPen(line == m_editor->currentLine() ? theme.marginCurrent : theme.marginText);
    const double height = m_editor->fontMetrics().height();
    painter.drawText(QRectF(iconWidth(), place.top(), width() - iconWidth() - handleWidth(), height), Qt::AlignRight,
                     QString::number(line));
    const QList<int> problems = m_editor->problemsAt(line);
    if (!problems.isEmpty()) {
        const auto worst = std::min_element(problems.begin(), problems.end(), [this](int a, int b) {
            const Problems &all = m_editor->problems();
            return all[static_cast<std::size_t>(a)].severity < all[static_cast<std::size_t>(b)].severity;
        });
        const int size = 2 * gridUnit;
        iconOf(m_editor->problems()[static_cast<std::size_t>(*worst)].severity)
            .paint(&painter, QRect(2, static_cast<int>(place.top() + (height - size) / 2), size, size));
    }
    if (m_editor->folding().canFold(line - 1))
        paintHandle(painter, QRectF(width() - handleWidth(), place.top(), handleWidth(), height),
                    m_editor->folding().isFolded(line - 1));
}

void EditorMargin::paintHandle(QPainter &painter, const QRectF &place, bool folded) const
{
    QPainterPath path;
    const QPointF centre = place.center() - QPointF(2, 0);
    constexpr double reach = 3.5;
    if (folded) {
        path.moveTo(centre + QPointF(-reach / 2, -reach));
        path.lineTo(centre + QPointF(reach / 2, 0));
        path.lineTo(centre + QPointF(-reach / 2, reach));
    } else {
        path.moveTo(centre + QPointF(-reach, -reach / 2));
        path.lineTo(centre + QPointF(0, reach / 2));
        path.lineTo(centre + QPointF(reach, -reach / 2));
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_editor->codeTheme().marginText, 1.5));
    painter.drawPath(path);
    painter.restore();
}

int EditorMargin::lineAt(double y) const
{
    int found = 0;
    m_editor->forVisibleLines([&](int line, const QRectF &place) {
        if (y >= place.top() && y < place.bottom())
            found = line;
    });
    return found;
}

bool EditorMargin::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const QList<int> problems = m_editor->problemsAt(lineAt(help->pos().y()));
    if (problems.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), m_editor->problemText(problems), this);
    return true;
}

void EditorMargin::mousePressEvent(QMouseEvent *event)
{
    const int line = lineAt(event->position().y());
    if (line == 0 || event->button() != Qt::LeftButton)
        return;
    const QList<int> problems = m_editor->problemsAt(line);
    if (event->position().x() >= width() - handleWidth() && m_editor->folding().canFold(line - 1)) {
        m_editor->folding().setFolded(line - 1, !m_editor->folding().isFolded(line - 1));
        update();
    } else {
        m_editor->goTo(line);
        m_editor->setFocus(Qt::MouseFocusReason);
        if (!problems.isEmpty() && event->position().x() < iconWidth())
            Q_EMIT m_editor->problemActivated(problems.first(), event->globalPosition().toPoint());
    }
}

void EditorMargin::wheelEvent(QWheelEvent *event)
{
    QCoreApplication::sendEvent(m_editor->viewport(), event);
}

} // namespace runner::ui
