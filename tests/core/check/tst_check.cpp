#include "../workspace/packcentre.h"
#include "check/check.h"

#include <QElapsedTimer>
#include <QtTest>

#include <algorithm>

using namespace runner;

namespace {

const QByteArray head = "schema: 1\n"
                        "services: { vllm: {}, sglang: {} }\n"
                        "backends:\n"
                        "  cuda: {}\n"
                        "  cann: { variant_arg: CANN_ARCHS, variants: { a3: A3 } }\n"
                        "rules:\n"; // rules begin on line 7

const QByteArray dockerfileText = "ARG CUDA_VERSION=12.9.1\n"
                                  "ARG VLLM_VERSION=0.17.1\n"
                                  "ARG SGLANG_VERSION=0.5.9\n"
                                  "ARG FLAGS\n"
                                  "ARG SGLANG_FLAGS\n"
                                  "ARG VLLM_BASE_IMAGE=gpustack/runner:cuda${CUDA_VERSION}-python3.12\n"
                                  "ARG SGLANG_BASE_IMAGE=vllm\n"
                                  "FROM ${VLLM_BASE_IMAGE} AS vllm\n"
                                  "ARG FLAGS\n"
                                  "ARG VLLM_VERSION\n"
                                  "ARG LOCAL\n"
                                  "RUN install ${FLAGS} ${VLLM_VERSION}\n"
                                  "FROM ${SGLANG_BASE_IMAGE} AS sglang\n"
                                  "ARG SGLANG_FLAGS\n"
                                  "RUN install ${SGLANG_FLAGS}\n";

} // namespace

class CheckTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<PackCentre> m_centre;
    Problems m_problems;

    std::string check(const QByteArray &rest, const QByteArray &file = dockerfileText)
    {
        m_centre->file(QStringLiteral("matrix.yml"), head + rest);
        m_centre->file(QStringLiteral("pack/cuda/Dockerfile"), file);
        const auto opened = m_centre->open();
        m_problems = opened ? check::checkWorkspace(*opened) : Problems();
        // tst_convention is about those.
        std::erase_if(m_problems, [](const Problem &problem) { return problem.id.starts_with("convention-"); });
        return opened ? idsOf(m_problems) : "not opened";
    }

    // One rule of CUDA: "- backend" on line 7, args on line 10.
    static QByteArray rule(const QByteArray &arguments, const QByteArray &services = "vllm",
                           const QByteArray &platforms = "linux/amd64")
    {
        return "  - backend: cuda\n    services: [" + services + "]\n    platforms: [" + platforms + "]\n    args: ["
               + arguments + "]\n";
    }

    static QByteArray released(const QByteArray &services, const QByteArray &version = "12.9")
    {
        return "runners:\n  - backend: cuda\n    version: \"" + version
               + "\"\n    platforms: [linux/amd64]\n    services: " + services + "\n";
    }

