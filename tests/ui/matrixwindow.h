// A window that shows the place "Matrix" of a pack centre in a temporary folder, and hands for it.
#pragma once

#include "centre.h"
#include "documents/documentset.h"
#include "documents/matrixdocument.h"
#include "editor/codeeditor.h"
#include "matrix/matrixplace.h"
#include "window/mainwindow.h"

#include <QAction>
#include <QSignalSpy>

#include <memory>

class MatrixWindow
{
public:
    explicit MatrixWindow(const QByteArray &matrix = centre::matrixText())
    {
        qputenv("XDG_STATE_HOME", folder.filePath(QStringLiteral("state")).toLocal8Bit()); // Recovery files stay in it.
        QVERIFY(QDir(folder.path()).mkpath(QStringLiteral("centre")));
        QVERIFY(centre::lay(root()));
        centre::write(file(), matrix);
    }

    ~MatrixWindow()
    {
        if (window)
            window->documents()->discard();
    }

    /// False where the pack centre could not be read.
    bool open()
    {
        settings = std::make_unique<runner::ui::Settings>(folder.filePath(QStringLiteral("settings.ini")));
        window = std::make_unique<runner::ui::MainWindow>(*settings);
        window->resize(1280, 800);
        window->show();
        if (!QTest::qWaitForWindowExposed(window.get()))
            return false;
        QSignalSpy loaded(window->loader(), &runner::ui::WorkspaceLoader::loaded);
        QSignalSpy failed(window->loader(), &runner::ui::WorkspaceLoader::loadFailed);
        window->openFolder(root());
        window->showPlace(QStringLiteral("matrix"));
        const bool ended = QTest::qWaitFor([&] { return loaded.count() + failed.count() > 0; }, 20000);
        return ended && loaded.count() > 0
               && QTest::qWaitFor([&] { return window->matrix()->document() != nullptr; }, 20000);
    }

    template <typename T>
    T *find(const QByteArray &name) const
    {
        T *found = window->findChild<T *>(QString::fromLatin1(name));
        if (!found)
            qFatal("no object is named %s", name.constData());
        return found;
    }

    QString root() const { return folder.filePath(QStringLiteral("centre")); }
    QString file() const { return root() + QStringLiteral("/matrix.yml"); }
    runner::ui::MatrixPlace *place() const
    {
        return static_cast<runner::ui::MatrixPlace *>(find<QWidget>("matrixPlace"));
    }
    const runner::matrix::Matrix &matrix() const { return window->matrix()->matrix(); }
    QByteArray text() const { return QByteArray::fromStdString(window->matrix()->document()->text()); }
    void undo() const { find<QAction>("undo")->trigger(); }
    void redo() const { find<QAction>("redo")->trigger(); }

    int lineOf(const char *part) const
    {
        const QByteArray all = text();
        return static_cast<int>(all.left(all.indexOf(part)).count('\n')) + 1;
    }

    QTemporaryDir folder;
    std::unique_ptr<runner::ui::Settings> settings;
    std::unique_ptr<runner::ui::MainWindow> window;
};
