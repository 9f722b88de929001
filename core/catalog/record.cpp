#include "catalog/record.h"

namespace runner::catalog {

bool Record::operator==(const Record &other) const
{
    return backend == other.backend && backendVersion == other.backendVersion
           && originalBackendVersion == other.originalBackendVersion && backendVariant == other.backendVariant
           && service == other.service && serviceVersion == other.serviceVersion && platform == other.platform
           && dockerImage == other.dockerImage && deprecated == other.deprecated && members == other.members;
}

} // namespace runner::catalog
