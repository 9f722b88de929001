#include "check/convention/shelloptions.h"

#include <string_view>

namespace runner::check::convention {

// Short options may stand together ("-eo"); each "o" takes a name from the words that follow. A plus takes back.
ShellOptions shellOptions(const std::vector<std::string> &words)
{
    ShellOptions options;
    if (words.empty())
        return options;
    options.bash = words.front().substr(words.front().rfind('/') + 1) == "bash";
    for (std::size_t i = 1; i < words.size(); ++i) {
        const bool on = words[i].starts_with("-");
        if ((!on && !words[i].starts_with("+")) || words[i].starts_with("--"))
            continue;
        for (const char c : std::string_view(words[i]).substr(1)) {
            if (c == 'e')
                options.exitsOnError = on;
            if (c != 'o' || i + 1 == words.size())
                continue;
            ++i;
            if (words[i] == "pipefail")
                options.pipefail = on;
            else if (words[i] == "errexit")
                options.exitsOnError = on;
        }
    }
    return options;
}

} // namespace runner::check::convention
