#include "transfer/movetask.h"

namespace runner::transfer {

namespace fs = std::filesystem;

MoveTask::MoveTask(Move move, const MoverOptions &options, TaskEvents events)
    : m_move(std::move(move))
    , m_options(options)
    , m_events(std::move(events))
    , m_alive(std::make_shared<bool>(true))
{
}

MoveTask::~MoveTask()
{
    *m_alive = false;
    m_cancelled = true;
    if (m_reader)
        m_reader->wait();
    m_process.reset(); // before the work folder that it writes to
}

void MoveTask::start()
{
    std::error_code error;
    const bool exists = fs::symlink_status(m_move.file, error).type() != fs::file_type::not_found;
    if (m_move.kind == MoveKind::Load)
        readArchiveThen(Depth::Structure, m_move.file, [this](const Read &archive) { inputRead(archive); });
    else if (m_move.kind == MoveKind::Save && exists)
        readArchiveThen(Depth::Content, m_move.file, [this](const Read &archive) { existingRead(archive); });
    else
        attempt();
}

void MoveTask::cancel()
{
    if (m_ended || m_cancelled.exchange(true))
        return;
    if (m_process) {
        m_process->interrupt();
        later(m_options.grace, &MoveTask::kill);
    } else if (!m_reader) {
        end(Outcome::Cancelled, "cancelled"); // it waited for its next attempt
    }
}

void MoveTask::kill()
{
    if (m_process)
        m_process->kill();
}

std::uint64_t MoveTask::bytesWritten() const
{
    return m_work && m_move.kind == MoveKind::Save ? m_work->size() : 0;
}

/// Reads in a thread of its own: hashing an image takes a while.
void MoveTask::readArchiveThen(Depth depth, const fs::path &path, std::function<void(const Read &)> next)
{
    auto result = std::make_shared<Read>();
    m_reader.reset(QThread::create([this, depth, path, result] { *result = readArchive(path, depth, m_cancelled); }));
    QObject::connect(m_reader.get(), &QThread::finished, m_reader.get(),
                     [this, result, next = std::move(next), alive = m_alive] {
                         if (!*alive)
                             return;
                         m_reader.release()->deleteLater();
                         if (m_cancelled)
                             end(Outcome::Cancelled, "cancelled");
                         else
                             next(*result);
                     });
    m_reader->start();
}

void MoveTask::existingRead(const Read &archive)
{
    if (!archive || archive->format != m_move.format || !isForPlatform(*archive))
        return attempt();
    run(m_options.program, inspectArguments(m_move.source, m_move.platform, m_options.access.source), "/",
        [this, existing = archive->image](const ProcessResult &result) { registryAnswered(existing, result); });
}

void MoveTask::registryAnswered(const ImageIdentity &existing, const ProcessResult &result)
{
    if (result.exitCode != 0) {
        const std::string reason = reasonOf(result.errors);
        if (isPermanent(reason))
            return end(Outcome::Failed, "the archive is there, but its source cannot be asked: " + reason);
        return end(Outcome::Skipped, "the archive is there and whole; its source cannot be reached: " + reason);
    }
    const auto wanted = identityOf(result.output);
    if (wanted && *wanted == existing)
        return end(Outcome::Skipped, "the archive is there and holds the same image");
    attempt();
}

void MoveTask::inputRead(const Read &archive)
{
    if (!archive)
        return end(Outcome::Failed, archive.error().message);
    if (!isForPlatform(*archive))
        return end(Outcome::Skipped, "the image is for " + describe(archive->image.platform));
    if (!m_move.anyFormat && m_move.format != archive->format)
        return end(Outcome::Skipped, "the archive has the other format");
    m_move.format = archive->format;
    attempt();
}

bool MoveTask::isForPlatform(const Archive &archive) const
{
    const auto wanted = parsePlatform(m_move.platform);
    return !wanted || serves(archive.image.platform, *wanted);
}

void MoveTask::attempt()
{
    ++m_attempts;
    if (!makeWorkFolder())
        return;
    const std::string folder = m_work->path().string();
    run(m_options.program, copyArguments(m_move, m_options.access), folder,
        [this](const ProcessResult &result) { copied(result); });
}

bool MoveTask::makeWorkFolder()
{
    m_work.reset();
    auto folder =
        m_move.kind == MoveKind::Save ? WorkFolder::beside(m_move.file, m_move.root) : WorkFolder::temporary();
    if (!folder) {
        end(Outcome::Failed, describe(folder.error()));
        return false;
    }
    m_work.emplace(std::move(*folder));
    std::error_code error;
    if (m_move.kind == MoveKind::Load)
        fs::create_symlink(m_move.file, m_work->path() / workArchive, error);
    if (error)
        end(Outcome::Failed, "the archive cannot be handed to skopeo: " + error.message());
    return !error;
}

void MoveTask::copied(const ProcessResult &result)
{
    if (!result.started)
        return end(Outcome::Failed, m_options.program + " could not be started: " + result.errors);
    if (result.exitCode != 0)
        return retryOrFail(result.errors.empty() ? "skopeo ended with code " + std::to_string(result.exitCode)
                                                 : reasonOf(result.errors));
    if (m_move.kind == MoveKind::Load && m_move.storage == Storage::Docker) {
        const std::string folder = m_work->path().string();
        return run(m_options.docker, {"load", "--quiet", "--input", loadArchive}, folder,
                   [this](const ProcessResult &load) { loaded(load); });
    }
    if (m_move.kind != MoveKind::Save)
        return end(Outcome::Done);
    readArchiveThen(Depth::Structure, m_work->path() / workArchive,
                    [this](const Read &archive) { savedRead(archive); });
}

void MoveTask::loaded(const ProcessResult &result)
{
    if (!result.started)
        return end(Outcome::Failed, m_options.docker + " could not be started: " + result.errors);
    if (result.exitCode != 0)
        return retryOrFail(result.errors.empty() ? "docker ended with code " + std::to_string(result.exitCode)
                                                 : reasonOf(result.errors));
    end(Outcome::Done);
}

void MoveTask::retryOrFail(const std::string &reason)
{
    m_work.reset();
    if (isPermanent(reason) || m_attempts > m_options.retries)
        return end(Outcome::Failed, reason);
    const auto wait = m_options.backOff.delay(m_attempts, m_options.random());
    if (m_events.retrying)
        m_events.retrying(m_options.scrub(reason), wait);
    later(wait, &MoveTask::attempt);
}

void MoveTask::savedRead(const Read &archive)
{
    if (!archive)
        return retryOrFail(archive.error().message);
    if (!isForPlatform(*archive))
        return end(Outcome::Failed, "the image in the registry is for " + describe(archive->image.platform)
                                        + ", not for " + m_move.platform);
    std::error_code error;
    if (fs::is_directory(fs::symlink_status(m_move.file, error)))
        return end(Outcome::Failed, "a folder stands where the file belongs");
    const auto placed = m_work->publish(workArchive, m_move.file);
    placed ? end(Outcome::Done) : end(Outcome::Failed, placed.error().message);
}

void MoveTask::run(const std::string &program, const Arguments &arguments, const std::string &folder,
                   ProcessRun::Done next)
{
    m_process =
        std::make_unique<ProcessRun>(program, arguments, folder, [this, next = std::move(next)](ProcessResult result) {
            m_process.reset();
            if (m_cancelled)
                return end(Outcome::Cancelled, "cancelled");
            next(std::move(result));
        });
    m_process->start();
}

void MoveTask::end(Outcome outcome, const std::string &message)
{
    if (std::exchange(m_ended, true))
        return;
    m_work.reset();
    m_events.ended({outcome, m_options.scrub(message), m_attempts});
}

void MoveTask::later(std::chrono::milliseconds wait, void (MoveTask::*call)())
{
    m_options.later(wait, [this, call, alive = m_alive] {
        if (*alive && !m_ended)
            (this->*call)();
    });
}

} // namespace runner::transfer
