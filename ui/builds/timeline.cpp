#include "builds/timeline.h"

#include "build/explain.h"
#include "builds/buildwords.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace runner::ui {

namespace {

/// 1, 2 or 5 times a power of ten seconds, so that there are at most \a most of them.
build::Time tickOf(build::Time span, int most)
{
    double tick = 0.01;
    for (int i = 0; static_cast<double>(span) / 1e9 / tick > most; ++i)
        tick *= i % 3 == 1 ? 2.5 : 2;
    return static_cast<build::Time>(tick * 1e9);
}

} // namespace

Timeline::Timeline(QWidget *parent)
    : QAbstractScrollArea(parent)
{
    setObjectName(QStringLiteral("timeline"));
    setAccessibleName(tr("Steps over time"));
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

void Timeline::setSteps(const std::vector<build::Step> &steps, build::Time now)
{
    const std::size_t chosen = current();
    m_bars.clear();
    m_begin = m_end = 0;
    for (std::size_t i = 1; i < steps.size(); ++i) {
        const build::Step &step = steps[i];
        if (step.started == 0)
            continue;
        const build::Time end = step.completed != 0 ? step.completed : std::max(now, step.started);
        m_bars.push_back(
            {i, QString::fromStdString(build::instructionOf(step.name)).simplified(), step.state, step.started, end});
        m_begin = m_begin == 0 ? step.started : std::min(m_begin, step.started);
        m_end = std::max(m_end, end);
    }
    std::stable_sort(m_bars.begin(), m_bars.end(), [](const Bar &a, const Bar &b) { return a.begin < b.begin; });
    setCurrent(chosen);
    updateRange();
    viewport()->update();
}

std::size_t Timeline::current() const
{
    return m_current >= 0 && m_current < rows() ? m_bars[static_cast<std::size_t>(m_current)].step
                                                : build::Steps::noStep;
}

void Timeline::setCurrent(std::size_t step)
{
    const auto found = std::find_if(m_bars.begin(), m_bars.end(), [step](const Bar &bar) { return bar.step == step; });
    m_current = found == m_bars.end() ? -1 : static_cast<int>(found - m_bars.begin());
    if (m_current >= 0)
        setAccessibleDescription(
            QStringLiteral("%1, %2, %3")
                .arg(found->name, stateWord(found->state), shownDuration(found->end - found->begin)));
    viewport()->update();
}

int Timeline::rowHeight() const
{
    return fontMetrics().height() + gridUnit / 2;
}

int Timeline::nameWidth() const
{
    return std::clamp(viewport()->width() * 2 / 5, 8 * gridUnit, 40 * gridUnit);
}

double Timeline::xOf(build::Time time) const
{
    const double room = viewport()->width() - nameWidth() - 3 * gridUnit;
    const auto span = static_cast<double>(std::max<build::Time>(1, m_end - m_begin));
    return nameWidth() + gridUnit + room * static_cast<double>(time - m_begin) / span;
}

void Timeline::updateRange()
{
    const int visible = std::max(1, (viewport()->height() - axisHeight()) / rowHeight());
    verticalScrollBar()->setRange(0, std::max(0, rows() - visible));
    verticalScrollBar()->setPageStep(visible);
}

void Timeline::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    const Theme theme(palette());
    painter.fillRect(viewport()->rect(), theme.base);
    if (m_bars.empty()) {
        painter.setPen(theme.noteText);
        painter.drawText(viewport()->rect(), Qt::AlignCenter, tr("No step has run yet."));
        return;
    }
    paintAxis(painter);
    painter.setClipRect(viewport()->rect().adjusted(0, axisHeight(), 0, 0));
    int top = axisHeight();
    for (int row = verticalScrollBar()->value(); row < rows() && top < viewport()->height(); ++row, top += rowHeight())
        paintBar(painter, row, QRect(0, top, viewport()->width(), rowHeight()));
}

void Timeline::paintAxis(QPainter &painter) const
{
    const Theme theme(palette());
    const build::Time span = std::max<build::Time>(1, m_end - m_begin);
    const int room = viewport()->width() - nameWidth();
    const build::Time tick = tickOf(span, std::max(2, room / (12 * gridUnit)));
    for (build::Time time = 0; time <= span; time += tick) {
        const double x = xOf(m_begin + time);
        painter.setPen(theme.grid);
        painter.drawLine(QPointF(x, axisHeight() - 2), QPointF(x, viewport()->height()));
        painter.setPen(theme.noteText);
        painter.drawText(QRectF(x + 2, 0, 12 * gridUnit, axisHeight()), Qt::AlignLeft | Qt::AlignVCenter,
                         shownDuration(time));
    }
}

