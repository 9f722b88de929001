// Stages, their shells and commands, and the Dockerfiles of this repository.
#include "conventiontest.h"

using namespace conventiontest;

class ConventionTest : public QObject, private SpoiledCentre
{
    Q_OBJECT

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
