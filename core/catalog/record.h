// A released image for one platform: one record of the catalogue.
#pragma once

#include "diagnostics/problem.h"

#include <string>
#include <vector>

namespace runner::catalog {

/// Members in the order of the catalogue's JSON. dockerImage is the name for all platforms.
struct Record
{
    std::string backend;
    std::string backendVersion;         ///< X.Y
    std::string originalBackendVersion; ///< as released
    std::string backendVariant;         ///< empty where there is none
    std::string service;
    std::string serviceVersion;
    std::string platform; ///< "linux/amd64"
    std::string dockerImage;
    bool deprecated = false;
    std::string members; ///< Members we do not know: a JSON object as text with its members in file order, or empty.
    Location where;      ///< Where the record stands in its file.

    bool operator==(const Record &other) const;
};

using Records = std::vector<Record>;

} // namespace runner::catalog
