// Arguments of rules: declared, used, given once, with a value.
#include "check/families.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

namespace runner::check {

namespace {

// Known to BuildKit without a declaration.
constexpr std::array<std::string_view, 26> predefined{"HTTP_PROXY",
                                                      "http_proxy",
                                                      "HTTPS_PROXY",
                                                      "https_proxy",
                                                      "FTP_PROXY",
                                                      "ftp_proxy",
                                                      "NO_PROXY",
                                                      "no_proxy",
                                                      "ALL_PROXY",
                                                      "all_proxy",
                                                      "SOURCE_DATE_EPOCH",
                                                      "TARGETPLATFORM",
                                                      "TARGETOS",
                                                      "TARGETARCH",
                                                      "TARGETVARIANT",
                                                      "TARGETSTAGE",
                                                      "BUILDPLATFORM",
                                                      "BUILDOS",
                                                      "BUILDARCH",
                                                      "BUILDVARIANT",
                                                      "BUILDKIT_CACHE_MOUNT_NS",
                                                      "BUILDKIT_CONTEXT_KEEP_GIT_DIR",
                                                      "BUILDKIT_INLINE_CACHE",
                                                      "BUILDKIT_MULTI_PLATFORM",
                                                      "BUILDKIT_SANDBOX_HOSTNAME",
                                                      "BUILDKIT_SYNTAX"};

bool isPredefined(std::string_view name)
{
    return std::find(predefined.begin(), predefined.end(), name) != predefined.end();
}

// A stage that declares an argument gets what the build gives, also without a global declaration.
bool declaredInStage(const dockerfile::Dockerfile &file, const std::string &name)
{
    return std::any_of(file.stages.begin(), file.stages.end(), [&](const dockerfile::Stage &stage) {
        return std::any_of(stage.arguments.begin(), stage.arguments.end(),
                           [&](const dockerfile::ArgumentLine &line) { return line.name == name; });
    });
}

class RuleArguments
{
public:
    explicit RuleArguments(const RuleSubject &subject)
        : m_rule(subject.rule)
        , m_targets(subject.targets)
    {
        addNaming(m_rule.backend.text);
        for (const matrix::Value &service : m_rule.services)
            addNaming(service.text);
        if (const matrix::Backend *backend = subject.centre.matrix.findBackend(m_rule.backend.text))
            m_naming.insert(backend->variantArgument);
    }

    void check(Problems &problems) const
    {
        std::set<std::string> seen;
        for (const matrix::Argument &argument : *m_rule.arguments) {
            const std::string name = argument.name();
            if (!seen.insert(name).second)
                problems.push_back({"repeated-argument", Severity::Warning, argument.where,
                                    "The rule gives " + name + " more than once; the last value counts",
                                    "Remove all but one"});
            if (!argument.value())
                problems.push_back({"argument-without-value", Severity::Warning, argument.where,
                                    name + " has no value: the build would take it from its environment",
                                    "Write " + name + "=VALUE"});
            if (!m_targets.empty() && !isPredefined(name))
                checkDeclared(argument, name, problems);
        }
    }

private:
    // The values that make the tag count as used.
    void addNaming(const std::string &id)
    {
        m_naming.insert(expand::argumentName(id, "VERSION"));
        m_naming.insert(expand::argumentName(id, "VERSION_EXTRA"));
    }

    bool any(const auto &holds) const { return std::any_of(m_targets.begin(), m_targets.end(), holds); }

    void checkDeclared(const matrix::Argument &argument, const std::string &name, Problems &problems) const
    {
        const bool global = any([&](const Target &target) { return target.file->findGlobal(name) != nullptr; });
        if (!global) {
            if (!any([&](const Target &target) { return declaredInStage(*target.file, name); }))
                problems.push_back({"undeclared-argument", Severity::Error, argument.where,
                                    m_targets.front().file->fileName + " declares no argument " + name,
                                    "Correct the name, or add 'ARG " + name + "' before the first stage"});
        } else if (!m_naming.contains(name) && !any([&](const Target &target) { return target.uses.contains(name); })) {
            problems.push_back({"unused-argument", Severity::Warning, argument.where,
                                "No stage that the rule's services need uses " + name, "Remove it from the rule"});
        }
    }

    const matrix::Rule &m_rule;
    const std::vector<Target> &m_targets;
    std::set<std::string> m_naming;
};

} // namespace

void checkArguments(const RuleSubject &subject, Problems &problems)
{
    if (subject.rule.arguments)
        RuleArguments(subject).check(problems);
    for (const Target &each : subject.targets)
        problems.insert(problems.end(), each.evaluation.problems.begin(), each.evaluation.problems.end());
}

} // namespace runner::check
