#include "matrix/edit/runneredits.h"

#include "matrix/edit/itemlayout.h"
#include "matrix/edit/nodes.h"
#include "matrix/edit/runnernodes.h"

#include <algorithm>
#include <map>
#include <set>

namespace runner::matrix::edit {

namespace {

// Sets a key, or takes it away where the value is absent (its default).
Result<void> putKey(Draft &draft, const EntryNodes &nodes, const std::string &key, const std::optional<NewValue> &value)
{
    if (value)
        return setEntry(draft, *nodes.entry, key, *value, entryKeys());
    if (const auto index = findKey(*nodes.entry, key))
        return removeEntry(draft, *nodes.entry, *index);
    return {};
}

// Changes the intended entries one by one; \a change gives the key's new value, or nothing where it says so already.
using Change = std::function<bool(RunnerEntry &, std::optional<NewValue> &)>;

Result<void> changeAll(Draft &draft, const EntryRefs &entries, const std::string &key, bool marks, const Change &change)
{
    bool changed = false;
    for (const EntryRef &ref : std::set<EntryRef>(entries.begin(), entries.end())) {
        const auto nodes = entryToChange(draft, ref, key);
        if (!nodes)
            return tl::unexpected(nodes.error());
        RunnerEntry *entry = findEntry(draft.intended, ref);
        std::optional<NewValue> value;
        if (!entry || !change(*entry, value))
            continue;
        changed = true;
        if (const auto done = putKey(draft, *nodes, key, value); !done)
            return done;
    }
    if (!changed)
        return draft.refuse("edit-no-effect", nowhere,
                            marks ? "Nothing would change: the entries are marked so already"
                                  : "Nothing would change: the entries have no such mark");
    return {};
}

Edit flagEdit(std::string name, const std::string &key, EntryRefs entries, bool RunnerEntry::*member, bool value,
              bool fallback, NewValue written)
{
    return {std::move(name), [=, entries = std::move(entries)](Draft &draft) {
                return changeAll(draft, entries, key, value != fallback,
                                 [&](RunnerEntry &entry, std::optional<NewValue> &out) {
                                     if (entry.*member == value)
                                         return false;
                                     entry.*member = value;
                                     if (value != fallback)
                                         out = written;
                                     return true;
                                 });
            }};
}

std::optional<NewValue> deprecation(const Document &document, std::size_t row, const RunnerEntry &entry)
{
    if (entry.deprecatedPlatforms.empty())
        return std::nullopt;
    return entry.deprecated() ? NewValue::flag(true) : platformList(document, row, entry.deprecatedPlatforms);
}

// In the entry's order, as they are read.
std::vector<std::string> ordered(const RunnerEntry &entry, const std::vector<std::string> &platforms)
{
    std::vector<std::string> result;
    for (const std::string &platform : entry.platforms) {
        if (std::find(platforms.begin(), platforms.end(), platform) != platforms.end())
            result.push_back(platform);
    }
    return result;
}

Result<void> deprecatePlatforms(Draft &draft, const EntryRef &ref, const std::vector<std::string> &platforms)
{
    RunnerEntry *known = findEntry(draft.intended, ref);
    for (const std::string &platform : platforms) {
        if (known && std::find(known->platforms.begin(), known->platforms.end(), platform) == known->platforms.end())
            return draft.refuse("edit-no-such-platform", nowhere, "'" + platform + "' is no platform of this entry");
    }
    return changeAll(draft, {ref}, "deprecated", !platforms.empty(),
                     [&](RunnerEntry &entry, std::optional<NewValue> &out) {
                         const auto wanted = ordered(entry, platforms);
                         if (entry.deprecatedPlatforms == wanted)
                             return false;
                         entry.deprecatedPlatforms = wanted;
                         out = deprecation(draft.document(), ref.row, entry);
                         return true;
                     });
}

Result<void> changePlatforms(Draft &draft, const EntryNodes &nodes, std::size_t row, RunnerEntry &entry,
                             const EntryChange &wanted)
{
    const RunnerEntry before = entry;
    if (wanted.platforms && *wanted.platforms != entry.platforms) {
        const auto ofRow = platformsOfRow(*nodes.row);
        const bool own = !isSameSet(*wanted.platforms, ofRow);
        entry.platforms = own ? *wanted.platforms : ofRow;
        entry.deprecatedPlatforms = ordered(entry, entry.deprecatedPlatforms);
        const auto value = own ? std::optional(platformList(draft.document(), row, entry.platforms)) : std::nullopt;
        if (const auto done = putKey(draft, nodes, "platforms", value); !done)
            return done;
    }
    if (wanted.deprecatedPlatforms)
        entry.deprecatedPlatforms = ordered(entry, *wanted.deprecatedPlatforms);
    if (entry.deprecatedPlatforms == before.deprecatedPlatforms && entry.deprecated() == before.deprecated())
        return {};
    return putKey(draft, nodes, "deprecated", deprecation(draft.document(), row, entry));
}

Result<void> changeVersions(Draft &draft, const EntryNodes &nodes, RunnerEntry &entry, const EntryChange &wanted,
                            const std::string &originalOfRow)
{
    if (wanted.originalVersion && *wanted.originalVersion != entry.originalVersion) {
        entry.originalVersion = *wanted.originalVersion;
        const auto own = NewValue::scalar(entry.originalVersion, Quotes::Double);
        const auto value = entry.originalVersion == originalOfRow ? std::nullopt : std::optional(own);
        if (const auto done = putKey(draft, nodes, "original_version", value); !done)
            return done;
    }
    if (!wanted.version || *wanted.version == entry.version)
        return {};
    if (const auto good = checkText(*wanted.version, "The version"); !good)
        return good;
    entry.version = *wanted.version;
    return putKey(draft, nodes, "version", NewValue::scalar(entry.version, Quotes::Double));
}

Result<void> changeReleased(Draft &draft, const EntryNodes &nodes, RunnerEntry &entry, const EntryChange &wanted)
{
    if (!wanted.released || *wanted.released == entry.released)
        return {};
    entry.released = *wanted.released;
    return putKey(draft, nodes, "released", entry.released ? std::nullopt : std::optional(NewValue::flag(false)));
}

Result<void> change(Draft &draft, const EntryRef &ref, const EntryChange &wanted)
{
    const auto nodes = entryToChange(draft, ref, "platforms");
    if (!nodes)
        return tl::unexpected(nodes.error());
    RunnerEntry &entry = *findEntry(draft.intended, ref);
    const RunnerEntry before = entry;
    if (const auto done = changePlatforms(draft, *nodes, ref.row, entry, wanted); !done)
        return done;
    if (const auto done = changeVersions(draft, *nodes, entry, wanted, draft.intended.runners[ref.row].originalVersion);
        !done)
        return done;
    if (const auto done = changeReleased(draft, *nodes, entry, wanted); !done)
        return done;
    if (entry == before)
        return draft.refuse("edit-no-effect", nodes->entry->begin, "Nothing would change: the entry says so already");
    return {};
}

void eraseIntended(Matrix &matrix, const std::set<EntryRef> &entries)
{
    for (auto ref = entries.rbegin(); ref != entries.rend(); ++ref) {
        RunnerRow &row = matrix.runners.edit()[ref->row];
        for (RunnerCell &cell : row.cells) {
            if (cell.service == ref->service)
                cell.entries.erase(cell.entries.begin() + static_cast<std::ptrdiff_t>(ref->entry));
        }
    }
    std::map<std::size_t, std::set<std::string>> rows;
    for (const EntryRef &ref : entries)
        rows[ref.row].insert(ref.service);
    for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
        auto &cells = matrix.runners.edit()[row->first].cells;
        const auto isEmpty = [](const RunnerCell &cell) { return cell.entries.empty(); };
        // Lists that were empty before stay as they are, and keep no row alive.
        if (std::all_of(cells.begin(), cells.end(), isEmpty))
            matrix.runners.edit().erase(matrix.runners.begin() + static_cast<std::ptrdiff_t>(row->first));
        else
            std::erase_if(cells,
                          [&](const RunnerCell &cell) { return isEmpty(cell) && row->second.contains(cell.service); });
    }
}

// Whether all lists but those \a emptied hold nothing.
bool isNothingLeft(const YamlNode &services, const std::set<std::size_t> &emptied)
{
    for (std::size_t i = 0; i < services.entries.size(); ++i) {
        if (!emptied.contains(i) && !services.entries[i].second->resolved().items.empty())
            return false;
    }
    return true;
}

// Takes entries of one row out; whether nothing is left of it, and the row has to go.
Result<bool> removeFromRow(Draft &draft, const std::map<std::string, std::set<std::size_t>> &cells, std::size_t row)
{
    std::set<std::size_t> emptied;
    const YamlNode *services = nullptr;
    std::vector<std::pair<const YamlNode *, std::set<std::size_t>>> partly;
    for (const auto &[service, entries] : cells) {
        for (const std::size_t entry : entries) {
            const auto nodes = entryNodes(draft, {row, service, entry});
            if (!nodes)
                return tl::unexpected(nodes.error());
            services = nodes->services;
            if (entry != *entries.begin())
                continue;
            if (nodes->cell->items.size() == entries.size())
                emptied.insert(*findKey(*services, service));
            else
                partly.emplace_back(nodes->cell, entries);
        }
    }
    if (services && isNothingLeft(*services, emptied))
        return true;
    for (const auto &[cell, entries] : partly) {
        if (const auto done = removeItems(draft, *cell, entries); !done)
            return tl::unexpected(done.error());
    }
    if (!emptied.empty()) {
        if (const auto done = removeEntries(draft, *services, emptied); !done)
            return tl::unexpected(done.error());
    }
    return false;
}

Result<void> removeRows(Draft &draft, const std::set<std::size_t> &rows)
{
    const YamlNode &runners = **runnersNode(draft);
    if (runners.style == YamlNode::Style::Flow)
        return removeItems(draft, runners, rows);
    for (const text::ByteRange lines : linesToRemove(draft.document(), "runners", rows))
        draft.removeLines(lines);
    return {};
}

Result<void> remove(Draft &draft, const std::set<EntryRef> &entries)
{
    std::map<std::size_t, std::map<std::string, std::set<std::size_t>>> byRow;
    for (const EntryRef &ref : entries)
        byRow[ref.row][ref.service].insert(ref.entry);
    std::set<std::size_t> emptied;
    for (const auto &[row, cells] : byRow) {
        const auto gone = removeFromRow(draft, cells, row);
        if (!gone)
            return tl::unexpected(gone.error());
        if (*gone)
            emptied.insert(row);
    }
    if (byRow.empty())
        return draft.refuse("edit-no-effect", nowhere, "No entry was named");
    eraseIntended(draft.intended, entries);
    return removeRows(draft, emptied);
}

Result<void> listRow(Draft &draft, std::size_t row, bool listed)
{
    const auto node = rowNode(draft, row);
    if (!node)
        return tl::unexpected(node.error());
    if (draft.intended.runners[row].listed == listed)
        return draft.refuse("edit-no-effect", (*node)->begin, "Nothing would change: the row is so already");
    draft.intended.runners.edit()[row].listed = listed;
    if (!listed)
        return setEntry(draft, **node, "listed", NewValue::flag(false), rowKeys());
    return removeEntry(draft, **node, *findKey(**node, "listed"));
}

} // namespace

