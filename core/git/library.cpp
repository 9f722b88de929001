#include "git/library.h"

#include <dlfcn.h>

namespace runner::git {

namespace {

/// Fills a library's functions in; `whole` turns false with the first that is missing.
struct Resolver
{
    void *handle = nullptr;
    bool whole = true;

    template <typename Function>
    void operator()(Function *&function, const char *name)
    {
        function = reinterpret_cast<Function *>(dlsym(handle, name));
        whole = whole && function;
    }
};

bool resolve(Library &git, void *handle)
{
    Resolver resolver{handle};
    resolver(git.libgit2_init, "git_libgit2_init");
    resolver(git.repository_open_ext, "git_repository_open_ext");
    resolver(git.repository_free, "git_repository_free");
    resolver(git.repository_workdir, "git_repository_workdir");
    resolver(git.reference_name_to_id, "git_reference_name_to_id");
    resolver(git.oid_tostr, "git_oid_tostr");
    resolver(git.revparse_single, "git_revparse_single");
    resolver(git.object_peel, "git_object_peel");
    resolver(git.object_lookup_bypath, "git_object_lookup_bypath");
    resolver(git.object_free, "git_object_free");
    resolver(git.blob_rawsize, "git_blob_rawsize");
    resolver(git.blob_rawcontent, "git_blob_rawcontent");
    resolver(git.tree_entrycount, "git_tree_entrycount");
    resolver(git.tree_entry_byindex, "git_tree_entry_byindex");
    resolver(git.tree_entry_name, "git_tree_entry_name");
    resolver(git.status_options_init, "git_status_options_init");
    resolver(git.status_list_new, "git_status_list_new");
    resolver(git.status_list_entrycount, "git_status_list_entrycount");
    resolver(git.status_list_free, "git_status_list_free");
    return resolver.whole;
}

std::unique_ptr<const Library> load()
{
    void *handle =
        dlopen("libgit2.so." LIBGIT2_SOVERSION, RTLD_NOW | RTLD_LOCAL); // Stays: the program's end unloads it.
    auto git = std::make_unique<Library>();
    if (!handle || !resolve(*git, handle) || git->libgit2_init() < 0)
        return nullptr;
    return git;
}

} // namespace

const Library *Library::get()
{
    static const std::unique_ptr<const Library> library = load();
    return library.get();
}

} // namespace runner::git
