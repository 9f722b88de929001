#include "onboard/takennames.h"

#include "dockerfile/characters.h"
#include "text/ascii.h"

#include <algorithm>

namespace runner::onboard {

namespace {

using matrix::Matrix;

std::string shownName(const ServiceAnswer &service)
{
    return service.name.empty() ? service.id : service.name;
}

std::vector<Named> namesOf(const Matrix &matrix)
{
    std::vector<Named> names;
    for (const matrix::Backend &backend : matrix.backends)
        names.push_back({backend.id, backend.name});
    return names;
}

std::vector<Named> titlesOf(const Matrix &matrix)
{
    std::vector<Named> titles;
    for (const matrix::Backend &backend : matrix.backends)
        titles.push_back({backend.id, backend.title.empty() ? backend.name : backend.title});
    return titles;
}

void checkLabels(FieldCheck &check, const std::vector<matrix::Variant> &variants)
{
    std::vector<Named> others;
    for (std::size_t i = 0; i < variants.size(); ++i) {
        const std::string &label = variants[i].label.empty() ? variants[i].id : variants[i].label;
        if (std::none_of(others.begin(), others.end(), [&](const Named &each) { return each.what == variants[i].id; }))
            checkNameFree(check, indexed("variants", i) + ".label", label, others);
        others.push_back({variants[i].id, label});
    }
}

// Of services that are both new; those of the pack centre are checked with each.
void checkNewServices(FieldCheck &check, const Matrix &matrix, const std::vector<ServiceAnswer> &services)
{
    std::vector<Named> others;
    for (std::size_t i = 0; i < services.size(); ++i) {
        const ServiceAnswer &service = services[i];
        if (service.id.empty() || matrix.findService(service.id))
            continue;
        if (std::none_of(others.begin(), others.end(), [&](const Named &each) { return each.what == service.id; }))
            checkNameFree(check, indexed("services", i) + ".name", shownName(service), others);
        others.push_back({service.id, shownName(service)});
    }
}

} // namespace

void checkNameFree(FieldCheck &check, const std::string &field, const std::string &name,
                   const std::vector<Named> &others)
{
    const std::string lower = text::lowered(name);
    const auto same = std::find_if(others.begin(), others.end(),
                                   [&](const Named &each) { return text::lowered(each.name) == lower; });
    if (!name.empty() && same != others.end())
        check.error(field, "onboard-name-taken", same->what + " is called " + inQuotes(same->name) + " already",
                    "Choose another name");
}

void checkNamesFree(FieldCheck &check, const Matrix &matrix, const BackendAnswers &answers)
{
    const std::vector<Named> titles = titlesOf(matrix);
    std::vector<Named> names = namesOf(matrix);
    if (answers.title.empty()) // Then the name is the title, too.
        names.insert(names.end(), titles.begin(), titles.end());
    checkNameFree(check, "name", answers.name, names);
    checkNameFree(check, "title", answers.title, titles);
    checkLabels(check, answers.variants);
    checkNewServices(check, matrix, answers.services);
}

void checkServiceName(FieldCheck &check, const std::string &field, const Matrix &matrix, const ServiceAnswer &service)
{
    if (const matrix::Service *known = matrix.findService(service.id)) {
        if (!service.name.empty() && service.name != known->name)
            check.warning(field, "onboard-name-unused",
                          "The pack centre calls " + known->id + " " + inQuotes(known->name)
                              + ", so this name is not used",
                          "Leave it out, or change the name in the matrix");
        return;
    }
    std::vector<Named> others;
    for (const matrix::Service &each : matrix.services)
        others.push_back({each.id, each.name});
    checkNameFree(check, field, service.name, others);
}

} // namespace runner::onboard
