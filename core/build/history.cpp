#include "build/history.h"

#include "build/database.h"
#include "build/historyfiles.h"
#include "build/historyschema.h"
#include "build/recordjson.h"
#include "build/requestjson.h"
#include "text/textfile.h"

#include <QDir>

#include <algorithm>
#include <fstream>
#include <system_error>

namespace runner::build {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t largestSideFile = 16U << 20U;
constexpr const char *columns = "id, request, revision, dirty, plan, started, ended, outcome, exit_code, metadata,"
                                " problems, lines, steps, cached_steps";

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
            static_cast<StepState>(std::clamp(row.value(1).toInt(), 0, int(StepState::NoCache))),
            row.value(2).toLongLong(),
            row.value(3).toLongLong(),
            row.value(4).toLongLong(),
            row.value(5).toString().toStdString(),
            row.value(6).toBool()};
}

std::string readFile(const fs::path &path)
{
    const auto file = text::readTextFile(path, path.string(), largestSideFile);
    return file ? file->text : std::string();
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
    if (!filter.backend.empty())
        condition.add("json_extract(request, '$.backend') = ?", q(filter.backend));
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
    if (filter.call)
        condition.add("(json_extract(request, '$.call') = 'check') = ?", *filter.call == Call::Check);
    if (filter.running)
        condition.text += QStringLiteral(" AND outcome IS NULL");
    if (filter.before > 0)
        condition.add("id < ?", qlonglong(filter.before));
    return condition;
}

} // namespace

HistoryFilter successBefore(const BuildRecord &record)
{
    HistoryFilter filter;
    filter.platformTag = record.request.platformTag;
    filter.folder = record.request.folder;
    filter.outcome = Outcome::Succeeded;
    filter.call = record.request.call;
    filter.before = record.id;
    filter.count = 1;
    return filter;
}

std::filesystem::path stateFolder()
{
    const QByteArray state = qgetenv("XDG_STATE_HOME");
    const fs::path base =
        state.isEmpty() ? fs::path(QDir::homePath().toStdString()) / ".local" / "state" : fs::path(state.toStdString());
    return base / "runner-console";
}

History::History(fs::path folder, std::unique_ptr<Database> database)
    : m_folder(std::move(folder))
    , m_database(std::move(database))
{
}

History::~History() = default;

Result<std::unique_ptr<History>> History::open(const fs::path &folder)
{
    std::error_code error;
    const bool isNew = fs::create_directories(folder, error);
    if (isNew) // Arguments and logs are nobody else's business.
        fs::permissions(folder, fs::perms::owner_all, error);
    fs::create_directories(folder / "builds", error);
    if (error)
        return failure("folder-unwritable", {folder.string()},
                       "The folder for the history cannot be made: " + error.message(),
                       "Set XDG_STATE_HOME to a folder that can be written");
    auto database = Database::open(folder / "history.sqlite");
    if (!database)
        return tl::unexpected(database.error());
    std::unique_ptr<History> history(new History(folder, std::move(*database)));
    if (const auto migrated = migrateHistory(*history->m_database, folder / "history.sqlite"); !migrated)
        return tl::unexpected(migrated.error());
    if (const auto recovered = history->recover(); !recovered)
        return tl::unexpected(recovered.error());
    return history;
}

std::filesystem::path History::buildFolder(std::int64_t id) const
{
    return m_folder / "builds" / std::to_string(id);
}

Result<std::vector<BuildRecord>> History::list(const HistoryFilter &filter)
{
    Condition condition = conditionOf(filter);
    condition.values.append(filter.count);
    std::vector<BuildRecord> records;
    const auto read =
        m_database->run(QStringLiteral("SELECT %1 FROM builds WHERE %2 ORDER BY id DESC LIMIT ?")
                            .arg(QLatin1String(columns), condition.text),
                        condition.values, [&](const QSqlQuery &row) { records.push_back(recordOf(row)); });
    if (!read)
        return tl::unexpected(read.error());
    for (BuildRecord &record : records)
        complete(record);
    return records;
}

void History::complete(BuildRecord &record) const
{
    record.folder = buildFolder(record.id);
    if (!record.outcome && m_dead.contains(record.id))
        record.outcome = Outcome::Interrupted;
}

Result<BuildRecord> History::find(std::int64_t id)
{
    std::optional<BuildRecord> record;
    const auto read = m_database->run(QStringLiteral("SELECT %1 FROM builds WHERE id = ?").arg(QLatin1String(columns)),
                                      {qlonglong(id)}, [&](const QSqlQuery &row) { record = recordOf(row); });
    if (!read)
        return tl::unexpected(read.error());
    if (!record)
        return failure("build-unknown", {}, "There is no build " + std::to_string(id) + " in the history",
                       "List them with `runnerctl builds list`");
    complete(*record);
    return *record;
}

Result<std::vector<StepRecord>> History::steps(std::int64_t id)
{
    std::vector<StepRecord> steps;
    const auto read = m_database->run(
        QStringLiteral(
            "SELECT name, state, started, completed, busy, error, clipped FROM steps WHERE build = ? ORDER BY number"),
        {qlonglong(id)}, [&](const QSqlQuery &row) { steps.push_back(stepOf(row)); });
    if (!read)
        return tl::unexpected(read.error());
    return steps;
}

std::string History::dockerfileOf(const BuildRecord &record)
{
    return readFile(record.folder / dockerfileCopy);
}

ContextFiles History::contextFilesOf(const BuildRecord &record) const
{
    return contextFilesFromJson(readFile(record.folder / contextList));
}

std::int64_t History::version() const
{
    std::int64_t version = 0; // SQLite counts what other connections have done.
    m_database->run(QStringLiteral("PRAGMA data_version"), {},
                    [&](const QSqlQuery &row) { version = row.value(0).toLongLong(); });
    return version;
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

} // namespace runner::build
