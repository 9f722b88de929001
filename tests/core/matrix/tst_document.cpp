#include "matrix/document.h"
#include "testdata.h"

#include <QtTest>

using namespace runner;
using matrix::Document;

namespace {

std::string only(const Problems &problems)
{
    std::string ids;
    for (const Problem &problem : problems)
        ids += (ids.empty() ? "" : " ") + problem.id + "@" + std::to_string(problem.where.line) + ":"
               + std::to_string(problem.where.column);
    return ids;
}

} // namespace

class DocumentTest : public QObject
{
    Q_OBJECT
private slots:
    void readsARule()
    {
        const auto document = Document::parse("rules:\n"
                                              "  # comment\n"
                                              "  - backend: \"cuda\"\n"
                                              "    services: [vllm, \"sglang\"]\n"
                                              "    platforms:\n"
                                              "      - linux/amd64\n"
                                              "    args:\n"
                                              "      - \"CUDA_VERSION=12.9.1\"\n"
                                              "      - EMPTY=\n"
                                              "      - NAME\n"
                                              "  - backend: rocm\n"
                                              "    services: [vllm]\n"
                                              "    args: null\n",
                                              "m.yaml");
        QVERIFY(document.has_value());
        QCOMPARE(only(document->problems()), std::string());
        QVERIFY(!document->hasSchema());
        const auto &rules = document->matrix().rules;
        QCOMPARE(rules.size(), std::size_t{2});
        QCOMPARE(rules[0].where, (Location{"m.yaml", 3, 5}));
        QCOMPARE(rules[0].lastLine, 10);
        QCOMPARE(rules[0].backend.text, std::string("cuda"));
        QCOMPARE(rules[0].services[1].text, std::string("sglang"));
        QCOMPARE(rules[0].services[1].where, (Location{"m.yaml", 4, 22}));
        QCOMPARE(rules[0].effectivePlatforms(), std::vector<std::string>{"linux/amd64"});
        QCOMPARE(rules[0].arguments->at(0).value().value(), std::string("12.9.1"));
        QCOMPARE(rules[0].arguments->at(1).value().value(), std::string());
        QVERIFY(!rules[0].arguments->at(2).value().has_value());
        QVERIFY(!rules[1].arguments.has_value());
        QCOMPARE(rules[1].effectivePlatforms(), matrix::defaultPlatforms());
    }

    void readsRunners()
    {
        const auto document = Document::parse(
            "schema: 1\n"
            "runners:\n"
            "  - services:\n"
            "      vllm:\n"
            "        - { version: \"0.2\", stage: rc, deprecated: [linux/arm64], members: { a: { b: [1, \"1\", true] } "
            "} }\n"
            "        - { version: \"0.1\", deprecated: true, polished: true, platforms: [linux/amd64] }\n"
            "        - { version: \"0.0\", listed: false, released: false, original_version: \"4.3.0\" }\n"
            "    backend: musa\n"
            "    version: \"4.3\"\n"
            "    shown_version: \"4.3.2\"\n"
            "    original_version: \"4.3.2\"\n",
            "matrix.yml");
        QVERIFY(document.has_value());
        QCOMPARE(only(document->problems()), std::string());
        const matrix::RunnerRow &row = document->matrix().runners.at(0);
        QCOMPARE(row.shownVersion, std::string("4.3.2"));
        const auto &entries = row.cells.at(0).entries;
        QVERIFY(entries[0].releaseCandidate && !entries[0].deprecated());
        QCOMPARE(entries[0].deprecatedPlatforms, std::vector<std::string>{"linux/arm64"});
        QCOMPARE(entries[0].members, std::string(R"({"a":{"b":[1,"1",true]}})"));
        QCOMPARE(entries[0].originalVersion, std::string("4.3.2"));
        QVERIFY(entries[1].deprecated() && entries[1].polished);
        QVERIFY(!entries[2].listed && !entries[2].released);
        QCOMPARE(entries[2].originalVersion, std::string("4.3.0"));
    }