private slots:
    void init() { m_centre = std::make_unique<PackCentre>(); }

    void findsNothingWhereNothingIs() { QCOMPARE(check(rule("FLAGS=x", "vllm, sglang")), std::string()); }

    void findsUnknownNames()
    {
        QCOMPARE(check("  - { backend: abacus, services: [vllm] }\n"),
                 std::string("rule-no-dockerfile@matrix.yml:7 unknown-backend@matrix.yml:7"));
        QCOMPARE(check(rule("", "vllm, chess")),
                 std::string("blank-version@matrix.yml:7 missing-stage@matrix.yml:8 unknown-service@matrix.yml:8"));
        QCOMPARE(m_problems[0].severity, Severity::Warning);
    }

    void findsUnknownPlatforms()
    {
        for (const char *good : {"linux/arm64", "linux/arm/v7", "windows/amd64", "linux/loong64", "linux/amd64/v3"})
            QCOMPARE(check(rule("", "vllm", good)), std::string());
        for (const char *bad :
             {"linux", "amd64", "linux/", "linux/x86_64", "Linux/amd64", "linux/arm64/", "linux/arm/v7/x"})
            QVERIFY2(check(rule("", "vllm", bad)).starts_with("unknown-platform@matrix.yml:9"), bad);
    }

    void findsArguments()
    {
        QCOMPARE(check(rule("FLAG=x")), std::string("undeclared-argument@matrix.yml:10"));
        QCOMPARE(check(rule("HTTP_PROXY=x, TARGETARCH=arm64, LOCAL=x")), std::string());
        QCOMPARE(check(rule("SGLANG_FLAGS=x")), std::string("unused-argument@matrix.yml:10"));
        QCOMPARE(check(rule("SGLANG_FLAGS=x", "vllm, sglang")), std::string());
        QCOMPARE(check(rule("FLAGS=x, FLAGS=y")), std::string("repeated-argument@matrix.yml:10"));
        QCOMPARE(check(rule("FLAGS")), std::string("argument-without-value@matrix.yml:10"));
    }

    void findsProblemsOfDefaults()
    {
        const std::string ids =
            check(rule(""), "ARG CUDA_VERSION=1.2\nARG VLLM_VERSION=${CUDA_VERSION:?}${\nFROM scratch AS vllm\n");
        QVERIFY2(ids.find("pack/cuda/Dockerfile:2") != std::string::npos, ids.c_str());
    }

    void findsMissingStages()
    {
        QCOMPARE(check(rule("", "vllm, sglang"),
                       "ARG CUDA_VERSION=1\nARG VLLM_VERSION=1\nARG SGLANG_VERSION=1\nFROM scratch AS vllm\n"),
                 std::string("missing-stage@matrix.yml:8"));
        QCOMPARE(m_problems[0].where.column, 22);
    }

    void findsBlankVersions()
    {
        QCOMPARE(check(rule("CUDA_VERSION=, VLLM_VERSION=")), std::string("blank-version@matrix.yml:7"));
        QCOMPARE(m_problems[0].severity, Severity::Note);
        QVERIFY(m_problems[0].message.find("CUDA_VERSION, VLLM_VERSION") != std::string::npos);
        QVERIFY(!diagnostics::hasErrors(m_problems));
    }

    void findsDuplicateTags()
    {
        QCOMPARE(check(rule("") + rule("FLAGS=x")), std::string("duplicate-tag@matrix.yml:11"));
        QVERIFY(diagnostics::hasErrors(m_problems));
    }

    void findsBadTags()
    {
        QCOMPARE(check(rule("\"VLLM_VERSION=0.1+cu1\"")), std::string("tag-bad-characters@matrix.yml:7"));
        QCOMPARE(check(rule("VLLM_VERSION=0." + QByteArray(128, '1'))), std::string("tag-too-long@matrix.yml:7"));
    }

    void findsUnknownVariants()
    {
        m_centre->file(QStringLiteral("pack/cann/Dockerfile"),
                       "ARG CANN_VERSION=8.5.1\nARG CANN_ARCHS=910b\nARG VLLM_VERSION=0.1\nFROM scratch AS vllm\n");
        const QByteArray text = "  - backend: cann\n    services: [vllm]\n    args: [CANN_ARCHS=";
        QCOMPARE(check(text + "a3]\n"), std::string());
        QCOMPARE(check(text + "a4]\n"), std::string("unknown-variant@matrix.yml:9"));
        QCOMPARE(check("  - { backend: cann, services: [vllm] }\n"),
                 std::string("unknown-variant@pack/cann/Dockerfile:2"));
    }

    void findsUnlistedDockerfiles()
    {
        m_centre->file(QStringLiteral("pack/abacus/Dockerfile"), "FROM scratch\n");
        QCOMPARE(check(rule("")), std::string("unlisted-dockerfile@pack/abacus/Dockerfile"));
    }

    void findsContradictingBaseImages_data()
    {
        QTest::addColumn<QByteArray>("arguments");
        QTest::addColumn<bool>("found");
        const auto row = [](const char *arguments, bool found) {
            QTest::addRow("%s", arguments) << QByteArray(arguments) << found;
        };
        row("VLLM_BASE_IMAGE=vllm/vllm-openai:v0.20.1, VLLM_VERSION=0.20.2", true);
        row("VLLM_BASE_IMAGE=vllm/vllm-openai:v0.20.2, VLLM_VERSION=0.20.2", false);
        row("VLLM_BASE_IMAGE=mirror:5000/x/base:v0.20.1-cu129, VLLM_VERSION=0.20.2", true);
        row("VLLM_BASE_IMAGE=vllm/vllm-openai:v0.20.2-cu129, VLLM_VERSION=0.20.2", false);
        row("VLLM_BASE_IMAGE=vllm/vllm-openai:latest, VLLM_VERSION=0.20.2", false);
        row("VLLM_BASE_IMAGE=ubuntu:22.04", false);
        row("VLLM_BASE_IMAGE=nvidia/cuda:12.8.1-devel", true);
        row("VLLM_BASE_IMAGE=nvidia/cuda:12.9.1-devel", false);
        row("VLLM_BASE_IMAGE=gpustack/runner:cuda12.8.1-python3.12", true);
        row("VLLM_BASE_IMAGE=localhost:5000/runner", false);
    }

    void findsContradictingBaseImages()
    {
        QFETCH(QByteArray, arguments);
        QFETCH(bool, found);
        QCOMPARE(check(rule(arguments)), found ? std::string("base-image-version@matrix.yml:10") : std::string());
    }

    void looksIntoRunnerImages()
    {
        const QByteArray entries = released("{ vllm: [{ version: \"0.15.1\" }, { version: \"0.14.0\" }] }");
        const QByteArray wrong = "SGLANG_BASE_IMAGE=gpustack/runner:cuda12.9-vllm0.15.1, CUDA_VERSION=12.8.1";
        QCOMPARE(check(rule("SGLANG_BASE_IMAGE=gpustack/runner:cuda12.9-vllm0.15.1", "sglang") + entries),
                 std::string());
        QCOMPARE(check(rule(wrong, "sglang") + entries), std::string("base-image-version@matrix.yml:10"));
        QCOMPARE(check(rule("VLLM_BASE_IMAGE=gpustack/runner:cuda12.9-vllm0.15.1") + entries),
                 std::string("base-image-version@matrix.yml:10"));
    }

    void findsUnknownBaseImages()
    {
        const QByteArray entries = released("{ vllm: [{ version: \"0.15.1\" }] }");
        const auto sglang = [](const QByteArray &image, const QByteArray &platforms = "linux/amd64") {
            return rule("\"SGLANG_BASE_IMAGE=" + image + "\"", "sglang", platforms);
        };
        QCOMPARE(check(sglang("gpustack/runner:cuda12.9-vllm0.15.2") + entries),
                 std::string("base-image-unknown@matrix.yml:10"));
        QCOMPARE(check(sglang("docker.io/gpustack/runner:cuda12.9-vllm0.15.1-linux-amd64") + entries), std::string());
        QCOMPARE(check(sglang("elsewhere/runner:cuda12.9-vllm0.15.2") + entries), std::string());
        QCOMPARE(check(sglang("gpustack/runner:cuda12.9-vllm0.17.1") + rule("")), std::string());
        QCOMPARE(check(sglang("gpustack/runner:cuda12.9-vllm0.15.1", "linux/amd64, linux/arm64") + entries),
                 std::string("base-image-platform@matrix.yml:10"));
        const QByteArray onBoth = QByteArray(entries).replace("[linux/amd64]", "[linux/amd64, linux/arm64]");
        QVERIFY(onBoth != entries);
        QCOMPARE(check(sglang("gpustack/runner:cuda12.9-vllm0.15.1", "linux/amd64, linux/arm64") + onBoth),
                 std::string());
        QCOMPARE(check(sglang("gpustack/runner:cuda12.9-vllm0.15.1-linux-amd64", "linux/amd64, linux/arm64") + onBoth),
                 std::string("base-image-platform@matrix.yml:10"));
    }

    void findsFaultsOfRunners()
    {
        const QByteArray rules = rule("");
        QCOMPARE(check(rules + released("{ vllm: [{ version: \"1\" }, { version: \"1\" }] }")),
                 std::string("runner-duplicate-image@matrix.yml:15"));
        QCOMPARE(check(rules + released("{ chess: [{ version: \"1\" }] }")),
                 std::string("unknown-service@matrix.yml:15"));
        QCOMPARE(check(rules + released("{ vllm: [{ version: \"1\", platforms: [linux] }] }")),
                 std::string("unknown-platform@matrix.yml:15"));
        QCOMPARE(check(rules + released("{ vllm: [{ version: \"1\", listed: false, released: false }] }")),
                 std::string("runner-without-meaning@matrix.yml:15"));
        QCOMPARE(check(rules
                       + "runners:\n  - { backend: cann, version: \"8.5\", variant: a9, services: { vllm: [{ version: "
                         "\"1\" }] } }\n"
                         "  - { backend: abacus, version: \"1.2\", services: {} }\n"),
                 std::string("unknown-variant@matrix.yml:12 unknown-backend@matrix.yml:13"));
    }

    void findsRecordsThatContradictTheirImage()
    {
        PackCentre centre;
        centre.file(QStringLiteral("pack/matrix.yaml"), "rules: []\n")
            .file(
                QStringLiteral("gpustack_runner/runner.py.json"),
                R"([{"backend":"cuda","backend_version":"12.9","original_backend_version":"12.9.1","backend_variant":"",)"
                R"("service":"vllm","service_version":"0.1","platform":"linux/amd64",)"
                R"("docker_image":"gpustack/runner:cuda12.8-vllm0.1","deprecated":false}])");
        const auto opened = centre.open();
        QCOMPARE(idsOf(check::checkWorkspace(*opened)),
                 std::string("catalog-image-mismatch@gpustack_runner/runner.py.json:1"));
    }

    void passesTheProjectsOwn()
    {
        const auto opened = workspace::open(testdata::project().toStdString());
        QVERIFY(opened.has_value());
        const Problems problems = check::checkWorkspace(**opened);
        for (const Problem &problem : problems) {
            if (problem.severity != Severity::Note)
                qWarning("%s", diagnostics::describe(problem).c_str());
        }
        QVERIFY(!diagnostics::hasErrors(problems));
        QCOMPARE(
            std::count_if(problems.begin(), problems.end(), [](const Problem &p) { return p.id == "blank-version"; }),
            5);
    }

    void readsRealCentres()
    {
        RUNNER_NEEDS_SHARED();
        for (const char *revision : {"upstream/seed", "upstream/old"}) {
            PackCentre centre;
            const auto opened = centre.older(testdata::shared(QString::fromLatin1(revision))).open();
            QVERIFY(opened);
            for (const Problem &problem : check::checkWorkspace(*opened)) {
                qInfo("%s", diagnostics::describe(problem).c_str());
                QVERIFY(problem.where.line > 0);
                QVERIFY(!problem.message.empty());
            }
        }
    }

    void answersForManyRules()
    {
        QByteArray rules;
        for (int i = 0; i < 2000; ++i)
            rules += rule("VLLM_VERSION=0." + QByteArray::number(i));
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(check(rules), std::string());
        qInfo("checked in %lld ms", static_cast<long long>(timer.elapsed()));
    }
};

QTEST_GUILESS_MAIN(CheckTest)
#include "tst_check.moc"
