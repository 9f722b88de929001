#include "build/find.h"

#include "build/escapes.h"

#include <algorithm>
#include <limits>

namespace runner::build {

namespace {

constexpr std::size_t pieceSize = std::size_t(1) << 20U; // how far it goes before it looks whether it is cancelled
constexpr std::size_t newsEvery = std::size_t(64) << 20U;

} // namespace

Find::Find(std::shared_ptr<const Log> log, Matcher matcher, std::optional<std::size_t> step, std::function<void()> news)
    : m_log(std::move(log))
    , m_matcher(std::move(matcher))
    , m_step(step)
    , m_news(std::move(news))
{
    m_matcher.stopWith(m_cancelled);
    m_thread = std::thread([this] { run(); });
}

Find::~Find()
{
    cancel();
    m_thread.join();
}

void Find::more()
{
    if (!m_finished)
        return;
    m_thread.join();
    m_finished = false;
    m_thread = std::thread([this] { run(); });
}

std::vector<Hit> Find::hits(std::size_t first, std::size_t count) const
{
    const std::lock_guard lock(m_mutex);
    const std::size_t begin = std::min(first, m_hits.size());
    const std::size_t end = begin + std::min(count, m_hits.size() - begin);
    return {m_hits.begin() + std::ptrdiff_t(begin), m_hits.begin() + std::ptrdiff_t(end)};
}

std::size_t Find::hitAt(std::uint64_t offset) const
{
    const std::lock_guard lock(m_mutex);
    const auto hit = std::lower_bound(m_hits.begin(), m_hits.end(), offset,
                                      [](const Hit &h, std::uint64_t place) { return h.offset < place; });
    return static_cast<std::size_t>(hit - m_hits.begin());
}

void Find::run()
{
    const auto mapped = MappedFile::open(m_log->file());
    if (mapped) {
        const std::string_view text = mapped->bytes().substr(0, m_log->size());
        std::size_t begin = m_searched;
        while (begin < text.size() && !m_cancelled) {
            const std::size_t lineEnd = text.find('\n', std::min(begin + pieceSize, text.size() - 1));
            const std::size_t end = lineEnd == text.npos ? text.size() : lineEnd + 1;
            searchPiece(text, begin, end);
            if (begin / newsEvery != end / newsEvery && m_news)
                m_news();
            m_undecided = m_matcher.undecided();
            m_searched = begin = end;
        }
    }
    m_finished = true;
    if (m_news)
        m_news();
}

// Lines with escape sequences are searched as they are read, the stretches between them as they are.
void Find::searchPiece(std::string_view text, std::size_t begin, std::size_t end)
{
    const std::string_view upTo = text.substr(0, end);
    while (begin < end) {
        const std::size_t escape = upTo.find('\x1b', begin);
        if (escape == upTo.npos) {
            searchPlain(upTo, begin, end);
            return;
        }
        const std::size_t before = upTo.rfind('\n', escape);
        const std::size_t line = before == upTo.npos || before < begin ? begin : before + 1;
        searchPlain(upTo, begin, line);
        begin = std::min(upTo.find('\n', escape), end - 1) + 1;
        searchEscaped(upTo, line, begin);
    }
}

void Find::searchPlain(std::string_view text, std::size_t begin, std::size_t end)
{
    const std::string_view piece = text.substr(begin, end - begin);
    std::size_t from = 0;
    while (const auto match = m_matcher.find(piece, from)) {
        found(text, begin + match->begin, match->length);
        from = match->begin + match->length;
    }
}

void Find::searchEscaped(std::string_view text, std::size_t begin, std::size_t end)
{
    const VisibleText line(text.substr(begin, end - begin));
    std::size_t from = 0;
    while (const auto match = m_matcher.find(line.text(), from)) {
        from = match->begin + match->length;
        const std::size_t first = line.inLine(match->begin);
        found(text, begin + first, line.inLine(from - 1) + 1 - first);
    }
}

void Find::found(std::string_view text, std::uint64_t offset, std::uint64_t length)
{
    if (m_step && m_log->stepOf(m_log->lineAt(offset)) != *m_step)
        return;
    if (offset >= m_lineEnd) {
        m_lineEnd = std::min<std::uint64_t>(text.find('\n', offset), text.size());
        ++m_lines;
    }
    if (m_count < mostHits) {
        const std::lock_guard lock(m_mutex);
        m_hits.push_back({offset, static_cast<std::uint32_t>(
                                      std::min<std::uint64_t>(length, std::numeric_limits<std::uint32_t>::max()))});
    }
    if (m_count++ == 0 && m_news)
        m_news();
}

} // namespace runner::build