    void tellsWhatIsWrong_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("problems");
        const auto row = [](const char *name, const char *text, const char *problems) {
            QTest::newRow(name) << QByteArray(text) << QByteArray(problems);
        };
        row("broken", "rules:\n  - backend: [cuda\n", "yaml-syntax");
        row("tab", "rules:\n\t- backend: cuda\n", "yaml-syntax@2:2");
        row("open quote", "rules:\n  - backend: \"cuda\n    services: [vllm]\nrunners: []\n",
            "yaml-unclosed-quote@2:14");
        row("open single quote", "rules:\n  - backend: 'cuda''\n", "yaml-unclosed-quote@2:14");
        row("quote closed in the next line", "rules:\n  - {backend: a, services: [\"b\n  c\"]}\n", "");
        row("list at the top", "- a\n", "matrix-wrong-shape@1:1");
        row("two documents", "rules:\n---\nrules:\n", "yaml-several-documents@2:1");
        row("newer schema", "schema: 2\n", "matrix-schema@1:9");
        row("empty", "", "");
        row("duplicate key", "rules:\nrules:\n", "yaml-duplicate-key@2:1");
        row("unknown key", "rules:\n  - {backend: a, services: [b], arg: []}\n", "matrix-unknown-key@2:33");
        row("rules is a text", "rules: x\n", "matrix-wrong-shape@1:8");
        row("empty rule", "rules:\n  - {}\n", "rule-no-backend@2:5 rule-no-service@2:5");
        row("argument without a name", "rules:\n  - {backend: a, services: [b], args: [\"=x\"]}\n",
            "rule-bad-argument@2:40");
        row("merge key", "x: &x {a: 1}\nrules:\n  - <<: *x\n    backend: a\n    services: [b]\n",
            "matrix-unknown-key@1:1 yaml-merge-key@3:5");
        row("not a boolean", "runners:\n  - {backend: a, version: b, listed: maybe}\n", "matrix-not-a-boolean@2:38");
        row("unknown stage", "runners:\n  - {backend: a, version: b, services: {v: [{version: x, stage: beta}]}}\n",
            "runner-unknown-stage@2:65");
    }
    void tellsWhatIsWrong()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, problems);
        const auto document = Document::parse(text.toStdString(), "m");
        const std::string found = only(document ? document->problems() : Problems{document.error()});
        QVERIFY2(found == problems.toStdString() || (problems == "yaml-syntax" && found.starts_with("yaml-syntax@")),
                 found.c_str());
    }

    void survivesDeepNesting()
    {
        const auto document = Document::parse("rules: " + std::string(10'000, '['), "m");
        QVERIFY(!document.has_value());
        QCOMPARE(document.error().id, std::string("yaml-too-deep"));
    }

    void survivesAliasBombs()
    {
        std::string text = "a: &a [x,x,x,x,x,x,x,x,x,x]\n";
        for (char c = 'b'; c < 'k'; ++c) {
            text += std::string(1, c) + ": &" + c + " [";
            for (int i = 0; i < 10; ++i)
                text += std::string("*") + static_cast<char>(c - 1) + (i < 9 ? "," : "]\n");
        }
        text += "rules: *j\nrunners:\n  - {backend: a, version: b, services: {v: [{version: c, members: &m {m: *m, n: "
                "*j}}]}}\n";
        const auto document = Document::parse(text, "m");
        QVERIFY(document.has_value());
        QVERIFY(!document->problems().empty());
    }

    void readsEveryRealMatrix()
    {
        RUNNER_NEEDS_SHARED();
        int count = 0;
        for (const char *folder : {"upstream/history", "upstream/seed", "upstream/old"}) {
            const QDir dir(testdata::shared(QString::fromLatin1(folder)));
            for (const QString &name : dir.entryList({QStringLiteral("*.yaml")}, QDir::Files)) {
                const auto document = Document::parse(testdata::read(dir.filePath(name)).toStdString(), "m");
                QVERIFY2(document.has_value(), qPrintable(name));
                QVERIFY2(!diagnostics::hasErrors(document->problems()), qPrintable(name));
                QVERIFY(!document->matrix().rules.empty());
                ++count;
            }
        }
        QVERIFY(count > 50);
    }
};

QTEST_APPLESS_MAIN(DocumentTest)
#include "tst_document.moc"
