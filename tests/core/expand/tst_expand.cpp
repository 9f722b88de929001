// Expansion where the older scripts are wrong or say nothing; each function has a row in docs/expansion.md.
#include "../workspace/packcentre.h"
#include "expand/json.h"

#include <nlohmann/json.hpp>

#include <QtTest>

using namespace runner;
using expand::Plan;

namespace {

const QByteArray header = "schema: 1\n"
                          "services: { vllm: { name: vLLM }, sglang: {}, mindie: {} }\n"
                          "backends:\n"
                          "  cuda: { name: NVIDIA CUDA }\n"
                          "  npu: { variant_arg: NPU_KIND, variants: { \"9x\": 9X } }\n"
                          "rules:\n"; // rules begin on line 7

const QByteArray dockerfileText = "ARG CUDA_VERSION=12.9.1\n"
                                  "ARG VLLM_VERSION=0.17.1\n"
                                  "ARG SGLANG_VERSION=\"0.5.9\"\n"
                                  "ARG BASE=base:${CUDA_VERSION}\n"
                                  "ARG NOTE\n"
                                  "FROM ${BASE} AS vllm\n"
                                  "ARG VLLM_VERSION=9.9.9\n"
                                  "FROM vllm AS sglang\n"
                                  "FROM ${BASE} AS runtime\n";

std::string tagsOf(const Plan &plan)
{
    std::string tags;
    for (const expand::Job &job : plan.jobs)
        tags += (tags.empty() ? "" : " ") + job.platformTag;
    return tags;
}

std::string needsOf(const Plan &plan)
{
    std::string needs;
    for (const expand::IncompleteJob &job : plan.incomplete) {
        for (const std::string &name : job.needs)
            needs += (needs.empty() ? "" : " ") + name;
    }
    return needs;
}

} // namespace

class ExpandTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<PackCentre> m_centre;
    std::shared_ptr<const workspace::Workspace> m_workspace;

    Plan plan(const QByteArray &rules, const expand::Options &options = {}, const QByteArray &file = dockerfileText)
    {
        m_centre->file(QStringLiteral("matrix.yml"), header + rules);
        if (!file.isEmpty())
            m_centre->file(QStringLiteral("pack/cuda/Dockerfile"), file);
        m_workspace = m_centre->open();
        return m_workspace ? expand::expand(m_workspace->matrix, m_workspace->lookup(), options) : Plan();
    }

    static QByteArray rule(const QByteArray &arguments, const QByteArray &services = "vllm")
    {
        return "  - backend: cuda\n    services: [" + services
               + "]\n    platforms: [linux/amd64]\n    args: " + arguments + "\n";
    }

