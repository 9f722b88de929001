// What onboarding would write in the project's own pack centre: checks, images, files.
#include "onboardtest.h"

#include "check/check.h"
#include "expand/plan.h"

using namespace onboardtest;
using onboard::NextStep;
using onboard::Proposal;

namespace {

const onboard::ProposedFile *fileOf(const Proposal &proposal, const std::string &name)
{
    for (const onboard::ProposedFile &file : proposal.files) {
        if (file.file == name)
            return &file;
    }
    return nullptr;
}

std::string imagesOf(const Proposal &proposal)
{
    std::string text;
    for (const workspace::ImageChange &image : proposal.images) {
        text += std::string(workspace::kindName(image.kind)) + " " + image.tag;
        for (const std::string &platform : image.platforms)
            text += " " + platform;
        text += "\n";
    }
    return text;
}

std::string described(const Problems &problems)
{
    std::string text;
    for (const Problem &problem : problems)
        text += diagnostics::describe(problem) + "\n";
    return text;
}

// A small pack centre without common scripts.
void writeSmall(const Centre &centre, const std::string &lineEnd = "\n")
{
    const auto fitted = [&](std::string text) {
        for (std::size_t at = 0; lineEnd != "\n" && (at = text.find('\n', at)) != std::string::npos;
             at += lineEnd.size())
            text.replace(at, 1, lineEnd);
        return text;
    };
    centre.write("matrix.yml",
                 fitted("schema: 1\nservices: { vllm: { name: vLLM } }\nbackends:\n  cu: { name: CU }\n"
                        "rules:\n  - backend: cu\n    services: [vllm]\n    args: [\"CU_VERSION=4.1.0\"]\n"));
    centre.write("pack/cu/Dockerfile",
                 fitted("# Images.\n#\n# Steps:\n#   1. Stage vllm: take it.\n#\n# CU_VERSION REQUIRED Version.\n\n"
                        "ARG CU_VERSION=4.1.0\nARG PYTHON_VERSION=3.12\nARG VLLM_VERSION=0.11.0\nFROM scratch AS "
                        "vllm\nARG VLLM_VERSION"));
}

} // namespace

class ProposeTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<Centre> m_centre;
    workspace::WorkspacePointer m_workspace;

    Proposal made(const auto &answers) const
    {
        const auto proposal = onboard::propose(m_workspace, answers);
        if (!proposal)
            qWarning("%s", proposal.error().front().problem.message.c_str());
        return proposal ? *proposal : Proposal();
    }

