// Times the place "Builds": bench_builds open FOLDER, with the log that bench_log has recorded there, as a finished
// build in the window; bench_builds plan DIR, ticking all images of a pack centre. Prints lines for scripts/bench.
#include "builds/buildcentre.h"
#include "builds/buildpage.h"
#include "builds/planmodel.h"
#include "builds/planpage.h"
#include "find/findbar.h"
#include "log/loghits.h"
#include "log/logpane.h"
#include "log/logview.h"

#include <QApplication>
#include <QCheckBox>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>

using namespace runner;

namespace {

double milliseconds(const QElapsedTimer &timer)
{
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

struct Waited
{
    double all = 0;     ///< Milliseconds until it was so.
    double longest = 0; ///< The longest turn of the event loop on the way.
};

/// Does something and turns the event loop until it shows.
Waited waitFor(const std::function<void()> &act, const std::function<bool()> &shown)
{
    Waited waited;
    QElapsedTimer all, turn;
    all.start();
    turn.start();
    act();
    waited.longest = milliseconds(turn);
    constexpr double mostWaited = 60'000;
    while (!shown()) {
        if (milliseconds(all) > mostWaited) {
            std::fprintf(stderr, "waited a minute for what did not show\n");
            std::exit(1);
        }
        turn.start();
        QApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents, 5);
        waited.longest = std::max(waited.longest, milliseconds(turn));
    }
    waited.all = milliseconds(all);
    return waited;
}

void report(const char *what, const Waited &waited)
{
    std::printf("%-44s %9.2f ms %18.2f ms\n", what, waited.all, waited.longest);
}

build::BuildRecord finishedBuild(const char *folder)
{
    build::BuildRecord record;
    record.id = 1;
    record.request.platformTag = "cuda12.9-vllm0.17.1-linux-amd64";
    record.request.dockerfile = "pack/cuda/Dockerfile";
    record.outcome = build::Outcome::Succeeded;
    record.started = 1;
    record.ended = 2;
    record.folder = folder;
    return record;
}

void benchFind(ui::LogPane *log, const char *what, const char *text, bool regular)
{
    log->view()->goTo(0);
    log->openFind();
    auto *field = log->findChild<QLineEdit *>(QStringLiteral("logFindText"));
    field->clear();
    log->findChild<QCheckBox *>(QStringLiteral("logFindRegular"))->setChecked(regular);
    report(what, waitFor([&] { field->setText(QString::fromLatin1(text)); },
                         [&] { return log->hits()->state().current.has_value(); }));
}

/// The log's end is there when the last row is painted; its steps follow.
int benchOpening(const char *folder)
{
    QTemporaryDir state;
    ui::BuildCentre centre(state.path().toStdString());
    ui::BuildPage page(&centre);
    page.resize(1200, 760);
    page.setVisible(true);
    QApplication::processEvents();
    const ui::LogView *view = page.log()->view();
    bool steps = false;
    QObject::connect(&page, &ui::BuildPage::loaded, &page, [&steps] { steps = true; });
    const auto show = [&] { page.show(finishedBuild(folder)); };
    const Waited end = waitFor(show, [&] { return view->rows() > 0; });
    page.log()->view()->viewport()->repaint();
    report("a finished log's end in the window", end);
    std::printf("%-44s %9.0f lines\n", "  it has", static_cast<double>(view->rows()));
    report("  its steps, meanwhile", waitFor([] {}, [&] { return steps; }));
    benchFind(page.log(), "find a text: the first hit is shown after", "attention.o", false);
    benchFind(page.log(), "find a regular expression: the same", "att[a-z]+\\.o -I/u.r", true);
    return view->rows() > 0 ? 0 : 1;
}

int benchPlan(const char *folder)
{
    const auto loaded = ui::loadWorkspace(folder);
    if (!loaded)
        return 1;
    QTemporaryDir state;
    ui::BuildCentre centre(state.path().toStdString());
    ui::PlanPage page(&centre);
    page.resize(1200, 760);
    page.show();
    page.setWorkspace(*loaded);
    QApplication::processEvents();
    auto *commands = page.findChild<QPlainTextEdit *>(QStringLiteral("planCommands"));
    const auto click = [&page](const char *name) {
        QTest::mouseClick(page.findChild<QPushButton *>(QLatin1String(name)), Qt::LeftButton);
    };
    QStringList tags; // runtime images would have to be pushed before the services that begin with them
    for (const expand::Job &job : (*loaded)->plan().jobs)
        tags << QString::fromStdString(job.tag);
    const Waited ticked = waitFor([&] { page.choose(tags); }, [&] { return !commands->toPlainText().isEmpty(); });
    report("ticking all images, until the commands stand", ticked);
    std::printf("%-44s %9zu images\n", "  there are", page.model()->ticked().size());
    report("unticking them",
           waitFor([&] { click("planTickNone"); }, [&] { return commands->toPlainText().isEmpty(); }));
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    std::printf("%-44s %12s %21s\n", "in the place Builds", "took", "longest turn");
    if (argc == 3 && std::strcmp(argv[1], "open") == 0)
        return benchOpening(argv[2]);
    return argc == 3 && std::strcmp(argv[1], "plan") == 0 ? benchPlan(argv[2]) : 2;
}
