#include "text/recovery.h"

#include "text/savefile.h"
#include "text/textfile.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <system_error>
#include <unistd.h>

namespace runner::text {

namespace fs = std::filesystem;
using Json = nlohmann::json;

namespace {

constexpr std::size_t maxRecoveryBytes = 256U << 20U;
constexpr const char *suffix = ".unsaved";

// FNV-1a: only a name for a file, which says itself what it is about.
std::uint64_t hashOf(std::string_view text)
{
    std::uint64_t hash = 14695981039346656037ULL;
    for (const char c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    return hash;
}

struct Kept
{
    RecoveredText work;
    pid_t process = 0;
};

std::optional<Kept> readKept(const fs::path &path)
{
    const auto file = readTextFile(path, path.string(), maxRecoveryBytes);
    if (!file)
        return std::nullopt;
    const Json json = Json::parse(file->text, nullptr, false);
    if (!json.is_object())
        return std::nullopt;
    const auto text = [&](const char *name) {
        const auto found = json.find(name);
        return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
    };
    Kept kept;
    kept.work.file = text("file");
    kept.work.text = text("text");
    kept.work.base = text("base");
    kept.work.hasByteOrderMark = json.value("byte_order_mark", Json(false)) == Json(true);
    const Json time = json.value("time", Json(0));
    const Json process = json.value("process", Json(0));
    kept.work.secondsSinceEpoch = time.is_number_integer() ? time.get<std::int64_t>() : 0;
    kept.process = process.is_number_integer() ? process.get<pid_t>() : 0;
    if (!kept.work.file.is_absolute())
        return std::nullopt;
    return kept;
}

bool isAbandoned(const Kept &kept)
{
    if (kept.process <= 0 || kept.process == ::getpid())
        return true;
    return ::kill(kept.process, 0) != 0 && errno == ESRCH;
}

} // namespace

fs::path stateFolder()
{
    if (const char *state = std::getenv("XDG_STATE_HOME"); state && *state == '/')
        return fs::path(state) / "runner-console";
    const char *home = std::getenv("HOME");
    return fs::path(home && *home == '/' ? home : "/tmp") / ".local" / "state" / "runner-console";
}

fs::path RecoveryStore::defaultFolder()
{
    return stateFolder() / "recovery";
}

fs::path RecoveryStore::pathOf(const fs::path &file) const
{
    char name[32];
    std::snprintf(name, sizeof name, "%016llx", static_cast<unsigned long long>(hashOf(file.string())));
    return m_folder / (std::string(name) + suffix);
}

Result<void> RecoveryStore::keep(const RecoveredText &work) const
{
    std::error_code error;
    if (fs::create_directories(m_folder, error))
        fs::permissions(m_folder, fs::perms::owner_all, error);
    const Json json{{"file", work.file.string()},       {"time", static_cast<std::int64_t>(std::time(nullptr))},
                    {"process", ::getpid()},             {"byte_order_mark", work.hasByteOrderMark},
                    {"text", work.text},                 {"base", work.base}};
    const fs::path path = pathOf(work.file);
    const auto saved = saveFile(path, path.string(), json.dump(-1, ' ', false, Json::error_handler_t::replace));
    if (!saved)
        return tl::unexpected(saved.error());
    return {};
}

void RecoveryStore::forget(const fs::path &file) const
{
    std::error_code error;
    fs::remove(pathOf(file), error);
    removeLeftovers(pathOf(file));
}

std::optional<RecoveredText> RecoveryStore::find(const fs::path &file) const
{
    const auto kept = readKept(pathOf(file));
    if (!kept || kept->work.file != file || !isAbandoned(*kept))
        return std::nullopt;
    return kept->work;
}

std::vector<RecoveredText> RecoveryStore::all() const
{
    std::vector<RecoveredText> works;
    std::error_code error;
    constexpr std::size_t maxWorks = 1000;
    for (fs::directory_iterator entry(m_folder, error); !error && entry != fs::directory_iterator() && works.size() < maxWorks;
         entry.increment(error)) {
        if (entry->path().extension() != suffix)
            continue;
        auto kept = readKept(entry->path());
        if (kept && isAbandoned(*kept))
            works.push_back(std::move(kept->work));
    }
    std::stable_sort(works.begin(), works.end(), [](const RecoveredText &a, const RecoveredText &b) {
        return a.secondsSinceEpoch > b.secondsSinceEpoch;
    });
    return works;
}

} // namespace runner::text
