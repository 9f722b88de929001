#include "editedtext.h"
#include "matrix/edit/bump.h"
#include "matrix/edit/headeredits.h"
#include "matrix/edit/ruleedits.h"
#include "matrix/edit/rulelistedits.h"
#include "matrix/edit/runneredits.h"
#include "randomedits.h"
#include "realmatrices.h"

#include <random>

using namespace runner;
using namespace runner::matrix;
using namespace runner::matrix::edit;

class TestEdits : public QObject
{
    Q_OBJECT

private slots:
    void changesNothingElse()
    {
        std::string wanted = block;
        wanted.replace(wanted.find("'A=1'"), 5, "'A=new'");
        QCOMPARE(after(block, setArgument({0}, "A", "new")), wanted);
        wanted = block;
        wanted.replace(wanted.find("      - 'B=2'\n"), 14, "");
        QCOMPARE(after(block, unsetArgument(0, "B")), wanted);
        wanted = block;
        wanted.insert(wanted.find("      # - 'C=3'"), "      - 'D=4'\n");
        QCOMPARE(after(block, setArgument({0}, "D", "4")), wanted);
        wanted = block;
        wanted.replace(wanted.find("args: []"), 8, "args: ['D=4']");
        QCOMPARE(after(block, setArgument({1}, "D", "4")), wanted);
        wanted = block;
        wanted.insert(wanted.find("\n    args: []"), " ['linux/amd64']");
        QCOMPARE(after(block, removePlatform(1, "linux/arm64")), wanted);
        wanted = block;
        wanted.replace(wanted.find("['vllm']"), 8, "['vllm', 'voxbox']");
        QCOMPARE(after(block, addService(1, "voxbox")), wanted);
    }

    void removesAnEmptiedListWithItsKey()
    {
        const std::string text = "rules:\n- backend: cuda\n  services: [vllm, sglang]\n  args:\n  - A=1\n";
        QCOMPARE(after(text, unsetArgument(0, "A")),
                 std::string("rules:\n- backend: cuda\n  services: [vllm, sglang]\n"));
        QCOMPARE(after(text, removeService(0, "vllm")),
                 std::string("rules:\n- backend: cuda\n  services: [sglang]\n  args:\n  - A=1\n"));
        QCOMPARE(after(text, setArgument({0}, "B", "x")),
                 std::string("rules:\n- backend: cuda\n  services: [vllm, sglang]\n  args:\n  - A=1\n  - B=x\n"));
    }

    /// A '#' in a value is no comment.
    void removesBesideAHash()
    {
        const std::string text = "rules:\n- {backend: 'a # b', services: [vllm], args: ['A=1 # x', 'B=# 2', C=3]}\n";
        QCOMPARE(after(text, unsetArgument(0, "A")),
                 std::string("rules:\n- {backend: 'a # b', services: [vllm], args: ['B=# 2', C=3]}\n"));
        QCOMPARE(after(text, unsetArgument(0, "B")),
                 std::string("rules:\n- {backend: 'a # b', services: [vllm], args: ['A=1 # x', C=3]}\n"));
        const std::string commented = "rules:\n- backend: cuda\n  services: [vllm]\n  args: [A=1, # one\n    B=2]\n";
        QCOMPARE(after(commented, unsetArgument(0, "A")), std::string("edit-unusual"));
        QCOMPARE(after(commented, unsetArgument(0, "B")), std::string("edit-unusual"));
    }

    void movesARuleWithItsComment()
    {
        const std::string moved = after(block, moveRule(1, 0));
        QCOMPARE(moved.substr(0, moved.find("    services: ['vllm']")),
                 std::string("rules:\n  # ROCm\n  - backend: 'rocm'\n"));
        QVERIFY(moved.find("      # - 'C=3'\n") != std::string::npos);
        QCOMPARE(after(moved, moveRule(0, 1)), block);
    }

