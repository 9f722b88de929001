#include "check/subject.h"

#include <utility>

namespace runner::check {

namespace {

dockerfile::Variables overridesOf(const matrix::Rule &rule)
{
    expand::Job job;
    job.arguments = rule.arguments;
    return job.overrides();
}

// Most Dockerfiles are the same for every platform; then one is as good as all.
std::vector<std::string> platformsToLookAt(const matrix::Rule &rule, const dockerfile::Dockerfile &file)
{
    std::vector<std::string> platforms = rule.effectivePlatforms();
    const bool same =
        file.text.find("TARGET") == std::string::npos && file.text.find("BUILDPLATFORM") == std::string::npos;
    if (same)
        platforms.resize(1);
    return platforms;
}

} // namespace

std::string Target::value(const std::string &name) const
{
    if (const auto given = overrides.find(name); given != overrides.end())
        return given->second;
    const dockerfile::EvaluatedArgument *argument = evaluation.find(name);
    return argument ? argument->value.value_or(std::string()) : std::string();
}

Location Target::placeOf(const std::string &name) const
{
    Location where = rule->where;
    if (const dockerfile::EvaluatedArgument *argument = evaluation.find(name); argument && argument->line)
        where = argument->line->where;
    if (!rule->arguments)
        return where;
    for (const matrix::Argument &given : *rule->arguments) {
        if (given.name() == name)
            where = given.where;
    }
    return where;
}

Subject::Subject(const workspace::Workspace &opened)
    : workspace(opened)
    , matrix(opened.matrix)
    , listsNames(opened.layout == workspace::Layout::Native && !opened.matrix.backends.empty())
    , grammar(image::NameGrammar::of(opened.matrix))
{
}

RuleSubject::RuleSubject(const Subject &subject, const matrix::Rule &checked)
    : centre(subject)
    , rule(checked)
{
    const dockerfile::Variables overrides = overridesOf(rule);
    std::map<std::pair<const dockerfile::Dockerfile *, std::string>, dockerfile::Evaluation> evaluations;
    for (const matrix::Value &service : rule.services) {
        const dockerfile::Dockerfile *file = centre.workspace.dockerfileFor(rule.backend.text, service.text);
        if (!file)
            continue;
        for (std::string &platform : platformsToLookAt(rule, *file)) {
            const auto [known, isNew] = evaluations.try_emplace({file, platform});
            if (isNew)
                known->second = dockerfile::evaluateArguments(*file, overrides, platform);
            Target target{&rule, service.text, std::move(platform), file, overrides, known->second, {}};
            target.uses = dockerfile::argumentUses(*file, target.service, target.evaluation);
            targets.push_back(std::move(target));
        }
    }
}

std::string describe(const matrix::Rule &rule)
{
    return "rule " + std::to_string(rule.number) + " (" + diagnostics::describe({rule.where.file, rule.where.line, 0})
           + ")";
}

} // namespace runner::check
