// Checks of the parts that both questionnaires share: arguments, base images, services, stages. Private to this folder.
#pragma once

#include "dockerfile/evaluation.h"
#include "onboard/answers.h"
#include "onboard/fieldcheck.h"

#include <set>
#include <string>
#include <vector>

namespace runner::onboard {

/// Values that a reference to an argument can have while answers are checked.
using Values = dockerfile::Variables;

/// TARGETARCH and its like, as a build for linux/amd64 has them.
void addPlatformValues(Values &values);

/// Arguments: names that begin like one of \a owners (identifiers; none: while one of them is wrong, nobody knows how
/// they should be called), none twice, none of \a taken; defaults on one line.
void checkArguments(FieldCheck &check, const std::vector<ArgumentAnswer> &arguments,
                    const std::vector<std::string> &owners, const std::set<std::string> &taken);

/// What FROM would take for something else than an image: "scratch", contexts, services, and the stages of all
/// Dockerfiles; in lower case.
std::set<std::string> stageNames(const workspace::Workspace &centre);

/// A base image that may refer to arguments, and is called like none of \a stages. Its name with the values put in;
/// empty where it is none.
std::string checkBaseImage(FieldCheck &check, const std::string &field, const std::string &image, const Values &values,
                           const std::set<std::string> &stages);

/// Versions, package, base image and stages of a service; the identifier is checked by the caller.
void checkService(FieldCheck &check, const std::string &field, const ServiceAnswer &service, const Values &values,
                  const matrix::Matrix &matrix, const std::set<std::string> &stages);

/// Names of the arguments that the convention gives a service of its own.
std::vector<std::string> ownArguments(const std::string &service);

} // namespace runner::onboard
