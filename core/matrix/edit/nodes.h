// Putting items into lists and keys into maps, and taking them out, whichever way they are written.
#pragma once

#include "matrix/edit/draft.h"
#include "matrix/edit/newvalue.h"
#include "matrix/edit/nodechecks.h"

#include <cstddef>
#include <optional>
#include <set>
#include <string>

namespace runner::matrix::edit {

/// Index of the first entry with this key.
std::optional<std::size_t> findKey(const YamlNode &map, const std::string &key);

/// The value of that entry, or null.
const YamlNode *valueOf(const YamlNode &map, const std::string &key);

/// Bytes between the line's begin and \a offset.
std::size_t columnOf(const std::string &text, std::size_t offset);

/// The dash of an item of a block list.
std::size_t dashOf(const std::string &text, const YamlNode &list, std::size_t item);

/// Replaces a scalar (or a null) by a text, quoted as the scalar was; \a quotes where there was none.
void setScalar(Draft &draft, const YamlNode &node, const std::string &value, Quotes quotes = Quotes::Double);
/// The same for "true" and "false".
void setFlag(Draft &draft, const YamlNode &node, bool value);

/// Puts an item in front of the item \a at, or at the end; written as a block or in brackets as the list is.
Result<void> insertItem(Draft &draft, const YamlNode &list, std::size_t at, NewValue value);

/// Takes items out, not all of them.
Result<void> removeItems(Draft &draft, const YamlNode &list, const std::set<std::size_t> &items);

/// Puts an entry in front of the entry \a at, or at the end. Refused, as the removals are, where a merge key may
/// provide it (edit-shared).
Result<void> insertEntry(Draft &draft, const YamlNode &map, std::size_t at, const std::string &key, NewValue value);

/// Takes entries out, with the comments inside their values; not all of them.
Result<void> removeEntries(Draft &draft, const YamlNode &map, const std::set<std::size_t> &which);
Result<void> removeEntry(Draft &draft, const YamlNode &map, std::size_t at);

/// Gives an entry another value, or adds it behind those keys of \a order that stand in front of it there.
Result<void> setEntry(Draft &draft, const YamlNode &map, const std::string &key, const NewValue &value,
                      const std::vector<std::string> &order);

/// Gives an entry whose value is null, or an empty "[]" or "{}", a value.
Result<void> fillEntry(Draft &draft, const YamlNode &map, std::size_t at, const NewValue &value);

} // namespace runner::matrix::edit
