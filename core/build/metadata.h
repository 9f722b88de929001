// What buildx tells of a finished build in its metadata file.
#pragma once

#include "diagnostics/problem.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace runner::build {

struct Metadata
{
    std::string digest;       ///< Of the image, or of its index: "sha256:…"; empty where none was made.
    std::string configDigest; ///< May be empty.
    std::string image;        ///< As buildx names it.
    std::string reference;    ///< Of the build at its builder: "BUILDER/NODE/ID".
    std::int64_t size = 0;    ///< Bytes, as ImageSize tells them; 0: not known. buildx does not write it.
    std::vector<std::pair<std::string, std::string>>
        materials; ///< Base images and further sources, with their digests.

    bool operator==(const Metadata &) const = default;
};

/// Unknown members are skipped, absent ones empty. Error: metadata-unreadable where it is no JSON object.
Result<Metadata> parseMetadata(std::string_view text);

/// Errors: those of reading a file, and metadata-unreadable.
Result<Metadata> readMetadata(const std::filesystem::path &file);

/// The image that a material's package URL means ("pkg:docker/base@1?platform=linux%2Famd64" is "base:1"); any other
/// text as it is. Source: the purl specification, and what BuildKit writes.
std::string imageOfMaterial(const std::string &uri);

/// The materials with their digests, each by the name of its image; in their order.
std::vector<std::pair<std::string, std::string>> imagesOf(const Metadata &metadata);

} // namespace runner::build
