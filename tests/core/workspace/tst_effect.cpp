#include "matrix/edit/bump.h"
#include "matrix/edit/ruleedits.h"
#include "matrix/edit/rulelistedits.h"
#include "packcentre.h"
#include "workspace/effect.h"

#include <QProcess>

using namespace runner;
using namespace runner::workspace;
namespace edit = runner::matrix::edit;

namespace {

constexpr auto matrixText = R"(rules:
  # CUDA 12.9.1
  - backend: cuda
    services: [vllm, sglang]
    args: ["CUDA_VERSION=12.9.1", "SGLANG_BASE_IMAGE=gpustack/runner:cuda12.9-vllm0.15.1"]
  - backend: cuda
    services: [vllm]
    platforms: [linux/amd64]
    args: ["CUDA_VERSION=12.8.1"]
)";

constexpr auto dockerfileText = R"(ARG CUDA_VERSION=12.4.1
ARG VLLM_VERSION=0.15.1
ARG SGLANG_VERSION=0.5.9
FROM scratch AS vllm
FROM vllm AS sglang
)";

std::shared_ptr<const std::string> shared(std::string value)
{
    return std::make_shared<const std::string>(std::move(value));
}

// "added TAG [PLATFORMS]" … one a line.
std::string described(const Effect &effect)
{
    std::string lines;
    for (const ImageChange &change : effect) {
        lines += std::string(kindName(change.kind)) + " " + (change.beforeTag.empty() ? "" : change.beforeTag + " -> ")
                 + change.tag;
        for (const std::string &platform : change.platforms)
            lines += " " + platform.substr(platform.find('/') + 1);
        for (const ArgumentChange &argument : change.arguments)
            lines += " " + argument.name + ":" + argument.before.value_or("-") + ">" + argument.after.value_or("-");
        lines += "\n";
    }
    return lines;
}

} // namespace

class EffectTest : public QObject
{
    Q_OBJECT

private:
    PackCentre m_centre;
    WorkspacePointer m_base;

    WorkspacePointer with(const matrix::edit::Edit &action) const
    {
        const auto edited = edit::applyEdit(m_base->document, action);
        if (!edited)
            qWarning("%s", diagnostics::describe(edited.error()).c_str());
        const auto opened = edited ? withTexts(m_base, {{m_base->matrixFile, shared(edited->document.text())}})
                                   : Result<WorkspacePointer>(m_base);
        return opened ? *opened : nullptr;
    }

    std::string effectWith(const matrix::edit::Edit &action) const
    {
        return described(effectOf(*m_base, *with(action)));
    }

private slots:
    void init()
    {
        m_centre.file(QStringLiteral("pack/matrix.yaml"), matrixText)
            .file(QStringLiteral("pack/cuda/Dockerfile"), dockerfileText);
        m_base = m_centre.open();
        QVERIFY(m_base);
    }

    void tellsNothingOfNothing() { QCOMPARE(described(effectOf(*m_base, *m_base)), std::string()); }

    void tellsAddedAndRemoved()
    {
        QCOMPARE(effectWith(edit::addService(1, "sglang")), std::string("added cuda12.8-sglang0.5.9 amd64\n"));
        QCOMPARE(effectWith(edit::removeRule(0)),
                 std::string("removed cuda12.9-vllm0.15.1 amd64 arm64\nremoved cuda12.9-sglang0.5.9 amd64 arm64\n"));
        QCOMPARE(effectWith(edit::removePlatform(0, "linux/arm64")),
                 std::string("removed cuda12.9-vllm0.15.1 arm64\nremoved cuda12.9-sglang0.5.9 arm64\n"));
        QCOMPARE(effectWith(edit::disableRule(1)), std::string("removed cuda12.8-vllm0.15.1 amd64\n"));
        QCOMPARE(effectWith(edit::moveRule(1, 0)), std::string());
    }

