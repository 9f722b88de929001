#include "jobfinder.h"

#include "text/misspelling.h"

#include <algorithm>
#include <iterator>

namespace runner::ctl {

namespace {

std::vector<std::string> nearestTags(const std::array<expand::Plan, 2> &plans, const std::string &tag)
{
    constexpr std::size_t most = 5;
    constexpr std::size_t comparedBytes = 256;
    std::vector<std::pair<std::size_t, std::string>> ranked;
    for (const expand::Plan &plan : plans) {
        for (const expand::ManifestJob &job : plan.manifests) {
            const std::string known = plainTag(job.tag);
            const bool begins = known.starts_with(tag);
            ranked.emplace_back(
                begins ? 0 : text::editDistance(tag.substr(0, comparedBytes), known.substr(0, comparedBytes)), known);
        }
    }
    std::sort(ranked.begin(), ranked.end());
    ranked.resize(std::min(ranked.size(), most));
    std::vector<std::string> tags;
    tags.reserve(ranked.size());
    for (auto &[distance, name] : ranked)
        tags.push_back(std::move(name));
    return tags;
}

/// For each rule that leaves versions blank, and whose tags begin so: what it needs.
std::vector<std::string> whatRulesLack(const expand::Plan &plan, const std::string &tag)
{
    std::vector<std::string> all;
    for (const expand::IncompleteJob &incomplete : plan.incomplete) {
        const expand::Job &job = incomplete.job;
        const bool meant = tag.starts_with(job.backend) && tag.find('-' + job.service) != std::string::npos;
        std::string text = "rule " + std::to_string(job.rule + 1) + " (" + job.backend + ", " + job.service
                           + ") gives an image when it gets " + CLI::detail::join(incomplete.needs, ", ")
                           + " with --arg";
        if (meant && std::find(all.begin(), all.end(), text) == all.end())
            all.push_back(std::move(text));
    }
    return all;
}

} // namespace

std::string plainTag(std::string name)
{
    name.resize(std::min(name.find('@'), name.size()));
    const std::size_t colon = name.rfind(':');
    const std::size_t slash = name.rfind('/');
    if (colon != std::string::npos && (slash == std::string::npos || colon > slash))
        name.erase(0, colon + 1);
    if (name.ends_with("-dev"))
        name.resize(name.size() - 4);
    return name;
}

JobFinder::JobFinder(const workspace::Workspace &workspace, const std::vector<std::string> &given, bool forRelease)
{
    expand::Options options;
    options.arguments = given;
    options.forRelease = forRelease;
    m_plans[0] = expand::expand(workspace.matrix, workspace.lookup(), options);
    options.target = expand::runtimeTarget;
    m_plans[1] = expand::expand(workspace.matrix, workspace.lookup(), options);
}

/// A plan lists a rule's platforms from the last to the first.
FoundJobs JobFinder::find(const std::string &name) const
{
    const std::string tag = plainTag(name);
    FoundJobs found;
    for (const expand::Plan &plan : m_plans) {
        for (const expand::Job &job : plan.jobs) {
            if (plainTag(job.tag) == tag || job.platformTag == tag)
                found.jobs.insert(found.jobs.begin(), &job);
        }
        if (found.jobs.empty())
            continue;
        const std::string known = plainTag(found.jobs[0]->tag);
        std::copy_if(plan.problems.begin(), plan.problems.end(), std::back_inserter(found.problems),
                     [&](const Problem &problem) { return problem.message.find(known) != std::string::npos; });
        break;
    }
    return found;
}

int JobFinder::reportMissing(const Context &context, const std::string &name) const
{
    const std::string tag = plainTag(name);
    std::string text = "no rule gives the image '" + tag + "'";
    if (const std::vector<std::string> lacking = whatRulesLack(m_plans[0], tag); !lacking.empty())
        text += "; " + CLI::detail::join(lacking, "; ");
    else if (const std::vector<std::string> nearest = nearestTags(m_plans, tag); !nearest.empty())
        text += "; the nearest are: " + CLI::detail::join(nearest, ", ");
    context.message(text);
    return Failed;
}

} // namespace runner::ctl
