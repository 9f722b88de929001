#include "dockerfiletest.h"

#include <QtTest>

using namespace dockerfiletest;
using namespace runner::dockerfile;

class TestProblems : public QObject
{
    Q_OBJECT

private slots:
    void files_data();
    void files();
    void instructions_data();
    void instructions();
    void everyProblemSaysWhatToDo();
    void tooMany();
    void largeInputs_data();
    void largeInputs();
};

void TestProblems::files_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("expected");
    const auto row = [](const char *name, const QString &text, const QStringList &expected) {
        QTest::newRow(name) << text << expected;
    };
    row("empty", "", {"dockerfile-no-stage@1:1"});
    row("comments only", "# a\n\n# b\n", {"dockerfile-no-stage@1:1"});
    row("arguments only", "ARG A=1\n", {"dockerfile-no-stage@1:1"});
    row("RUN first", "ARG A\nRUN a\nRUN b\nFROM x", {"dockerfile-no-stage@2:1"});
    row("unknown instruction", "FROM x\n  FOO bar\nRUN a", {"dockerfile-unknown-instruction@2:3"});
    row("lost continuation", "FROM x\nRUN a\n  && b", {"dockerfile-unknown-instruction@3:3"});
    row("bare escape at the end", "FROM x\n\\", {"dockerfile-unknown-instruction@2:1"});
    row("blank continuation", "FROM x\nRUN a \\\n\n\n b", {"dockerfile-empty-continuation@3:1"});
    row("in the order of the text", "FROM x\nCOPY --from=9 a b\nFOO\nRUN a \\\n\nb\nADD x",
        {"dockerfile-bad-stage@2:1", "dockerfile-unknown-instruction@3:1", "dockerfile-empty-continuation@5:1",
         "dockerfile-bad-instruction@7:1"});
    row("stage name", "FROM x AS 1a", {"dockerfile-bad-stage-name@1:11"});
    row("FROM with comment", "FROM x AS a # b", {"dockerfile-bad-instruction@1:8"});
    row("FROM without AS", "FROM x a", {"dockerfile-bad-instruction@1:8"});
    row("FROM without name", "FROM x AS", {"dockerfile-bad-instruction@1:8"});
    row("FROM alone", "FROM", {"dockerfile-bad-instruction@1:1"});
    row("FROM flag", "FROM --plattform=a x", {"dockerfile-bad-flag@1:6"});
    row("stage order", "FROM x AS a\nCOPY --from=b s d\nFROM y AS b", {"dockerfile-stage-order@2:1"});
    row("from itself", "FROM x AS a\nRUN --mount=from=a,target=/t true", {"dockerfile-stage-order@2:1"});
    row("variable in from", "FROM x AS a\nFROM y\nCOPY --from=$a s d", {"dockerfile-from-variable@3:1"});
    row("variable in a mount", "FROM x AS a\nFROM y\nRUN --mount=from=${a},target=/t true",
        {"dockerfile-from-variable@3:1"});
    row("long line", "FROM x\nRUN " + QString(65536, 'a'), {"dockerfile-line-too-long@2:1"});
    row("long line in a heredoc", "FROM x\nRUN <<E\n" + QString(65536, 'a') + "\nE", {"dockerfile-line-too-long@3:1"});
    row("long logical line", "FROM x\nRUN a" + QString("b \\\n").repeated(30000), {});
}

void TestProblems::files()
{
    QFETCH(QString, text);
    QFETCH(QStringList, expected);
    QCOMPARE(places(read(text).problems), expected);
}

