#include "log/shownline.h"

#include <algorithm>

namespace runner::ui {

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
