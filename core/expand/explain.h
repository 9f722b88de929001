// Where each argument's value comes from, and who uses it.
#pragma once

#include "expand/plan.h"

#include <optional>
#include <string>
#include <vector>

namespace runner::expand {

enum class Origin { Dockerfile, Rule, AdHoc };

/// "Dockerfile", "rule" or "ad hoc".
const char *originName(Origin origin);

/// One place that had a say in a value.
struct Step
{
    Origin origin = Origin::Dockerfile;
    std::string name; ///< The argument that the place sets: another one where a default refers to it.
    std::string text; ///< As written there: the default, or the given value.
    Location where;   ///< Without a file for ad-hoc arguments.
};

struct ExplainedArgument
{
    std::string name;
    std::optional<std::string> value; ///< What the build sees; absent: declared without a value.
    dockerfile::Need need = dockerfile::Need::Undocumented;
    std::string description;
    /// From the first to the last word; then the chains of arguments its value refers to. At most 100 steps each, and
    /// of a file with very long chains 100,000 in all, then an argument's own places alone.
    std::vector<Step> chain;
    std::vector<std::string> stages; ///< On the way to the target, that use it.
    bool declared = true;            ///< The Dockerfile has a global ARG of this name.

    bool used() const { return !stages.empty(); }
};

/// Every argument of the job: the Dockerfile's in its order, then those that are only given, in the order given.
/// Problems of the evaluation are appended to \a problems where it is not null.
std::vector<ExplainedArgument> explain(const Job &job, Problems *problems = nullptr);

/// Whether the job's Dockerfile knows an argument: declares it, globally or in a stage alone, or uses it.
bool knowsArgument(const Job &job, const std::string &name);

} // namespace runner::expand
