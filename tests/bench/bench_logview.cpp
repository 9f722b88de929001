// Times the log view while a log grows by 100,000 lines a second, and the opening of a long one:
// bench_logview [SECONDS]. Prints lines for scripts/bench.
#include "build/recording.h"
#include "log/logpane.h"
#include "log/logview.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>
#include <vector>

using namespace runner;

namespace {

constexpr int linesASecond = 100'000;
constexpr int piecesASecond = 100;

double milliseconds(const QElapsedTimer &timer)
{
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

/// A hundredth of a second's lines: one event each, as BuildKit sends them in bursts.
std::string piece()
{
    const std::string line = QByteArray("#12 45.6 [vllm 3/9] \x1b[32mg++\x1b[0m -O2 -fPIC -c src/kernels/attention.cpp "
                                        "-o build/kernels/attention.o\n")
                                 .toBase64()
                                 .toStdString();
    std::string text;
    for (int i = 0; i < linesASecond / piecesASecond; ++i)
        text += R"({"logs":[{"vertex":"sha256:)" + std::to_string(i % 8) + R"(","stream":1,"data":")" + line
                + R"(","timestamp":"2026-11-23T08:38:12.462924448Z"}]})" + "\n";
    return text;
}

void writeFor(build::Recording &recording, int seconds, std::atomic<bool> &done)
{
    const std::string text = piece();
    auto due = std::chrono::steady_clock::now();
    for (int i = 0; i < seconds * piecesASecond; ++i) {
        recording.write(text);
        due += std::chrono::milliseconds(1000 / piecesASecond);
        std::this_thread::sleep_until(due);
    }
    done = true;
}

double share(std::vector<double> &times, double part)
{
    std::sort(times.begin(), times.end());
    return times.empty()
               ? 0
               : times[std::min(times.size() - 1, static_cast<std::size_t>(part * static_cast<double>(times.size())))];
}

/// Counts paint events of the viewport.
class Frames : public QObject
{
public:
    int count = 0;

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        count += event->type() == QEvent::Paint;
        return false;
    }
};

/// Keys come every 20 ms; each is answered when what it changed is on the screen.
int bench(int seconds)
{
    QTemporaryDir folder;
    auto recording = build::Recording::create(folder.path().toStdString(), "Dockerfile");
    if (!recording)
        return 1;
    ui::LogPane pane;
    pane.resize(1200, 760);
    pane.show();
    pane.setSource({(*recording)->log(), {}, true}, QStringLiteral("All steps"));
    Frames frames;
    pane.view()->viewport()->installEventFilter(&frames);
    std::atomic<bool> done{false};
    std::thread writer([&] { writeFor(**recording, seconds, done); });
    std::vector<double> turns, keys;
    QElapsedTimer all;
    all.start();
    for (qint64 nextKey = 500; !done;) {
        QElapsedTimer turn;
        turn.start();
        pane.contentChanged();
        if (all.elapsed() >= nextKey) {
            nextKey += 20;
            QTest::keyClick(pane.view(), nextKey % 40 == 0 ? Qt::Key_Up : Qt::Key_End,
                            nextKey % 40 == 0 ? Qt::NoModifier : Qt::ControlModifier);
            pane.view()->viewport()->repaint();
            keys.push_back(milliseconds(turn));
        }
        QApplication::processEvents();
        turns.push_back(milliseconds(turn));
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    const double elapsed = milliseconds(all) / 1000;
    writer.join();
    std::printf("%-44s %9.2f ms %18.2f ms\n", "a key while 100,000 lines/s arrive", share(keys, 0.5),
                share(keys, 0.99));
    std::printf("%-44s %9.2f ms %18.2f ms\n", "a turn of the event loop meanwhile", share(turns, 0.5),
                share(turns, 0.99));
    std::printf("%-44s %9.0f /s %18.0f lines/s\n", "repaints meanwhile", frames.count / elapsed,
                static_cast<double>((*recording)->log()->lines()) / elapsed);
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    std::printf("%-44s %12s %21s\n", "in the log view", "median", "99th percentile");
    return bench(argc > 1 ? std::max(1, std::atoi(argv[1])) : 5);
}
