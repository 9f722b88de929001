#include "git/head.h"

#include "git/library.h"

namespace runner::git {

std::string headRevision(const std::filesystem::path &folder)
{
    const Library *git = Library::get();
    git_repository *opened = nullptr;
    if (!git || git->repository_open_ext(&opened, folder.c_str(), 0, nullptr) != 0)
        return {};
    const Repository repository(opened);
    return headRevision(*git, *opened);
}

std::string headRevision(const Library &git, git_repository &repository)
{
    git_oid head = {};
    if (git.reference_name_to_id(&head, &repository, "HEAD") != 0)
        return {};
    char text[GIT_OID_HEXSZ + 1] = {};
    return git.oid_tostr(text, sizeof text, &head);
}

} // namespace runner::git
