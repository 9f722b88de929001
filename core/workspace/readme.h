// What the support tables in an older pack centre's README call backends and services.
#pragma once

#include <map>
#include <string>

namespace runner::workspace {

struct ReadmeNames
{
    struct Section
    {
        std::string name;  ///< The heading: "Ascend CANN".
        std::string title; ///< As in the first column: "CANN".
    };

    std::map<std::string, Section> backends;     ///< By the title in lower case.
    std::map<std::string, std::string> services; ///< Column headings by their lower case: "vllm" is "vLLM".
};

/// Looks for headings "### NAME" that are followed by a table whose first line begins "| TITLE Version".
ReadmeNames readNames(const std::string &readme);

} // namespace runner::workspace
