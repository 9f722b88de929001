// libgit2, loaded when git is first asked for something: it brings some twenty libraries with it, and a start that
// needs none of them does not wait for them.
#pragma once

#include <git2.h>

#include <memory>

namespace runner::git {

/// The functions of libgit2 that are called here, under their names without "git_".
struct Library
{
    /// Loads and initialises libgit2 once for the whole program; from any thread. Null where it is not installed in the
    /// version that this was built with.
    static const Library *get();

    decltype(&git_libgit2_init) libgit2_init = nullptr;
    decltype(&git_repository_open_ext) repository_open_ext = nullptr;
    decltype(&git_repository_free) repository_free = nullptr;
    decltype(&git_repository_workdir) repository_workdir = nullptr;
    decltype(&git_reference_name_to_id) reference_name_to_id = nullptr;
    decltype(&git_oid_tostr) oid_tostr = nullptr;
    decltype(&git_revparse_single) revparse_single = nullptr;
    decltype(&git_object_peel) object_peel = nullptr;
    decltype(&git_object_lookup_bypath) object_lookup_bypath = nullptr;
    decltype(&git_object_free) object_free = nullptr;
    decltype(&git_blob_rawsize) blob_rawsize = nullptr;
    decltype(&git_blob_rawcontent) blob_rawcontent = nullptr;
    decltype(&git_tree_entrycount) tree_entrycount = nullptr;
    decltype(&git_tree_entry_byindex) tree_entry_byindex = nullptr;
    decltype(&git_tree_entry_name) tree_entry_name = nullptr;
    decltype(&git_status_options_init) status_options_init = nullptr;
    decltype(&git_status_list_new) status_list_new = nullptr;
    decltype(&git_status_list_entrycount) status_list_entrycount = nullptr;
    decltype(&git_status_list_free) status_list_free = nullptr;
};

/// Gives an object back by the named function of the library.
template <auto Library::*Free>
struct Freed
{
    template <typename T>
    void operator()(T *object) const
    {
        (Library::get()->*Free)(object);
    }
};

using Repository = std::unique_ptr<git_repository, Freed<&Library::repository_free>>;
using Object = std::unique_ptr<git_object, Freed<&Library::object_free>>;
using StatusList = std::unique_ptr<git_status_list, Freed<&Library::status_list_free>>;

} // namespace runner::git
