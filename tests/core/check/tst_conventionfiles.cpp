// Files that instructions take from contexts, and scripts that they call there.
#include "conventiontest.h"

using namespace conventiontest;

class ConventionFilesTest : public QObject, private SpoiledCentre
{
    Q_OBJECT

private slots:
    void init() { m_centre = std::make_unique<PackCentre>(); }

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
};

QTEST_GUILESS_MAIN(ConventionFilesTest)
#include "tst_conventionfiles.moc"
