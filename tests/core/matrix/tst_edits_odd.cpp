// Edits of files written in a way that a person seldom chooses, or by mistake.
#include "editedtext.h"
#include "matrix/edit/bump.h"
#include "matrix/edit/draft.h"
#include "matrix/edit/headeredits.h"
#include "matrix/edit/ruleedits.h"
#include "matrix/edit/rulelistedits.h"
#include "matrix/edit/runneredits.h"

#include <QTest>

#include <functional>

using namespace runner;
using namespace runner::matrix;
using namespace runner::matrix::edit;

class TestEditsOdd : public QObject
{
    Q_OBJECT

private slots:
    /// What a merge key may give a map is neither replaced nor taken for absent.
    void refusesWhatAMergeKeyMayProvide()
    {
        const std::string text = "x: &base {services: [vllm], args: [\"A=1\"]}\n"
                                 "rules:\n  - backend: cuda\n    <<: *base\n  - backend: rocm\n    services: [vllm]\n";
        for (const Edit &edit :
             {setArgument({0}, "NEW", "9"), addService(0, "voxbox"), removeService(0, "vllm"), unsetArgument(0, "A"),
              addPlatform(0, "linux/riscv64"), removePlatform(0, "linux/arm64"), renameArgument(0, "A", "B")})
            QCOMPARE(after(text, edit), std::string("edit-shared"));
        const auto refused = applyEdit(parsed(text), setArgument({0}, "NEW", "9"));
        QCOMPARE(refused.error().where.line, 4);
        QVERIFY(refused.error().message.find("merge key") != std::string::npos);
        // What the rule says itself, and other rules.
        QVERIFY(after(text, setBackend(0, "dtk")).find("  - backend: dtk\n    <<: *base\n") != std::string::npos);
        QVERIFY(after(text, addService(1, "voxbox")).ends_with("    services: [vllm, voxbox]\n"));
        const std::string quoted = "rules:\n- backend: cuda\n  services: [vllm]\n"; // As any other key.
        QCOMPARE(after(quoted + "  \"<<\": x\n", setArgument({0}, "A", "1")), quoted + "  args: [A=1]\n  \"<<\": x\n");
    }

    void refusesMapsWithAKeyTwice()
    {
        const std::string text = "rules:\n  - backend: cuda\n    services: [vllm, sglang]\n    args: [A=1]\n"
                                 "    args: [B=1]\n  - backend: rocm\n    services: [vllm]\n";
        for (const Edit &edit :
             {setArgument({0}, "A", "9"), unsetArgument(0, "A"), renameArgument(0, "A", "B"), addService(0, "voxbox"),
              removeService(0, "vllm"), setBackend(0, "dtk"), bumpVersion("A", "1", "2")})
            QCOMPARE(after(text, edit), std::string("edit-duplicate-key"));
        const auto refused = applyEdit(parsed(text), setArgument({0}, "A", "9"));
        QCOMPARE(refused.error().where.line, 5);
        QVERIFY(refused.error().message.find("'args'") != std::string::npos);
        QVERIFY(after(text, setArgument({1}, "A", "9")).find("A=9") != std::string::npos);
        QCOMPARE(after(text, removeRule(0)), std::string("rules:\n  - backend: rocm\n    services: [vllm]\n"));
        QCOMPARE(after("rules:\nrules:\n", addRule({"cuda", {"vllm"}, {}, {}})), std::string("edit-duplicate-key"));
    }

    void refusesAKeyTwiceOutsideOfRules()
    {
        const auto file = [](const std::string &service, const std::string &backend, const std::string &entry,
                             const std::string &row) {
            return "schema: 1\nservices:\n  vllm: {name: vLLM" + service + "}\nbackends:\n  cuda: {name: CUDA" + backend
                   + "}\nrules: []\nrunners:\n- {backend: cuda, version: \"12.8\"" + row
                   + ", services: {vllm: [{version: \"1\"" + entry + "}, {version: \"0\"}]}}\n";
        };
        const Edit mark = setDeprecated({{0, "vllm", 0}}, true);
        const std::string twice = "edit-duplicate-key";
        QCOMPARE(after(file(", name: x", "", "", ""), setServiceName("vllm", "y")), twice);
        QCOMPARE(after(file("", ", name: x", "", ""), setBackendText("cuda", BackendText::Title, "y")), twice);
        QCOMPARE(after(file("", ", name: x", "", ""), addNote("cuda", {NoteKind::Note, "y"})), twice);
        QCOMPARE(after(file("", "", ", listed: true, listed: false", ""), mark), twice);
        QCOMPARE(after(file("", "", "", ", variant: a, variant: b"), mark), twice);
        QCOMPARE(after(file("", "", "", ", variant: a, variant: b"), setRowListed(0, false)), twice);
        QCOMPARE(after(file("", "", ", listed: true, listed: false", ""), removeEntries({{0, "vllm", 0}})),
                 file("", "", "", "").replace(file("", "", "", "").find("{version: \"1\"}, "), 16, ""));
        const std::string merged = "x: &base {deprecated: true}\n" + file("", "", ", <<: *base", "");
        QCOMPARE(after(merged, mark), std::string("edit-shared"));
        QCOMPARE(after(merged, setDeprecated({{0, "vllm", 0}}, false)), std::string("edit-shared"));
    }

    /// An anchor in front of another rule's list is no part of its indentation.
    void writesAListLikeOneWithAnAnchor()
    {
        const std::string text = "rules:\n  - backend: cuda\n    services: [vllm]\n    args: &a\n      - A=1\n"
                                 "  - backend: rocm\n    services: [vllm]\n";
        QCOMPARE(after(text, setArgument({1}, "B", "2")), text + "    args:\n      - B=2\n");
    }

