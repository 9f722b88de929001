#include "transfer/skopeo.h"

#include "transfer/platform.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <sstream>
#include <string_view>

namespace runner::transfer {

namespace {

void addPlatform(Arguments &arguments, const std::string &platform)
{
    const auto wanted = parsePlatform(platform);
    if (!wanted)
        return;
    arguments.insert(arguments.end(), {"--override-os", wanted->os, "--override-arch", wanted->architecture});
    if (!wanted->variant.empty())
        arguments.insert(arguments.end(), {"--override-variant", wanted->variant});
}

/// \a side is "src-", "dest-" or nothing.
void addEndpoint(Arguments &arguments, const std::string &side, const Endpoint &endpoint)
{
    arguments.push_back("--" + side + "tls-verify=" + (endpoint.verifyTls ? "true" : "false"));
    if (!endpoint.authFile.empty())
        arguments.insert(arguments.end(), {"--" + side + "authfile", endpoint.authFile});
}

std::string archiveReference(ArchiveFormat format)
{
    return (format == ArchiveFormat::Oci ? "oci-archive:" : "docker-archive:") + std::string(workArchive);
}

std::string destinationReference(const Move &move)
{
    switch (move.kind) {
    case MoveKind::Save:
        return archiveReference(move.format) + ":" + move.destination;
    case MoveKind::Copy:
        return "docker://" + move.destination;
    case MoveKind::Load:
        break;
    }
    // skopeo's way to a Docker daemon speaks a protocol that daemons of today refuse, and does not know DOCKER_HOST.
    return (move.storage == Storage::Docker ? "docker-archive:" + std::string(loadArchive) + ":"
                                            : "containers-storage:")
           + move.destination;
}

/// The value of msg="…" in a line of skopeo's log; the line itself where there is none.
std::string messageOf(const std::string &line)
{
    const auto start = line.find("msg=\"");
    if (start == std::string::npos)
        return line;
    std::string message;
    for (auto at = start + 5; at < line.size() && line[at] != '"'; ++at) {
        if (line[at] == '\\' && at + 1 < line.size())
            ++at;
        message += line[at];
    }
    return message;
}

} // namespace

Arguments copyArguments(const Move &move, const Access &access)
{
    Arguments arguments{"--tmpdir", "."};
    if (move.kind != MoveKind::Load)
        addPlatform(arguments, move.platform);
    arguments.insert(arguments.end(), {"copy", "--retry-times", "0"});
    if (move.kind == MoveKind::Copy && move.platform.empty())
        arguments.emplace_back("--all");
    if (move.kind != MoveKind::Load)
        addEndpoint(arguments, "src-", access.source);
    if (move.kind == MoveKind::Copy)
        addEndpoint(arguments, "dest-", access.destination);
    arguments.push_back(move.kind == MoveKind::Load ? archiveReference(move.format) : "docker://" + move.source);
    arguments.push_back(destinationReference(move));
    return arguments;
}

Arguments inspectArguments(const std::string &image, const std::string &platform, const Endpoint &endpoint)
{
    Arguments arguments;
    addPlatform(arguments, platform);
    arguments.insert(arguments.end(), {"inspect", "--retry-times", "0", "--config"});
    addEndpoint(arguments, "", endpoint);
    arguments.push_back("docker://" + image);
    return arguments;
}

std::string reasonOf(const std::string &errors)
{
    std::istringstream lines(errors);
    std::string last;
    for (std::string line; std::getline(lines, line);) {
        while (!line.empty() && std::isspace(static_cast<unsigned char>(line.back())))
            line.pop_back();
        if (!line.empty())
            last = line;
    }
    return messageOf(last);
}

bool isPermanent(const std::string &reason)
{
    static constexpr std::array<std::string_view, 12> signs{"unauthorized",
                                                            "authentication required",
                                                            "invalid username/password",
                                                            "access denied",
                                                            "manifest unknown",
                                                            "name unknown",
                                                            "repository name not known",
                                                            "x509:",
                                                            "invalid reference",
                                                            "no image found in",
                                                            "is denied",
                                                            "server gave http response to https client"};
    std::string lower = reason;
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return std::any_of(signs.begin(), signs.end(),
                       [&](std::string_view sign) { return lower.find(sign) != std::string::npos; });
}

} // namespace runner::transfer
