// From a tag on the command line to the jobs that build it.
#pragma once

#include "command.h"
#include "expand/plan.h"

#include <array>
#include <string>
#include <vector>

namespace runner::ctl {

/// The jobs of one image: one per platform, in the rule's order. Pointers stay valid as long as the finder.
struct FoundJobs
{
    std::vector<const expand::Job *> jobs;
    Problems problems; ///< Of the expansion, that name the tag.
};

/// The tag without "-dev" of a tag or a whole image name.
std::string plainTag(std::string name);

/// Services' and runtime images of a workspace, expanded once.
class JobFinder
{
public:
    /// \a given are ad-hoc arguments. \a forRelease only decides whether the jobs' tags end in "-dev".
    JobFinder(const workspace::Workspace &workspace, const std::vector<std::string> &given, bool forRelease = true);

    /// By a tag or a platform tag, with or without "-dev", or an image name with one.
    FoundJobs find(const std::string &name) const;
    /// Tells what a rule lacks that could give it, else which tags are near; gives Failed.
    int reportMissing(const Context &context, const std::string &name) const;
    const expand::Plan &services() const { return m_plans[0]; }
    const expand::Plan &runtimes() const { return m_plans[1]; }

private:
    std::array<expand::Plan, 2> m_plans;
};

} // namespace runner::ctl
