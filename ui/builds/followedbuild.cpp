#include "builds/followedbuild.h"

#include <QDir>

#include <array>
#include <chrono>
#include <fcntl.h>
#include <unistd.h>

namespace runner::ui {

FollowedBuild::FollowedBuild(const build::BuildRecord &record, QObject *parent)
    : QObject(parent)
    , m_folder(QDir::temp().filePath(QStringLiteral("runner-console-XXXXXX")))
{
    auto made = build::Recording::follow(m_folder.path().toStdString(), record.request.dockerfile);
    if (!made)
        return;
    m_recording = std::move(*made);
    m_shown = m_recording;
    m_thread = std::thread([this, stream = record.folder / build::streamFile] { follow(stream); });
}

FollowedBuild::~FollowedBuild()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    m_wake.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

void FollowedBuild::follow(const std::filesystem::path &stream)
{
    int descriptor = -1;
    while (!m_stop) {
        if (descriptor < 0) // It comes a moment after the build has begun.
            descriptor = ::open(stream.c_str(), O_RDONLY | O_CLOEXEC);
        if (descriptor >= 0 && takeIn(descriptor))
            Q_EMIT news();
        std::unique_lock lock(m_mutex);
        m_wake.wait_for(lock, std::chrono::milliseconds(pauseMilliseconds), [this] { return m_stop.load(); });
    }
    if (descriptor >= 0)
        ::close(descriptor);
}

/// All that is there now; whether there was any.
bool FollowedBuild::takeIn(int descriptor)
{
    std::array<char, std::size_t(64) << 10U> piece;
    bool any = false;
    while (!m_stop) {
        const ssize_t got = ::read(descriptor, piece.data(), piece.size());
        if (got <= 0 || !m_recording->write({piece.data(), static_cast<std::size_t>(got)}))
            break;
        any = true;
    }
    return any;
}

} // namespace runner::ui
