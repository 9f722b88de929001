// The header, the arguments that it describes, and where stages use them.
#include "conventiontest.h"

using namespace conventiontest;

class ConventionArgumentsTest : public QObject, private SpoiledCentre
{
    Q_OBJECT

private slots:
    void init() { m_centre = std::make_unique<PackCentre>(); }

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
};

QTEST_GUILESS_MAIN(ConventionArgumentsTest)
#include "tst_conventionarguments.moc"