private slots:
    void init()
    {
        m_centre = Centre::ofProject();
        m_workspace = m_centre->open();
        QVERIFY(m_workspace);
    }

    void neuwareIsCleanAtOnce()
    {
        const Proposal proposal = made(neuware());
        QCOMPARE(QByteArray::fromStdString(imagesOf(proposal)),
                 QByteArray("added neuware4.1-mlu590-vllm0.11.0 linux/amd64 linux/arm64\n"));
        QCOMPARE(described(proposal.findings), std::string());
        QCOMPARE(described(proposal.remarks), std::string());
        QCOMPARE(proposal.newFolders.front(), std::string("pack/neuware"));
        QCOMPARE(proposal.files.size(), std::size_t{3});
        QVERIFY(fileOf(proposal, "tests/e2e/rehearsal/described/neuware.json"));
        QVERIFY(proposal.next.front().kind == NextStep::Kind::Rehearse);
        const auto before = described(check::checkWorkspace(*m_workspace));
        QVERIFY(onboard::apply(m_centre->root(), proposal, m_centre->journals()));
        const auto after = m_centre->open();
        QCOMPARE(check::checkWorkspace(*after).size(), check::checkWorkspace(*m_workspace).size());
        const matrix::Backend *backend = after->matrix.findBackend("neuware");
        QVERIFY(backend);
        QCOMPARE(backend->name, std::string("Cambricon Neuware"));
        QCOMPARE(backend->variantLabel("mlu590"), std::string("MLU590"));
        QCOMPARE(backend->notes.size(), std::size_t{1});
    }

    void teiGoesToTheRightPlaces()
    {
        const Proposal proposal = made(tei());
        QCOMPARE(QByteArray::fromStdString(imagesOf(proposal)),
                 QByteArray("added rocm7.0-tei1.8.3 linux/amd64\nadded cuda12.9-tei1.8.3 linux/amd64\n"));
        QCOMPARE(described(proposal.findings), std::string());
        QCOMPARE(described(proposal.remarks), std::string());
        QVERIFY(onboard::apply(m_centre->root(), proposal, m_centre->journals()));
        const auto after = m_centre->open();
        QCOMPARE(after->matrix.services.back().name, std::string("TEI"));
        for (const char *backend : {"cuda", "rocm"}) {
            const auto *file = after->dockerfileFor(backend, "tei");
            QCOMPARE(file->stages.back().name, std::string("tei"));
            QCOMPARE(file->documented.back().name, std::string("TEI_RUST_VERSION"));
            QCOMPARE(file->globalArguments.back().name, std::string("TEI_RUST_VERSION"));
            QCOMPARE(file->globalArguments.back().description,
                     std::string("Version of Rust that the router is compiled with"));
        }
        // Each backend's new rule stands behind its others.
        std::string order;
        for (const matrix::Rule &rule : after->matrix.rules)
            order += (order.ends_with(rule.backend.text) ? "" : " " + rule.backend.text);
        QCOMPARE(order, std::string(" cann rocm cuda corex dtk hggc maca musa"));
    }

    // Only lines that are about the service are new; nothing is taken away.
    void nothingElseChanges()
    {
        for (const onboard::ProposedFile &file : made(tei()).files) {
            const std::string diff = onboard::diffOf(file);
            std::size_t removed = 0;
            for (std::size_t at = diff.find("\n-"); at != std::string::npos; at = diff.find("\n-", at + 1))
                ++removed;
            QVERIFY2(removed == 0 && diff.find("\n@@ ") != std::string::npos, diff.c_str());
        }
    }

    void theDiffIsReadByGit()
    {
        const QString git = QStandardPaths::findExecutable(QStringLiteral("git"));
        if (git.isEmpty())
            QSKIP("there is no git");
        const Proposal proposal = made(neuware());
        QProcess process;
        process.setWorkingDirectory(QString::fromStdString(m_centre->root().string()));
        process.start(git, {QStringLiteral("apply"), QStringLiteral("-")});
        process.write(QByteArray::fromStdString(onboard::diffOf(proposal)));
        process.closeWriteChannel();
        QVERIFY(process.waitForFinished(30000));
        QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
        for (const onboard::ProposedFile &file : proposal.files)
            QCOMPARE(m_centre->read(file.file), file.after);
    }

    void variantsVersionsAndServicesMultiply()
    {
        auto answers = neuware();
        answers.versions = {"4.1.0", "4.2.0"};
        answers.variants = {{"mlu590", "MLU590"}, {"mlu370", {}}};
        answers.services[0].versions = {"0.11.0", "0.10.2"};
        answers.services.push_back(
            {"fastserve", "FastServe", {"1.0"}, onboard::Installation::Packages, "fast-serve", {}, {}});
        answers.platforms = {"linux/arm64"};
        const Proposal proposal = made(answers);
        QCOMPARE(proposal.images.size(), std::size_t{2 * 2 * 3});
        QCOMPARE(described(proposal.findings), std::string());
        const std::string &text = fileOf(proposal, "pack/neuware/Dockerfile")->after;
        QVERIFY(text.find("bash /common/install.sh \"fast-serve==${FASTSERVE_VERSION}\"") != std::string::npos);
        QVERIFY(fileOf(proposal, "matrix.yml")->after.find("mlu370: mlu370") != std::string::npos);
    }

    void imagesOfTheirOwnAndFurtherArguments()
    {
        auto answers = neuware();
        answers.title.clear();
        answers.services[0].baseImage = "cambricon/vllm:${VLLM_VERSION}-${TARGETARCH}";
        answers.arguments.push_back(
            {"NEUWARE_CNCL_VERSION", dockerfile::Need::Required, "1.2 beta", "version of CNCL"});
        answers.arguments.push_back(
            {"VLLM_TUNING", dockerfile::Need::Optional, "", "How it is tuned. Empty: not at all"});
        const Proposal proposal = made(answers);
        QCOMPARE(described(proposal.findings), std::string());
        QCOMPARE(proposal.remarks.size(), std::size_t{2});
        QCOMPARE(proposal.remarks.front().id, std::string("onboard-argument-kept"));
        const std::string &text = fileOf(proposal, "pack/neuware/Dockerfile")->after;
        QVERIFY(text.find("ARG NEUWARE_CNCL_VERSION=\"1.2 beta\"\n") != std::string::npos);
        QVERIFY(text.find("# NEUWARE_CNCL_VERSION Version of CNCL\n") != std::string::npos);
        QVERIFY(text.find("Version of Cambricon Neuware.") != std::string::npos);
        QVERIFY(text.find("bash /common/apt-install.sh tini\n") != std::string::npos);
        QVERIFY(text.find("ENV VLLM_TUNING=${VLLM_TUNING}\n") != std::string::npos);
    }

    void ownStagesOfABackend()
    {
        auto answers = neuware();
        answers.services[0].installation = onboard::Installation::OwnStages;
        answers.services[0].stages =
            "FROM ${VLLM_BASE_IMAGE} AS vllm\nSHELL [\"/bin/bash\", \"-eo\", \"pipefail\", \"-c\"]\n"
            "ARG CMAKE_MAX_JOBS\nARG VLLM_VERSION\nRUN <<EOF\n    echo ${CMAKE_MAX_JOBS}\nEOF\n"
            "WORKDIR /\nENTRYPOINT [ \"tini\", \"--\" ]";
        answers.arguments.clear();
        answers.baseImage = "cambricon/pytorch:${NEUWARE_VERSION}";
        const Proposal proposal = made(answers);
        QCOMPARE(described(proposal.findings), std::string());
        const std::string &text = fileOf(proposal, "pack/neuware/Dockerfile")->after;
        QVERIFY(text.ends_with(answers.services[0].stages + "\n"));
        QVERIFY(text.find("CMAKE_MAX_JOBS   OPTIONAL") != std::string::npos);
    }

    // What the checks find in stages is told; they are the contributor's to mend.
    void findingsOfOwnStages()
    {
        auto answers = tei();
        answers.backends.resize(1);
        answers.backends[0].stages = "FROM a:1 AS tei\nRUN make && make install\n";
        const Proposal proposal = made(answers);
        QVERIFY(described(proposal.findings).find("[convention-entrypoint]") != std::string::npos);
        QVERIFY(described(proposal.findings).find("[convention-unused-argument]") != std::string::npos);
    }

    void anEditedTextIsWorkedOutAgain()
    {
        const Proposal proposal = made(neuware());
        std::string text = fileOf(proposal, "matrix.yml")->after;
        text.replace(text.find("NEUWARE_VERSION=4.1.0"), 21, "NEUWARE_VERSION=4.3.0");
        const auto revised = onboard::revised(m_workspace, proposal, "matrix.yml", text);
        QVERIFY(revised);
        QCOMPARE(revised->images.front().tag, std::string("neuware4.3-mlu590-vllm0.11.0"));
        QCOMPARE(onboard::revised(m_workspace, proposal, "matrix.yml", "rules: [").error().id,
                 std::string("yaml-syntax"));
        QCOMPARE(onboard::revised(m_workspace, proposal, "nosuch", "").error().id, std::string("onboard-no-such-file"));
        const auto worse = onboard::revised(m_workspace, proposal, "pack/neuware/Dockerfile", "FROM a:1 AS vllm\n");
        QVERIFY(worse && !worse->findings.empty());
    }

    void aSmallPackCentreGetsStepsOfItsOwn()
    {
        Centre small;
        writeSmall(small);
        m_workspace = small.open();
        QVERIFY(m_workspace);
        auto answers = neuware();
        answers.services.push_back({"fastserve", {}, {"1.0"}, onboard::Installation::Packages, {}, {}, {}});
        const Proposal proposal = made(answers);
        QCOMPARE(described(proposal.findings), std::string());
        QCOMPARE(proposal.files.size(), std::size_t{2});
        QVERIFY(fileOf(proposal, "pack/neuware/Dockerfile")->after.find("/common/") == std::string::npos);
        QVERIFY(proposal.next.front().kind == NextStep::Kind::DryRun);
    }

    void lineEndsAndAnOpenEndStay()
    {
        Centre small;
        writeSmall(small, "\r\n");
        small.write("pack/common/clean.sh", "true\n"); // The stages ask for the folder.
        m_workspace = small.open();
        auto answers = tei();
        answers.backends = {{"cu", {}, answers.backends[0].stages, {}, {}, {}}};
        for (const onboard::ProposedFile &file : made(answers).files) {
            for (std::size_t at = file.after.find('\n'); at != std::string::npos; at = file.after.find('\n', at + 1))
                QVERIFY2(at > 0 && file.after[at - 1] == '\r', (file.file + ": " + file.after.substr(0, at)).c_str());
        }
        const Proposal proposal = made(answers);
        const std::string &text = fileOf(proposal, "pack/cu/Dockerfile")->after;
        QVERIFY(text.find("#   2. Stages tei-build and tei: make TEI.\r\n") != std::string::npos);
        QVERIFY(text.find("ARG VLLM_VERSION\r\n\r\n# Stage tei-build") != std::string::npos);
    }

    void aHeaderThatIsNotThereIsTold()
    {
        Centre small;
        writeSmall(small);
        small.write("pack/cu/Dockerfile", "FROM scratch AS vllm\n");
        small.write("pack/common/clean.sh", "true\n");
        m_workspace = small.open();
        auto answers = tei();
        answers.backends = {{"cu", {}, answers.backends[0].stages, {"4.1.0"}, {}, {}}};
        const Proposal proposal = made(answers);
        QVERIFY(described(proposal.remarks).find("[onboard-no-steps]") != std::string::npos);
        QVERIFY(described(proposal.remarks).find("[onboard-no-header]") != std::string::npos);
        QVERIFY(fileOf(proposal, "pack/cu/Dockerfile")->after.starts_with("# TEI_BASE_IMAGE "));
    }

    void aFurtherBackendForAKnownService()
    {
        onboard::ServiceAnswers answers;
        answers.service = {"sglang", {}, {"0.5.9"}, onboard::Installation::Contained, {}, {}, {}};
        answers.backends = {{"corex", {}, {}, {}, {}, {}}};
        const Proposal proposal = made(answers);
        QCOMPARE(QByteArray::fromStdString(imagesOf(proposal)), QByteArray("added corex4.2-sglang0.5.9 linux/amd64\n"));
        QCOMPARE(described(proposal.findings), std::string());
        QVERIFY(fileOf(proposal, "tests/e2e/rehearsal/described/corex.json")
                    ->after.find("\"sglang\": \"${SGLANG_VERSION}\"")
                != std::string::npos);
    }

    // Whether the identifier comes before the backend to begin like or after it, and however often it changes.
    void namesFollowTheIdentifier()
    {
        for (const matrix::Backend &backend : m_workspace->matrix.backends) {
            auto later = onboard::answersLike(*m_workspace, backend.id);
            std::string before = backend.id;
            for (const char *id : {"n", "ne", "neu", "neuw", "neuware"})
                later = onboard::renamedAfter(later, std::exchange(before, id), id);
            later.id = "neuware";
            QVERIFY2(later == onboard::answersLike(*m_workspace, backend.id, "neuware"), backend.id.c_str());
            for (const onboard::ArgumentAnswer &argument : later.arguments)
                QVERIFY2(!argument.name.starts_with(expand::argumentName(backend.id, "")), argument.name.c_str());
        }
        onboard::BackendAnswers answers;
        answers.baseImage = "a:${CU_VERSION}-${OCU_VERSION}-$CU_X";
        answers.services = {{"vllm", {}, {}, {}, {}, {}, "FROM ${CU_BASE}\nARG CU_VERSION\n"}};
        const auto renamed = onboard::renamedAfter(answers, "cu", "neu");
        QCOMPARE(renamed.baseImage, std::string("a:${NEU_VERSION}-${OCU_VERSION}-$NEU_X"));
        QCOMPARE(renamed.services[0].stages, std::string("FROM ${NEU_BASE}\nARG NEU_VERSION\n"));
        QVERIFY(onboard::renamedAfter(answers, {}, "neu") == answers);
    }

    // Taken from each backend that is there, with what has to differ filled in, it is clean.
    void startsFromEveryBackend()
    {
        for (const matrix::Backend &backend : m_workspace->matrix.backends) {
            auto answers = onboard::answersLike(*m_workspace, backend.id, "neuware");
            QVERIFY2(!answers.services.empty() && answers.name.empty() && answers.versions.empty(), backend.id.c_str());
            answers.name = "Cambricon Neuware";
            answers.home = "/usr/local/neuware";
            answers.versions = {"4.1.0"};
            answers.baseImage = "cambricon/pytorch:${NEUWARE_VERSION}";
            QCOMPARE(QByteArray::fromStdString(errorsOf(onboard::validate(*m_workspace, answers))), QByteArray());
            const Proposal proposal = made(answers);
            QVERIFY2(proposal.findings.empty(), (backend.id + ": " + described(proposal.findings)).c_str());
        }
        QVERIFY(onboard::answersLike(*m_workspace, "nosuch").services.empty());
    }
};

QTEST_APPLESS_MAIN(ProposeTest)
#include "tst_propose.moc"
