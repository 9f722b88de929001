// What a rule expands to, for itself: the same rule gives the same wherever it stands, so results are shared.
#pragma once

#include "expand/plan.h"

#include <memory>
#include <string>
#include <vector>

namespace runner::expand {

/// In the order of the rule: services, and in each its platforms. Job::rule is not known here.
struct RuleJobs
{
    std::vector<Job> jobs;
    std::vector<IncompleteJob> incomplete;
    std::vector<std::string> unserved; ///< Services without a Dockerfile.
};

using RuleJobsPointer = std::shared_ptr<const RuleJobs>;

RuleJobs expandRule(const matrix::Matrix &matrix, const DockerfileLookup &dockerfiles, const Options &options,
                    const matrix::Rule &rule);

/// A job that a plan has, and the rule it comes from.
struct KeptJob
{
    std::size_t rule = 0; ///< Index into the matrix's rules.
    const Job *job = nullptr;
};

/// All rules expanded, without copies of what they give.
struct Expansion
{
    std::vector<RuleJobsPointer> rules; ///< By the index of the rule; null for those that were not asked for.
    std::vector<KeptJob> kept;          ///< In the order of the rules: one for each platform tag.
    Problems problems;                  ///< Those of Plan.
};

/// Puts the jobs of rules together. \a rules as in Expansion; \a options are those the rules were expanded with.
Expansion gather(const matrix::Matrix &matrix, std::vector<RuleJobsPointer> rules, const Options &options);

/// The expansion as a plan of its own.
Plan planOf(const matrix::Matrix &matrix, const Expansion &expansion, const Options &options);

/// The value that a build would see: what is given wins, else the Dockerfile's default; empty where there is none.
std::string givenOr(const std::string &name, const dockerfile::Variables &overrides,
                    const dockerfile::Evaluation &evaluation);

/// Whether it is NAME=VALUE.
bool isArgument(const std::string &text);
/// Those of the options that are arguments.
std::vector<matrix::Argument> adHocArguments(const Options &options);

} // namespace runner::expand
