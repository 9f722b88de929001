// Names of images that stages build on: in lower case.
#include "check/convention/families.h"

#include "dockerfile/characters.h"
#include "dockerfile/expansion.h"
#include "dockerfile/stages.h"
#include "image/reference.h"
#include "text/ascii.h"

#include <set>

namespace runner::check::convention {

namespace {

std::string expandedBase(const Subject &subject, const dockerfile::Stage &stage,
                         const dockerfile::Evaluation &evaluation)
{
    const dockerfile::Variables values = evaluation.variables();
    const auto lookup = [&](std::string_view name) -> std::optional<std::string> {
        if (const auto found = values.find(name); found != values.end())
            return found->second;
        const auto known = evaluation.predefined.find(name);
        return known == evaluation.predefined.end() ? std::nullopt : std::optional(known->second);
    };
    const auto expanded = dockerfile::expandWord(stage.base, subject.file.escape, lookup);
    return expanded ? expanded->text : std::string();
}

void checkName(const Subject &subject, const dockerfile::Stage &stage, const std::string &base, Findings &findings)
{
    constexpr std::size_t shownBytes = 200;
    const image::SplitImage parts = image::splitImage(base);
    const matrix::ImageNaming &own = subject.workspace.matrix.image;
    const bool ours = parts.name == own.nameSpace + "/" + own.repository;
    if (parts.name != text::lowered(parts.name))
        findings.push_back(
            {subject.problem("image-name-not-lowercase", stage.where,
                             "The image '" + base.substr(0, shownBytes) + "' is not written in lower case",
                             "Write the name in lower case: no registry has another one", Severity::Error),
             std::nullopt});
    else if (ours && parts.tag != text::lowered(parts.tag))
        findings.push_back(
            {subject.problem("tag-not-lowercase", stage.where,
                             "The tag '" + parts.tag.substr(0, shownBytes) + "' is not written in lower case",
                             "Write it in lower case, as all tags of this pack centre"),
             std::nullopt});
}

} // namespace

void checkImageNames(const Subject &subject, Findings &findings)
{
    std::set<std::pair<std::size_t, std::string>> seen;
    for (const dockerfile::Evaluation &evaluation : subject.evaluations) {
        const dockerfile::StageGraph graph(subject.file, evaluation);
        for (std::size_t i = 0; i < subject.file.stages.size(); ++i) {
            const dockerfile::Stage &stage = subject.file.stages[i];
            if (graph.baseOf(static_cast<int>(i)) >= 0)
                continue;
            const std::string base = expandedBase(subject, stage, evaluation);
            if (seen.emplace(i, base).second)
                checkName(subject, stage, base, findings);
        }
    }
}

} // namespace runner::check::convention
