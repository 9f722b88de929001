// A build that another console runs, read from its stream while that grows.
#pragma once

#include "build/buildrecord.h"
#include "build/recording.h"

#include <QObject>
#include <QTemporaryDir>

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

namespace runner::ui {

/// Its lines and steps are made anew in a folder of its own, which goes with it; what the other console has written is
/// only read.
class FollowedBuild final : public QObject
{
    Q_OBJECT

public:
    /// The reading thread looks for more bytes no more often than this.
    static constexpr int pauseMilliseconds = 200;

    explicit FollowedBuild(const build::BuildRecord &record, QObject *parent = nullptr);
    /// Waits until the piece that is being read is taken in.
    ~FollowedBuild() override;

    /// Null where no folder can be written for it.
    const std::shared_ptr<const build::Recording> &recording() const { return m_shown; }

Q_SIGNALS:
    void news(); ///< Steps or log have changed; comes in the thread that made this.

private:
    void follow(const std::filesystem::path &stream);
    bool takeIn(int descriptor);

    QTemporaryDir m_folder;
    std::shared_ptr<build::Recording> m_recording;
    std::shared_ptr<const build::Recording> m_shown;
    std::atomic<bool> m_stop = false;
    std::mutex m_mutex; ///< For m_wake alone.
    std::condition_variable m_wake;
    std::thread m_thread;
};

} // namespace runner::ui
