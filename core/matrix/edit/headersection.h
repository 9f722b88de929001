// "services" and "backends" of a matrix, and one entry of them. Private to this folder.
#pragma once

#include "matrix/edit/draft.h"
#include "matrix/edit/edit.h"
#include "matrix/edit/neighbours.h"
#include "matrix/edit/newvalue.h"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace runner::matrix::edit {

template <typename T>
T *findById(std::vector<T> &items, const std::string &id)
{
    const auto found = std::find_if(items.begin(), items.end(), [&](const T &item) { return item.id == id; });
    return found == items.end() ? nullptr : &*found;
}

/// Errors of all: edit-no-names, edit-unusual, edit-shared, edit-duplicate-key.
class HeaderSection
{
public:
    /// \a key is "services" or "backends", \a what one of them is called.
    static Result<HeaderSection> of(Draft &draft, const std::string &key, const std::string &what);

    /// Error also: edit-no-such-service or edit-no-such-backend.
    Result<std::size_t> find(const std::string &id) const;
    /// At the end. Error also: edit-already-there.
    Result<void> add(const std::string &id, NewValue body);
    Result<void> drop(const std::string &id);
    /// Sets a key of an entry's body.
    Result<void> set(const std::string &id, const std::string &key, const NewValue &value);
    Result<void> unset(const std::string &id, const std::string &key);

    /// What an entry that was found says for a key, or null.
    const YamlNode *valueIn(const std::string &id, const std::string &key) const;
    /// The body of an entry that was found.
    const YamlNode &body(const std::string &id) const;

    /// A text in the quotes of those that stand there in other entries: at "name", or at "notes" and "text".
    NewValue like(const std::vector<std::string> &path, const std::string &text, Quotes fallback = Quotes::None) const;

    Draft &draft;
    const YamlNode &map;
    std::string what;
};

/// A map on one line.
NewValue lineOf(std::vector<NewKey> entries);

/// The refusal of an edit that would change nothing.
Result<void> nothingToDo(const Draft &draft);

/// Runs \a change on the section after \a texts, the identifier first, have been checked.
Edit sectionEdit(std::string name, const std::string &key, const std::string &what,
                 const std::vector<std::string> &texts, std::function<Result<void>(Draft &, HeaderSection &)> change);

/// The same on a backend that is there.
Edit backendEdit(std::string name, const std::string &id, std::vector<std::string> texts,
                 std::function<Result<void>(Draft &, HeaderSection &, Backend &)> change);

} // namespace runner::matrix::edit
