#include "../workspace/packcentre.h"
#include "check/check.h"
#include "check/fix.h"

#include <QtTest>

#include <algorithm>

using namespace runner;

namespace {

const QByteArray matrixText = "schema: 1\n"
                              "services: { vllm: {}, sglang: {} }\n"
                              "backends: { cuda: {}, maca: {}, musa: {} }\n"
                              "rules:\n"
                              "  - backend: musa\n"
                              "    services: [vllm]\n"
                              "    platforms: [linux/amd64]\n"
                              "    args: [\"MUSA_VERSION=4.1.0\"]\n";

const QByteArray dockerfileText = "# Images for MUSA.\n"
                                  "#\n"
                                  "#   PYTHON_VERSION   REQUIRED     Python, as X.Y.\n"
                                  "#   CMAKE_MAX_JOBS   PLACEHOLDER  Compilers at a time.\n"
                                  "#                                 Nothing is compiled.\n"
                                  "#   MUSA_VERSION     REQUIRED     Version of MUSA.\n"
                                  "#   VLLM_BASE_IMAGE  REQUIRED     Image to begin with.\n"
                                  "#   VLLM_VERSION     REQUIRED     Version of vLLM.\n"
                                  "\n"
                                  "ARG PYTHON_VERSION=3.10\n"
                                  "ARG CMAKE_MAX_JOBS\n"
                                  "ARG MUSA_VERSION=4.1.0\n"
                                  "ARG VLLM_BASE_IMAGE=base:${MUSA_VERSION}-${PYTHON_VERSION}\n"
                                  "ARG VLLM_VERSION=0.9.2\n"
                                  "\n"
                                  "FROM vendor:${MUSA_VERSION} AS runtime\n"
                                  "SHELL [\"/bin/bash\", \"-eo\", \"pipefail\", \"-c\"]\n"
                                  "ARG PYTHON_VERSION\n"
                                  "RUN <<EOF\n"
                                  "    install \"${PYTHON_VERSION}\"\n"
                                  "EOF\n"
                                  "\n"
                                  "FROM ${VLLM_BASE_IMAGE} AS vllm\n"
                                  "SHELL [\"/bin/bash\", \"-eo\", \"pipefail\", \"-c\"]\n"
                                  "ENV MUSA_HOME=/usr/local/musa \\\n"
                                  "    CUDA_HOME=/usr/local/musa/cuda\n"
                                  "RUN <<EOF\n"
                                  "    check && go\n"
                                  "EOF\n"
                                  "WORKDIR /\n"
                                  "ENTRYPOINT [ \"tini\", \"--\" ]\n";

const char *strictShell = R"(SHELL ["/bin/bash", "-eo", "pipefail", "-c"])";

} // namespace

class ConventionTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<PackCentre> m_centre;
    std::shared_ptr<const workspace::Workspace> m_opened;
    Problems m_problems;

    std::string check(const QByteArray &text, const QByteArray &matrix = matrixText)
    {
        m_centre->file(QStringLiteral("matrix.yml"), matrix);
        m_centre->file(QStringLiteral("pack/musa/Dockerfile"), text);
        m_opened = m_centre->open();
        m_problems = m_opened ? check::checkWorkspace(*m_opened) : Problems();
        std::string ids;
        for (const Problem &problem : m_problems)
            ids += (ids.empty() ? "" : " ") + problem.id + "@" + std::to_string(problem.where.line) + ":"
                   + std::to_string(problem.where.column);
        return ids;
    }

    static QByteArray replaced(const QByteArray &before, const QByteArray &after)
    {
        QByteArray text = dockerfileText;
        if (!text.contains(before))
            qFatal("nothing to replace: %s", before.constData());
        return text.replace(before, after);
    }

    /// The text with the fix of the first problem; "no fix" where there is none.
    QByteArray fixed() const
    {
        const auto fixes =
            m_problems.empty() ? std::vector<check::Fix>() : check::fixesFor(*m_opened, m_problems.front());
        if (fixes.empty())
            return "no fix";
        std::string text = m_opened->dockerfiles.front().file.text;
        for (auto patch = fixes.front().patches.rbegin(); patch != fixes.front().patches.rend(); ++patch)
            text.replace(patch->range.begin, patch->range.size(), patch->replacement);
        return QByteArray::fromStdString(text);
    }

