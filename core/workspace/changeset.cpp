#include "workspace/changeset.h"

#include "text/savefile.h"
#include "text/temporaryfile.h"
#include "workspace/changejournal.h"
#include "workspace/paths.h"

#include <cerrno>
#include <cstring>
#include <set>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace runner::workspace {

namespace fs = std::filesystem;

namespace {

tl::unexpected<Problem> unfinished(const fs::path &root, const std::string &why)
{
    return failure("changeset-unfinished", {},
                   "Changes of " + root.string() + " were interrupted and cannot be ended: " + why,
                   "Correct that, then open the pack centre again");
}

std::string staleMessage(bool isThere, bool wasThere)
{
    if (isThere && !wasThere)
        return "A file of this name has come into being meanwhile";
    return isThere ? "Somebody else has changed the file meanwhile" : "Somebody else has removed the file meanwhile";
}

class Writer
{
public:
    Writer(const fs::path &root, ChangeSet changes, fs::path journal)
        : m_changes(std::move(changes))
        , m_path(std::move(journal))
    {
        m_journal.root = root;
    }

    Result<void> run()
    {
        for (const FileChange &change : m_changes) {
            if (const auto good = check(change); !good)
                return good;
        }
        std::erase_if(m_changes, [](const FileChange &change) { return change.bytes == change.before; });
        if (m_changes.empty())
            return {};
        if (const auto prepared = prepare(); !prepared) {
            takeBack(m_journal);
            removeJournal(m_path);
            return prepared;
        }
        if (const auto done = roll(m_journal, Turn::First); !done) {
            putBack(done.error().second);
            takeBack(m_journal);
            removeJournal(m_path);
            return tl::unexpected(done.error().first);
        }
        removeJournal(m_path);
        return {};
    }

private:
    Result<void> check(const FileChange &change) const
    {
        if (std::error_code error; !fs::exists(m_journal.root, error))
            return failure("folder-missing", {change.file},
                           "The file cannot be saved: the folder " + m_journal.root.string() + " is gone",
                           "Bring the folder back under this name, then save again");
        if (!isSafePath(change.file) || !realFile(m_journal.root, change.file))
            return failure("path-outside-workspace", {change.file}, "This path leads out of the pack centre",
                           "Name a file inside it");
        const fs::path path = m_journal.root / change.file;
        const auto now = bytesOf(path, change.file);
        if (!now)
            return tl::unexpected(now.error());
        if (*now != change.before)
            return failure("changeset-stale", {change.file}, staleMessage(now->has_value(), change.before.has_value()),
                           "Load the pack centre again, then try again");
        struct stat status = {};
        constexpr mode_t anyWrite = 0222;
        if (change.before && ::stat(path.c_str(), &status) == 0 && (status.st_mode & anyWrite) == 0)
            return tl::unexpected(text::readOnlyProblem(path, change.file, "try again"));
        return {};
    }

    // First the journal that tells what to take away, then the folders and temporary files, then the journal that
    // tells what to bring to its end: from there on the changes are made.
    Result<void> prepare()
    {
        std::set<std::string> folders;
        for (const FileChange &change : m_changes) {
            fs::path folder = fs::path(change.file).parent_path();
            for (; !folder.empty() && !isPresent(m_journal.root / folder); folder = folder.parent_path())
                folders.insert(folder.generic_string());
        }
        m_journal.folders.assign(folders.begin(), folders.end());
        for (const FileChange &change : m_changes)
            m_journal.steps.push_back(
                {change.bytes ? *realFile(m_journal.root, change.file) : change.file, {}, digestOf(change.before)});
        if (const auto written = writeJournal(m_journal, m_path); !written)
            return written;
        for (const std::string &folder : m_journal.folders) {
            if (const auto made = makeFolder(folder); !made)
                return made;
        }
        for (std::size_t i = 0; i < m_changes.size(); ++i) {
            if (const auto prepared = prepareFile(m_changes[i], m_journal.steps[i]); !prepared)
                return prepared;
        }
        m_journal.committed = true;
        return writeJournal(m_journal, m_path);
    }

