// The options that say which registry to talk to, and as whom.
#pragma once

#include "command.h"
#include "transfer/credentials.h"
#include "transfer/plan.h"
#include "transfer/skopeo.h"

namespace runner::ctl {

/// One side of a transfer: "source" or "destination".
struct EndpointOptions
{
    std::string side;
    transfer::Place place;
    bool verifyTls = true;
    std::string username;
    std::string passwordFile;
    bool passwordFromStdin = false;
};

/// --SIDE (with a short alias), --SIDE-namespace, --SIDE-tls-verify and where the credentials come from. There is no
/// option that holds a password: every user of the machine could read it in the process list.
void addEndpoint(CLI::App *command, const std::string &side, const std::string &alias, EndpointOptions &options);

/// The registry that images go to unless told otherwise: of the environment, else docker.io.
std::string defaultDestination();

/// From SIDE_USERNAME and SIDE_PASSWORD, a file, or the first line of stdin; empty where none is given.
/// Errors: credentials-incomplete, credentials-unreadable.
Result<transfer::Credentials> readCredentials(const EndpointOptions &options);

/// Credentials put where skopeo finds them, for as long as this lives.
struct PreparedAccess
{
    transfer::Access access;
    transfer::Scrubber scrub;
    std::vector<transfer::AuthFile> files;
};
/// \a destination may be null. Errors: those of readCredentials and of AuthFile::create.
Result<PreparedAccess> prepareAccess(const EndpointOptions *source, const EndpointOptions *destination);

} // namespace runner::ctl
