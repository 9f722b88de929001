#include "image/platform.h"

#include "text/ascii.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace runner::image {

namespace {

constexpr std::array<std::string_view, 15> systems{"aix",     "android", "darwin",  "dragonfly", "freebsd",
                                                   "illumos", "ios",     "js",      "linux",     "netbsd",
                                                   "openbsd", "plan9",   "solaris", "wasip1",    "windows"};
constexpr std::array<std::string_view, 14> architectures{"386",     "amd64",   "arm",      "arm64",  "loong64",
                                                         "mips",    "mips64",  "mips64le", "mipsle", "ppc64",
                                                         "ppc64le", "riscv64", "s390x",    "wasm"};

template <typename List>
bool isAmong(const List &list, std::string_view text)
{
    return std::find(list.begin(), list.end(), text) != list.end();
}

bool isArchitectureVariant(std::string_view text)
{
    return text::consistsOf(text, [](char c) { return text::isLower(c) || text::isDigit(c) || c == '.'; });
}

} // namespace

bool isKnownPlatform(const std::string &platform)
{
    const std::string_view text = platform;
    const auto slash = text.find('/');
    if (slash == std::string_view::npos || !isAmong(systems, text.substr(0, slash)))
        return false;
    const std::string_view rest = text.substr(slash + 1);
    const auto second = rest.find('/');
    return isAmong(architectures, rest.substr(0, second))
           && (second == std::string_view::npos || isArchitectureVariant(rest.substr(second + 1)));
}

} // namespace runner::image
