#include "log/logview.h"

#include <QApplication>
#include <QClipboard>
#include <QEvent>
#include <QPushButton>
#include <QScrollBar>

#include <algorithm>

namespace runner::ui {

namespace {

constexpr std::size_t mostCached = 600;

} // namespace

LogView::LogView(QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_look(LogTheme(palette()), codeFont(font()))
{
    setObjectName(QStringLiteral("logView"));
    setAccessibleName(tr("Log"));
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(NoFrame);
    viewport()->setCursor(Qt::IBeamCursor);
    viewport()->setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    setTheme();
    setUpFollowButton();
    m_frame.setSingleShot(true);
    m_frame.setInterval(frameMilliseconds);
    m_dragTimer.setInterval(frameMilliseconds);
    connect(&m_frame, &QTimer::timeout, this, &LogView::refresh);
    connect(&m_dragTimer, &QTimer::timeout, this, &LogView::dragScroll);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &LogView::onScrolled);
}

LogView::~LogView() = default;

void LogView::setUpFollowButton()
{
    m_followButton = new QPushButton(this);
    m_followButton->setObjectName(QStringLiteral("logFollow"));
    m_followButton->setFocusPolicy(Qt::NoFocus); // Ctrl+End does the same.
    m_followButton->setCursor(Qt::ArrowCursor);
    m_followButton->hide();
    connect(m_followButton, &QPushButton::clicked, this, &LogView::follow);
}

void LogView::placeFollowButton()
{
    m_followButton->setVisible(!m_following && m_rows > 0);
    m_followButton->setText(m_source.isLive() ? tr("↓ Follow the log") : tr("↓ To the end"));
    m_followButton->setToolTip(tr("Go to the last line (Ctrl+End)"));
    m_followButton->adjustSize();
    const QRect area = viewport()->geometry();
    m_followButton->move(area.right() - m_followButton->width() - gridUnit,
                         area.bottom() - m_followButton->height() - gridUnit);
}

void LogView::setTheme()
{
    m_cache.clear();
    m_look = LogLook(LogTheme(palette()), codeFont(font()));
    m_rowHeight = static_cast<int>(m_look.lineHeight);
    viewport()->update();
}

void LogView::setSource(const LogSource &source)
{
    m_source = source;
    m_cache.clear();
    m_parts.clear();
    m_widest = 0;
    m_anchor = m_cursor = {};
    m_rows = 0;
    m_topLine = 0;
    m_tail.clear();
    horizontalScrollBar()->setValue(0);
    setFollowing(true);
    m_frame.stop();
    refresh();
}

void LogView::contentChanged()
{
    if (!m_frame.isActive())
        m_frame.start();
}

void LogView::refresh()
{
    const std::uint64_t before = m_rows;
    const bool hadTail = !m_tail.empty();
    std::string tail = m_source.isLive() ? m_source.unfinished() : std::string();
    m_rows = m_source.rows() + (tail.empty() ? 0 : 1);
    if (hadTail || !tail.empty())
        viewport()->update();
    if (hadTail && before > 0)
        m_cache.erase(before - 1); // It was drawn as the unfinished line.
    m_tail = std::move(tail);
    const std::uint64_t firstNew = before;
    const auto lastVisible =
        static_cast<std::uint64_t>(verticalScrollBar()->value()) + static_cast<std::uint64_t>(visibleRows()) + 1;
    updateRanges();
    if (m_following || firstNew <= lastVisible)
        viewport()->update();
    if (m_rows != before)
        Q_EMIT grown();
}

void LogView::updateRanges()
{
    m_scrolling = true;
    fitWrap();
    const ScreenLine end = endTop();
    verticalScrollBar()->setRange(0, static_cast<int>(end.row));
    verticalScrollBar()->setPageStep(std::max(1, visibleRows()));
    verticalScrollBar()->setSingleStep(1);
    if (m_following || top() > end) {
        verticalScrollBar()->setValue(static_cast<int>(end.row));
        m_topLine = end.line;
    }
    const int beyond = static_cast<int>(m_widest) + gutterWidth() + 2 * gridUnit - viewport()->width();
    horizontalScrollBar()->setRange(0, m_wraps ? 0 : std::max(0, beyond));
    horizontalScrollBar()->setPageStep(viewport()->width());
    horizontalScrollBar()->setSingleStep(4 * gridUnit);
    m_scrolling = false;
    placeFollowButton();
}

void LogView::onScrolled()
{
    if (!m_scrolling) {
        const bool atEnd = verticalScrollBar()->value() == verticalScrollBar()->maximum();
        m_topLine = atEnd ? endTop().line : 0;
        setFollowing(atEnd);
    }
    viewport()->update();
}

void LogView::setFollowing(bool following)
{
    if (following == m_following)
        return;
    m_following = following;
    placeFollowButton();
    Q_EMIT followingChanged(following);
}

void LogView::follow()
{
    setFollowing(true);
    updateRanges();
    viewport()->update();
}

void LogView::goTo(std::uint64_t number)
{
    if (m_rows == 0)
        return;
    const LogPlace place{std::min(number, m_rows - 1), 0};
    m_anchor = m_cursor = place;
    ensureVisible(place);
    viewport()->update();
    announceLine();
}

void LogView::setShowsTimes(bool shown)
{
    m_times = shown;
    updateRanges();
    viewport()->update();
}

void LogView::setMatcher(std::optional<build::Matcher> matcher)
{
    m_matcher.reset(); // A matcher has no assignment that copies.
    if (matcher) {
        m_matcher.emplace(std::move(*matcher));
        m_matcher->limitTime(longestMatch);
    }
    for (const auto &[number, cached] : m_cache)
        cached->matches.reset();
    viewport()->update();
}

int LogView::visibleRows() const
{
    return std::max(1, viewport()->height() / m_rowHeight);
}

ShownLine LogView::lineAt(std::uint64_t number) const
{
    return number < m_rows ? row(number).shown.line() : ShownLine();
}

const LogView::Row &LogView::row(std::uint64_t number) const
{
    const auto found = m_cache.find(number);
    if (found != m_cache.end())
        return *found->second;
    if (m_cache.size() >= mostCached)
        m_cache.clear();
    const LongLine line = longLine(number);
    const auto part = m_parts.find(number);
    ShownLine shown = part == m_parts.end() ? line.first() : line.from(part->second);
    auto &made = m_cache[number] = std::make_unique<Row>(Row{LogRow(std::move(shown), m_look), {}});
    m_widest = std::max(m_widest, made->shown.width());
    return *made;
}

void LogView::select(const LogPlace &begin, const LogPlace &end)
{
    m_anchor = begin;
    m_cursor = end;
    ensureVisible(m_cursor);
    ensureVisible(m_anchor);
    viewport()->update();
    announceLine();
}

void LogView::selectAll()
{
    if (m_rows == 0)
        return;
    setFollowing(false);
    m_anchor = {0, row(0).shown.line().first()};
    m_cursor = {m_rows - 1, row(m_rows - 1).shown.line().last()};
    viewport()->update();
}

void LogView::copy()
{
    if (!hasSelection())
        return;
    bool cut = false;
    QApplication::clipboard()->setText(selectedText(&cut));
    if (cut)
        Q_EMIT copyCut();
}

void LogView::ensureVisible(LogPlace place)
{
    place = shownPlace(place);
    const ScreenLine line = lineOf(place);
    if (line < top() || line > moved(top(), visibleRows() - 1))
        setTop(moved(line, -(visibleRows() / 3)));
    if (m_wraps)
        return;
    const double x = row(place.row).shown.xOf(place.column);
    const int room = viewport()->width() - gutterWidth() - 2 * gridUnit;
    updateRanges(); // The row may be wider than those before.
    if (x < horizontalScrollBar()->value())
        horizontalScrollBar()->setValue(std::max(0, static_cast<int>(x) - room / 3));
    else if (x > horizontalScrollBar()->value() + room)
        horizontalScrollBar()->setValue(static_cast<int>(x) - room * 2 / 3);
}

/// For who listens to the window: the line with the cursor.
void LogView::announceLine()
{
    setAccessibleDescription(lineAt(m_cursor.row).text.left(500));
}

void LogView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    updateRanges();
}

void LogView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        setTheme();
        updateRanges();
    }
}

} // namespace runner::ui
