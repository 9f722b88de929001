// A plan of moves: what is to be moved from where to where. Values only; nothing here touches a file or a process.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace runner::transfer {

enum class MoveKind {
    Save, ///< From a registry into an archive.
    Copy, ///< From a registry into another.
    Load, ///< From an archive into the storage of this machine's engine.
};

enum class ArchiveFormat { Oci, Docker };
enum class Storage { Docker, Podman };

struct Move
{
    MoveKind kind = MoveKind::Save;
    std::string source{};         ///< Image name with its registry; empty for Load.
    std::string destination{};    ///< Image name with its registry. For Save: the name kept inside the archive.
    std::filesystem::path root{}; ///< Save: the output folder, which exists or is made; the file stays inside it.
    std::filesystem::path file{}; ///< Save: written. Load: read. Absolute.
    ArchiveFormat format = ArchiveFormat::Oci;
    Storage storage = Storage::Docker; ///< Of Load.
    bool anyFormat = false; ///< Of Load: the archive's own counts; else archives of another format are skipped.
    std::string platform{}; ///< Save: of the image. Copy: empty takes all. Load: empty takes any, others are skipped.

    bool operator==(const Move &) const = default;
};

using Moves = std::vector<Move>;

} // namespace runner::transfer
