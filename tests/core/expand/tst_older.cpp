// The plan against what the older scripts printed for real pack centres; the differences are docs/expansion.md's.
#include "../workspace/packcentre.h"
#include "expand/json.h"

#include <nlohmann/json.hpp>

#include <QtTest>

using namespace runner;
using Json = nlohmann::ordered_json;

namespace {

Json readJson(const QString &path)
{
    return Json::parse(testdata::read(path).toStdString());
}

Json planOf(const workspace::Workspace &workspace, const expand::Options &options, Problems *problems = nullptr)
{
    const expand::Plan plan = expand::expand(workspace.matrix, workspace.lookup(), options);
    if (problems)
        *problems = plan.problems;
    return Json::parse(expand::toJson(plan, workspace.matrix));
}

bool isBlank(const Json &job)
{
    return job["original_backend_version"] == "" || (job["service"] != "runtime" && job["service_version"] == "");
}

// What the scripts print, without the jobs that have a blank version and their manifests.
struct Printed
{
    Json jobs = Json::array();
    Json manifests = Json::object();
    Json blank = Json::array();

    explicit Printed(const QString &stem)
        : manifests(readJson(stem + QStringLiteral(".manifest.json")))
    {
        for (const Json &job : readJson(stem + QStringLiteral(".build.json"))) {
            (isBlank(job) ? blank : jobs).push_back(job);
            if (isBlank(job))
                manifests.erase(job["tag"].get<std::string>());
        }
    }
};

// The members that an incomplete job shares with the job that the scripts print.
Json common(const Json &job)
{
    Json result;
    for (const char *key : {"backend", "service", "platform", "args"})
        result[key] = job[key];
    return result;
}

Json commonOfAll(const Json &jobs)
{
    Json result = Json::array();
    for (const Json &job : jobs)
        result.push_back(common(job));
    return result;
}

std::string differenceOf(const Json &plan, const Printed &printed)
{
    const auto show = [](const char *what, const Json &ours, const Json &theirs) {
        return ours == theirs ? std::string() : std::string(what) + "\n" + ours.dump(1) + "\n---\n" + theirs.dump(1);
    };
    return show("jobs", plan["build_jobs"], printed.jobs) + show("manifests", plan["manifest_jobs"], printed.manifests)
           + show("incomplete", commonOfAll(plan["incomplete"]), commonOfAll(printed.blank));
}

QString corner(const char *name)
{
    return testdata::shared(QStringLiteral("upstream/corner/") + QLatin1String(name));
}

} // namespace

class OlderTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<PackCentre> m_centre;
    std::shared_ptr<const workspace::Workspace> m_seed;

