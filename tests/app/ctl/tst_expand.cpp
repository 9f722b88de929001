// runnerctl expand, args, check.
#include "ctlfixture.h"

class TestExpand : public QObject
{
    Q_OBJECT

private slots:
    void jobsAndIncomplete();
    void options();
    void argumentsKeepTheirSpaces();
    void unknownNames();
    void problemsGoToStderr();
    void argsText();
    void argsNames_data();
    void argsNames();
    void argsJson();
    void argsUnknown();
    void checkFindings();
    void checkNothing();
    void olderLayout();
};

void TestExpand::jobsAndIncomplete()
{
    const ctl::Ran ran = ctl::Centre().run({"expand", "--target", "services"});
    QCOMPARE(ran.code, 0);
    const QJsonObject plan = ran.object();
    QCOMPARE(plan["build_jobs"].toArray().size(), 3);
    QVERIFY(plan["manifest_jobs"].toObject().contains("cann8.5-a3-vllm0.13.0-dev"));
    const QJsonArray incomplete = plan["incomplete"].toArray();
    QCOMPARE(incomplete.size(), 1);
    QCOMPARE(incomplete[0].toObject()["needs"].toArray(), QJsonArray{"SGLANG_VERSION"});
}

void TestExpand::options()
{
    const ctl::Centre centre;
    const auto jobs = [&](const QStringList &more) {
        return centre.run(QStringList{"expand", "--target"} + more).object()["build_jobs"].toArray();
    };
    QCOMPARE(jobs({"vllm", "--backend", "cuda"}).size(), 1);
    QCOMPARE(jobs({"sglang", "--arg", "SGLANG_VERSION=0.5.6"}).size(), 1);
    QCOMPARE(jobs({"services", "--tag", "cann8.5"}).size(), 2);
    QCOMPARE(jobs({"runtime"}).size(), 3);
    const QJsonObject job =
        jobs({"vllm", "--backend", "cuda", "--for-release", "--runner-profile", "8x"})[0].toObject();
    QCOMPARE(job["tag"].toString(), QString("cuda12.9-vllm0.13.0"));
    QCOMPARE(job["runner"].toString(), QString("ubuntu-22.04-8x"));
}

void TestExpand::argumentsKeepTheirSpaces()
{
    const ctl::Ran ran = ctl::Centre().run({"expand", "--target", "vllm", "--backend", "cuda", "--arg", "FLAGS=-a -b,c",
                                            "--arg=EMPTY=", "--arg", "LIST=[1,2]"});
    const QJsonArray arguments = ran.object()["build_jobs"].toArray()[0].toObject()["args"].toArray();
    QCOMPARE(arguments, (QJsonArray{"CUDA_VERSION=12.9.1", "FLAGS=-a -b,c", "EMPTY=", "LIST=[1,2]"}));
}

void TestExpand::unknownNames()
{
    const ctl::Centre centre;
    const ctl::Ran backend = centre.run({"expand", "--target", "vllm", "--backend", "nope"});
    QCOMPARE(backend.code, 2);
    QVERIFY(backend.err.contains("cann, cuda"));
    const ctl::Ran target = centre.run({"expand", "--target", "nope"});
    QCOMPARE(target.code, 2);
    QVERIFY(target.err.contains("vllm, sglang, services, runtime"));
    QCOMPARE(centre.run({"expand", "--target", "vllm", "--arg", "NAME"}).code, 2);
    QCOMPARE(centre.run({"expand"}).code, 2);
    QCOMPARE(centre.run({"expand", "--target", "vllm", "--post-operation", "nope"}).code, 3);
}

void TestExpand::problemsGoToStderr()
{
    const ctl::Centre centre;
    QByteArray text = ctl::matrixText;
    text.replace("runners:\n", "  - { backend: cuda, services: [vllm], args: [\"CUDA_VERSION=12.9.0\"] }\nrunners:\n");
    centre.write("matrix.yml", text);
    const ctl::Ran ran = centre.run({"expand", "--target", "vllm"});
    QCOMPARE(ran.code, 1);
    QVERIFY2(ran.err.contains("matrix.yml:20:") && ran.err.contains("[duplicate-tag]"), ran.err);
    QVERIFY(!ran.object().isEmpty());
}

