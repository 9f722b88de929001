#include "catalog/criteria.h"

#include "text/shellwords.h"

namespace runner::catalog {

namespace {

bool fits(const std::optional<std::string> &wanted, const std::string &actual)
{
    return !wanted || *wanted == actual;
}

tl::unexpected<Problem> tooWide(std::string message, std::string advice)
{
    return failure("criteria-too-wide", {}, std::move(message), std::move(advice));
}

// Versions alone say what else is needed; one of the two would not do for them.
tl::unexpected<Problem> neitherGiven(const Criteria &criteria)
{
    const bool ofBackend = criteria.backendVersion || criteria.backendVariant;
    if (ofBackend && criteria.serviceVersion)
        return tooWide("Neither the backend nor the service was given that these versions belong to", "Give both");
    if (criteria.serviceVersion)
        return tooWide("Neither the service of this version nor a backend was given: other services' images would "
                       "match too",
                       "Give the service, and a backend where only that one is meant");
    if (ofBackend)
        return tooWide("Neither the backend of this version or variant nor a service was given: other backends' "
                       "images would match too",
                       "Give the backend, and a service where only that one is meant");
    return tooWide("Neither a backend nor a service was given: everything would match", "Give one of them");
}

bool isMissing(const std::optional<std::string> &text)
{
    return text && text->find_first_not_of(" \t\r\n") == std::string::npos;
}

} // namespace

bool Criteria::matches(const std::string &recordBackend, const std::string &version, const std::string &variant,
                       const std::string &recordService, const std::string &recordServiceVersion) const
{
    return fits(backend, recordBackend) && fits(backendVersion, version) && fits(backendVariant, variant)
           && fits(service, recordService) && fits(serviceVersion, recordServiceVersion);
}

bool Criteria::matches(const Record &record) const
{
    return matches(record.backend, record.backendVersion, record.backendVariant, record.service, record.serviceVersion);
}

Result<void> checkCriteria(const Criteria &criteria)
{
    for (const auto *text :
         {&criteria.backend, &criteria.backendVersion, &criteria.service, &criteria.serviceVersion}) {
        if (isMissing(*text))
            return failure("criteria-empty", {}, "A blank text is no criterion", "Leave it out, or fill it in");
    }
    if (!criteria.backend && !criteria.service)
        return neitherGiven(criteria);
    if (criteria.serviceVersion && !criteria.service)
        return tooWide("A service's version was given without the service: other services' images would match too",
                       "Give the service as well");
    if (criteria.backendVersion && !criteria.backend)
        return tooWide("A backend's version was given without the backend: other backends' images would match too",
                       "Give the backend as well");
    if (criteria.backendVariant && !criteria.backend)
        return tooWide("A variant was given without its backend", "Give the backend as well");
    return {};
}

std::string describe(const Criteria &criteria)
{
    std::string text = criteria.backend.value_or(std::string());
    for (const auto *part : {&criteria.backendVersion, &criteria.backendVariant}) {
        if (*part)
            text += (text.empty() ? "" : " ") + **part;
    }
    if (criteria.service)
        text += (text.empty() ? "" : ", ") + *criteria.service;
    if (criteria.serviceVersion)
        text += " " + *criteria.serviceVersion;
    return text;
}

Criteria criteriaOf(const Record &record)
{
    return {record.backend, record.backendVersion, record.backendVariant, record.service, record.serviceVersion};
}

std::string shellCommand(const std::string &command, const Criteria &criteria)
{
    std::vector<std::string> words{"runnerctl", command};
    const auto add = [&words](const char *option, const std::optional<std::string> &value) {
        if (value)
            words.insert(words.end(), {option, *value});
    };
    add("--backend", criteria.backend);
    add("--backend-version", criteria.backendVersion);
    add("--backend-variant", criteria.backendVariant);
    add("--service", criteria.service);
    add("--service-version", criteria.serviceVersion);
    return text::shellLine(words);
}

} // namespace runner::catalog
