#include "onboard/matrixchange.h"

#include "matrix/edit/headeredits.h"
#include "matrix/edit/rulelistedits.h"
#include "onboard/terms.h"

#include <algorithm>
#include <optional>

namespace runner::onboard {

namespace {

namespace edit = matrix::edit;
using workspace::Layout;
using workspace::Workspace;

void defineIfNew(std::vector<edit::Edit> &edits, const Workspace &centre, const ServiceAnswer &service)
{
    if (centre.layout == Layout::Native && !centre.matrix.findService(service.id))
        edits.push_back(edit::defineService(service.id, service.name.empty() ? service.id : service.name));
}

// A rule says the platforms only where they are not the default ones.
std::vector<std::string> writtenPlatforms(const std::vector<std::string> &platforms)
{
    return platforms == matrix::defaultPlatforms() ? std::vector<std::string>() : platforms;
}

edit::RuleDraft ruleFor(const std::string &backend, const std::string &version, const std::string &variantArgument,
                        const std::string &variant)
{
    edit::RuleDraft rule;
    rule.backend = backend;
    rule.arguments.push_back(versionArgument(backend) + "=" + version);
    if (!variant.empty())
        rule.arguments.push_back(variantArgument + "=" + variant);
    return rule;
}

void defineBackend(std::vector<edit::Edit> &edits, const BackendAnswers &answers)
{
    edits.push_back(edit::defineBackend(answers.id, answers.name, answers.shownTitle()));
    if (!answers.variants.empty())
        edits.push_back(edit::setBackendText(answers.id, edit::BackendText::VariantArgument, answers.variantArgument));
    for (const matrix::Variant &variant : answers.variants)
        edits.push_back(edit::setVariant(answers.id, variant.id, variant.label.empty() ? variant.id : variant.label));
    for (const matrix::Note &note : answers.notes)
        edits.push_back(edit::addNote(answers.id, note));
}

// All services at their default versions together, then each further version of one.
std::vector<edit::RuleDraft> rulesOf(const BackendAnswers &answers, const std::string &version,
                                     const std::string &variant)
{
    edit::RuleDraft all = ruleFor(answers.id, version, answers.variantArgument, variant);
    all.platforms = writtenPlatforms(answers.platforms);
    std::vector<edit::RuleDraft> rules;
    for (const ServiceAnswer &service : answers.services) {
        all.services.push_back(service.id);
        for (std::size_t i = 1; i < service.versions.size(); ++i) {
            edit::RuleDraft further = ruleFor(answers.id, version, answers.variantArgument, variant);
            further.platforms = all.platforms;
            further.services = {service.id};
            further.arguments.push_back(versionArgument(service.id) + "=" + service.versions[i]);
            rules.push_back(std::move(further));
        }
    }
    rules.insert(rules.begin(), std::move(all));
    return rules;
}

std::optional<std::size_t> lastRuleOf(const Workspace &centre, const std::string &backend)
{
    const auto &rules = centre.matrix.rules;
    for (std::size_t i = rules.size(); i > 0; --i) {
        if (rules[i - 1].backend.text == backend)
            return i - 1;
    }
    return std::nullopt;
}

std::vector<edit::RuleDraft> rulesOf(const Workspace &centre, const ServiceAnswers &answers,
                                     const ServiceTarget &target)
{
    std::vector<edit::RuleDraft> rules;
    for (const std::string &version : versionsOf(centre, target)) {
        for (const std::string &variant : variantsOf(centre, target)) {
            for (std::size_t i = 0; i < answers.service.versions.size(); ++i) {
                edit::RuleDraft rule =
                    ruleFor(target.backend, version, variantArgumentOf(centre, target.backend), variant);
                rule.platforms = writtenPlatforms(platformsOf(centre, target));
                rule.services = {answers.service.id};
                if (i > 0)
                    rule.arguments.push_back(versionArgument(answers.service.id) + "=" + answers.service.versions[i]);
                rules.push_back(std::move(rule));
            }
        }
    }
    return rules;
}

} // namespace

std::vector<edit::Edit> matrixEdits(const Workspace &centre, const BackendAnswers &answers)
{
    std::vector<edit::Edit> edits;
    for (const ServiceAnswer &service : answers.services)
        defineIfNew(edits, centre, service);
    if (centre.layout == Layout::Native)
        defineBackend(edits, answers);
    for (const std::string &version : answers.versions) {
        for (const std::string &variant : variantsOrNone(answers.variants)) {
            for (edit::RuleDraft &rule : rulesOf(answers, version, variant))
                edits.push_back(edit::addRule(std::move(rule)));
        }
    }
    return edits;
}

// From the backend with the last rules to the one with the first, so that the numbers of the others stay right.
std::vector<edit::Edit> matrixEdits(const Workspace &centre, const ServiceAnswers &answers)
{
    std::vector<edit::Edit> edits;
    defineIfNew(edits, centre, answers.service);
    std::vector<const ServiceTarget *> targets;
    for (const ServiceTarget &target : answers.backends)
        targets.push_back(&target);
    const auto placeOf = [&](const ServiceTarget *target) {
        const auto last = lastRuleOf(centre, target->backend);
        return last ? static_cast<std::ptrdiff_t>(*last) : static_cast<std::ptrdiff_t>(centre.matrix.rules.size());
    };
    std::stable_sort(targets.begin(), targets.end(), [&](auto a, auto b) { return placeOf(a) > placeOf(b); });
    for (const ServiceTarget *target : targets) {
        auto last = lastRuleOf(centre, target->backend);
        for (edit::RuleDraft &rule : rulesOf(centre, answers, *target)) {
            edits.push_back(last ? edit::addRule(std::move(rule), *last) : edit::addRule(std::move(rule)));
            if (last)
                ++*last;
        }
    }
    return edits;
}

} // namespace runner::onboard
