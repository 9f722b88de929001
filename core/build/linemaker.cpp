#include "build/linemaker.h"

namespace runner::build {

namespace {

constexpr std::size_t keptLine = std::size_t(64) << 10U; // memory of a line that may stay for the next

}

bool LineMaker::isClipMark(std::string_view line)
{
    return line.starts_with("[output clipped, log limit ");
}

void LineMaker::add(std::size_t step, std::string_view bytes, std::uint32_t milliseconds)
{
    if (step >= m_waiting.size())
        m_waiting.resize(step + 1);
    while (!bytes.empty()) {
        const std::size_t length = bytes.find('\n');
        if (length == std::string_view::npos) {
            wait(step, bytes, milliseconds);
            return;
        }
        Waiting &waiting = m_waiting[step];
        if (waiting.bytes.empty() && !waiting.cut && length <= longestLine) {
            addLine(step, bytes.substr(0, length), milliseconds);
        } else {
            wait(step, bytes.substr(0, length), milliseconds);
            end(step);
        }
        bytes.remove_prefix(length + 1);
    }
}

void LineMaker::end(std::size_t step)
{
    if (step >= m_waiting.size())
        return;
    if (!m_waiting[step].bytes.empty())
        addWaiting(m_waiting[step], step);
    m_waiting[step].cut = false;
}

void LineMaker::finish()
{
    for (std::size_t step = 0; step < m_waiting.size(); ++step)
        end(step);
}

void LineMaker::taken()
{
    m_text.clear();
    m_entries.clear();
    m_clipped.clear();
}

std::string_view LineMaker::waiting(std::size_t step) const
{
    return step < m_waiting.size() ? std::string_view(m_waiting[step].bytes) : std::string_view();
}

void LineMaker::addLine(std::size_t step, std::string_view line, std::uint32_t milliseconds)
{
    if (isClipMark(line))
        m_clipped.push_back(step);
    m_entries.push_back({m_text.size(), step, milliseconds});
    m_text.append(line).push_back('\n');
}

void LineMaker::addWaiting(Waiting &waiting, std::size_t step)
{
    addLine(step, waiting.bytes, waiting.milliseconds);
    m_waitingBytes -= waiting.bytes.size();
    waiting.bytes.clear();
    if (waiting.bytes.capacity() > keptLine)
        waiting.bytes.shrink_to_fit();
}

void LineMaker::wait(std::size_t step, std::string_view bytes, std::uint32_t milliseconds)
{
    Waiting &waiting = m_waiting[step];
    while (!bytes.empty()) {
        if (waiting.bytes.empty()) {
            waiting.milliseconds = milliseconds;
            waiting.bytes.append(waiting.cut ? goesOn : std::string_view());
            m_waitingBytes += waiting.bytes.size();
        }
        const std::string_view part = bytes.substr(0, longestLine - waiting.bytes.size());
        waiting.bytes.append(part);
        m_waitingBytes += part.size();
        bytes.remove_prefix(part.size());
        if (!bytes.empty() || m_waitingBytes > mostWaiting) {
            addWaiting(waiting, step);
            waiting.cut = true;
        }
    }
}

} // namespace runner::build
