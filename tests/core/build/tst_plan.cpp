// Plans: order, what builds on what, manifests; and how they are carried out.
#include "recordings.h"

#include "../workspace/packcentre.h"
#include "build/bake.h"
#include "build/planjson.h"
#include "build/plans.h"

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

    Result<build::ImagePlan> plan(build::OutputKind output, const build::PlanOptions &options = {},
                                  const std::string &only = {}) const
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
    build::PlanProgress run(const build::ImagePlan &plan, build::Pairs environment, bool cancel = false)
    {
        m_ended.clear();
        QFile::remove(m_log);
        environment.emplace_back("FAKE_DOCKER_STREAM", RUNNER_SOURCE_DIR "/tests/data/rawjson/success.jsonl");
        environment.emplace_back("FAKE_DOCKER_METADATA", R"({"containerimage.digest":"sha256:abc"})");
        environment.emplace_back("FAKE_DOCKER_LOG", m_log.toStdString());
        const build::Tool tool{FAKE_DOCKER, environment};
        std::optional<build::PlanProgress> end;
        build::PlanRun *running = nullptr;
        build::QueueOptions options;
        options.tool = tool;
        options.jobsPerBuilder = 2;
        build::QueueEvents events;
        events.ended = [&](const build::QueueItem &item) {
            m_ended.push_back(std::string(build::outcomeName(item.end.outcome)) + " " + item.request.platformTag);
            running->itemEnded(item);
        };
        events.resolved = [&](const build::QueueItem &item) { return running->resolved(item); };
        build::Queue queue(*m_history, options, events);
        build::PlanRun planRun(queue, tool, plan, 5, {{}, {}, [&](const build::PlanProgress &given) { end = given; }},
                               build::PlanProgress::of(plan));
        running = &planRun;
        planRun.start();
        if (cancel)
            QTimer::singleShot(300, &m_timer, [&] { planRun.cancel(); });
        if (!QTest::qWaitFor([&] { return end.has_value(); }, 30000))
            qFatal("the plan does not end");
        return *end;
    }
    QTimer m_timer;

    /// A console: a persistent queue and its plans.
    struct Console
    {
        std::unique_ptr<build::Queue> queue;
        std::unique_ptr<build::Plans> plans;
        std::vector<build::KeptPlan> ended;
        build::Tool tool;
    };

    std::unique_ptr<Console> console(build::Pairs environment)
    {
        environment.emplace_back("FAKE_DOCKER_STREAM", RUNNER_SOURCE_DIR "/tests/data/rawjson/success.jsonl");
        environment.emplace_back("FAKE_DOCKER_METADATA", R"({"containerimage.digest":"sha256:abc"})");
        environment.emplace_back("FAKE_DOCKER_LOG", m_log.toStdString());
        auto made = std::make_unique<Console>();
        build::QueueOptions options;
        options.tool = build::Tool{FAKE_DOCKER, environment};
        options.persistent = true;
        build::QueueEvents events;
        events.ended = [&console = *made](const build::QueueItem &item) { console.plans->itemEnded(item); };
        events.resolved = [&console = *made](const build::QueueItem &item) { return console.plans->resolved(item); };
        made->queue = std::make_unique<build::Queue>(*m_history, options, events);
        made->plans = std::make_unique<build::Plans>(
            *made->queue, *m_history, build::Plans::Events{{}, [&console = *made](const build::KeptPlan &plan) {
                                                               console.ended.push_back(plan);
                                                           }});
        made->queue->restore();
        if (!made->plans->restore())
            qFatal("plans cannot be restored");
        made->tool = options.tool;
        return made;
    }
    QByteArray log() const { return testdata::read(m_log); }

