#include "build/logindex.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <fstream>
#include <limits>
#include <span>

namespace runner::build {

namespace {

constexpr std::uint64_t offsetBits = 40;
constexpr std::uint64_t offsetMask = (std::uint64_t(1) << offsetBits) - 1;
constexpr std::uint32_t millisecondsATick = 10;
constexpr std::array<char, 8> magic = {'R', 'C', 'L', 'O', 'G', 'I', 'X', '1'};

/// The file: header, places, times, first entry of each step's list (one more than steps), the lists one after another.
struct Header
{
    std::array<char, 8> magic;
    std::uint64_t lines;
    std::uint64_t steps;
    std::uint64_t end;
};

/// Bytes behind the times, so that 64-bit numbers can follow.
std::size_t paddingOf(std::uint64_t lines)
{
    return (8 - lines * 3 % 8) % 8;
}

template <typename T>
void put(std::ofstream &file, const T *values, std::size_t count)
{
    file.write(reinterpret_cast<const char *>(values), static_cast<std::streamsize>(count * sizeof(T)));
}

template <typename T>
std::span<const T> take(std::string_view &bytes, std::size_t count)
{
    const std::span<const T> part(reinterpret_cast<const T *>(bytes.data()), count);
    bytes.remove_prefix(count * sizeof(T));
    return part;
}

} // namespace

struct LogIndex::Saved
{
    MappedFile file;
    std::span<const std::uint64_t> places;
    std::span<const Ticks> times;
    std::span<const std::uint64_t> firsts;
    std::span<const std::uint32_t> lists;

    std::span<const std::uint32_t> list(std::size_t step) const
    {
        if (step + 1 >= firsts.size())
            return {};
        const std::uint64_t begin = std::min<std::uint64_t>(firsts[step], lists.size());
        return lists.subspan(begin, std::clamp<std::uint64_t>(firsts[step + 1], begin, lists.size()) - begin);
    }
};

void LogIndex::append(std::uint64_t offset, std::size_t step, std::uint32_t milliseconds)
{
    if (m_places.size() == std::numeric_limits<std::uint32_t>::max())
        return; // More lines than a log can hold before its disk limit.
    if (step >= m_steps.size())
        m_steps.resize(step + 1);
    m_steps[step].append(static_cast<std::uint32_t>(m_places.size()));
    m_places.append((std::uint64_t(step) << offsetBits) | (offset & offsetMask));
    const std::uint32_t ticks = std::min<std::uint32_t>(milliseconds / millisecondsATick, 0xffffff);
    m_times.append({static_cast<std::uint8_t>(ticks), static_cast<std::uint8_t>(ticks >> 8U),
                    static_cast<std::uint8_t>(ticks >> 16U)});
}

std::uint64_t LogIndex::lines() const
{
    return m_saved ? m_saved->places.size() : m_places.size();
}

std::uint64_t LogIndex::packed(std::uint64_t line) const
{
    return m_saved ? m_saved->places[line] : m_places[line];
}

std::uint64_t LogIndex::offset(std::uint64_t line) const
{
    return line < lines() ? std::min(packed(line) & offsetMask, m_end) : m_end;
}

std::size_t LogIndex::step(std::uint64_t line) const
{
    return line < lines() ? packed(line) >> offsetBits : 0;
}

std::uint32_t LogIndex::milliseconds(std::uint64_t line) const
{
    if (line >= lines())
        return 0;
    const Ticks ticks = m_saved ? m_saved->times[line] : m_times[line];
    return (ticks[0] | std::uint32_t(ticks[1]) << 8U | std::uint32_t(ticks[2]) << 16U) * millisecondsATick;
}

std::uint64_t LogIndex::lineAt(std::uint64_t place) const
{
    if (place >= m_end)
        return lines();
    std::uint64_t low = 0;
    std::uint64_t high = lines();
    while (low + 1 < high) { // The last line that does not begin after the place.
        const std::uint64_t middle = low + (high - low) / 2;
        (offset(middle) <= place ? low : high) = middle;
    }
    return low;
}

std::uint64_t LogIndex::linesOfStep(std::size_t step) const
{
    if (m_saved)
        return m_saved->list(step).size();
    return step < m_steps.size() ? m_steps[step].size() : 0;
}

std::uint64_t LogIndex::lineOfStep(std::size_t step, std::uint64_t index) const
{
    if (index >= linesOfStep(step))
        return lines();
    return m_saved ? m_saved->list(step)[index] : m_steps[step][index];
}

std::uint64_t LogIndex::indexInStep(std::size_t step, std::uint64_t line) const
{
    std::uint64_t low = 0;
    std::uint64_t high = linesOfStep(step);
    while (low < high) {
        const std::uint64_t middle = low + (high - low) / 2;
        if (lineOfStep(step, middle) < line)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

std::size_t LogIndex::bytes() const
{
    std::size_t sum = m_places.bytes() + m_times.bytes();
    for (const auto &step : m_steps)
        sum += step.bytes();
    return sum;
}

Result<bool> LogIndex::save(const std::filesystem::path &path) const
{
    std::filesystem::path fresh = path;
    fresh += ".new";
    std::ofstream file(fresh, std::ios::binary | std::ios::trunc);
    const Header header{magic, m_places.size(), m_steps.size(), m_end};
    put(file, &header, 1);
    m_places.forEachBlock([&](const auto *values, std::size_t count) { put(file, values, count); });
    m_times.forEachBlock([&](const auto *values, std::size_t count) { put(file, values, count); });
    const std::uint64_t padding = 0;
    put(file, reinterpret_cast<const char *>(&padding), paddingOf(m_places.size()));
    std::uint64_t first = 0;
    for (const auto &step : m_steps) {
        put(file, &first, 1);
        first += step.size();
    }
    put(file, &first, 1);
    for (const auto &step : m_steps)
        step.forEachBlock([&](const auto *values, std::size_t count) { put(file, values, count); });
    file.close();
    std::error_code error;
    if (file)
        std::filesystem::rename(fresh, path, error);
    if (!file || error)
        return failure(
            "file-unwritable", {path.string()}, "The index of the log cannot be written",
            "Free space on the disk; the index is made anew from what is on the disk when the build is opened");
    return true;
}

Result<LogIndex> LogIndex::open(const std::filesystem::path &path)
{
    auto mapped = MappedFile::open(path);
    if (!mapped)
        return tl::unexpected(mapped.error());
    auto saved = std::make_shared<Saved>();
    saved->file = std::move(*mapped);
    std::string_view bytes = saved->file.bytes();
    Header header = {};
    if (bytes.size() >= sizeof header)
        std::memcpy(&header, bytes.data(), sizeof header);
    const bool plausible =
        header.magic == magic && header.lines <= std::numeric_limits<std::uint32_t>::max() && header.steps <= mostSteps
        && bytes.size() == sizeof header + header.lines * 15 + paddingOf(header.lines) + (header.steps + 1) * 8;
    if (!plausible)
        return failure("log-index-broken", {path.string()}, "The index of the log is broken",
                       "Delete it, and it is made anew");
    bytes.remove_prefix(sizeof header);
    saved->places = take<std::uint64_t>(bytes, header.lines);
    saved->times = take<Ticks>(bytes, header.lines);
    bytes.remove_prefix(paddingOf(header.lines));
    saved->firsts = take<std::uint64_t>(bytes, header.steps + 1);
    saved->lists = take<std::uint32_t>(bytes, header.lines);
    LogIndex index;
    index.m_end = header.end;
    index.m_saved = std::move(saved);
    return index;
}

} // namespace runner::build
