#include "../workspace/packcentre.h"
#include "expand/json.h"

#include <QtTest>

using namespace runner;
using expand::ExplainedArgument;

namespace {

const QByteArray matrixText = "schema: 1\n"
                              "services: { vllm: {}, sglang: {} }\n"
                              "backends: { cuda: {} }\n"
                              "rules:\n"
                              "  - backend: cuda\n"
                              "    services: [vllm]\n"
                              "    platforms: [linux/amd64]\n"
                              "    args:\n"
                              "      - CUDA_VERSION=12.8.1\n"
                              "      - CUDA_VERSION=12.8.2\n"
                              "      - SGLANG_VERSION=0.5\n"
                              "      - TYPO=1\n";

const QByteArray dockerfileText = "ARG CUDA_VERSION=12.9.1\n"
                                  "ARG VLLM_VERSION=0.17.1\n"
                                  "ARG VLLM_BASE_IMAGE=base:${CUDA_VERSION}\n"
                                  "ARG SGLANG_VERSION=0.5.9\n"
                                  "ARG JOBS\n"
                                  "FROM ${VLLM_BASE_IMAGE} AS vllm-build\n"
                                  "ARG JOBS\n"
                                  "RUN <<EOF\n"
                                  "make -j ${JOBS}\n"
                                  "EOF\n"
                                  "FROM vllm-build AS vllm\n"
                                  "ARG VLLM_VERSION\n"
                                  "ENV VLLM_VERSION=${VLLM_VERSION}\n"
                                  "FROM scratch AS sglang\n"
                                  "ARG SGLANG_VERSION\n"
                                  "RUN echo ${SGLANG_VERSION}\n";

// "ORIGIN NAME=TEXT FILE:LINE", joined by "; ".
std::string chainOf(const ExplainedArgument &argument)
{
    std::string text;
    for (const expand::Step &step : argument.chain) {
        const std::string where = diagnostics::describe({step.where.file, step.where.line, 0});
        text += (text.empty() ? "" : "; ") + std::string(originName(step.origin)) + " " + step.name + "=" + step.text
                + (where.empty() ? "" : " " + where);
    }
    return text;
}

} // namespace

class ExplainTest : public QObject
{
    Q_OBJECT

    PackCentre m_centre;
    std::shared_ptr<const workspace::Workspace> m_workspace;
    expand::Plan m_plan;
    std::vector<ExplainedArgument> m_arguments;

    const ExplainedArgument &argument(const std::string &name) const
    {
        for (const ExplainedArgument &each : m_arguments) {
            if (each.name == name)
                return each;
        }
        qFatal("no argument %s", name.c_str());
    }

private slots:
    void initTestCase()
    {
        m_centre.file(QStringLiteral("matrix.yml"), matrixText)
            .file(QStringLiteral("pack/cuda/Dockerfile"), dockerfileText);
        m_workspace = m_centre.open();
        QVERIFY(m_workspace);
        m_plan = expand::expand(m_workspace->matrix, m_workspace->lookup(),
                                {.arguments = {"VLLM_VERSION=0.18", "MORE=x y"}});
        QCOMPARE(m_plan.jobs.size(), std::size_t{1});
        Problems problems;
        m_arguments = expand::explain(m_plan.jobs[0], &problems);
        QCOMPARE(idsOf(problems), std::string());
    }

    void listsDeclaredThenGiven()
    {
        std::string names;
        for (const ExplainedArgument &each : m_arguments)
            names += each.name + " ";
        QCOMPARE(names, std::string("CUDA_VERSION VLLM_VERSION VLLM_BASE_IMAGE SGLANG_VERSION JOBS TYPO MORE "));
    }

    void rulesStandAboveDefaults()
    {
        QCOMPARE(argument("CUDA_VERSION").value.value(), std::string("12.8.2"));
        QCOMPARE(chainOf(argument("CUDA_VERSION")),
                 std::string("Dockerfile CUDA_VERSION=12.9.1 pack/cuda/Dockerfile:1; rule CUDA_VERSION=12.8.1 "
                             "matrix.yml:9; rule CUDA_VERSION=12.8.2 matrix.yml:10"));
    }

    void adHocStandsAboveAll()
    {
        QCOMPARE(argument("VLLM_VERSION").value.value(), std::string("0.18"));
        QCOMPARE(chainOf(argument("VLLM_VERSION")),
                 std::string("Dockerfile VLLM_VERSION=0.17.1 pack/cuda/Dockerfile:2; ad hoc VLLM_VERSION=0.18"));
    }

