// Changing a version everywhere it means the same thing.
#pragma once

#include "matrix/edit/edit.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace runner::matrix::edit {

/// A place that says a version.
struct VersionUse
{
    enum class Kind {
        Argument, ///< NAME=OLD in a rule.
        ImageTag, ///< The version inside an image's name, in an argument of a rule.
        Comment,  ///< The version as a word in a rule's comment block.
        Disabled, ///< NAME=OLD in a rule that is commented out.
    };

    Kind kind = Kind::Argument;
    std::size_t rule = 0; ///< Index of the rule; of Disabled the one in Matrix::disabledRules.
    Location where;
    std::string before;     ///< The argument or the comment's line as it is,
    std::string after;      ///< and as it would be.
    bool suggested = false; ///< Surely meant: the argument itself, image names with a service's version, and what
                            ///< stands in a rule that has the argument.
    text::ByteRange range;  ///< Of the comment or disabled line that \a before is; of the others the argument's value.
};

/// All places where the argument \a name (CUDA_VERSION, VLLM_VERSION…) is meant with the version \a oldVersion, in the
/// order of the text. Image names carry two parts of a backend's version and all of a service's; vendors' images all of
/// either, behind the name, or behind "v" or alone where the image is called so. Places that would not change are left
/// out.
std::vector<VersionUse> findVersionUses(const Document &document, const std::string &name,
                                        const std::string &oldVersion, const std::string &newVersion);

/// Changes the places with these indices in what findVersionUses() gives for the document; by default the suggested
/// ones. Errors: edit-bad-text (also where an image's name would be none afterwards), edit-no-effect where there are
/// none, edit-no-such-use.
Edit bumpVersion(const std::string &name, std::string oldVersion, const std::string &newVersion,
                 std::optional<std::vector<std::size_t>> chosen = std::nullopt);

} // namespace runner::matrix::edit
