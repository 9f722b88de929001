// From images and options to moves.
#pragma once

#include "diagnostics/problem.h"
#include "transfer/move.h"
#include "transfer/selection.h"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace runner::transfer {

/// A registry and, where it is not the image's own, a namespace in it.
struct Place
{
    std::string registry = "docker.io"; ///< HOST or HOST:PORT.
    std::string nameSpace;
};

struct SaveRequest
{
    Place source;
    ArchiveFormat format = ArchiveFormat::Oci;
    std::string platform;
    std::filesystem::path output; ///< Absolute.
};

/// One move per image into OUTPUT/REGISTRY/NAMESPACE/REPOSITORY/TAG.tar, never outside of OUTPUT.
/// Errors: registry-invalid, image-name-invalid.
Result<Moves> planSaves(const Images &images, const SaveRequest &request);

struct CopyRequest
{
    Place source;
    Place destination;
    std::string platform; ///< Empty: all.
};

/// One move per image. Errors: those of planSaves, and copy-onto-itself.
Result<Moves> planCopies(const Images &images, const CopyRequest &request);

struct LoadRequest
{
    std::filesystem::path input;         ///< Absolute.
    std::optional<Place> destination;    ///< Absent: the image keeps the registry that its path names.
    std::string destinationNamespace;    ///< Empty: its own.
    std::optional<ArchiveFormat> format; ///< Absent: as each archive says.
    Storage storage = Storage::Docker;
    std::string platform;
    std::optional<std::string> repository;
    std::vector<std::string> withoutRepositories;
    std::optional<std::set<std::string>> only; ///< "REPOSITORY:TAG" of the images wanted; absent: all.
};

/// One move per archive whose path, relative to the input folder, names an image. Others become warnings
/// (archive-without-name) in \a problems. Error: registry-invalid.
Result<Moves> planLoads(const std::vector<std::filesystem::path> &archives, const LoadRequest &request,
                        Problems &problems);

/// Every regular *.tar file below \a folder, relative to it, sorted; hidden folders and symbolic links to folders are
/// not entered. Error: folder-unreadable.
Result<std::vector<std::filesystem::path>> findArchives(const std::filesystem::path &folder);

/// "REPOSITORY:TAG" of an image name.
std::string repositoryAndTag(const std::string &name);

/// One line for people: what the move does.
std::string describe(const Move &move);

} // namespace runner::transfer