    void writesAnyValueSoThatItReadsBack_data()
    {
        QTest::addColumn<QByteArray>("value");
        const std::vector<std::pair<const char *, QByteArray>> values{
            {"quotes", "a \"b\" 'c'"},
            {"colon", "a: b"},
            {"colon at the end", "a:"},
            {"hash", "a # b"},
            {"hash alone", "#"},
            {"leading blanks", "  a"},
            {"trailing blanks", "a  "},
            {"no", "no"},
            {"null", "null"},
            {"version", "1.10"},
            {"tilde", "~"},
            {"newlines", "a\nb\n\n c\r\nd"},
            {"tab", "a\tb"},
            {"emoji", "😀 ä €"},
            {"backslash", "\\n \\"},
            {"escape", "\x1B[31m"},
            {"line separator", "a\xE2\x80\xA8z"},
            {"next line", "a\xC2\x85z"},
            {"mark", "\xEF\xBB\xBFz"},
            {"brackets", "[a, {b: c}]"},
            {"anchor", "&a *b !c"},
            {"percent", "%a @b `c`"},
            {"dash", "- a"},
            {"question", "? a"},
            {"pipe", "| a > b"},
            {"empty", ""},
            {"delete", "\x7F"},
            {"long", QByteArray(100000, 'x')},
            {"long with blanks", QByteArray("word ").repeated(20000)}};
        for (const auto &[name, value] : values)
            QTest::newRow(name) << value;
    }

    void writesAnyValueSoThatItReadsBack()
    {
        QFETCH(QByteArray, value);
        const std::string text = value.toStdString();
        std::vector<std::string> files{
            block, "rules:\n- backend: cuda\n  services: [vllm]\n  args: [A=1, B=2]\n",
            "rules:\r\n- backend: \"cuda\"\r\n  services: [\"vllm\"]\r\n  args:\r\n  - \"A=1\"\r\n  - B=2"};
        for (const std::string &file : files) {
            for (const char *name : {"A", "B", "NEW"}) {
                const auto edited = applyEdit(parsed(file), setArgument({0}, name, text));
                QVERIFY2(edited, edited ? "" : edited.error().message.c_str());
                const auto &arguments = *edited->document.matrix().rules[0].arguments;
                const auto found = std::find_if(arguments.begin(), arguments.end(),
                                                [&](const Argument &argument) { return argument.name() == name; });
                QCOMPARE(found->value().value(), text);
                QCOMPARE(text::patched(edited->document.text(), text::inverse(file, edited->patches)), file);
            }
        }
    }

    void refusesWithTheReason()
    {
        QCOMPARE(after(block, setArgument({0}, "A", std::string("a\0b", 3))), std::string("edit-bad-text"));
        QCOMPARE(after(block, setArgument({0}, "A", "\xFF")), std::string("edit-bad-text"));
        QCOMPARE(after(block, setArgument({0}, "A B", "1")), std::string("edit-bad-name"));
        QCOMPARE(after(block, setArgument({0}, "A", "1")), std::string("edit-no-effect"));
        QCOMPARE(after(block, setArgument({7}, "A", "1")), std::string("edit-no-such-rule"));
        QCOMPARE(after(block, unsetArgument(0, "X")), std::string("edit-no-such-argument"));
        QCOMPARE(after(block, renameArgument(0, "A", "B")), std::string("edit-already-there"));
        QCOMPARE(after(block, removeService(1, "vllm")), std::string("edit-last-service"));
        QCOMPARE(after(block, addPlatform(0, "linux/arm64")), std::string("edit-already-there"));
        for (const char *platform : {"foo", "linux", "linux/", "/amd64", "linux/amd64/", "linux/amd64/v2/v3"})
            QCOMPARE(after(block, addPlatform(0, platform)), std::string("edit-bad-platform"));
        QCOMPARE(after(block, addRule({"cuda", {"vllm"}, {"foo"}, {}})), std::string("edit-bad-platform"));
        QCOMPARE(after(block, addRule({"cuda", {"vllm", "x", "vllm"}, {}, {}})), std::string("edit-already-there"));
        QCOMPARE(after(block, addRule({"cuda", {"vllm"}, {"linux/amd64", "linux/amd64"}, {}})),
                 std::string("edit-already-there"));
        QCOMPARE(after(block, addRule({"cuda", {"vllm"}, {}, {"A=1", "A=2"}})), std::string("edit-already-there"));
        QCOMPARE(after(block, enableRule(0)), std::string("edit-no-such-rule"));
        QCOMPARE(after(block, setDeprecated({{0, "vllm", 0}}, true)), std::string("edit-no-runners"));
        QCOMPARE(after(block, setServiceName("vllm", "x")), std::string("edit-no-names"));
        const std::string shared = "rules:\n- backend: cuda\n  services: &s [vllm]\n- backend: rocm\n  services: *s\n";
        QCOMPARE(after(shared, addService(0, "x")), std::string("edit-shared"));
        QCOMPARE(after(shared, addService(1, "x")), std::string("edit-shared"));
        QCOMPARE(after(shared, duplicateRule(0)), std::string("edit-shared")); // Two anchors of one name.
        QCOMPARE(after(shared, duplicateRule(1)), shared + "- backend: rocm\n  services: *s\n");
        const std::string inside = "rules:\n- backend: cuda\n  services: [vllm]\n  args: [A=1, &q B=2]\n";
        QCOMPARE(after(inside, duplicateRule(0)), std::string("edit-shared"));
        QCOMPARE(after(shared, setBackend(1, "dtk")),
                 std::string("rules:\n- backend: cuda\n  services: &s [vllm]\n- backend: dtk\n  services: *s\n"));
    }