    // Its parents have been made before it.
    Result<void> makeFolder(const std::string &folder) const
    {
        const fs::path path = m_journal.root / folder;
        constexpr mode_t anything = 0777;
        if (::mkdir(path.c_str(), anything) == 0 || errno == EEXIST)
            return {};
        const int error = errno;
        Problem problem = text::writeProblem(error, folder, path.parent_path());
        problem.message =
            "The folder " + folder + " cannot be made in " + path.parent_path().string() + ": " + std::strerror(error);
        return tl::unexpected(std::move(problem));
    }

    Result<void> prepareFile(const FileChange &change, JournalStep &step) const
    {
        if (!change.bytes)
            return {};
        const fs::path target = m_journal.root / step.file;
        constexpr mode_t newFile = 0666;
        auto file = text::TemporaryFile::beside(target, change.file, newFile, text::stagedEnding);
        if (!file)
            return tl::unexpected(file.error());
        struct stat old = {};
        if (::stat(target.c_str(), &old) == 0)
            file->takeAttributes(old.st_mode, old.st_uid, old.st_gid);
        if (const auto written = file->write(*change.bytes); !written)
            return written;
        step.temporary = file->keep().filename().string();
        return {};
    }

    // Not all files could be put in place: the first ones, which were, get their old bytes again.
    void putBack(std::size_t count)
    {
        for (std::size_t i = 0; i < count; ++i) {
            const FileChange &change = m_changes[i];
            const fs::path path = m_journal.root / change.file;
            if (change.before)
                (void)text::saveFile(path, change.file, *change.before);
            else
                ::unlink(path.c_str());
        }
    }

    ChangeSet m_changes;
    fs::path m_path;
    Journal m_journal;
};

Result<Resumed> resume(const fs::path &root, const fs::path &path)
{
    if (!isPresent(path))
        return Resumed::Nothing;
    const auto journal = readJournal(path, root);
    if (!journal)
        return unfinished(root, "the journal " + path.string() + " cannot be read");
    if (!journal->committed) {
        takeBack(*journal);
    } else if (const auto file = changedSince(*journal)) {
        return unfinished(root, *file + " has been changed since; put it back as it was, or remove " + path.string()
                                    + " to leave all files as they are");
    } else if (const auto done = roll(*journal, Turn::Again); !done) {
        const Problem &why = done.error().first;
        return unfinished(root,
                          why.where.file + ": " + why.message + "; put it right by hand, and remove " + path.string());
    }
    removeJournal(path);
    return journal->committed ? Resumed::Completed : Resumed::TakenBack;
}

} // namespace

ChangeSet inverse(const ChangeSet &changes)
{
    ChangeSet undo;
    for (auto change = changes.rbegin(); change != changes.rend(); ++change)
        undo.push_back({change->file, change->before, change->bytes});
    return undo;
}

Result<void> writeChanges(const fs::path &root, const ChangeSet &changes, const fs::path &journals)
{
    const fs::path journal = journalOf(root, journals);
    const JournalLock lock(journal, JournalLock::Wait::Yes);
    if (const auto resumed = resume(root, journal); !resumed)
        return tl::unexpected(resumed.error());
    return Writer(root, changes, journal).run();
}

std::optional<Problem> interruptedChange(const fs::path &root, const fs::path &journals)
{
    const fs::path path = journalOf(root, journals);
    if (!isPresent(path) || JournalLock(path, JournalLock::Wait::No).isTaken())
        return std::nullopt;
    const auto journal = readJournal(path, root);
    if (!journal)
        return unfinished(root, "the journal " + path.string() + " cannot be read").value();
    std::string files;
    for (const JournalStep &step : journal->steps)
        files += (files.empty() ? "" : ", ") + step.file;
    return Problem{"changeset-interrupted",
                   Severity::Error,
                   {},
                   "A change of several files was interrupted, and is not ended yet: " + files,
                   "Open the pack centre in the window or run runnerctl resume: all of it is there then, or nothing"};
}

Result<Resumed> resumeChanges(const fs::path &root, const fs::path &journals)
{
    const fs::path path = journalOf(root, journals);
    if (!isPresent(path))
        return Resumed::Nothing;
    const JournalLock lock(path, JournalLock::Wait::Yes);
    return resume(root, path);
}

} // namespace runner::workspace
