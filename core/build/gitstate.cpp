#include "build/gitstate.h"

#include <git2.h>

#include <memory>

namespace runner::build {

namespace {

template <typename T, void (*Free)(T *)>
struct Freed
{
    void operator()(T *object) const { Free(object); }
};

struct GitLibrary
{
    GitLibrary() { git_libgit2_init(); }
    ~GitLibrary() { git_libgit2_shutdown(); }
    GitLibrary(const GitLibrary &) = delete;
    GitLibrary &operator=(const GitLibrary &) = delete;
};

using Repository = std::unique_ptr<git_repository, Freed<git_repository, git_repository_free>>;

bool isDirty(git_repository *repository)
{
    git_status_options options = {};
    git_status_options_init(&options, GIT_STATUS_OPTIONS_VERSION);
    options.flags = GIT_STATUS_OPT_INCLUDE_UNTRACKED | GIT_STATUS_OPT_EXCLUDE_SUBMODULES;
    git_status_list *list = nullptr;
    if (git_status_list_new(&list, repository, &options) != 0)
        return false;
    const std::unique_ptr<git_status_list, Freed<git_status_list, git_status_list_free>> owner(list);
    return git_status_list_entrycount(list) > 0;
}

} // namespace

GitState gitState(const std::filesystem::path &folder)
{
    const GitLibrary library;
    git_repository *opened = nullptr;
    if (git_repository_open_ext(&opened, folder.c_str(), 0, nullptr) != 0)
        return {};
    const Repository repository(opened);
    GitState state;
    git_oid head = {};
    if (git_reference_name_to_id(&head, opened, "HEAD") == 0) {
        char text[GIT_OID_HEXSZ + 1] = {};
        state.revision = git_oid_tostr(text, sizeof text, &head);
    }
    state.dirty = isDirty(opened);
    return state;
}

} // namespace runner::build
