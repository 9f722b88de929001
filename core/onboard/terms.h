// Names that the convention makes of identifiers, and what a backend of the pack centre has. Private to this folder.
#pragma once

#include "onboard/answers.h"
#include "workspace/workspace.h"

#include <string>
#include <vector>

namespace runner::onboard {

/// "NEUWARE_VERSION"
std::string versionArgument(const std::string &id);
/// "NEUWARE_ARCHS"
std::string archsArgument(const std::string &id);
/// "NEUWARE_HOME", which images have in their environment.
std::string homeArgument(const std::string &id);

/// As the support table will show it: as answered, else as the matrix calls it, else the identifier.
std::string shownNameOf(const workspace::Workspace &centre, const ServiceAnswer &service);

/// The identifiers; one empty text where there are no variants, for loops over images.
std::vector<std::string> variantsOrNone(const std::vector<matrix::Variant> &variants);

/// The Dockerfile that serves all services of the backend without a file of their own, or null.
const dockerfile::Dockerfile *commonDockerfile(const workspace::Workspace &centre, const std::string &backend);

/// The argument that names the backend's variant; empty where there is none. The older layout does not say; there it is
/// the one of CANN.
std::string variantArgumentOf(const workspace::Workspace &centre, const std::string &backend);

/// The variants that the backend's images are made for: those that the matrix lists, and those that its rules name.
std::vector<std::string> knownVariants(const workspace::Workspace &centre, const matrix::Backend &backend);

/// The full versions of a backend that rules pack, each once, in their order.
std::vector<std::string> packedVersions(const workspace::Workspace &centre, const std::string &backend);

/// What the answers mean by the versions, variants and platforms of a backend that gets a service.
std::vector<std::string> versionsOf(const workspace::Workspace &centre, const ServiceTarget &target);
std::vector<std::string> variantsOf(const workspace::Workspace &centre, const ServiceTarget &target);
std::vector<std::string> platformsOf(const workspace::Workspace &centre, const ServiceTarget &target);

} // namespace runner::onboard