void TestExpand::argsText()
{
    const ctl::Ran ran = ctl::Centre().run({"args", "cann8.5-a3-vllm0.13.0", "--arg", "PYTHON_VERSION=3.12"});
    QCOMPARE(ran.code, 0);
    const auto hasLine = [&](const char *pattern) {
        return QRegularExpression(pattern, QRegularExpression::MultilineOption)
            .match(QString::fromUtf8(ran.out))
            .hasMatch();
    };
    QVERIFY2(hasLine("^CANN_VERSION +8\\.5\\.1 +matrix\\.yml:15 .*runtime"), ran.out);
    QVERIFY2(hasLine("^CANN_BASE +ascend/cann:8\\.5\\.1 +pack/cann/Dockerfile:3 "), ran.out);
    QVERIFY2(hasLine("^PYTHON_VERSION +3\\.12 +--arg "), ran.out);
    QVERIFY2(hasLine("^UNUSED .* not used$"), ran.out);
    QVERIFY2(hasLine("^TYPO +1 .* not declared by the Dockerfile$"), ran.out);
    QVERIFY(ran.err.contains("rule 1"));
    const ctl::Ran verbose = ctl::Centre().run({"args", "cann8.5-a3-vllm0.13.0", "--verbose"});
    QVERIFY(verbose.out.contains("Dockerfile: CANN_VERSION=8.5.0  (pack/cann/Dockerfile:1)"));
}

void TestExpand::argsNames_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name : {"cann8.5-a3-vllm0.13.0", "cann8.5-a3-vllm0.13.0-dev", "cann8.5-a3-vllm0.13.0-linux-arm64",
                             "quay.io:443/gpustack/runner:cann8.5-a3-vllm0.13.0-dev", "cann8.5.1-a3-python3.11",
                             "runner:cann8.5-a3-vllm0.13.0@sha256:0123"})
        QTest::newRow(name) << name;
}

void TestExpand::argsNames()
{
    QFETCH(QString, name);
    const ctl::Ran ran = ctl::Centre().run({"args", name});
    QCOMPARE(ran.code, 0);
    QVERIFY2(ran.out.contains("CANN_VERSION"), ran.err);
}

void TestExpand::argsJson()
{
    const QJsonArray list = ctl::Centre().run({"args", "cuda12.9-vllm0.13.0", "--format", "json"}).list();
    QCOMPARE(list.size(), 4);
    const QJsonObject first = list[0].toObject();
    QCOMPARE(first["name"].toString(), QString("CUDA_VERSION"));
    QCOMPARE(first["value"].toString(), QString("12.9.1"));
    QCOMPARE(first["chain"].toArray().size(), 2);
}

void TestExpand::argsUnknown()
{
    const ctl::Ran ran = ctl::Centre().run({"args", "cuda12.9-vllm0.13.1"});
    QCOMPARE(ran.code, 1);
    QCOMPARE(ran.out, QByteArray());
    QVERIFY2(ran.err.contains("nearest are: cuda12.9-vllm0.13.0"), ran.err);
}

void TestExpand::checkFindings()
{
    const ctl::Centre centre;
    const ctl::Ran text = centre.run({"check"});
    QVERIFY2(text.out.contains("matrix.yml:15:") && text.out.contains("TYPO"), text.out);
    QVERIFY(text.err.contains("error") && text.err.contains("warning"));
    const QJsonArray list = centre.run({"check", "--format", "json"}).list();
    QCOMPARE(list.size(), text.out.count('\n'));
    for (const char *member : {"id", "severity", "file", "line", "column", "message", "advice"})
        QVERIFY(list[0].toObject().contains(QLatin1String(member)));
    const bool anyError = std::any_of(list.begin(), list.end(), [](const auto &problem) {
        return problem.toObject()["severity"].toString() == QLatin1String("error");
    });
    QCOMPARE(text.code, anyError ? 1 : 0);
}

void TestExpand::checkNothing()
{
    const ctl::Centre centre;
    centre.write("matrix.yml", "schema: 1\nservices: {}\nbackends: {}\nrules: []\nrunners: []\n");
    const ctl::Ran ran = centre.run({"check", "--format", "json"});
    QCOMPARE(ran.code, 0);
    QVERIFY(ran.out.startsWith('['));
}

void TestExpand::olderLayout()
{
    RUNNER_NEEDS_SHARED();
    QTemporaryDir folder;
    const int laidOut = QProcess::execute(
        "python3", {testdata::shared("tools/lay-out-workspace"), testdata::shared("upstream/seed"), folder.path()});
    QCOMPARE(laidOut, 0);
    const ctl::Ran ran = ctl::run({"-C", folder.path(), "expand", "--target", "sglang", "--backend", "cuda"});
    QCOMPARE(ran.code, 0);
    QVERIFY(!ran.object()["build_jobs"].toArray().isEmpty());
    QCOMPARE(ctl::run({"-C", folder.path(), "runners"}).list().size(), 222);
}

QTEST_GUILESS_MAIN(TestExpand)
#include "tst_expand.moc"
