#include "build/database.h"

#include <QSqlDatabase>
#include <QSqlError>
#include <QUuid>

#include <sys/statvfs.h>

namespace runner::build {

namespace {

bool hasNoRoom(const std::string &file)
{
    struct statvfs disk = {};
    return ::statvfs(file.c_str(), &disk) == 0 && disk.f_bavail == 0;
}

/// SQLite names a full disk only where a write ran into it; files beside the database that it cannot make or lengthen
/// are errors of input and output to it.
bool isFull(const QSqlError &error, const QString &file)
{
    constexpr int ioError = 10;
    constexpr int full = 13;
    constexpr int cannotOpen = 14;
    const int code = error.nativeErrorCode().toInt() & 0xff; // the rest tells more of the same
    return code == full || ((code == ioError || code == cannotOpen) && hasNoRoom(file.toStdString()));
}

Problem problemOf(const QSqlError &error, const QString &file)
{
    if (isFull(error, file))
        return {"history-full",
                Severity::Error,
                {file.toStdString()},
                "The disk is full: the history of builds cannot be kept",
                "Free space on the disk, or set XDG_STATE_HOME to a folder on another"};
    return {"history-unreadable",
            Severity::Error,
            {file.toStdString()},
            "The history of builds cannot be used: " + error.text().toStdString(),
            "If the file is broken, move it away; the logs beside it stay"};
}

} // namespace

/// A write-ahead log needs a file of shared memory, which a full disk has no room for: alone it does without.
Result<std::unique_ptr<Database>> Database::open(const std::filesystem::path &file)
{
    constexpr const char *foreignKeys = "PRAGMA foreign_keys=ON";
    auto shared = connect(file, {"PRAGMA journal_mode=WAL", "PRAGMA synchronous=NORMAL", foreignKeys});
    if (shared || shared.error().id != "history-full")
        return shared;
    auto alone = connect(file, {"PRAGMA locking_mode=EXCLUSIVE", foreignKeys, "SELECT count(*) FROM sqlite_schema"});
    return alone ? std::move(alone) : std::move(shared);
}

Result<std::unique_ptr<Database>> Database::connect(const std::filesystem::path &file,
                                                    std::initializer_list<const char *> statements)
{
    if (!QSqlDatabase::isDriverAvailable(QStringLiteral("QSQLITE")))
        return failure("history-unavailable", {}, "Qt's driver for SQLite is not installed",
                       "Install it (Debian: libqt6sql6-sqlite)");
    std::unique_ptr<Database> database(new Database);
    database->m_connection = QUuid::createUuid().toString();
    database->m_file = QString::fromStdString(file.string());
    QSqlDatabase connection = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), database->m_connection);
    connection.setDatabaseName(database->m_file);
    connection.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=10000"));
    if (!connection.open())
        return tl::unexpected(problemOf(connection.lastError(), database->m_file));
    for (const char *statement : statements) {
        if (const auto done = database->run(QString::fromLatin1(statement)); !done)
            return tl::unexpected(done.error());
    }
    return database;
}

Database::~Database()
{
    QSqlDatabase::database(m_connection, false).close();
    QSqlDatabase::removeDatabase(m_connection);
}

Result<bool> Database::run(const QString &statement, const QVariantList &values,
                           const std::function<void(const QSqlQuery &)> &row)
{
    QSqlQuery query(QSqlDatabase::database(m_connection, false));
    query.setForwardOnly(true);
    if (!query.prepare(statement))
        return tl::unexpected(problemOf(query.lastError(), m_file));
    for (const QVariant &value : values)
        query.addBindValue(value);
    if (!query.exec())
        return tl::unexpected(problemOf(query.lastError(), m_file));
    while (query.next()) {
        if (row)
            row(query);
    }
    if (const QVariant id = query.lastInsertId(); id.isValid())
        m_lastId = id.toLongLong();
    return true;
}

Result<bool> Database::transaction(const std::function<Result<bool>()> &work)
{
    if (const auto begun = run(QStringLiteral("BEGIN IMMEDIATE")); !begun)
        return begun;
    auto done = work();
    if (done)
        done = run(QStringLiteral("COMMIT"));
    if (!done)
        run(QStringLiteral("ROLLBACK"));
    return done;
}

} // namespace runner::build
