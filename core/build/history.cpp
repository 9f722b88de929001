#include "build/history.h"

#include "build/database.h"
#include "build/recordjson.h"
#include "build/requestjson.h"
#include "build/zstdfile.h"
#include "text/textfile.h"

#include <QDir>

#include <algorithm>
#include <fstream>
#include <system_error>

namespace runner::build {

namespace {

namespace fs = std::filesystem;

constexpr int schemaVersion = 1;
constexpr std::size_t largestSideFile = 16U << 20U;
constexpr const char *aliveFile = "alive";
constexpr const char *cancelFile = "cancel";
constexpr const char *dockerfileCopy = "Dockerfile";
constexpr const char *contextList = "context.json";

constexpr const char *schema[] = {
    ("CREATE TABLE builds (id INTEGER PRIMARY KEY AUTOINCREMENT, pack_centre TEXT NOT NULL, image TEXT NOT NULL,"
    " target TEXT NOT NULL, platform TEXT NOT NULL, platform_tag TEXT NOT NULL, request TEXT NOT NULL,"
    " revision TEXT NOT NULL, dirty INTEGER NOT NULL, plan INTEGER NOT NULL, started INTEGER NOT NULL,"
    " ended INTEGER NOT NULL DEFAULT 0, outcome INTEGER, exit_code INTEGER NOT NULL DEFAULT -1,"
    " metadata TEXT NOT NULL DEFAULT '{}', problems TEXT NOT NULL DEFAULT '[]', lines INTEGER NOT NULL DEFAULT 0,"
    " steps INTEGER NOT NULL DEFAULT 0, cached_steps INTEGER NOT NULL DEFAULT 0)"),
    ("CREATE INDEX builds_of_a_target ON builds (target, platform, id)"),
    ("CREATE TABLE steps (build INTEGER NOT NULL REFERENCES builds (id) ON DELETE CASCADE, number INTEGER NOT NULL,"
    " name TEXT NOT NULL, state INTEGER NOT NULL, started INTEGER NOT NULL, completed INTEGER NOT NULL,"
    " busy INTEGER NOT NULL, error TEXT NOT NULL, clipped INTEGER NOT NULL, PRIMARY KEY (build, number)) WITHOUT ROWID"),
    ("CREATE TABLE queue (id INTEGER PRIMARY KEY AUTOINCREMENT, plan INTEGER NOT NULL, request TEXT NOT NULL,"
    " waits_for TEXT NOT NULL)"),
};

constexpr const char *columns = "id, request, revision, dirty, plan, started, ended, outcome, exit_code, metadata,"
                                " problems, lines, steps, cached_steps";

QString q(const std::string &text)
{
    return QString::fromStdString(text);
}

BuildRecord recordOf(const QSqlQuery &row)
{
    BuildRecord record;
    record.id = row.value(0).toLongLong();
    record.request = requestFromJson(row.value(1).toString().toStdString()).value_or(Request());
    record.git = {row.value(2).toString().toStdString(), row.value(3).toBool()};
    record.plan = row.value(4).toLongLong();
    record.started = row.value(5).toLongLong();
    record.ended = row.value(6).toLongLong();
    if (!row.value(7).isNull())
        record.outcome = static_cast<Outcome>(std::clamp(row.value(7).toInt(), 0, int(Outcome::Interrupted)));
    record.exitCode = row.value(8).toInt();
    record.metadata = metadataFromJson(row.value(9).toString().toStdString());
    record.problems = problemsFromJson(row.value(10).toString().toStdString());
    record.lines = row.value(11).toULongLong();
    record.steps = row.value(12).toInt();
    record.cachedSteps = row.value(13).toInt();
    return record;
}

StepRecord stepOf(const QSqlQuery &row)
{
    return {row.value(0).toString().toStdString(),
            static_cast<StepState>(std::clamp(row.value(1).toInt(), 0, int(StepState::Cancelled))),
            row.value(2).toLongLong(), row.value(3).toLongLong(), row.value(4).toLongLong(),
            row.value(5).toString().toStdString(), row.value(6).toBool()};
}

void writeFile(const fs::path &path, const std::string &text)
{
    std::ofstream(path, std::ios::binary) << text;
}

std::string readFile(const fs::path &path)
{
    const auto file = text::readTextFile(path, path.string(), largestSideFile);
    return file ? file->text : std::string();
}

std::uint64_t sizeOf(const fs::path &folder)
{
    std::uint64_t sum = 0;
    std::error_code error;
    for (fs::recursive_directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
        std::error_code ignored;
        if (entry->is_regular_file(ignored))
            sum += entry->file_size(ignored);
    }
    return sum;
}

/// A part of a WHERE clause and its values.
struct Condition
{
    QString text = QStringLiteral("1");
    QVariantList values;

