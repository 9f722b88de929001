// Every build there was: what was asked, what came out, and where its log is. Shared by all consoles of a user.
#pragma once

#include "build/buildrecord.h"
#include "build/filelock.h"

#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace runner::build {

class Database;

/// Which builds to list; empty members do not choose.
struct HistoryFilter
{
    std::string text = {}; ///< Part of the image's name.
    std::string backend = {};
    std::string target = {}; ///< The service.
    std::string platform = {};
    std::string platformTag = {};
    std::optional<Outcome> outcome = {};
    std::optional<Call> call = {}; ///< Only builds, or only checks.
    bool running = false;          ///< Only what runs.
    std::string folder = {};       ///< Only builds of this pack centre.
    std::int64_t before = 0;       ///< Only earlier ones than this; 0: all.
    int count = 1000;
};

/// Finds what a build is compared with: the last success of the same image, out of the same pack centre, before it. A
/// check is compared with checks.
HistoryFilter successBefore(const BuildRecord &record);

/// XDG_STATE_HOME/runner-console, or ~/.local/state/runner-console.
std::filesystem::path stateFolder();

/// history.sqlite and a folder for each build below builds/. Use it in one thread, with a QCoreApplication. Two
/// processes may have it open: each knows of the other's builds, and that they have died.
class History
{
public:
    /// Makes the folder where it is missing. Builds of consoles that died become interrupted.
    /// Errors: history-unavailable, history-unreadable, history-full, folder-unwritable.
    static Result<std::unique_ptr<History>> open(const std::filesystem::path &folder);

    ~History();
    History(const History &) = delete;
    History &operator=(const History &) = delete;

    /// Keeps a build that begins now; its folder is there then. Errors: history-full, also where the disk has no room
    /// for half a MiB; folder-unwritable; history-unreadable.
    Result<BuildRecord> begin(const Request &request, const BuildInputs &inputs, std::int64_t plan = 0);
    /// The request as it really runs.
    Result<bool> started(std::int64_t id, const Request &request);
    /// The build is over. \a recording may be null.
    Result<bool> end(std::int64_t id, const RunEnd &end, const Recording *recording);
    /// Asks the console that runs the build, be it another one, to cancel it. Errors: build-unknown, build-not-running.
    Result<bool> requestCancel(std::int64_t id);
    /// Whether somebody has asked; for the console that runs it.
    bool cancelRequested(std::int64_t id) const;
    /// Finds builds whose console has died, keeps of them what is on the disk, and makes them interrupted. How many;
    /// those that cannot be kept now (the disk is full) are shown as interrupted, and left for the next time.
    Result<int> recover();

    /// The newest first.
    Result<std::vector<BuildRecord>> list(const HistoryFilter &filter = {});
    /// Error: build-unknown.
    Result<BuildRecord> find(std::int64_t id);
    /// In the order of the build. Also of a running one of this console only after its end.
    Result<std::vector<StepRecord>> steps(std::int64_t id);
    /// The Dockerfile as it was, and the contexts' files; empty where they are gone.
    static std::string dockerfileOf(const BuildRecord &record);
    ContextFiles contextFilesOf(const BuildRecord &record) const;

    /// Forgets a build that does not run, with its files. Errors: build-unknown, build-running.
    Result<bool> remove(std::int64_t id);
    /// Frees space until all builds together take no more than \a bytes: first the lines of the oldest ones, which are
    /// made anew from the stream when they are asked for; then the oldest builds. How many bytes are left.
    Result<std::uint64_t> limitDisk(std::uint64_t bytes);
    std::uint64_t diskUse() const;
    /// Another number whenever another console has changed the history since the last call; takes next to no time.
    std::int64_t version() const;

    const std::filesystem::path &folder() const { return m_folder; }
    Database &database() { return *m_database; }

private:
    History(std::filesystem::path folder, std::unique_ptr<Database> database);

    Result<bool> keepEnd(std::int64_t id, const RunEnd &end, const Steps &steps, std::uint64_t lines);
    bool isStillOpen(std::int64_t id);
    Result<bool> interrupt(const BuildRecord &record);
    std::filesystem::path buildFolder(std::int64_t id) const;
    void complete(BuildRecord &record) const;

    std::filesystem::path m_folder;
    std::unique_ptr<Database> m_database;
    std::map<std::int64_t, FileLock> m_locks; ///< Of this console's running builds.
    std::set<std::int64_t> m_dead;            ///< Builds whose console died, also where that cannot be written.
};

/// Compresses the stream of a finished build and removes the plain one. May be called in any thread.
/// Errors: file-unreadable, file-unwritable.
Result<bool> compressRecording(const std::filesystem::path &folder);

/// The log of a build that has ended: opened where its index is there, else made anew. May take long in the second
/// case, so ask in a thread. \a progress as in Recording::replay.
Result<std::shared_ptr<const Log>> openLog(const BuildRecord &record, const std::function<bool(double)> &progress = {});

} // namespace runner::build