Edit setDeprecated(EntryRefs entries, bool deprecated)
{
    return {deprecated ? "Mark as deprecated" : "Mark as not deprecated",
            [entries = std::move(entries), deprecated](Draft &draft) {
                return changeAll(draft, entries, "deprecated", deprecated,
                                 [&](RunnerEntry &entry, std::optional<NewValue> &out) {
                                     const auto wanted = deprecated ? entry.platforms : std::vector<std::string>();
                                     if (entry.deprecatedPlatforms == wanted)
                                         return false;
                                     entry.deprecatedPlatforms = wanted;
                                     if (deprecated)
                                         out = NewValue::flag(true);
                                     return true;
                                 });
            }};
}

Edit setPolished(EntryRefs entries, bool polished)
{
    return flagEdit(polished ? "Mark as polished" : "Mark as not polished", "polished", std::move(entries),
                    &RunnerEntry::polished, polished, false, NewValue::flag(true));
}

Edit setReleaseCandidate(EntryRefs entries, bool releaseCandidate)
{
    return flagEdit(releaseCandidate ? "Mark as release candidate" : "Mark as released", "stage", std::move(entries),
                    &RunnerEntry::releaseCandidate, releaseCandidate, false, NewValue::scalar("rc", Quotes::None));
}

Edit setListed(EntryRefs entries, bool listed)
{
    return flagEdit(listed ? "Show in the table" : "Hide from the table", "listed", std::move(entries),
                    &RunnerEntry::listed, listed, true, NewValue::flag(false));
}

Edit setDeprecatedPlatforms(EntryRef entry, std::vector<std::string> platforms)
{
    return {"Deprecate platforms", [entry = std::move(entry), platforms = std::move(platforms)](Draft &draft) {
                return deprecatePlatforms(draft, entry, platforms);
            }};
}

Edit changeEntry(EntryRef entry, EntryChange wanted)
{
    return {"Change entry", [entry = std::move(entry), wanted = std::move(wanted)](Draft &draft) {
                return change(draft, entry, wanted);
            }};
}

Edit removeEntries(EntryRefs entries)
{
    return {"Remove from the catalogue", [entries = std::move(entries)](Draft &draft) {
                return remove(draft, std::set<EntryRef>(entries.begin(), entries.end()));
            }};
}

Edit setRowListed(std::size_t row, bool listed)
{
    return {listed ? "Show row in the table" : "Hide row from the table",
            [row, listed](Draft &draft) { return listRow(draft, row, listed); }};
}

} // namespace runner::matrix::edit
