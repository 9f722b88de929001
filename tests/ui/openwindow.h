// The main window on a pack centre in a folder, as a user has it.
#pragma once

#include "window/mainwindow.h"

#include <QSignalSpy>
#include <QtTest>

namespace centre {

/// Shows the window and waits until the folder is read.
inline void openIn(runner::ui::MainWindow &window, const QString &folder)
{
    window.resize(1280, 800);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    QSignalSpy loaded(window.loader(), &runner::ui::WorkspaceLoader::loaded);
    window.openFolder(folder);
    QVERIFY(loaded.count() > 0 || loaded.wait());
}

} // namespace centre
