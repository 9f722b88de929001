#include "screenshot.h"

#include <QCoreApplication>
#include <QImage>
#include <QImageWriter>
#include <QPixmap>
#include <QThread>

#include <chrono>
#include <cstdio>
#include <utility>

namespace runner::console {

Screenshot::Screenshot(ui::MainWindow &window, QString file)
    : QObject(&window)
    , m_window(window)
    , m_file(std::move(file))
{
    connect(
        &window, &ui::MainWindow::placeReady, this,
        [this] {
            m_ready = true;
            takeWhenWhole();
        },
        Qt::QueuedConnection);
    connect(window.loader(), &ui::WorkspaceLoader::loaded, this, &Screenshot::takeWhenWhole, Qt::QueuedConnection);
    connect(
        window.loader(), &ui::WorkspaceLoader::loadFailed, this,
        [this] { fail(QString::fromStdString(diagnostics::describe(*m_window.loader()->error()))); },
        Qt::QueuedConnection);
    m_limit.setSingleShot(true);
    m_limit.start(std::chrono::seconds(60));
    connect(&m_limit, &QTimer::timeout, this, [this] { fail(tr("the table was not painted within a minute")); });
}

void Screenshot::takeWhenWhole()
{
    if (m_ready && m_window.loader()->current()->checked)
        take();
}

void Screenshot::take()
{
    // Layouts of what has just been filled in take some turns, each after the one before.
    constexpr int mostTurns = 40, quietTurns = 5;
    QImage picture;
    for (int turn = 0, quiet = 0; turn < mostTurns && quiet < quietTurns; ++turn) {
        QThread::msleep(10);
        QCoreApplication::processEvents(QEventLoop::ExcludeUserInputEvents);
        const QImage now = m_window.grab().toImage();
        quiet = std::exchange(picture, now) == now ? quiet + 1 : 0;
    }
    QImageWriter writer(m_file, "png");
    if (!writer.write(picture)) {
        fail(QStringLiteral("%1: %2").arg(m_file, writer.errorString()));
        return;
    }
    QCoreApplication::exit(0);
}

void Screenshot::fail(const QString &reason)
{
    std::fprintf(stderr, "runner-console: no picture was made: %s\n", qPrintable(reason));
    QCoreApplication::exit(1);
}

} // namespace runner::console
