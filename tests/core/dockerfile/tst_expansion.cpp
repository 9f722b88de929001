#include "dockerfile/expansion.h"
#include "dockerfiletest.h"

#include <QtTest>

using namespace runner::dockerfile;

namespace {

const Variables variables{{"A", "one"},    {"E", ""},       {"P", "/home/me"}, {"F", "xxyy"},
                          {"V", "12.8.1"}, {"S", "a b"},    {"STAR", "*"},     {"URL", "https://x.y/z.tar.gz"},
                          {"D", "$0"},     {"K", "한국어"}, {"DOTS", "a.b.c"}, {"Q", "it's"}};

std::optional<std::string> look(std::string_view name)
{
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional(found->second);
}

runner::Result<Expanded> expand(const QString &word, char escape = '\\')
{
    return expandWord(word.toStdString(), escape, look);
}

} // namespace

class TestExpansion : public QObject
{
    Q_OBJECT

private slots:
    void words_data();
    void words();
    void errors_data();
    void errors();
    void backtickEscapes();
    void references_data();
    void references();
    void unguarded_data();
    void unguarded();
    void withoutLookup();
    void nesting();
    void longResults_data();
    void longResults();
    void badUtf8();
};

void TestExpansion::words_data()
{
    QTest::addColumn<QString>("result");
    const auto row = [](const char *word, const char *result) { QTest::newRow(word) << QString::fromUtf8(result); };
    // Quotes and escapes.
    row("plain", "plain");
    row("a'b c'd", "ab cd");
    row("a\"b c\"d", "ab cd");
    row("'$A'", "$A");
    row("\"$A\"", "one");
    row("\"'$A'\"", "'one'");
    row("'\"A\"'", "\"A\"");
    row("'a\\'", "a\\");
    row("\\$A", "$A");
    row("\\\\$A", "\\one");
    row("a\\tb", "atb");
    row("\"a\\tb\"", "a\\tb");
    row("\"a\\\\tb\"", "a\\tb");
    row("\"\\$A\"", "$A");
    row("\"\\\"\"", "\"");
    row("a\\", "a");
    row("a\\\\", "a\\");
    row("\\${A}", "${A}");
    row("''", "");
    row("<<EOF", "<<EOF");
    row("a<b", "a<b");
    // Names.
    row("$A", "one");
    row("x$A.y", "xone.y");
    row("$Ab", "");
    row("${A}b", "oneb");
    row("$NONE.", ".");
    row("$", "$");
    row("$.", "$.");
    row("a$1x", "ax");
    row("$12a", "a");
    row("${1:-b}", "b");
    row("$$A", "A");
    row("${#}", "");
    row("$@@", "@");
    row("${-:-x}", "x");
    row("$K", "한국어");
    row("$A한", "");
    row("$A。", "one。");
    row("$A\u00a0b", "one\u00a0b");
    // Defaults.
    row("${NONE:-d}", "d");
    row("${NONE-d}", "d");
    row("${E:-d}", "d");
    row("${E-d}", "");
    row("${A:-d}", "one");
    row("${NONE:-${A}}", "one");
    row("${NONE:-${NONE:-x}}", "x");
    row("${NONE:-\"a}b\"}", "a}b");
    row("\"${NONE:-\"x y\"}\"", "x y");
    row("${NONE:-{a}", "{a");
    row("${NONE:-a}}", "a}");
    row("${NONE:-\\}}", "}");
    row("${A:+alt}", "alt");
    row("${A+alt}", "alt");
    row("${E:+alt}", "");
    row("${E+alt}", "alt");
    row("${NONE:+alt}", "");
    row("${NONE+alt}", "");
    row("${A:+$P:}", "/home/me:");
    row("${A?m}", "one");
    row("${A:?m}", "one");
    row("${E?m}", "");
    row("$S", "a b");
    // Prefix and suffix.
    row("${V%.*}", "12.8");
    row("${V%%.*}", "12");
    row("${V#*.}", "8.1");
    row("${V##*.}", "1");
    row("${F#x}", "xyy");
    row("${F#*}", "xxyy");
    row("${F##*}", "");
    row("${F%*}", "xxyy");
    row("${F%%*}", "");
    row("${F##*x}", "yy");
    row("${F#*x*y}", "y");
    row("${F##*x*y}", "");
    row("${F#?}", "xyy");
    row("${F%?}", "xxy");
    row("${F#y}", "xxyy");
    row("${F#}", "xxyy");
    row("${F%}", "xxyy");
    row("${F#$E}", "xxyy");
    row("${F##$NONE}", "xxyy");
    row("${DOTS#a.}", "b.c");
    row("${DOTS%.?}", "a.b");
    row("${DOTS#a?b}", ".c");
    row("${STAR#\\*}", "");
    row("${A#\\*}", "one");
    row("${P#$E/home}", "/me");
    row("${URL##*/}", "z.tar.gz");
    row("${URL%%.*}", "https://x");
    row("${K#한}", "국어");
    row("${K%어}", "한국");
    row("${K#?}", "국어");
    row("${NONE#x}", "");
    // Replacement.
    row("${DOTS/./-}", "a-b.c");
    row("${DOTS//./-}", "a-b-c");
    row("${DOTS//./}", "abc");
    row("${F/x*y/z}", "z");
    row("${F//?/-}", "----");
    row("${F//*/z}", "z");
    row("${F/q/z}", "xxyy");
    row("${F//q/z}", "xxyy");
    row("${F/$NONE/z}", "zxxyy");
    row("${F///-}", "-x-x-y-y-");
    row("${P//\\//_}", "_home_me");
    row("${P/\\/home/\\/srv}", "\\/srv/me");
    row("${F//x/$D}", "xxyy");
    row("${F/x/$D}", "$0xyy");
    row("${K//국/-}", "한-어");
    row("${NONE/a/b}", "");
    row("${A/$STAR/x}", "x");
}