void TestProblems::instructions_data()
{
    QTest::addColumn<QStringList>("expected"); // in a file where the row's name is line 2
    const auto row = [](const char *line, const QStringList &expected) { QTest::newRow(line) << expected; };
    const QString bad = "dockerfile-bad-instruction@2:";
    const QString flag = "dockerfile-bad-flag@2:";
    const QString quote = "dockerfile-unclosed-quote@2:";
    for (const char *fine : {"RUN",
                             "CMD",
                             "ENTRYPOINT",
                             "RUN echo don't",
                             "CMD echo \"",
                             "ARG --x A",
                             "ENV a b c",
                             "ENV a=\"b c\" d=e",
                             "ENV a b\\'s",
                             "LABEL a=b",
                             "LABEL \"a b\"=c",
                             "COPY [\"a b\", \"c\"]",
                             "COPY --link=false a b",
                             "COPY --exclude=a --exclude=b c d",
                             "VOLUME [\"/a\"]",
                             "VOLUME /a /b",
                             "SHELL [\"/bin/bash\", \"-c\"]",
                             "HEALTHCHECK NONE",
                             "HEALTHCHECK --retries=3 CMD true",
                             "ONBUILD RUN true",
                             "EXPOSE 80/tcp 81",
                             "STOPSIGNAL SIGINT",
                             "USER a:b",
                             "WORKDIR /a b",
                             "MAINTAINER me",
                             "RUN [[ -f a ]] && b",
                             "RUN [\"a\", 1",
                             "ENV a=${b:+'c'}",
                             "RUN --security=insecure --device=vendor/x true",
                             "ENV a=${b:?c}"})
        row(fine, {});
    row("ENV", {bad + "1"});
    row("ENV a", {bad + "5"});
    row("ENV a=b c", {bad + "9"});
    row("ENV =b", {bad + "5"});
    row("LABEL a", {bad + "7"});
    row("COPY a", {bad + "1"});
    row("COPY [\"a\"]", {bad + "1"});
    row("ADD --chown=a b", {bad + "1"});
    row("RUN [\"a\", 1]", {bad + "5"});
    row("CMD [[\"a\"]]", {bad + "5"});
    row("SHELL bash", {bad + "7"});
    row("SHELL []", {bad + "1"});
    row("USER", {bad + "1"});
    row("WORKDIR", {bad + "1"});
    row("EXPOSE", {bad + "1"});
    row("VOLUME", {bad + "1"});
    row("STOPSIGNAL", {bad + "1"});
    row("HEALTHCHECK", {bad + "1"});
    row("HEALTHCHECK CMD", {bad + "13"});
    row("HEALTHCHECK NONE x", {bad + "13"});
    row("HEALTHCHECK true", {bad + "13"});
    row("ONBUILD", {bad + "1"});
    row("ONBUILD ONBUILD RUN a", {bad + "9"});
    row("ONBUILD FROM x", {bad + "9"});
    row("ONBUILD FOO x", {"dockerfile-unknown-instruction@2:9"});
    row("ONBUILD COPY a", {bad + "9"});
    row("ONBUILD COPY --fro=a b c", {flag + "14"});
    row("COPY --fro=a b c", {flag + "6"});
    row("COPY --from=a --from=b c d", {flag + "15"});
    row("COPY --from c d", {flag + "6"});
    row("COPY --link=yes c d", {flag + "6"});
    row("RUN --mounts=a b", {flag + "5"});
    row("ENV --a b=c", {flag + "5"});
    row("CMD --a b", {flag + "5"});
    row("ENV a='b", {quote + "7"});
    row("ENV a b'c", {quote + "8"});
    row("COPY \"a b\" c", {quote + "6", quote + "10"});
    row("WORKDIR '/a", {quote + "9"});
    row("USER \"a", {quote + "6"});
    row("LABEL a=\"b", {quote + "9"});
    row("EXPOSE '80", {quote + "8"});
    row("ARG A='b", {quote + "7"});
    row("ENV a=${b=c}", {"dockerfile-bad-substitution@2:7"});
    row("ARG a=${b", {"dockerfile-bad-substitution@2:7"});
}

void TestProblems::instructions()
{
    QFETCH(QStringList, expected);
    QCOMPARE(places(read("FROM x\n" + QString::fromUtf8(QTest::currentDataTag())).problems), expected);
}

void TestProblems::everyProblemSaysWhatToDo()
{
    const Dockerfile file = read("# escape=x\nRUN a\nARG 1 =2 # c\nFROM x AS 1\nFOO\nENV a='\nCOPY --from=$a b\n"
                                 "COPY --from=9 a b\nCOPY --x a b\nRUN <<E\n");
    QVERIFY(file.problems.size() >= 10);
    for (const runner::Problem &problem : file.problems) {
        QVERIFY2(!problem.advice.empty(), problem.id.c_str());
        QVERIFY2(!problem.message.empty() && problem.message.back() != '.', problem.message.c_str());
        QCOMPARE(problem.where.file, std::string("Dockerfile"));
    }
}

