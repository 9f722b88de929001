// Lines as they are shown, and finding in a log.
#include "recordings.h"

#include "build/ansi.h"
#include "build/find.h"

#include <QtTest>

#include <cstring>
#include <random>

using namespace runner;
using namespace recordings;

class TestLogText : public QObject
{
    Q_OBJECT

private slots:
    void shownText_data();
    void shownText();
    void spans();
    void findPlainAgreesWithMemmem();
    void findsWhatGrepFinds_data();
    void findsWhatGrepFinds();
    void findsBehindEscapes();
    void findsInOneStep();
    void findsMore();
    void cancels();
    void costlyExpressions_data();
    void costlyExpressions();
    void goesOnBehindACostlyLine();
    void badQueries();
    void errors();
};

void TestLogText::shownText_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char *name, const QByteArray &bytes, const QByteArray &text) {
        QTest::newRow(name) << bytes << text;
    };
    row("plain", "gr\xc3\xbc\xc3\x9f", "gr\xc3\xbc\xc3\x9f");
    row("colour", "\x1b[31mred\x1b[0m!", "red!");
    row("progress", "10%\r20%\r30%", "30%");
    row("windows", "line\r", "line");
    row("returns at the end", "10%\r20%\r\r", "20%");
    row("erase", "\x1b[2K\x1b[1Gdone", "done");
    row("title", "\x1b]0;title\x07text\x1b]8;;http://x\x1b\\link", "textlink");
    row("no end", "a\x1b[31", "a");
    row("lone escape", "a\x1b", "a");
    row("escape before a character", "\x1b\xc3\xbc", "\xc3\xbc");
    row("charset", "\x1b(Bx", "x");
    row("backspace", "abc\b\bX", "aXc");
    row("erased by backspaces", "abc\b \b", "ab ");
    row("erased behind the cursor", "abc\b\b\x1b[Kd", "ad");
    row("backspace and return", "abc\b\b\rd", "d");
    row("backspace over much", "\xc3\xbc\b\bx", "x");
    row("controls", QByteArray("a\0b\x01", 4),
        "a\xe2\x90\x80"
        "b\xe2\x90\x81");
    row("tab", "a\tb", "a\tb");
    row("no utf-8", "a\xff\xc3(\xe2\x82", "a\xef\xbf\xbd\xef\xbf\xbd(\xef\xbf\xbd\xef\xbf\xbd");
    row("surrogate", "\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
    row("direction",
        "a\xe2\x80\xae"
        "b",
        "a\xef\xbf\xbd"
        "b");
    row("c1",
        "a\xc2\x9b"
        "31m",
        "a\xef\xbf\xbd"
        "31m");
}

void TestLogText::shownText()
{
    QFETCH(QByteArray, bytes);
    QTEST(QByteArray::fromStdString(build::plainLine(bytes.toStdString())), "text");
}

void TestLogText::spans()
{
    using build::Color;
    const auto line = build::styledLine("a\x1b[1;31mbc\x1b[22md\x1b[0me\x1b[38;5;200;48;2;1;2;3mf\x1b[39;49m\x1b[92mg");
    QCOMPARE(line.text, std::string("abcdefg"));
    QCOMPARE(line.spans.size(), std::size_t(4));
    QVERIFY(line.spans[0].begin == 1 && line.spans[0].length == 2 && line.spans[0].style.bold);
    QVERIFY((line.spans[0].style.foreground == Color{Color::Kind::Palette, 1}));
    QVERIFY(!line.spans[1].style.bold && line.spans[1].begin == 3);
    QVERIFY((line.spans[2].style.foreground == Color{Color::Kind::Palette, 200}));
    QVERIFY((line.spans[2].style.background == Color{Color::Kind::Rgb, 0x010203}));
    QVERIFY((line.spans[3].style.foreground == Color{Color::Kind::Palette, 10}));
    const auto folded = build::styledLine("\x1b[31mold\rnew");
    QVERIFY(folded.spans.size() == 1 && folded.spans[0].length == 3);
    const auto back = build::styledLine("\x1b[31mab\b\b\x1b[0mc");
    QCOMPARE(back.text, std::string("cb"));
    QVERIFY(back.spans.size() == 1 && back.spans[0].begin == 1 && back.spans[0].length == 1);
}

void TestLogText::findPlainAgreesWithMemmem()
{
    std::mt19937 random(7);
    std::string text(5000, ' ');
    for (char &c : text)
        c = "abc\n"[random() % 4];
    for (std::size_t length = 1; length < 20; ++length) {
        for (int i = 0; i < 200; ++i) {
            const std::string needle = text.substr(random() % 4900, length);
            const std::size_t from = random() % 5001;
            const void *found = ::memmem(text.data() + from, text.size() - from, needle.data(), needle.size());
            const std::size_t wanted =
                found ? std::size_t(static_cast<const char *>(found) - text.data()) : std::string::npos;
            QCOMPARE(build::findPlain(text, needle, from), wanted);
        }
    }
    QCOMPARE(build::findPlain("abc", "c", 4), std::string::npos);
}

