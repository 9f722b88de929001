// FROM, COPY --from and RUN --mount name a stage, a context or an image: names that miss a stage by a letter or two.
#include "check/convention/families.h"

#include "dockerfile/characters.h"
#include "dockerfile/stagesources.h"
#include "text/ascii.h"
#include "text/misspelling.h"

#include <set>
#include <string>

namespace runner::check::convention {

namespace {

using dockerfile::Instruction;
using dockerfile::Stage;

class StageNameCheck
{
public:
    StageNameCheck(const Subject &subject, Findings &findings)
        : m_subject(subject)
        , m_findings(findings)
    {
    }

    void run()
    {
        for (const Stage &stage : m_subject.file.stages) {
            check(stage.from, stage.base);
            for (const Instruction &instruction : stage.instructions) {
                for (const dockerfile::StageSource &source :
                     dockerfile::stageSources(instruction, m_subject.file.escape))
                    check(instruction, source.from);
            }
            if (!stage.name.empty())
                m_known.insert(stage.name);
        }
    }

private:
    // What has a registry, a folder, a tag or a digest is an image; a variable's value is known to the build alone.
    void check(const Instruction &instruction, const std::string &source)
    {
        if (source.find_first_of("/:@$\\\"'") != std::string::npos || m_subject.file.findContext(source) != nullptr)
            return;
        const auto meant = text::meantName(text::lowered(source), m_known);
        if (!meant)
            return;
        const std::string_view text = std::string_view(m_subject.file.text).substr(0, instruction.range.end);
        const std::size_t at = findSource(text, instruction, source);
        std::optional<Fix> fix;
        if (at != std::string_view::npos)
            fix = m_subject.fix("Take the stage '" + *meant + "'", {at, at + source.size()}, *meant);
        m_findings.push_back(
            {m_subject.problem("convention-misspelt-stage", fix ? m_subject.placeOf(at) : instruction.where,
                               "No stage above is called '" + source
                                   + "', so that an image of this name would be pulled",
                               "Probably the stage '" + *meant + "' is meant"),
             std::move(fix)});
    }

    static std::size_t findSource(std::string_view text, const Instruction &instruction, const std::string &source)
    {
        const std::string before = instruction.keyword == "FROM" ? " " : "from=";
        const std::size_t at = text.find(before + source, instruction.range.begin);
        return at == std::string_view::npos ? at : at + before.size();
    }

    const Subject &m_subject;
    Findings &m_findings;
    std::set<std::string> m_known; // of the stages above
};

} // namespace

void checkStageNames(const Subject &subject, Findings &findings)
{
    StageNameCheck(subject, findings).run();
}

} // namespace runner::check::convention