void Timeline::paintBar(QPainter &painter, int row, const QRect &place) const
{
    const Theme theme(palette());
    const Bar &bar = m_bars[static_cast<std::size_t>(row)];
    if (row == m_current) {
        painter.fillRect(place, theme.rowSelection);
        if (hasFocus()) {
            painter.setPen(theme.selectedBorder);
            painter.drawRect(place.adjusted(0, 0, -1, -1));
        }
    }
    const QRect name = place.adjusted(gridUnit, 0, nameWidth() - place.width(), 0);
    painter.setPen(theme.text);
    painter.drawText(name, Qt::AlignLeft | Qt::AlignVCenter,
                     fontMetrics().elidedText(bar.name, Qt::ElideRight, name.width()));
    // What went well is the most and the least to look at: not in the colour of text.
    const QColor colour = bar.state == build::StepState::Done ? theme.selectedBorder : stateColour(bar.state, theme);
    const double from = xOf(bar.begin);
    const QRectF body(from, place.top() + gridUnit / 2.0, std::max(3.0, xOf(bar.end) - from),
                      place.height() - gridUnit);
    painter.setPen(QPen(readable(colour, theme.base, markContrast), 1));
    painter.setBrush(bar.state == build::StepState::Cached ? QBrush(colour, Qt::BDiagPattern) : QBrush(colour));
    painter.drawRect(body);
    const QString time = stateSign(bar.state) + u' ' + shownDuration(bar.end - bar.begin);
    const int width = fontMetrics().horizontalAdvance(time);
    const bool right = body.right() + gridUnit + width < place.right();
    const bool left = body.left() - gridUnit - width >= nameWidth();
    double x = body.right() + gridUnit / 2.0;
    if (!right && !left && width + gridUnit > body.width()) // No room anywhere; the tool tip says it.
        return;
    if (!right)
        x = (left ? body.left() : body.right()) - gridUnit / 2.0 - width;
    painter.setPen(right || left ? theme.text : readable(theme.base, colour, textContrast));
    painter.drawText(QRectF(x, place.top(), width + 1, place.height()), Qt::AlignVCenter, time);
}

void Timeline::choose(int row)
{
    if (row < 0 || row >= rows())
        return;
    setCurrent(m_bars[static_cast<std::size_t>(row)].step);
    const int visible = verticalScrollBar()->pageStep();
    if (row < verticalScrollBar()->value())
        verticalScrollBar()->setValue(row);
    else if (row >= verticalScrollBar()->value() + visible)
        verticalScrollBar()->setValue(row - visible + 1);
    Q_EMIT stepChosen(static_cast<int>(current()));
}

int Timeline::rowAt(const QPoint &point) const
{
    return point.y() < axisHeight() ? -1 : verticalScrollBar()->value() + (point.y() - axisHeight()) / rowHeight();
}

void Timeline::keyPressEvent(QKeyEvent *event)
{
    const int page = verticalScrollBar()->pageStep();
    switch (event->key()) {
    case Qt::Key_Up:
        choose(std::max(0, m_current - 1));
        break;
    case Qt::Key_Down:
        choose(std::min(rows() - 1, m_current + 1));
        break;
    case Qt::Key_PageUp:
        choose(std::max(0, m_current - page));
        break;
    case Qt::Key_PageDown:
        choose(std::min(rows() - 1, m_current + page));
        break;
    case Qt::Key_Home:
        choose(0);
        break;
    case Qt::Key_End:
        choose(rows() - 1);
        break;
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

void Timeline::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        choose(rowAt(event->pos()));
}

bool Timeline::viewportEvent(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QAbstractScrollArea::viewportEvent(event);
    auto *help = static_cast<QHelpEvent *>(event);
    const int row = rowAt(help->pos());
    if (row >= 0 && row < rows()) {
        const Bar &bar = m_bars[static_cast<std::size_t>(row)];
        QToolTip::showText(help->globalPos(),
                           tr("%1\n%2, %3 from %4 on")
                               .arg(bar.name.left(500), stateWord(bar.state), shownDuration(bar.end - bar.begin),
                                    shownDuration(bar.begin - m_begin)),
                           this);
    } else {
        QToolTip::hideText();
    }
    return true;
}

void Timeline::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    updateRange();
}

void Timeline::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void Timeline::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

} // namespace runner::ui
