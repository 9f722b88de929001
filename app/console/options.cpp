#include "options.h"

#include "window/places.h"

#include <QFile>
#include <QStringList>

namespace runner::console {

namespace {

tl::unexpected<Problem> wrong(const QString &message)
{
    return failure("usage", {}, message.toStdString(), "Use --help to see the options");
}

bool readSize(const QString &text, QSize &size)
{
    const QStringList parts = text.split(QLatin1Char('x'));
    bool okWidth = false, okHeight = false;
    if (parts.size() == 2)
        size = QSize(parts[0].toInt(&okWidth), parts[1].toInt(&okHeight));
    return okWidth && okHeight && size.width() >= 320 && size.height() >= 240 && size.width() <= 16384
           && size.height() <= 16384;
}

bool readTheme(const QString &text, ui::ThemeChoice &theme)
{
    if (text == QLatin1String("light"))
        theme = ui::ThemeChoice::Light;
    else if (text == QLatin1String("dark"))
        theme = ui::ThemeChoice::Dark;
    else if (text != QLatin1String("system"))
        return false;
    return true;
}

QString placeNames()
{
    QStringList names;
    for (const ui::PlaceKind &kind : ui::placeKinds())
        names << QLatin1String(kind.id);
    return names.join(QStringLiteral(", "));
}

QString takeValue(const QString &argument, const QStringList &all, qsizetype &at)
{
    const qsizetype equals = argument.indexOf(QLatin1Char('='));
    if (equals >= 0)
        return argument.mid(equals + 1);
    return all.value(++at);
}

/// Empty when the option was understood, else what is wrong.
QString readOption(Options &options, const QStringList &all, qsizetype &at)
{
    const QString &argument = all[at];
    const QString name = argument.section(QLatin1Char('='), 0, 0);
    if (name == QLatin1String("--screenshot")) {
        options.screenshot = takeValue(argument, all, at);
        return options.screenshot.isEmpty() ? QStringLiteral("--screenshot needs a file name") : QString();
    }
    if (name == QLatin1String("--size"))
        return readSize(takeValue(argument, all, at), options.size)
                   ? QString()
                   : QStringLiteral("--size needs a width and a height from 320x240, such as 1280x800");
    if (name == QLatin1String("--theme"))
        return readTheme(takeValue(argument, all, at), options.theme)
                   ? QString()
                   : QStringLiteral("--theme is light, dark or system");
    if (name == QLatin1String("--place")) {
        options.place = takeValue(argument, all, at);
        return ui::findPlaceKind(options.place) >= 0 ? QString() : QStringLiteral("--place is %1").arg(placeNames());
    }
    if (name == QLatin1String("--quit-after-first-frame"))
        options.quitAfterFirstFrame = true;
    else if (name == QLatin1String("--help") || name == QLatin1String("-h"))
        options.help = true;
    else if (name == QLatin1String("--version"))
        options.version = true;
    else
        return QStringLiteral("unknown option %1").arg(argument);
    return {};
}

} // namespace

Result<Options> parseOptions(int argc, char **argv)
{
    QStringList all;
    for (int i = 1; i < argc; ++i)
        all << QFile::decodeName(argv[i]);
    Options options;
    bool onlyFolders = false;
    for (qsizetype at = 0; at < all.size(); ++at) {
        if (!onlyFolders && all[at] == QLatin1String("--")) {
            onlyFolders = true;
        } else if (!onlyFolders && all[at].startsWith(QLatin1Char('-'))) {
            const QString error = readOption(options, all, at);
            if (!error.isEmpty())
                return wrong(error);
        } else if (options.folder.isEmpty()) {
            options.folder = all[at];
        } else {
            return wrong(QStringLiteral("only one folder can be opened, and %1 is a second one").arg(all[at]));
        }
    }
    return options;
}

const char *usage()
{
    return "usage: runner-console [DIR] [options]\n"
           "\n"
           "Opens the pack centre that DIR lies in; without DIR the last one, else that of the current folder.\n"
           "\n"
           "  --theme light|dark|system  colours; the desktop's unless told otherwise\n"
           "  --place NAME               the place to show first: support, or another one of the sidebar\n"
           "  --size WxH                 size of the window\n"
           "  --screenshot PNG           draw the window into a file and exit; needs no display\n"
           "  --quit-after-first-frame   exit when the table is on the screen\n"
           "  --version, --help\n";
}

} // namespace runner::console
