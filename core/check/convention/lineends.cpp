// Heredocs that a shell runs: lines that end with CR LF, of which the shell takes the CR for a part of the last word.
#include "check/convention/families.h"
#include "check/convention/runscripts.h"

#include <optional>

namespace runner::check::convention {

namespace {

// The first CR LF that is not at the end of a comment.
std::optional<std::size_t> findReturn(std::string_view body)
{
    for (std::size_t feed = body.find("\r\n"); feed != std::string_view::npos; feed = body.find("\r\n", feed + 1)) {
        const std::size_t before = feed == 0 ? std::string_view::npos : body.rfind('\n', feed - 1);
        const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
        if (body[body.find_first_not_of(" \t", begin)] != '#')
            return feed;
    }
    return std::nullopt;
}

std::optional<std::size_t> firstReturn(const Subject &subject, const dockerfile::Instruction &run)
{
    for (const RunText &part : runTexts(subject.file, run)) {
        const bool body = part.kind == RunText::Commands && part.begin != run.range.begin;
        if (const auto found = body ? findReturn(part.text) : std::nullopt)
            return part.begin + *found;
    }
    return std::nullopt;
}

Fix withLineFeeds(const Subject &subject)
{
    std::vector<text::Patch> patches;
    const std::string &text = subject.file.text;
    for (std::size_t at = text.find("\r\n"); at != std::string::npos; at = text.find("\r\n", at + 1))
        patches.push_back({{at, at + 1}, {}});
    return subject.fix("Write LF line ends", std::move(patches));
}

} // namespace

void checkLineEnds(const Subject &subject, Findings &findings)
{
    if (subject.file.text.find("\r\n") == std::string::npos)
        return;
    for (const dockerfile::Stage &stage : subject.file.stages) {
        for (const dockerfile::Instruction &instruction : stage.instructions) {
            if (instruction.keyword != "RUN" || instruction.heredocs.empty())
                continue;
            const auto found = firstReturn(subject, instruction);
            if (!found)
                continue;
            findings.push_back({subject.problem("convention-carriage-return", subject.placeOf(*found),
                                                "The lines of this heredoc end with CR LF, and the shell takes the CR "
                                                "for a part of the command",
                                                "Save the file with LF line ends", Severity::Error),
                                withLineFeeds(subject)});
            return; // The file was written so.
        }
    }
}

} // namespace runner::check::convention
