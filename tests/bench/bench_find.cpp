// Times find-as-you-type and scrolling in the support table: bench_find DIR. Prints lines for scripts/bench.
#include "support/supportmodel.h"
#include "support/supportpage.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QScrollBar>
#include <QTreeView>
#include <QtTest>

#include <algorithm>
#include <cstdio>
#include <vector>

using namespace runner;

namespace {

double milliseconds(const QElapsedTimer &timer)
{
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

void report(const char *what, std::vector<double> times)
{
    std::sort(times.begin(), times.end());
    std::printf("%-44s %9.2f ms %18.2f ms\n", what, times[times.size() / 2], times.back());
}

// What one key costs: the edit, the filtered table, and its repaint.
std::vector<double> typeWords(ui::SupportPage &page, QLineEdit &find)
{
    std::vector<double> times;
    for (const char *word : {"vllm0.17", "cuda 12.9", "a3 sglang", "zzz"}) {
        find.clear();
        for (const char *key = word; *key; ++key) {
            QElapsedTimer timer;
            timer.start();
            QTest::keyClick(&find, *key);
            page.repaint();
            times.push_back(milliseconds(timer));
        }
    }
    find.clear();
    return times;
}

std::vector<double> scroll(QTreeView &view)
{
    std::vector<double> times;
    QScrollBar &bar = *view.verticalScrollBar();
    for (int step = 0; step <= 200; ++step) {
        QElapsedTimer timer;
        timer.start();
        bar.setValue(static_cast<int>(static_cast<qint64>(bar.maximum()) * step / 200));
        view.viewport()->repaint();
        times.push_back(milliseconds(timer));
    }
    return times;
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const auto loaded = ui::loadWorkspace(argc > 1 ? argv[1] : ".");
    if (!loaded) {
        std::fprintf(stderr, "%s\n", diagnostics::describe(loaded.error()).c_str());
        return 1;
    }
    ui::SupportPage page;
    page.resize(1280, 800);
    page.show();
    page.setWorkspace(*loaded);
    QApplication::processEvents();
    auto *find = page.findChild<QLineEdit *>();
    auto *view = page.findChild<QTreeView *>();
    if (!find || !view)
        return 1;
    std::printf("%-44s %12s %21s\n",
                qPrintable(QStringLiteral("in the window, %1 records").arg((*loaded)->workspace->records.size())),
                "median", "worst");
    report("a key in find, until repainted", typeWords(page, *find));
    report("a scroll step, until repainted", scroll(*view));
    return 0;
}