void TestLogText::findsWhatGrepFinds_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("regular");
    QTest::addColumn<bool>("sensitive");
    QTest::newRow("plain") << "text 12" << false << true;
    QTest::newRow("every line") << "line" << false << true;
    QTest::newRow("none") << "absent" << false << true;
    QTest::newRow("no case") << "TEXT 99" << false << false;
    QTest::newRow("dot is a dot") << "t.xt" << false << false;
    QTest::newRow("regular") << "^line.*[13]7$" << true << true;
    QTest::newRow("regular no case") << "LINE.*(00|11)" << true << false;
    QTest::newRow("over a line's end") << "7\\s+line" << true << true;
    QTest::newRow("up to a line's end") << "line.*\\s*\\d" << true << true;
    QTest::newRow("all of it") << "[^x]+7" << true << true;
}

void TestLogText::findsWhatGrepFinds()
{
    QFETCH(QString, text);
    QFETCH(bool, regular);
    QFETCH(bool, sensitive);
    Recorded recorded(stream("biglog.jsonl"));
    recorded.finish();
    build::Find find(recorded.recording->log(), *build::Matcher::compile({text.toStdString(), regular, sensitive}), {},
                     {});
    QTRY_VERIFY(find.finished());
    QProcess grep;
    grep.start("grep",
               {regular ? "-cP" : "-cF", sensitive ? "-e" : "-ie", text, recorded.folder.filePath(build::logFile)});
    QVERIFY(grep.waitForFinished());
    QCOMPARE(find.matchingLines(), grep.readAllStandardOutput().trimmed().toULongLong());
    QVERIFY(find.count() >= find.matchingLines());
    for (const build::Hit &hit : find.hits(0, 10)) {
        const auto line = recorded.recording->log()->read(recorded.recording->log()->lineAt(hit.offset), 1)[0];
        QVERIFY(hit.offset >= recorded.recording->log()->offsetOf(line.number));
    }
    QCOMPARE(find.searchedBytes(), recorded.recording->log()->size());
}

// As a reader sees it; what gcc writes around its colours is not part of the text.
void TestLogText::findsBehindEscapes()
{
    const std::string colored = "a.c:1: \x1b[01;31m\x1b[Kerror: \x1b[m\x1b[K'\x1b[01mx\x1b[m' und\n";
    Recorded recorded(logLine("a", "plain x\n" + colored + "error: plain\n" + colored
                                       + "\x1b]8;;http://error:\x1b\\link\x1b]8;;\x07 x"));
    recorded.finish();
    const auto log = recorded.recording->log();
    const auto hits = [&](const build::Query &query) {
        build::Find find(log, *build::Matcher::compile(query), {}, {});
        while (!find.finished())
            QTest::qWait(1);
        return find.hits(0, 9);
    };
    QCOMPARE(hits({"error: 'x' und"}).size(), std::size_t(2));
    QCOMPARE(hits({"31m"}).size(), std::size_t(0));
    QCOMPARE(hits({"^a.c:1: error: '", true}).size(), std::size_t(2));
    QCOMPARE(hits(build::errorQuery()).size(), std::size_t(3)); // not the address
    const build::Hit hit = hits({"x' u"})[0];
    const std::string raw = log->read(log->lineAt(hit.offset), 1)[0].bytes;
    QCOMPARE(raw.substr(hit.offset - log->offsetOf(log->lineAt(hit.offset)), hit.length), std::string("x\x1b[m' u"));
    QCOMPARE(build::plainLine(raw), std::string("a.c:1: error: 'x' und"));
}

void TestLogText::findsInOneStep()
{
    Recorded recorded(logLine("a", "one x\ntwo\n") + logLine("b", "x\nx x\n") + logLine("a", "x\n"));
    recorded.finish();
    build::Find find(recorded.recording->log(), *build::Matcher::compile({"x"}), 2, {});
    QTRY_VERIFY(find.finished());
    QCOMPARE(find.count(), std::uint64_t(3));
    QCOMPARE(find.matchingLines(), std::uint64_t(2));
    QCOMPARE(find.hits(0, 9), (std::vector<build::Hit>{{10, 1}, {12, 1}, {14, 1}}));
    QCOMPARE(find.hitAt(11), std::size_t(1));
    QCOMPARE(find.hitAt(99), std::size_t(3));
}

