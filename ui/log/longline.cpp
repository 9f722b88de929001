#include "log/longline.h"

#include "build/escapes.h"
#include "build/linemaker.h"

#include <algorithm>
#include <limits>

namespace runner::ui {

namespace {

constexpr std::size_t longestCharacter = 4;
constexpr std::uint64_t keptAround = ShownLine::mostBytes / 8;
constexpr std::uint64_t mostShown = ShownLine::mostBytes;

bool continues(char byte)
{
    return (static_cast<unsigned char>(byte) & 0xc0U) == 0x80U;
}

/// Of an escape sequence or a character, which is not to be cut.
std::size_t unitLength(std::string_view rest)
{
    if (rest.front() == '\x1b')
        return build::escapeLength(rest);
    std::size_t length = 1;
    while (static_cast<unsigned char>(rest.front()) >= 0xc0 && length < std::min(longestCharacter, rest.size())
           && continues(rest[length]))
        ++length;
    return length;
}

int columnsOf(std::string_view unit)
{
    const char first = unit.front();
    if (first == '\x1b' || first == '\r')
        return 0;
    if (first == '\b')
        return -1;
    return static_cast<unsigned char>(first) < 0x80
               ? 1
               : static_cast<int>(QString::fromStdString(build::plainLine(unit)).size());
}

struct Walked
{
    std::size_t byte = 0;
    int column = 0;
};

/// To the first place between two units that is as far as one of the two.
Walked walk(std::string_view bytes, std::size_t byte, int column)
{
    Walked at;
    while (at.byte < std::min(byte, bytes.size()) && at.column < column) {
        const std::string_view unit = bytes.substr(at.byte, unitLength(bytes.substr(at.byte)));
        at.byte += unit.size();
        at.column = std::max(0, at.column + columnsOf(unit));
    }
    return at;
}

/// Then bytes and columns are the same.
bool isAscii(const ShownLine &shown)
{
    return static_cast<std::uint64_t>(shown.text.size()) == shown.end - shown.begin;
}

} // namespace

LongLine::LongLine(build::LogLine head, std::uint64_t size, Read read)
    : m_head(std::move(head))
    , m_size(size)
    , m_read(std::move(read))
{
    findTurns();
}

std::string LongLine::read(std::uint64_t begin, std::uint64_t wanted) const
{
    const std::uint64_t end = begin + std::min(wanted, m_size - std::min(begin, m_size));
    if (end <= m_head.bytes.size() || !m_read)
        return m_head.bytes.substr(std::min<std::size_t>(begin, m_head.bytes.size()), end - begin);
    return begin < end ? m_read(begin, end - begin) : std::string();
}

/// What was written last stands behind the last carriage return that something follows; looked for near the end.
void LongLine::findTurns()
{
    const std::string tail = read(m_size - std::min<std::uint64_t>(m_size, headBytes), headBytes);
    const std::string_view text = tail;
    m_turns = m_size - tail.size();
    for (std::size_t end = text.size(), turn = text.rfind('\r'); turn != text.npos && end > 0;
         end = turn, turn = turn == 0 ? text.npos : text.rfind('\r', turn - 1)) {
        if (build::plainLine(text.substr(turn + 1, end - turn - 1)).empty())
            continue;
        m_turns += turn + 1;
        m_first = m_turns;
        return;
    }
}

ShownLine LongLine::first() const
{
    return from(m_first);
}

ShownLine LongLine::from(std::uint64_t begin) const
{
    begin = std::min(begin, m_size);
    std::string bytes = read(begin, headBytes + longestCharacter);
    bytes.resize(endIn(bytes, begin));
    build::StyledLine styled = build::styledLine(coloursBefore(begin) + bytes);
    ShownLine shown;
    shown.begin = begin;
    shown.end = begin + bytes.size();
    shown.before = begin < m_first ? begin : begin - m_first;
    shown.hidden = m_size - shown.end;
    shown.text = QString::fromStdString(styled.text);
    shown.bytes = std::move(styled.text);
    shown.spans = std::move(styled.spans);
    shown.number = m_head.number;
    shown.step = m_head.step;
    shown.milliseconds = m_head.milliseconds;
    shown.isClipMark = begin == 0 && build::LineMaker::isClipMark(bytes);
    return shown;
}

/// Where a row that begins with these bytes is full, or what it shows was written over.
std::size_t LongLine::endIn(std::string_view bytes, std::uint64_t begin) const
{
    std::size_t at = 0;
    std::size_t shown = 0;
    while (at < std::min(bytes.size(), headBytes) && (bytes[at] != '\r' || begin + at >= m_turns)) {
        const std::size_t length = unitLength(bytes.substr(at));
        if (bytes[at] == '\b')
            shown -= std::min<std::size_t>(shown, 1);
        else if (bytes[at] != '\x1b')
            shown += length;
        if (shown > mostShown)
            break;
        at += length;
    }
    return at;
}

ShownLine LongLine::around(std::uint64_t byte, const ShownLine &now) const
{
    byte = std::min(byte, m_size);
    const bool ahead = byte >= now.end;
    if (ahead && byte < m_turns && read(byte, 1) == "\r")
        ++byte;
    const std::uint64_t back = std::min(byte, ahead ? keptAround : mostShown - keptAround);
    std::uint64_t begin = byte - back;
    if (const auto turn = byte < m_turns ? read(begin, back).rfind('\r') : std::string::npos; turn != std::string::npos)
        begin += turn + 1;
    if (byte >= m_turns) // No less than fits is shown of the end.
        begin = std::max(m_turns, std::min(begin, m_size - std::min(m_size, mostShown)));
    return from(std::min(aligned(begin), byte));
}

/// The same, or behind the escape sequence or the character that it is in.
std::uint64_t LongLine::aligned(std::uint64_t byte) const
{
    const std::uint64_t from = byte - std::min<std::uint64_t>(byte, headBytes);
    const std::string bytes = read(from, 2 * headBytes);
    std::size_t at = byte - from;
    const std::size_t escape = at > 0 ? bytes.rfind('\x1b', at - 1) : bytes.npos;
    if (escape != bytes.npos)
        at = std::max(at, escape + build::escapeLength(std::string_view(bytes).substr(escape)));
    for (std::size_t i = 1; i < longestCharacter && at > 0 && at < bytes.size() && continues(bytes[at]); ++i)
        ++at;
    return from + at;
}

/// The escape sequences that set them, of what stands not too far before.
std::string LongLine::coloursBefore(std::uint64_t byte) const
{
    const std::uint64_t from = byte - std::min<std::uint64_t>(byte, headBytes);
    const std::string bytes = read(from, byte - from);
    std::string colours;
    for (std::size_t at = bytes.find('\x1b'); at != bytes.npos; at = bytes.find('\x1b', at)) {
        const std::string sequence = bytes.substr(at, build::escapeLength(std::string_view(bytes).substr(at)));
        if (sequence.starts_with("\x1b[") && sequence.ends_with('m'))
            colours += sequence;
        at += sequence.size();
    }
    return colours;
}

int LongLine::columnOf(const ShownLine &shown, std::uint64_t byte) const
{
    const auto length = static_cast<int>(shown.text.size());
    if (byte < shown.begin)
        return -static_cast<int>(shown.begin - byte);
    if (byte >= shown.end)
        return length + static_cast<int>(byte - shown.end);
    if (isAscii(shown))
        return static_cast<int>(byte - shown.begin);
    const std::string bytes = read(shown.begin, shown.end - shown.begin);
    return std::min(length, walk(bytes, byte - shown.begin, std::numeric_limits<int>::max()).column);
}

std::uint64_t LongLine::byteOf(const ShownLine &shown, int column) const
{
    const auto length = static_cast<int>(shown.text.size());
    if (column <= 0)
        return shown.begin - std::min(shown.begin, static_cast<std::uint64_t>(-static_cast<std::int64_t>(column)));
    if (column >= length)
        return std::min(m_size, shown.end + static_cast<std::uint64_t>(column - length));
    if (isAscii(shown))
        return shown.begin + static_cast<std::uint64_t>(column);
    const std::string bytes = read(shown.begin, shown.end - shown.begin);
    return shown.begin + walk(bytes, bytes.size(), column).byte;
}

std::string LongLine::plain(std::uint64_t begin, std::uint64_t end) const
{
    return end > begin ? build::plainLine(read(begin, end - begin)) : std::string();
}

ShownLine shownLine(const build::LogLine &line)
{
    return LongLine(line, line.bytes.size()).first();
}

} // namespace runner::ui
