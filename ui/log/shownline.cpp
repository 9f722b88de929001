#include "log/shownline.h"

#include "build/linemaker.h"

#include <string_view>

namespace runner::ui {

namespace {

// Escape sequences take bytes that are not shown.
constexpr std::size_t mostRead = 8 * ShownLine::mostBytes;

/// The part of a long line that matters: what a progress bar wrote last, else its begin.
std::string_view partOf(std::string_view bytes)
{
    if (bytes.size() <= mostRead)
        return bytes;
    const std::size_t turn = bytes.find('\r', bytes.size() - mostRead);
    return turn == bytes.npos || turn + 1 == bytes.size() ? bytes.substr(0, mostRead) : bytes.substr(turn + 1);
}

/// Not inside a character.
std::size_t cutAt(std::string_view text, std::size_t most)
{
    while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xc0U) == 0x80U)
        --most;
    return most;
}

} // namespace

qsizetype ShownLine::indexOf(std::size_t byte) const
{
    if (bytes.size() == static_cast<std::size_t>(text.size()))
        return static_cast<qsizetype>(std::min(byte, bytes.size()));
    return QString::fromUtf8(bytes.data(), static_cast<qsizetype>(std::min(byte, bytes.size()))).size();
}

int ColumnCounter::of(std::size_t byte)
{
    byte = std::min(byte, m_line.bytes.size());
    if (m_line.bytes.size() == static_cast<std::size_t>(m_line.text.size()))
        return static_cast<int>(byte);
    if (byte < m_byte)
        m_byte = static_cast<std::size_t>(m_column = 0);
    m_column += QString::fromUtf8(m_line.bytes.data() + m_byte, static_cast<qsizetype>(byte - m_byte)).size();
    m_byte = byte;
    return static_cast<int>(m_column);
}

ShownLine shownLine(const build::LogLine &line)
{
    const std::string_view part = partOf(line.bytes);
    build::StyledLine styled = build::styledLine(part);
    ShownLine shown;
    shown.hidden =
        part.size() < line.bytes.size() && part.data() == line.bytes.data() ? line.bytes.size() - part.size() : 0;
    if (styled.text.size() > ShownLine::mostBytes) {
        const std::size_t cut = cutAt(styled.text, ShownLine::mostBytes);
        shown.hidden += styled.text.size() - cut;
        styled.text.resize(cut);
    }
    shown.text = QString::fromStdString(styled.text);
    shown.bytes = std::move(styled.text);
    shown.spans = std::move(styled.spans);
    shown.number = line.number;
    shown.step = line.step;
    shown.milliseconds = line.milliseconds;
    shown.isClipMark = build::LineMaker::isClipMark(line.bytes);
    return shown;
}

QString shownTime(std::uint32_t milliseconds)
{
    const std::uint32_t seconds = milliseconds / 1000;
    const auto two = [](std::uint32_t number) { return QStringLiteral("%1").arg(number, 2, 10, QLatin1Char('0')); };
    const QString end = two(seconds % 60) + u'.' + two(milliseconds % 1000 / 10);
    if (seconds < 3600)
        return QStringLiteral("%1:%2").arg(QString::number(seconds / 60), end);
    return QStringLiteral("%1:%2:%3").arg(QString::number(seconds / 3600), two(seconds / 60 % 60), end);
}

} // namespace runner::ui
