// Names that people tell apart. Private to this folder.
#pragma once

#include "onboard/answers.h"
#include "onboard/fieldcheck.h"

#include <string>
#include <vector>

namespace runner::onboard {

/// What has a name: what it is called in a message, and the name that is shown.
struct Named
{
    std::string what;
    std::string name;
};

/// A name that none of the others has, be it in other capitals: people would take one for the other. Error:
/// onboard-name-taken.
void checkNameFree(FieldCheck &check, const std::string &field, const std::string &name,
                   const std::vector<Named> &others);

/// The names of a backend's own parts: name, short title, labels of variants, names of services that are new; against
/// each other and those of the pack centre.
void checkNamesFree(FieldCheck &check, const matrix::Matrix &matrix, const BackendAnswers &answers);

/// The name of a service against those of the pack centre. Of one that the matrix knows another name is not used:
/// onboard-name-unused, a warning.
void checkServiceName(FieldCheck &check, const std::string &field, const matrix::Matrix &matrix,
                      const ServiceAnswer &service);

} // namespace runner::onboard
