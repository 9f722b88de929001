#include "text/merge.h"

#include "text/diff.h"

#include <algorithm>
#include <iterator>

namespace runner::text {

namespace {

using Lines = std::vector<std::string_view>;

std::string joined(const Lines &lines, std::size_t begin, std::size_t end)
{
    std::string text;
    for (std::size_t i = begin; i < end; ++i)
        text += lines[i];
    return text;
}

// Walks over the hunks of both sides; those that overlap or touch in the base make one part.
class Merger
{
public:
    Merger(std::string_view base, std::string_view ours, std::string_view theirs)
        : m_base(linesOf(base))
        , m_ours(linesOf(ours))
        , m_theirs(linesOf(theirs))
        , m_ourHunks(diffLines(m_base, m_ours))
        , m_theirHunks(diffLines(m_base, m_theirs))
    {
    }

    Merge run()
    {
        while (m_ourNext < m_ourHunks.size() || m_theirNext < m_theirHunks.size())
            addChange();
        addSame(m_base.size());
        return std::move(m_merge);
    }

private:
    static std::size_t beginOf(const std::vector<Hunk> &hunks, std::size_t index)
    {
        return index < hunks.size() ? hunks[index].beforeBegin : std::string::npos;
    }

    void addSame(std::size_t end)
    {
        if (end > m_at)
            add(end, m_ourAt + (end - m_at), m_theirAt + (end - m_at), MergePart::Kind::Same);
    }

    void addChange()
    {
        const std::size_t begin = std::min(beginOf(m_ourHunks, m_ourNext), beginOf(m_theirHunks, m_theirNext));
        addSame(begin);
        std::size_t end = begin;
        bool byUs = false;
        bool byThem = false;
        while (take(m_ourHunks, m_ourNext, end, byUs) || take(m_theirHunks, m_theirNext, end, byThem)) {
        }
        // A side that ends before the part does has the base's lines there.
        const std::size_t ourEnd = m_ourAt + reach(m_ourHunks, m_ourNext, m_at, end, byUs);
        const std::size_t theirEnd = m_theirAt + reach(m_theirHunks, m_theirNext, m_at, end, byThem);
        add(end, ourEnd, theirEnd, kindOf(byUs, byThem, ourEnd, theirEnd));
    }

    // Takes the side's next hunk if it begins inside the part or right at its end.
    static bool take(const std::vector<Hunk> &hunks, std::size_t &next, std::size_t &end, bool &changed)
    {
        if (next >= hunks.size() || hunks[next].beforeBegin > end)
            return false;
        end = std::max(end, hunks[next].beforeEnd);
        changed = true;
        ++next;
        return true;
    }

    // How many of the side's lines stand for the base's [begin, end).
    static std::size_t reach(const std::vector<Hunk> &hunks, std::size_t next, std::size_t begin, std::size_t end,
                             bool changed)
    {
        std::size_t count = end - begin;
        if (!changed)
            return count;
        for (std::size_t i = next; i > 0 && hunks[i - 1].beforeBegin >= begin; --i) {
            count += hunks[i - 1].afterEnd - hunks[i - 1].afterBegin;
            count -= hunks[i - 1].beforeEnd - hunks[i - 1].beforeBegin;
        }
        return count;
    }

    MergePart::Kind kindOf(bool byUs, bool byThem, std::size_t ourEnd, std::size_t theirEnd) const
    {
        if (!byThem)
            return MergePart::Kind::Ours;
        if (!byUs)
            return MergePart::Kind::Theirs;
        const bool same =
            std::equal(m_ours.begin() + static_cast<long>(m_ourAt), m_ours.begin() + static_cast<long>(ourEnd),
                       m_theirs.begin() + static_cast<long>(m_theirAt), m_theirs.begin() + static_cast<long>(theirEnd));
        return same ? MergePart::Kind::Both : MergePart::Kind::Conflict;
    }

    void add(std::size_t end, std::size_t ourEnd, std::size_t theirEnd, MergePart::Kind kind)
    {
        const auto line = [](std::size_t index) { return static_cast<int>(index) + 1; };
        m_merge.parts.push_back({kind, joined(m_base, m_at, end), joined(m_ours, m_ourAt, ourEnd),
                                 joined(m_theirs, m_theirAt, theirEnd), line(m_at), line(m_ourAt), line(m_theirAt)});
        m_at = end;
        m_ourAt = ourEnd;
        m_theirAt = theirEnd;
    }

    Lines m_base, m_ours, m_theirs;
    std::vector<Hunk> m_ourHunks, m_theirHunks;
    std::size_t m_ourNext = 0, m_theirNext = 0;
    std::size_t m_at = 0, m_ourAt = 0, m_theirAt = 0;
    Merge m_merge;
};

} // namespace

bool Merge::hasConflicts() const
{
    return std::any_of(parts.begin(), parts.end(),
                       [](const MergePart &part) { return part.kind == MergePart::Kind::Conflict; });
}

std::optional<std::string> Merge::text() const
{
    if (hasConflicts())
        return std::nullopt;
    return textWith(MergePart::Kind::Ours);
}

std::vector<MergePart> Merge::conflicts() const
{
    std::vector<MergePart> result;
    std::copy_if(parts.begin(), parts.end(), std::back_inserter(result),
                 [](const MergePart &part) { return part.kind == MergePart::Kind::Conflict; });
    return result;
}

std::string Merge::textWith(MergePart::Kind side) const
{
    return textWith(std::vector<MergePart::Kind>(conflicts().size(), side));
}

std::string Merge::textWith(const std::vector<MergePart::Kind> &sides) const
{
    std::string text;
    auto side = sides.begin();
    for (const MergePart &part : parts) {
        bool theirs = part.kind == MergePart::Kind::Theirs;
        if (part.kind == MergePart::Kind::Conflict && side != sides.end())
            theirs = *side++ == MergePart::Kind::Theirs;
        text += theirs ? part.theirs : part.ours;
    }
    return text;
}

Merge merge(std::string_view base, std::string_view ours, std::string_view theirs)
{
    return Merger(base, ours, theirs).run();
}

} // namespace runner::text