private slots:
    void init() { m_centre = std::make_unique<PackCentre>(); }

    void ordersLastRuleFirst()
    {
        const Plan result = plan("  - { backend: cuda, services: [vllm, sglang] }\n" + rule("[CUDA_VERSION=12.8.1]"));
        QCOMPARE(tagsOf(result), std::string("cuda12.8-vllm0.17.1-linux-amd64 "
                                             "cuda12.9-sglang0.5.9-linux-arm64 cuda12.9-sglang0.5.9-linux-amd64 "
                                             "cuda12.9-vllm0.17.1-linux-arm64 cuda12.9-vllm0.17.1-linux-amd64"));
        QCOMPARE(result.manifests.size(), std::size_t{3});
        QCOMPARE(result.manifests[1].tag, std::string("cuda12.9-sglang0.5.9-dev"));
        QCOMPARE(result.manifests[1].platformTags.front(), std::string("cuda12.9-sglang0.5.9-linux-amd64"));
    }

    void namesRunnersAndReleases()
    {
        const Plan result =
            plan("  - { backend: cuda, services: [vllm] }\n", {.forRelease = true, .runnerProfile = "8x"});
        QCOMPARE(result.jobs.size(), std::size_t{2});
        QCOMPARE(result.jobs[0].runner, std::string("ubuntu-22.04-arm-8x"));
        QCOMPARE(result.jobs[1].runner, std::string("ubuntu-22.04-8x"));
        QCOMPARE(result.jobs[0].tag, std::string("cuda12.9-vllm0.17.1"));
        QVERIFY(!result.jobs[0].arguments);
        const auto json = nlohmann::ordered_json::parse(expand::toJson(result, m_workspace->matrix));
        QVERIFY(json["build_jobs"][0]["args"].is_null());
    }

    void keepsRulesApart()
    {
        const Plan result =
            plan(rule("[\"CUDA_VERSION=12.8.1\", \"VLLM_VERSION=0.9\"]") + rule("[\"CUDA_VERSION=12.6.3\"]"), {},
                 "ARG CUDA_VERSION\nARG VLLM_VERSION\nFROM scratch AS vllm\n");
        QCOMPARE(tagsOf(result), std::string("cuda12.8-vllm0.9-linux-amd64"));
        QCOMPARE(needsOf(result), std::string("VLLM_VERSION"));
    }

    void allowsSpacesInValues()
    {
        const Plan result = plan(rule("[\"NOTE=two words  and\\ttabs\"]"), {.arguments = {"FLAGS=-O2 -g"}},
                                 "ARG CUDA_VERSION=12.9.1  \nARG  VLLM_VERSION=0.17.1\nARG GREETING=\"hello world\"\n"
                                 "FROM scratch AS vllm\n");
        QCOMPARE(tagsOf(result), std::string("cuda12.9-vllm0.17.1-linux-amd64"));
        const dockerfile::Variables given = result.jobs.at(0).overrides();
        QCOMPARE(given.at("NOTE"), std::string("two words  and\ttabs"));
        QCOMPARE(given.at("FLAGS"), std::string("-O2 -g"));
        const auto evaluated = dockerfile::evaluateArguments(*result.jobs[0].dockerfile, given, "linux/amd64");
        QCOMPARE(evaluated.find("GREETING")->value.value(), std::string("hello world"));
    }

    void executesNothing()
    {
        const QByteArray marker = m_centre->path(QStringLiteral("executed")).toUtf8();
        const QByteArray command = "$(touch${IFS}" + marker + ")";
        const Plan result = plan(rule("[\"NOTE=" + command + "\", \"BASE=x;touch " + marker + "\"]"),
                                 {.arguments = {("EXTRA=`touch " + marker + "`").toStdString()}},
                                 dockerfileText + "ARG X=`touch${IFS}" + marker + "`\nARG Y=" + command + "\n");
        QCOMPARE(result.jobs.size(), std::size_t{1});
        QCOMPARE(result.jobs[0].overrides().at("NOTE"), command.toStdString());
        QVERIFY(!QFile::exists(QString::fromUtf8(marker)));
    }

    void defaultsSeeOverridingValues()
    {
        const Plan result =
            plan(rule("[CUDA_VERSION=12.8.1]"), {},
                 "ARG CUDA_VERSION=12.9.1\nARG VLLM_VERSION=1.${CUDA_VERSION%.*}\nFROM scratch AS vllm\n");
        QCOMPARE(tagsOf(result), std::string("cuda12.8-vllm1.12.8-linux-amd64"));
    }

    void knowsSubstitutions()
    {
        const Plan result =
            plan(rule("[]"), {},
                 "ARG CUDA_VERSION=${NONE:-12.4.1}\nARG VLLM_VERSION=${CUDA_VERSION:+0.8}\nFROM scratch AS vllm\n");
        QCOMPARE(tagsOf(result), std::string("cuda12.4-vllm0.8-linux-amd64"));
    }

    void takesDefaultsFromGlobalArgumentsOnly()
    {
        QCOMPARE(tagsOf(plan(rule("[]"))), std::string("cuda12.9-vllm0.17.1-linux-amd64"));
    }

    void needsNoDefaults()
    {
        const Plan result = plan(rule("[CUDA_VERSION=1.2, VLLM_VERSION=3.4]"), {}, "FROM scratch AS vllm\n");
        QCOMPARE(tagsOf(result), std::string("cuda1.2-vllm3.4-linux-amd64"));
    }

    void givesNothingForANameAlone()
    {
        QCOMPARE(tagsOf(plan(rule("[CUDA_VERSION]"))), std::string("cuda12.9-vllm0.17.1-linux-amd64"));
    }

    void takesShellNamesForNames()
    {
        const Plan result = plan(rule("[PATH=, IFS=x, TAG=y, RULES=z, PLATFORM=w]"));
        QCOMPARE(tagsOf(result), std::string("cuda12.9-vllm0.17.1-linux-amd64"));
    }

    void keepsAOnePartVersion()
    {
        const Plan result = plan(rule("[\"CUDA_VERSION=13\", \"VLLM_VERSION=20251106\"]"));
        QCOMPARE(tagsOf(result), std::string("cuda13-vllm20251106-linux-amd64"));
        QCOMPARE(result.jobs[0].backendVersion, std::string("13"));
        QCOMPARE(result.jobs[0].cacheTags, std::vector<std::string>{"cuda13-vllm20251106-linux-amd64"});
    }

    void listsCacheTagsMostSpecificFirst()
    {
        const Plan result = plan(rule("[]"));
        QCOMPARE(result.jobs.at(0).cacheTags,
                 (std::vector<std::string>{"cuda12.9-vllm0.17.1-linux-amd64", "cuda12.9-vllm0.17-linux-amd64",
                                           "cuda12.9-vllm0-linux-amd64"}));
    }

    void reportsAMissingDockerfile()
    {
        const QByteArray rules = "  - { backend: npu, services: [vllm] }\n" + rule("[]");
        const Plan result = plan(rules);
        QCOMPARE(tagsOf(result), std::string("cuda12.9-vllm0.17.1-linux-amd64"));
        QCOMPARE(idsOf(result.problems), std::string("rule-no-dockerfile@matrix.yml:7"));
        QVERIFY(plan(rules, {.target = "sglang"}).problems.empty());
    }

    void namesTheVariantOfAnyBackend()
    {
        m_centre->file(QStringLiteral("pack/npu/Dockerfile"),
                       "ARG NPU_VERSION=1.2.3\nARG NPU_KIND=9X\nARG VLLM_VERSION=0.1\nFROM scratch AS vllm\n");
        const Plan result = plan("  - { backend: npu, services: [vllm], platforms: [linux/arm64] }\n");
        QCOMPARE(tagsOf(result), std::string("npu1.2-9x-vllm0.1-linux-arm64"));
        QCOMPARE(result.jobs[0].backendVariant, std::string("9X"));
    }

    void readsAServicesOwnDockerfileFirst()
    {
        m_centre->file(QStringLiteral("pack/cuda/Dockerfile.sglang"),
                       "ARG CUDA_VERSION=12.6.3\nARG SGLANG_VERSION=1.0\nFROM scratch AS sglang\n");
        const Plan result = plan(rule("[]", "vllm, sglang"));
        QCOMPARE(tagsOf(result), std::string("cuda12.6-sglang1.0-linux-amd64 cuda12.9-vllm0.17.1-linux-amd64"));
        QCOMPARE(result.jobs[0].dockerfile->fileName, std::string("pack/cuda/Dockerfile.sglang"));
    }

    void refusesDuplicateTags()
    {
        const Plan result = plan(rule("[]") + rule("[\"NOTE=other\"]"));
        QCOMPARE(result.jobs.size(), std::size_t{1});
        QCOMPARE(result.manifests.at(0).platformTags.size(), std::size_t{1});
        QCOMPARE(idsOf(result.problems), std::string("duplicate-tag@matrix.yml:11"));
        QCOMPARE(result.problems[0].severity, Severity::Error);
        QVERIFY(result.problems[0].message.find("Rules 1 (line 7) and 2 (line 11)") != std::string::npos);
    }

    void refusesDuplicatesOfOneRule()
    {
        const Plan result = plan("  - { backend: cuda, services: [vllm], platforms: [linux/arm/v6, linux/arm/v7] }\n");
        QCOMPARE(tagsOf(result), std::string("cuda12.9-vllm0.17.1-linux-arm"));
        QCOMPARE(result.jobs[0].platform, std::string("linux/arm/v6"));
        QCOMPARE(idsOf(result.problems), std::string("duplicate-tag@matrix.yml:7"));
    }

    // SGLang's stage would be based on different images, so that one tag cannot stand for both.
    void refusesDuplicatesThatWouldDiffer()
    {
        const QByteArray rules =
            rule("[CUDA_VERSION=12.8.1, \"BASE=a:1\"]") + rule("[CUDA_VERSION=12.9.1, \"BASE=a:2\"]");
        const Plan result = plan(rules, {.arguments = {"CUDA_VERSION=12.6.3"}});
        QCOMPARE(result.jobs.size(), std::size_t{1});
        QCOMPARE(result.problems.at(0).severity, Severity::Error);
        const Plan same = plan(rules, {.arguments = {"CUDA_VERSION=12.6.3", "BASE=a:3"}});
        QCOMPARE(same.problems.at(0).severity, Severity::Warning);
    }

    void sharesRuntimeImages()
    {
        const Plan result =
            plan(rule("[PYTHON_VERSION=3.12]") + rule("[PYTHON_VERSION=3.12]", "sglang"), {.target = "runtime"});
        QCOMPARE(tagsOf(result), std::string("cuda12.9.1-python3.12-linux-amd64"));
        QVERIFY(result.problems.empty());
        QCOMPARE(needsOf(plan(rule("[]"), {.target = "runtime"})), std::string("PYTHON_VERSION"));
    }

    void saysWhatIncompleteJobsNeed()
    {
        const QByteArray rules = rule("[CUDA_VERSION=, VLLM_VERSION=]", "vllm, sglang");
        const Plan result = plan(rules);
        QVERIFY(result.jobs.empty() && result.manifests.empty());
        QCOMPARE(needsOf(result), std::string("CUDA_VERSION CUDA_VERSION VLLM_VERSION"));
        QCOMPARE(result.incomplete.at(0).job.service, std::string("sglang"));
        const Plan filled = plan(rules, {.target = "vllm", .arguments = {"CUDA_VERSION=12.4.1", "VLLM_VERSION=0.8"}});
        QCOMPARE(tagsOf(filled), std::string("cuda12.4-vllm0.8-linux-amd64"));
        QCOMPARE(filled.jobs[0].arguments->size(), std::size_t{4});
        QCOMPARE(filled.jobs[0].adHocArguments, std::size_t{2});
    }

    void refusesBadAdHocArguments()
    {
        const Plan result = plan(rule("[]"), {.arguments = {"NAME", "=value", ""}});
        QCOMPARE(idsOf(result.problems), std::string("argument-bad-value@ argument-bad-value@ argument-bad-value@"));
        QVERIFY(result.jobs.at(0).arguments->empty());
    }
};

QTEST_GUILESS_MAIN(ExpandTest)
#include "tst_expand.moc"
