// Edits of a matrix: the smallest change of its text that makes it say what is meant, checked by reading it again.
#pragma once

#include "matrix/document.h"
#include "text/patch.h"

#include <functional>
#include <string>
#include <vector>

namespace runner::matrix::edit {

class Draft;

/// One thing to do with a matrix; made by the functions of ruleedits.h, rulelistedits.h, runneredits.h, headeredits.h
/// and bump.h. Can be run on any document.
struct Edit
{
    std::string name; ///< For "Undo NAME": "Set CUDA_VERSION".
    std::function<Result<void>(Draft &)> run;
};

/// What an edit gives.
struct Edited
{
    Document document;
    text::Patches patches; ///< From the text of the document before to that of this one.
};

/// Runs the edit, reads the patched text again and compares it with what was meant. Nothing changes where an error is
/// returned: those of the edit; edit-not-as-meant where the text would say something else, which happens with YAML
/// that is written in an unusual way; matrix-too-large.
Result<Edited> applyEdit(const Document &document, const Edit &edit);

/// The edits one after the other, each on what the one before gave, as one step: all or nothing.
Result<Edited> applyEdits(const Document &document, const std::vector<Edit> &edits);

} // namespace runner::matrix::edit
