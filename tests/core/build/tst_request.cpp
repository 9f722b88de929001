// Requests and command lines.
#include "build/commandline.h"
#include "build/limits.h"
#include "build/request.h"
#include "build/requestjson.h"

#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>

using namespace runner;
using Words = std::vector<std::string>;

namespace {

struct Sample
{
    dockerfile::Dockerfile file = dockerfile::readDockerfile("FROM scratch AS vllm\n", "pack/cuda/Dockerfile");
    expand::Job job;

    Sample()
    {
        job.backend = "cuda";
        job.service = "vllm";
        job.platform = "linux/arm64";
        job.platformTag = "cuda12.9-vllm0.17.1-linux-arm64";
        job.tag = "cuda12.9-vllm0.17.1-dev";
        job.cacheTags = {"cuda12.9-vllm0.17.1-linux-arm64", "cuda12.9-vllm0.17-linux-arm64",
                         "cuda12.9-vllm0-linux-arm64"};
        job.arguments = {{{"CUDA_VERSION=12.8", {}}, {"A", {}}, {"FLAGS=-a -b", {}}, {"CUDA_VERSION=12.9.1", {}}}};
        job.dockerfile = &file;
    }

    Words command(const build::Options &options, const std::string &root = "/nowhere") const
    {
        const auto request = build::makeRequest(root, job, options);
        return request ? build::commandLine(*request) : Words{request.error().id};
    }
};

bool has(const Words &words, const Words &wanted)
{
    return std::search(words.begin(), words.end(), wanted.begin(), wanted.end()) != words.end();
}

} // namespace

class TestRequest : public QObject
{
    Q_OBJECT

private slots:
    void limits_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("isSize");
        QTest::addColumn<bool>("good");
        for (const char *good : {"nofile=1024", "nofile=1024:2048", "core=-1:-1", "memlock=0:-1"})
            QTest::newRow(good) << QByteArray(good) << false << true;
        for (const char *bad : {"foo", "foo=1", "nofile", "nofile=", "nofile=x", "nofile=1:", "nofile=2:1",
                                "nofile=-1:1", "nofile=1:2:3", ""})
            QTest::newRow(*bad ? bad : "no limit") << QByteArray(bad) << false << false;
        for (const char *good : {"16g", "64 MB", "1.5GiB", "1024", "1b"})
            QTest::newRow(good) << QByteArray(good) << true << true;
        for (const char *bad : {"abc", "g", "16x", "1.g", "-1g", "16 gg", "16gbb"})
            QTest::newRow(bad) << QByteArray(bad) << true << false;
    }

    void limits()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const bool, isSize);
        QFETCH(const bool, good);
        const std::string error =
            isSize ? build::sizeError(text.toStdString()) : build::ulimitError(text.toStdString());
        QCOMPARE(error.empty(), good);
        QVERIFY(good || error.find(text.toStdString()) != std::string::npos);
    }

    void sameAsTheOlderCi();
    void options_data();
    void options();
    void cacheImagesAreWrittenWhenWanted();
    void commonFolderBecomesAContext();
    void badNames();
    void archiveWithAComma();
    void jsonKeepsEverything();
    void optionsComeBack();
    void jsonOfStrangers();
};

void TestRequest::sameAsTheOlderCi()
{
    build::Options options;
    options.output.kind = build::OutputKind::Push;
    const std::string cache = "type=registry,ref=gpustack/runner-build-cache:cuda12.9-vllm0";
    const std::string how = ",mode=max,compression=gzip,ignore-error=true";
    const Words wanted = {"docker",
                          "buildx",
                          "build",
                          "--allow",
                          "network.host",
                          "--allow",
                          "security.insecure",
                          "--platform",
                          "linux/arm64",
                          "--file",
                          "pack/cuda/Dockerfile",
                          "--target",
                          "vllm",
                          "--tag",
                          "gpustack/runner:cuda12.9-vllm0.17.1-linux-arm64",
                          "--build-arg",
                          "FLAGS=-a -b",
                          "--build-arg",
                          "CUDA_VERSION=12.9.1",
                          "--ulimit",
                          "nofile=65536:65536",
                          "--shm-size",
                          "16g",
                          "--provenance=false",
                          "--sbom=false",
                          "--cache-from",
                          cache + ".17.1-linux-arm64",
                          "--cache-from",
                          cache + ".17-linux-arm64",
                          "--cache-from",
                          cache + "-linux-arm64",
                          "--cache-to",
                          cache + ".17.1-linux-arm64" + how,
                          "--cache-to",
                          cache + ".17-linux-arm64" + how,
                          "--cache-to",
                          cache + "-linux-arm64" + how,
                          "--push",
                          "pack/cuda"};
    QCOMPARE(Sample().command(options), wanted);
}