    void marksEntriesWhosePlatformsAreLines()
    {
        const auto file = [](const std::string &entry) {
            return "schema: 1\nservices:\n  vllm: {name: vLLM}\nbackends:\n  cuda: {name: CUDA}\nrules: []\nrunners:\n"
                   "  - backend: cuda\n    version: \"12.8\"\n    services:\n      vllm:\n        - version: \"1\"\n"
                   + entry;
        };
        const EntryRef entry{0, "vllm", 0};
        const std::string one = "          deprecated: # why\n            - linux/amd64\n";
        const std::string polished = "          polished: true\n";
        const std::string key = "          deprecated:";
        QCOMPARE(after(file(one + polished), setDeprecated({entry}, true)), file(key + " true # why\n" + polished));
        QCOMPARE(after(file(key + "\n          - linux/amd64"), setDeprecated({entry}, true)), file(key + " true"));
        QCOMPARE(after(file(one), setDeprecated({entry}, false)), file(""));
        QCOMPARE(after(file(one), setPolished({entry}, true)), file(one + polished));
        QCOMPARE(after(file(one), setReleaseCandidate({entry}, true)), file("          stage: rc\n" + one));
        QCOMPARE(after(file(one), setDeprecatedPlatforms(entry, {"linux/arm64"})),
                 file(key + " [linux/arm64] # why\n"));
        // One more platform is one more line.
        const std::string platforms = "          platforms:\n            - 'linux/arm64' # a\n";
        EntryChange more;
        more.platforms = {"linux/arm64", "linux/s390x"};
        QCOMPARE(after(file(platforms), changeEntry(entry, more)), file(platforms + "            - 'linux/s390x'\n"));
        EntryChange less;
        less.platforms = {"linux/s390x"};
        QCOMPARE(after(file(platforms + "            - linux/s390x\n"), changeEntry(entry, less)),
                 file("          platforms:\n            - linux/s390x\n"));
    }

    /// An empty list of another service keeps no row alive, and stays where the row does.
    void removesEntriesBesideEmptyLists()
    {
        const std::string head =
            "schema: 1\nservices:\n  vllm: {name: vLLM}\n  sglang: {name: SGLang}\n  x: {name: X}\n"
            "backends:\n  cuda: {name: CUDA}\nrules: []\nrunners:\n";
        const std::string flow =
            "- {backend: cuda, version: \"12.8\", services: {vllm: [{version: \"1\"}], sglang: []}}\n";
        const std::string lines =
            "- backend: cuda\n  version: \"12.9\"\n  services:\n    vllm:\n      - { version: \"1\" }\n"
            "    sglang: []\n";
        const EntryRef first{0, "vllm", 0};
        QCOMPARE(after(head + flow + lines, removeEntries({first})), head + lines);
        QCOMPARE(after(head + lines + flow, removeEntries({first})), head + flow);
        QCOMPARE(after(head + lines, removeEntries({first})), head);
        const std::string other = "    x:\n      - { version: \"2\" }\n";
        QCOMPARE(after(head + lines + other, removeEntries({first})),
                 head + "- backend: cuda\n  version: \"12.9\"\n  services:\n    sglang: []\n" + other);
    }

    /// A text that would not say what is meant is refused with the part that would be otherwise.
    void namesWhatWouldNotBeAsMeant()
    {
        const std::string file = "schema: 1\nservices:\n  vllm: {name: vLLM}\nbackends:\n  cuda: {name: CUDA}\nrules:\n"
                                 "- {backend: cuda, services: [vllm]}\nrunners:\n"
                                 "- {backend: cuda, version: \"12.8\", services: {vllm: [{version: \"1\"}]}}\n";
        const auto messageOf = [&](const std::function<void(Matrix &)> &mean) {
            const auto refused = applyEdit(parsed(file), {"Nothing", [&](Draft &draft) {
                                                              mean(draft.intended);
                                                              return Result<void>();
                                                          }});
            return refused ? std::string() : refused.error().id + ": " + refused.error().message;
        };
        const auto wanted = [](const std::string &what) {
            return "edit-not-as-meant: The edit is refused: afterwards " + what + " would not be as meant";
        };
        QCOMPARE(messageOf([](Matrix &meant) { meant.rules[0].backend.text = "x"; }), wanted("rule 1"));
        QCOMPARE(messageOf([](Matrix &meant) { meant.rules.push_back(meant.rules[0]); }), wanted("rule 2"));
        QCOMPARE(messageOf([](Matrix &meant) {
                     meant.disabledRules.push_back({meant.rules[0], 0});
                 }),
                 wanted("disabled rule 1"));
        QCOMPARE(messageOf([](Matrix &meant) { meant.runners.edit()[0].cells[0].entries[0].polished = true; }),
                 wanted("vllm 1 in row 1 of runners (cuda 12.8)"));
        QCOMPARE(messageOf([](Matrix &meant) { meant.runners.edit()[0].cells.clear(); }),
                 wanted("vllm in row 1 of runners (cuda 12.8)"));
        QCOMPARE(messageOf([](Matrix &meant) { meant.runners.edit().clear(); }),
                 wanted("row 1 of runners (cuda 12.8)"));
        QCOMPARE(messageOf([](Matrix &meant) { meant.backends[0].title = "x"; }), wanted("the backend 'cuda'"));
        QCOMPARE(messageOf([](Matrix &meant) { meant.services[0].name = "x"; }), wanted("the service 'vllm'"));
        QCOMPARE(messageOf([](Matrix &meant) { meant.image.nameSpace = "x"; }), wanted("the file"));
    }
};

QTEST_APPLESS_MAIN(TestEditsOdd)
#include "tst_edits_odd.moc"