    void keepsLineEndsAndAMissingLastOne()
    {
        const std::string text = "rules:\r\n  - backend: cuda\r\n    services: [vllm]\r\n    args:\r\n      - A=1";
        QCOMPARE(after(text, setArgument({0}, "B", "2")), text + "\r\n      - B=2");
        QCOMPARE(after(text, duplicateRule(0)), text + "\r\n" + text.substr(text.find("  - ")));
        QCOMPARE(after(text, unsetArgument(0, "A")),
                 std::string("rules:\r\n  - backend: cuda\r\n    services: [vllm]"));
    }

    void beginsAFileFromNothing()
    {
        const RuleDraft rule{"cuda", {"vllm"}, {}, {"A=1"}};
        const std::string lines =
            "  - backend: \"cuda\"\n    services:\n      - \"vllm\"\n    args:\n      - \"A=1\"\n";
        QCOMPARE(after("", addRule(rule)), "rules:\n" + lines);
        QCOMPARE(after("# only a comment\n", addRule(rule)), "# only a comment\nrules:\n" + lines);
        QCOMPARE(after("rules:\n", addRule(rule)), "rules:\n" + lines);
        QCOMPARE(after("rules: []\n", addRule(rule)), "rules:\n" + lines);
        QCOMPARE(after("rules: null # none\n", addRule(rule)).substr(0, 7), std::string("rules:\n"));
        QCOMPARE(after("rules:\n" + lines, removeRule(0)), std::string("rules:\n"));
    }

    void copiesAndPastes()
    {
        const std::string copied = copyRules(parsed(block), {1});
        QCOMPARE(copied, std::string("# ROCm\n- backend: 'rocm'\n  services: ['vllm']\n  platforms:\n  args: []\n"));
        const auto pasted = applyEdit(parsed(block), pasteRules(copied, 0));
        QVERIFY2(pasted, pasted ? "" : pasted.error().message.c_str());
        QCOMPARE(pasted->document.matrix().rules.size(), std::size_t{3});
        QVERIFY(pasted->document.matrix().rules[1] == parsed(block).matrix().rules[1]);
        QVERIFY(pasted->document.text().find("\n  # ROCm\n  - backend: 'rocm'\n    services: ['vllm']\n")
                != std::string::npos);
        const auto map = applyEdit(parsed(block), pasteRules("backend: dtk\nservices:\n- vllm\n", std::nullopt));
        QVERIFY(map);
        QVERIFY(map->document.text().ends_with("  - backend: dtk\n    services:\n    - vllm\n"));
        for (const char *line : {"- {backend: dtk, services: [vllm]}", "{backend: dtk, services: [vllm]}",
                                 "- {backend: dtk, services: [vllm]}\n"}) {
            const auto flow = applyEdit(parsed(block), pasteRules(line, 0));
            QVERIFY2(flow, line);
            QVERIFY2(flow->document.text().find("- {backend: dtk, services: [vllm]}\n") != std::string::npos, line);
        }
        QCOMPARE(after(block, pasteRules("just words", 0)), std::string("edit-no-rule"));
        QCOMPARE(after(block, pasteRules("a: [", 0)), std::string("edit-no-rule"));
    }