    void longChainsAreBounded()
    {
        constexpr int count = 60000;
        QByteArray text = "ARG A0=1\n";
        for (int i = 1; i < count; ++i)
            text += "ARG A" + QByteArray::number(i) + "=${A" + QByteArray::number(i - 1) + "}\n";
        const dockerfile::Dockerfile file =
            dockerfile::readDockerfile(text.toStdString() + "FROM x AS vllm\n", "Dockerfile");
        expand::Job job;
        job.dockerfile = &file;
        job.service = "vllm";
        job.platform = "linux/amd64";
        const auto arguments = expand::explain(job);
        QCOMPARE(arguments.size(), std::size_t(count));
        QCOMPARE(arguments.back().value.value(), std::string("1"));
        QCOMPARE(arguments[50].chain.size(), std::size_t(51));
        QCOMPARE(arguments[99].chain.back().name, std::string("A0"));
        QCOMPARE(arguments[500].chain.size(), std::size_t(100));
        QCOMPARE(arguments.back().chain.size(), std::size_t(1));
    }

    void followsReferences()
    {
        QCOMPARE(argument("VLLM_BASE_IMAGE").value.value(), std::string("base:12.8.2"));
        QCOMPARE(chainOf(argument("VLLM_BASE_IMAGE")),
                 std::string("Dockerfile VLLM_BASE_IMAGE=base:${CUDA_VERSION} pack/cuda/Dockerfile:3; Dockerfile "
                             "CUDA_VERSION=12.9.1 pack/cuda/Dockerfile:1; rule CUDA_VERSION=12.8.1 matrix.yml:9; rule "
                             "CUDA_VERSION=12.8.2 matrix.yml:10"));
    }

    void tellsWhoUsesAValue()
    {
        QCOMPARE(argument("VLLM_BASE_IMAGE").stages, std::vector<std::string>{"vllm-build"});
        QCOMPARE(argument("CUDA_VERSION").stages, std::vector<std::string>{"vllm-build"});
        QCOMPARE(argument("JOBS").stages, std::vector<std::string>{"vllm-build"});
        QCOMPARE(argument("VLLM_VERSION").stages, std::vector<std::string>{"vllm"});
        QVERIFY(!argument("SGLANG_VERSION").used());
    }

    void keepsWhatIsUnset()
    {
        QVERIFY(!argument("JOBS").value.has_value());
        QVERIFY(argument("JOBS").declared);
    }

    void showsWhatNobodyDeclares()
    {
        QVERIFY(!argument("TYPO").declared);
        QCOMPARE(chainOf(argument("TYPO")), std::string("rule TYPO=1 matrix.yml:12"));
        QCOMPARE(argument("MORE").value.value(), std::string("x y"));
        QCOMPARE(chainOf(argument("MORE")), std::string("ad hoc MORE=x y"));
    }

    void printsJson()
    {
        auto others = m_arguments;
        others[4].value = "7";
        others[4].stages.clear();
        const auto list =
            QJsonDocument::fromJson(
                QByteArray::fromStdString(expand::toJson({{"linux/amd64", m_arguments}, {"linux/arm64", others}})))
                .array();
        QCOMPARE(list.size(), 7);
        const QJsonObject jobs = list[4].toObject();
        QVERIFY(jobs[QStringLiteral("value")].isNull());
        QCOMPARE(jobs[QStringLiteral("used")].toBool(), true);
        QCOMPARE(jobs[QStringLiteral("chain")].toArray()[0].toObject()[QStringLiteral("line")].toInt(), 5);
        const QJsonArray platforms = jobs[QStringLiteral("platforms")].toArray();
        QCOMPARE(platforms.size(), 2);
        QCOMPARE(platforms[0].toObject()[QStringLiteral("platform")].toString(), QStringLiteral("linux/amd64"));
        QVERIFY(platforms[0].toObject()[QStringLiteral("value")].isNull());
        QCOMPARE(platforms[0].toObject()[QStringLiteral("used")].toBool(), true);
        QCOMPARE(platforms[1].toObject()[QStringLiteral("value")].toString(), QStringLiteral("7"));
        QCOMPARE(platforms[1].toObject()[QStringLiteral("used")].toBool(), false);
    }
};

QTEST_GUILESS_MAIN(ExplainTest)
#include "tst_explain.moc"
