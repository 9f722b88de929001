// One move, from looking at what is there to its end.
#pragma once

#include "transfer/archive.h"
#include "transfer/mover.h"
#include "transfer/processrun.h"
#include "transfer/workfolder.h"

#include <QThread>

#include <atomic>
#include <optional>

namespace runner::transfer {

struct TaskEvents
{
    std::function<void(const std::string &why, std::chrono::milliseconds wait)> retrying;
    std::function<void(const MoveEnd &)> ended;
};

/// Save: verify what exists -> compare it with the registry -> copy -> verify -> put in place. Copy: copy.
/// Load: verify the archive -> copy, for Docker into an archive of its form -> docker load. Each arrow is an event;
/// nothing blocks.
class MoveTask
{
public:
    MoveTask(Move move, const MoverOptions &options, TaskEvents events);
    ~MoveTask();

    void start();
    void cancel();
    void kill();
    std::uint64_t bytesWritten() const;

private:
    using Read = Result<Archive>;

    void readArchiveThen(Depth depth, const std::filesystem::path &path, std::function<void(const Read &)> next);
    void existingRead(const Read &archive);
    void registryAnswered(const ImageIdentity &existing, const ProcessResult &result);
    void inputRead(const Read &archive);
    bool isForPlatform(const Archive &archive) const;

    void attempt();
    bool makeWorkFolder();
    void copied(const ProcessResult &result);
    void retryOrFail(const std::string &reason);
    void savedRead(const Read &archive);

    void loaded(const ProcessResult &result);

    void run(const std::string &program, const Arguments &arguments, const std::string &folder, ProcessRun::Done next);
    void end(Outcome outcome, const std::string &message = {});
    void later(std::chrono::milliseconds wait, void (MoveTask::*call)());

    Move m_move;
    const MoverOptions &m_options;
    TaskEvents m_events;
    std::unique_ptr<ProcessRun> m_process;
    std::unique_ptr<QThread> m_reader;
    std::optional<WorkFolder> m_work;
    std::shared_ptr<bool> m_alive;
    std::atomic<bool> m_cancelled{false};
    int m_attempts = 0;
    bool m_ended = false;
};

} // namespace runner::transfer
