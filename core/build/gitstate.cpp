#include "build/gitstate.h"

#include "git/head.h"
#include "git/library.h"

namespace runner::build {

namespace {

bool isDirty(const git::Library &git, git_repository *repository)
{
    git_status_options options = {};
    git.status_options_init(&options, GIT_STATUS_OPTIONS_VERSION);
    options.flags = GIT_STATUS_OPT_INCLUDE_UNTRACKED | GIT_STATUS_OPT_EXCLUDE_SUBMODULES;
    git_status_list *list = nullptr;
    if (git.status_list_new(&list, repository, &options) != 0)
        return false;
    const git::StatusList owner(list);
    return git.status_list_entrycount(list) > 0;
}

} // namespace

GitState gitState(const std::filesystem::path &folder)
{
    const git::Library *git = git::Library::get();
    git_repository *opened = nullptr;
    if (!git || git->repository_open_ext(&opened, folder.c_str(), 0, nullptr) != 0)
        return {};
    const git::Repository repository(opened);
    GitState state;
    state.revision = git::headRevision(*git, *opened);
    state.dirty = isDirty(*git, opened);
    return state;
}

} // namespace runner::build