    /// Vendors write all of a version into their tags, behind a name, behind a "v", or alone.
    void bumpsTheTagsOfVendors()
    {
        const auto ruleOf = [](const std::string &backend, const std::string &versions, const std::string &image) {
            return "rules:\n  - backend: " + backend + "\n    services: [sglang]\n    args: [" + versions
                   + ", 'BASE_IMAGE=" + image + "']\n";
        };
        const std::string text =
            ruleOf("cann", "CANN_VERSION=9.0.0, SGLANG_VERSION=0.5.15", "quay.io/ascend/sglang:v0.5.15-cann9.0.0-910b");
        QCOMPARE(after(text, bumpVersion("SGLANG_VERSION", "0.5.15", "0.5.16")),
                 ruleOf("cann", "CANN_VERSION=9.0.0, SGLANG_VERSION=0.5.16",
                        "quay.io/ascend/sglang:v0.5.16-cann9.0.0-910b"));
        QCOMPARE(after(text, bumpVersion("CANN_VERSION", "9.0.0", "9.1.0")),
                 ruleOf("cann", "CANN_VERSION=9.1.0, SGLANG_VERSION=0.5.15",
                        "quay.io/ascend/sglang:v0.5.15-cann9.1.0-910b"));
        const std::string alone =
            ruleOf("cuda", "CUDA_VERSION=12.9.1", "registry:5000/nvidia/cuda:12.9.1-devel@sha256:12.9.1");
        QCOMPARE(after(alone, bumpVersion("CUDA_VERSION", "12.9.1", "13.0.1")),
                 ruleOf("cuda", "CUDA_VERSION=13.0.1", "registry:5000/nvidia/cuda:13.0.1-devel@sha256:12.9.1"));
        // Neither another version that begins so, nor another image's.
        for (const char *other :
             {"ascend/sglang:v0.5.15rc1-a3", "ascend/other:v0.5.15-a3", "ascend/mysglang:0.5.15", "sglang"}) {
            QCOMPARE(after(ruleOf("cann", "SGLANG_VERSION=0.5.15", other),
                           bumpVersion("SGLANG_VERSION", "0.5.15", "0.5.16")),
                     ruleOf("cann", "SGLANG_VERSION=0.5.16", other));
        }
        // In a rule that does not name the version it is offered, and not ticked.
        const std::string elsewhere = "rules:\n- {backend: cann, services: [sglang], args: [SGLANG_VERSION=0.5.15]}\n"
                                      "- {backend: cann, services: [sglang], args: ['A=ascend/sglang:v0.5.15']}\n";
        const auto uses = findVersionUses(parsed(elsewhere), "SGLANG_VERSION", "0.5.15", "0.5.16");
        QCOMPARE(uses.size(), std::size_t{2});
        QVERIFY(uses[0].suggested && !uses[1].suggested);
        QCOMPARE(uses[1].after, std::string("A=ascend/sglang:v0.5.16"));
    }

