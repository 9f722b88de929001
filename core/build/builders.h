// The builders that buildx knows: what `docker buildx ls` says, and the argument vectors that change them. Pure
// functions.
#pragma once

#include "build/request.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace runner::build {

struct BuilderNode
{
    std::string name;
    std::string endpoint;
    std::string status;  ///< "running", "inactive", "stopped"…
    std::string version; ///< Of BuildKit.
    std::string error;   ///< Empty unless it cannot be reached.
    std::vector<std::string> platforms;
};

struct Builder
{
    std::string name;
    std::string driver; ///< "docker", "docker-container", "remote", "kubernetes".
    std::string error;  ///< Empty unless it cannot be reached.
    bool current = false;
    std::vector<BuilderNode> nodes;

    /// What its nodes can run, each once, in their order. A node that does not run yet names none.
    std::vector<std::string> platforms() const;
    bool isRunning() const;
    /// Whether a node can run it; a builder that is not running may turn out to, and counts.
    bool canRun(const std::string &platform) const;
    /// Whether its daemon may cut the logs of steps. Only the container and kubernetes drivers tell: others may.
    bool mayClipLogs() const { return driver == "docker" || driver.empty(); }
};

/// The answer of `docker buildx ls --format json`: a JSON object a line; other lines are skipped.
std::vector<Builder> parseBuilders(std::string_view output);

/// The builder that \a request names or else the current one; null where there is none.
const Builder *findBuilder(const std::vector<Builder> &builders, const std::string &name);

/// The builder for a platform: the one of that name or the current one if it can run it, else the first running one
/// that can. Null: none can.
const Builder *route(const std::vector<Builder> &builders, const std::string &preferred, const std::string &platform);

/// A part of the build cache on a builder.
struct CacheUse
{
    std::string description;
    std::string type; ///< "regular", "source.local", "exec.cachemount"…
    std::uint64_t bytes = 0;
    bool reclaimable = false;
};

/// The answer of `docker buildx du --format json`.
std::vector<CacheUse> parseCacheUse(std::string_view output);

struct CacheTotal
{
    std::uint64_t bytes = 0;
    std::uint64_t reclaimable = 0; ///< What pruning frees of it.
};

CacheTotal totalOf(const std::vector<CacheUse> &uses);

/// "3.968kB" as bytes, in steps of 1000 ("KiB" of 1024); 0 for what is no size.
std::uint64_t parseSize(std::string_view text);

/// A builder, or a node added to one, to create.
struct NewBuilder
{
    std::string name;
    std::string driver = "docker-container"; ///< Or "remote", "kubernetes".
    std::string endpoint;                    ///< "tcp://host:1234", a docker context, or empty.
    std::vector<std::string> platforms;      ///< Of this node; empty: it tells itself.
    std::vector<std::string> driverOptions;  ///< "NAME=VALUE", behind the defaults.
    bool append = false;                     ///< Add a node to the builder of that name.
    bool use = false;                        ///< Make it the current one.
};

/// Arguments behind `docker`. A container or kubernetes builder never clips the logs of steps and allows both
/// entitlements, as the older CI's; a container one uses the host's network and keeps up to 200 GB of cache.
/// Errors: builder-name-invalid, builder-driver-invalid, builder-endpoint-missing.
Result<std::vector<std::string>> createArguments(const NewBuilder &builder);

std::vector<std::string> listArguments();
std::vector<std::string> inspectArguments(const std::string &builder); ///< Starts it if it does not run.
std::vector<std::string> cacheUseArguments(const std::string &builder);
/// \a all: also what was used lately and internal images. \a keep: bytes to leave, 0: none.
std::vector<std::string> pruneArguments(const std::string &builder, bool all, std::uint64_t keep);
std::vector<std::string> removeArguments(const std::string &builder);
std::vector<std::string> useArguments(const std::string &builder);

/// The request as the builder can take it. The docker driver's daemon refuses security.insecure unless its
/// configuration allows it: it is left out there where the Dockerfile does not ask for it, and \a notes says so.
Request adapted(Request request, const Builder &builder, const std::string &dockerfileText, Problems &notes);

} // namespace runner::build
