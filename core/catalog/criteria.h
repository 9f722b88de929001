// Which released images are meant when the catalogue is changed.
#pragma once

#include "catalog/record.h"

#include <optional>
#include <string>

namespace runner::catalog {

/// What is given has to match exactly, in the same case; what is not given matches all.
struct Criteria
{
    std::optional<std::string> backend, backendVersion, backendVariant, service, serviceVersion;

    bool matches(const std::string &recordBackend, const std::string &version, const std::string &variant,
                 const std::string &recordService, const std::string &recordServiceVersion) const;
    bool matches(const Record &record) const;
};

/// Refuses criteria that would match more than was typed (criteria-too-wide): none at all, a backend's version or
/// variant without the backend, a service's version without the service. Error criteria-empty for a blank text, except
/// as variant, where it means those without one.
Result<void> checkCriteria(const Criteria &criteria);

/// "cuda 12.9, vllm 0.16.0"
std::string describe(const Criteria &criteria);

/// The criteria that match the image of a record, on all its platforms, and no other one.
Criteria criteriaOf(const Record &record);

/// "runnerctl undeprecate --backend cuda …": \a command with these criteria, for a shell.
std::string shellCommand(const std::string &command, const Criteria &criteria);

} // namespace runner::catalog