    void tellsRetaggedAndChanged()
    {
        QCOMPARE(effectWith(edit::setArgument({1}, "VLLM_VERSION", "0.16.0")),
                 std::string("retagged cuda12.8-vllm0.15.1 -> cuda12.8-vllm0.16.0 amd64 VLLM_VERSION:0.15.1>0.16.0\n"));
        QCOMPARE(effectWith(edit::setArgument({1}, "OTHER", "1")),
                 std::string("changed cuda12.8-vllm0.15.1 amd64 OTHER:->1\n"));
        const std::string bumped = effectWith(edit::bumpVersion("CUDA_VERSION", "12.9.1", "13.0.1"));
        QCOMPARE(bumped.substr(0, bumped.find(' ', 40)),
                 std::string("retagged cuda12.9-vllm0.15.1 -> cuda13.0-vllm0.15.1"));
        const auto after = with(edit::bumpVersion("CUDA_VERSION", "12.9.1", "13.0.1"));
        QVERIFY(after->document.text().find("gpustack/runner:cuda13.0-vllm0.15.1") != std::string::npos);
        QVERIFY(after->document.text().find("# CUDA 13.0.1") != std::string::npos);
    }

    void seesOtherDefaults()
    {
        const auto opened =
            withTexts(m_base, {{"pack/cuda/Dockerfile", shared("ARG EXTRA=1\n" + std::string(dockerfileText))}});
        QVERIFY(opened);
        QCOMPARE(
            described(effectOf(*m_base, **opened)),
            std::string("changed cuda12.9-vllm0.15.1 amd64 arm64 EXTRA:->1\nchanged cuda12.9-sglang0.5.9 amd64 arm64 "
                        "EXTRA:->1\nchanged cuda12.8-vllm0.15.1 amd64 EXTRA:->1\n"));
    }

    void unsavedTextsStandForFiles()
    {
        const std::string other = "rules:\n  - backend: rocm\n    services: [vllm]\n";
        const auto opened = withTexts(
            m_base, {{"pack/matrix.yaml", shared(other)}, {"pack/rocm/Dockerfile", shared("FROM scratch AS vllm\n")}});
        QVERIFY(opened);
        QCOMPARE((*opened)->matrix.rules.front().backend.text, std::string("rocm"));
        QVERIFY((*opened)->dockerfileFor("rocm", "vllm"));
        QCOMPARE((*opened)->dockerfileFor("cuda", "vllm")->text, m_base->dockerfileFor("cuda", "vllm")->text);
        const auto fresh = workspace::open(m_base->root, {}, {{"pack/matrix.yaml", shared(other)}});
        QVERIFY(fresh);
        QVERIFY((*fresh)->matrix == (*withTexts(m_base, {{"pack/matrix.yaml", shared(other)}}))->matrix);
        const auto broken = withTexts(m_base, {{"pack/matrix.yaml", shared("rules: [")}});
        QCOMPARE(broken.error().id, std::string("yaml-syntax"));
    }

    void comparesWithGit()
    {
        QProcess git;
        git.setWorkingDirectory(m_centre.path());
        git.start(QStringLiteral("bash"),
                  {QStringLiteral("-c"),
                   QStringLiteral("git init -q . && git add -A && git -c user.name=t -c user.email=t@t commit -qm 1")});
        if (!git.waitForStarted() || !git.waitForFinished() || git.exitCode() != 0)
            QSKIP("git is not installed");
        m_centre.file(QStringLiteral("pack/matrix.yaml"), QByteArray(matrixText).replace("12.8.1", "12.6.3"));
        const auto now = m_centre.open();
        const auto head = atRevision(now, "HEAD");
        QVERIFY2(head, head ? "" : head.error().message.c_str());
        QCOMPARE(described(effectOf(**head, *now)),
                 std::string("retagged cuda12.8-vllm0.15.1 -> cuda12.6-vllm0.15.1 amd64 CUDA_VERSION:12.8.1>12.6.3\n"));
        QCOMPARE(atRevision(now, "nosuch").error().id, std::string("git-unknown-revision"));
    }
};

QTEST_APPLESS_MAIN(EffectTest)
#include "tst_effect.moc"