private slots:
    void init()
    {
        RUNNER_NEEDS_SHARED();
        if (m_seed)
            return;
        m_centre = std::make_unique<PackCentre>();
        m_seed = m_centre->older(testdata::shared(QStringLiteral("upstream/seed"))).open();
        QVERIFY(m_seed);
    }

    void printsTheSame_data()
    {
        QTest::addColumn<QString>("revision");
        QTest::addColumn<QString>("target");
        for (const char *revision : {"seed", "old"}) {
            for (const char *target : {"vllm", "sglang", "mindie", "voxbox"})
                QTest::newRow((QByteArray(revision) + ' ' + target).constData())
                    << QString::fromLatin1(revision) << QString::fromLatin1(target);
        }
    }

    void printsTheSame()
    {
        QFETCH(QString, revision);
        QFETCH(QString, target);
        const QString source = testdata::shared(QStringLiteral("upstream/") + revision);
        PackCentre centre;
        const auto opened = centre.older(source).open();
        QVERIFY(opened);
        Problems problems;
        const Json plan = planOf(*opened, {.target = target.toStdString()}, &problems);
        QCOMPARE(differenceOf(plan, Printed(source + QStringLiteral("/expected/") + target)), std::string());
        QCOMPARE(idsOf(problems), std::string());
    }

    void printsTheSameForAllServices()
    {
        QCOMPARE(differenceOf(planOf(*m_seed, {}), Printed(corner("services"))), std::string());
    }

    void printsTheSameForTheRuntime()
    {
        Problems problems;
        const Json plan = planOf(*m_seed, {.target = "runtime"}, &problems);
        QCOMPARE(differenceOf(plan, Printed(corner("runtime"))), std::string());
        QCOMPARE(idsOf(problems), std::string());
    }

    void fillsABlankRuleWithAdHocArguments()
    {
        const Json plan =
            planOf(*m_seed,
                   {.target = "vllm", .backend = "corex", .arguments = {"COREX_VERSION=4.2.0", "VLLM_VERSION=0.8.3"}});
        QCOMPARE(differenceOf(plan, Printed(corner("args_corex"))), std::string());
    }

    // The scripts spoil the arguments for every backend but the alphabetically first one.
    void givesAdHocArgumentsToEveryBackend()
    {
        const Json plan = planOf(*m_seed, {.target = "vllm", .arguments = {"A=1", "B=2"}});
        Printed printed(corner("args_all"));
        for (Json *jobs : {&printed.jobs, &printed.blank}) {
            for (Json &job : *jobs) {
                if (job["backend"] == "cann")
                    continue;
                job["args"].erase(job["args"].size() - 1);
                job["args"].push_back("A=1");
                job["args"].push_back("B=2");
            }
        }
        QCOMPARE(differenceOf(plan, printed), std::string());
    }

    // The scripts print both rules' jobs with one tag, and each platform tag twice in the manifest.
    void buildsOnceWhatAdHocArgumentsMakeTheSame_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("dup") << QStringLiteral("dup") << QStringList{QStringLiteral("CUDA_VERSION=12.6.3")};
        QTest::newRow("args_cuda") << QStringLiteral(
            "args_cuda") << QStringList{QStringLiteral("CUDA_VERSION=12.6.3"), QStringLiteral("VLLM_VERSION=0.15.1")};
    }

    void buildsOnceWhatAdHocArgumentsMakeTheSame()
    {
        QFETCH(QString, name);
        QFETCH(QStringList, arguments);
        expand::Options options{.target = "vllm", .backend = "cuda"};
        for (const QString &argument : arguments)
            options.arguments.push_back(argument.toStdString());
        Problems problems;
        const Json plan = planOf(*m_seed, options, &problems);
        Printed printed(corner(qPrintable(name)));
        printed.jobs.erase(0);
        printed.jobs.erase(0);
        for (auto &[tag, platformTags] : printed.manifests.items()) {
            platformTags.erase(3);
            platformTags.erase(2);
        }
        QCOMPARE(differenceOf(plan, printed), std::string());
        QCOMPARE(problems.size(), std::size_t{2});
        for (const Problem &problem : problems) {
            QCOMPARE(problem.id, std::string("duplicate-tag"));
            QCOMPARE(problem.severity, Severity::Warning);
        }
    }

    void selectsAFullTagAndAPlatformTag()
    {
        const Json full = planOf(*m_seed, {.target = "vllm", .tagPrefix = "cuda12.9-vllm0.17.1"});
        QCOMPARE(differenceOf(full, Printed(corner("tagfull"))), std::string());
        const Json platform = planOf(*m_seed, {.target = "vllm", .tagPrefix = "cuda12.9-vllm0.17.1-linux-arm64"});
        QCOMPARE(differenceOf(platform, Printed(corner("tagplat"))), std::string());
    }

    // The scripts select nothing by the tag they print, and leave a manifest without images.
    void selectsByTheDevelopmentTag()
    {
        const Json plan = planOf(*m_seed, {.target = "vllm", .tagPrefix = "cuda12.9-vllm0.17.1-dev"});
        QCOMPARE(differenceOf(plan, Printed(corner("tagfull"))), std::string());
        QVERIFY(Printed(corner("tagdev")).jobs.empty());
    }

    void leavesNoEmptyManifest()
    {
        const Json plan = planOf(*m_seed, {.target = "vllm", .tagPrefix = "cuda12.9-vllm0.17.1.post1"});
        QVERIFY(plan["build_jobs"].empty());
        QVERIFY(plan["manifest_jobs"].empty());
        QVERIFY(plan["incomplete"].empty());
        QCOMPARE(Printed(corner("tagover")).manifests.size(), std::size_t{1});
    }

    void selectsByPrefix()
    {
        const Json plan = planOf(*m_seed, {.tagPrefix = "cuda12.9"});
        QCOMPARE(plan["build_jobs"].size(), std::size_t{4});
        QCOMPARE(plan["manifest_jobs"].size(), std::size_t{2});
    }

    void saysWhatABlankRuleNeeds()
    {
        const Json plan = planOf(*m_seed, {.target = "vllm", .backend = "musa"});
        QVERIFY(plan["build_jobs"].empty());
        QVERIFY(plan["manifest_jobs"].empty());
        QCOMPARE(plan["incomplete"].size(), std::size_t{1});
        QCOMPARE(plan["incomplete"][0]["needs"].dump(), std::string(R"(["MUSA_VERSION","VLLM_VERSION"])"));
        QCOMPARE(plan["incomplete"][0]["file"], Json("pack/matrix.yaml"));
        QVERIFY(plan["incomplete"][0]["line"].get<int>() > 100);
    }

    void givesNothingForUnknownNames()
    {
        Problems problems;
        QVERIFY(planOf(*m_seed, {.backend = "abacus"}, &problems)["build_jobs"].empty());
        QVERIFY(planOf(*m_seed, {.target = "abacus"}, &problems)["manifest_jobs"].empty());
        QCOMPARE(idsOf(problems), std::string());
    }
};

QTEST_GUILESS_MAIN(OlderTest)
#include "tst_older.moc"
