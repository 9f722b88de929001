#include "onboard/dockerfiles.h"
#include "onboard/spec.h"
#include "specexampletexts.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace runner::onboard {

namespace {

// Lines behind "#? WORD" stand in examples of that kind alone, up to the next such line; those behind "#? all" in all.
std::string linesFor(std::string_view text, std::string_view kind)
{
    constexpr std::string_view mark = "#? ";
    std::string result;
    bool isTaken = true;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
        std::string_view line = text.substr(0, end);
        text.remove_prefix(end);
        if (!line.starts_with(mark)) {
            result += isTaken ? line : std::string_view();
            continue;
        }
        line.remove_prefix(mark.size());
        line.remove_suffix(1);
        isTaken = line == kind || line == "all";
    }
    return result;
}

} // namespace

std::string backendExample(const workspace::Workspace *centre)
{
    const bool isOlder = centre && centre->layout == workspace::Layout::Older;
    return linesFor(backendExampleText, isOlder ? "older" : "native");
}

std::string serviceExample(const workspace::Workspace *centre)
{
    return linesFor(serviceExampleText, !centre || hasCommonScripts(*centre) ? "common" : "own");
}

} // namespace runner::onboard
