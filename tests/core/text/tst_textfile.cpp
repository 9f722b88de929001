#include "text/textfile.h"

#include <QTemporaryDir>
#include <QtTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace runner::text;

class TextFileTest : public QObject
{
    Q_OBJECT
    QTemporaryDir m_folder;

    std::string write(const char *name, const QByteArray &bytes)
    {
        QFile file(m_folder.filePath(QString::fromLatin1(name)));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write the test's file");
        return file.fileName().toStdString();
    }

private slots:
    void readsTextAndTakesTheByteOrderMarkOff()
    {
        const auto file = readTextFile(write("bom.yml", "\xEF\xBB\xBF"
                                                        "rules:\r\n"),
                                       "bom.yml", 100);
        QVERIFY(file.has_value());
        QVERIFY(file->hasByteOrderMark);
        QCOMPARE(file->text, std::string("rules:\r\n"));
    }
    void tellsWhatIsWrong_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("id");
        QTest::addColumn<int>("line");
        QTest::addColumn<int>("column");
        QTest::newRow("NUL") << QByteArray("ab\nc\0d", 6) << "file-binary" << 2 << 2;
        QTest::newRow("not UTF-8") << QByteArray("ab\n\xFF") << "file-not-utf8" << 2 << 1;
        QTest::newRow("too large") << QByteArray(101, 'x') << "file-too-large" << 0 << 0;
    }
    void tellsWhatIsWrong()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, id);
        QFETCH(int, line);
        QFETCH(int, column);
        const auto file = readTextFile(write("bad", bytes), "shown", 100);
        QVERIFY(!file.has_value());
        QCOMPARE(QString::fromStdString(file.error().id), id);
        QCOMPARE(file.error().where, (runner::Location{"shown", line, column}));
        QVERIFY(!file.error().advice.empty());
    }
    void refusesFoldersAndPipesWithoutWaiting()
    {
        const std::string folder = m_folder.path().toStdString();
        QCOMPARE(readTextFile(folder, "folder", 100).error().id, std::string("file-not-regular"));
        const std::string pipe = folder + "/pipe";
        QCOMPARE(mkfifo(pipe.c_str(), 0600), 0);
        QCOMPARE(readTextFile(pipe, "pipe", 100).error().id, std::string("file-not-regular"));
        QCOMPARE(readTextFile(folder + "/nothing", "nothing", 100).error().id, std::string("file-missing"));
    }
    void refusesWhatMayNotBeRead()
    {
        if (geteuid() == 0)
            QSKIP("root may read every file");
        const std::string path = write("secret", "x");
        QCOMPARE(chmod(path.c_str(), 0), 0);
        QCOMPARE(readTextFile(path, "secret", 100).error().id, std::string("file-unreadable"));
    }
};

QTEST_APPLESS_MAIN(TextFileTest)
#include "tst_textfile.moc"
