// From packing rules to build jobs and manifest jobs. Pure functions over values: nothing is executed.
// docs/expansion.md tells the rules, and where they differ from the older scripts.
#pragma once

#include "dockerfile/evaluation.h"
#include "matrix/matrix.h"

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace runner::expand {

/// The Dockerfile that serves a backend's service, or null. Pointers stay valid while a plan is used.
using DockerfileLookup =
    std::function<const dockerfile::Dockerfile *(const std::string &backend, const std::string &service)>;

/// Names of the targets that are no service.
inline constexpr const char *allServices = "services";
inline constexpr const char *runtimeTarget = "runtime";

struct Options
{
    std::string target = allServices;        ///< A service, allServices, or runtimeTarget.
    std::string backend = {};                ///< Only this backend's rules; empty: all.
    std::string tagPrefix = {};              ///< Only jobs whose tag or platform tag begins so; empty: all.
    std::vector<std::string> arguments = {}; ///< "NAME=VALUE", after and above the rules' own; for every backend.
    bool forRelease = false;                 ///< Tags without "-dev".
    std::string runnerProfile = "normal";
};

/// One image for one platform to be built.
struct Job
{
    std::string backend;
    std::string backendVersion; ///< The first two parts: "12.9".
    std::string backendVariant;
    std::string service;
    std::string serviceVersion;
    std::string platform;
    std::string platformTag;                                ///< "cuda12.9-vllm0.17.1-linux-arm64"
    std::string tag;                                        ///< "cuda12.9-vllm0.17.1-dev", of all platforms together
    std::optional<std::vector<matrix::Argument>> arguments; ///< The rule's and then the ad-hoc ones; absent: no list.
    std::size_t adHocArguments = 0;                         ///< How many at the end of arguments are ad hoc.
    std::string runner;                                     ///< The CI machine's label.
    std::vector<std::string> cacheTags;
    std::string originalBackendVersion;
    std::size_t rule = 0; ///< Index into the matrix's rules.
    const dockerfile::Dockerfile *dockerfile = nullptr;

    /// The arguments as BuildKit gets them; of several with one name the last counts. NAME alone gives nothing.
    dockerfile::Variables overrides() const;
};

/// A job that cannot be built because versions are blank; its tags are empty.
struct IncompleteJob
{
    Job job;
    std::vector<std::string> needs; ///< Names of the arguments that have to be given.
};

/// One image for all platforms: made of the platform tags of its jobs.
struct ManifestJob
{
    std::string tag;
    std::vector<std::string> platformTags;
};

/// Jobs and manifests are in the older scripts' order: last rule first, inside it last service and last platform
/// first; the platform tags of a manifest ascend in the rule's order.
struct Plan
{
    std::vector<Job> jobs;
    std::vector<ManifestJob> manifests;
    std::vector<IncompleteJob> incomplete;
    /// duplicate-tag (error, or warning where ad-hoc arguments made two rules the same image; rules that share one
    /// runtime image are no duplicates), rule-no-dockerfile (error), argument-bad-value (error).
    Problems problems;
};

Plan expand(const matrix::Matrix &matrix, const DockerfileLookup &dockerfiles, const Options &options);

/// "CUDA_VERSION" of "cuda" and "VERSION".
std::string argumentName(const std::string &id, const std::string &what);

} // namespace runner::expand
