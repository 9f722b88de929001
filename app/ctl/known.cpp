#include "known.h"

#include "expand/plan.h"

#include <algorithm>
#include <set>

namespace runner::ctl {

namespace {

/// Keeps the first of equal names, in order.
class Names
{
public:
    void add(const std::string &name)
    {
        if (!name.empty() && m_seen.insert(name).second)
            m_list.push_back(name);
    }
    std::vector<std::string> take() { return std::move(m_list); }

private:
    std::set<std::string> m_seen;
    std::vector<std::string> m_list;
};

} // namespace

std::vector<std::string> knownBackends(const workspace::Workspace &workspace)
{
    Names names;
    for (const matrix::Backend &backend : workspace.matrix.backends)
        names.add(backend.id);
    for (const matrix::Rule &rule : workspace.matrix.rules)
        names.add(rule.backend.text);
    for (const catalog::Record &record : workspace.records)
        names.add(record.backend);
    return names.take();
}

std::vector<std::string> knownServices(const workspace::Workspace &workspace)
{
    Names names;
    for (const matrix::Service &service : workspace.matrix.services)
        names.add(service.id);
    for (const matrix::Rule &rule : workspace.matrix.rules) {
        for (const matrix::Value &service : rule.services)
            names.add(service.text);
    }
    for (const catalog::Record &record : workspace.records)
        names.add(record.service);
    return names.take();
}

std::vector<std::string> knownTargets(const workspace::Workspace &workspace)
{
    std::vector<std::string> targets = knownServices(workspace);
    targets.emplace_back(expand::allServices);
    targets.emplace_back(expand::runtimeTarget);
    return targets;
}

std::vector<std::string> knownPlatforms(const workspace::Workspace &workspace)
{
    std::set<std::string> platforms;
    for (const matrix::Rule &rule : workspace.matrix.rules) {
        for (std::string &platform : rule.effectivePlatforms())
            platforms.insert(std::move(platform));
    }
    for (const catalog::Record &record : workspace.records)
        platforms.insert(record.platform);
    return {platforms.begin(), platforms.end()};
}

std::vector<std::string> knownTags(const workspace::Workspace &workspace)
{
    Names names;
    for (const char *target : {expand::allServices, expand::runtimeTarget}) {
        expand::Options options;
        options.target = target;
        options.forRelease = true;
        for (const expand::ManifestJob &job : expand::expand(workspace.matrix, workspace.lookup(), options).manifests)
            names.add(job.tag);
    }
    return names.take();
}

Completer completer(std::vector<std::string> (*known)(const workspace::Workspace &))
{
    return [known](Context &context) {
        const auto opened = context.openWorkspace();
        return opened ? known(**opened) : std::vector<std::string>();
    };
}

bool requireKnown(const Context &context, const char *what, const std::string &name,
                  const std::vector<std::string> &known)
{
    if (std::find(known.begin(), known.end(), name) != known.end())
        return true;
    context.message("unknown " + std::string(what) + " '" + name + "'; known are: " + CLI::detail::join(known, ", "));
    return false;
}

} // namespace runner::ctl
