// History: builds that begin, end, or have lost their console.
#include "build/database.h"
#include "build/history.h"
#include "build/historyfiles.h"
#include "build/recordjson.h"
#include "build/requestjson.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <fstream>
#include <system_error>
#include <unistd.h>

namespace runner::build {

namespace {

namespace fs = std::filesystem;

void writeFile(const fs::path &path, const std::string &text)
{
    std::ofstream(path, std::ios::binary) << text;
}

/// Sets room aside, so that the end of a build whose log fills the disk can be kept. False where there is none.
bool reserve(const fs::path &path)
{
    constexpr off_t bytes = off_t(512) << 10U; // the rows of a few hundred steps, more than once
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0)
        return errno != ENOSPC && errno != EDQUOT;
    const int error = ::posix_fallocate(file, 0, bytes);
    ::close(file);
    return error != ENOSPC && error != EDQUOT;
}

} // namespace

Result<BuildRecord> History::begin(const Request &request, const BuildInputs &inputs, std::int64_t plan)
{
    BuildRecord record;
    record.request = request;
    record.git = inputs.git;
    record.plan = plan;
    record.started = currentTime();
    // The lock is there before the row is, so that no other console takes the build for a dead one.
    const auto begun = m_database->transaction([&]() -> Result<bool> {
        const auto inserted = m_database->run(
            QStringLiteral("INSERT INTO builds (pack_centre, image, target, platform, platform_tag, request, revision, "
                           "dirty, plan, started)"
                           " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
            {q(request.folder), q(record.image()), q(request.target), q(request.platform), q(request.platformTag),
             q(toJson(request)), q(inputs.git.revision), inputs.git.dirty, qlonglong(plan), qlonglong(record.started)});
        if (!inserted)
            return inserted;
        record.id = m_database->lastId();
        record.folder = buildFolder(record.id);
        std::error_code error;
        fs::create_directories(record.folder, error);
        FileLock lock = FileLock::tryLock(record.folder / aliveFile);
        if (!lock.held())
            return failure("folder-unwritable", {record.folder.string()}, "The folder of the build cannot be written",
                           "Free space on the disk, or set XDG_STATE_HOME to another folder");
        if (!reserve(record.folder / reserveFile))
            return failure("history-full", {record.folder.string()},
                           "The disk is full: there is no room to record a build",
                           "Free space on the disk, or set XDG_STATE_HOME to a folder on another");
        m_locks[record.id] = std::move(lock);
        return true;
    });
    if (!begun) {
        std::error_code ignored;
        if (!record.folder.empty())
            fs::remove_all(record.folder, ignored);
        return tl::unexpected(begun.error());
    }
    writeFile(record.folder / dockerfileCopy, inputs.dockerfile);
    writeFile(record.folder / contextList, toJson(inputs.files));
    return record;
}

Result<bool> History::started(std::int64_t id, const Request &request)
{
    return m_database->run(QStringLiteral("UPDATE builds SET request = ? WHERE id = ?"),
                           {q(toJson(request)), qlonglong(id)});
}

Result<bool> History::end(std::int64_t id, const RunEnd &end, const Recording *recording)
{
    std::error_code ignored;
    fs::remove(buildFolder(id) / reserveFile, ignored); // now it is needed
    const auto kept =
        keepEnd(id, end, recording ? recording->steps() : Steps(), recording ? recording->log()->lines() : 0);
    if (kept) {
        m_locks.erase(id);
        fs::remove(buildFolder(id) / aliveFile, ignored);
    }
    return kept;
}

Result<bool> History::keepEnd(std::int64_t id, const RunEnd &end, const Steps &steps, std::uint64_t lines)
{
    BuildRecord record;
    countSteps(record, steps.steps());
    return m_database->transaction([&]() -> Result<bool> {
        const auto updated = m_database->run(
            QStringLiteral(
                "UPDATE builds SET ended = ?, outcome = ?, exit_code = ?, metadata = ?, problems = ?, lines = ?,"
                " steps = ?, cached_steps = ? WHERE id = ?"),
            {qlonglong(end.ended), int(end.outcome), end.exitCode, q(toJson(end.metadata)), q(toJson(end.problems)),
             qulonglong(lines), record.steps, record.cachedSteps, qlonglong(id)});
        if (!updated)
            return updated;
        int number = 0;
        for (const StepRecord &step : stepRecords(steps.steps())) {
            const auto inserted =
                m_database->run(QStringLiteral("INSERT OR REPLACE INTO steps VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"),
                                {qlonglong(id), ++number, q(step.name), int(step.state), qlonglong(step.started),
                                 qlonglong(step.completed), qlonglong(step.busy), q(step.error), step.clipped});
            if (!inserted)
                return inserted;
        }
        return true;
    });
}

Result<bool> History::requestCancel(std::int64_t id)
{
    const auto record = find(id);
    if (!record)
        return tl::unexpected(record.error());
    if (!record->isRunning())
        return failure("build-not-running", {},
                       "The build " + std::to_string(id) + " does not run: it " + howItEnded(*record->outcome));
    writeFile(record->folder / cancelFile, {});
    return true;
}

bool History::cancelRequested(std::int64_t id) const
{
    std::error_code ignored;
    return fs::exists(buildFolder(id) / cancelFile, ignored);
}

Result<int> History::recover()
{
    HistoryFilter running;
    running.running = true;
    const auto records = list(running);
    if (!records)
        return tl::unexpected(records.error());
    int recovered = 0;
    for (const BuildRecord &record : *records) {
        if (m_locks.contains(record.id))
            continue;
        const FileLock lock = FileLock::tryLock(record.folder / aliveFile);
        std::error_code ignored;
        if (!lock.held() && fs::exists(record.folder, ignored))
            continue;                  // Another console runs it.
        if (!isStillOpen(record.id)) { // It ended between the list and the lock.
            fs::remove(record.folder / aliveFile, ignored);
            continue;
        }
        m_dead.insert(record.id);
        if (interrupt(record)) // else, with a full disk, at the next opening
            ++recovered;
    }
    return recovered;
}

bool History::isStillOpen(std::int64_t id)
{
    bool open = false;
    m_database->run(QStringLiteral("SELECT 1 FROM builds WHERE id = ? AND outcome IS NULL"), {qlonglong(id)},
                    [&](const QSqlQuery &) { open = true; });
    return open;
}

Result<bool> History::interrupt(const BuildRecord &record)
{
    RunEnd end;
    end.outcome = Outcome::Interrupted;
    end.started = record.started;
    end.ended = record.started;
    end.problems.push_back({"build-interrupted",
                            Severity::Error,
                            {},
                            "The program that ran this build ended before it did",
                            "Retry it; finished steps come from the builder's cache"});
    std::error_code ignored;
    fs::remove(record.folder / reserveFile, ignored);
    Steps steps;
    std::uint64_t lines = 0;
    if (const auto replayed = Recording::replay(record.folder, record.request.dockerfile)) {
        steps = (*replayed)->steps();
        lines = (*replayed)->log()->lines();
        for (const Step &step : steps.steps())
            end.ended = std::max({end.ended, step.started, step.completed});
    }
    const auto kept = keepEnd(record.id, end, steps, lines);
    fs::remove(record.folder / aliveFile, ignored);
    if (kept && lines > 0) // The plain stream stays where that cannot be.
        static_cast<void>(compressRecording(record.folder));
    return kept;
}

} // namespace runner::build
