// Rules: names they use, stages they need, versions they leave blank.
#include "check/families.h"
#include "check/platforms.h"
#include "text/ascii.h"

#include <algorithm>
#include <set>

namespace runner::check {

namespace {

void checkNames(const RuleSubject &of, Problems &problems)
{
    const auto &[subject, rule, targets] = of;
    const std::string &backend = rule.backend.text;
    if (subject.listsNames && !backend.empty() && !subject.matrix.findBackend(backend))
        problems.push_back({"unknown-backend", Severity::Error, rule.backend.where,
                            "The backend '" + backend + "' is not in 'backends'",
                            "Correct the name, or describe the backend in 'backends'"});
    for (const matrix::Value &service : rule.services) {
        if (subject.listsNames && !subject.matrix.findService(service.text))
            problems.push_back({"unknown-service", Severity::Error, service.where,
                                "The service '" + service.text + "' is not in 'services'",
                                "Correct the name, or describe the service in 'services'"});
    }
    for (const matrix::Value &platform : rule.platforms)
        checkPlatform(platform.text, platform.where, problems);
}

void checkStages(const RuleSubject &of, Problems &problems)
{
    const auto &[subject, rule, targets] = of;
    for (const matrix::Value &service : rule.services) {
        const dockerfile::Dockerfile *file = subject.workspace.dockerfileFor(rule.backend.text, service.text);
        if (file && file->findStage(service.text) < 0)
            problems.push_back({"missing-stage", Severity::Error, service.where,
                                file->fileName + " has no stage '" + service.text + "'",
                                "Add a stage of this name to it, or remove the service from the rule"});
    }
}

void checkVariant(const Subject &subject, const Target &target, Problems &problems)
{
    const matrix::Backend *backend = subject.matrix.findBackend(target.rule->backend.text);
    if (!subject.listsNames || !backend || backend->variantArgument.empty())
        return;
    const std::string variant = target.value(backend->variantArgument);
    if (!variant.empty() && !backend->hasVariant(variant) && !backend->hasVariant(text::lowered(variant)))
        problems.push_back({"unknown-variant", Severity::Error, target.placeOf(backend->variantArgument),
                            "The backend " + backend->id + " lists no variant '" + variant + "'",
                            "Correct it, or add it to the backend's 'variants'"});
}

// Left blank on purpose where the rule itself says so; otherwise nobody has thought of a version.
bool saysBlank(const matrix::Rule &rule, const std::string &name)
{
    return rule.arguments
           && std::any_of(rule.arguments->begin(), rule.arguments->end(),
                          [&](const matrix::Argument &argument) { return argument.name() == name; });
}

} // namespace

void checkRule(const RuleSubject &subject, Problems &problems)
{
    checkNames(subject, problems);
    checkStages(subject, problems);
    for (const Target &target : subject.targets)
        checkVariant(subject.centre, target, problems);
}

std::vector<std::string> blanksOf(const expand::RuleJobs &jobs)
{
    std::set<std::string> names;
    for (const expand::IncompleteJob &incomplete : jobs.incomplete)
        names.insert(incomplete.needs.begin(), incomplete.needs.end());
    return {names.begin(), names.end()};
}

void checkBlanks(const matrix::Rule &rule, const std::vector<std::string> &blanks, Problems &problems)
{
    if (blanks.empty())
        return;
    std::string list;
    bool intended = true;
    for (const std::string &name : blanks) {
        list += (list.empty() ? "" : ", ") + name;
        intended = intended && saysBlank(rule, name);
    }
    problems.push_back({"blank-version", intended ? Severity::Note : Severity::Warning, rule.where,
                        "Rule " + std::to_string(rule.number) + " (" + rule.backend.text + ") has no value for " + list,
                        "Give it with the build, or write it into the rule"});
}

// Folders that no entry of the matrix is about.
void checkFolders(const Subject &subject, Problems &problems)
{
    if (!subject.listsNames)
        return;
    for (const workspace::PackFile &file : subject.workspace.dockerfiles) {
        if (!subject.matrix.findBackend(file.backend))
            problems.push_back({"unlisted-dockerfile",
                                Severity::Warning,
                                {file.file.fileName},
                                "The backend '" + file.backend + "' of this Dockerfile is not in 'backends'",
                                "Describe it in 'backends', or remove the folder"});
    }
}

} // namespace runner::check
