#include "transfer/plan.h"

#include "image/reference.h"

#include <algorithm>

namespace runner::transfer {

namespace fs = std::filesystem;

namespace {

/// The image at another place, with its registry and tag written out.
Result<image::Reference> imageAt(const std::string &name, const std::string &registry, const std::string &nameSpace)
{
    const auto reference = image::parseReference(name);
    if (!reference)
        return failure("image-name-invalid", {}, "\"" + name + "\" is no image name");
    const image::Reference moved = image::replaced(*reference, {registry, nameSpace, {}});
    auto checked = image::parseReference(image::format(moved));
    if (!checked || checked->registry != moved.registry)
        return failure("registry-invalid", {}, "\"" + image::format(moved) + "\" is no image name with a registry",
                       "Write registries as HOST or HOST:PORT, and namespaces in lower case");
    if (checked->tag.empty() && checked->digest.empty())
        checked->tag = "latest";
    return *checked;
}

/// Inside \a root by construction: the parts of a valid reference hold no "..", and are checked once more.
Result<fs::path> archivePath(const fs::path &root, const image::Reference &reference)
{
    const fs::path relative =
        fs::path(reference.registry) / reference.nameSpace / reference.repository / (reference.tag + ".tar");
    const bool stays = relative.is_relative() && !reference.tag.empty()
                       && std::none_of(relative.begin(), relative.end(),
                                       [](const fs::path &part) { return part == ".." || part == "."; });
    if (!stays)
        return failure("image-name-invalid", {}, "\"" + image::format(reference) + "\" gives no file name");
    return root / relative;
}

void addOnce(Moves &moves, Move move)
{
    const bool known = std::any_of(moves.begin(), moves.end(), [&](const Move &other) {
        return other.file == move.file && other.destination == move.destination;
    });
    if (!known)
        moves.push_back(std::move(move));
}

/// "REGISTRY/NAMESPACE/REPOSITORY:TAG" of "REGISTRY/NAMESPACE/REPOSITORY/TAG.tar".
std::string nameFromPath(const fs::path &archive)
{
    const std::string folder = archive.parent_path().generic_string();
    return folder.empty() ? std::string() : folder + ":" + archive.stem().string();
}

bool isWanted(const image::Reference &reference, const LoadRequest &request)
{
    const auto &excluded = request.withoutRepositories;
    if (request.repository && reference.repository != *request.repository)
        return false;
    if (std::find(excluded.begin(), excluded.end(), reference.repository) != excluded.end())
        return false;
    return !request.only || request.only->count(reference.repository + ":" + reference.tag) > 0;
}

} // namespace

Result<Moves> planSaves(const Images &images, const SaveRequest &request)
{
    Moves moves;
    for (const Image &image : images) {
        const auto source = imageAt(image.name, request.source.registry, request.source.nameSpace);
        if (!source)
            return tl::unexpected(source.error());
        const auto file = archivePath(request.output, *source);
        if (!file)
            return tl::unexpected(file.error());
        const std::string name = image::format(*source);
        addOnce(moves,
                {MoveKind::Save, name, name, request.output, *file, request.format, {}, false, request.platform});
    }
    return moves;
}

Result<Moves> planCopies(const Images &images, const CopyRequest &request)
{
    Moves moves;
    for (const Image &image : images) {
        const auto source = imageAt(image.name, request.source.registry, request.source.nameSpace);
        if (!source)
            return tl::unexpected(source.error());
        const auto target = imageAt(image.name, request.destination.registry, request.destination.nameSpace);
        if (!target)
            return tl::unexpected(target.error());
        if (*source == *target)
            return failure("copy-onto-itself", {}, "Source and destination are both " + image::format(*source),
                           "Give --destination or --destination-namespace");
        addOnce(
            moves,
            {MoveKind::Copy, image::format(*source), image::format(*target), {}, {}, {}, {}, false, request.platform});
    }
    return moves;
}

Result<Moves> planLoads(const std::vector<fs::path> &archives, const LoadRequest &request, Problems &problems)
{
    Moves moves;
    for (const fs::path &archive : archives) {
        const auto reference = image::parseReference(nameFromPath(archive));
        if (!reference) {
            problems.push_back({"archive-without-name",
                                Severity::Warning,
                                {archive.string(), 0, 0},
                                "The path names no image, so the archive is left alone",
                                "Keep archives as REGISTRY/NAMESPACE/REPOSITORY/TAG.tar"});
            continue;
        }
        if (!isWanted(*reference, request))
            continue;
        const std::string registry = request.destination ? request.destination->registry : reference->registry;
        const auto target = imageAt(image::format(*reference), registry, request.destinationNamespace);
        if (!target)
            return tl::unexpected(target.error());
        addOnce(moves, {MoveKind::Load,
                        {},
                        image::format(*target),
                        {},
                        request.input / archive,
                        request.format.value_or(ArchiveFormat::Oci),
                        request.storage,
                        !request.format,
                        request.platform});
    }
    return moves;
}

Result<std::vector<fs::path>> findArchives(const fs::path &folder)
{
    std::vector<fs::path> found;
    std::error_code error;
    fs::recursive_directory_iterator at(folder, fs::directory_options::skip_permission_denied, error);
    for (; !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
        std::error_code ignored;
        if (at->is_directory(ignored) && at->path().filename().string().front() == '.')
            at.disable_recursion_pending();
        else if (at->path().extension() == ".tar" && at->is_regular_file(ignored))
            found.push_back(at->path().lexically_relative(folder));
    }
    if (error)
        return failure("folder-unreadable", {folder.string(), 0, 0}, "The folder cannot be read: " + error.message());
    std::sort(found.begin(), found.end());
    return found;
}

std::string repositoryAndTag(const std::string &name)
{
    const auto reference = image::parseReference(name);
    return reference ? reference->repository + ":" + reference->tag : std::string();
}

std::string describe(const Move &move)
{
    const std::string platform = move.platform.empty() ? std::string() : " (" + move.platform + ")";
    switch (move.kind) {
    case MoveKind::Save:
        return "save " + move.source + platform + " to " + move.file.string();
    case MoveKind::Copy:
        return "copy " + move.source + (move.platform.empty() ? " (all platforms)" : platform) + " to "
               + move.destination;
    case MoveKind::Load:
        break;
    }
    return "load " + move.file.string() + " as " + move.destination + " into "
           + (move.storage == Storage::Docker ? "Docker" : "Podman");
}

} // namespace runner::transfer
