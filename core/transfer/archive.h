// An image archive (oci-archive or docker-archive), read and verified without unpacking it.
#pragma once

#include "diagnostics/problem.h"
#include "transfer/move.h"
#include "transfer/platform.h"

#include <atomic>
#include <filesystem>
#include <string>
#include <vector>

namespace runner::transfer {

/// What tells an image from another whatever the form of its manifest: layers are known by their unpacked content.
struct ImageIdentity
{
    Platform platform;
    std::string created;
    std::vector<std::string> layers; ///< rootfs.diff_ids
    std::string settings;            ///< Entry point, environment, labels… as canonical JSON.

    bool operator==(const ImageIdentity &) const = default;
};

/// From an image configuration in JSON. Error: image-config-invalid.
Result<ImageIdentity> identityOf(const std::string &configJson);

struct Archive
{
    ArchiveFormat format = ArchiveFormat::Oci;
    ImageIdentity image;
};

enum class Depth {
    Structure, ///< The tar file is whole, and everything the manifest names is there with its size.
    Content,   ///< Also, every blob has the digest it is named by. Reads the whole file.
};

/// Reads an archive of one image. Stops early with the error "cancelled" once \a cancelled is set; may be called from
/// any thread. Errors: archive-unreadable, archive-foreign, archive-truncated, archive-incomplete (a part is missing
/// or has the wrong size), archive-damaged (a digest does not fit), archive-several-images.
Result<Archive> readArchive(const std::filesystem::path &path, Depth depth, const std::atomic<bool> &cancelled);

} // namespace runner::transfer
