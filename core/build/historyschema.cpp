#include "build/historyschema.h"

#include "build/database.h"

namespace runner::build {

namespace {

/// What makes version N + 1 of version N, by N.
const std::vector<std::vector<const char *>> schemaSteps = {
    {
        ("CREATE TABLE builds (id INTEGER PRIMARY KEY AUTOINCREMENT, pack_centre TEXT NOT NULL, image TEXT NOT NULL,"
         " target TEXT NOT NULL, platform TEXT NOT NULL, platform_tag TEXT NOT NULL, request TEXT NOT NULL,"
         " revision TEXT NOT NULL, dirty INTEGER NOT NULL, plan INTEGER NOT NULL, started INTEGER NOT NULL,"
         " ended INTEGER NOT NULL DEFAULT 0, outcome INTEGER, exit_code INTEGER NOT NULL DEFAULT -1,"
         " metadata TEXT NOT NULL DEFAULT '{}', problems TEXT NOT NULL DEFAULT '[]', lines INTEGER NOT NULL DEFAULT 0,"
         " steps INTEGER NOT NULL DEFAULT 0, cached_steps INTEGER NOT NULL DEFAULT 0)"),
        ("CREATE INDEX builds_of_a_target ON builds (target, platform, id)"),
        ("CREATE TABLE steps (build INTEGER NOT NULL REFERENCES builds (id) ON DELETE CASCADE, number INTEGER NOT NULL,"
         " name TEXT NOT NULL, state INTEGER NOT NULL, started INTEGER NOT NULL, completed INTEGER NOT NULL,"
         " busy INTEGER NOT NULL, error TEXT NOT NULL, clipped INTEGER NOT NULL, PRIMARY KEY (build, number)) WITHOUT "
         "ROWID"),
        ("CREATE TABLE queue (id INTEGER PRIMARY KEY AUTOINCREMENT, plan INTEGER NOT NULL, request TEXT NOT NULL,"
         " waits_for TEXT NOT NULL)"),
    },
    {
        ("CREATE TABLE plans (id INTEGER PRIMARY KEY, plan TEXT NOT NULL, progress TEXT NOT NULL)"),
    },
};

} // namespace

Result<bool> migrateHistory(Database &database, const std::filesystem::path &file)
{
    const int newest = static_cast<int>(schemaSteps.size());
    int version = 0;
    const auto readVersion = [&] {
        return database.run(QStringLiteral("PRAGMA user_version"), {},
                            [&](const QSqlQuery &row) { version = row.value(0).toInt(); });
    };
    if (const auto read = readVersion(); !read || version == newest)
        return read;
    if (version > newest)
        return failure("history-unreadable", {file.string()}, "The history of builds was written by a newer version",
                       "Use that version, or another XDG_STATE_HOME");
    return database.transaction([&]() -> Result<bool> {
        if (const auto read = readVersion(); !read) // another console may have been faster
            return read;
        for (; version < newest; ++version) {
            for (const char *statement : schemaSteps[static_cast<std::size_t>(version)]) {
                if (const auto made = database.run(QLatin1String(statement)); !made)
                    return made;
            }
        }
        return database.run(QStringLiteral("PRAGMA user_version = %1").arg(newest));
    });
}

} // namespace runner::build
