// Answers taken from a backend that is there.
#include "dockerfile/characters.h"
#include "dockerfile/evaluation.h"
#include "expand/plan.h"
#include "onboard/answers.h"
#include "onboard/parts.h"
#include "onboard/terms.h"

#include <algorithm>

namespace runner::onboard {

namespace {

using dockerfile::Need;
using workspace::Workspace;

// Words that begin with the one prefix begin with the other.
void replacePrefix(std::string &text, const std::string &prefix, const std::string &other)
{
    const auto isPart = [&](std::size_t at) {
        return dockerfile::isNameCharacter(static_cast<unsigned char>(text[at]));
    };
    for (std::size_t at = text.find(prefix); at != std::string::npos; at = text.find(prefix, at)) {
        const bool begins = at == 0 || !isPart(at - 1);
        if (begins)
            text.replace(at, prefix.size(), other);
        at += begins ? other.size() : prefix.size();
    }
}

// The version a build has without further arguments; the newest rule that has one where the default is blank.
std::vector<std::string> defaultVersion(const dockerfile::Evaluation &evaluation, const std::string &service)
{
    const auto *version = evaluation.find(versionArgument(service));
    return version && version->value && !version->value->empty() ? std::vector<std::string>{*version->value}
                                                                 : std::vector<std::string>();
}

bool installs(const dockerfile::Stage &stage)
{
    return std::any_of(stage.instructions.begin(), stage.instructions.end(), [](const dockerfile::Instruction &each) {
        return std::any_of(each.heredocs.begin(), each.heredocs.end(), [](const dockerfile::Heredoc &body) {
            return body.body.find("install") != std::string::npos
                   && body.body.find("check-engine") == std::string::npos;
        });
    });
}

std::vector<ServiceAnswer> servicesLike(const Workspace &centre, const dockerfile::Dockerfile &file,
                                        const dockerfile::Evaluation &evaluation)
{
    std::vector<ServiceAnswer> services;
    for (const matrix::Service &known : centre.matrix.services) {
        const int stage = file.findStage(known.id);
        if (stage < 0)
            continue;
        ServiceAnswer service;
        service.id = known.id;
        service.versions = defaultVersion(evaluation, known.id);
        service.installation =
            installs(file.stages[static_cast<std::size_t>(stage)]) ? Installation::Packages : Installation::Contained;
        services.push_back(std::move(service));
    }
    return services;
}

// Names of the arguments that the convention gives anyway.
std::vector<std::string> givenArguments(const std::string &backend, const std::vector<ServiceAnswer> &services)
{
    std::vector<std::string> given{"PYTHON_VERSION", "CMAKE_MAX_JOBS", versionArgument(backend),
                                   archsArgument(backend)};
    for (const ServiceAnswer &service : services) {
        const auto own = ownArguments(service.id);
        given.insert(given.end(), own.begin(), own.end());
    }
    return given;
}

// What the others are for is in stages that are not taken over.
bool isTakenOver(const dockerfile::DocumentedArgument &entry, const std::string &backend)
{
    return entry.need == Need::Placeholder || entry.name == expand::argumentName(backend, "VERSION_EXTRA");
}

std::vector<ArgumentAnswer> argumentsLike(const dockerfile::Dockerfile &file, const std::string &backend,
                                          const std::vector<ServiceAnswer> &services)
{
    const std::vector<std::string> given = givenArguments(backend, services);
    std::vector<ArgumentAnswer> arguments;
    for (const dockerfile::DocumentedArgument &entry : file.documented) {
        const auto *line = file.findGlobal(entry.name);
        if (!line || !isTakenOver(entry, backend) || std::find(given.begin(), given.end(), entry.name) != given.end())
            continue;
        std::string value = line->defaultText.value_or(std::string());
        std::erase(value, '"');
        arguments.push_back({entry.name, entry.need, std::move(value), entry.description});
    }
    return arguments;
}

} // namespace

BackendAnswers answersLike(const Workspace &centre, const std::string &backend, const std::string &newId)
{
    BackendAnswers answers;
    answers.id = newId;
    const matrix::Backend *known = centre.matrix.findBackend(backend);
    if (!known)
        return answers;
    answers.variantArgument = known->variantArgument;
    answers.variants = known->variants;
    if (answers.variantArgument.empty()
        || centre.layout == workspace::Layout::Older) { // Which knows those of one backend alone.
        answers.variantArgument.clear();
        answers.variants.clear();
    }
    answers.platforms = platformsOf(centre, {backend, {}, {}, {}, {}, {}});
    const dockerfile::Dockerfile *file = commonDockerfile(centre, backend);
    if (!file)
        return renamedAfter(std::move(answers), backend, newId.empty() ? backend : newId);
    const auto evaluation = dockerfile::evaluateArguments(*file, {}, "linux/amd64");
    if (const auto *python = evaluation.find("PYTHON_VERSION"); python && python->value)
        answers.python = *python->value;
    answers.services = servicesLike(centre, *file, evaluation);
    answers.arguments = argumentsLike(*file, backend, answers.services);
    return renamedAfter(std::move(answers), backend, newId.empty() ? backend : newId);
}

std::vector<std::string> argumentsLeftOut(const Workspace &centre, const std::string &backend)
{
    std::vector<std::string> names;
    const dockerfile::Dockerfile *file = commonDockerfile(centre, backend);
    if (!file)
        return names;
    const BackendAnswers like = answersLike(centre, backend);
    std::vector<std::string> known = givenArguments(backend, like.services);
    known.push_back(like.variantArgument);
    for (const ArgumentAnswer &argument : like.arguments)
        known.push_back(argument.name);
    for (const dockerfile::ArgumentLine &line : file->globalArguments) {
        if (std::find(known.begin(), known.end(), line.name) == known.end())
            names.push_back(line.name);
    }
    return names;
}

BackendAnswers renamedAfter(BackendAnswers answers, const std::string &from, const std::string &to)
{
    const std::string prefix = expand::argumentName(from, "");
    const std::string other = expand::argumentName(to, "");
    if (from.empty() || prefix == other)
        return answers;
    std::vector<std::string *> texts{&answers.baseImage, &answers.variantArgument};
    for (ServiceAnswer &service : answers.services)
        texts.insert(texts.end(), {&service.baseImage, &service.stages});
    for (ArgumentAnswer &argument : answers.arguments)
        texts.insert(texts.end(), {&argument.name, &argument.defaultText, &argument.comment});
    for (std::string *text : texts)
        replacePrefix(*text, prefix, other);
    return answers;
}

} // namespace runner::onboard
