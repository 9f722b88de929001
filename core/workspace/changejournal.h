// The journal of a change set: what it tells of each file, and how files are put in place or taken away again. Private
// to this folder.
#pragma once

#include "diagnostics/problem.h"

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace runner::workspace {

/// One file of the journal: where its new bytes lie until they are put in place.
struct JournalStep
{
    std::string file;
    std::string temporary;             ///< File name beside the target; empty for a removal.
    std::optional<std::string> before; ///< Digest of what it held, empty where it was not there; nothing: not known.
};

struct Journal
{
    std::filesystem::path root;
    bool committed = false; ///< Everything lies ready: from here on the changes are made.
    std::vector<JournalStep> steps;
    std::vector<std::string> folders; ///< New ones, the outer before the inner.
};

/// Where the journal of that pack centre is; below the state folder where \a journals is empty.
std::filesystem::path journalOf(const std::filesystem::path &root, const std::filesystem::path &journals);

/// Nothing for a file that is no journal of this pack centre, or speaks of files outside of it.
std::optional<Journal> readJournal(const std::filesystem::path &path, const std::filesystem::path &root);

/// Errors: those of text::saveFile.
Result<void> writeJournal(const Journal &journal, const std::filesystem::path &path);

void removeJournal(const std::filesystem::path &path);

/// Of one pack centre at a time; released when the process ends, however it ends.
class JournalLock
{
public:
    enum class Wait {
        Yes, ///< Until the one at work is done; makes the file that is locked.
        No,
    };

    JournalLock(const std::filesystem::path &journal, Wait wait);
    JournalLock(const JournalLock &) = delete;
    JournalLock &operator=(const JournalLock &) = delete;
    ~JournalLock();

    /// Somebody else is at work. Never after waiting.
    bool isTaken() const { return m_taken; }

private:
    int m_descriptor = -1;
    bool m_taken = false;
};

/// Relative, with names alone: neither ".." nor ".".
bool isSafePath(const std::string &file);

/// The file's path with every symlink on the way followed, relative to the root; nothing where it leads out of it.
std::optional<std::string> realFile(const std::filesystem::path &root, const std::string &file);

/// The bytes as they are on the disk; nothing where there is no such file. Errors: those of text::readTextFile.
Result<std::optional<std::string>> bytesOf(const std::filesystem::path &path, const std::string &shownName);

/// SHA-256 in hexadecimal; empty for no file.
std::string digestOf(const std::optional<std::string> &bytes);

enum class Turn {
    First, ///< Nothing is in its place yet.
    Again, ///< After a crash, when some files may be.
};

/// Puts what is not yet in its place there, in order. Where not all can be: why, and how many are.
tl::expected<void, std::pair<Problem, std::size_t>> roll(const Journal &journal, Turn turn);

/// A file that is still to be changed and that somebody else has changed since the crash; its name, or nothing.
std::optional<std::string> changedSince(const Journal &journal);

/// Removes what lies ready, and the folders that were made for it.
void takeBack(const Journal &journal);

} // namespace runner::workspace
