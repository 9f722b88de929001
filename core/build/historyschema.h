// The tables of the history's database, and how older ones become today's.
#pragma once

#include "diagnostics/problem.h"

#include <filesystem>

namespace runner::build {

class Database;

/// Brings the database to today's tables; two consoles may do so at once. \a file is named in errors.
/// Errors: history-unreadable where a newer version has written it, and those of Database.
Result<bool> migrateHistory(Database &database, const std::filesystem::path &file);

} // namespace runner::build
