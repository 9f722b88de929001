// The command line of runner-console.
#pragma once

#include "diagnostics/problem.h"
#include "theme/theme.h"

#include <QSize>
#include <QString>

namespace runner::console {

struct Options
{
    QString folder; ///< Empty: the last one, or the current folder's.
    QString screenshot;
    QString place; ///< Empty: the one of last time.
    QSize size;    ///< Empty: as last time.
    ui::ThemeChoice theme = ui::ThemeChoice::System;
    bool quitAfterFirstFrame = false;
    bool help = false;
    bool version = false;
};

/// Reads the arguments before there is an application. The error names the argument.
Result<Options> parseOptions(int argc, char **argv);
const char *usage();

} // namespace runner::console
