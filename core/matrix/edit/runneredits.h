// Edits of what is released: the entries of `runners`. Errors of all of them: edit-no-runners for a file without
// `runners` (the catalogue of the older layout is JSON: catalog/edit.h), edit-no-such-entry, edit-shared, edit-unusual.
#pragma once

#include "matrix/edit/edit.h"

#include <compare>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace runner::matrix::edit {

/// An entry of Matrix::runners.
struct EntryRef
{
    std::size_t row = 0; ///< Index in Matrix::runners.
    std::string service;
    std::size_t entry = 0; ///< Index in the cell.

    auto operator<=>(const EntryRef &) const = default; // NOLINT(modernize-use-nullptr): there is no pointer
};

using EntryRefs = std::vector<EntryRef>;

/// Marks every one of the entries, or takes the mark away; with edit-no-effect where all of them have it (or not).
Edit setDeprecated(EntryRefs entries, bool deprecated);
Edit setPolished(EntryRefs entries, bool polished);
Edit setReleaseCandidate(EntryRefs entries, bool releaseCandidate);
Edit setListed(EntryRefs entries, bool listed);

/// Exactly these of the entry's platforms are deprecated afterwards. Error: edit-no-such-platform.
Edit setDeprecatedPlatforms(EntryRef entry, std::vector<std::string> platforms);

/// What an entry says of itself; empty parts are left out, which gives it what its row says, and so are platforms that
/// only repeat the row's.
struct NewEntry
{
    std::string version;
    bool releaseCandidate = false;
    bool polished = false;
    bool deprecated = false;
    bool listed = true;
    std::vector<std::string> platforms;
    std::string originalVersion;
    std::string members; ///< Further members of its catalogue records: a JSON object, or empty.
};

/// Adds an entry to a row, in front of the first older one; the cell is made where the row has none of this service.
/// Errors: edit-no-such-row, edit-bad-text, edit-already-there.
Edit addEntry(std::size_t row, const std::string &service, NewEntry entry);

/// Changes the given parts of an entry.
struct EntryChange
{
    std::optional<std::vector<std::string>> platforms;
    std::optional<std::string> originalVersion;
    std::optional<std::vector<std::string>> deprecatedPlatforms;
    std::optional<std::string> version;
    std::optional<bool> released;
};
Edit changeEntry(EntryRef entry, EntryChange change);

/// Takes entries out; with the last one of a cell or row this goes as well.
Edit removeEntries(EntryRefs entries);

/// What a new row says, with its first entry.
struct NewRow
{
    std::string backend;
    std::string version;         ///< Two parts: "12.9".
    std::string originalVersion; ///< Left out where it is empty or the version itself.
    std::string variant;
    std::vector<std::string> platforms; ///< Empty: the default ones.
    std::string service;
    NewEntry entry;
};

/// Adds a row where the table's order wants it: below the newer ones of its backend. The entry's platforms are written
/// on the row where another row of the backend has the same ones there. Errors: edit-bad-text, edit-already-there for a
/// row with this backend, version and variant.
Edit addRow(NewRow row);

/// Shows a whole row in the table, or not.
Edit setRowListed(std::size_t row, bool listed);

} // namespace runner::matrix::edit
