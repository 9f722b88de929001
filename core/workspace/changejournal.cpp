#include "workspace/changejournal.h"

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
#include <fcntl.h>
#include <set>
#include <sys/file.h>
#include <system_error>
#include <unistd.h>

namespace runner::workspace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

namespace {

constexpr std::size_t maxJournalBytes = 512U << 20U;

std::string journalText(const Journal &journal)
{
    Json steps = Json::array();
    for (const JournalStep &step : journal.steps)
        steps.push_back({{"file", step.file}, {"temporary", step.temporary}, {"before", step.before.value_or("")}});
    const Json json{{"root", journal.root.string()},
                    {"committed", journal.committed},
                    {"steps", steps},
                    {"folders", journal.folders}};
    return json.dump(1, ' ', false, Json::error_handler_t::replace);
}

std::optional<std::string> textOf(const Json &object, const char *member)
{
    const auto found = object.find(member);
    return found != object.end() && found->is_string() ? std::optional(found->get<std::string>()) : std::nullopt;
}

fs::path temporaryOf(const Journal &journal, const JournalStep &step)
{
    return (journal.root / step.file).parent_path() / step.temporary;
}

// As in git, a folder whose last file was removed goes with it; one that still holds something stays.
void removeEmptied(const Journal &journal)
{
    for (const JournalStep &step : journal.steps) {
        fs::path folder = step.temporary.empty() ? fs::path(step.file).parent_path() : fs::path();
        while (!folder.empty() && ::rmdir((journal.root / folder).c_str()) == 0)
            folder = folder.parent_path();
    }
}

/// The file does not hold what it held before the changes began. One that cannot be read counts as changed.
bool isChanged(const fs::path &path, const JournalStep &step)
{
    const auto held = bytesOf(path, step.file);
    return !held || digestOf(*held) != *step.before;
}

/// What is gone from beside the target has been put in its place; or somebody has removed it, and the target is not as
/// it should be.
bool isInPlace(const fs::path &target, const JournalStep &step)
{
    return isPresent(target) && (!step.before || isChanged(target, step));
}

/// The file gets its new bytes, or goes.
Result<void> putInPlace(const Journal &journal, const JournalStep &step, Turn turn)
{
    const fs::path target = journal.root / step.file;
    const bool removes = step.temporary.empty();
    if ((removes ? ::unlink(target.c_str()) : ::rename(temporaryOf(journal, step).c_str(), target.c_str())) == 0)
        return {};
    const int error = errno;
    if (error == ENOENT && (removes || (turn == Turn::Again && isInPlace(target, step))))
        return {};
    if (error == ENOENT && isPresent(target.parent_path()))
        return failure("file-unwritable", {step.file},
                       "Its new text, which lay beside it, was removed before it was put in its place",
                       "Repeat the change");
    return tl::unexpected(text::writeProblem(error, step.file, target.parent_path()));
}

} // namespace

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

bool isSafePath(const std::string &file)
{
    const fs::path path(file);
    return !file.empty() && path.is_relative() && std::all_of(path.begin(), path.end(), [](const fs::path &part) {
        return part != ".." && part != "." && !part.empty() && part.string().find('\0') == std::string::npos;
    });
}

std::optional<std::string> realFile(const fs::path &root, const std::string &file)
{
    std::error_code error;
    const fs::path base = fs::canonical(root, error);
    const fs::path real = fs::weakly_canonical(root / file, error);
    const std::string relative = real.lexically_relative(base).generic_string();
    if (error || !isSafePath(relative))
        return std::nullopt;
    return relative;
}

JournalLock::JournalLock(const fs::path &journal, Wait wait)
{
    const bool waits = wait == Wait::Yes;
    std::error_code error;
    if (waits)
        fs::create_directories(journal.parent_path(), error);
    m_descriptor =
        ::open((journal.string() + ".lock").c_str(), (waits ? O_RDWR | O_CREAT : O_RDONLY) | O_CLOEXEC, 0600);
    if (m_descriptor >= 0)
        m_taken = ::flock(m_descriptor, LOCK_EX | (waits ? 0 : LOCK_NB)) != 0 && errno == EWOULDBLOCK;
}

JournalLock::~JournalLock()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
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
            journal.steps.push_back(
                {step["file"].get<std::string>(), step["temporary"].get<std::string>(), textOf(step, "before")});
    }
    for (const Json &folder : json.value("folders", Json::array())) {
        if (folder.is_string())
            journal.folders.push_back(folder.get<std::string>());
    }
    const bool safe = std::all_of(journal.steps.begin(), journal.steps.end(), [&](const JournalStep &step) {
        return isSafePath(step.file) && step.temporary.find('/') == std::string::npos
               && realFile(root, step.file).has_value();
    });
    return safe && std::all_of(journal.folders.begin(), journal.folders.end(), isSafePath) ? std::optional(journal)
                                                                                           : std::nullopt;
}

Result<void> writeJournal(const Journal &journal, const fs::path &path)
{
    std::error_code error;
    if (fs::create_directories(path.parent_path(), error); error)
        return failure("state-unwritable", {path.parent_path().string()},
                       "The folder that keeps what a change needs to be whole cannot be made: " + error.message(),
                       "Give yourself write permission there, or choose another place with XDG_STATE_HOME");
    const auto saved = text::saveFile(path, path.string(), journalText(journal));
    return saved ? Result<void>() : tl::unexpected(saved.error());
}

void removeJournal(const fs::path &path)
{
    ::unlink(path.c_str());
    text::syncFolder(path.parent_path());
}

Result<std::optional<std::string>> bytesOf(const fs::path &path, const std::string &shownName)
{
    if (!isPresent(path))
        return std::nullopt;
    auto file = text::readTextFile(path, shownName, maxJournalBytes);
    if (!file)
        return tl::unexpected(std::move(file.error()));
    return (file->hasByteOrderMark ? "\xEF\xBB\xBF" : "") + file->text;
}

tl::expected<void, std::pair<Problem, std::size_t>> roll(const Journal &journal, Turn turn)
{
    std::set<fs::path> touched;
    for (std::size_t i = 0; i < journal.steps.size(); ++i) {
        if (const auto done = putInPlace(journal, journal.steps[i], turn); !done)
            return tl::unexpected(std::pair(done.error(), i));
        touched.insert((journal.root / journal.steps[i].file).parent_path());
    }
    for (const fs::path &folder : touched)
        text::syncFolder(folder);
    removeEmptied(journal);
    return {};
}

std::optional<std::string> changedSince(const Journal &journal)
{
    for (const JournalStep &step : journal.steps) {
        const fs::path target = journal.root / step.file;
        const bool isOpen = step.temporary.empty() ? isPresent(target) : isPresent(temporaryOf(journal, step));
        if (isOpen && step.before && isChanged(target, step))
            return step.file;
    }
    return std::nullopt;
}

void takeBack(const Journal &journal)
{
    for (const JournalStep &step : journal.steps) {
        if (!step.temporary.empty())
            ::unlink(temporaryOf(journal, step).c_str());
        text::removeLeftovers(journal.root / step.file, text::stagedEnding);
    }
    for (auto folder = journal.folders.rbegin(); folder != journal.folders.rend(); ++folder)
        ::rmdir((journal.root / *folder).c_str());
}

} // namespace runner::workspace
