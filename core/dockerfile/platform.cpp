#include "dockerfile/platform.h"

#include "dockerfile/characters.h"

#include <algorithm>
#include <array>
#include <vector>

namespace runner::dockerfile {

namespace {

struct Platform
{
    std::string os;
    std::string architecture;
    std::string variant;

    std::string text() const
    {
        return os + (architecture.empty() ? "" : "/" + architecture) + (variant.empty() ? "" : "/" + variant);
    }
};

std::vector<std::string> partsOf(std::string_view text)
{
    std::vector<std::string> parts(1);
    for (const char c : text) {
        if (c == '/' && parts.size() < 3)
            parts.emplace_back();
        else
            parts.back() += c;
    }
    return parts;
}

// The spellings that containerd's platforms package takes for one and the same.
void normalize(Platform &platform)
{
    if (platform.architecture == "x86_64" || platform.architecture == "x86-64")
        platform.architecture = "amd64";
    else if (platform.architecture == "aarch64")
        platform.architecture = "arm64";
    else if (platform.architecture == "armhf")
        platform = {platform.os, "arm", "v7"};
    else if (platform.architecture == "armel")
        platform = {platform.os, "arm", "v6"};
    if (platform.architecture == "arm" && !platform.variant.empty()
        && isDigit(static_cast<unsigned char>(platform.variant[0])))
        platform.variant = "v" + platform.variant;
    if (platform.architecture == "arm" && platform.variant.empty())
        platform.variant = "v7";
    const bool usual = (platform.architecture == "arm64" && (platform.variant == "v8" || platform.variant == "8"))
                       || (platform.architecture == "amd64" && platform.variant == "v1");
    if (usual)
        platform.variant.clear();
}

Platform parsePlatform(std::string_view text)
{
    const std::vector<std::string> parts = partsOf(lowered(text));
    Platform platform{parts[0], parts.size() > 1 ? parts[1] : "", parts.size() > 2 ? parts[2] : ""};
    normalize(platform);
    return platform;
}

} // namespace

Variables platformArguments(const std::string &platform, const std::string &target)
{
    const Platform parsed = parsePlatform(platform);
    Variables arguments;
    for (const std::string side : {"BUILD", "TARGET"}) {
        arguments[side + "PLATFORM"] = parsed.text();
        arguments[side + "OS"] = parsed.os;
        arguments[side + "OSVERSION"] = "";
        arguments[side + "ARCH"] = parsed.architecture;
        arguments[side + "VARIANT"] = parsed.variant;
    }
    arguments["TARGETSTAGE"] = target.empty() ? "default" : target;
    return arguments;
}

bool isPredefinedArgument(std::string_view name)
{
    static constexpr std::array<std::string_view, 5> proxies{"HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "NO_PROXY",
                                                             "ALL_PROXY"};
    const auto isProxy = [name](std::string_view proxy) { return name == proxy || name == lowered(proxy); };
    if (std::any_of(proxies.begin(), proxies.end(), isProxy))
        return true;
    static const auto platform = platformArguments({}, {});
    return platform.find(name) != platform.end();
}

} // namespace runner::dockerfile
