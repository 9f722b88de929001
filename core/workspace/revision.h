// Files of a pack centre as a git revision has them; through libgit2, without a git program.
#pragma once

#include "workspace/filesource.h"

#include <filesystem>
#include <memory>
#include <string>

namespace runner::workspace {

/// The text of a file at a revision (branch, tag, commit…) of the git repository around it.
/// Errors: git-no-library, git-no-repository, git-unknown-revision, git-no-such-file, git-file-too-large.
Result<std::string> fileAtRevision(const std::filesystem::path &file, const std::string &revision);

/// The files of a revision below the folder \a root, which need not be there any more.
class RevisionSource final : public FileSource
{
public:
    /// Errors: git-no-library, git-no-repository, git-unknown-revision.
    static Result<std::unique_ptr<RevisionSource>> open(const std::filesystem::path &root, const std::string &revision);
    ~RevisionSource() override;

    Result<std::shared_ptr<const std::string>> read(const std::string &name, std::size_t limit) const override;
    bool isPresent(const std::string &name) const override;
    bool isFolder(const std::string &name) const override;
    std::vector<std::string> list(const std::string &folder, std::size_t limit) const override;

private:
    struct Private;
    explicit RevisionSource(std::unique_ptr<Private> d);

    std::unique_ptr<Private> d;
};

} // namespace runner::workspace
