#include "packcentre.h"

#include <QtTest>

#include <algorithm>
#include <filesystem>
#include <sys/stat.h>

using namespace runner;
using workspace::Layout;
namespace fs = std::filesystem;

namespace {

const QByteArray nativeMatrix = "schema: 1\n"
                                "services: { vllm: { name: vLLM } }\n"
                                "backends: { cuda: {}, rocm: {} }\n"
                                "rules:\n"
                                "  - { backend: cuda, services: [vllm] }\n"
                                "runners:\n"
                                "  - backend: cuda\n"
                                "    version: \"12.9\"\n"
                                "    services: { vllm: [{ version: \"0.17.1\" }] }\n";

const QByteArray olderMatrix = "rules:\n"
                               "  - { backend: cuda, services: [vllm, voxbox] }\n"
                               "  - { backend: cann, services: [mindie], args: [CANN_ARCHS=a3] }\n";

QByteArray record(const char *backend, const char *variant, const char *service)
{
    const QByteArray tag = QByteArray(backend) + "1.2" + (*variant ? "-" : "") + variant + "-" + service + "0.1";
    return QByteArray("{\"backend\":\"") + backend
           + "\",\"backend_version\":\"1.2\",\"original_backend_version\":\"1.2.3\"," + "\"backend_variant\":\""
           + variant + "\",\"service\":\"" + service + "\",\"service_version\":\"0.1\","
           + "\"platform\":\"linux/amd64\",\"docker_image\":\"gpustack/runner:" + tag + "\",\"deprecated\":false}";
}

std::string namesOf(const workspace::Workspace &workspace)
{
    std::string names;
    for (const workspace::PackFile &file : workspace.dockerfiles)
        names += (names.empty() ? "" : " ") + file.file.fileName;
    return names;
}

} // namespace

class WorkspaceTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<PackCentre> m_centre;

    PackCentre &native() { return m_centre->file(QStringLiteral("matrix.yml"), nativeMatrix); }
    PackCentre &older() { return m_centre->file(QStringLiteral("pack/matrix.yaml"), olderMatrix); }
    fs::path folder(const char *relative = "") const
    {
        return m_centre->path(QString::fromLatin1(relative)).toStdString();
    }