void TestExpansion::words()
{
    QFETCH(QString, result);
    const auto expanded = expand(QString::fromUtf8(QTest::currentDataTag()));
    QVERIFY2(expanded.has_value(), expanded ? "" : expanded.error().message.c_str());
    QCOMPARE(QString::fromStdString(expanded->text), result);
}

void TestExpansion::errors_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<int>("column");
    const auto row = [](const char *word, const char *id, int column) {
        QTest::newRow(word) << QString::fromLatin1(id) << column;
    };
    const char *bad = "expansion-bad-substitution";
    const char *open = "expansion-unclosed";
    row("'a", open, 1);
    row("a\"b", open, 2);
    row("\"a\\\"", open, 1);
    row("a\\\\'b", open, 4);
    row("한'a", open, 2);
    row("x${A", open, 2);
    row("${", open, 1);
    row("${A:", open, 1);
    row("${A:-b", open, 1);
    row("${A:-${E}", open, 1);
    row("${A/b", open, 1);
    row("${A/b}", open, 1);
    row("${A//b/c", open, 1);
    row("${A:-'b}", open, 6);
    row("\"${A\"", bad, 2);
    row("${}", bad, 1);
    row("a${{A}", bad, 2);
    row("${:-a}", bad, 1);
    row("${.}", bad, 1);
    row("${A.}", bad, 1);
    row("${A=b}", bad, 1);
    row("${A:=b}", bad, 1);
    row("${A:0:1}", bad, 1);
    row("${#A}", bad, 1);
    row("${A:#b}", bad, 1);
    row("${A:%b}", bad, 1);
    row("${A:/b/c}", bad, 1);
    row("${A^^}", bad, 1);
    row("${A#\\o}", bad, 1);
    row("${NONE?}", "expansion-required", 1);
    row("a${NONE:?}", "expansion-required", 2);
    row("${E:?}", "expansion-required", 1);
}

void TestExpansion::errors()
{
    QFETCH(QString, id);
    QFETCH(int, column);
    const auto expanded = expand(QString::fromUtf8(QTest::currentDataTag()));
    QVERIFY(!expanded.has_value());
    QCOMPARE(QString::fromStdString(expanded.error().id), id);
    QCOMPARE(expanded.error().where.line, 1);
    QCOMPARE(expanded.error().where.column, column);
    QVERIFY(!expanded.error().message.empty());
    QVERIFY(!expanded.error().advice.empty());
}

void TestExpansion::backtickEscapes()
{
    QCOMPARE(expand("`$A\\$A", '`')->text, std::string("$A\\one"));
    QCOMPARE(expand("\"`\"\\\"", '`')->text, std::string("\"\\"));
    QVERIFY(!expand("${P//\\//_}", '`')); // the pattern is a backslash alone, which escapes nothing
    QCOMPARE(expand("${P//`//_}", '`')->text, std::string("/home/me")); // patterns know only the backslash
}

