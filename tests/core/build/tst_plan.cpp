// Plans: order, what builds on what, manifests; and how they are carried out.
#include "recordings.h"

#include "../workspace/packcentre.h"
#include "build/planrun.h"

#include <QtTest>

using namespace runner;

namespace {

const QByteArray matrixText = "schema: 1\n"
                              "services: { vllm: {}, sglang: {} }\n"
                              "backends: { cuda: {} }\n"
                              "rules:\n"
                              "  - backend: cuda\n"
                              "    services: [sglang, vllm]\n"
                              "    args: [CUDA_VERSION=12.9.1]\n";

const QByteArray dockerfileText = "ARG CUDA_VERSION=12.8\n"
                                  "ARG VLLM_VERSION=0.17.1\n"
                                  "ARG SGLANG_VERSION=0.5.9\n"
                                  "ARG SGLANG_BASE=docker.io/gpustack/runner:cuda12.9-vllm${VLLM_VERSION}\n"
                                  "ARG OTHER=gpustack/runner:cuda12.9-python3.12\n"
                                  "FROM ${OTHER} AS vllm\n"
                                  "FROM ${SGLANG_BASE} AS sglang\n"
                                  "FROM gpustack/runner:unused AS elsewhere\n";

struct Sample
{
    PackCentre centre;
    std::shared_ptr<const workspace::Workspace> workspace;
    expand::Plan expanded;

    Sample()
    {
        centre.file("matrix.yml", matrixText);
        centre.file("pack/cuda/Dockerfile", dockerfileText);
        workspace = centre.open();
        expanded = expand::expand(workspace->matrix, workspace->lookup(), {});
    }

    Result<build::ImagePlan> plan(build::OutputKind output, const build::PlanOptions &options = {}, const std::string &only = {}) const
    {
        build::Options how;
        how.output.kind = output;
        std::vector<expand::Job> jobs;
        std::vector<build::Request> requests;
        for (const expand::Job &job : expanded.jobs) {
            if (!only.empty() && job.service != only)
                continue;
            jobs.push_back(job);
            requests.push_back(*build::makeRequest(workspace->root.string(), job, how));
        }
        return build::makePlan(jobs, requests, workspace->matrix.image, options);
    }
};

std::vector<std::string> tags(const build::ImagePlan &plan)
{
    std::vector<std::string> tags;
    for (const build::PlannedJob &job : plan.jobs)
        tags.push_back(job.request.platformTag);
    return tags;
}

} // namespace

class TestPlan : public QObject
{
    Q_OBJECT

    Sample m_sample;
    QTemporaryDir m_folder;
    std::unique_ptr<build::History> m_history;
    std::vector<std::string> m_ended;
    QString m_log;

    /// Carries the plan out with a docker that behaves as told.
    build::PlanEnd run(const build::ImagePlan &plan, build::Pairs environment, bool cancel = false)
    {
        m_ended.clear();
        QFile::remove(m_log);
        environment.emplace_back("FAKE_DOCKER_STREAM", RUNNER_SOURCE_DIR "/tests/data/rawjson/success.jsonl");
        environment.emplace_back("FAKE_DOCKER_METADATA", R"({"containerimage.digest":"sha256:abc"})");
        environment.emplace_back("FAKE_DOCKER_LOG", m_log.toStdString());
        const build::Tool tool{FAKE_DOCKER, environment};
        std::optional<build::PlanEnd> end;
        build::PlanRun *running = nullptr;
        build::QueueOptions options;
        options.tool = tool;
        options.jobsPerBuilder = 2;
        build::QueueEvents events;
        events.ended = [&](const build::QueueItem &item) {
            m_ended.push_back(std::string(build::outcomeName(item.end.outcome)) + " " + item.request.platformTag);
            running->itemEnded(item);
        };
        build::Queue queue(*m_history, options, events);
        build::PlanRun planRun(queue, tool, plan, 5, {{}, [&](const build::PlanEnd &given) { end = given; }});
        running = &planRun;
        planRun.start();
        if (cancel)
            QTimer::singleShot(300, &m_timer, [&] { planRun.cancel(); });
        if (!QTest::qWaitFor([&] { return end.has_value(); }, 30000))
            qFatal("the plan does not end");
        return *end;
    }
    QTimer m_timer;
    QByteArray log() const { return testdata::read(m_log); }

private slots:
    void init()
    {
        m_history.reset();
        std::filesystem::remove_all(m_folder.filePath("state").toStdString());
        m_history = std::move(*build::History::open(m_folder.filePath("state").toStdString()));
        m_log = m_folder.filePath("log");
    }

    void orderFollowsNeeds()
    {
        const auto plan = m_sample.plan(build::OutputKind::Push, {true, true});
        QVERIFY(plan);
        QCOMPARE(tags(*plan), (std::vector<std::string>{"cuda12.9-vllm0.17.1-linux-arm64", "cuda12.9-vllm0.17.1-linux-amd64",
                                                        "cuda12.9-sglang0.5.9-linux-arm64", "cuda12.9-sglang0.5.9-linux-amd64"}));
        QCOMPARE(plan->jobs[3].needs.size(), std::size_t(1));
        QCOMPARE(plan->jobs[3].needs[0].job, std::size_t(1)); // the same platform
        QCOMPARE(plan->externals.size(), std::size_t(1));
        QCOMPARE(plan->externals[0].image, std::string("gpustack/runner:cuda12.9-python3.12"));
        QCOMPARE(plan->externals[0].neededBy.size(), std::size_t(2));
        QCOMPARE(plan->manifests.size(), std::size_t(2));
        QCOMPARE(plan->manifests[0].image, std::string("gpustack/runner:cuda12.9-vllm0.17.1-dev"));
        QCOMPARE(plan->manifests[0].releaseImage, std::string("gpustack/runner:cuda12.9-vllm0.17.1"));
    }

