// Times edits of the matrix in the window: bench_edit DIR, a pack centre that it may write to. Prints lines for
// scripts/bench: how long the event loop is held, and how long until tree, problems and effect are those of the new
// text.
#include "documents/documentset.h"
#include "documents/matrixdocument.h"
#include "editor/codeeditor.h"
#include "matrix/argumentsmodel.h"
#include "matrix/effectpane.h"
#include "matrix/matrixplace.h"
#include "matrix/ruleform.h"
#include "window/mainwindow.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <vector>

using namespace runner;
using namespace runner::ui;

namespace {

constexpr int rounds = 30;

double milliseconds(const QElapsedTimer &timer)
{
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

void report(const char *what, std::vector<double> times)
{
    std::sort(times.begin(), times.end());
    std::printf("%-44s %9.2f ms %18.2f ms\n", what, times[times.size() / 2], times.back());
}

/// True once the window shows what the text says: the load of it, and then its effect.
bool waitForEffect(MainWindow &window, MatrixPlace &place)
{
    QSignalSpy refreshed(place.effect(), &EffectPane::refreshed);
    const auto current = [&] {
        const LoadedPointer &loaded = window.loader()->current();
        return loaded && loaded->workspace->document.text() == window.matrix()->document()->text();
    };
    while (!current()) {
        QSignalSpy loaded(window.loader(), &WorkspaceLoader::loaded);
        if (!current() && !loaded.wait(20000))
            return false;
    }
    return refreshed.count() > 0 || refreshed.wait(20000);
}

void measure(MainWindow &window, MatrixPlace &place, const char *held, const char *until,
             const std::function<void(int)> &edit)
{
    std::vector<double> heldTimes, untilTimes;
    for (int round = 0; round < rounds; ++round) {
        QElapsedTimer timer;
        timer.start();
        edit(round);
        heldTimes.push_back(milliseconds(timer));
        if (!waitForEffect(window, place))
            std::exit(1);
        untilTimes.push_back(milliseconds(timer));
    }
    report(held, heldTimes);
    report(until, untilTimes);
}

} // namespace

int main(int argc, char **argv)
{
    QTemporaryDir state;
    qputenv("XDG_STATE_HOME", state.path().toLocal8Bit());
    QApplication application(argc, argv);
    Settings settings(state.filePath(QStringLiteral("settings.ini")));
    MainWindow window(settings);
    window.show();
    window.openFolder(QString::fromLocal8Bit(argc > 1 ? argv[1] : "."));
    window.showPlace(QStringLiteral("matrix"));
    if (!QTest::qWaitFor([&window] { return window.matrix()->document() != nullptr; }, 60000))
        return 1;
    auto &place = static_cast<MatrixPlace &>(*window.currentPlace());
    QTest::qWait(500); // The first effect is that of nothing.
    place.selectRules({{0, false}});
    CodeEditor &editor = *place.editor();
    editor.goTo(editor.highlightedRange().last);
    editor.moveCursor(QTextCursor::EndOfLine);
    editor.moveCursor(QTextCursor::Left);
    measure(window, place, "edit: a key, event loop held", "edit: a key to tree, problems and effect",
            [&](int round) { QTest::keyClick(&editor, static_cast<char>('0' + round % 10)); });
    ArgumentsModel &arguments = *place.form()->arguments();
    measure(window, place, "edit: the form, event loop held", "edit: the form to tree, problems and effect",
            [&](int round) {
                arguments.setData(arguments.index(0, ArgumentsModel::ValueColumn), QStringLiteral("9.%1").arg(round),
                                  Qt::EditRole);
                QCoreApplication::sendPostedEvents();
            });
    measure(window, place, "edit: undo, event loop held", "edit: undo to tree, problems and effect",
            [&](int) { window.matrix()->document()->undoStack()->undo(); });
    window.documents()->discard();
    return 0;
}
