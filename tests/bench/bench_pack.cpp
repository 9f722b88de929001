// Times the place "Pack": bench_pack DIR. A Dockerfile of 2,000 lines until its first line is on the screen, beside a
// bare QPlainTextEdit with the same text, and keys in the line of arguments. Prints lines for scripts/bench.
#include "editor/blockhighlighter.h"
#include "editor/codeeditor.h"
#include "pack/packplace.h"
#include "pack/previewpane.h"

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <cstdio>
#include <vector>

using namespace runner;

namespace {

constexpr int lines = 2000;

double milliseconds(const QElapsedTimer &timer)
{
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

void report(const char *what, std::vector<double> times)
{
    std::sort(times.begin(), times.end());
    std::printf("%-44s %9.2f ms %18.2f ms\n", what, times[times.size() / 2], times.back());
}

/// A file of the longest real Dockerfile, again and again.
QByteArray longText(const workspace::Workspace &workspace)
{
    const auto longest =
        std::max_element(workspace.dockerfiles.begin(), workspace.dockerfiles.end(),
                         [](const auto &a, const auto &b) { return a.file.text.size() < b.file.text.size(); });
    const QList<QByteArray> source = QByteArray::fromStdString(longest->file.text).split('\n');
    QByteArray text;
    for (int i = 0; i < lines; ++i)
        text += source[i % source.size()] + '\n';
    return text;
}

bool write(const QString &file, const QByteArray &text)
{
    QFile out(file);
    return QDir().mkpath(QFileInfo(file).path()) && out.open(QIODevice::WriteOnly) && out.write(text) == text.size();
}

/// The pack centre's matrix with one Dockerfile of 2,000 lines.
ui::LoadedPointer longCentre(const QString &folder, const workspace::Workspace &workspace)
{
    if (!write(folder + QStringLiteral("/matrix.yml"), QByteArray::fromStdString(workspace.document.text()))
        || !write(folder + QStringLiteral("/pack/common/first.sh"), "#!/bin/bash\n")
        || !write(folder + QStringLiteral("/pack/cuda/Dockerfile"), longText(workspace)))
        return nullptr;
    const auto loaded = ui::loadWorkspace(folder.toStdString());
    return loaded ? *loaded : nullptr;
}

double openUntilPainted(ui::PackPlace &place)
{
    bool painted = false;
    const auto connection =
        QObject::connect(place.editor(), &ui::CodeEditor::firstLinePainted, &place, [&painted] { painted = true; });
    QElapsedTimer timer;
    timer.start();
    place.openFile(QStringLiteral("pack/cuda/Dockerfile"));
    while (!painted)
        QApplication::processEvents();
    const double result = milliseconds(timer);
    QObject::disconnect(connection);
    return result;
}

void benchOpening(ui::PackPlace &place)
{
    report("2,000 lines, first opening, first line painted", {openUntilPainted(place)});
    QElapsedTimer rest;
    rest.start();
    while (!place.editor()->highlighter()->isFinished())
        QApplication::processEvents();
    report("the rest of its colours, between events", {milliseconds(rest)});
    std::vector<double> times;
    for (int i = 0; i < 9; ++i) {
        place.openFile(QStringLiteral("pack/common/first.sh"));
        QApplication::processEvents();
        times.push_back(openUntilPainted(place));
    }
    report("2,000 lines, opened again", times);
}

void benchPeer(const QByteArray &text)
{
    std::vector<double> times;
    for (int i = 0; i < 9; ++i) {
        QPlainTextEdit edit;
        edit.resize(800, 600);
        edit.show();
        QApplication::processEvents();
        QElapsedTimer timer;
        timer.start();
        edit.setPlainText(QString::fromUtf8(text));
        edit.viewport()->repaint();
        times.push_back(milliseconds(timer));
    }
    report("  bare QPlainTextEdit with the same text", times);
}

void benchKeys(ui::PackPlace &place)
{
    auto *typed = place.findChild<QLineEdit *>(QStringLiteral("previewOverrides"));
    std::vector<double> times;
    for (const char *key = "VLLM_VERSION=0.99.0 CUDA_VERSION=13.0.1"; *key; ++key) {
        QElapsedTimer timer;
        timer.start();
        QTest::keyClick(typed, *key);
        place.repaint();
        times.push_back(milliseconds(timer));
    }
    report("a key in the arguments, until repainted", times);
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const auto loaded = ui::loadWorkspace(argc > 1 ? argv[1] : ".");
    QTemporaryDir folder;
    ui::Settings settings(folder.filePath(QStringLiteral("settings.ini")));
    const ui::LoadedPointer centre = loaded ? longCentre(folder.path(), *(*loaded)->workspace) : nullptr;
    if (!centre) {
        std::fprintf(stderr, "the pack centre could not be read or copied\n");
        return 1;
    }
    ui::PackPlace place(settings);
    place.resize(1200, 760);
    place.show();
    place.setWorkspace(centre);
    place.openFile(QStringLiteral("pack/common/first.sh"));
    QApplication::processEvents();
    std::printf("%-44s %12s %21s\n", "in the place Pack", "median", "worst");
    benchOpening(place);
    benchPeer(longText(*(*loaded)->workspace));
    place.setWorkspace(*loaded);
    place.openFile(QStringLiteral("pack/cuda/Dockerfile"));
    QApplication::processEvents();
    benchKeys(place);
    return 0;
}