private slots:
    void init() { m_centre = std::make_unique<PackCentre>(); }

    void findsTheRootFromBelow()
    {
        native().file(QStringLiteral("pack/cuda/patches/a.patch"), "x");
        for (const char *start : {"", "pack", "pack/cuda/patches", "pack/cuda/patches/a.patch", "not/there/yet"}) {
            const auto root = workspace::findRoot(folder(start));
            QVERIFY2(root.has_value(), start);
            QCOMPARE(root->string(), fs::canonical(folder()).string());
        }
    }

    void findsNoRoot()
    {
        const auto root = workspace::findRoot(folder());
        QVERIFY(!root.has_value());
        QCOMPARE(root.error().id, std::string("workspace-not-found"));
        QCOMPARE(m_centre->tryOpen().error().id, std::string("file-missing"));
    }

    void opensOurLayout()
    {
        native().file(QStringLiteral("pack/cuda/Dockerfile"), "FROM scratch AS vllm\n");
        const auto opened = m_centre->open();
        QVERIFY(opened);
        QCOMPARE(opened->layout, Layout::Native);
        QCOMPARE(opened->matrixFile, std::string("matrix.yml"));
        QVERIFY(opened->catalogFile.empty());
        QCOMPARE(opened->records.size(), std::size_t{2});
        QCOMPARE(opened->records[0].dockerImage, std::string("gpustack/runner:cuda12.9-vllm0.17.1"));
        QVERIFY(opened->root.is_absolute());
        QCOMPARE(idsOf(opened->problems), std::string());
        for (const char *each : {"matrix.yml", "pack", "pack/cuda", "pack/cuda/Dockerfile"})
            QVERIFY2(std::count(opened->readFiles.begin(), opened->readFiles.end(), each) == 1, each);
    }

    void oursComesFirst()
    {
        native();
        older();
        QCOMPARE(m_centre->open()->layout, Layout::Native);
    }

    void opensTheOlderLayout()
    {
        older()
            .file(QStringLiteral("gpustack_runner/runner.py.json"), "[" + record("cann", "310p", "vllm") + ","
                                                                        + record("cann", "a3", "sglang") + ","
                                                                        + record("rocm", "", "vllm") + "]")
            .file(
                QStringLiteral("README.md"),
                "# Centre\n### Ascend CANN\n> note\n\n| CANN Version <br/> (Variant) | MindIE | vLLM |\n|---|---|---|\n"
                "### Other\n\n| Name | Value |\n|---|---|\n");
        const auto opened = m_centre->open();
        QVERIFY(opened);
        QCOMPARE(opened->layout, Layout::Older);
        QCOMPARE(idsOf(opened->problems), std::string());
        QCOMPARE(opened->records.size(), std::size_t{3});
        const matrix::Matrix &matrix = opened->matrix;
        QCOMPARE(matrix.backends.size(), std::size_t{3});
        QCOMPARE(matrix.backends[0].id, std::string("cann"));
        QCOMPARE(matrix.backends[0].name, std::string("Ascend CANN"));
        QCOMPARE(matrix.backends[0].title, std::string("CANN"));
        QCOMPARE(matrix.backends[0].variantArgument, std::string("CANN_ARCHS"));
        QCOMPARE(matrix.backends[0].variants.at(0).id, std::string("a3"));
        QCOMPARE(matrix.backends[0].variants.at(1).id, std::string("310p"));
        QCOMPARE(matrix.backends[1].name, std::string("CUDA"));
        std::string services;
        for (const matrix::Service &service : matrix.services)
            services += service.id + "=" + service.name + " ";
        QCOMPARE(services, std::string("vllm=vLLM voxbox=voxbox mindie=MindIE sglang=sglang "));
        QCOMPARE(matrix.runners.size(), std::size_t{3});
    }

    void opensRealCentres()
    {
        RUNNER_NEEDS_SHARED();
        for (const char *revision : {"upstream/seed", "upstream/old"}) {
            PackCentre centre;
            const auto opened = centre.older(testdata::shared(QString::fromLatin1(revision))).open();
            QVERIFY(opened);
            QCOMPARE(idsOf(opened->problems), std::string());
            QVERIFY(!opened->records.empty());
        }
    }

    void goesOnWithoutACatalogue()
    {
        older();
        const auto opened = m_centre->open();
        QCOMPARE(idsOf(opened->problems), std::string("catalog-missing@gpustack_runner/runner.py.json"));
        QCOMPARE(opened->problems[0].severity, Severity::Note);
        QVERIFY(opened->records.empty() && opened->matrix.runners.empty());
    }

    void reportsABrokenCatalogue()
    {
        older().file(QStringLiteral("gpustack_runner/runner.py.json"), "{\"a\": 1}");
        QCOMPARE(idsOf(m_centre->open()->problems).substr(0, 18), std::string("catalog-not-a-list"));
        m_centre->file(QStringLiteral("gpustack_runner/runner.py.json"), "[{");
        QCOMPARE(m_centre->open()->problems.at(0).id, std::string("json-invalid"));
    }

    void failsOnABrokenMatrix()
    {
        m_centre->file(QStringLiteral("matrix.yml"), "rules: [\n");
        QCOMPARE(m_centre->tryOpen().error().id, std::string("yaml-syntax"));
        m_centre->file(QStringLiteral("matrix.yml"), QByteArray("a\0b", 3));
        QCOMPARE(m_centre->tryOpen().error().id, std::string("file-binary"));
        QFile::remove(m_centre->path(QStringLiteral("matrix.yml")));
        QDir(m_centre->path()).mkdir(QStringLiteral("matrix.yml"));
        QCOMPARE(m_centre->tryOpen().error().id, std::string("file-not-regular"));
    }

    void prefersAServicesOwnDockerfile()
    {
        native()
            .file(QStringLiteral("pack/cuda/Dockerfile"), "FROM scratch AS vllm\n")
            .file(QStringLiteral("pack/cuda/Dockerfile.vllm"), "FROM scratch AS vllm\n")
            .file(QStringLiteral("pack/cuda/Dockerfile.dockerignore"), "*\n")
            .file(QStringLiteral("pack/abacus/Dockerfile"), "FROM scratch\n")
            .file(QStringLiteral("pack/.hidden/Dockerfile"), "FROM scratch\n")
            .file(QStringLiteral("pack/common/tool.sh"), "true\n");
        const auto opened = m_centre->open();
        QCOMPARE(namesOf(*opened),
                 std::string("pack/abacus/Dockerfile pack/cuda/Dockerfile pack/cuda/Dockerfile.vllm"));
        QCOMPARE(opened->dockerfileFor("cuda", "vllm")->fileName, std::string("pack/cuda/Dockerfile.vllm"));
        QCOMPARE(opened->dockerfileFor("cuda", "sglang")->fileName, std::string("pack/cuda/Dockerfile"));
        QVERIFY(!opened->dockerfileFor("rocm", "vllm"));
        QVERIFY(!opened->dockerfileFor("zzz", "vllm"));
    }

    void reportsDockerfilesThatAreNone()
    {
        native();
        QDir(m_centre->path()).mkpath(QStringLiteral("pack/cuda/Dockerfile"));
        QDir(m_centre->path()).mkpath(QStringLiteral("pack/rocm"));
        QCOMPARE(::mkfifo(folder("pack/rocm/Dockerfile").c_str(), 0600), 0);
        m_centre->file(QStringLiteral("pack/big/Dockerfile"), QByteArray((4 << 20) + 1, '#'));
        const auto opened = m_centre->open();
        QVERIFY(opened);
        QCOMPARE(idsOf(opened->problems),
                 std::string("file-too-large@pack/big/Dockerfile file-not-regular@pack/cuda/Dockerfile "
                             "file-not-regular@pack/rocm/Dockerfile"));
    }

    void refusesLinksThatLeadOut()
    {
        PackCentre outside;
        outside.file(QStringLiteral("Dockerfile"), "FROM secret\n");
        native().file(QStringLiteral("shared/Dockerfile"), "FROM scratch AS vllm\n");
        QDir(m_centre->path()).mkpath(QStringLiteral("pack/cuda"));
        fs::create_symlink(outside.path(QStringLiteral("Dockerfile")).toStdString(), folder("pack/cuda/Dockerfile"));
        fs::create_directory_symlink("../shared", folder("pack/rocm"));
        fs::create_directory_symlink(outside.path().toStdString(), folder("pack/linked"));
        const auto opened = m_centre->open();
        QCOMPARE(namesOf(*opened), std::string("pack/rocm/Dockerfile"));
        QCOMPARE(
            idsOf(opened->problems),
            std::string("path-outside-workspace@pack/cuda/Dockerfile path-outside-workspace@pack/linked/Dockerfile"));
    }

    void survivesBrokenAndCircularLinks()
    {
        native();
        QDir(m_centre->path()).mkpath(QStringLiteral("pack/cuda"));
        fs::create_symlink("nowhere", folder("pack/cuda/Dockerfile"));
        fs::create_directory_symlink("rocm", folder("pack/rocm"));
        const auto opened = m_centre->open();
        QVERIFY(opened);
        QVERIFY(opened->dockerfiles.empty());
        QVERIFY(!opened->problems.empty());
    }

    void refusesBackendsThatAreNoNames()
    {
        m_centre->file(
            QStringLiteral("matrix.yml"),
            "rules:\n  - { backend: ../../etc, services: [vllm] }\n  - { backend: .., services: [\"../x\"] }\n");
        const auto opened = m_centre->open();
        QCOMPARE(idsOf(opened->problems), std::string("backend-bad-id@matrix.yml:3 backend-bad-id@matrix.yml:2"));
    }

    void opensAPostOperation()
    {
        const QString operation = QStringLiteral("pack/.post_operation/20250101_fix/");
        native()
            .file(QStringLiteral("pack/cuda/Dockerfile"), "FROM scratch AS vllm\n")
            .file(operation + QStringLiteral("matrix.yaml"),
                  "rules:\n  - { backend: cuda, services: [vllm], args: [CUDA_VERSION=12.9] }\n")
            .file(operation + QStringLiteral("cuda/Dockerfile"), "ARG CUDA_VERSION\nFROM x:${CUDA_VERSION} AS vllm\n");
        const auto opened = m_centre->open("20250101_fix");
        QVERIFY(opened);
        QCOMPARE(opened->matrixFile, (operation + QStringLiteral("matrix.yaml")).toStdString());
        QCOMPARE(namesOf(*opened), (operation + QStringLiteral("cuda/Dockerfile")).toStdString());
        QCOMPARE(opened->matrix.rules.size(), std::size_t{1});
        QCOMPARE(opened->matrix.backends.size(), std::size_t{2});
        QCOMPARE(opened->records.size(), std::size_t{2});
        m_centre->file(QStringLiteral("pack/.post_operation/README.md"), "# What was done\n");
        QCOMPARE(workspace::listPostOperations(opened->root), std::vector<std::string>{"20250101_fix"});
        for (const char *name : {"unknown", "..", "../..", "a/b", ".", "/etc"}) {
            const auto failed = m_centre->tryOpen(name);
            QVERIFY2(!failed.has_value(), name);
            QCOMPARE(failed.error().id, std::string("post-operation-missing"));
            QVERIFY(failed.error().advice.find("20250101_fix") != std::string::npos);
        }
    }
};

QTEST_GUILESS_MAIN(WorkspaceTest)
#include "tst_workspace.moc"
