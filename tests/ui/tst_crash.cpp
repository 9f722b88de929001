// The real window program, killed with unsaved work and started again.
#include "centre.h"
#include "consoleprocess.h"

#include <QJsonObject>

#include <memory>

namespace {

QByteArray readBytes(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unreadable");
}

} // namespace

class TestCrash : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        QVERIFY(QDir(m_home->path()).mkpath(QStringLiteral("centre")));
        QVERIFY(centre::lay(m_home->filePath(QStringLiteral("centre"))));
        centre::write(file(), diskBytes());
        start();
    }

    void cleanup() { m_console.reset(); }

    void theWorkComesBackByteForByte()
    {
        crashWithUnsavedWork();
        if (QTest::currentTestFailed())
            return;
        QCOMPARE(readBytes(file()), diskBytes());
        start();
        QTRY_VERIFY_WITH_TIMEOUT(m_console->isShown("recoveryOffer"), 30000);
        QVERIFY(m_console->click("recover"));
        QTRY_VERIFY_WITH_TIMEOUT(m_console->text().startsWith(typed()), 30000);
        QCOMPARE(m_console->text(), shown(typed()));
        QVERIFY(m_console->isModified());
        QCOMPARE(readBytes(file()), diskBytes());
        QVERIFY(m_console->trigger("save"));
        QTRY_VERIFY_WITH_TIMEOUT(!m_console->isModified(), 30000);
        QCOMPARE(readBytes(file()), savedBytes());
        QTRY_COMPARE_WITH_TIMEOUT(kept(), 0, 30000);
    }

    void decliningKeepsTheFile()
    {
        crashWithUnsavedWork();
        if (QTest::currentTestFailed())
            return;
        start();
        QTRY_VERIFY_WITH_TIMEOUT(m_console->isShown("recoveryOffer"), 30000);
        QVERIFY(m_console->click("throwAway"));
        QTRY_COMPARE_WITH_TIMEOUT(kept(), 0, 30000);
        QCOMPARE(m_console->text(), shown({}));
        QVERIFY(!m_console->isModified());
        QCOMPARE(readBytes(file()), diskBytes());
        m_console->kill();
        start();
        QVERIFY(!m_console->isShown("recoveryOffer"));
    }

    /// Nobody has to decide: what was found is offered until it is taken or thrown away, crash or no crash.
    void decidingLaterKeepsTheWork()
    {
        crashWithUnsavedWork();
        if (QTest::currentTestFailed())
            return;
        for (int round = 0; round < 2; ++round) {
            start();
            QTRY_VERIFY_WITH_TIMEOUT(m_console->isShown("recoveryOffer"), 30000);
            QCOMPARE(kept(), 1);
            m_console->kill();
        }
        QCOMPARE(readBytes(file()), diskBytes());
    }

    /// The file has gone on meanwhile: the work is merged into it.
    void theWorkIsMergedWithANewerFile()
    {
        crashWithUnsavedWork();
        if (QTest::currentTestFailed())
            return;
        centre::write(file(), diskBytes().replace("CUDA_VERSION=12.9.1", "CUDA_VERSION=13.0.1"));
        start();
        QTRY_VERIFY_WITH_TIMEOUT(m_console->isShown("recoveryOffer"), 30000);
        QVERIFY(m_console->click("recover"));
        QTRY_VERIFY_WITH_TIMEOUT(m_console->text().startsWith(typed()), 30000);
        QCOMPARE(m_console->text(),
                 shown(typed()).replace(QStringLiteral("CUDA_VERSION=12.9.1"), QStringLiteral("CUDA_VERSION=13.0.1")));
        QVERIFY(m_console->trigger("save"));
        QTRY_VERIFY_WITH_TIMEOUT(!m_console->isModified(), 30000);
        QCOMPARE(readBytes(file()), savedBytes().replace("CUDA_VERSION=12.9.1", "CUDA_VERSION=13.0.1"));
    }

private:
    QString file() const { return m_home->filePath(QStringLiteral("centre/matrix.yml")); }

    /// A byte-order mark, lines that end in "\r\n", and none at the end.
    static QByteArray diskBytes()
    {
        return QByteArray("\xEF\xBB\xBF" + centre::matrixText().replace("\n", "\r\n")).chopped(2);
    }

    static QString typed() { return QStringLiteral("# ä 😀 \"quoted\": \\ {\n#\n"); }

    static QByteArray savedBytes() { return QByteArray(diskBytes()).insert(3, typed().toUtf8().replace("\n", "\r\n")); }

    static QString shown(const QString &before) { return before + QString::fromUtf8(centre::matrixText()).chopped(1); }

    /// Waits until the text can be edited.
    void start()
    {
        m_console.reset();
        m_console = std::make_unique<Console>(*m_home);
        QTRY_VERIFY_WITH_TIMEOUT(m_console->isShown("matrixSource") && !m_console->text().isEmpty(), 60000);
    }

    int kept() const
    {
        const QDir folder(m_home->filePath(QStringLiteral("state/runner-console/recovery")));
        return static_cast<int>(folder.entryList({QStringLiteral("*.unsaved")}, QDir::Files).size());
    }

    /// What a crash would leave at this moment.
    QString keptText() const
    {
        const QDir folder(m_home->filePath(QStringLiteral("state/runner-console/recovery")));
        const QStringList files = folder.entryList({QStringLiteral("*.unsaved")}, QDir::Files);
        const QByteArray json = files.isEmpty() ? QByteArray() : readBytes(folder.filePath(files.first()));
        return QJsonDocument::fromJson(json).object()[QStringLiteral("text")].toString();
    }

    void crashWithUnsavedWork()
    {
        QVERIFY(m_console->goHome());
        QVERIFY(m_console->type(typed()));
        QElapsedTimer age;
        age.start();
        QTRY_VERIFY_WITH_TIMEOUT(keptText() == shown(typed()).replace(QStringLiteral("\n"), QStringLiteral("\r\n")),
                                 30000);
        qInfo("kept %lld ms after the last key", static_cast<long long>(age.elapsed()));
        m_console->kill();
    }

    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<Console> m_console;
};

QTEST_GUILESS_MAIN(TestCrash)
#include "tst_crash.moc"