private slots:
    void init() { m_centre = std::make_unique<PackCentre>(); }

    void findsNothingWhereNothingIs()
    {
        QCOMPARE(check(dockerfileText), std::string());
        QCOMPARE(check(QByteArray(dockerfileText)
                           .replace("\n", "\r\n")
                           .replace("PYTHON_VERSION}\"\r", "PYTHON_VERSION}\"")
                           .replace("go\r", "go")),
                 std::string());
    }

    void asksForAHeader()
    {
        QCOMPARE(check(dockerfileText.mid(dockerfileText.indexOf("ARG"))), std::string("convention-no-header@1:1"));
    }

    void asksForADescriptionOfEachArgument()
    {
        QCOMPARE(check(replaced("#   VLLM_VERSION     REQUIRED     Version of vLLM.\n", "")),
                 std::string("convention-undocumented-argument@13:5"));
        QCOMPARE(fixed(), QByteArray("no fix")); // nobody says what it is for
        check(replaced("#   MUSA_VERSION     REQUIRED     Version of MUSA.\n", "")
                  .replace("ARG MUSA_VERSION=", "# MUSA_VERSION Version of MUSA\nARG MUSA_VERSION="));
        QCOMPARE(m_problems.size(), std::size_t(1));
        QVERIFY(fixed().startsWith(dockerfileText.left(dockerfileText.indexOf("\nARG"))));
    }

    void asksForTheNeed()
    {
        QCOMPARE(check(replaced("MUSA_VERSION     REQUIRED   ", "MUSA_VERSION  ")),
                 std::string("convention-need-missing@6:1"));
        QCOMPARE(check(replaced("#   VLLM_VERSION", "#   MUSA_VERSION REQUIRED Again.\n#   VLLM_VERSION")),
                 std::string("convention-described-twice@8:5"));
    }

    void asksForOneNeedAlone()
    {
        for (const char *both : {"REQUIRED OPTIONAL ", "REQUIRED / PLACEHOLDER ", "REQUIRED, or OPTIONAL: "})
            QCOMPARE(check(replaced("MUSA_VERSION     REQUIRED   ", QByteArray("MUSA_VERSION ") + both)),
                     std::string("convention-need-twice@6:5"));
        QCOMPARE(check(replaced("Version of MUSA.", "Version of MUSA; where this is OPTIONAL is said below.")),
                 std::string());
        QCOMPARE(check(replaced("Version of MUSA.", "OPTIONALS are none.")), std::string());
    }

    void findsReferencesToNothing()
    {
        QCOMPARE(check(replaced("base:${MUSA_VERSION}", "base:${VLLM_VERSION}")),
                 std::string("convention-undefined-argument@13:5")); // declared below
        QCOMPARE(check(replaced("base:${MUSA_VERSION}", "base:${VLLM_VERSION:-1}${TARGETARCH}${MUSA_VERSION}")),
                 std::string());
        QCOMPARE(check(replaced("base:${MUSA_VERSION}", "base:${VLLM_VERSION:-1}-${VLLM_VERSION}")),
                 std::string("convention-undefined-argument@13:5")); // one of the two says nothing of it
        QCOMPARE(check(replaced("ARG MUSA_VERSION=4.1.0", "ARG MUSA_VERSION=${MUSA_VERSION}")).substr(0, 34),
                 std::string("convention-undefined-argument@12:5"));
        QVERIFY(check(replaced("FROM vendor:${MUSA_VERSION}", "FROM vendor:${MUSA_VERSOIN}"))
                    .find("convention-undefined-argument@16:1")
                != std::string::npos);
        QCOMPARE(check(replaced("ARG VLLM_VERSION", "ARG MUSA_VERSION=4.1.0\nARG VLLM_VERSION")),
                 std::string("convention-declared-twice@14:5"));
    }

    void chainsOfEveryForm()
    {
        const auto found = [&](const QByteArray &instruction) {
            return check(replaced("RUN <<EOF\n    check && go\nEOF", instruction));
        };
        for (const char *chain : {"RUN set +e && a && b", "RUN (a && b)", "RUN exit 1 && b"}) {
            QVERIFY2(found(chain).starts_with("convention-run-chain@27:"), chain);
            QCOMPARE(fixed(), QByteArray("no fix"));
        }
        for (const char *chain : {"RUN [\"bash\", \"-c\", \"a && b\"]", "ONBUILD RUN a && b", "RUN <<X cmd && b\nx\nX"})
            QVERIFY2(found(chain).starts_with("convention-run-chain@27:"), chain);
        for (const char *fine :
             {"RUN (( a && b ))", "RUN x $(a && b)", "RUN [\"bash\", \"-c\", \"a\"]", "RUN <<X cmd\na && b\nX"})
            QCOMPARE(found(fine), std::string());
        QCOMPARE(check(replaced(R"(RUN <<EOF
    check)",
                                R"(SHELL ["/bin/bash", "-eo", "pipefail", "+e", "-c"]
RUN <<EOF
    check)")),
                 std::string("convention-shell@27:1"));
    }

    void findsMisspeltStages()
    {
        const QByteArray stage = "FROM vendor AS vllm-build\n\nFROM ${VLLM_BASE_IMAGE}";
        const auto taking = [&](const QByteArray &instruction) {
            return replaced("FROM ${VLLM_BASE_IMAGE}", stage).replace("WORKDIR", instruction + "\nWORKDIR");
        };
        QCOMPARE(check(taking("COPY --from=vllm-build /a /a")), std::string());
        for (const QByteArray instruction : {"COPY --from=NAME /a /a", "COPY --chown=1 --from=NAME /a /NAME",
                                             "RUN --mount=type=bind,from=NAME,target=/a <<EOF\n    check\nEOF"}) {
            const QByteArray right = taking(QByteArray(instruction).replace("from=NAME", "from=vllm-build"));
            const std::string found = check(taking(QByteArray(instruction).replace("from=NAME", "from=vlm-buid")));
            QVERIFY2(found.starts_with("convention-unreachable-stage@23:1 convention-misspelt-stage@32:"),
                     found.c_str());
            std::swap(m_problems.front(), m_problems.back());
            QCOMPARE(fixed(), right);
        }
        for (const char *other : {"alpine", "vllm-build:1", "x/vllm-buid", "vlm", "runtime"})
            QVERIFY2(check(taking(QByteArray("COPY --from=") + other + " /a /a")).find("misspelt") == std::string::npos,
                     other);
        QVERIFY(check(replaced("FROM ${VLLM_BASE_IMAGE}", "FROM rumtime")).ends_with("convention-misspelt-stage@23:6"));
    }

    void findsDescriptionsOfNothing()
    {
        QCOMPARE(check(replaced("#   VLLM_VERSION", "#   VLLM_COMMIT      OPTIONAL     Commit.\n#                      "
                                                    "           Or not.\n#   VLLM_VERSION")),
                 std::string("convention-no-such-argument@8:5"));
        QCOMPARE(fixed(), dockerfileText);
        check(replaced("#   VLLM_VERSION", "#   VLLM_COMMIT      OPTIONAL     Commit.\n#   VLLM_VERSION")
                  .replace("check && go", "check ${VLLM_COMMIT}"));
        QCOMPARE(m_problems.front().id, std::string("convention-no-such-argument"));
        QCOMPARE(fixed(), QByteArray("no fix")); // the ARG may be what is missing
    }

    void findsPlaceholdersThatAreUsed()
    {
        const QByteArray used =
            replaced("ARG PYTHON_VERSION\nRUN", "ARG PYTHON_VERSION\nARG CMAKE_MAX_JOBS\nRUN")
                .replace("install \"${PYTHON_VERSION}\"", "install \"${PYTHON_VERSION}\" -j $CMAKE_MAX_JOBS");
        QCOMPARE(check(used), std::string("convention-placeholder-used@4:5"));
        QCOMPARE(fixed(), QByteArray(used).replace("PLACEHOLDER  Compilers", "OPTIONAL     Compilers"));
    }

    void findsUnusedArguments()
    {
        const QByteArray unused = replaced("CMAKE_MAX_JOBS   PLACEHOLDER  ", "CMAKE_MAX_JOBS   REQUIRED     ");
        QCOMPARE(check(unused), std::string("convention-unused-argument@11:5"));
        QCOMPARE(fixed(), dockerfileText);
        // Those that make the tag are used by it.
        QCOMPARE(check(dockerfileText), std::string());
    }

    void seesWhatScriptsOfTheSharedFolderUse()
    {
        m_centre->file(QStringLiteral("pack/common/a.sh"), "bash \"${here}/b.sh\"\n");
        m_centre->file(QStringLiteral("pack/common/b.sh"), "make -j \"${CMAKE_MAX_JOBS}\"\n");
        m_centre->file(QStringLiteral("pack/common/c.sh"), "true\n");
        const QByteArray text = replaced("CMAKE_MAX_JOBS   PLACEHOLDER  ", "CMAKE_MAX_JOBS   OPTIONAL     ")
                                    .replace("RUN <<EOF\n    install",
                                             "ARG CMAKE_MAX_JOBS\nRUN --mount=type=bind,from=common,target=/common "
                                             "<<EOF\n    bash /common/a.sh; install");
        QCOMPARE(check(text), std::string());
        QCOMPARE(check(QByteArray(text).replace("/common/a.sh", "/common/c.sh")),
                 std::string("convention-unused-argument@11:5"));
        QVERIFY(std::count(m_opened->readFiles.begin(), m_opened->readFiles.end(), "pack/common/b.sh") == 1);
    }

    void findsForeignNames()
    {
        const auto named = [](const QByteArray &name, const QByteArray &need) {
            return replaced("#   VLLM_VERSION", "#   " + name + " " + need + " Something.\n#   VLLM_VERSION")
                .replace("\nFROM vendor", "ARG " + name + "=1\n\nFROM vendor")
                .replace("FROM ${VLLM_BASE_IMAGE}", "FROM ${" + name + "}${VLLM_BASE_IMAGE}");
        };
        QCOMPARE(check(named("TORCH_VERSION", "REQUIRED")), std::string("convention-argument-name@16:5"));
        QCOMPARE(m_problems.front().severity, Severity::Warning);
        QCOMPARE(check(named("TORCH_VERSION", "OPTIONAL")), std::string("convention-argument-name@16:5"));
        QCOMPARE(m_problems.front().severity, Severity::Note);
        QCOMPARE(check(named("CUDA_EXTRA", "OPTIONAL")), std::string("convention-argument-name@16:5"));
        QCOMPARE(m_problems.front().severity, Severity::Warning);
        QCOMPARE(check(named("SGLANG_FLAG", "REQUIRED")), std::string());
        QCOMPARE(check(named("MUSA_flag", "REQUIRED")).find("convention-argument-name@16:5") != std::string::npos,
                 true);
    }

    void findsChains()
    {
        const QByteArray chain =
            replaced("RUN <<EOF\n    check && go\nEOF", "RUN --network=none check 'a && b' \\\n    && go");
        QCOMPARE(check(chain), std::string("convention-run-chain@28:5"));
        QCOMPARE(fixed(), replaced("RUN <<EOF\n    check && go\nEOF",
                                   "RUN --network=none <<EOF\n    check 'a && b'\n    go\nEOF"));
        QCOMPARE(check(replaced("RUN <<EOF\n    check && go\nEOF", "RUN [[ -n \"a\" && 'b' ]]")), std::string());
        QCOMPARE(check(replaced("RUN <<EOF\n    check && go\nEOF", "RUN a || b && c")),
                 std::string("convention-run-chain@27:12"));
        QCOMPARE(fixed(), QByteArray("no fix"));
        check(replaced(QByteArray(strictShell) + "\nENV", "SHELL [\"/bin/bash\", \"-c\"]\nENV")
                  .replace("RUN <<EOF\n    check && go\nEOF", "RUN a && b"));
        QCOMPARE(m_problems.size(), std::size_t(2));
        QVERIFY(check::fixesFor(*m_opened, m_problems.back()).empty()); // this shell would go on after a
    }

    void findsCarelessShells()
    {
        for (const char *careless :
             {R"(SHELL ["/bin/bash", "-ec"])", R"(SHELL ["/bin/bash", "-o", "pipefail", "-c"])"}) {
            QCOMPARE(check(replaced(QByteArray(strictShell) + "\nENV", QByteArray(careless) + "\nENV")),
                     std::string("convention-shell@24:1"));
            QCOMPARE(fixed(), dockerfileText);
        }
        QCOMPARE(check(replaced(QByteArray(strictShell) + "\nENV", "SHELL [\"/bin/sh\", \"-ec\"]\nENV")),
                 std::string("convention-shell@24:1"));
        QCOMPARE(fixed(), QByteArray("no fix")); // there may be no bash
        QCOMPARE(check(replaced(QByteArray(strictShell) + "\nENV", "ENV")), std::string("convention-shell@23:1"));
        QCOMPARE(fixed(), dockerfileText);
        QCOMPARE(check(replaced(QByteArray(strictShell) + "\nENV",
                                "SHELL [\"bash\", \"-e\", \"-o\", \"pipefail\", \"-c\"]\nENV")),
                 std::string());
        // A stage inherits the shell of the stage that it builds on; a script may bring its own.
        QCOMPARE(check(replaced("FROM ${VLLM_BASE_IMAGE} AS vllm\n" + QByteArray(strictShell) + "\n",
                                "FROM runtime AS vllm\n"))
                     .find("convention-shell"),
                 std::string::npos);
        QCOMPARE(check(replaced(QByteArray(strictShell) + "\nENV", "ENV")
                           .replace("    check && go", "#!/usr/bin/env python3")),
                 std::string());
    }

    void asksForTheEnd()
    {
        QCOMPARE(check(replaced("WORKDIR /\n", "")), std::string("convention-workdir@23:1"));
        QCOMPARE(fixed(), dockerfileText);
        QCOMPARE(check(replaced("WORKDIR /\n", "WORKDIR /work\n")), std::string("convention-workdir@30:1"));
        QCOMPARE(fixed(), replaced("WORKDIR /\n", "WORKDIR /work\nWORKDIR /\n"));
        QCOMPARE(check(replaced("ENTRYPOINT [ \"tini\", \"--\" ]\n", "")), std::string("convention-entrypoint@23:1"));
        QCOMPARE(fixed(), dockerfileText);
        QCOMPARE(check(replaced("[ \"tini\", \"--\" ]", "[\"/usr/bin/tini\", \"--\"]")),
                 std::string("convention-entrypoint@31:1"));
        QCOMPARE(fixed(), dockerfileText);
        QCOMPARE(check(replaced("[ \"tini\", \"--\" ]", "vllm serve")), std::string("convention-entrypoint@31:1"));
        QCOMPARE(fixed(), QByteArray("no fix"));
        QCOMPARE(check(dockerfileText + "CMD [ \"serve\" ]\nLABEL a=b\n"), std::string());
        for (const char *changing : {"RUN true", "COPY . /x", "ADD . /x", "ENV A=1", "USER 1", "WORKDIR /"})
            QCOMPARE(check(dockerfileText + "CMD [ \"serve\" ]\n" + changing + "\n"),
                     std::string("convention-entrypoint@33:1"));
        QCOMPARE(fixed(), QByteArray("no fix"));
    }

    void asksForAStageForEachService()
    {
        QVERIFY(check(replaced("AS vllm", "AS vlm")).starts_with("missing-stage@6:"));
        m_centre->file(QStringLiteral("pack/musa/Dockerfile.sglang"), "# A.\nFROM scratch AS other\n");
        QCOMPARE(check(dockerfileText), std::string("missing-stage@1:1"));
    }

    void findsStagesThatNobodyNeeds()
    {
        QCOMPARE(check(dockerfileText + "\nFROM vllm AS left-over\n"),
                 std::string("convention-unreachable-stage@33:1"));
        QCOMPARE(check(dockerfileText + "\nFROM vllm\n"), std::string("convention-unreachable-stage@33:1"));
        // A rule may be what makes a stage needed.
        const QByteArray text =
            replaced("FROM ${VLLM_BASE_IMAGE} AS vllm", "FROM scratch AS other\n\nFROM ${VLLM_BASE_IMAGE} AS vllm");
        QCOMPARE(check(text), std::string("convention-unreachable-stage@23:1"));
        QCOMPARE(check(text, QByteArray(matrixText).replace("4.1.0\"", "4.1.0\", \"VLLM_BASE_IMAGE=other\"")),
                 std::string());
        // What has a Dockerfile of its own is not built from the common one.
        m_centre->file(QStringLiteral("pack/musa/Dockerfile.vllm"),
                       QByteArray("# A.\nFROM scratch AS vllm\nWORKDIR /\nENTRYPOINT [ \"tini\", \"--\" ]\n"));
        QVERIFY(check(dockerfileText).find("convention-unreachable-stage@23:1") != std::string::npos);
    }

    void findsStagesOfOneName()
    {
        const QByteArray text =
            replaced("FROM ${VLLM_BASE_IMAGE}", "FROM vendor AS Runtime\n\nFROM ${VLLM_BASE_IMAGE}");
        QVERIFY(check(text).find("convention-stage-named-twice@23:1") != std::string::npos);
        QCOMPARE(check(replaced("FROM ${VLLM_BASE_IMAGE}", "FROM vendor\n\nFROM ${VLLM_BASE_IMAGE}"))
                     .find("convention-stage-named-twice"),
                 std::string::npos);
    }

    void findsCopiedEnvironment()
    {
        QCOMPARE(check(replaced("/usr/local/musa/cuda\n", "/usr/local/cuda\n")),
                 std::string("convention-foreign-environment@26:5"));
        QCOMPARE(check(replaced("ENV MUSA", "ENV MACA_SMALL_PAGESIZE_ENABLE 1\nENV MUSA")),
                 std::string("convention-foreign-environment@25:5"));
        QCOMPARE(check(replaced("ENV MUSA", "ENV A=1 ASCEND_X=1 MUSA")).substr(0, 35),
                 std::string("convention-foreign-environment@25:9"));
        for (const char *foreign :
             {"RAY_EXPERIMENTAL_NOSET_ASCEND_RT_VISIBLE_DEVICES=1", "RAY_EXPERIMENTAL_NOSET_HIP_VISIBLE_DEVICES=1",
              "PYTORCH_NPU_ALLOC_CONF=expandable_segments:True", "TASK_QUEUE_ENABLE=1", "ROCR_VISIBLE_DEVICES=0",
              "PYTORCH_ROCM_ARCH=gfx942", "LD_LIBRARY_PATH=/usr/local/cuda/lib64:/opt/rocm/lib",
              "PATH=/usr/local/musa/bin:/usr/local/cuda-12.9/bin:${PATH}", "X=\"/opt/maca\""})
            QCOMPARE(check(replaced("ENV MUSA", QByteArray("ENV ") + foreign + "\nENV MUSA")),
                     std::string("convention-foreign-environment@25:5"));
        for (const char *fine : {"RAY_EXPERIMENTAL_NOSET_CUDA_VISIBLE_DEVICES=1", "TORCH_CUDA_ARCH_LIST=8.0",
                                 "RAY_EXPERIMENTAL_NOSET_MUSA_VISIBLE_DEVICES=1", "SGLANG_USE_MTT=1",
                                 "X=/usr/local/cudax:/my/opt/rocm:/usr/local/musa"})
            QCOMPARE(check(replaced("ENV MUSA", QByteArray("ENV ") + fine + "\nENV MUSA")), std::string());
        check(replaced("ENV MUSA", "ENV LD_LIBRARY_PATH=/usr/local/cuda/lib64:/opt/rocm/lib\nENV MUSA"));
        QCOMPARE(m_problems.front().message,
                 std::string("LD_LIBRARY_PATH holds /usr/local/cuda of the backend cuda and /opt/rocm of the backend "
                             "rocm, not of musa"));
    }

    void findsArgumentsThatAStageLacks()
    {
        const auto lacking = [&](const QByteArray &lines) {
            return check(replaced("WORKDIR /\n", lines + "\nWORKDIR /\n"));
        };
        const std::string id = "convention-argument-not-in-stage@";
        QCOMPARE(lacking("RUN <<EOF\n    pip install torch==${VLLM_VERSION}\n    echo $VLLM_VERSION\nEOF"),
                 id + "31:24");
        QVERIFY(m_problems.front().message.starts_with("Stage 'vllm' uses VLLM_VERSION, which neither it"));
        QCOMPARE(fixed(),
                 replaced("FROM ${VLLM_BASE_IMAGE} AS vllm\n", "FROM ${VLLM_BASE_IMAGE} AS vllm\nARG VLLM_VERSION\n")
                     .replace("WORKDIR /\n", "RUN <<EOF\n    pip install torch==${VLLM_VERSION}\n"
                                             "    echo $VLLM_VERSION\nEOF\nWORKDIR /\n"));
        const std::pair<const char *, const char *> uses[] = {
            {"ENV A=x B=$VLLM_VERSION", "30:11"},
            {"COPY --from=runtime /a-${VLLM_VERSION} /a", "30:24"},
            {"WORKDIR /x/$VLLM_VERSION", "30:12"},
            {"RUN a \\\n    # of $VLLM_VERSION\n    \"it's ${VLLM_VERSION%%.*}\"", "32:11"},
            {"RUN <<EOF\n# don't\n    x \"$(y 'a' \"${VLLM_VERSION}\")\"\nEOF", "32:17"},
            {"RUN <<EOF\n    cat > f <<X\n'$VLLM_VERSION'\nX\nEOF", "32:2"},
            {"RUN cat <<X\n'$VLLM_VERSION'\nX", "31:2"},
            {"RUN <<EOF\n    source /etc/os-release\n    x $VLLM_VERSION\nEOF", "32:7"},
            {"COPY <<X /x\nit's $VLLM_VERSION\nX", "31:6"},
            {"ARG A=${VLLM_VERSION}", "30:7"}};
        for (const auto &[lines, place] : uses)
            QVERIFY2(lacking(lines) == id + place, lines);
        QCOMPARE(lacking("RUN x $VLLM_VERSION\nARG VLLM_VERSION"), id + "30:7");
        QCOMPARE(fixed(), QByteArray("no fix")); // the ARG is to be moved
    }

    void knowsWhatAStageHas()
    {
        for (const char *fine : {"ARG VLLM_VERSION\nRUN x $VLLM_VERSION",
                                 "ARG VLLM_VERSION=1\nRUN x $VLLM_VERSION",
                                 "ENV VLLM_VERSION 1\nRUN x $VLLM_VERSION",
                                 "ENV A=1 VLLM_VERSION=1\nRUN x $VLLM_VERSION",
                                 "RUN x ${VLLM_VERSION:-1} ${VLLM_VERSION-} ${VLLM_VERSION:+b}",
                                 "RUN x '$VLLM_VERSION'",
                                 "RUN x \\$VLLM_VERSION",
                                 "RUN VLLM_VERSION=1; x $VLLM_VERSION",
                                 "RUN <<EOF\nfor VLLM_VERSION in 1 2; do\nx $VLLM_VERSION\ndone\nEOF",
                                 "RUN <<EOF\nwhile read -r a VLLM_VERSION; do\nx $VLLM_VERSION\ndone\nEOF",
                                 "RUN <<EOF\nexport VLLM_VERSION=1\nx $VLLM_VERSION\nEOF",
                                 "RUN <<EOF\nf() { local VLLM_VERSION=$1; x $VLLM_VERSION; }\nEOF",
                                 "RUN <<EOF\n    source /env.sh\n    x $VLLM_VERSION\nEOF",
                                 "RUN <<EOF\n    cat > f <<'X'\n$VLLM_VERSION\nX\nEOF",
                                 "RUN <<EOF\n    x # $VLLM_VERSION\nEOF",
                                 "RUN <<EOF\n#!/usr/bin/env python3\n$VLLM_VERSION\nEOF",
                                 "RUN [\"x\", \"$VLLM_VERSION\"]",
                                 "RUN x $VLLM_NAME $TARGETARCH $HTTP_PROXY",
                                 "CMD [\"$VLLM_VERSION\"]",
                                 "COPY <<'X' /x\n$VLLM_VERSION\nX"})
            QVERIFY2(check(replaced("WORKDIR /\n", QByteArray(fine) + "\nWORKDIR /\n")).empty(), fine);
    }

    void stagesPassOnWhatTheyHave()
    {
        const auto over = [&](const QByteArray &base, const QByteArray &from) {
            return check(replaced("FROM ${VLLM_BASE_IMAGE}", base + "\n\nFROM " + from)
                             .replace("WORKDIR /\n", "RUN x $VLLM_VERSION\nWORKDIR /\n"));
        };
        const std::string unreached = "convention-unreachable-stage@23:1";
        QCOMPARE(over("FROM ${VLLM_BASE_IMAGE} AS b\nARG VLLM_VERSION", "b"), std::string());
        QCOMPARE(over("FROM ${VLLM_BASE_IMAGE} AS b\nENV VLLM_VERSION=1", "b"), std::string());
        QCOMPARE(over("FROM ${VLLM_BASE_IMAGE} AS b\nONBUILD ARG VLLM_VERSION", "b"), std::string());
        QCOMPARE(over("FROM ${VLLM_BASE_IMAGE} AS b", "b"), std::string("convention-argument-not-in-stage@32:7"));
        QCOMPARE(over("FROM ${VLLM_BASE_IMAGE} AS b\nARG VLLM_VERSION", "${VLLM_BASE_IMAGE}"),
                 unreached + " convention-argument-not-in-stage@33:7");
        // The image may be made of the stage.
        QCOMPARE(over("FROM ${VLLM_BASE_IMAGE} AS b\nENV VLLM_VERSION=1", "${VLLM_BASE_IMAGE}"), unreached);
        // An image that is called after a backend or Python has its version.
        const auto onImage = [&](const QByteArray &image) {
            return check(replaced("FROM ${VLLM_BASE_IMAGE}", "FROM " + image)
                             .replace("WORKDIR /\n", "RUN x $PYTHON_VERSION\nWORKDIR /\n"))
                .find("not-in-stage");
        };
        QVERIFY(onImage("docker.io/python:3.12") == std::string::npos);
        QVERIFY(onImage("debian:python") != std::string::npos);
    }

    void findsWhatIsTakenOutOfTheProject()
    {
        const auto opened = workspace::open(testdata::project().toStdString());
        QVERIFY(opened.has_value());
        const std::tuple<const char *, const char *, const char *> lines[] = {
            {"pack/cuda/Dockerfile", "\nFROM ${VLLM_BASE_IMAGE} AS vllm\n", "ARG VLLM_TORCH_VERSION\n"},
            {"pack/corex/Dockerfile", "\nFROM ${VLLM_BASE_IMAGE} AS vllm\n", "ARG VLLM_VERSION\n"}};
        for (const auto &[file, stage, argument] : lines) {
            std::string text = *(*opened)->texts.at(file);
            const std::size_t begin = text.find(stage);
            QVERIFY(begin != std::string::npos);
            text.erase(text.find(argument, begin), std::string_view(argument).size());
            const auto changed = workspace::withTexts(*opened, {{file, std::make_shared<const std::string>(text)}});
            QVERIFY(changed.has_value());
            std::vector<std::string> ids;
            for (const Problem &problem : check::checkWorkspace(**changed)) {
                if (problem.where.file == file)
                    ids.push_back(problem.id);
            }
            QCOMPARE(ids, std::vector<std::string>{"convention-argument-not-in-stage"});
        }
    }

    void findsUpperCase()
    {
        QCOMPARE(check(replaced("FROM vendor", "FROM Vendor")), std::string("image-name-not-lowercase@16:1"));
        QCOMPARE(check(replaced("FROM vendor:", "FROM gpustack/runner:MUSA")), std::string("tag-not-lowercase@16:1"));
        QCOMPARE(check(dockerfileText, QByteArray(matrixText).replace("=4.1.0", "=4.1.0RC1")),
                 std::string("tag-not-lowercase@8:12"));
        QCOMPARE(check(dockerfileText,
                       QByteArray(matrixText).replace("services: {", "image: { namespace: GPUStack }\nservices: {")),
                 std::string("image-name-not-lowercase@2:8"));
    }

    void findsHeredocsThatStayOpen()
    {
        QVERIFY(check(replaced("    check && go\nEOF\n", "    check && go\n")).find("dockerfile-unclosed-heredoc@27:")
                != std::string::npos);
    }

    void findsCarriageReturns()
    {
        QCOMPARE(check(QByteArray(dockerfileText).replace("\n", "\r\n")),
                 std::string("convention-carriage-return@20:32"));
        QCOMPARE(m_problems.front().severity, Severity::Error);
        QCOMPARE(fixed(), dockerfileText);
        const auto with = [](const QByteArray &lines) { return replaced("WORKDIR /\n", lines + "\nWORKDIR /\n"); };
        QCOMPARE(check(with("RUN bash <<'EOF'\n    true\n    x\r\nEOF")),
                 std::string("convention-carriage-return@32:6"));
        QCOMPARE(check(with("RUN <<EOF\n    x\n\r\nEOF")), std::string("convention-carriage-return@32:1"));
        for (const char *fine : {"ENV A=b\r", "RUN x \\\r\n    y\r", "RUN <<EOF\r\n    x\nEOF", "COPY <<X /x\na\r\nX",
                                 "RUN <<EOF\n    # x\r\n    x\nEOF", "RUN <<EOF\n#!/usr/bin/python3\nx\r\nEOF"})
            QVERIFY2(check(with(fine)).empty(), fine);
    }

    void findsMissingScripts()
    {
        m_centre->file(QStringLiteral("pack/common/router.sh"), "true\n");
        m_centre->file(QStringLiteral("pack/common/more/torch.sh"), "true\n");
        const auto calling = [](const QByteArray &mount, const QByteArray &script) {
            return replaced("RUN <<EOF\n    check",
                            "RUN --mount=type=bind,from=common," + mount + " <<EOF\n    " + script + "\n    check");
        };
        const QByteArray right = calling("target=/common", "bash /common/router.sh 1");
        QCOMPARE(check(right), std::string());
        QCOMPARE(check(QByteArray(right).replace("router", "routr")), std::string("convention-missing-script@28:18"));
        QCOMPARE(m_problems.front().message,
                 std::string("'routr.sh' is not in pack/common, which is mounted at /common"));
        QCOMPARE(m_problems.front().advice, std::string("Probably router.sh is meant"));
        QCOMPARE(fixed(), right);
        QCOMPARE(check(calling("target=/common", "x=\"$(bash /common/other.sh)\"")),
                 std::string("convention-missing-script@28:23"));
        QCOMPARE(fixed(), QByteArray("no fix"));
        QCOMPARE(check(calling("source=more,target=/c/", "source /c/torhc.sh")),
                 std::string("convention-missing-script@28:15"));
        QCOMPARE(m_problems.front().advice, std::string("Probably torch.sh is meant"));
        for (const char *fine :
             {"bash /common/more/torch.sh", "bash /common/${x}.sh", "ls /common/*.sh", "ls /common/",
              "# bash /common/routr.sh", "ls /x/common/routr.sh", "ls /commons/routr.sh", "ls /common/more"})
            QVERIFY2(check(calling("target=/common", fine)).empty(), fine);
        QCOMPARE(check(calling("rw,target=/common", "touch /common/new")), std::string());
        const auto copied = [&](const QByteArray &script) {
            return check(replaced("RUN <<EOF\n    check",
                                  "COPY --from=common . /opt/c\nRUN <<EOF\n    " + script + "\n    check"));
        };
        QCOMPARE(copied("bash /opt/c/routr.sh"), std::string("convention-missing-script@29:17"));
        for (const char *fine : {"bash /opt/c/router.sh", "bash /opt/c/made-before.sh", "x > /opt/c/routr.sh"})
            QVERIFY2(copied(fine).empty(), fine);
    }

    void findsMissingSources()
    {
        m_centre->file(QStringLiteral("pack/musa/here/a.patch"), "x");
        m_centre->file(QStringLiteral("pack/common/b.sh"), "x");
        const auto with = [](const QByteArray &line) { return replaced("WORKDIR /\n", line + "\nWORKDIR /\n"); };
        for (const char *fine :
             {"COPY here /", "COPY here/*.patch ./here/a.[p]atch /x/", "COPY [\"here/a.patch\", \"/\"]",
              "ADD https://a.b/c /c", "COPY --from=runtime /nowhere /", "COPY --from=common b.sh /", "COPY . /",
              "COPY ../../here /", "COPY \"here/a.patch\" /",
              "RUN --mount=type=bind,from=common,source=b.sh,target=/b bash /b",
              "RUN --mount=type=cache,source=gone,target=/c true", "COPY <<X /x\na\nX", "COPY ${UNKNOWN}/a /"})
            QCOMPARE(check(with(fine)), std::string());
        const std::pair<const char *, const char *> wrong[] = {
            {"COPY gone /", "30:6"},
            {"COPY here gone/a /x/", "30:11"},
            {"ADD [\"gone\", \"/\"]", "30:7"},
            {"COPY --from=common here /", "30:20"},
            {"COPY here/a.patch/x /", "30:6"},
            {"RUN --mount=type=bind,source=gone,target=/g true", "30:30"},
            {"RUN --mount=type=bind,from=common,source=gone,target=/g true", "30:42"},
            {"COPY ../../../matrix.yml /", "30:6"},
            {"ARG MUSA_VERSION\nCOPY ${MUSA_VERSION} /", "31:6"},
            {"COPY here \\\n    # gone\n    gone /x/", "32:5"},
            {"COPY here/a.patch \\\n    here gone here/a.patch \\\n    /x/", "31:10"},
            {"RUN --mount=type=cache,target=/c \\\n    --mount=type=bind,target=/g,src=gone true", "31:37"}};
        for (const auto &[line, place] : wrong) {
            const std::string found = check(with(line));
            QVERIFY2(found == std::string("convention-missing-source@") + place, (found + ": " + line).c_str());
            QCOMPARE(m_problems.front().severity, Severity::Error);
        }
        QCOMPARE(check(with("COPY here/*.c /")), std::string("convention-missing-source@30:6"));
        QCOMPARE(m_problems.front().severity, Severity::Warning);
    }

    void looksForFilesOfWhatIsBuilt()
    {
        m_centre->file(QStringLiteral("pack/musa/f-4.1.0-amd64"), "");
        const QByteArray text = replaced(
            "WORKDIR /\n", "ARG MUSA_VERSION\nARG TARGETARCH\nCOPY f-${MUSA_VERSION}-${TARGETARCH} /\nWORKDIR /\n");
        QCOMPARE(check(text), std::string()); // the rule is for amd64 alone
        const auto rule = [](const QByteArray &before, const QByteArray &after) {
            return QByteArray(matrixText).replace(before, after);
        };
        QVERIFY(check(text, rule("MUSA_VERSION=4.1.0", "MUSA_VERSION=")).find("missing-source") == std::string::npos);
        QVERIFY(check(text, rule("[linux/amd64]", "[linux/amd64, linux/arm64]")).find("missing-source")
                != std::string::npos);
        QVERIFY(check(text, rule("MUSA_VERSION=4.1.0", "MUSA_VERSION=4.1.1")).find("missing-source")
                != std::string::npos);
    }

    void looksForNothingOutside()
    {
        QDir().mkpath(m_centre->path(QStringLiteral("pack/musa")));
        QVERIFY(QFile::link(QStringLiteral("/etc"), m_centre->path(QStringLiteral("pack/musa/out"))));
        QCOMPARE(check(replaced("WORKDIR /\n", "COPY out/surely-missing /\nWORKDIR /\n")), std::string());
    }

    void findsAMissingSharedFolder()
    {
        QCOMPARE(check(replaced("WORKDIR /\n", "RUN --mount=type=bind,from=common,target=/c true\nWORKDIR /\n")),
                 std::string("convention-missing-source@30:5"));
        QVERIFY(m_problems.front().message.starts_with("There is no folder pack/common"));
    }

    void findsNothingInTheProject()
    {
        const auto opened = workspace::open(testdata::project().toStdString());
        QVERIFY(opened.has_value());
        for (const Problem &problem : check::checkWorkspace(**opened))
            QVERIFY2(problem.where.file == "matrix.yml", diagnostics::describe(problem).c_str());
        QVERIFY((*opened)->dockerfiles.size() >= 8);
    }
};

QTEST_GUILESS_MAIN(ConventionTest)
#include "tst_convention.moc"
