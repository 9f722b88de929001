// Dockerfiles made anew, and the changes of those that get a service. Private to this folder.
#pragma once

#include "onboard/stages.h"
#include "text/patch.h"
#include "workspace/workspace.h"

#include <string>

namespace runner::onboard {

/// pack/common has every script that made stages call.
bool hasCommonScripts(const workspace::Workspace &centre);

/// The name of a backend's runtime image as a default of an argument: NAMESPACE/REPOSITORY:ID${ID_VERSION}….
struct RuntimeName
{
    std::string backend;
    bool extra = false;          ///< {BACKEND}_VERSION_EXTRA is an argument.
    std::string variantArgument; ///< Empty: no variants.
};
std::string runtimeImage(const matrix::ImageNaming &naming, const RuntimeName &name);

/// The Dockerfile of a new backend by the convention.
std::string backendDockerfile(const workspace::Workspace &centre, const BackendAnswers &answers);

/// The service of the answers as it is made in one of their backends.
ServiceInBackend partFor(const workspace::Workspace &centre, const ServiceAnswers &answers,
                         const ServiceTarget &target);

/// What adds a service to a Dockerfile: an entry in the list of steps, entries of arguments in the header, arguments
/// behind the last global one, stages at the end. \a remarks: what was not found where it is expected.
text::Patches addService(const workspace::Workspace &centre, const dockerfile::Dockerfile &file,
                         const ServiceInBackend &part, Problems &remarks);

} // namespace runner::onboard
