#include "check/convention/shelloptions.h"

#include <string_view>

namespace runner::check::convention
{

// Short options may stand together ("-eo"); each "o" takes a name from the words that follow.
ShellOptions shellOptions(const std::vector<std::string> &words)
{
    ShellOptions options;
    if (words.empty())
        return options;
    options.bash = words.front().substr(words.front().rfind('/') + 1) == "bash";
    for (std::size_t i = 1; i < words.size(); ++i) {
        if (!words[i].starts_with("-") || words[i].starts_with("--"))
            continue;
        for (const char c : std::string_view(words[i]).substr(1)) {
            options.exitsOnError = options.exitsOnError || c == 'e';
            if (c != 'o' || i + 1 == words.size())
                continue;
            ++i;
            options.pipefail = options.pipefail || words[i] == "pipefail";
            options.exitsOnError = options.exitsOnError || words[i] == "errexit";
        }
    }
    return options;
}

} // namespace runner::check::convention
