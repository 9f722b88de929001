// Edits of an older JSON catalogue: patches of its text, in its own format and order.
#pragma once

#include "catalog/criteria.h"
#include "text/patch.h"

#include <string>

namespace runner::catalog {

struct JsonEdited
{
    text::Patches patches;
    std::string text;
    Records records; ///< Of the new text.
    Problems notes;  ///< catalog-still-deprecated: other platforms of a released image that stay deprecated.
};

/// Errors of all: those of readJson(); catalog-bad-record, since what cannot be read must not be counted out;
/// criteria-no-match; edit-no-effect; edit-not-as-meant where the new text would say something else.
/// Criteria have passed checkCriteria().
Result<JsonEdited> setDeprecatedInJson(const std::string &text, const std::string &fileName, const Criteria &criteria,
                                       bool deprecated);
Result<JsonEdited> pruneJson(const std::string &text, const std::string &fileName, const Criteria &criteria);

/// Writes released records: one with this image and platform is brought up to date, a new one is put where the
/// catalogue's order (sortRecords) wants it among its neighbours.
Result<JsonEdited> mergeIntoJson(const std::string &text, const std::string &fileName, const Records &released);

} // namespace runner::catalog