void TestRequest::options_data()
{
    QTest::addColumn<build::Options>("options");
    QTest::addColumn<Words>("with");
    QTest::addColumn<QString>("without");
    const auto row = [](const char *name, const std::function<void(build::Options &)> &change, const Words &with,
                        const char *without = "") {
        build::Options options;
        change(options);
        QTest::newRow(name) << options << with << QString(without);
    };
    using build::OutputKind;
    row(
        "nothing", [](auto &) {}, {"--output", "type=cacheonly"}, "--push");
    row(
        "load", [](auto &o) { o.output.kind = OutputKind::Load; }, {"--load"}, "--output");
    row("archive",
        [](auto &o) {
            o.output = {OutputKind::Archive, "/a/b.tar"};
        },
        {"--output", "type=oci,dest=/a/b.tar"});
    row(
        "check", [](auto &o) { o.call = build::Call::Check, o.output.kind = OutputKind::Push; }, {"--call=check"},
        "--push");
    row("builder", [](auto &o) { o.builder = "big"; }, {"build", "--builder", "big"});
    row("no cache", [](auto &o) { o.noCache = true; }, {"--no-cache"});
    row(
        "no cache images", [](auto &o) { o.cacheFrom = false; }, {}, "--cache-from");
    row("pull", [](auto &o) { o.pull = true; }, {"--pull"});
    row("attestations", [](auto &o) { o.provenance = o.sbom = true; }, {"--provenance=true", "--sbom=true"});
    row(
        "no entitlements", [](auto &o) { o.entitlements.clear(); }, {}, "--allow");
    row(
        "no limits", [](auto &o) { o.ulimits.clear(), o.sharedMemory.clear(); }, {}, "--shm-size");
    row("context",
        [](auto &o) {
            o.contexts = {{"base", "docker-image://b:1"}};
        },
        {"--build-context", "base=docker-image://b:1"});
    row("names",
        [](auto &o) {
            o.naming = {"localhost:5000/me", "r", "c"};
        },
        {"--tag", "localhost:5000/me/r:cuda12.9-vllm0.17.1-linux-arm64"});
    row("progress", [](auto &o) { o.progress = "rawjson", o.metadataFile = "m.json"; },
        {"--metadata-file", "m.json", "--progress", "rawjson", "pack/cuda"});
}

void TestRequest::options()
{
    QFETCH(build::Options, options);
    QFETCH(Words, with);
    QFETCH(QString, without);
    const Words command = Sample().command(options);
    QVERIFY(has(command, with));
    QVERIFY(without.isEmpty() || !has(command, {without.toStdString()}));
}

void TestRequest::cacheImagesAreWrittenWhenWanted()
{
    using CacheTo = build::Options::CacheTo;
    const auto writes = [](CacheTo when, build::OutputKind output, const std::string &postOperation = {}) {
        build::Options options;
        options.cacheTo = when;
        options.output.kind = output;
        options.postOperation = postOperation;
        return has(Sample().command(options), {"--cache-to"});
    };
    QVERIFY(writes(CacheTo::WithPush, build::OutputKind::Push));
    QVERIFY(!writes(CacheTo::WithPush, build::OutputKind::Load));
    QVERIFY(writes(CacheTo::Always, build::OutputKind::Nothing));
    QVERIFY(!writes(CacheTo::Never, build::OutputKind::Push));
    QVERIFY(!writes(CacheTo::Always, build::OutputKind::Push, "20260101_fix"));
}

