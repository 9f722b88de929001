#include "editor/blockhighlighter.h"

#include "editor/blockdata.h"

#include <QElapsedTimer>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextLayout>

#include <algorithm>
#include <limits>

namespace runner::ui {

namespace {

constexpr int sliceMilliseconds = 6; ///< Of a frame, the rest is for events.
constexpr int ensureMilliseconds = 12;

LineStatePointer stateBefore(const QTextBlock &block)
{
    const BlockData *data = block.previous().isValid() ? BlockData::find(block.previous()) : nullptr;
    return data ? data->after : nullptr;
}

} // namespace

BlockHighlighter::BlockHighlighter(QTextDocument *document)
    : QObject(document)
    , m_document(document)
    , m_lines(document->blockCount())
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(0);
    connect(&m_timer, &QTimer::timeout, this, &BlockHighlighter::slice);
    connect(document, &QTextDocument::contentsChange, this, &BlockHighlighter::onContentsChange);
}

void BlockHighlighter::setLanguage(Language language)
{
    if (language == m_language)
        return;
    m_language = language;
    m_engine = makeLineHighlighter(language);
    restart();
}

void BlockHighlighter::setTheme(const CodeTheme &theme)
{
    for (int i = 0; i < codeStyleCount; ++i)
        m_formats[static_cast<std::size_t>(i)] = theme.format(static_cast<CodeStyle>(i));
    restart();
}

void BlockHighlighter::restart()
{
    m_lines = m_document->blockCount();
    m_next = 0;
    m_frontier = 0;
    m_mustReach = std::numeric_limits<int>::max();
    m_timer.start();
}

void BlockHighlighter::onContentsChange(int position, int removed, int added)
{
    if (m_colouring)
        return;
    const int lines = m_document->blockCount();
    const int grown = lines - m_lines;
    const int first = m_document->findBlock(position).blockNumber();
    const QTextBlock lastBlock = m_document->findBlock(position + added);
    const int last = lastBlock.isValid() ? lastBlock.blockNumber() : lines - 1;
    m_lines = lines;
    if (m_next > first)
        m_next = std::max(first, m_next + grown);
    if (m_mustReach != std::numeric_limits<int>::max() && m_mustReach > first)
        m_mustReach = std::max(last, m_mustReach + grown);
    if (m_frontier > first)
        m_frontier = std::max(last + 1, m_frontier + grown);
    m_next = m_next < 0 ? first : std::min(m_next, first);
    // Behind what is removed a line may follow another state than before, though the line above ends as it did.
    m_mustReach = std::max(m_mustReach, removed > 0 ? last + 1 : last);
    m_timer.start();
}

void BlockHighlighter::ensure(int line)
{
    if (m_next >= 0 && m_next <= line)
        work(line, ensureMilliseconds);
}

void BlockHighlighter::slice()
{
    work(std::numeric_limits<int>::max(), sliceMilliseconds);
}

void BlockHighlighter::work(int untilLine, int milliseconds)
{
    if (m_next < 0)
        return;
    QElapsedTimer clock;
    clock.start();
    m_colouring = true;
    QTextCursor cursor(m_document);
    cursor.beginEditBlock(); // One change for the layout, however many lines.
    QTextBlock block = m_document->findBlockByNumber(m_next);
    while (block.isValid() && m_next <= untilLine && !clock.hasExpired(milliseconds)) {
        if (!step(block))
            break;
    }
    cursor.endEditBlock();
    m_colouring = false;
    if (!block.isValid())
        m_next = m_mustReach = -1;
    if (m_next >= 0)
        m_timer.start();
    else
        Q_EMIT finished();
}

/// Colours a line and moves on, past what is right already. False: all is done.
bool BlockHighlighter::step(QTextBlock &block)
{
    QList<StyledRange> ranges;
    BlockData &data = BlockData::of(block);
    const LineStatePointer old = data.after;
    const bool known = data.isColoured && m_next < m_frontier;
    data.after = m_engine ? m_engine->highlight(block.text(), stateBefore(block), ranges) : nullptr;
    data.isColoured = true;
    colour(block, ranges);
    const bool settled = known && m_next >= m_mustReach && sameState(old, data.after);
    m_frontier = std::max(m_frontier, m_next + 1);
    if (!settled) {
        block = block.next();
        m_next = block.isValid() ? m_next + 1 : -1;
        return true;
    }
    if (m_frontier >= m_document->blockCount()) {
        m_next = m_mustReach = -1;
        return false;
    }
    m_next = std::max(m_next + 1, m_frontier);
    block = m_document->findBlockByNumber(m_next);
    return true;
}

void BlockHighlighter::colour(const QTextBlock &block, const QList<StyledRange> &ranges)
{
    QList<QTextLayout::FormatRange> formats;
    formats.reserve(ranges.size());
    for (const StyledRange &range : ranges)
        formats.append({range.start, range.length, m_formats[static_cast<std::size_t>(range.style)]});
    if (formats == block.layout()->formats())
        return;
    block.layout()->setFormats(formats);
    m_document->markContentsDirty(block.position(), block.length());
}

} // namespace runner::ui
