// What onboarding would write: every file with its old and new text, the images that will then exist, and what the
// checks say. Nothing is written before apply().
#pragma once

#include "onboard/validate.h"
#include "workspace/changeset.h"
#include "workspace/effect.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace runner::onboard {

struct ProposedFile
{
    std::string file;                  ///< Relative to the root.
    std::optional<std::string> before; ///< UTF-8 without byte-order mark; nothing: the file is new.
    std::string after;
    bool hasByteOrderMark = false; ///< The file on disk begins with one, and keeps it.
};

/// What to do once it is applied.
struct NextStep
{
    enum class Kind {
        Rehearse, ///< Builds the images on stand-ins.
        DryRun,   ///< Asks BuildKit what it thinks of the Dockerfile.
        Build,
    };

    Kind kind = Kind::DryRun;
    std::string text;                 ///< A sentence in the imperative.
    std::vector<std::string> command; ///< To be run in the root, without a shell.
};

struct Proposal
{
    std::string title; ///< For the undo step: "Onboard the backend neuware".
    std::vector<ProposedFile> files;
    std::vector<std::string> newFolders; ///< Relative; must not be there when it is applied.
    workspace::Effect images;            ///< What happens to the images; of the new ones tag and platforms.
    Problems findings;                   ///< Of `check`, those that the pack centre did not have before.
    Problems remarks; ///< What is left to the contributor: files that do not look as expected, placeholders to fill.
    std::vector<NextStep> next;
};

/// The problems of fields where one is an error; onboard-refused with an empty field for anything else that keeps it
/// from being made, such as an edit of the matrix that is refused.
template <typename T>
using Answered = tl::expected<T, FieldProblems>;

/// Works out what has to be written. Touches nothing. The texts are those that \a centre has read.
Answered<Proposal> propose(const workspace::WorkspacePointer &centre, const BackendAnswers &answers);
Answered<Proposal> propose(const workspace::WorkspacePointer &centre, const ServiceAnswers &answers);

/// The same proposal with another text of one of its files, as edited in the review: images and findings are worked out
/// again. Errors: onboard-no-such-file, and those of workspace::withTexts for a matrix that is no YAML any more.
Result<Proposal> revised(const workspace::WorkspacePointer &centre, Proposal proposal, const std::string &file,
                         std::string text);

/// The errors among the findings: what would be wrong once it is written, so that whoever writes it is asked first.
Problems errorsIn(const Problems &findings);

/// Unified diffs of all files, in their order; a new file's against /dev/null.
std::string diffOf(const Proposal &proposal);
std::string diffOf(const ProposedFile &file);

/// Writes all files, or none. Gives what undoes it. Errors: onboard-folder-there, and those of workspace::writeChanges
/// (changeset-stale where a file was changed since the pack centre was read).
Result<workspace::ChangeSet> apply(const std::filesystem::path &root, const Proposal &proposal,
                                   const std::filesystem::path &journals = {});

/// Takes it back, byte for byte; folders that it made go where nothing else is in them. Errors: those of
/// workspace::writeChanges.
Result<void> undo(const std::filesystem::path &root, const workspace::ChangeSet &changes,
                  const std::filesystem::path &journals = {});

} // namespace runner::onboard