void TestRequest::commonFolderBecomesAContext()
{
    const QTemporaryDir folder;
    const std::string root = folder.path().toStdString();
    QVERIFY(!has(Sample().command({}, root), {"--build-context"}));
    QVERIFY(QDir(folder.path()).mkpath("pack/common"));
    QVERIFY(has(Sample().command({}, root), {"--build-context", "common=pack/common"}));
    build::Options options;
    options.contexts = {{"common", "/other"}};
    const Words replaced = Sample().command(options, root);
    QVERIFY(has(replaced, {"--build-context", "common=/other"}));
    QCOMPARE(std::count(replaced.begin(), replaced.end(), "--build-context"), 1);
}

void TestRequest::badNames()
{
    Sample sample;
    sample.job.platformTag = "cuda 12 9";
    QCOMPARE(sample.command({}), Words{"image-name-invalid"});
    for (const char *nameSpace : {"user:hunter2@host/a", "https://user:hunter2@host/a", "hunter2@host"}) {
        build::Options options;
        options.naming.nameSpace = nameSpace;
        const auto request = build::makeRequest("/nowhere", Sample().job, options);
        QCOMPARE(request.error().id, std::string("image-name-invalid"));
        QVERIFY2(request.error().message.find("hunter2") == std::string::npos, request.error().message.c_str());
        QVERIFY(request.error().message.find("@host") != std::string::npos);
    }
}

void TestRequest::archiveWithAComma()
{
    build::Options options;
    options.output = {build::OutputKind::Archive, "/a,b/\"c\".tar"};
    QVERIFY(has(Sample().command(options), {"--output", "type=oci,\"dest=/a,b/\"\"c\"\".tar\""}));
}

void TestRequest::jsonKeepsEverything()
{
    build::Options options;
    options.output = {build::OutputKind::Archive, "/x.tar"};
    options.contexts = {{"a", "b=c"}};
    options.noCache = options.pull = options.sbom = options.provenance = true;
    options.builder = "b";
    options.metadataFile = "m";
    options.progress = "plain";
    options.cacheTo = build::Options::CacheTo::Always;
    const auto request = build::makeRequest("/root", Sample().job, options);
    QVERIFY(request);
    const std::string text = build::toJson(*request);
    QCOMPARE(text.find('\n'), std::string::npos);
    const auto again = build::requestFromJson(text);
    QVERIFY(again);
    QVERIFY(*again == *request);
}

/// The options read from a request give the same one again.
void TestRequest::optionsComeBack()
{
    std::vector<build::Options> all(8);
    all[1].output.kind = build::OutputKind::Push;
    all[1].naming = {"localhost:5000/some/where", "images", "cache"};
    all[2].output = {build::OutputKind::Push, {}};
    all[2].cacheTo = build::Options::CacheTo::Never;
    all[2].cacheFrom = false;
    all[3].cacheTo = build::Options::CacheTo::Always;
    all[3].output = {build::OutputKind::Archive, "/x/a.tar"};
    all[4].call = build::Call::Check;
    all[5].contexts = {{"common", "elsewhere"}, {"a", "b=c"}};
    all[5].builder = "b";
    all[6].ulimits = {"nofile=1:2", "core=0"};
    all[6].entitlements = {};
    all[6].sharedMemory = {};
    all[7].noCache = all[7].pull = all[7].provenance = all[7].sbom = true;
    for (build::Options &options : all) {
        const auto request = build::makeRequest(RUNNER_SOURCE_DIR, Sample().job, options);
        QVERIFY(request);
        build::Options again = build::optionsOf(*request);
        QCOMPARE(again.naming.nameSpace, options.naming.nameSpace);
        QCOMPARE(again.naming.repository, options.naming.repository);
        QCOMPARE(again.contexts, options.contexts);
        again.naming = options.naming; // The cache's repository is not told.
        const auto same = build::makeRequest(RUNNER_SOURCE_DIR, Sample().job, again);
        QVERIFY(same);
        QVERIFY(*same == *request);
    }
}

void TestRequest::jsonOfStrangers()
{
    for (const char *text : {"", "[]", "{\"images\":1}", "{", "null", "{\"build_arguments\":[[1]]}"})
        QCOMPARE(build::requestFromJson(text).error().id, std::string("request-unreadable"));
    const auto later = build::requestFromJson("{\"platform\":\"linux/amd64\",\"from_later\":{}}");
    QVERIFY(later);
    QCOMPARE(later->platform, std::string("linux/amd64"));
}

QTEST_APPLESS_MAIN(TestRequest)
#include "tst_request.moc"
