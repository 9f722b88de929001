// Where released entries stand in a document's tree, and how their parts are written. Private to this folder.
#pragma once

#include "matrix/edit/draft.h"
#include "matrix/edit/newvalue.h"
#include "matrix/edit/runneredits.h"

#include <string>
#include <vector>

namespace runner::matrix::edit {

/// The order in which a new key is put among the others.
const std::vector<std::string> &entryKeys();
const std::vector<std::string> &rowKeys();

/// Nodes on the way to an entry.
struct EntryNodes
{
    const YamlNode *row = nullptr;
    const YamlNode *services = nullptr;
    const YamlNode *cell = nullptr;
    const YamlNode *entry = nullptr;
};

/// The list of rows. Errors: edit-no-runners, edit-shared.
Result<const YamlNode *> runnersNode(const Draft &draft);
/// Errors: edit-no-such-row, edit-duplicate-key and those above.
Result<const YamlNode *> rowNode(const Draft &draft, std::size_t row);
/// Errors: edit-no-such-entry and those above.
Result<EntryNodes> entryNodes(const Draft &draft, const EntryRef &ref);

/// The same for a change of the entry's \a key. Errors also: edit-duplicate-key of the entry's own keys.
Result<EntryNodes> entryToChange(const Draft &draft, const EntryRef &ref, const std::string &key);

/// The same entry in a matrix, or null.
RunnerEntry *findEntry(Matrix &matrix, const EntryRef &ref);

/// What a row says its entries' platforms are, in its order; the default ones where it does not.
std::vector<std::string> platformsOfRow(const YamlNode &row);

/// The same texts in any order.
bool isSameSet(std::vector<std::string> some, std::vector<std::string> others);

/// "[linux/amd64]", with the quotes of the rows around \a row.
NewValue platformList(const Document &document, std::size_t row, const std::vector<std::string> &platforms);

/// An entry of \a row written like \a sample (another entry, or null).
NewValue entryValue(const Document &document, std::size_t row, const NewEntry &entry, const YamlNode *sample);

/// JSON as a value in brackets.
Result<NewValue> valueOfJson(const std::string &json);

} // namespace runner::matrix::edit
