#include "text/patch.h"

#include <algorithm>
#include <limits>

namespace runner::text {

namespace {

bool isContinuation(char c)
{
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

std::size_t commonPrefix(std::string_view a, std::string_view b)
{
    const auto [end, other] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    auto length = static_cast<std::size_t>(end - a.begin());
    const auto inside = [&](std::string_view text) { return length < text.size() && isContinuation(text[length]); };
    while (length > 0 && (inside(a) || inside(b)))
        --length;
    return length;
}

std::size_t commonSuffix(std::string_view a, std::string_view b)
{
    const auto [end, other] = std::mismatch(a.rbegin(), a.rend(), b.rbegin(), b.rend());
    auto length = static_cast<std::size_t>(end - a.rbegin());
    while (length > 0 && isContinuation(a[a.size() - length]))
        --length;
    return length;
}

// A stretch of the text that a first step gives: bytes of the original, or new ones.
struct Segment
{
    ByteRange original; ///< Where it came from, or the place where new bytes were put in.
    bool isNew = false;
    std::string_view bytes = {}; ///< Of new ones.

    std::size_t size() const { return isNew ? bytes.size() : original.size(); }
};

constexpr std::size_t endOfText = std::numeric_limits<std::size_t>::max();

std::vector<Segment> segmentsOf(const Patches &patches)
{
    std::vector<Segment> segments;
    std::size_t at = 0;
    for (const Patch &patch : patches) {
        segments.push_back({{at, patch.range.begin}});
        segments.push_back({patch.range, true, patch.replacement});
        at = patch.range.end;
    }
    segments.push_back({{at, endOfText}});
    return segments;
}

// Joins what a second step does to the segments of a first one into patches of the original.
class Composer
{
public:
    explicit Composer(const Patches &first)
        : m_segments(segmentsOf(first))
    {
    }

    Patches run(const Patches &second)
    {
        for (const Patch &patch : second) {
            advance(patch.range.begin, true);
            insert(patch.replacement);
            advance(patch.range.end, false);
        }
        advance(endOfText, true);
        return std::move(m_result);
    }

private:
    // Walks on to \a target (of the middle text), keeping or dropping what lies before it.
    void advance(std::size_t target, bool keep)
    {
        while (m_index < m_segments.size() && (m_at < target || isEmptyHere())) {
            const Segment &segment = m_segments[m_index];
            const std::size_t left = segment.size() - m_inside;
            const std::size_t step = std::min(left, target - m_at);
            consume(segment, step, keep);
            m_at += step;
            m_inside += step;
            if (m_inside == segment.size()) {
                ++m_index;
                m_inside = 0;
            }
        }
    }

    bool isEmptyHere() const { return m_segments[m_index].size() == 0; }

    void consume(const Segment &segment, std::size_t step, bool keep)
    {
        if (!segment.isNew) {
            const std::size_t begin = segment.original.begin + m_inside;
            if (!keep)
                replace({begin, begin + step}, {});
            m_original = begin + step;
            return;
        }
        if (m_inside == 0)
            replace(segment.original, {});
        if (keep)
            replace({segment.original.end, segment.original.end}, segment.bytes.substr(m_inside, step));
        m_original = segment.original.end;
    }

    void insert(std::string_view bytes)
    {
        if (!bytes.empty())
            replace({m_original, m_original}, bytes);
    }

    void replace(ByteRange range, std::string_view bytes)
    {
        if (range.size() == 0 && bytes.empty())
            return;
        if (!m_result.empty() && m_result.back().range.end == range.begin) {
            m_result.back().range.end = range.end;
            m_result.back().replacement += bytes;
        } else {
            m_result.push_back({range, std::string(bytes)});
        }
    }

    std::vector<Segment> m_segments;
    std::size_t m_index = 0;
    std::size_t m_inside = 0;   ///< Bytes of the current segment that are behind us.
    std::size_t m_at = 0;       ///< Where we are in the middle text.
    std::size_t m_original = 0; ///< The same place in the original.
    Patches m_result;
};

} // namespace

bool fits(const Patches &patches, std::size_t size)
{
    std::size_t at = 0;
    for (const Patch &patch : patches) {
        if (patch.range.begin < at || patch.range.end < patch.range.begin || patch.range.end > size)
            return false;
        at = patch.range.end;
    }
    return true;
}

std::string patched(std::string_view text, const Patches &patches)
{
    std::string result;
    std::size_t at = 0;
    for (const Patch &patch : patches) {
        result += text.substr(at, patch.range.begin - at);
        result += patch.replacement;
        at = patch.range.end;
    }
    result += text.substr(at);
    return result;
}

Patches inverse(std::string_view text, const Patches &patches)
{
    Patches undo;
    std::size_t removed = 0;
    std::size_t added = 0;
    for (const Patch &patch : patches) {
        const std::size_t begin = patch.range.begin + added - removed;
        undo.push_back({{begin, begin + patch.replacement.size()},
                        std::string(text.substr(patch.range.begin, patch.range.size()))});
        added += patch.replacement.size();
        removed += patch.range.size();
    }
    return undo;
}

Patches compose(const Patches &first, const Patches &second)
{
    return Composer(first).run(second);
}

std::size_t adjust(std::size_t offset, const Patches &patches)
{
    std::size_t removed = 0;
    std::size_t added = 0;
    for (const Patch &patch : patches) {
        if (patch.range.begin >= offset)
            break;
        added += patch.replacement.size();
        if (patch.range.end > offset)
            return patch.range.begin - removed + added;
        removed += patch.range.size();
    }
    return offset + added - removed;
}

Patch trimmed(std::string_view text, const Patch &patch)
{
    const std::string_view old = text.substr(patch.range.begin, patch.range.size());
    const std::size_t prefix = commonPrefix(old, patch.replacement);
    const std::size_t suffix = commonSuffix(old.substr(prefix), std::string_view(patch.replacement).substr(prefix));
    return {{patch.range.begin + prefix, patch.range.end - suffix},
            patch.replacement.substr(prefix, patch.replacement.size() - prefix - suffix)};
}

Patches difference(std::string_view before, std::string_view after)
{
    Patch patch = trimmed(before, {{0, before.size()}, std::string(after)});
    if (patch.range.size() == 0 && patch.replacement.empty())
        return {};
    return {std::move(patch)};
}

} // namespace runner::text
