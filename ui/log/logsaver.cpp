#include "log/logsaver.h"

#include "build/ansi.h"
#include "build/steps.h"
#include "log/shownline.h"

#include <QSaveFile>

namespace runner::ui {

namespace {

constexpr std::uint64_t linesAtATime = 1000;

} // namespace

LogSaver::~LogSaver()
{
    cancel();
    if (m_thread.joinable())
        m_thread.join();
}

void LogSaver::save(const LogSource &source, const QString &file, bool times)
{
    if (m_busy)
        return;
    if (m_thread.joinable())
        m_thread.join();
    m_busy = true;
    m_cancelled = false;
    m_thread = std::thread([this, source, file, times] {
        const auto written = write(source, file, times);
        QMetaObject::invokeMethod(
            this,
            [this, file, written] {
                m_busy = false;
                if (written)
                    Q_EMIT saved(file, *written);
                else
                    Q_EMIT failed(QString::fromStdString(written.error().message));
            },
            Qt::QueuedConnection);
    });
}

Result<std::uint64_t> LogSaver::write(const LogSource &source, const QString &file, bool times)
{
    QSaveFile out(file);
    const auto unwritable = [&] {
        return failure("file-unwritable", {file.toStdString()},
                       "The log cannot be saved: " + out.errorString().toStdString());
    };
    if (!out.open(QIODevice::WriteOnly))
        return unwritable();
    const std::uint64_t rows = source.rows();
    int told = 0;
    for (std::uint64_t row = 0; row < rows; row += linesAtATime) {
        if (m_cancelled)
            return failure("cancelled", {}, "Saving the log was cancelled");
        std::string text;
        for (const build::LogLine &line : source.read(row, std::min(linesAtATime, rows - row))) {
            if (times)
                text += shownTime(line.milliseconds).toStdString() + "  ";
            if (!source.step() && line.step != build::Steps::noStep) // Of several steps: as they are shown.
                text += '#' + std::to_string(line.step) + ' ';
            text += build::plainLine(line.bytes) + '\n';
        }
        if (out.write(text.data(), static_cast<qint64>(text.size())) != static_cast<qint64>(text.size()))
            return unwritable();
        const int share = static_cast<int>(100 * row / rows);
        if (share != std::exchange(told, share))
            Q_EMIT progress(share / 100.0);
    }
    if (!out.commit())
        return unwritable();
    return rows;
}

} // namespace runner::ui
