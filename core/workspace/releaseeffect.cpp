#include "workspace/releaseeffect.h"

#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace runner::workspace {

namespace {

using catalog::Record;

using EntryKey = std::tuple<std::string, std::string, std::string, std::string, std::string>;

// Only rows know what is polished: a record does not.
std::set<EntryKey> polishedEntries(const matrix::Matrix &matrix)
{
    std::set<EntryKey> polished;
    for (const matrix::RunnerRow &row : matrix.runners) {
        for (const matrix::RunnerCell &cell : row.cells) {
            for (const matrix::RunnerEntry &entry : cell.entries) {
                if (entry.polished)
                    polished.emplace(row.backend, row.version, row.variant, cell.service, entry.version);
            }
        }
    }
    return polished;
}

// Released records by image and platform. An older catalogue may hold one twice: the first ones belong together.
class ReleaseState
{
public:
    explicit ReleaseState(const Workspace &workspace)
        : m_polished(polishedEntries(workspace.matrix))
    {
        for (const Record &record : workspace.records)
            m_records.emplace(std::pair(record.dockerImage, record.platform), &record);
    }

    // Gives a record away; null where there is none (any more).
    const Record *take(const Record &like)
    {
        const auto found = m_records.find(std::pair(like.dockerImage, like.platform));
        if (found == m_records.end())
            return nullptr;
        const Record *record = found->second;
        m_records.erase(found);
        return record;
    }

    bool isPolished(const Record &record) const
    {
        return m_polished.contains(EntryKey(record.backend, record.backendVersion, record.backendVariant,
                                            record.service, record.serviceVersion));
    }

private:
    std::multimap<std::pair<std::string, std::string>, const Record *> m_records;
    std::set<EntryKey> m_polished;
};

void addMark(ReleaseChange &change, const char *name, bool before, bool after)
{
    if (before != after)
        change.marks.push_back({name, after});
}

} // namespace

std::vector<ReleaseChange> releaseEffectOf(const Workspace &before, const Workspace &after)
{
    ReleaseState earlier(before);
    const ReleaseState later(after);
    std::vector<ReleaseChange> changes;
    for (const Record &record : after.records) {
        const Record *known = earlier.take(record);
        const bool wasPolished = known && earlier.isPolished(*known);
        if (known && *known == record && wasPolished == later.isPolished(record))
            continue;
        ReleaseChange change{known ? ImageChange::Kind::Changed : ImageChange::Kind::Added,
                             record.dockerImage,
                             record.platform,
                             known && known->deprecated,
                             {},
                             {}};
        addMark(change, "deprecated", change.wasDeprecated, record.deprecated);
        addMark(change, "polished", wasPolished, later.isPolished(record));
        if (known && known->originalBackendVersion != record.originalBackendVersion)
            change.original = {"original_backend_version", known->originalBackendVersion,
                               record.originalBackendVersion};
        changes.push_back(std::move(change));
    }
    for (const Record &record : before.records) {
        if (earlier.take(record))
            changes.push_back(
                {ImageChange::Kind::Removed, record.dockerImage, record.platform, record.deprecated, {}, {}});
    }
    return changes;
}

} // namespace runner::workspace
