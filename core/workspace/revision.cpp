#include "workspace/revision.h"

#include "git/library.h"
#include "text/textfile.h"

#include <algorithm>

namespace runner::workspace {

namespace fs = std::filesystem;

// The tree of a revision, and where in it a folder stands.
struct RevisionTree
{
    const git::Library &git;
    git::Repository repository;
    git::Object tree;
    std::string prefix; ///< "" or "path/to/root/".
    std::string revision;

    git::Object find(const std::string &name, git_object_t type) const
    {
        git_object *found = nullptr;
        const std::string path = fs::path(prefix + name).lexically_normal().generic_string();
        if (git.object_lookup_bypath(&found, tree.get(), path.c_str(), type) != 0)
            return nullptr;
        return git::Object(found);
    }

    Result<std::string> read(const std::string &name, std::size_t limit) const
    {
        const git::Object object = find(name, GIT_OBJECT_BLOB);
        if (!object)
            return failure("git-no-such-file", {name, 0, 0}, "The revision " + revision + " has no such file");
        const auto *blob = reinterpret_cast<const git_blob *>(object.get());
        const auto size = static_cast<std::size_t>(git.blob_rawsize(blob));
        if (size > limit)
            return failure("git-file-too-large", {name, 0, 0}, "The file is too large");
        return std::string(static_cast<const char *>(git.blob_rawcontent(blob)), size);
    }
};

namespace {

constexpr std::size_t maxFileBytes = 64U << 20U;

Result<std::unique_ptr<RevisionTree>> openTree(const fs::path &folder, const std::string &revision)
{
    const git::Library *git = git::Library::get();
    if (!git)
        return failure("git-no-library", {}, "libgit2 " LIBGIT2_VERSION " cannot be loaded, so no revision can be read",
                       "Install libgit2, or compare with a folder or a file");
    std::unique_ptr<RevisionTree> opened(new RevisionTree{*git, {}, {}, {}, revision});
    std::error_code error;
    const fs::path wanted = fs::weakly_canonical(folder, error);
    fs::path existing = wanted; // the folder need not be there any more
    while (!fs::exists(existing, error) && existing.has_relative_path())
        existing = existing.parent_path();
    git_repository *repository = nullptr;
    const int opening = git->repository_open_ext(&repository, existing.c_str(), 0, nullptr);
    if (opening == GIT_EOWNER)
        return failure("git-not-trusted", {},
                       "The git repository of " + existing.string() + " belongs to somebody else",
                       "If you trust it, tell git: git config --global --add safe.directory FOLDER");
    if (opening != 0)
        return failure("git-no-repository", {}, existing.string() + " is not inside a git repository",
                       "Give the folder or the file to compare with");
    opened->repository.reset(repository);
    git_object *found = nullptr;
    if (git->revparse_single(&found, repository, revision.c_str()) != 0)
        return failure("git-unknown-revision", {}, "\"" + revision + "\" is neither a file nor a revision",
                       "Give a folder, a matrix.yml, a JSON catalogue, a branch, a tag or a commit");
    const git::Object named(found);
    git_object *tree = nullptr;
    if (git->object_peel(&tree, named.get(), GIT_OBJECT_TREE) != 0)
        return failure("git-unknown-revision", {}, "\"" + revision + "\" is no revision with files");
    opened->tree.reset(tree);
    const char *top = git->repository_workdir(repository);
    const fs::path base = top ? fs::weakly_canonical(top, error) : existing;
    const std::string below = wanted.lexically_relative(base).generic_string();
    opened->prefix = below.empty() || below == "." ? std::string() : below + "/";
    return opened;
}

} // namespace

struct RevisionSource::Private
{
    std::unique_ptr<RevisionTree> tree;
};

Result<std::string> fileAtRevision(const fs::path &file, const std::string &revision)
{
    const auto tree = openTree(file.parent_path(), revision);
    if (!tree)
        return tl::unexpected(tree.error());
    return (*tree)->read(file.filename().string(), maxFileBytes);
}

RevisionSource::RevisionSource(std::unique_ptr<Private> data)
    : d(std::move(data))
{
}

RevisionSource::~RevisionSource() = default;

Result<std::unique_ptr<RevisionSource>> RevisionSource::open(const fs::path &root, const std::string &revision)
{
    auto tree = openTree(root, revision);
    if (!tree)
        return tl::unexpected(tree.error());
    auto data = std::make_unique<Private>();
    data->tree = std::move(*tree);
    return std::unique_ptr<RevisionSource>(new RevisionSource(std::move(data)));
}

Result<std::shared_ptr<const std::string>> RevisionSource::read(const std::string &name, std::size_t limit) const
{
    auto bytes = d->tree->read(name, limit);
    if (!bytes)
        return tl::unexpected(bytes.error());
    auto text = text::decodeText(std::move(*bytes), name);
    if (!text)
        return tl::unexpected(text.error());
    return std::make_shared<const std::string>(std::move(text->text));
}

bool RevisionSource::isPresent(const std::string &name) const
{
    return d->tree->find(name, GIT_OBJECT_ANY) != nullptr;
}

bool RevisionSource::isFolder(const std::string &name) const
{
    return d->tree->find(name, GIT_OBJECT_TREE) != nullptr;
}

std::vector<std::string> RevisionSource::list(const std::string &folder, std::size_t limit) const
{
    std::vector<std::string> names;
    const git::Object object = d->tree->find(folder, GIT_OBJECT_TREE);
    if (!object)
        return names;
    const git::Library &git = d->tree->git;
    const auto *tree = reinterpret_cast<const git_tree *>(object.get());
    for (std::size_t i = 0; i < std::min(git.tree_entrycount(tree), limit); ++i)
        names.emplace_back(git.tree_entry_name(git.tree_entry_byindex(tree, i)));
    std::sort(names.begin(), names.end());
    return names;
}

} // namespace runner::workspace
