// What keeps the window from saving: told so that one can do something about it, and the work stays in the window.
#include "matrix/edit/ruleedits.h"
#include "matrixwindow.h"
#include "obstacles.h"

#include <QMessageBox>
#include <QStatusBar>

using namespace runner;
using namespace runner::ui;

class TestSaving : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_window = std::make_unique<MatrixWindow>();
        QVERIFY(m_window->open());
        QVERIFY(m_window->window->matrix()->apply(matrix::edit::setArgument({0}, "CUDA_VERSION", "13.0.1")));
        m_edited = m_window->text();
        QVERIFY(m_edited != centre::matrixText());
    }

    void cleanup() { m_window.reset(); }

    void aReadOnlyFile()
    {
        QVERIFY(QFile::setPermissions(m_window->file(), QFile::ReadOwner | QFile::ReadGroup));
        save();
        refused(QStringLiteral("read-only"), QStringLiteral("chmod u+w"));
        QVERIFY(QFile::setPermissions(m_window->file(), QFile::ReadOwner | QFile::WriteOwner));
        goesOn();
    }

    void aReadOnlyFolder()
    {
        const auto all = QFile::ReadOwner | QFile::ExeOwner | QFile::ReadGroup | QFile::ExeGroup | QFile::ReadOther
                         | QFile::ExeOther;
        QVERIFY(QFile::setPermissions(m_window->folder.path(), all | QFile::WriteOwner));
        QVERIFY(QFile::setPermissions(m_window->root(), all));
        QVERIFY(obstacles::WithoutRoot::give(m_window->file().toStdString()));
        QTest::qWait(0);
        {
            const obstacles::WithoutRoot ordinary;
            if (!ordinary.isDone())
                QSKIP("this root cannot become anybody else, and a read-only folder keeps root from nothing");
            save();
        }
        refused(QStringLiteral("may not be written to"), QStringLiteral("permissions"));
        QVERIFY(QFile::setPermissions(m_window->root(), all | QFile::WriteOwner));
        goesOn();
    }

    void aFullDisk()
    {
        {
            const obstacles::FileSizeLimit limit(100);
            save();
        }
        refused(QStringLiteral("larger than this program may write"), QStringLiteral("ulimit"));
        QCOMPARE(QDir(m_window->root()).entryList({QStringLiteral("*.saving")}, QDir::Files | QDir::Hidden),
                 QStringList());
        goesOn();
    }

    void theFileIsDeleted()
    {
        QVERIFY(QFile::remove(m_window->file()));
        QTRY_VERIFY_WITH_TIMEOUT(m_window->window->matrix()->document()->problem(), 20000);
        QVERIFY(m_window->window->statusBar()->currentMessage().contains(QStringLiteral("not on disk any more")));
        QCOMPARE(m_window->text(), m_edited);
        goesOn();
    }

    /// Nothing was edited, and the file is gone: the window holds the only copy.
    void theFileIsDeletedWhileNothingIsUnsaved()
    {
        m_window->undo();
        QVERIFY(!m_window->window->isWindowModified());
        m_edited = centre::matrixText();
        QVERIFY(QFile::remove(m_window->file()));
        QTRY_VERIFY_WITH_TIMEOUT(m_window->window->isWindowModified(), 20000);
        QVERIFY(m_window->find<QAction>("save")->isEnabled());
        goesOn();
    }

    void theFolderIsRenamed()
    {
        const QString elsewhere = m_window->root() + QStringLiteral("-elsewhere");
        QVERIFY(QDir().rename(m_window->root(), elsewhere));
        save();
        refused(m_window->root(), QStringLiteral("Bring the folder back"), elsewhere + QStringLiteral("/matrix.yml"));
        QVERIFY(QDir().rename(elsewhere, m_window->root()));
        goesOn();
    }

    /// A folder in the place of the file.
    void theFileIsSomethingElse()
    {
        QVERIFY(QFile::rename(m_window->file(), m_window->file() + QStringLiteral(".old")));
        QVERIFY(QDir().mkdir(m_window->file()));
        save();
        refused(QStringLiteral("folder"), QStringLiteral("Put"), m_window->file() + QStringLiteral(".old"));
        QVERIFY(QDir().rmdir(m_window->file()));
        QVERIFY(QFile::rename(m_window->file() + QStringLiteral(".old"), m_window->file()));
        goesOn();
    }

    /// Two files are saved together: one that cannot be written keeps the other as it was.
    void allOrNothing()
    {
        const auto dockerfile = m_window->window->documents()->open("pack/cuda/Dockerfile");
        QVERIFY(dockerfile.has_value());
        (*dockerfile)->edit({{{0, 0}, "# ours\n"}}, QStringLiteral("Comment"));
        const QString path = m_window->root() + QStringLiteral("/pack/cuda/Dockerfile");
        QVERIFY(QFile::setPermissions(path, QFile::ReadOwner));
        save();
        refused(QStringLiteral("read-only"), QStringLiteral("chmod u+w"));
        QVERIFY((*dockerfile)->isModified());
        QVERIFY(QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner));
        goesOn();
        QVERIFY(!(*dockerfile)->isModified());
    }

private:
    void save() { m_window->find<QAction>("save")->trigger(); }

    /// The dialog says what happened and what to do; the disk has what it had, the window the work.
    void refused(const QString &what, const QString &advice, QString file = {})
    {
        auto *box = m_window->find<QMessageBox>("saveError");
        QVERIFY(box->isVisible());
        QVERIFY2(box->text().contains(what) && box->text().contains(advice), qPrintable(box->text()));
        box->close();
        QTRY_VERIFY(!m_window->window->findChild<QMessageBox *>(QStringLiteral("saveError")));
        file = file.isEmpty() ? m_window->file() : file;
        QFile disk(file);
        QVERIFY(disk.open(QIODevice::ReadOnly));
        QCOMPARE(disk.readAll(), centre::matrixText());
        QCOMPARE(m_window->text(), m_edited);
        QVERIFY(m_window->window->isWindowModified());
        QVERIFY(m_window->find<QAction>("save")->isEnabled());
    }

    /// What stood in the way is gone: saving works, without any other step.
    void goesOn()
    {
        save();
        QVERIFY(!m_window->window->findChild<QMessageBox *>(QStringLiteral("saveError")));
        QVERIFY(!m_window->window->isWindowModified());
        QFile disk(m_window->file());
        QVERIFY(disk.open(QIODevice::ReadOnly));
        QCOMPARE(disk.readAll(), m_edited);
    }

    std::unique_ptr<MatrixWindow> m_window;
    QByteArray m_edited;
};

QTEST_MAIN(TestSaving)
#include "tst_saving.moc"
