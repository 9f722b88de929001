// Adding rows and entries.
#include "matrix/edit/runnerrows.h"

#include "image/version.h"
#include "matrix/edit/itemlayout.h"
#include "matrix/edit/neighbours.h"
#include "matrix/edit/nodes.h"
#include "matrix/edit/rulenodes.h"
#include "matrix/edit/runnernodes.h"

#include <algorithm>

namespace runner::matrix::edit {

namespace {

using Kind = YamlNode::Kind;

std::size_t indexOf(const Backend *backend, const std::string &variant)
{
    if (!backend)
        return 0;
    const auto found = std::find_if(backend->variants.begin(), backend->variants.end(),
                                    [&](const Variant &each) { return each.id == variant; });
    return static_cast<std::size_t>(found - backend->variants.begin());
}

template <typename T>
std::size_t positionOf(const std::vector<T> &items, const std::string &id)
{
    return static_cast<std::size_t>(
        std::find_if(items.begin(), items.end(), [&](const T &item) { return item.id == id; }) - items.begin());
}

RunnerEntry entryOf(const NewEntry &wanted, const RunnerRow &row, const std::vector<std::string> &rowPlatforms)
{
    RunnerEntry entry;
    entry.version = wanted.version;
    entry.releaseCandidate = wanted.releaseCandidate;
    entry.polished = wanted.polished;
    entry.listed = wanted.listed;
    entry.platforms = wanted.platforms.empty() ? rowPlatforms : wanted.platforms;
    if (wanted.deprecated)
        entry.deprecatedPlatforms = entry.platforms;
    entry.originalVersion = wanted.originalVersion.empty() ? row.originalVersion : wanted.originalVersion;
    entry.members = wanted.members;
    return entry;
}

Result<void> checkEntry(const std::string &service, const NewEntry &entry)
{
    std::vector<std::string> texts{service, entry.version, entry.originalVersion};
    texts.insert(texts.end(), entry.platforms.begin(), entry.platforms.end());
    for (const std::string &text : texts) {
        if (const auto good = checkText(text, "The entry"); !good)
            return good;
    }
    if (service.empty() || entry.version.empty())
        return failure("edit-bad-text", {}, "An entry needs a service and a version", "Name both");
    if (entry.members.empty())
        return {};
    if (const auto members = valueOfJson(entry.members); !members)
        return tl::unexpected(members.error());
    return {};
}

// An entry to write a new one like: in this cell, else anywhere in the row.
const YamlNode *sampleOf(const YamlNode *services, const YamlNode *cell)
{
    if (cell && !cell->items.empty())
        return cell->items.back();
    for (std::size_t i = 0; services && i < services->entries.size(); ++i) {
        const YamlNode &other = *services->entries[i].second;
        if (!other.items.empty())
            return other.items.front();
    }
    return nullptr;
}

NewValue cellValue(const std::string &text, const YamlNode *services, NewValue entry)
{
    NewValue cell;
    cell.kind = NewValue::Kind::List;
    for (std::size_t i = 0; services && i < services->entries.size(); ++i) {
        const auto &[key, other] = services->entries[i];
        if (other->kind == Kind::Sequence && !other->items.empty()) {
            imitate(text, *key, *other, cell);
            break;
        }
    }
    cell.items.push_back(std::move(entry));
    return cell;
}

Result<void> writeEntry(Draft &draft, std::size_t rowIndex, const std::string &service, const NewEntry &wanted,
                        std::size_t at, std::size_t cellAt)
{
    const YamlNode &row = *draft.document().itemNode("runners", rowIndex);
    const std::string &text = draft.text();
    const YamlNode *services = valueOf(row, "services");
    const YamlNode *cell = services ? valueOf(*services, service) : nullptr;
    for (const YamlNode *node : {services, cell}) {
        if (const auto own = node ? checkOwn(draft, *node, "The row") : Result<void>(); !own)
            return own;
    }
    if (const auto good = services ? checkKeys(draft, *services, "This map of services") : Result<void>(); !good)
        return good;
    const NewValue entry = entryValue(draft.document(), rowIndex, wanted, sampleOf(services, cell));
    if (cell && cell->kind == Kind::Sequence)
        return insertItem(draft, *cell, at, entry);
    const NewValue newCell = cellValue(text, services, entry);
    if (cell)
        return fillEntry(draft, *services, *findKey(*services, service), newCell);
    if (services && services->kind == Kind::Map)
        return insertEntry(draft, *services, cellAt, service, newCell);
    NewValue map;
    map.kind = NewValue::Kind::Map;
    map.entries.emplace_back(service, newCell);
    if (services)
        return fillEntry(draft, row, *findKey(row, "services"), map);
    return setEntry(draft, row, "services", map, rowKeys());
}

// Without the platforms where they are its row's.
NewEntry ownPartsOf(NewEntry entry, const std::vector<std::string> &platformsOfItsRow)
{
    if (isSameSet(entry.platforms, platformsOfItsRow))
        entry.platforms.clear();
    return entry;
}

Result<void> add(Draft &draft, std::size_t index, const std::string &service, const NewEntry &given)
{
    if (const auto good = checkEntry(service, given); !good)
        return good;
    const auto node = rowNode(draft, index);
    if (!node)
        return tl::unexpected(node.error());
    const std::vector<std::string> platforms = platformsOfRow(**node);
    const NewEntry wanted = ownPartsOf(given, platforms);
    RunnerRow &row = draft.intended.runners.edit()[index];
    auto cell = std::find_if(row.cells.begin(), row.cells.end(),
                             [&](const RunnerCell &each) { return each.service == service; });
    const std::size_t cellAt = placeOfCell(draft.intended, row, service);
    if (cell == row.cells.end())
        cell = row.cells.insert(row.cells.begin() + static_cast<std::ptrdiff_t>(cellAt), {service, {}});
    for (const RunnerEntry &each : cell->entries) {
        if (each.version == wanted.version)
            return draft.refuse("edit-already-there", (*node)->begin,
                                "The row has " + service + " " + wanted.version + " already",
                                "Change that entry instead");
    }
    const std::size_t at = placeOfVersion(cell->entries, wanted.version);
    cell->entries.insert(cell->entries.begin() + static_cast<std::ptrdiff_t>(at), entryOf(wanted, row, platforms));
    return writeEntry(draft, index, service, wanted, at, cellAt);
}

RunnerRow rowOf(const NewRow &wanted)
{
    RunnerRow row;
    row.backend = wanted.backend;
    row.version = row.shownVersion = wanted.version;
    row.originalVersion = wanted.originalVersion.empty() ? wanted.version : wanted.originalVersion;
    row.variant = wanted.variant;
    row.cells.push_back(
        {wanted.service,
         {entryOf(wanted.entry, row, wanted.platforms.empty() ? defaultPlatforms() : wanted.platforms)}});
    return row;
}

Result<void> checkRow(const Draft &draft, const NewRow &row)
{
    std::vector<std::string> texts{row.backend, row.version, row.originalVersion, row.variant};
    texts.insert(texts.end(), row.platforms.begin(), row.platforms.end());
    for (const std::string &text : texts) {
        if (const auto good = checkText(text, "The row"); !good)
            return good;
    }
    if (row.backend.empty() || row.version.empty())
        return failure("edit-bad-text", {}, "A row needs a backend and its version", "Name both");
    for (const RunnerRow &each : draft.intended.runners) {
        if (each.backend == row.backend && each.version == row.version && each.variant == row.variant)
            return failure("edit-already-there", each.where,
                           "There is a row of this backend, version and variant already", "Add the entry to it");
    }
    return checkEntry(row.service, row.entry);
}

NewValue rowValue(const Document &document, const NewRow &row, std::size_t at)
{
    const std::string &text = document.text();
    NewValue value;
    value.kind = NewValue::Kind::Map;
    const auto put = [&](const std::string &key, const std::string &said, Quotes fallback) {
        if (!said.empty())
            value.entries.emplace_back(
                key, NewValue::scalar(said, quotesAmong(valuesInRows(document, key, at), said, fallback)));
    };
    put("backend", row.backend, Quotes::None);
    put("version", row.version, Quotes::Double);
    put("original_version", row.originalVersion == row.version ? std::string() : row.originalVersion, Quotes::Double);
    put("variant", row.variant, Quotes::None);
    if (!row.platforms.empty())
        value.entries.emplace_back("platforms", platformList(document, at, row.platforms));
    const YamlNode *first = document.itemNode("runners", 0);
    const YamlNode *services = first ? valueOf(*first, "services") : nullptr;
    NewValue map;
    map.kind = NewValue::Kind::Map;
    map.entries.emplace_back(
        row.service, cellValue(text, services, entryValue(document, at, row.entry, sampleOf(services, nullptr))));
    value.entries.emplace_back("services", std::move(map));
    return value;
}

// A new row at that place leads the rows of its backend, whose heading stands above them.
template <typename Rows>
bool isFirstOfBackend(const Rows &rows, std::size_t at, const std::string &backend)
{
    return at > 0 && at < rows.size() && rows[at].backend == backend && rows[at - 1].backend != backend;
}

// Platforms stand on the row where another row of the backend has the same ones there.
NewRow likeItsNeighbours(const Draft &draft, NewRow row)
{
    const Document &document = draft.document();
    for (std::size_t i = 0;
         row.platforms.empty() && !row.entry.platforms.empty() && i < document.matrix().runners.size(); ++i) {
        const YamlNode *node = document.itemNode("runners", i);
        const bool said = document.matrix().runners[i].backend == row.backend && node && node->kind == Kind::Map
                          && valueOf(*node, "platforms");
        if (said && isSameSet(platformsOfRow(*node), row.entry.platforms))
            row.platforms.swap(row.entry.platforms);
    }
    return row;
}

// A file of names and rules that says nothing yet of what is released.
bool lacksRunners(const Document &document)
{
    const YamlNode *root = document.outline();
    return document.hasSchema() && root && root->kind == Kind::Map && !findKey(*root, "runners");
}

Result<void> writeFirstRow(Draft &draft, const NewValue &row)
{
    NewValue list;
    list.kind = NewValue::Kind::List;
    list.items.push_back(row);
    const YamlNode &root = *draft.document().outline();
    if (const auto index = findKey(root, "runners"))
        return fillEntry(draft, root, *index, list);
    return insertEntry(draft, root, root.entries.size(), "runners", list);
}

Result<void> addNewRow(Draft &draft, const NewRow &given)
{
    const bool isAbsent = lacksRunners(draft.document());
    const auto runners = isAbsent ? Result<const YamlNode *>(nullptr) : runnersNode(draft);
    if (!runners)
        return tl::unexpected(runners.error());
    const NewRow wanted = likeItsNeighbours(draft, given);
    if (const auto good = checkRow(draft, wanted); !good)
        return good;
    RunnerRow row = rowOf(wanted);
    const std::size_t at = placeOfRow(draft.intended, row);
    const NewValue value = rowValue(draft.document(), wanted, at);
    auto &intended = draft.intended.runners.edit();
    intended.insert(intended.begin() + static_cast<std::ptrdiff_t>(at), std::move(row));
    if (isAbsent || (*runners)->items.empty())
        return writeFirstRow(draft, value);
    const YamlNode &rows = **runners;
    if (rows.style == YamlNode::Style::Flow)
        return insertItem(draft, rows, at, value);
    const std::string &text = draft.text();
    const std::size_t column = columnOf(text, dashOf(text, rows, 0));
    const std::string lines = std::string(column, ' ') + itemText(value, column, 1, draft.lineEnd());
    const std::string blank = standsApart(draft.document(), "runners", at) ? draft.lineEnd() : "";
    if (at == 0 || isFirstOfBackend(draft.document().matrix().runners, at, wanted.backend))
        draft.insertLines(linesOfItem(draft.document(), "runners", at).all.begin, lines + blank);
    else
        draft.insertLines(linesOfItem(draft.document(), "runners", at - 1).all.end, blank + lines);
    return {};
}

} // namespace

std::size_t placeOfVersion(const std::vector<RunnerEntry> &entries, const std::string &version)
{
    const image::Version wanted(version);
    const auto older = std::find_if(entries.begin(), entries.end(),
                                    [&](const RunnerEntry &entry) { return image::Version(entry.version) < wanted; });
    return static_cast<std::size_t>(older - entries.begin());
}

std::size_t placeOfCell(const Matrix &matrix, const RunnerRow &row, const std::string &service)
{
    const std::size_t order = positionOf(matrix.services, service);
    std::size_t place = row.cells.size();
    while (place > 0 && positionOf(matrix.services, row.cells[place - 1].service) > order)
        --place;
    return place;
}

std::size_t placeOfRow(const Matrix &matrix, const RunnerRow &row)
{
    const Backend *backend = matrix.findBackend(row.backend);
    const image::Version version(row.version);
    const std::size_t order = positionOf(matrix.backends, row.backend);
    std::size_t place = 0;
    for (std::size_t i = 0; i < matrix.runners.size(); ++i) {
        const RunnerRow &each = matrix.runners[i];
        if (each.backend != row.backend) {
            place = positionOf(matrix.backends, each.backend) < order ? i + 1 : place;
            continue;
        }
        const image::Version other(each.version);
        const bool before =
            other > version || (other == version && indexOf(backend, each.variant) < indexOf(backend, row.variant));
        if (each.listed && before)
            place = i + 1;
    }
    return place;
}

Edit addEntry(std::size_t row, const std::string &service, NewEntry entry)
{
    return {"Add " + service + " " + entry.version,
            [row, service, entry = std::move(entry)](Draft &draft) { return add(draft, row, service, entry); }};
}

Edit addRow(NewRow row)
{
    return {"Add " + row.backend + " " + row.version,
            [row = std::move(row)](Draft &draft) { return addNewRow(draft, row); }};
}

} // namespace runner::matrix::edit
