// New text is written as its neighbours are: quotes, and texts over several lines.
#include "editedtext.h"
#include "matrix/edit/headeredits.h"
#include "matrix/edit/ruleedits.h"
#include "matrix/edit/rulelistedits.h"
#include "matrix/edit/runneredits.h"
#include "matrix/edit/runnerrows.h"

#include <QTest>

using namespace runner;
using namespace runner::matrix;
using namespace runner::matrix::edit;

namespace {

std::string file(const std::string &backend, const std::string &runners)
{
    return "schema: 1\nservices:\n  vllm: {name: 'vLLM'}\nbackends:\n  cann:\n    name: 'Ascend CANN'\n" + backend
           + "rules: []\nrunners:" + runners;
}

std::string row(const std::string &version, const std::string &variant)
{
    return "\n- {backend: cann, version: \"" + version + "\", variant: " + variant
           + ", platforms: ['linux/arm64'], services: {vllm: [{version: \"1\"}]}}";
}

NewRow newRow(const std::string &version, const std::string &variant)
{
    NewRow row;
    row.backend = "cann";
    row.version = version;
    row.variant = variant;
    row.platforms = {"linux/arm64"};
    row.service = "vllm";
    row.entry.version = "2";
    return row;
}

bool holds(const std::string &text, const std::string &part)
{
    return text.find(part) != std::string::npos;
}

// A backend whose only note is written so; the note reads "One two\nthree" with or without a line end behind it.
std::string noted(const std::string &written)
{
    return file("    notes:\n      - kind: note\n        text: " + written
                    + "      # of the next one\n      - kind: note\n"
                      "        text: last\n",
                " []\n");
}

std::string changed(const std::string &written, const std::string &text)
{
    return after(noted(written), setNote("cann", 0, {NoteKind::Note, text}));
}

} // namespace

class TestEditsStyle : public QObject
{
    Q_OBJECT

private slots:
    /// The text itself quoted elsewhere, else one that begins alike, else the nearest.
    void quotesAreThoseOfTheLikeliestNeighbour()
    {
        const std::string text = file("", row("9.0", "a3") + row("8.5", "a3") + row("8.5", "\"310p\"") + "\n");
        QVERIFY(holds(after(text, addRow(newRow("9.1", "310p"))), "variant: \"310p\", platforms: ['linux/arm64']"));
        QVERIFY(holds(after(text, addRow(newRow("9.1", "910b"))), "variant: \"910b\""));
        QVERIFY(holds(after(text, addRow(newRow("9.1", "a5"))), "variant: a5"));
        const std::string plain = file("", row("9.0", "310p") + "\n");
        QVERIFY(holds(after(plain, addRow(newRow("9.1", "920p"))), "variant: 920p"));
        NewEntry entry;
        entry.version = "3";
        entry.platforms = {"linux/amd64"};
        QVERIFY(holds(after(plain, addEntry(0, "vllm", entry)), "{version: \"3\", platforms: ['linux/amd64']}"));
    }

    void namesAreQuotedLikeOtherNames()
    {
        const std::string text = file("    variants: {a3: 'A3'}\n    notes: [{kind: 'note', text: 'One'}]\n", " []\n");
        QVERIFY(holds(after(text, defineService("sglang", "SGLang")), "sglang: {name: 'SGLang'}\n"));
        QVERIFY(holds(after(text, defineBackend("cuda", "NVIDIA CUDA", "CUDA")), "    name: 'NVIDIA CUDA'\n"));
        QVERIFY(holds(after(text, setVariant("cann", "a2", "A2")), "variants: {a3: 'A3', a2: 'A2'}\n"));
        QVERIFY(holds(after(text, addNote("cann", {NoteKind::Warning, "Two"})), "{kind: 'warning', text: 'Two'}]\n"));
        const std::string none = "schema: 1\nservices: {}\nbackends: {}\nrules: []\n";
        QVERIFY(holds(after(none, defineService("vllm", "vLLM")), "services: { vllm: { name: vLLM } }\n"));
    }

    /// Only what YAML could take for something else is quoted among texts without quotes.
    void plainTextsStayPlain()
    {
        const std::string rules = "rules:\n- backend: cuda\n  services: [vllm]\n  args:\n  - B=1\n";
        for (const char *value : {"a (x)", "it's", "a&b", "$X", "a;b", "a#b", "Größe", "版本", "http://x/y", "100%",
                                  "a|b>c", "\"x\"", "a\\b", "x*!~^`"})
            QCOMPARE(after(rules, setArgument({0}, "C", value)), rules + "  - C=" + value + "\n");
        for (const char *value : {"a, b", "a #b", "a: b", "x?", "[x", "{y}", "x ", "a:", "\xe2\x80\xaex", "a\u00a0b"}) {
            const std::string quoted = after(rules, setArgument({0}, "C", value));
            QVERIFY2(quoted.starts_with(rules + "  - \"C="), quoted.c_str());
        }
        const std::string text = file("", " []\n");
        QVERIFY(holds(after("schema: 1\nservices: {}\nbackends: {rocm: {name: ROCm}}\nrules: []\n",
                            setBackendText("rocm", BackendText::Name, "AMD ROCm (X)")),
                      "{name: AMD ROCm (X)}"));
    }

