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
#include <fstream>
#include <sstream>
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
    std::string start; ///< Of the process; empty in files of older versions.
};

/// What /proc says of a process: whether it has ended, and what no other process with its number shares.
struct KnownProcess
{
    bool isThere = false;
    std::string start; ///< The boot and the ticks since then; empty where there is no /proc.
};

KnownProcess lookUp(pid_t process)
{
    const fs::path folder("/proc");
    std::error_code error;
    if (!fs::exists(folder / "self" / "stat", error))
        return {::kill(process, 0) == 0 || errno != ESRCH, {}};
    std::ifstream file(folder / std::to_string(process) / "stat");
    std::string stat;
    std::getline(file, stat);
    const std::size_t name = stat.rfind(')'); // The name may hold blanks and brackets itself.
    if (name == std::string::npos)
        return {};
    std::istringstream fields(stat.substr(name + 1));
    std::string state;
    fields >> state;
    std::string ticks;
    constexpr int fieldsToStart = 19; // proc(5): the state is field 3, the start field 22.
    for (int i = 0; i < fieldsToStart; ++i)
        fields >> ticks;
    std::ifstream bootFile(folder / "sys/kernel/random/boot_id");
    std::string boot;
    std::getline(bootFile, boot);
    return {state != "Z" && state != "X", boot + "/" + ticks};
}

std::string ownStart()
{
    return lookUp(::getpid()).start;
}

std::string hexadecimal(std::uint64_t number)
{
    char name[32];
    std::snprintf(name, sizeof name, "%016llx", static_cast<unsigned long long>(number));
    return name;
}

/// What the names of all works of a file begin with.
std::string beginningFor(const fs::path &file)
{
    return hexadecimal(hashOf(file.string()));
}

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
    kept.work.keptIn = path;
    kept.start = text("start");
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
    const KnownProcess now = lookUp(kept.process);
    return !now.isThere || (!kept.start.empty() && !now.start.empty() && kept.start != now.start);
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
    const std::string process = hexadecimal(hashOf(std::to_string(::getpid()) + "/" + ownStart()));
    return m_folder / (beginningFor(file) + "-" + process + suffix);
}

Result<void> RecoveryStore::keep(const RecoveredText &work) const
{
    std::error_code error;
    if (fs::create_directories(m_folder, error))
        fs::permissions(m_folder, fs::perms::owner_all, error);
    const Json json{{"file", work.file.string()},
                    {"time", static_cast<std::int64_t>(std::time(nullptr))},
                    {"process", ::getpid()},
                    {"start", ownStart()},
                    {"byte_order_mark", work.hasByteOrderMark},
                    {"text", work.text},
                    {"base", work.base}};
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

bool RecoveryStore::isOwn(const RecoveredText &found) const
{
    return found.keptIn == pathOf(found.file);
}

void RecoveryStore::forget(const RecoveredText &found) const
{
    if (found.keptIn.parent_path() != m_folder)
        return;
    std::error_code error;
    fs::remove(found.keptIn, error);
    removeLeftovers(found.keptIn);
}

std::optional<RecoveredText> RecoveryStore::find(const fs::path &file) const
{
    std::vector<RecoveredText> works = worksNamed(beginningFor(file));
    std::erase_if(works, [&file](const RecoveredText &work) { return work.file != file; });
    return works.empty() ? std::nullopt : std::optional(std::move(works.front()));
}

std::vector<RecoveredText> RecoveryStore::all() const
{
    return worksNamed({});
}

std::vector<RecoveredText> RecoveryStore::worksNamed(const std::string &beginning) const
{
    std::vector<RecoveredText> works;
    std::error_code error;
    constexpr std::size_t maxWorks = 1000;
    for (fs::directory_iterator entry(m_folder, error);
         !error && entry != fs::directory_iterator() && works.size() < maxWorks; entry.increment(error)) {
        if (entry->path().extension() != suffix || !entry->path().filename().string().starts_with(beginning))
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
