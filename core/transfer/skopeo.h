// Command lines for skopeo(1), and what its messages mean. Pure functions.
#pragma once

#include "transfer/move.h"

#include <string>
#include <vector>

namespace runner::transfer {

/// How to talk to a registry.
struct Endpoint
{
    std::string authFile; ///< Path, or empty: whatever the user is logged in with.
    bool verifyTls = true;
};

struct Access
{
    Endpoint source;
    Endpoint destination;
};

using Arguments = std::vector<std::string>;

/// The archive's name inside the work folder; skopeo runs there because its archive references cannot hold a colon,
/// which paths may (a registry's port does).
inline constexpr const char *workArchive = "image.tar";
/// What "docker load" reads: an archive in Docker's form that says the image's name.
inline constexpr const char *loadArchive = "load.tar";

/// `skopeo copy` for a move, to be run in a work folder, which also takes skopeo's temporary files (named "." since
/// their path must not hold a colon either).
Arguments copyArguments(const Move &move, const Access &access);

/// `skopeo inspect --config`: the configuration of an image in a registry for one platform, as JSON.
Arguments inspectArguments(const std::string &image, const std::string &platform, const Endpoint &endpoint);

/// The reason in what skopeo wrote to stderr, as one line without its log decoration.
std::string reasonOf(const std::string &errors);

/// Whether trying again cannot help: refused credentials, an image that is not there, a bad certificate or name.
bool isPermanent(const std::string &reason);

} // namespace runner::transfer
