// Saves a log as text, on a thread of its own.
#pragma once

#include "log/logsource.h"

#include "diagnostics/problem.h"

#include <QObject>
#include <QString>

#include <atomic>
#include <thread>

namespace runner::ui {

/// Writes what the source has when it begins, a line a row, without escape sequences. What was at the file before stays
/// until all is written.
class LogSaver final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    ~LogSaver() override; ///< Stops a saving under way; the file stays as it was.

    bool isBusy() const { return m_busy; }
    /// Does nothing while it is busy.
    void save(const LogSource &source, const QString &file, bool times);
    void cancel() { m_cancelled = true; }

Q_SIGNALS:
    void progress(double share); ///< At most every hundredth.
    void saved(const QString &file, qulonglong lines);
    void failed(const QString &reason); ///< Also where it was cancelled.

private:
    Result<std::uint64_t> write(const LogSource &source, const QString &file, bool times);

    std::thread m_thread;
    std::atomic<bool> m_cancelled{false};
    bool m_busy = false;
};

} // namespace runner::ui
