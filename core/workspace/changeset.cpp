#include "workspace/changeset.h"

#include "text/recovery.h"
#include "text/savefile.h"
#include "text/temporaryfile.h"
#include "text/textfile.h"
#include "workspace/paths.h"

#include <nlohmann/json.hpp>

#include <QByteArray>
#include <QCryptographicHash>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <set>
#include <sys/file.h>
#include <sys/stat.h>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

namespace runner::workspace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

namespace {

constexpr std::size_t maxJournalBytes = 512U << 20U;

// One file of the journal: where its new bytes lie until they are put in place.
struct Step
{
    std::string file;
    std::string temporary; ///< File name beside the target; empty for a removal.
    std::optional<std::string> before; ///< Digest of what it held, empty where it was not there; nothing: not known.
};

struct Journal
{
    fs::path root;
    bool committed = false;
    std::vector<Step> steps;
    std::vector<std::string> folders; ///< New ones, the outer before the inner.
};

/// SHA-256 in hexadecimal; empty for no file.
std::string digestOf(const std::optional<std::string> &bytes)
{
    if (!bytes)
        return {};
    const QByteArray raw = QByteArray::fromRawData(bytes->data(), static_cast<qsizetype>(bytes->size()));
    return QCryptographicHash::hash(raw, QCryptographicHash::Sha256).toHex().toStdString();
}

fs::path journalOf(const fs::path &root, const fs::path &journals)
{
    const fs::path folder = journals.empty() ? text::stateFolder() / "changes" : journals;
    char name[32];
    std::snprintf(name, sizeof name, "%016zx.json", std::hash<std::string>{}(root.string()));
    return folder / name;
}

bool isInside(const std::string &file)
{
    const fs::path path(file);
    return !file.empty() && path.is_relative() && std::all_of(path.begin(), path.end(), [](const fs::path &part) {
        return part != ".." && part != "." && !part.empty() && part.string().find('\0') == std::string::npos;
    });
}

// The file's path with every symlink on the way followed, relative to the root; nothing where it leads out of it.
std::optional<std::string> realFile(const fs::path &root, const std::string &file)
{
    std::error_code error;
    const fs::path base = fs::canonical(root, error);
    const fs::path real = fs::weakly_canonical(root / file, error);
    const std::string relative = real.lexically_relative(base).generic_string();
    if (error || !isInside(relative))
        return std::nullopt;
    return relative;
}

// Of one pack centre at a time; released when the process ends, however it ends.
class Lock
{
public:
    explicit Lock(const fs::path &journal)
    {
        std::error_code error;
        fs::create_directories(journal.parent_path(), error);
        m_descriptor = ::open((journal.string() + ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (m_descriptor >= 0)
            ::flock(m_descriptor, LOCK_EX);
    }
    Lock(const Lock &) = delete;
    Lock &operator=(const Lock &) = delete;
    ~Lock()
    {
        if (m_descriptor >= 0)
            ::close(m_descriptor);
    }

private:
    int m_descriptor = -1;
};

tl::unexpected<Problem> unfinished(const fs::path &root, const std::string &why)
{
    return failure("changeset-unfinished", {}, "Changes of " + root.string() + " were interrupted and cannot be ended: " + why,
                   "Correct that, then open the pack centre again");
}

std::string journalText(const Journal &journal)
{
    Json steps = Json::array();
    for (const Step &step : journal.steps)
        steps.push_back({{"file", step.file}, {"temporary", step.temporary}, {"before", step.before.value_or("")}});
    const Json json{{"root", journal.root.string()}, {"committed", journal.committed}, {"steps", steps},
                    {"folders", journal.folders}};
    return json.dump(1, ' ', false, Json::error_handler_t::replace);
}

std::optional<std::string> textOf(const Json &object, const char *member)
{
    const auto found = object.find(member);
    return found != object.end() && found->is_string() ? std::optional(found->get<std::string>()) : std::nullopt;
}

std::optional<Journal> readJournal(const fs::path &path, const fs::path &root)
{
    const auto file = text::readTextFile(path, path.string(), maxJournalBytes);
    const Json json = file ? Json::parse(file->text, nullptr, false) : Json();
    if (!json.is_object() || json.value("root", Json()) != Json(root.string()))
        return std::nullopt;
    Journal journal{root, json.value("committed", Json(false)) == Json(true), {}, {}};
    for (const Json &step : json.value("steps", Json::array())) {
        if (step.is_object() && step.value("file", Json()).is_string() && step.value("temporary", Json()).is_string())
            journal.steps.push_back({step["file"].get<std::string>(), step["temporary"].get<std::string>(), textOf(step, "before")});
    }
    for (const Json &folder : json.value("folders", Json::array())) {
        if (folder.is_string())
            journal.folders.push_back(folder.get<std::string>());
    }
    const bool safe = std::all_of(journal.steps.begin(), journal.steps.end(), [&](const Step &step) {
        return isInside(step.file) && step.temporary.find('/') == std::string::npos && realFile(root, step.file).has_value();
    });
    return safe && std::all_of(journal.folders.begin(), journal.folders.end(), isInside) ? std::optional(journal)
                                                                                         : std::nullopt;
}

fs::path temporaryOf(const Journal &journal, const Step &step)
{
    return (journal.root / step.file).parent_path() / step.temporary;
}

// As in git, a folder whose last file was removed goes with it; one that still holds something stays.
void removeEmptied(const Journal &journal)
{
    for (const Step &step : journal.steps) {
        fs::path folder = step.temporary.empty() ? fs::path(step.file).parent_path() : fs::path();
        while (!folder.empty() && ::rmdir((journal.root / folder).c_str()) == 0)
            folder = folder.parent_path();
    }
}

// Puts what is not yet in place in its place; what is gone has been put there before.
Result<void> roll(const Journal &journal)
{
    std::set<fs::path> touched;
    for (const Step &step : journal.steps) {
        const fs::path target = journal.root / step.file;
        const int done = step.temporary.empty() ? ::unlink(target.c_str())
                                                : ::rename(temporaryOf(journal, step).c_str(), target.c_str());
        if (done != 0 && errno != ENOENT)
            return tl::unexpected(text::writeProblem(errno, step.file, target.parent_path()));
        touched.insert(target.parent_path());
    }
    for (const fs::path &folder : touched)
        text::syncFolder(folder);
    removeEmptied(journal);
    return {};
}

/// The bytes as they are on the disk.
std::optional<std::string> heldBy(const fs::path &path)
{
    const auto file = isPresent(path) ? text::readTextFile(path, path.string(), maxJournalBytes) : Result<text::TextFile>();
    if (!file || !isPresent(path))
        return std::nullopt;
    return (file->hasByteOrderMark ? "\xEF\xBB\xBF" : "") + file->text;
}

/// A file that is still to be changed and that somebody else has changed since the crash; its name, or nothing.
std::optional<std::string> changedSince(const Journal &journal)
{
    for (const Step &step : journal.steps) {
        const fs::path target = journal.root / step.file;
        const bool isOpen = step.temporary.empty() ? isPresent(target) : isPresent(temporaryOf(journal, step));
        if (isOpen && step.before && digestOf(heldBy(target)) != *step.before)
            return step.file;
    }
    return std::nullopt;
}

void takeBack(const Journal &journal)
{
    for (const Step &step : journal.steps) {
        if (!step.temporary.empty())
            ::unlink(temporaryOf(journal, step).c_str());
        text::removeLeftovers(journal.root / step.file);
    }
    for (auto folder = journal.folders.rbegin(); folder != journal.folders.rend(); ++folder)
        ::rmdir((journal.root / *folder).c_str());
}

class Writer
{
public:
    Writer(const fs::path &root, const ChangeSet &changes, fs::path journal) : m_changes(changes), m_path(std::move(journal))
    {
        m_journal.root = root;
    }

    Result<void> run()
    {
        for (const FileChange &change : m_changes) {
            if (const auto good = check(change); !good)
                return good;
        }
        if (const auto prepared = prepare(); !prepared) {
            takeBack(m_journal);
            forget();
            return prepared;
        }
        if (const auto done = roll(m_journal); !done) {
            putBack();
            takeBack(m_journal);
            forget();
            return done;
        }
        forget();
        return {};
    }

private:
    Result<void> check(const FileChange &change) const
    {
        if (!isInside(change.file) || !realFile(m_journal.root, change.file))
            return failure("path-outside-workspace", {change.file}, "This path leads out of the pack centre",
                           "Name a file inside it");
        const fs::path path = m_journal.root / change.file;
        const auto now = isPresent(path) ? text::readTextFile(path, change.file, maxJournalBytes) : Result<text::TextFile>();
        if (!now)
            return tl::unexpected(now.error());
        const std::string mark = now->hasByteOrderMark ? "\xEF\xBB\xBF" : "";
        if (isPresent(path) != change.before.has_value() || (change.before && mark + now->text != *change.before))
            return failure("changeset-stale", {change.file}, "Somebody else has changed the file meanwhile",
                           "Load the pack centre again, then repeat the change");
        struct stat status = {};
        constexpr mode_t anyWrite = 0222;
        if (change.before && ::stat(path.c_str(), &status) == 0 && (status.st_mode & anyWrite) == 0)
            return failure("file-read-only", {change.file}, "The file cannot be saved: it is read-only",
                           "Give yourself write permission (chmod u+w), then repeat the change");
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
            m_journal.steps.push_back({change.bytes ? *realFile(m_journal.root, change.file) : change.file, {}, digestOf(change.before)});
        if (const auto written = writeJournal(); !written)
            return written;
        std::error_code error;
        for (const std::string &folder : m_journal.folders)
            fs::create_directory(m_journal.root / folder, error);
        for (std::size_t i = 0; i < m_changes.size(); ++i) {
            if (const auto prepared = prepareFile(m_changes[i], m_journal.steps[i]); !prepared)
                return prepared;
        }
        m_journal.committed = true;
        return writeJournal();
    }

    Result<void> prepareFile(const FileChange &change, Step &step) const
    {
        if (!change.bytes)
            return {};
        const fs::path target = m_journal.root / step.file;
        constexpr mode_t newFile = 0666;
        auto file = text::TemporaryFile::beside(target, change.file, newFile);
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

    Result<void> writeJournal() const
    {
        std::error_code error;
        fs::create_directories(m_path.parent_path(), error);
        const auto saved = text::saveFile(m_path, m_path.string(), journalText(m_journal));
        return saved ? Result<void>() : tl::unexpected(saved.error());
    }

    // Some files could not be put in place: those that were get their old bytes again.
    void putBack()
    {
        for (const FileChange &change : m_changes) {
            const fs::path path = m_journal.root / change.file;
            if (change.before)
                (void)text::saveFile(path, change.file, *change.before);
            else
                ::unlink(path.c_str());
        }
    }

    void forget() const
    {
        ::unlink(m_path.c_str());
        text::syncFolder(m_path.parent_path());
    }

    const ChangeSet &m_changes;
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
        return unfinished(root, *file + " has been changed since; put it back as it was, or remove " + path.string() + " to leave all files as they are");
    } else if (const auto done = roll(*journal); !done) {
        return unfinished(root, done.error().message);
    }
    ::unlink(path.c_str());
    text::syncFolder(path.parent_path());
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
    const Lock lock(journal);
    if (const auto resumed = resume(root, journal); !resumed)
        return tl::unexpected(resumed.error());
    return Writer(root, changes, journal).run();
}

Result<Resumed> resumeChanges(const fs::path &root, const fs::path &journals)
{
    const fs::path path = journalOf(root, journals);
    if (!isPresent(path))
        return Resumed::Nothing;
    const Lock lock(path);
    return resume(root, path);
}

} // namespace runner::workspace
