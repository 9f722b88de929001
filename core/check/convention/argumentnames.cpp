// Names of arguments: {BACKEND}_… or {SERVICE}_…, and two that all backends share.
#include "check/convention/families.h"

#include "dockerfile/characters.h"
#include "expand/plan.h"
#include "text/ascii.h"

#include <algorithm>
#include <array>
#include <optional>

namespace runner::check::convention {

namespace {

constexpr std::array<std::string_view, 2> common{"PYTHON_VERSION", "CMAKE_MAX_JOBS"};

bool isUpperCase(std::string_view name)
{
    return name == text::uppered(name);
}

bool belongsTo(const std::string &id, const std::string &name)
{
    return name.starts_with(expand::argumentName(id, ""));
}

bool follows(const Subject &subject, const std::string &name)
{
    const auto belongs = [&](const std::string &id) { return belongsTo(id, name); };
    const auto &known = subject.workspace.matrix.services;
    return std::find(common.begin(), common.end(), name) != common.end() || belongs(subject.backend)
           || std::any_of(subject.services.begin(), subject.services.end(), belongs)
           || std::any_of(known.begin(), known.end(),
                          [&](const matrix::Service &service) { return belongs(service.id); });
}

const matrix::Backend *otherBackend(const Subject &subject, const std::string &name)
{
    for (const matrix::Backend &backend : subject.workspace.matrix.backends) {
        if (backend.id != subject.backend && belongsTo(backend.id, name))
            return &backend;
    }
    return nullptr;
}

} // namespace

// Further arguments may be there as long as they are optional, so those are a remark only.
void checkArgumentNames(const Subject &subject, Findings &findings)
{
    if (subject.workspace.matrix.services.empty())
        return; // nobody knows the services' names
    for (const dockerfile::ArgumentLine &line : subject.file.globalArguments) {
        if (dockerfile::isPredefinedArgument(line.name) || (isUpperCase(line.name) && follows(subject, line.name)))
            continue;
        const auto *entry = subject.file.findDocumented(line.name);
        const matrix::Backend *other = otherBackend(subject, line.name);
        const bool optional = !other && isUpperCase(line.name) && entry && entry->need == dockerfile::Need::Optional;
        findings.push_back(
            {subject.problem("convention-argument-name", line.where,
                             other ? line.name + " is named after the backend " + other->id + ", not " + subject.backend
                                   : line.name + " is named after neither the backend nor a service",
                             "Begin the name with " + expand::argumentName(subject.backend, "")
                                 + " or with a service, as in VLLM_VERSION, all in capitals",
                             optional ? Severity::Note : Severity::Warning),
             std::nullopt});
    }
}

} // namespace runner::check::convention