void TestExpansion::references_data()
{
    QTest::addColumn<QStringList>("names");
    QTest::newRow("none") << QStringList{};
    QTest::newRow("$A$E$A") << QStringList{"A", "E"};
    QTest::newRow("${NONE:-$A}") << QStringList{"NONE", "A"};
    QTest::newRow("${A:-$E}") << QStringList{"A", "E"};
    QTest::newRow("${A//$E/$P}") << QStringList{"A", "E", "P"};
    QTest::newRow("'$A'\\$E") << QStringList{};
    QTest::newRow("\"$A\"") << QStringList{"A"};
}

void TestExpansion::references()
{
    QFETCH(QStringList, names);
    const auto expanded = expand(QString::fromUtf8(QTest::currentDataTag()));
    QVERIFY(expanded.has_value());
    QCOMPARE(dockerfiletest::strings(expanded->references), names);
}

void TestExpansion::unguarded_data()
{
    QTest::addColumn<QStringList>("names");
    QTest::newRow("$A${E}$A") << QStringList{"A", "E"};
    QTest::newRow("${A:-d}${A-d}${A:+i}${A?m}") << QStringList{};
    QTest::newRow("${A:-d}$A") << QStringList{"A"};
    QTest::newRow("${NONE:-$A}") << QStringList{"A"};
    QTest::newRow("${A%.*}${E//a/b}") << QStringList{"A", "E"};
}

void TestExpansion::unguarded()
{
    QFETCH(QStringList, names);
    const auto expanded = expand(QString::fromUtf8(QTest::currentDataTag()));
    QVERIFY(expanded.has_value());
    QCOMPARE(dockerfiletest::strings(expanded->unguarded), names);
}

void TestExpansion::withoutLookup()
{
    QCOMPARE(expandWord("a$B${C:-d}", '\\', {})->text, std::string("ad"));
}

void TestExpansion::nesting()
{
    const auto nested = [](int levels) {
        return QString("${N:-").repeated(levels) + "x" + QString("}").repeated(levels);
    };
    QCOMPARE(expand(nested(99))->text, std::string("x"));
    for (const int levels : {100, 100000}) {
        const auto expanded = expand(nested(levels));
        QVERIFY(!expanded.has_value());
        QCOMPARE(expanded.error().id, std::string("expansion-too-deep"));
    }
    QVERIFY(!expand(QString("\"${N:-").repeated(100000)).has_value());
}

void TestExpansion::longResults_data()
{
    QTest::addColumn<QString>("word");
    QTest::addColumn<int>("size");
    QTest::addColumn<bool>("fits");
    QTest::newRow("just fits") << "$X$X$X$X" << (1 << 18) << true;
    QTest::newRow("one too many") << "$X$X$X$X." << (1 << 18) << false;
    QTest::newRow("replaced") << "${X//a/bbbbbbbb}" << (1 << 18) << false;
    QTest::newRow("default") << "${NONE:-$X$X}" << (1 << 20) << false;
    QTest::newRow("stars") << "${X##*a*a*a*a*a*a*a*a*a*b}" << 20000 << true;
    QTest::newRow("stars from the end") << "${X%%b*a*a*a*a*a*a*a*a*a*a}" << 20000 << true;
    QTest::newRow("stars everywhere") << "${X//a*a*a*a*a*a*a*b/c}" << (1 << 20) << false;
    QTest::newRow("much work, small result") << QString("${X##*b}").repeated(2000) << (1 << 18) << false;
}

void TestExpansion::longResults()
{
    QFETCH(QString, word);
    QFETCH(int, size);
    QFETCH(bool, fits);
    const std::string value(static_cast<std::size_t>(size), 'a');
    const auto expanded = expandWord(word.toStdString(), '\\', [&](std::string_view name) {
        return name == "X" ? std::optional(value) : std::nullopt;
    });
    QCOMPARE(expanded.has_value(), fits);
    if (!fits)
        QCOMPARE(expanded.error().id, std::string("expansion-too-long"));
}

void TestExpansion::badUtf8()
{
    const std::string bytes = "a\xff\xc3(\xe2\x82";
    const auto expanded = expandWord("${B#a}${B%x}" + bytes, '\\', [&](std::string_view) { return bytes; });
    QVERIFY(expanded.has_value());
    QCOMPARE(expanded->text, bytes.substr(1) + bytes + bytes);
}

QTEST_APPLESS_MAIN(TestExpansion)
#include "tst_expansion.moc"