    void bumpsWhatMeansTheSame()
    {
        const std::string text =
            "rules:\n"
            "  # CUDA 12.9.1, not 12.9.10\n"
            "  - backend: cuda\n    services: [vllm]\n"
            "    args: [CUDA_VERSION=12.9.1, 'BASE=a/runner:cuda12.9-vllm0.15.1', CUDA_VERSION_EXTRA=12.9.1]\n"
            "  - backend: cuda\n    services: [sglang]\n    args: ['BASE=a/runner:cuda12.9-vllm0.15.1']\n"
            "#  - backend: cuda\n#    services: [vllm]\n#    args: [CUDA_VERSION=12.9.1]\n";
        const auto uses = findVersionUses(parsed(text), "CUDA_VERSION", "12.9.1", "13.0.2");
        QCOMPARE(uses.size(), std::size_t{5});
        std::vector<bool> suggested;
        for (const VersionUse &use : uses)
            suggested.push_back(use.suggested);
        QCOMPARE(suggested, (std::vector<bool>{true, true, true, false, false}));
        const std::string bumped = after(text, bumpVersion("CUDA_VERSION", "12.9.1", "13.0.2"));
        QVERIFY(bumped.find("# CUDA 13.0.2, not 12.9.10\n") != std::string::npos);
        QVERIFY(bumped.find("[CUDA_VERSION=13.0.2, 'BASE=a/runner:cuda13.0-vllm0.15.1', CUDA_VERSION_EXTRA=12.9.1]")
                != std::string::npos);
        QVERIFY(bumped.find("services: [sglang]\n    args: ['BASE=a/runner:cuda12.9-vllm0.15.1']")
                != std::string::npos);
        const std::string chosen =
            after(text, bumpVersion("CUDA_VERSION", "12.9.1", "13.0.2", std::vector<std::size_t>{4}));
        QVERIFY(chosen.ends_with("#    args: [CUDA_VERSION=13.0.2]\n"));
        QCOMPARE(after(text, bumpVersion("VLLM_VERSION", "0.1", "0.2")), std::string("edit-no-effect"));
        // A blank, or what no tag may hold, would leave a name that is none.
        for (const char *version : {"13 x # y", "13/0", "13:0", "13@0"})
            QCOMPARE(after(text, bumpVersion("CUDA_VERSION", "12.9.1", version)), std::string("edit-bad-text"));
    }

    // The undo stack of a window: patches forth and back, equal to the byte.
    void randomEditsUndoAndRedo()
    {
        std::vector<std::string> texts{
            block, testdata::read(testdata::project(QStringLiteral("matrix.yml"))).toStdString(),
            "rules: [{backend: cuda, services: [vllm], args: [A=1]}, {backend: rocm, services: [vllm, sglang]}]"};
        std::string dos = block;
        for (std::size_t at = 0; (at = dos.find('\n', at)) != std::string::npos; at += 2)
            dos.insert(at, 1, '\r');
        texts.push_back(dos);
        std::mt19937 generator(8);
        int done = 0;
        for (int round = 0; round < 60; ++round) {
            Document document = parsed(texts[static_cast<std::size_t>(round) % texts.size()]);
            std::vector<std::pair<std::string, text::Patches>> history;
            for (int step = 0; step < 12; ++step) {
                const auto edited = applyEdit(document, randomEdit(document.matrix(), generator));
                if (!edited) {
                    QVERIFY2(edited.error().id != "edit-not-as-meant",
                             (document.text() + diagnostics::describe(edited.error())).c_str());
                    continue;
                }
                ++done;
                history.emplace_back(document.text(), edited->patches);
                document = edited->document;
            }
            std::string now = document.text();
            text::Patches all;
            for (auto step = history.rbegin(); step != history.rend(); ++step) {
                const text::Patches undo = text::inverse(step->first, step->second);
                const std::string before = text::patched(now, undo);
                QCOMPARE(before, step->first);
                QCOMPARE(text::patched(before, text::inverse(now, undo)), now);
                now = before;
            }
            for (const auto &[text, patches] : history)
                all = text::compose(all, patches);
            if (!history.empty())
                QCOMPARE(text::patched(history.front().first, all), document.text());
        }
        QVERIFY(done > 200);
    }
};

QTEST_APPLESS_MAIN(TestEdits)
#include "tst_edits.moc"