private slots:
    void init()
    {
        m_history.reset();
        std::filesystem::remove_all(m_folder.filePath("state").toStdString());
        m_history = std::move(*build::History::open(m_folder.filePath("state").toStdString()));
        m_log = m_folder.filePath("log");
    }

    /// What is published under the tag for other platforms would go.
    void aManifestHasAllPlatformsOfTheRule()
    {
        const auto planOf = [this](const std::string &platform, bool manifests) {
            std::vector<expand::Job> jobs;
            std::vector<build::Request> requests;
            build::Options how;
            how.output.kind = build::OutputKind::Push;
            for (const expand::Job &job : m_sample.expanded.jobs) {
                if (job.platform != platform && !platform.empty())
                    continue;
                jobs.push_back(job);
                requests.push_back(*build::makeRequest(m_sample.workspace->root.string(), job, how));
            }
            return build::makePlan(jobs, requests, m_sample.workspace->matrix.image,
                                   {manifests, manifests, &m_sample.workspace->matrix});
        };
        QVERIFY(planOf({}, true));
        QVERIFY(planOf("linux/arm64", false));
        const auto partial = planOf("linux/arm64", true);
        QCOMPARE(partial.error().id, std::string("plan-manifest-partial"));
        QVERIFY(partial.error().message.find("linux/amd64") != std::string::npos);
        QCOMPARE(partial.error().where.line, 5);
    }

    void orderFollowsNeeds()
    {
        const auto plan = m_sample.plan(build::OutputKind::Push, {true, true});
        QVERIFY(plan);
        QCOMPARE(tags(*plan),
                 (std::vector<std::string>{"cuda12.9-vllm0.17.1-linux-arm64", "cuda12.9-vllm0.17.1-linux-amd64",
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
        QCOMPARE(request.contexts.back(), build::Pair("docker.io/gpustack/runner:cuda12.9-vllm0.17.1",
                                                      "docker-image://gpustack/runner@sha256:2"));
        QCOMPARE(build::manifestArguments(plan->manifests[0], *plan, digests),
                 (std::vector<std::string>{"buildx", "imagetools", "create", "--tag",
                                           "gpustack/runner:cuda12.9-vllm0.17.1-dev", "gpustack/runner@sha256:1",
                                           "gpustack/runner@sha256:2"}));
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

    void bakeLinksTargets()
    {
        build::PlanOptions linked;
        linked.linked = true;
        const auto plan = m_sample.plan(build::OutputKind::Nothing, linked); // Nothing need be kept.
        QVERIFY(plan);
        const QJsonObject file = QJsonDocument::fromJson(QByteArray::fromStdString(build::bakeFile(*plan))).object();
        const QJsonObject targets = file["target"].toObject();
        QCOMPARE(targets.size(), 4);
        QCOMPARE(
            targets["cuda12_9-sglang0_5_9-linux-amd64"]["contexts"].toObject(),
            (QJsonObject{{"docker.io/gpustack/runner:cuda12.9-vllm0.17.1", "target:cuda12_9-vllm0_17_1-linux-amd64"}}));
        QVERIFY(targets["cuda12_9-vllm0_17_1-linux-amd64"]["contexts"].toObject().isEmpty());
    }

    void dryRunNeedsNothingBuilt()
    {
        build::Options how;
        how.call = build::Call::Check;
        std::vector<build::Request> requests;
        for (const expand::Job &job : m_sample.expanded.jobs)
            requests.push_back(*build::makeRequest(m_sample.workspace->root.string(), job, how));
        const auto plan = build::makePlan(m_sample.expanded.jobs, requests, m_sample.workspace->matrix.image, {});
        QVERIFY(plan);
        QCOMPARE(build::withNeeds(plan->jobs[3], *plan, std::vector<std::string>(4)).contexts.back(),
                 build::Pair("docker.io/gpustack/runner:cuda12.9-vllm0.17.1", "pack/cuda"));
    }

    void circles()
    {
        PackCentre centre;
        centre.file("matrix.yml", matrixText);
        centre.file(
            "pack/cuda/Dockerfile",
            "ARG CUDA_VERSION=1\nARG VLLM_VERSION=1\nARG SGLANG_VERSION=1\n"
            "FROM gpustack/runner:cuda12.9-sglang1 AS vllm\nFROM gpustack/runner:cuda12.9-vllm1-dev AS sglang\n");
        const auto workspace = centre.open();
        const auto expanded = expand::expand(workspace->matrix, workspace->lookup(), {});
        std::vector<build::Request> requests;
        build::Options push;
        push.output.kind = build::OutputKind::Push;
        for (const expand::Job &job : expanded.jobs)
            requests.push_back(*build::makeRequest(workspace->root.string(), job, push));
        QCOMPARE(build::makePlan(expanded.jobs, requests, workspace->matrix.image, {}).error().id,
                 std::string("plan-circular"));
    }

    void runs()
    {
        const build::PlanProgress end = run(*m_sample.plan(build::OutputKind::Push, {true, true}), {});
        QVERIFY(end.succeeded && end.problems.empty());
        QCOMPARE(end.made.size(), std::size_t(4));
        QCOMPARE(m_ended.size(), std::size_t(4));
        QVERIFY(m_ended[0].find("vllm") != std::string::npos && m_ended[3].find("sglang") != std::string::npos);
        QCOMPARE(log().count("imagetools create --tag gpustack/runner:cuda12.9-vllm0.17.1-dev --tag "
                             "gpustack/runner:cuda12.9-vllm0.17.1 "
                             "gpustack/runner@sha256:abc gpustack/runner@sha256:abc\n"),
                 1);
        QCOMPARE(log().count("=docker-image://gpustack/runner@sha256:abc"), 2);
        QCOMPARE(m_history->list()->front().plan, std::int64_t(5));
    }

    void missingImageStopsItBeforeItStarts()
    {
        const build::PlanProgress end =
            run(*m_sample.plan(build::OutputKind::Push), {{"FAKE_DOCKER_ERROR", "ERROR: not found\n"}});
        QVERIFY(!end.succeeded);
        QCOMPARE(end.problems.front().id, std::string("plan-image-missing"));
        QVERIFY(end.problems.front().message.find("cuda12.9-vllm0.17.1-linux-arm64, cuda12.9-vllm0.17.1-linux-amd64")
                != std::string::npos);
        QVERIFY(m_ended.empty() && m_history->list()->empty());
    }

    void failureEndsWhatNeedsIt()
    {
        const build::PlanProgress end =
            run(*m_sample.plan(build::OutputKind::Push, {true, false}), {{"FAKE_DOCKER_EXIT", "1"}});
        QVERIFY(!end.succeeded && end.made.empty());
        QCOMPARE(m_ended.size(), std::size_t(4));
        QCOMPARE(
            std::count_if(m_ended.begin(), m_ended.end(),
                          [](const std::string &line) { return line.starts_with("could not start cuda12.9-sglang"); }),
            std::ptrdiff_t(2));
        QCOMPARE(m_history->list()->size(), std::size_t(2));
        QVERIFY(!log().contains("imagetools create"));
    }

    void keptAsText()
    {
        auto plan = m_sample.plan(build::OutputKind::Push, {true, true});
        plan->origin = {{"a-linux-amd64"}, {"A=b"}, "again"};
        const std::string text = build::toJson(*plan);
        const auto read = build::planFromJson(text);
        QVERIFY(read);
        QCOMPARE(build::toJson(*read), text);
        QCOMPARE(build::describePlan(*read), build::describePlan(*plan));
        QCOMPARE(read->origin.arguments, plan->origin.arguments);
        QCOMPARE(build::planFromJson(R"({"jobs":[],"manifests":[],"externals":[]})")->origin.tags.size(), 0U);
        QVERIFY(read->jobs[3].released == plan->jobs[3].released);
        QCOMPARE(plan->jobs[3].released->dockerImage, std::string("gpustack/runner:cuda12.9-sglang0.5.9"));
        build::PlanProgress progress = build::PlanProgress::of(*plan);
        progress.jobs[0] = build::JobState::Succeeded;
        progress.digests[0] = "sha256:1";
        progress.made = {"a"};
        progress.problems.push_back({"manifest-failed", Severity::Error, {}, "why", "what"});
        const auto again = build::progressFromJson(build::toJson(progress), *plan);
        QVERIFY(again);
        QCOMPARE(build::toJson(*again), build::toJson(progress));
        for (const char *broken :
             {"", "[]", "{}", R"({"jobs":[{"request":"{}","needs":[]}],"manifests":[],"externals":[]})",
              R"({"jobs":[],"manifests":[{"image":"a","release":"","jobs":[0]}],"externals":[]})"})
            QCOMPARE(build::planFromJson(broken).error().id, std::string("plan-unreadable"));
        QCOMPARE(build::progressFromJson(build::toJson(progress), build::ImagePlan()).error().id,
                 std::string("plan-unreadable"));
    }

    void survivesARestart()
    {
        auto first = console({{"FAKE_DOCKER_HANG", "polite"}});
        first->plans->setTool(first->tool);
        const std::int64_t id = first->plans->add(*m_sample.plan(build::OutputKind::Push, {true, true}));
        QTRY_COMPARE(first->queue->items().size(), std::size_t(4));
        QTRY_VERIFY(!m_history->list()->empty());
        first.reset(); // with one running
        m_history.reset();
        m_history = std::move(*build::History::open(m_folder.filePath("state").toStdString()));
        auto second = console({});
        QVERIFY(second->queue->isPaused());
        QCOMPARE(second->queue->items().size(), std::size_t(4));
        QCOMPARE(second->plans->list().size(), std::size_t(1));
        QCOMPARE(second->plans->list().front().id, id);
        QTest::qWait(50);
        QVERIFY(second->ended.empty());
        second->plans->setTool(second->tool);
        second->queue->setPaused(false);
        QTRY_COMPARE_WITH_TIMEOUT(second->ended.size(), std::size_t(1), 30000);
        QVERIFY(second->ended.front().progress.succeeded);
        QCOMPARE(second->ended.front().progress.made.size(), std::size_t(4));
        QCOMPARE(log().count("=docker-image://gpustack/runner@sha256:abc"),
                 2); // the needed image's digest is known again
        second.reset();
        second = console({}); // An ended plan stays until it is put away.
        QVERIFY(!second->queue->isPaused());
        QVERIFY(second->plans->list().front().progress.succeeded);
        second->plans->forget(id);
        second.reset();
        second = console({});
        QVERIFY(second->plans->list().empty());
    }

    void buildsAgainWhatFailed()
    {
        auto failing = console({{"FAKE_DOCKER_EXIT", "1"}});
        failing->plans->setTool(failing->tool);
        const std::int64_t id = failing->plans->add(*m_sample.plan(build::OutputKind::Push, {true, false}));
        QTRY_COMPARE_WITH_TIMEOUT(failing->ended.size(), std::size_t(1), 30000);
        QVERIFY(!failing->ended.front().progress.succeeded);
        QCOMPARE(failing->plans->list().front().progress.count(build::JobState::Failed), 4);
        const Problems problems = failing->ended.front().progress.problems; // of each manifest that could not be made
        QCOMPARE(problems.size(), std::size_t(2));
        QCOMPARE(problems.front().id, std::string("manifest-not-made"));
        failing.reset();
        auto good = console({});
        QVERIFY(!good->plans->retry(id + 1));
        good->plans->setTool(good->tool);
        QVERIFY(good->plans->retry(id));
        QTRY_COMPARE_WITH_TIMEOUT(good->ended.size(), std::size_t(1), 30000);
        QVERIFY(good->ended.front().progress.succeeded);
        QCOMPARE(good->ended.front().progress.made.size(), std::size_t(2));
        QVERIFY(!good->plans->retry(id)); // it has succeeded
    }

    void cancels()
    {
        const build::PlanProgress end =
            run(*m_sample.plan(build::OutputKind::Push, {true, false}), {{"FAKE_DOCKER_HANG", "polite"}}, true);
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
