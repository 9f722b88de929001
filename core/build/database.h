// SQLite through Qt, with errors as values.
#pragma once

#include "diagnostics/problem.h"

#include <QSqlQuery>
#include <QString>
#include <QVariant>

#include <filesystem>
#include <functional>
#include <initializer_list>
#include <memory>

namespace runner::build {

/// A connection, to be used in the thread that made it. Needs a QCoreApplication.
class Database
{
public:
    /// Opens or makes the file, so that several processes can use it at once (write-ahead log, waits up to 10 s for
    /// others). On a full disk what is there can be read, by one process at a time.
    /// Errors: history-unavailable, history-unreadable, history-full.
    static Result<std::unique_ptr<Database>> open(const std::filesystem::path &file);
    ~Database();
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;

    /// A statement with its values in the places of "?". \a row is called for each row of the answer.
    /// Errors: history-full (no space left), history-unreadable.
    Result<bool> run(const QString &statement, const QVariantList &values = {},
                     const std::function<void(const QSqlQuery &)> &row = {});
    /// Identifier of the row that was inserted last.
    qint64 lastId() const { return m_lastId; }
    /// Runs \a work between BEGIN IMMEDIATE and COMMIT; rolls back where it gives an error.
    Result<bool> transaction(const std::function<Result<bool>()> &work);

private:
    Database() = default;
    static Result<std::unique_ptr<Database>> connect(const std::filesystem::path &file,
                                                     std::initializer_list<const char *> statements);

    QString m_connection;
    QString m_file;
    qint64 m_lastId = 0;
};

/// A text as a value of a statement.
inline QString q(const std::string &text)
{
    return QString::fromStdString(text);
}

} // namespace runner::build
