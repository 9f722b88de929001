// The values that a build of one target would give to a Dockerfile's arguments, and who uses them.
#pragma once

#include "dockerfile/dockerfile.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace runner::dockerfile {

/// Names and values; later entries of a name win where a list is turned into this.
using Variables = std::map<std::string, std::string, std::less<>>;

/// A global argument with the value that BuildKit gives it.
struct EvaluatedArgument
{
    std::string name;
    std::optional<std::string> value;   ///< Absent: declared without a default and not given.
    bool overridden = false;            ///< The value comes from the overrides.
    const ArgumentLine *line = nullptr; ///< Into the Dockerfile that was given: the declaration that gives the value.
    /// Names that the default refers to and that have a value or a declaration above it, in order, each once; empty if
    /// overridden. Others are blank to BuildKit, whatever is given to them.
    std::vector<std::string> references;
};

struct Evaluation
{
    std::vector<EvaluatedArgument>
        arguments;     ///< In the order of the file; a name declared twice stands where it was last.
    Problems problems; ///< Bad substitutions and failed ${X:?message}, with place.
    std::map<std::string, std::size_t, std::less<>> places; ///< Of each name in arguments.
    Variables predefined; ///< TARGETPLATFORM and its like, as the build would set them; FROM may use them undeclared.

    const EvaluatedArgument *find(std::string_view name) const;
    /// The declared arguments that have a value.
    Variables variables() const;
};

/// Evaluates the global arguments: a default that refers to another argument sees the overriding value, quotes are
/// taken off, and overrides are taken literally (as BuildKit treats --build-arg). \a platform ("linux/amd64") gives
/// TARGETPLATFORM, TARGETOS, TARGETARCH, TARGETVARIANT and their BUILD… counterparts, which defaults may use;
/// \a target gives TARGETSTAGE (empty: the last stage). An argument whose default cannot be expanded has no value.
/// All values together are bounded: what no longer fits is expansion-too-long.
Evaluation evaluateArguments(const Dockerfile &file, const Variables &overrides, const std::string &platform,
                             const std::string &target = {});

/// Indices of the stages that a build of \a target needs, in file order: its bases, COPY --from and
/// RUN --mount=…,from=…, also those of its bases' ONBUILD, followed through names that come out of arguments.
/// An empty target is the last stage. Empty for an unknown target.
std::vector<int> stagesFor(const Dockerfile &file, const std::string &target, const Evaluation &evaluation);

/// For each global argument the names of the stages on the way to the target that use its value, in file order:
/// a stage whose FROM refers to it, or that declares it again (or builds on a stage of the file that does) and
/// mentions it in an instruction or a heredoc. Declaring it with another default takes the stage's own value, unless
/// an override gives both. RUN sees arguments in its environment, so a quoted name counts there as well as "$NAME". An
/// argument whose value another used argument's default refers to counts as used by the same stages. A stage without a
/// name is called by its number ("0"). Arguments that nobody uses have no entry.
/// Of a file made to have millions of uses not all are found.
std::map<std::string, std::vector<std::string>> argumentUses(const Dockerfile &file, const std::string &target,
                                                             const Evaluation &evaluation);

/// Whether a build gives or takes the argument without an ARG: TARGETPLATFORM and its like, and the proxies
/// (HTTP_PROXY, http_proxy, …), which RUN sees undeclared.
bool isPredefinedArgument(std::string_view name);

} // namespace runner::dockerfile
