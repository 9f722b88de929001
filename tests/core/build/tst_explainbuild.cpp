// Estimates, slow steps, and why a step was not cached.
#include "recordings.h"

#include "build/compare.h"
#include "build/estimate.h"
#include "build/metadata.h"
#include "build/stepfiles.h"
#include "build/steporder.h"

#include <QtTest>

using namespace runner;
using namespace recordings;
using build::StepState;

namespace {

build::KnownBuild known(const char *name)
{
    Recorded recorded(stream(name));
    build::KnownBuild build;
    build.steps = build::stepRecords(recorded.finish().recording->steps().steps());
    build.dockerfile = "FROM x\n";
    build.files = {{"pack/cuda/src.txt", "1"}};
    build.record.request.context = "pack/cuda";
    build.record.request.buildArguments = {{"VERSION", "1"}};
    build.record.metadata.materials = {{"pkg:docker/base", "a"}};
    return build;
}

build::BuildRecord lasted(int seconds, const char *tag, build::Outcome outcome = build::Outcome::Succeeded)
{
    build::BuildRecord record;
    record.started = 1;
    record.ended = 1 + seconds * build::Time(1'000'000'000);
    record.outcome = outcome;
    record.request.platformTag = tag;
    return record;
}

} // namespace

class TestExplainBuild : public QObject
{
    Q_OBJECT

private slots:
    void estimates();
    void estimatesTheRest();
    void estimatesStagesSideBySide();
    void takesTimesFromWhenStepsRan();
    void filesThatStepsRead_data();
    void filesThatStepsRead();
    void slowest();
    void everythingCached();
    void saysWhatChanged();
    void namesArgumentsOfTheStageOnly();
    void valuesInTheNamesOfSteps();
    void contextsAreNoSteps();
    void imagesOfMaterials();
    void newInstruction();
    void prunedCache();
    void compares();
    void comparesFacts();
    void sameBuilds();
};

void TestExplainBuild::estimates()
{
    build::Request request;
    request.platformTag = "a";
    QVERIFY(!build::estimateDuration({}, request));
    QVERIFY(!build::estimateDuration({lasted(9, "a", build::Outcome::Failed)}, request));
    QCOMPARE(build::estimateDuration({lasted(9, "b")}, request)->duration, build::Time(9'000'000'000));
    QVERIFY(build::estimateDuration({lasted(9, "b")}, request)->otherImages);
    const auto estimate = build::estimateDuration(
        {lasted(1, "a"), lasted(9, "b"), lasted(5, "a"), lasted(3, "a"), lasted(99, "a", build::Outcome::Cancelled)},
        request);
    QCOMPARE(estimate->duration, build::Time(3'000'000'000));
    QCOMPARE(estimate->runs, 3);
    QVERIFY(!estimate->otherImages);
    QCOMPARE(estimate->shortest, build::Time(1'000'000'000));
    QCOMPARE(estimate->longest, build::Time(5'000'000'000));
    QVERIFY(estimate->varies());
    QVERIFY(!build::estimateDuration({lasted(5, "a"), lasted(10, "a")}, request)->varies());
}

void TestExplainBuild::estimatesTheRest()
{
    const auto before = known("success.jsonl");
    build::Time all = 0;
    for (const auto &step : before.steps)
        all += step.name.starts_with("[internal]") ? 0 : step.busy;
    QVERIFY(all > 0);
    QCOMPARE(build::estimateRest(before.steps, {}, 0), all);
    Recorded recorded(stream("success.jsonl"));
    QCOMPARE(build::estimateRest(before.steps, recorded.finish().recording->steps().steps(), 0), build::Time(0));
    const std::string bytes = stream("success.jsonl");
    Recorded half(bytes.substr(0, bytes.size() / 2));
    const auto rest = build::estimateRest(before.steps, half.recording->steps().steps(), 0);
    QVERIFY(rest > 0 && rest <= all);
}

/// Stages side by side take as long as the longer one; what is only announced at the end is added.
void TestExplainBuild::estimatesStagesSideBySide()
{
    const auto before = [](const char *name, build::Time busy) {
        build::StepRecord record;
        record.name = name;
        record.state = StepState::Done;
        record.busy = busy;
        return record;
    };
    const auto now = [](const char *digest, const char *name, std::vector<std::string> inputs, StepState state) {
        build::Step step;
        step.digest = digest;
        step.name = name;
        step.inputs = std::move(inputs);
        step.state = state;
        step.started = state == StepState::Running ? 100 : 0;
        return step;
    };
    const std::vector<build::StepRecord> earlier{before("[one 2/2] RUN one", 30), before("[two 2/2] RUN two", 20),
                                                 before("[end 1/1] RUN end", 20), before("exporting to image", 5),
                                                 before("[gone 1/1] RUN gone", 90)};
    std::vector<build::Step> steps{now("e", "[end 1/1] RUN end", {"a", "b"}, StepState::Waiting),
                                   now("a", "[one 2/2] RUN one", {}, StepState::Running),
                                   now("b", "[two 2/2] RUN two", {}, StepState::Running)};
    QCOMPARE(build::estimateRest(earlier, steps, 100), build::Time(30 + 20 + 5));
    QCOMPARE(build::estimateRest(earlier, steps, 110), build::Time(20 + 20 + 5));
    steps[1].state = StepState::Done;
    QCOMPARE(build::estimateRest(earlier, steps, 115), build::Time(5 + 20 + 5));
    steps[1].inputs = {"e"}; // In a circle: nothing is known of these.
    QCOMPARE(build::estimateRest(earlier, steps, 115), build::Time(5 + 5));
}

void TestExplainBuild::takesTimesFromWhenStepsRan()
{
    const auto step = [](const char *name, StepState state, build::Time busy) {
        build::StepRecord record;
        record.name = name;
        record.state = state;
        record.busy = busy;
        return record;
    };
    QVERIFY(build::stepsWithLastTimes({}).empty());
    const auto steps = build::stepsWithLastTimes({
        {step("[a 1/3] RUN one", StepState::Cached, 0), step("[a 2/3] RUN two", StepState::Done, 2),
         step("[a 3/3] RUN new", StepState::Cached, 0), step("[internal] load", StepState::Cached, 0)},
        {step("[a 1/3] RUN one", StepState::Cached, 0), step("[a 2/3] RUN two", StepState::Done, 9)},
        {step("[b 4/7] RUN one", StepState::Done, 5), step("[internal] load", StepState::Done, 7)},
        {step("[a 1/3] RUN one", StepState::Done, 8)},
    });
    std::vector<build::Time> times;
    for (const build::StepRecord &each : steps)
        times.push_back(each.busy);
    QCOMPARE(times, (std::vector<build::Time>{5, 2, 0, 0}));
    QCOMPARE(build::estimateRest(steps, {}, 0), build::Time(7));
}

void TestExplainBuild::filesThatStepsRead_data()
{
    QTest::addColumn<QByteArray>("instruction");
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<bool>("reads");
    const auto row = [](const char *instruction, const char *file, bool reads) {
        QTest::addRow("%s %s", instruction, file) << QByteArray(instruction) << QByteArray(file) << reads;
    };
    row("COPY a /b", "pack/cuda/a", true);
    row("COPY a /b", "pack/cuda/a/inside", true);
    row("COPY a /b", "pack/cuda/ab", false);
    row("COPY a b /c/", "pack/cuda/b", true);
    row("COPY ./a/b /c/", "pack/cuda/a/b", true);
    row("COPY ./a/b /c/", "pack/cuda/a/c", false);
    row("COPY --chown=1:1 . /c", "pack/cuda/x/y", true);
    row("COPY *.txt /c/", "pack/cuda/a.txt", true);
    row("COPY *.txt /c/", "pack/cuda/x/a.txt", false);
    row("COPY a /b", "pack/musa/a", false);
    row("COPY --from=common a /b", "pack/common/a", true);
    row("COPY --from=common a /b", "pack/cuda/a", false);
    row("COPY --from=stage . /b", "pack/cuda/a", false);
    row("COPY [\"a b\", \"/c\"]", "pack/cuda/anything", true);
    row("ADD ${X} /c", "pack/cuda/anything", true);
    row("RUN make", "pack/cuda/a", false);
    row("RUN --mount=type=bind,source=b,target=/b make", "pack/cuda/b/c", true);
    row("RUN --mount=type=bind,source=b,target=/b make", "pack/cuda/a", false);
    row("RUN --mount=type=bind,target=/b make", "pack/cuda/a", true);
    row("RUN --mount=type=bind,from=common,target=/b make", "pack/common/a", true);
    row("RUN --mount=type=cache,target=/b make", "pack/cuda/a", false);
}

void TestExplainBuild::filesThatStepsRead()
{
    QFETCH(QByteArray, instruction);
    QFETCH(QByteArray, file);
    QFETCH(bool, reads);
    build::Request request;
    request.context = "pack/cuda";
    request.contexts = {{"common", "pack/common"}};
    build::StepRecord step;
    step.name = "[s 2/3] " + instruction.toStdString();
    const auto isRead = [&](const std::string &of) {
        return !build::filesRead(of, {step}, {file.toStdString()}, request).empty();
    };
    QCOMPARE(isRead(step.name), reads);
    QCOMPARE(isRead("[s 3/3] RUN later"), reads);
    QCOMPARE(isRead("[other 1/3] RUN x"), reads);
    QVERIFY(!isRead("[s 1/3] RUN earlier"));
    QVERIFY(isRead({}));
}

void TestExplainBuild::slowest()
{
    const auto steps = build::slowestSteps(known("success.jsonl").steps, 2);
    QCOMPARE(steps.size(), std::size_t(2));
    QVERIFY(steps[0].busy >= steps[1].busy && steps[1].busy > 0);
}

void TestExplainBuild::everythingCached()
{
    QVERIFY(!build::whyNotCached(known("success.jsonl"), known("cached.jsonl")));
}

void TestExplainBuild::saysWhatChanged()
{
    auto now = known("success.jsonl");
    now.record.request.buildArguments = {{"VERSION", "2"}};
    now.record.metadata.materials = {{"pkg:docker/base@1?platform=linux%2Famd64", "b"}};
    now.files = {{"pack/cuda/src.txt", "2"}};
    auto before = known("cached.jsonl");
    before.record.metadata.materials = {{"pkg:docker/base@1?platform=linux%2Famd64", "a"}};
    const auto miss = build::whyNotCached(before, now);
    QVERIFY(miss);
    QVERIFY(miss->step.starts_with("["));
    std::string all;
    for (const std::string &reason : miss->reasons)
        all += reason + "|";
    QVERIFY2(all.find("The argument VERSION was \"1\" and is \"2\"") != std::string::npos, all.c_str());
    QVERIFY2(all.find("The digest of base:1 was \"a\" and is \"b\"") != std::string::npos, all.c_str());
    QVERIFY2(all.find("The file has changed: pack/cuda/src.txt") != std::string::npos, all.c_str());
    now.files = {{"pack/cuda/src.txt", "1"}, {"pack/cuda/unrelated.txt", "2"}, {"pack/common/x", "2"}};
    const auto others = build::whyNotCached(before, now);
    for (const std::string &reason : others->reasons)
        QVERIFY2(!reason.starts_with("The file"), reason.c_str());
    auto limited = known("success.jsonl");
    limited.record.request.ulimits = {"nofile=1001:1001"};
    QCOMPARE(build::whyNotCached(known("cached.jsonl"), limited)->reasons,
             std::vector<std::string>{"The option --ulimit is new: \"nofile=1001:1001\""});
    now.record.request.noCache = true;
    QCOMPARE(build::whyNotCached(known("cached.jsonl"), now)->reasons.front(),
             std::string("The build was told not to use the cache"));
}

void TestExplainBuild::namesArgumentsOfTheStageOnly()
{
    const auto build = [](const char *step, const build::Pairs &arguments) {
        build::KnownBuild known;
        known.dockerfile = "ARG CUDA=12.8\nARG VLLM_VERSION=0.17.1\nARG BASE_IMAGE=cuda:${CUDA}\n"
                           "FROM ${BASE_IMAGE} AS base\nARG CUDA\nRUN one\n"
                           "FROM base\nARG VLLM_VERSION\nARG OWN=\"a b\"\nRUN two\n"
                           "FROM base AS other\nARG ELSEWHERE\nRUN three\n";
        known.record.request.buildArguments = arguments;
        known.steps.push_back({step, StepState::Done, 1, 2, 1, {}, false});
        return known;
    };
    const auto reasons = [&](const char *step, const build::Pairs &before, const build::Pairs &now) {
        const auto miss = build::whyNotCached(build(step, before), build(step, now));
        return miss ? miss->reasons : std::vector<std::string>();
    };
    using Reasons = std::vector<std::string>;
    const auto nothing = [](const Reasons &all) { return all.size() == 1 && all[0].starts_with("Nothing that"); };
    const char *base = "[base 2/3] RUN one";
    const char *final = "[linux/amd64 stage-1 2/3] RUN two";
    QVERIFY(nothing(reasons(base, {}, {{"VLLM_VERSION", "0.18"}, {"ELSEWHERE", "1"}, {"UNKNOWN", "1"}})));
    QVERIFY(nothing(reasons(base, {}, {{"CUDA", "12.8"}})));
    QVERIFY(nothing(reasons(final, {{"OWN", "a b"}}, {{"VLLM_VERSION", "0.17.1"}})));
    QCOMPARE(reasons(base, {}, {{"CUDA", "13"}}), Reasons{"The argument CUDA was \"12.8\" and is \"13\""});
    QCOMPARE(reasons(final, {}, {{"CUDA", "13"}}), Reasons{"The argument CUDA was \"12.8\" and is \"13\""});
    QCOMPARE(reasons(base, {{"BASE_IMAGE", "x"}}, {}),
             Reasons{"The argument BASE_IMAGE was \"x\" and is \"cuda:12.8\""});
    QCOMPARE(reasons(final, {}, {{"OWN", "c"}, {"ELSEWHERE", "1"}}),
             Reasons{"The argument OWN was \"a b\" and is \"c\""});
    QCOMPARE(reasons("[gone 2/3] RUN one", {}, {{"ANY", "1"}}), Reasons{"The argument ANY is new: \"1\""});
}

void TestExplainBuild::valuesInTheNamesOfSteps()
{
    const auto build = [](const char *seconds) {
        build::KnownBuild known;
        known.dockerfile = "FROM x\nARG S=1\nENV SECONDS=${S}\n";
        known.record.request.buildArguments = {{"S", seconds}};
        known.steps.push_back({"[2/2] ENV SECONDS=" + std::string(seconds), StepState::Done, 1, 2, 1, {}, false});
        return known;
    };
    const auto miss = build::whyNotCached(build("60"), build("33"));
    QVERIFY(miss);
    QCOMPARE(miss->reasons, std::vector<std::string>{"The argument S was \"60\" and is \"33\""});
}

/// Each build reads the .dockerignore of its named contexts.
void TestExplainBuild::contextsAreNoSteps()
{
    auto now = known("cached.jsonl");
    now.steps.insert(now.steps.begin(), {"[context common] load .dockerignore", StepState::Done, 1, 2, 1, {}, false});
    QVERIFY(!build::whyNotCached(known("cached.jsonl"), now));
}

void TestExplainBuild::imagesOfMaterials()
{
    QCOMPARE(build::imageOfMaterial("pkg:docker/base@1?platform=linux%2Famd64"), std::string("base:1"));
    QCOMPARE(build::imageOfMaterial("pkg:docker/nvidia/cuda@12.9?digest=sha256:a"), std::string("nvidia/cuda:12.9"));
    QCOMPARE(build::imageOfMaterial("pkg:docker/localhost%3A5000/a/b@1%2Bc"), std::string("localhost:5000/a/b:1+c"));
    QCOMPARE(build::imageOfMaterial("pkg:docker/base"), std::string("base"));
    QCOMPARE(build::imageOfMaterial("https://example.org/a@b"), std::string("https://example.org/a@b"));
    QCOMPARE(build::imageOfMaterial(""), std::string());
}

void TestExplainBuild::newInstruction()
{
    auto before = known("cached.jsonl");
    auto now = known("cached.jsonl");
    now.steps.push_back({"[final 3/3] RUN new", StepState::Done, 1, 2, 1, {}, false});
    now.dockerfile = "FROM x\nRUN new\n";
    const auto miss = build::whyNotCached(before, now);
    QVERIFY(miss);
    QCOMPARE(miss->step, std::string("[final 3/3] RUN new"));
    QVERIFY(miss->reasons.front().find("new or was changed") != std::string::npos);
}

void TestExplainBuild::prunedCache()
{
    const auto miss = build::whyNotCached(known("cached.jsonl"), known("success.jsonl"));
    QVERIFY(miss);
    QVERIFY(miss->reasons.front().find("pruned") != std::string::npos);
}

void TestExplainBuild::compares()
{
    auto second = known("success.jsonl");
    second.steps.push_back({"[s 1/1] RUN only here", StepState::Done, 1, 2, 1, {}, false});
    auto first = known("cached.jsonl");
    first.steps.push_back({"[s 1/1] RUN make -C engine", StepState::Done, 1, 2, 1, {}, false});
    first.steps.insert(first.steps.end() - 1, {"[s 1/2] COPY engine-1.whl /", StepState::Done, 1, 2, 1, {}, false});
    second.steps.push_back(
        {"[s 1/2] COPY engine-2.whl /", StepState::Done, 1, 2, 1, {}, false}); // An argument's value.
    first.steps.push_back({"[t 1/1] RUN pip install vllm==0.16.0", StepState::Done, 1, 2, 1, {}, false});
    second.steps.push_back({"[t 1/1] RUN pip install vllm==0.17.1", StepState::Done, 1, 2, 1, {}, false});
    first.record.request.builder = "a";
    const auto comparison = build::compareBuilds(first, second);
    QVERIFY(comparison.changes.size() == 1 && comparison.changes[0].find("another builder") != std::string::npos);
    QVERIFY(std::any_of(comparison.steps.begin(), comparison.steps.end(),
                        [](const auto &step) { return !step.second && step.name == "[s 1/1] RUN make -C engine"; }));
    QCOMPARE(
        std::count_if(comparison.steps.begin(), comparison.steps.end(),
                      [](const auto &step) { return step.name.starts_with("[t 1/1]") && step.first && step.second; }),
        1);
    int last = 0; // As people read them: in a stage by their number.
    for (const auto &step : comparison.steps) {
        const build::StepPlace place = build::placeOfStep(step.name);
        if (place.stage != "s")
            continue;
        QVERIFY(place.number >= last);
        last = place.number;
    }
    QCOMPARE(last, 1);
    const build::StepPlace place = build::placeOfStep("[linux/arm64 vllm 12/13] RUN make");
    QVERIFY(place.part == build::StepPlace::Stage && place.stage == "linux/arm64 vllm" && place.number == 12);
    QVERIFY(build::placeOfStep("[2/3] RUN make").stage.empty());
    QVERIFY(build::placeOfStep("[linux/arm64 internal] load metadata").part == build::StepPlace::Preparation);
    QVERIFY(build::placeOfStep("exporting to image").part == build::StepPlace::Result);
    const auto copied = std::find_if(comparison.steps.begin(), comparison.steps.end(),
                                     [](const auto &step) { return step.name == "[s 1/2] COPY engine-2.whl /"; });
    QVERIFY(copied != comparison.steps.end() && copied->first && copied->first->name == "[s 1/2] COPY engine-1.whl /"
            && !copied->differs());
    QVERIFY(std::any_of(comparison.steps.begin(), comparison.steps.end(), [](const auto &step) {
        return step.first && step.second && step.first->state == StepState::Cached;
    }));
}

namespace {

const build::Fact *find(const build::Comparison &comparison, const char *group, const char *name)
{
    for (const build::FactGroup &each : comparison.facts) {
        for (const build::Fact &fact : each.facts) {
            if (each.name == group && fact.name == name)
                return &fact;
        }
    }
    return nullptr;
}

} // namespace

void TestExplainBuild::comparesFacts()
{
    auto first = known("cached.jsonl");
    auto second = known("success.jsonl");
    first.record.outcome = build::Outcome::Failed;
    second.record.outcome = build::Outcome::Succeeded;
    first.record.git = {"abc", true};
    second.record.git = {"abc", false};
    second.record.metadata.size = 1'500'000;
    first.record.request.buildArguments = {{"OLD", "1"}, {"VERSION", "1"}};
    second.record.request.buildArguments = {{"VERSION", "2"}, {"NEW", ""}};
    first.record.request.platform = second.record.request.platform = "linux/amd64";
    second.record.request.noCache = true;
    second.record.request.metadataFile = "/elsewhere/metadata.json"; // The console's own business.
    first.files["pack/cuda/mode"] = "0123456789abcdef 644";
    second.files = {
        {"pack/cuda/src.txt", "2"}, {"pack/cuda/new", "size:99"}, {"pack/cuda/mode", "0123456789abcdef 755"}};
    const auto comparison = build::compareBuilds(first, second);
    const auto is = [&](const char *group, const char *name, const char *one, const char *other, bool differs) {
        const build::Fact *fact = find(comparison, group, name);
        return fact && fact->first == one && fact->second == other && fact->differs == differs;
    };
    QVERIFY(is("Build", "Result", "failed", "succeeded", true));
    QVERIFY(is("Build", "Git revision", "abc with changes", "abc", true));
    QVERIFY(is("Build", "Size", "", "1.5 MB (1500000 bytes)", true));
    QVERIFY(!find(comparison, "Build", "Digest")); // Neither has one.
    QVERIFY(is("Arguments", "VERSION", "1", "2", true));
    QVERIFY(is("Arguments", "NEW", "", "", true)); // Given empty is not the same as not given.
    QVERIFY(is("Arguments", "OLD", "1", "", true));
    QVERIFY(is("Command", "--platform", "linux/amd64", "linux/amd64", false));
    QVERIFY(is("Command", "--no-cache", "", "yes", true));
    QVERIFY(is("Command", "--provenance", "false", "false", false));
    QVERIFY(!find(comparison, "Command", "--build-arg") && !find(comparison, "Command", "--metadata-file"));
    QVERIFY(is("Base images", "base", "a", "a", false));
    QVERIFY(is("Files", "Dockerfile", "1 lines", "1 lines", false));
    QVERIFY(is("Files", "pack/cuda/src.txt", "1", "2", true));
    QVERIFY(is("Files", "pack/cuda/mode", "0123456789ab 644", "0123456789ab 755", true));
    QVERIFY(is("Files", "pack/cuda/new", "", "size:99", true));
}

void TestExplainBuild::sameBuilds()
{
    const auto build = known("success.jsonl");
    const auto comparison = build::compareBuilds(build, build);
    QVERIFY(comparison.changes.empty());
    for (const build::FactGroup &group : comparison.facts) {
        QVERIFY(!group.facts.empty());
        for (const build::Fact &fact : group.facts)
            QVERIFY2(!fact.differs, fact.name.c_str());
    }
    QVERIFY(!comparison.steps.empty());
    for (const build::StepDifference &step : comparison.steps)
        QVERIFY2(!step.differs(), step.name.c_str());
}

QTEST_APPLESS_MAIN(TestExplainBuild)
#include "tst_explainbuild.moc"
