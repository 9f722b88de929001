// Words for a shell are read as what they stand for, by the shells of this machine.
#include "text/shellwords.h"

#include <QProcess>
#include <QtTest>

#include <algorithm>

using namespace runner;

namespace {

QByteArray sh(const std::string &shell, const std::string &text)
{
    QProcess process;
    process.start(QString::fromStdString(shell), {"-c", QString::fromStdString("printf '%s\\n' " + text)});
    process.waitForFinished();
    return process.readAllStandardOutput();
}

} // namespace

class TestShellWords : public QObject
{
    Q_OBJECT

private slots:
    void readAsTheyAre_data()
    {
        QTest::addColumn<QByteArray>("word");
        for (const char *word :
             {"",      "plain", "two words", "it's",     "$HOME",    "`id`",
              "$(id)", "a\nb",  "tab\t'\\",  "\x1b[31m", "é",        "\xe2\x80\xae",
              "\xff",  "*",     "~",         "!1",       "a;b",      "#x",
              "{a,b}", "100%",  "-n",        "-n\t",     "\t%s\\n%", "\t!1 $HOME `id` $(id) it's \"so\" \\",
              "\n",    "a\n",   "\n\ta\n\n"})
            QTest::newRow(QByteArray(word).toPercentEncoding()) << QByteArray(word);
        QByteArray everyByte;
        for (int byte = 1; byte < 256; ++byte)
            everyByte +=
                QByteArray(1, char(byte)) + QByteArray::number(byte); // A digit after each: where does a number end?
        QTest::newRow("every byte") << everyByte;
    }

    void readAsTheyAre()
    {
        QFETCH(QByteArray, word);
        const std::string quoted = text::shellWord(word.toStdString());
        const std::size_t end = quoted.find_last_not_of("\n'") + 1; // Line feeds at the end are as they are.
        QVERIFY(std::all_of(quoted.begin(), quoted.begin() + long(end), [](char c) { return c >= ' ' && c < '\x7f'; }));
        QCOMPARE(quoted.find('\n') == std::string::npos, !word.endsWith('\n'));
        for (const char *shell : {"sh", "bash"}) // dash is what sh is on Debian.
            QCOMPARE(sh(shell, quoted), word + "\n");
    }

    void linesBreakInFrontOfOptions()
    {
        QCOMPARE(text::shellLine({"a", "b c", "--d=1", "e"}), std::string("a 'b c' --d=1 e"));
        QCOMPARE(text::shellLines({"a", "b", "--c", "d", "."}), std::string("a b \\\n    --c d \\\n    ."));
    }
};

QTEST_APPLESS_MAIN(TestShellWords)
#include "tst_shellwords.moc"
