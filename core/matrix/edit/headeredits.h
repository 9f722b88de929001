// Edits of what the matrix calls its services and backends: names, variants, notes. Errors of all of them:
// edit-no-names for a file of the older layout, which keeps no names; edit-no-such-service or edit-no-such-backend;
// edit-bad-text, edit-no-effect, edit-shared, edit-unusual.
#pragma once

#include "matrix/edit/edit.h"

#include <cstddef>
#include <string>

namespace runner::matrix::edit {

/// A new column of the support table, at the end. Error: edit-already-there.
Edit defineService(const std::string &id, const std::string &name);
Edit setServiceName(const std::string &id, const std::string &name);
/// The rules and runners that use it stay as they are.
Edit dropService(std::string id);

/// A new section of the support table, at the end. Error: edit-already-there.
Edit defineBackend(const std::string &id, const std::string &name, const std::string &title);
enum class BackendText { Name, Title, VariantArgument };
/// An empty text takes the key away; then its default counts.
Edit setBackendText(const std::string &id, BackendText which, const std::string &text);
/// The rules and runners that use it stay as they are.
Edit dropBackend(std::string id);

/// What the table shows for a variant; added at the end where the backend does not have it.
Edit setVariant(const std::string &backend, const std::string &variant, const std::string &label);
/// Error: edit-no-such-variant.
Edit removeVariant(const std::string &backend, const std::string &variant);

/// Notes are named by their index, from 0. Error: edit-no-such-note.
Edit addNote(const std::string &backend, const Note &note);
Edit setNote(const std::string &backend, std::size_t index, const Note &note);
Edit removeNote(const std::string &backend, std::size_t index);

} // namespace runner::matrix::edit
