#include "transfer/platform.h"

#include <QString>
#include <QSysInfo>

#include <regex>

namespace runner::transfer {

Result<Platform> parsePlatform(const std::string &text)
{
    static const std::regex form("([A-Za-z0-9_][A-Za-z0-9_.-]*)/([A-Za-z0-9_][A-Za-z0-9_.-]*)"
                                 "(?:/([A-Za-z0-9_][A-Za-z0-9_.-]*))?");
    std::smatch parts;
    if (text.size() > 100 || !std::regex_match(text, parts, form))
        return failure("platform-invalid", {}, "\"" + text + "\" is no platform",
                       "Write it as OS/ARCHITECTURE, such as linux/amd64");
    return Platform{parts[1], parts[2], parts[3]};
}

std::string describe(const Platform &platform)
{
    const std::string text = platform.os + "/" + platform.architecture;
    return platform.variant.empty() ? text : text + "/" + platform.variant;
}

bool serves(const Platform &offered, const Platform &wanted)
{
    const bool sameVariant = offered.variant.empty() || wanted.variant.empty() || offered.variant == wanted.variant;
    return offered.os == wanted.os && offered.architecture == wanted.architecture && sameVariant;
}

Platform thisMachine()
{
    const std::string cpu = QSysInfo::currentCpuArchitecture().toStdString();
    if (cpu == "x86_64")
        return {"linux", "amd64", {}};
    if (cpu == "i386")
        return {"linux", "386", {}};
    return {"linux", cpu, {}};
}

} // namespace runner::transfer
