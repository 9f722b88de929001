// Which stage builds on which, once the arguments have values.
#pragma once

#include "dockerfile/evaluation.h"
#include "dockerfile/expansion.h"
#include "dockerfile/stagesources.h"

#include <map>
#include <string>
#include <vector>

namespace runner::dockerfile {

class StageGraph
{
public:
    /// The file and the evaluation must outlive this.
    StageGraph(const Dockerfile &file, const Evaluation &evaluation);

    /// Index of the stage that a FROM names, or -1 for an image. As in BuildKit the last earlier stage of exactly that
    /// (lower case) name.
    int baseOf(int stage) const { return m_bases[static_cast<std::size_t>(stage)]; }
    /// What a stage's FROM names, variables filled in; as written where they cannot be.
    const std::string &baseNameOf(int stage) const { return m_baseNames[static_cast<std::size_t>(stage)]; }
    /// The global arguments and platform arguments that the FROM of a stage refers to.
    const std::vector<std::string> &fromReferences(int stage) const
    {
        return m_references[static_cast<std::size_t>(stage)];
    }
    /// Index of a target, or -1. Empty: the last stage.
    int findTarget(const std::string &target) const;
    /// The stages that a stage takes files from: COPY --from and mounts, without its base; ascending, each once.
    std::vector<int> sourcesOf(int stage) const;
    /// For each stage whether the target needs it.
    std::vector<bool> neededBy(int target) const;

private:
    void readFrom(const Stage &stage, const Lookup &lookup);
    int resolve(const StageSource &source) const;
    void addSources(int stage, bool triggers, std::vector<int> &next) const;

    const Dockerfile &m_file;
    std::map<std::string, int, std::less<>> m_names;
    std::vector<int> m_bases;
    std::vector<std::string> m_baseNames;
    std::vector<std::vector<std::string>> m_references;
};

} // namespace runner::dockerfile