    void namesWhatWasBuilt()
    {
        const auto plan = m_sample.plan(build::OutputKind::Push, {true, false});
        const std::vector<std::string> digests = {"sha256:1", "sha256:2", "sha256:3", "sha256:4"};
        const build::Request request = build::withNeeds(plan->jobs[3], *plan, digests);
        QCOMPARE(request.contexts.back(), build::Pair("docker.io/gpustack/runner:cuda12.9-vllm0.17.1", "docker-image://gpustack/runner@sha256:2"));
        QCOMPARE(build::manifestArguments(plan->manifests[0], *plan, digests),
                 (std::vector<std::string>{"buildx", "imagetools", "create", "--tag", "gpustack/runner:cuda12.9-vllm0.17.1-dev",
                                           "gpustack/runner@sha256:1", "gpustack/runner@sha256:2"}));
        const std::string text = build::describePlan(*plan);
        QCOMPARE(std::count(text.begin(), text.end(), '\n'), std::ptrdiff_t(1 + 4 + 2));
        QVERIFY(text.starts_with("docker buildx imagetools inspect -- gpustack/runner:cuda12.9-python3.12\n"));
    }

    void refuses()
    {
        QCOMPARE(m_sample.plan(build::OutputKind::Nothing).error().id, std::string("plan-base-not-kept"));
        QVERIFY(m_sample.plan(build::OutputKind::Load));
        QCOMPARE(m_sample.plan(build::OutputKind::Load, {true, false}).error().id, std::string("plan-not-pushed"));
        const auto alone = m_sample.plan(build::OutputKind::Nothing, {}, "sglang");
        QVERIFY(alone);
        QCOMPARE(alone->externals[0].image, std::string("docker.io/gpustack/runner:cuda12.9-vllm0.17.1"));
    }

    void circles()
    {
        PackCentre centre;
        centre.file("matrix.yml", matrixText);
        centre.file("pack/cuda/Dockerfile", "ARG CUDA_VERSION=1\nARG VLLM_VERSION=1\nARG SGLANG_VERSION=1\n"
                                             "FROM gpustack/runner:cuda12.9-sglang1 AS vllm\nFROM gpustack/runner:cuda12.9-vllm1-dev AS sglang\n");
        const auto workspace = centre.open();
        const auto expanded = expand::expand(workspace->matrix, workspace->lookup(), {});
        std::vector<build::Request> requests;
        build::Options push;
        push.output.kind = build::OutputKind::Push;
        for (const expand::Job &job : expanded.jobs)
            requests.push_back(*build::makeRequest(workspace->root.string(), job, push));
        QCOMPARE(build::makePlan(expanded.jobs, requests, workspace->matrix.image, {}).error().id, std::string("plan-circular"));
    }

    void runs()
    {
        const build::PlanEnd end = run(*m_sample.plan(build::OutputKind::Push, {true, true}), {});
        QVERIFY(end.succeeded && end.problems.empty());
        QCOMPARE(end.made.size(), std::size_t(4));
        QCOMPARE(m_ended.size(), std::size_t(4));
        QVERIFY(m_ended[0].find("vllm") != std::string::npos && m_ended[3].find("sglang") != std::string::npos);
        QCOMPARE(log().count("imagetools create --tag gpustack/runner:cuda12.9-vllm0.17.1-dev --tag gpustack/runner:cuda12.9-vllm0.17.1 "
                             "gpustack/runner@sha256:abc gpustack/runner@sha256:abc\n"), 1);
        QCOMPARE(log().count("=docker-image://gpustack/runner@sha256:abc"), 2);
        QCOMPARE(m_history->list()->front().plan, std::int64_t(5));
    }

    void missingImageStopsItBeforeItStarts()
    {
        const build::PlanEnd end = run(*m_sample.plan(build::OutputKind::Push), {{"FAKE_DOCKER_ERROR", "ERROR: not found\n"}});
        QVERIFY(!end.succeeded);
        QCOMPARE(end.problems.front().id, std::string("plan-image-missing"));
        QVERIFY(end.problems.front().message.find("cuda12.9-vllm0.17.1-linux-arm64, cuda12.9-vllm0.17.1-linux-amd64") != std::string::npos);
        QVERIFY(m_ended.empty() && m_history->list()->empty());
    }

    void failureEndsWhatNeedsIt()
    {
        const build::PlanEnd end = run(*m_sample.plan(build::OutputKind::Push, {true, false}), {{"FAKE_DOCKER_EXIT", "1"}});
        QVERIFY(!end.succeeded && end.made.empty());
        QCOMPARE(m_ended.size(), std::size_t(2));
        QCOMPARE(end.problems.size(), std::size_t(2));
        QCOMPARE(end.problems.front().id, std::string("needed-build-failed"));
        QVERIFY(!log().contains("imagetools create"));
    }

    void cancels()
    {
        const build::PlanEnd end = run(*m_sample.plan(build::OutputKind::Push, {true, false}), {{"FAKE_DOCKER_HANG", "polite"}}, true);
        QVERIFY(!end.succeeded);
        QCOMPARE(end.problems.front().id, std::string("plan-cancelled"));
        QVERIFY(!log().contains("imagetools create"));
        const auto records = m_history->list();
        for (const auto &record : *records)
            QVERIFY(record.outcome == build::Outcome::Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestPlan)
#include "tst_plan.moc"