    void add(const char *clause, const QVariant &value)
    {
        text += QStringLiteral(" AND ") + QLatin1String(clause);
        values.append(value);
    }
};

Condition conditionOf(const HistoryFilter &filter)
{
    Condition condition;
    if (!filter.text.empty())
        condition.add("instr(lower(image), lower(?)) > 0", q(filter.text));
    if (!filter.target.empty())
        condition.add("target = ?", q(filter.target));
    if (!filter.platform.empty())
        condition.add("platform = ?", q(filter.platform));
    if (!filter.platformTag.empty())
        condition.add("platform_tag = ?", q(filter.platformTag));
    if (!filter.folder.empty())
        condition.add("pack_centre = ?", q(filter.folder));
    if (filter.outcome)
        condition.add("outcome = ?", int(*filter.outcome));
    if (filter.running)
        condition.text += QStringLiteral(" AND outcome IS NULL");
    if (filter.before > 0)
        condition.add("id < ?", qlonglong(filter.before));
    return condition;
}

} // namespace

std::filesystem::path stateFolder()
{
    const QByteArray state = qgetenv("XDG_STATE_HOME");
    const fs::path base = state.isEmpty() ? fs::path(QDir::homePath().toStdString()) / ".local" / "state" : fs::path(state.toStdString());
    return base / "runner-console";
}

History::History(fs::path folder, std::unique_ptr<Database> database)
    : m_folder(std::move(folder)), m_database(std::move(database))
{
}

History::~History() = default;

Result<std::unique_ptr<History>> History::open(const fs::path &folder)
{
    std::error_code error;
    fs::create_directories(folder / "builds", error);
    if (error)
        return failure("folder-unwritable", {folder.string()}, "The folder for the history cannot be made: " + error.message(),
                       "Set XDG_STATE_HOME to a folder that can be written");
    auto database = Database::open(folder / "history.sqlite");
    if (!database)
        return tl::unexpected(database.error());
    std::unique_ptr<History> history(new History(folder, std::move(*database)));
    if (const auto migrated = history->migrate(); !migrated)
        return tl::unexpected(migrated.error());
    if (const auto recovered = history->recover(); !recovered)
        return tl::unexpected(recovered.error());
    return history;
}

Result<bool> History::migrate()
{
    int version = 0;
    const auto readVersion = [&] {
        return m_database->run(QStringLiteral("PRAGMA user_version"), {}, [&](const QSqlQuery &row) { version = row.value(0).toInt(); });
    };
    if (const auto read = readVersion(); !read || version == schemaVersion)
        return read;
    if (version > schemaVersion)
        return failure("history-unreadable", {(m_folder / "history.sqlite").string()}, "The history of builds was written by a newer version",
                       "Use that version, or another XDG_STATE_HOME");
    return m_database->transaction([&]() -> Result<bool> {
        if (const auto read = readVersion(); !read || version == schemaVersion) // another console was faster
            return read;
        for (const char *statement : schema) {
            if (const auto made = m_database->run(QLatin1String(statement)); !made)
                return made;
        }
        return m_database->run(QStringLiteral("PRAGMA user_version = %1").arg(schemaVersion));
    });
}

std::filesystem::path History::buildFolder(std::int64_t id) const
{
    return m_folder / "builds" / std::to_string(id);
}

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
            QStringLiteral("INSERT INTO builds (pack_centre, image, target, platform, platform_tag, request, revision, dirty, plan, started)"
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
        m_locks[record.id] = std::move(lock);
        return true;
    });
    if (!begun)
        return tl::unexpected(begun.error());
    writeFile(record.folder / dockerfileCopy, inputs.dockerfile);
    writeFile(record.folder / contextList, toJson(inputs.files));
    return record;
}

