// runner-console: the window. Starts reading the pack centre and the list of fonts before the application object is
// made, so that the table is there for the first frame.
#include "options.h"
#include "screenshot.h"
#include "shutdown.h"

#include "theme/leanstyle.h"
#include "window/mainwindow.h"

#include <QApplication>
#include <QDir>
#include <QFileInfo>

#include <fontconfig/fontconfig.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <future>
#include <memory>

using namespace runner;

namespace {

void name()
{
    QCoreApplication::setOrganizationName(QStringLiteral("runner-console"));
    QCoreApplication::setApplicationName(QStringLiteral("runner-console"));
    QCoreApplication::setApplicationVersion(QStringLiteral(RUNNER_VERSION));
    QGuiApplication::setDesktopFileName(QStringLiteral("runner-console"));
}

/// The folder to open: asked for, the last one, or the current folder's pack centre; empty where there is none.
QString folderToOpen(const console::Options &options, const ui::Settings &settings)
{
    if (!options.folder.isEmpty())
        return QDir(options.folder).absolutePath();
    const QString last = settings.lastWorkspace();
    if (!last.isEmpty() && QDir(last).exists())
        return last;
    const QString current = QDir::currentPath();
    return workspace::findRoot(current.toStdString()) ? current : QString();
}

/// False, with a message, where no window can be shown.
bool choosePlatform(const console::Options &options)
{
    if (qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        return true;
    if (!options.screenshot.isEmpty()) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
        return true;
    }
    if (!qEnvironmentVariableIsEmpty("DISPLAY") || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY"))
        return true;
    std::fputs("runner-console: there is no display to open a window on. Use `runnerctl table` for the table in the "
               "terminal, or --screenshot PNG for a picture of the window.\n",
               stderr);
    return false;
}

/// A menu bar asks the session bus for a global menu, and without a bus a new one would be started for that.
void avoidStartingABus()
{
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    const bool hasBus = qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS")
                        || (!runtime.isEmpty() && QFileInfo::exists(runtime + QStringLiteral("/bus")));
    if (!hasBus)
        QCoreApplication::setAttribute(Qt::AA_DontUseNativeMenuBar);
}

void applyTheme(ui::ThemeChoice choice)
{
    if (choice == ui::ThemeChoice::System) {
        QApplication::setStyle(new ui::LeanStyle); // Around the desktop's own.
        return;
    }
    QApplication::setStyle(new ui::LeanStyle(QStringLiteral("Fusion")));
    QApplication::setPalette(choice == ui::ThemeChoice::Dark ? ui::darkPalette() : ui::lightPalette());
}

int run(int argc, char **argv, const console::Options &options)
{
    ui::Settings settings;
    const QString folder = folderToOpen(options, settings);
    std::shared_future<ui::LoadResult> load;
    if (!folder.isEmpty())
        load = std::async(std::launch::async, ui::readWorkspace, std::filesystem::path(folder.toStdString())).share();
    const auto fonts = std::async(std::launch::async, FcInit); // What Qt asks for with the first text.
    avoidStartingABus();
    QApplication application(argc, argv);
    applyTheme(options.theme);
    ui::MainWindow window(settings);
    console::Shutdown shutdown;
    QObject::connect(&shutdown, &console::Shutdown::requested, &window, &QWidget::close);
    if (options.screenshot.isEmpty())
        window.restoreLayout();
    if (!options.place.isEmpty())
        window.showPlace(options.place);
    if (options.size.isValid())
        window.resize(options.size);
    if (!options.screenshot.isEmpty())
        new console::Screenshot(window, options.screenshot);
    if (options.quitAfterFirstFrame)
        QObject::connect(
            &window, &ui::MainWindow::tablePainted, &application,
            [] { std::_Exit(0); }, // What is measured ends with the frame; taking down is no part of it.
            Qt::QueuedConnection);
    window.show();
    if (load.valid()) // The window has its size now, so that the table is laid out once.
        window.adopt(folder, load);
    return QApplication::exec();
}

} // namespace

int main(int argc, char **argv)
{
    const auto options = console::parseOptions(argc, argv);
    if (!options) {
        std::fprintf(stderr, "runner-console: %s. %s.\n", options.error().message.c_str(),
                     options.error().advice.c_str());
        return 2;
    }
    if (options->help || options->version) {
        std::fputs(options->help ? console::usage() : "runner-console " RUNNER_VERSION "\n", stdout);
        return 0;
    }
    if (!choosePlatform(*options))
        return 1;
    std::signal(SIGXFSZ, SIG_IGN); // A file that may not grow is an answer of write(), not the end of us.
    name();
    return run(argc, argv, *options);
}