void TestProblems::tooMany()
{
    const Dockerfile file = read("FROM x\n" + QString("foo\n").repeated(5000));
    QCOMPARE(file.problems.size(), std::size_t(1001));
    QCOMPARE(file.problems.back().id, std::string("dockerfile-too-many-problems"));
    QCOMPARE(file.problems.back().severity, runner::Severity::Note);
    const Dockerfile arguments = read("ARG" + QString(" a").repeated(100001) + "\nFROM x");
    QCOMPARE(arguments.globalArguments.size(), std::size_t(100000));
    QVERIFY(places(arguments.problems).contains("dockerfile-too-many-arguments@1:200005"));
}

void TestProblems::largeInputs_data()
{
    QTest::addColumn<QString>("unit");
    QTest::addColumn<QString>("head");
    QTest::newRow("one long line") << "a"
                                   << "FROM x\nRUN ";
    QTest::newRow("blank lines") << "\n"
                                 << "FROM x\n";
    QTest::newRow("returns") << "\r"
                             << "FROM x\n";
    QTest::newRow("hashes") << "#"
                            << "";
    QTest::newRow("comments") << "# A REQUIRED b\n"
                              << "";
    QTest::newRow("comments that go on") << "#   b\n"
                                         << "# A REQUIRED b\n";
    QTest::newRow("continuations") << "\\\n"
                                   << "FROM x\nRUN ";
    QTest::newRow("continued words") << "a\\\n"
                                     << "FROM x\nENV ";
    QTest::newRow("arguments on one line") << "a "
                                           << "ARG ";
    QTest::newRow("quotes") << "'"
                            << "FROM x\nENV a=";
    QTest::newRow("words with quotes") << "a' "
                                       << "FROM x\nCOPY ";
    QTest::newRow("dollars") << "${A"
                             << "FROM x\nENV a=";
    QTest::newRow("nested") << "${A:-"
                            << "FROM x\nRUN <<";
    QTest::newRow("nested in quotes") << "\"${A:-"
                                      << "ARG a=";
    QTest::newRow("escapes") << "\\\\"
                             << "FROM x\nRUN ";
    QTest::newRow("angles") << "<<"
                            << "FROM x\nRUN ";
    QTest::newRow("open heredocs") << "RUN <<E\n"
                                   << "FROM x\n";
    QTest::newRow("heredocs on one line") << "<<E "
                                          << "FROM x\nRUN ";
    QTest::newRow("lost heredocs") << "RUN <<'E'\nx\nE\ny\n"
                                   << "FROM x\n";
    QTest::newRow("brackets") << "["
                              << "FROM x\nRUN ";
    QTest::newRow("stages") << "FROM a AS a\n"
                            << "";
    QTest::newRow("copies") << "COPY --from=a b c\n"
                            << "FROM x AS a\nFROM y\n";
    QTest::newRow("flags") << "--mount=from=a "
                           << "FROM x\nRUN ";
    QTest::newRow("commas") << "from=a,"
                            << "FROM x\nRUN --mount=";
    QTest::newRow("onbuilds") << "ONBUILD "
                              << "FROM x\n";
    QTest::newRow("triggers and stages") << "FROM a\n"
                                         << "FROM x AS a\n" + QString("ONBUILD RUN $B\n").repeated(10000);
    QTest::newRow("arguments built on each other") << "ARG B=$B$A\n"
                                                   << "ARG A=1\n";
    QTest::newRow("arguments in stages") << "ARG B\nRUN $B\n"
                                         << "ARG B=1\nFROM x\n";
    QTest::newRow("keyword") << "R"
                             << "";
}

void TestProblems::largeInputs()
{
    QFETCH(QString, unit);
    QFETCH(QString, head);
    const Dockerfile file = read(head + unit.repeated((1 << 18) / unit.size()));
    const Evaluation evaluation = evaluateArguments(file, {}, "linux/amd64");
    stagesFor(file, "", evaluation);
    argumentUses(file, "", evaluation);
    QVERIFY(file.problems.size() <= 1001);
}

QTEST_APPLESS_MAIN(TestProblems)
#include "tst_problems.moc"