    /// Whatever is typed, on lines or in brackets, it is read as that.
    void everyCharacterIsReadBack()
    {
        const std::string lines = "rules:\n- backend: cuda\n  services: [vllm]\n  args:\n  - B=1\n";
        const std::string brackets = "rules:\n- {backend: cuda, services: [vllm], args: [B=1]}\n";
        for (const std::string &text : {lines, brackets}) {
            for (int c = 0x20; c < 0x7f; ++c) {
                for (const std::string &value :
                     {std::string(1, char(c)), std::string("a") + char(c), std::string("a") + char(c) + "b",
                      std::string("a ") + char(c) + " b", char(c) + std::string("b"), std::string("a:") + char(c)}) {
                    const auto edited = applyEdit(parsed(text), setArgument({0}, "C", value));
                    QVERIFY2(edited.has_value(), value.c_str());
                    QCOMPARE(edited->document.matrix().rules[0].arguments->back().text, "C=" + value);
                }
            }
        }
    }

    /// Rules that stand together stay so: what is put between them has no blank line either.
    void blankLinesAreThoseAround()
    {
        const auto rule = [](const char *version) {
            return std::string("- backend: cuda\n  services: [vllm]\n  args: [V=") + version + "]\n";
        };
        const std::string text =
            "rules:\n" + rule("1") + rule("2") + "\n" + rule("3") + "\n" + rule("4") + "\n" + rule("5");
        const std::string twice = after(text, duplicateRule(0));
        QCOMPARE(twice, "rules:\n" + rule("1") + text.substr(7));
        QCOMPARE(after(twice, removeRule(1)), text);
        QCOMPARE(after(text, duplicateRule(3)), text.substr(0, text.find(rule("5"))) + rule("4") + "\n" + rule("5"));
        const std::string swapped = "rules:\n" + rule("2") + rule("1") + text.substr(7 + 2 * rule("1").size());
        QCOMPARE(after(text, moveRule(0, 1)), swapped);
        QCOMPARE(after(swapped, moveRule(1, 0)), text);
        QCOMPARE(after(swapped, moveRule(0, 1)), text);
    }

    /// A text below "|" or ">" stays there, with its indentation, comment and width.
    void blockTextsStayBlocks_data()
    {
        QTest::addColumn<QByteArray>("written");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("literal") << QByteArray("|\n          One two\n          three\n") << QByteArray("One\n\nfour\n")
                                 << QByteArray("|\n          One\n\n          four\n");
        QTest::newRow("a line end less") << QByteArray("| # why\n          One two\n          three\n")
                                         << QByteArray("One: # two") << QByteArray("|- # why\n          One: # two\n");
        QTest::newRow("a line end more") << QByteArray("|-\n         One two\n         three\n") << QByteArray("One\n")
                                         << QByteArray("|\n         One\n");
        QTest::newRow("folded") << QByteArray(">-\n          One two\n\n          three\n")
                                << QByteArray("One two three four\nfive")
                                << QByteArray(
                                       ">-\n          One two\n          three\n          four\n\n          five\n");
        QTest::newRow("two blanks are no place to fold")
            << QByteArray(">-\n          One two\n          three\n") << QByteArray("One  two  three four")
            << QByteArray(">-\n          One  two  three\n          four\n");
        // What a block cannot say for certain.
        QTest::newRow("blanks in front") << QByteArray("|-\n          One two\n          three\n") << QByteArray(" One")
                                         << QByteArray("\" One\"\n");
        QTest::newRow("empty") << QByteArray("|-\n          One two\n          three\n") << QByteArray()
                               << QByteArray("\"\"\n");
        QTest::newRow("escapes") << QByteArray("|-\n          One two\n          three\n")
                                 << QByteArray("a\x01"
                                               "b")
                                 << QByteArray("\"a\\x01b\"\n");
        QTest::newRow("line ends kept") << QByteArray("|+\n          One two\n          three\n\n")
                                        << QByteArray("One\n\n") << QByteArray("\"One\\n\\n\"\n");
    }

    void blockTextsStayBlocks()
    {
        QFETCH(QByteArray, written);
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, expected);
        QCOMPARE(changed(written.toStdString(), text.toStdString()), noted(expected.toStdString()));
        const std::string crlf = QByteArray(noted(written.toStdString()).c_str()).replace("\n", "\r\n").toStdString();
        QCOMPARE(after(crlf, setNote("cann", 0, {NoteKind::Note, text.toStdString()})),
                 QByteArray(noted(expected.toStdString()).c_str()).replace("\n", "\r\n").toStdString());
    }

    void argumentsInBlocksStayBlocks()
    {
        const std::string text =
            "rules:\n- backend: cuda\n  services: [vllm]\n  args:\n  - |-\n    LIST=a\n    b\n  - B=1\n";
        QCOMPARE(after(text, setArgument({0}, "LIST", "a\nc")),
                 "rules:\n- backend: cuda\n  services: [vllm]\n  args:\n  - |-\n    LIST=a\n    c\n  - B=1\n");
    }
};

QTEST_APPLESS_MAIN(TestEditsStyle)
#include "tst_edits_style.moc"