Result<bool> History::started(std::int64_t id, const Request &request)
{
    return m_database->run(QStringLiteral("UPDATE builds SET request = ? WHERE id = ?"), {q(toJson(request)), qlonglong(id)});
}

Result<bool> History::end(std::int64_t id, const RunEnd &end, const Recording *recording)
{
    const auto kept = keepEnd(id, end, recording ? recording->steps() : Steps(), recording ? recording->log()->lines() : 0);
    if (kept) {
        m_locks.erase(id);
        std::error_code ignored;
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
            QStringLiteral("UPDATE builds SET ended = ?, outcome = ?, exit_code = ?, metadata = ?, problems = ?, lines = ?,"
                           " steps = ?, cached_steps = ? WHERE id = ?"),
            {qlonglong(end.ended), int(end.outcome), end.exitCode, q(toJson(end.metadata)), q(toJson(end.problems)),
             qulonglong(lines), record.steps, record.cachedSteps, qlonglong(id)});
        if (!updated)
            return updated;
        int number = 0;
        for (const StepRecord &step : stepRecords(steps.steps())) {
            const auto inserted = m_database->run(
                QStringLiteral("INSERT OR REPLACE INTO steps VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"),
                {qlonglong(id), ++number, q(step.name), int(step.state), qlonglong(step.started), qlonglong(step.completed),
                 qlonglong(step.busy), q(step.error), step.clipped});
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
        return failure("build-not-running", {}, "The build " + std::to_string(id) + " does not run: it " + outcomeName(*record->outcome));
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
            continue; // Another console runs it.
        if (interrupt(record)) // else, with a full disk, at the next opening
            ++recovered;
    }
    return recovered;
}

Result<bool> History::interrupt(const BuildRecord &record)
{
    RunEnd end;
    end.outcome = Outcome::Interrupted;
    end.started = record.started;
    end.ended = record.started;
    end.problems.push_back({"build-interrupted", Severity::Error, {}, "The program that ran this build ended before it did",
                            "Retry it; finished steps come from the builder's cache"});
    Steps steps;
    std::uint64_t lines = 0;
    if (const auto replayed = Recording::replay(record.folder, record.request.dockerfile)) {
        steps = (*replayed)->steps();
        lines = (*replayed)->log()->lines();
        for (const Step &step : steps.steps())
            end.ended = std::max({end.ended, step.started, step.completed});
    }
    const auto kept = keepEnd(record.id, end, steps, lines);
    std::error_code ignored;
    fs::remove(record.folder / aliveFile, ignored);
    return kept;
}

Result<std::vector<BuildRecord>> History::list(const HistoryFilter &filter)
{
    Condition condition = conditionOf(filter);
    condition.values.append(filter.count);
    std::vector<BuildRecord> records;
    const auto read = m_database->run(QStringLiteral("SELECT %1 FROM builds WHERE %2 ORDER BY id DESC LIMIT ?")
                                          .arg(QLatin1String(columns), condition.text),
                                      condition.values, [&](const QSqlQuery &row) { records.push_back(recordOf(row)); });
    if (!read)
        return tl::unexpected(read.error());
    for (BuildRecord &record : records)
        record.folder = buildFolder(record.id);
    return records;
}