void TestLogText::findsMore()
{
    Recorded recorded(logLine("a", "x\n"));
    std::atomic<int> news = 0;
    build::Find find(recorded.recording->log(), *build::Matcher::compile({"x"}), {}, [&] { ++news; });
    QTRY_VERIFY(find.finished());
    QVERIFY(recorded.recording->write(logLine("a", "y\nx\n")));
    find.more();
    QTRY_VERIFY(find.finished());
    QCOMPARE(find.count(), std::uint64_t(2));
    QVERIFY(news >= 3);
}

void TestLogText::cancels()
{
    std::string text(8U << 20U, 'a');
    text += "\n";
    Recorded recorded(logLine("a", text));
    recorded.finish();
    QElapsedTimer timer;
    timer.start();
    {
        // Undecidable in any sensible time, were there no limit.
        build::Find find(recorded.recording->log(), *build::Matcher::compile({"(a+)+(b|c)$", true}), {}, {});
        find.cancel();
    }
    qInfo("cancelled after %lld ms", timer.elapsed());
}

/// Each of these takes an age on one line, and the log has many: the search goes on, tells of them, and can be stopped.
void TestLogText::costlyExpressions_data()
{
    QTest::addColumn<QByteArray>("expression");
    for (const char *expression : {"(a|b|[a-z ]+)+$X", "(\\w+ ?)+!", "(.*)(.*)(.*)(.*)(.*)x{9}y"})
        QTest::addRow("%s", expression) << QByteArray(expression);
}

void TestLogText::costlyExpressions()
{
    QFETCH(QByteArray, expression);
    std::string text;
    for (int i = 0; i < 20000; ++i)
        text += "line of a very long log with some text abcdefghijklmnopqrstuvwxyz " + std::to_string(i) + "\n";
    Recorded recorded(logLine("a", text));
    recorded.finish();
    const auto matcher = build::Matcher::compile({expression.toStdString(), true});
    QVERIFY(matcher);
    build::Matcher quick(*matcher);
    quick.limitTime(std::chrono::milliseconds(2));
    QElapsedTimer timer;
    timer.start();
    for (int i = 0; i < 200; ++i)
        QVERIFY(!quick.find(std::string_view(text).substr(0, text.find('\n'))));
    qInfo("200 lines for a thread that others wait for: %lld ms", timer.elapsed());
    auto find =
        std::make_unique<build::Find>(recorded.recording->log(), *matcher, std::nullopt, std::function<void()>());
    QTest::qWait(50);
    timer.restart();
    find.reset();
    qInfo("stopped after %lld ms", timer.elapsed());
    const std::string few = text.substr(0, text.find('\n') + 1) + "aX!\n";
    Recorded small(logLine("a", few));
    small.finish();
    build::Find whole(small.recording->log(), *matcher, std::nullopt, {});
    QTRY_VERIFY_WITH_TIMEOUT(whole.finished(), 60000);
    QVERIFY(whole.undecided() <= 1); // The first line, where the work from one place is too much.
}

void TestLogText::goesOnBehindACostlyLine()
{
    std::string text;
    for (int i = 0; i < 1000; ++i)
        text += "ab without more b\n";
    text += std::string(60, 'a') + "\n";
    const std::size_t place = text.size() + 3;
    text += "ab aac\n";
    const auto matcher = build::Matcher::compile({"(a+)+c", true});
    QVERIFY(matcher);
    const auto match = matcher->find(text);
    QVERIFY(match);
    QCOMPARE(match->begin, place);
    QCOMPARE(matcher->undecided(), std::uint64_t(1));
}

void TestLogText::badQueries()
{
    QCOMPARE(build::Matcher::compile({""}).error().id, std::string("query-empty"));
    const auto wrong = build::Matcher::compile({"a(b", true});
    QCOMPARE(wrong.error().id, std::string("query-invalid"));
    QCOMPARE(wrong.error().where.column, 4);
    const auto empties = build::Matcher::compile({"x*", true});
    QCOMPARE(empties->find("aaxxa")->begin, std::size_t(2));
    QVERIFY(!empties->find("aa"));
    QVERIFY(!build::Matcher::compile({"(a+)+b", true})->find(std::string(100000, 'a')));
}

void TestLogText::errors()
{
    const auto matcher = build::Matcher::compile(build::errorQuery());
    QVERIFY(matcher);
    for (const char *line :
         {"ERROR: no such package", "gcc: fatal error: x", "E: Unable to locate package", "npm ERR! code 1",
          "make[1]: *** [all] Error 2", "Traceback (most recent call last):", "sh: foo: command not found"})
        QVERIFY2(matcher->find(line), line);
    for (const char *line :
         {"0 warnings", "terror", "checking error-handling.h", "libgpg-error0 is installed", "all good"})
        QVERIFY2(!matcher->find(line), line);
}

QTEST_APPLESS_MAIN(TestLogText)
#include "tst_logtext.moc"
