// What is asked of a builder: one image on one platform, as a value that can be kept and shown.
#pragma once

#include "diagnostics/problem.h"
#include "expand/plan.h"
#include "matrix/matrix.h"

#include <string>
#include <utility>
#include <vector>

namespace runner::build {

/// Where the built image goes.
enum class OutputKind {
    Nothing, ///< Only into the build cache.
    Push,    ///< To the registry that the tag names.
    Load,    ///< Into the local image store.
    Archive, ///< An OCI archive: a file.
};

struct Output
{
    OutputKind kind = OutputKind::Nothing;
    std::string file; ///< Of an archive; relative paths count from the request's folder.

    bool operator==(const Output &) const = default;
};

enum class Call {
    Build,
    Check, ///< Dry run: the frontend's checks, nothing is built.
};

/// NAME=VALUE.
using Pair = std::pair<std::string, std::string>;
using Pairs = std::vector<Pair>;

/// Everything that decides what `docker buildx build` does, and what the build is of. Holds no pointer into a
/// workspace.
struct Request
{
    std::string folder;                 ///< Absolute: the pack centre's root, where the command runs.
    std::string builder;                ///< Empty: the one that docker has chosen.
    std::string platform;               ///< "linux/arm64"
    std::string dockerfile;             ///< Relative to folder: "pack/cuda/Dockerfile.vllm".
    std::string context;                ///< Relative to folder: "pack/cuda".
    std::string target;                 ///< The stage: "vllm".
    std::vector<std::string> images;    ///< Whole names: "gpustack/runner:cuda12.9-vllm0.17.1-linux-arm64".
    Pairs buildArguments;               ///< Each name once.
    Pairs contexts;                     ///< Named build contexts: ("common", "pack/common").
    std::vector<std::string> cacheFrom; ///< Registry references.
    std::vector<std::string> cacheTo;
    std::vector<std::string> entitlements;
    std::vector<std::string> ulimits;
    std::string sharedMemory; ///< Size of /dev/shm: "16g"; empty: the builder's default.
    bool provenance = false;  ///< Attach a provenance attestation.
    bool sbom = false;        ///< Attach a software bill of materials.
    bool noCache = false;
    bool pull = false;
    Output output;
    Call call = Call::Build;
    std::string metadataFile; ///< Where buildx writes digests; empty: nowhere.
    std::string progress;     ///< "rawjson", "plain"…; empty: buildx decides.

    // What it is of; says nothing to buildx.
    std::string backend;
    std::string service;
    std::string platformTag; ///< "cuda12.9-vllm0.17.1-linux-arm64"
    std::string tag;         ///< Of all platforms together, with "-dev" unless for a release.

    bool operator==(const Request &) const = default;
};

/// How images are to be built: what the older CI leaves to its inputs, with the same defaults.
struct Options
{
    std::string builder = {};
    Output output = {};
    Call call = Call::Build;
    bool cacheFrom = true; ///< Use the cache images in the registry.
    /// Write the cache images: by default where the image is pushed, as the older CI does. Never for a post operation
    /// nor a dry run.
    enum class CacheTo { WithPush, Always, Never } cacheTo = CacheTo::WithPush;
    bool noCache = false;
    bool pull = false;
    bool provenance = false;
    bool sbom = false;
    std::vector<std::string> entitlements = {"network.host", "security.insecure"};
    std::vector<std::string> ulimits = {"nofile=65536:65536"};
    std::string sharedMemory = "16g";
    Pairs contexts = {};             ///< Further named contexts; one named "common" replaces pack/common.
    matrix::ImageNaming naming = {}; ///< NAMESPACE/REPOSITORY and the cache's repository.
    std::string postOperation = {};  ///< The folder below pack/.post_operation that the job comes from.
    std::string metadataFile = {};
    std::string progress = {};
};

/// The request for a job of the pack centre at \a root (absolute). pack/common becomes the named context "common" where
/// it is a folder. Arguments are the job's given ones, of several with one name the last; the Dockerfile's defaults
/// are BuildKit's to evaluate. Of an output file with a comma nothing is lost.
/// Errors: image-name-invalid where the naming and the tag give no reference; limit-invalid where docker would refuse a
/// limit or the size of the shared memory.
Result<Request> makeRequest(const std::string &root, const expand::Job &job, const Options &options);

/// The options that have given a request, as far as it tells: the naming's namespace and repository, and no post
/// operation. Where nothing is pushed, the cache counts as written with a push.
Options optionsOf(const Request &request);

/// The first image's name without its tag; there must be one.
std::string repositoryOf(const Request &request);

/// "nothing", "push", "load", "archive".
const char *outputName(OutputKind kind);

} // namespace runner::build
