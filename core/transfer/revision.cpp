#include "transfer/revision.h"

#include "catalog/catalog.h"
#include "matrix/document.h"
#include "text/textfile.h"
#include "workspace/workspace.h"

#include <git2.h>

#include <memory>

namespace runner::transfer {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t maxCatalogBytes = 64U << 20U;
/// Where a pack centre keeps its catalogue, newest layout first.
constexpr const char *catalogFiles[] = {"matrix.yml", "gpustack_runner/runner.py.json"};

template <typename T, void (*Free)(T *)>
struct Freed
{
    void operator()(T *object) const { Free(object); }
};
using Repository = std::unique_ptr<git_repository, Freed<git_repository, git_repository_free>>;
using Object = std::unique_ptr<git_object, Freed<git_object, git_object_free>>;

struct GitLibrary
{
    GitLibrary() { git_libgit2_init(); }
    ~GitLibrary() { git_libgit2_shutdown(); }
    GitLibrary(const GitLibrary &) = delete;
    GitLibrary &operator=(const GitLibrary &) = delete;
};

Result<Object> objectAt(git_repository *repository, const std::string &revision, const std::string &path)
{
    git_object *found = nullptr;
    if (git_revparse_single(&found, repository, revision.c_str()) != 0)
        return failure("git-unknown-revision", {}, "\"" + revision + "\" is neither a file nor a revision",
                       "Give a folder, a matrix.yml, a JSON catalogue, a branch, a tag or a commit");
    const Object named(found);
    git_object *tree = nullptr;
    if (git_object_peel(&tree, named.get(), GIT_OBJECT_TREE) != 0)
        return failure("git-unknown-revision", {}, "\"" + revision + "\" is no revision with files");
    const Object treeOwner(tree);
    git_object *blob = nullptr;
    if (git_object_lookup_bypath(&blob, tree, path.c_str(), GIT_OBJECT_BLOB) != 0)
        return failure("git-no-such-file", {path, 0, 0}, "The revision " + revision + " has no such file");
    return Object(blob);
}

Result<catalog::Records> recordsOfText(const std::string &bytes, const std::string &name, Problems &problems)
{
    auto text = text::decodeText(bytes, name);
    if (!text)
        return tl::unexpected(text.error());
    if (fs::path(name).extension() == ".json")
        return catalog::readJson(text->text, name, problems);
    const auto document = matrix::Document::parse(std::move(text->text), name);
    if (!document)
        return tl::unexpected(document.error());
    return catalog::recordsOf(document->matrix());
}

Result<catalog::Records> recordsAtRevision(const fs::path &root, const std::string &revision, Problems &problems)
{
    for (const char *name : catalogFiles) {
        const auto text = fileAtRevision(root / name, revision);
        if (text)
            return recordsOfText(*text, name, problems);
        if (text.error().id != "git-no-such-file")
            return tl::unexpected(text.error());
    }
    return failure("git-no-such-file", {}, "The revision " + revision + " has no catalogue of images",
                   "Compare with a revision that has matrix.yml or gpustack_runner/runner.py.json");
}

} // namespace

Result<std::string> fileAtRevision(const fs::path &file, const std::string &revision)
{
    const GitLibrary library;
    std::error_code error;
    const fs::path folder = fs::weakly_canonical(file.parent_path(), error);
    fs::path existing = folder; // the file's folder need not be there any more
    while (!fs::exists(existing, error) && existing.has_relative_path())
        existing = existing.parent_path();
    git_repository *opened = nullptr;
    if (git_repository_open_ext(&opened, existing.c_str(), 0, nullptr) != 0)
        return failure("git-no-repository", {}, existing.string() + " is not inside a git repository",
                       "Give the folder or the file to compare with");
    const Repository repository(opened);
    const char *top = git_repository_workdir(opened);
    const fs::path base = top ? fs::weakly_canonical(top, error) : existing;
    const std::string path = (folder / file.filename()).lexically_relative(base).generic_string();
    const auto object = objectAt(opened, revision, path);
    if (!object)
        return tl::unexpected(object.error());
    const auto *blob = reinterpret_cast<const git_blob *>(object->get());
    const auto size = static_cast<std::size_t>(git_blob_rawsize(blob));
    if (size > maxCatalogBytes)
        return failure("git-file-too-large", {path, 0, 0}, "The file is too large for a catalogue");
    return std::string(static_cast<const char *>(git_blob_rawcontent(blob)), size);
}

Result<catalog::Records> recordsOfTarget(const fs::path &root, const std::string &target, Problems &problems)
{
    std::error_code error;
    if (fs::is_directory(target, error)) {
        const auto centre = workspace::findRoot(fs::absolute(target));
        if (!centre)
            return tl::unexpected(centre.error());
        const auto opened = workspace::open(*centre);
        if (!opened)
            return tl::unexpected(opened.error());
        return (*opened)->records;
    }
    if (fs::exists(target, error)) {
        const auto text = text::readTextFile(target, target, maxCatalogBytes);
        if (!text)
            return tl::unexpected(text.error());
        return recordsOfText(text->text, target, problems);
    }
    return recordsAtRevision(root, target, problems);
}

} // namespace runner::transfer
