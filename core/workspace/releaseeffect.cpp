#include "workspace/releaseeffect.h"

#include "catalog/catalog.h"

#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace runner::workspace {

namespace {

using catalog::Record;
using catalog::Records;

// What rows say of an entry and a record does not.
struct Marks
{
    bool polished = false;
    bool releaseCandidate = false;
    bool unlisted = false;

    bool operator==(const Marks &) const = default;
};

using EntryKey = std::tuple<std::string, std::string, std::string, std::string, std::string>;

std::map<EntryKey, Marks> marksOf(const matrix::Matrix &matrix)
{
    std::map<EntryKey, Marks> marks;
    for (const matrix::RunnerRow &row : matrix.runners) {
        for (const matrix::RunnerCell &cell : row.cells) {
            for (const matrix::RunnerEntry &entry : cell.entries)
                marks.emplace(EntryKey(row.backend, row.version, row.variant, cell.service, entry.version),
                              Marks{entry.polished, entry.releaseCandidate, !entry.listed || !row.listed});
        }
    }
    return marks;
}

using ImageKey = std::pair<std::string, std::string>; // Name and platform.

ImageKey keyOf(const Record &record)
{
    return {record.dockerImage, record.platform};
}

// Records by image and platform. An older catalogue may hold one twice: the first ones belong together.
class ReleaseState
{
public:
    ReleaseState(const Records &records, const matrix::Matrix &matrix)
        : m_marks(marksOf(matrix))
    {
        for (const Record &record : records)
            m_records.emplace(keyOf(record), &record);
    }

    // Gives a record away; null where there is none (any more).
    const Record *take(const Record &like)
    {
        const auto found = m_records.find(keyOf(like));
        if (found == m_records.end())
            return nullptr;
        const Record *record = found->second;
        m_records.erase(found);
        return record;
    }

    Marks marks(const Record &record) const
    {
        const auto found = m_marks.find(EntryKey(record.backend, record.backendVersion, record.backendVariant,
                                                 record.service, record.serviceVersion));
        return found == m_marks.end() ? Marks() : found->second;
    }

private:
    std::multimap<ImageKey, const Record *> m_records;
    std::map<EntryKey, Marks> m_marks;
};

void addMark(ReleaseChange &change, const char *name, bool before, bool after)
{
    if (before != after)
        change.marks.push_back({name, after});
}

// One of the two: released images, or what the table lists without one.
struct Side
{
    const Records &before;
    const Records &after;
    bool released;
};

void compare(const Side &side, ReleaseState &earlier, const ReleaseState &later, std::vector<ReleaseChange> &changes)
{
    using Kind = ImageChange::Kind;
    for (const Record &record : side.after) {
        const Record *known = earlier.take(record);
        const Marks before = known ? earlier.marks(*known) : Marks(), after = later.marks(record);
        if (known && *known == record && before == after)
            continue;
        ReleaseChange change{known ? Kind::Changed : Kind::Added,
                             record.dockerImage,
                             record.platform,
                             side.released,
                             known && known->deprecated,
                             {},
                             {}};
        addMark(change, "deprecated", change.wasDeprecated, record.deprecated);
        addMark(change, "polished", before.polished, after.polished);
        addMark(change, "rc", before.releaseCandidate, after.releaseCandidate);
        addMark(change, "unlisted", before.unlisted, after.unlisted);
        if (known && known->originalBackendVersion != record.originalBackendVersion)
            change.original = {"original_backend_version", known->originalBackendVersion,
                               record.originalBackendVersion};
        changes.push_back(std::move(change));
    }
    for (const Record &record : side.before) {
        if (earlier.take(record))
            changes.push_back(
                {Kind::Removed, record.dockerImage, record.platform, side.released, record.deprecated, {}, {}});
    }
}

// A version gets its image, or loses it: the image alone is told.
void dropHaving(const Records &images, Records &imageless)
{
    std::set<ImageKey> known;
    for (const Record &record : images)
        known.insert(keyOf(record));
    std::erase_if(imageless, [&](const Record &record) { return known.contains(keyOf(record)); });
}

bool isSameFate(const ReleaseChange &one, const ReleaseChange &other)
{
    return one.kind == other.kind && one.image == other.image && one.released == other.released
           && one.marks == other.marks && one.original == other.original;
}

// Platforms of one image may stand apart: versions that count as equal are ordered by platform first.
std::vector<ReleaseChange> fateByFate(std::vector<ReleaseChange> changes)
{
    std::map<std::string, std::vector<std::size_t>> byImage;
    for (std::size_t i = 0; i < changes.size(); ++i)
        byImage[changes[i].image].push_back(i);
    std::vector<ReleaseChange> ordered;
    ordered.reserve(changes.size());
    std::vector<bool> placed(changes.size());
    for (std::size_t i = 0; i < changes.size(); ++i) {
        if (placed[i])
            continue;
        for (const std::size_t other : byImage[changes[i].image]) {
            if (placed[other] || !isSameFate(changes[i], changes[other]))
                continue;
            placed[other] = true;
            ordered.push_back(changes[other]);
        }
    }
    return ordered;
}

} // namespace

std::vector<ReleaseChange> releaseEffectOf(const Workspace &before, const Workspace &after)
{
    std::vector<ReleaseChange> changes;
    ReleaseState earlier(before.records, before.matrix);
    compare({before.records, after.records, true}, earlier, {after.records, after.matrix}, changes);
    Records imagelessBefore = catalog::imagelessOf(before.matrix), imagelessAfter = catalog::imagelessOf(after.matrix);
    dropHaving(after.records, imagelessBefore);
    dropHaving(before.records, imagelessAfter);
    ReleaseState earlierImageless(imagelessBefore, before.matrix);
    compare({imagelessBefore, imagelessAfter, false}, earlierImageless, {imagelessAfter, after.matrix}, changes);
    return fateByFate(std::move(changes));
}

std::vector<ReleaseFate> fatesOf(const std::vector<ReleaseChange> &changes)
{
    std::vector<ReleaseFate> fates;
    for (std::size_t begin = 0, end = 0; begin < changes.size(); begin = end) {
        while (end < changes.size() && isSameFate(changes[begin], changes[end]))
            ++end;
        fates.emplace_back(changes.data() + begin, end - begin);
    }
    return fates;
}

} // namespace runner::workspace