Result<BuildRecord> History::find(std::int64_t id)
{
    std::optional<BuildRecord> record;
    const auto read = m_database->run(QStringLiteral("SELECT %1 FROM builds WHERE id = ?").arg(QLatin1String(columns)), {qlonglong(id)},
                                      [&](const QSqlQuery &row) { record = recordOf(row); });
    if (!read)
        return tl::unexpected(read.error());
    if (!record)
        return failure("build-unknown", {}, "There is no build " + std::to_string(id) + " in the history",
                       "List them with `runnerctl builds list`");
    record->folder = buildFolder(id);
    return *record;
}

Result<std::vector<StepRecord>> History::steps(std::int64_t id)
{
    std::vector<StepRecord> steps;
    const auto read = m_database->run(QStringLiteral("SELECT name, state, started, completed, busy, error, clipped FROM steps WHERE build = ? ORDER BY number"),
                                      {qlonglong(id)}, [&](const QSqlQuery &row) { steps.push_back(stepOf(row)); });
    if (!read)
        return tl::unexpected(read.error());
    return steps;
}

std::string History::dockerfileOf(const BuildRecord &record) const
{
    return readFile(record.folder / dockerfileCopy);
}

ContextFiles History::contextFilesOf(const BuildRecord &record) const
{
    return contextFilesFromJson(readFile(record.folder / contextList));
}

Result<bool> History::remove(std::int64_t id)
{
    const auto record = find(id);
    if (!record)
        return tl::unexpected(record.error());
    if (record->isRunning())
        return failure("build-running", {}, "The build " + std::to_string(id) + " still runs", "Cancel it first");
    const auto removed = m_database->run(QStringLiteral("DELETE FROM builds WHERE id = ?"), {qlonglong(id)});
    std::error_code ignored;
    if (removed)
        fs::remove_all(record->folder, ignored);
    return removed;
}

std::uint64_t History::diskUse() const
{
    return sizeOf(m_folder / "builds");
}

Result<std::uint64_t> History::limitDisk(std::uint64_t bytes)
{
    HistoryFilter everything;
    everything.count = -1;
    auto records = list(everything);
    if (!records)
        return tl::unexpected(records.error());
    std::uint64_t use = diskUse();
    std::erase_if(*records, [](const BuildRecord &record) { return record.isRunning(); });
    for (auto record = records->rbegin(); record != records->rend() && use > bytes; ++record) {
        std::error_code error;
        if (!fs::exists(record->folder / compressedStreamFile, error) && !fs::exists(record->folder / streamFile, error))
            continue;
        for (const char *name : {logFile, indexFile}) {
            const std::uintmax_t size = fs::file_size(record->folder / name, error);
            if (!error && fs::remove(record->folder / name, error))
                use -= std::min<std::uint64_t>(use, size);
        }
    }
    for (auto record = records->rbegin(); record != records->rend() && use > bytes; ++record) {
        const std::uint64_t size = sizeOf(record->folder);
        if (const auto removed = remove(record->id); !removed)
            return tl::unexpected(removed.error());
        use -= std::min(use, size);
    }
    return use;
}

Result<bool> compressRecording(const fs::path &folder)
{
    const auto compressed = compressFile(folder / streamFile, folder / compressedStreamFile);
    std::error_code ignored;
    if (compressed)
        fs::remove(folder / streamFile, ignored);
    return compressed;
}

Result<std::shared_ptr<const Log>> openLog(const BuildRecord &record, const std::function<bool(double)> &progress)
{
    auto log = Log::open(record.folder / logFile, record.folder / indexFile);
    if (log)
        return std::shared_ptr<const Log>(std::move(*log));
    const auto replayed = Recording::replay(record.folder, record.request.dockerfile, progress);
    if (!replayed)
        return tl::unexpected(replayed.error());
    return (*replayed)->log();
}

} // namespace runner::build
