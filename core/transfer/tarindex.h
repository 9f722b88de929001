// What is in a tar file, without unpacking it.
#pragma once

#include "diagnostics/problem.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

namespace runner::transfer {

struct TarEntry
{
    std::uint64_t offset = 0; ///< Of the content in the tar file, in bytes.
    std::uint64_t size = 0;
    char type = '0'; ///< As in the header: '0' file, '2' symbolic link, '5' folder…
};

using TarIndex = std::map<std::string, TarEntry>;

/// Entries by name (without a leading "./"; a later one of the same name wins). Reads ustar, GNU and PAX headers.
/// Errors: archive-unreadable, archive-foreign (no tar), archive-truncated (it ends before its end mark).
Result<TarIndex> readTarIndex(const std::filesystem::path &path);

} // namespace runner::transfer
