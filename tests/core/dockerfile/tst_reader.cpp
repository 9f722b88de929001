#include "dockerfiletest.h"
#include "testdata.h"

using namespace dockerfiletest;
using namespace runner::dockerfile;

namespace {

std::string cut(const Dockerfile &file, const runner::text::ByteRange &range)
{
    return file.text.substr(range.begin, range.size());
}

} // namespace

class TestReader : public QObject
{
    Q_OBJECT

private slots:
    void instructions_data();
    void instructions();
    void placesAndRanges();
    void directives_data();
    void directives();
    void globalArguments();
    void argumentForms_data();
    void argumentForms();
    void argumentDescriptions();
    void argumentOverContinuation();
    void stages();
    void stageNames();
    void heredocs_data();
    void heredocs();
    void heredocParts();
    void heredocRuns();
    void openHeredocGoesOn();
    void documented_data();
    void documented();
    void documentedPlaces();
    void carriageReturns();
    void packedDockerfiles();
};

void TestReader::instructions_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("keyword");
    QTest::addColumn<QStringList>("flags");
    QTest::addColumn<QString>("arguments");
    const auto row = [](const char *name, const char *text, const char *keyword, const QStringList &flags,
                        const char *arguments) {
        QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(keyword) << flags
                            << QString::fromUtf8(arguments);
    };
    row("plain", "RUN make all", "RUN", {}, "make all");
    row("lower case", "run make", "RUN", {}, "make");
    row("indented", "  \t RUN make", "RUN", {}, "make");
    row("tab after keyword", "RUN\tmake", "RUN", {}, "make");
    row("trailing blanks", "RUN make \t ", "RUN", {}, "make");
    row("no arguments", "RUN", "RUN", {}, "");
    row("continued", "RUN a \\\n  b", "RUN", {}, "a   b");
    row("continued, blanks after the escape", "RUN a \\ \t\n  b", "RUN", {}, "a   b");
    row("word over lines", "RUN ab\\\ncd", "RUN", {}, "abcd");
    row("escaped escape ends the line", "RUN a \\\\\nRUN b", "RUN", {}, "a \\\\");
    row("comment inside", "RUN a \\\n# no\n  # no\n  b", "RUN", {}, "a   b");
    row("hash is no comment after text", "RUN a # b", "RUN", {}, "a # b");
    row("blank line inside", "RUN a \\\n\n  \n b", "RUN", {}, "a  b");
    row("ends in continuation", "RUN a \\", "RUN", {}, "a");
    row("ends in continuation and comment", "RUN a \\\n# b", "RUN", {}, "a");
    row("keyword after a bare escape", "\\\nRUN a", "RUN", {}, "a");
    row("keyword over lines", "RU\\\nN a", "RUN", {}, "a");
    row("one flag", "COPY --from=a b c", "COPY", {"--from=a"}, "b c");
    row("two flags", "RUN --mount=type=bind,target=/x --network=none make", "RUN",
        {"--mount=type=bind,target=/x", "--network=none"}, "make");
    row("flag with quotes", "COPY --chown=\"a b\" c d", "COPY", {"--chown=\"a b\""}, "c d");
    row("flag with escaped blank", "COPY --chown=a\\ b c d", "COPY", {"--chown=a\\ b"}, "c d");
    row("flags end", "COPY --link -- --from=a b", "COPY", {"--link"}, "--from=a b");
    row("flags on lines of their own", "RUN --mount=type=cache,target=/c \\\n    --network=none \\\n    make", "RUN",
        {"--mount=type=cache,target=/c", "--network=none"}, "make");
    row("later dashes are no flag", "RUN make --jobs", "RUN", {}, "make --jobs");
    row("json", "CMD [\"a\", \"b\"]", "CMD", {}, "[\"a\", \"b\"]");
    row("onbuild", "ONBUILD COPY --from=a b c", "ONBUILD", {}, "COPY --from=a b c");
    row("onbuild lower case", "onbuild run a", "ONBUILD", {}, "run a");
    row("not ASCII", "RUN echo 안녕", "RUN", {}, "echo 안녕");
    row("carriage return", "RUN a \\\r\n b\r\n", "RUN", {}, "a  b");
}

void TestReader::instructions()
{
    QFETCH(QString, text);
    QFETCH(QString, keyword);
    QFETCH(QStringList, flags);
    QFETCH(QString, arguments);
    const Dockerfile file = read("FROM x\n" + text);
    QCOMPARE(file.stages.size(), std::size_t(1));
    QVERIFY(!file.stages[0].instructions.empty());
    const Instruction &instruction = file.stages[0].instructions[0];
    QCOMPARE(QString::fromStdString(instruction.keyword), keyword);
    QCOMPARE(strings(instruction.flags), flags);
    QCOMPARE(QString::fromStdString(instruction.arguments), arguments);
}

void TestReader::placesAndRanges()
{
    const Dockerfile file = read("# é\nFROM x\n\n  RUN a \\\n    # c\n    b\nCOPY <<EOF /t\nbody\nEOF\nUSER u");
    const auto &instructions = file.stages[0].instructions;
    QCOMPARE(instructions.size(), std::size_t(3));
    QCOMPARE(place(file.stages[0].where), QString("2:1"));
    QCOMPARE(cut(file, file.stages[0].from.range), std::string("FROM x"));
    QCOMPARE(place(instructions[0].where), QString("4:3"));
    QCOMPARE(instructions[0].lastLine, 6);
    QCOMPARE(cut(file, instructions[0].range), std::string("RUN a \\\n    # c\n    b"));
    QCOMPARE(place(instructions[1].where), QString("7:1"));
    QCOMPARE(instructions[1].lastLine, 9);
    QCOMPARE(cut(file, instructions[1].range), std::string("COPY <<EOF /t\nbody\nEOF"));
    QCOMPARE(place(instructions[2].where), QString("10:1"));
    QCOMPARE(QString::fromStdString(instructions[2].where.file), QString("Dockerfile"));
    QVERIFY(file.problems.empty());
}

void TestReader::directives_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("escape");
    QTest::addColumn<QStringList>("problems");
    QTest::newRow("none") << "FROM x"
                          << "\\" << QStringList{};
    QTest::newRow("escape") << "# escape=`\nFROM x"
                            << "`" << QStringList{};
    QTest::newRow("spaces, case, indent") << "  #  EsCape  =  ` \nFROM x"
                                          << "`" << QStringList{};
    QTest::newRow("after syntax") << "# syntax=docker/dockerfile:1\n# escape=`\nFROM x"
                                  << "`" << QStringList{};
    QTest::newRow("after check") << "#check=skip=all\n#escape=`\nFROM x"
                                 << "`" << QStringList{};
    QTest::newRow("after comment") << "# hello\n# escape=`\nFROM x"
                                   << "\\" << QStringList{};
    QTest::newRow("after blank") << "\n# escape=`\nFROM x"
                                 << "\\" << QStringList{};
    QTest::newRow("after unknown") << "# color=red\n# escape=`\nFROM x"
                                   << "\\" << QStringList{};
    QTest::newRow("after FROM") << "FROM x\n# escape=`\n"
                                << "\\" << QStringList{};
    QTest::newRow("bad value") << "# escape=x\nFROM x"
                               << "\\" << QStringList{"dockerfile-bad-directive@1:1"};
    QTest::newRow("twice") << "# escape=`\n# escape=\\\nFROM x"
                           << "`" << QStringList{"dockerfile-bad-directive@2:1"};
}

void TestReader::directives()
{
    QFETCH(QString, text);
    QFETCH(QString, escape);
    QFETCH(QStringList, problems);
    const Dockerfile file = read(text);
    QCOMPARE(QString(QChar::fromLatin1(file.escape)), escape);
    QCOMPARE(places(file.problems), problems);
}

void TestReader::globalArguments()
{
    const Dockerfile file = read("ARG A=1\nARG B\nARG C=\nARG D=\"x y\" E='z' F\nFROM x\nARG A\nARG G=2");
    QCOMPARE(file.globalArguments.size(), std::size_t(6));
    QCOMPARE(*file.globalArguments[0].defaultText, std::string("1"));
    QVERIFY(!file.globalArguments[1].defaultText);
    QCOMPARE(*file.globalArguments[2].defaultText, std::string());
    QCOMPARE(*file.globalArguments[3].defaultText, std::string("\"x y\""));
    QCOMPARE(place(file.globalArguments[4].where), QString("4:13"));
    QCOMPARE(cut(file, file.globalArguments[4].range), std::string("E='z'"));
    QCOMPARE(cut(file, file.globalArguments[5].range), std::string("F"));
    QCOMPARE(file.stages[0].arguments.size(), std::size_t(2));
    QCOMPARE(file.stages[0].instructions.size(), std::size_t(2));
    QCOMPARE(place(file.findGlobal("D")->where), QString("4:5"));
    QVERIFY(file.findGlobal("G") == nullptr);
    QVERIFY(file.problems.empty());
}

void TestReader::argumentForms_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("names");
    QTest::addColumn<QStringList>("problems");
    QTest::newRow("blank in single quotes") << "ARG A='b c' D" << QStringList{"A", "D"} << QStringList{};
    QTest::newRow("escaped blank") << "ARG A=b\\ c D" << QStringList{"A", "D"} << QStringList{};
    QTest::newRow("escaped quote") << "ARG A=\\\" D" << QStringList{"A", "D"} << QStringList{};
    QTest::newRow("substitution with a blank")
        << "ARG A=${B:-x y}" << QStringList{"A"} << QStringList{"dockerfile-bad-argument@1:14"};
    QTest::newRow("no-break space") << QString::fromUtf8("ARG A=b\u00a0D") << QStringList{"A", "D"} << QStringList{};
    QTest::newRow("trailing comment") << "ARG A=1 # of B" << QStringList{"A"}
                                      << QStringList{"dockerfile-bad-argument@1:9"};
    QTest::newRow("hash within a word") << "ARG A=1# B" << QStringList{"A", "B"} << QStringList{};
    QTest::newRow("no name") << "ARG =1" << QStringList{} << QStringList{"dockerfile-bad-argument@1:5"};
    QTest::newRow("digit") << "ARG 1A=1" << QStringList{} << QStringList{"dockerfile-bad-argument@1:5"};
    QTest::newRow("quoted whole") << "ARG \"A=1\"" << QStringList{} << QStringList{"dockerfile-bad-argument@1:5"};
    QTest::newRow("empty") << "ARG" << QStringList{} << QStringList{"dockerfile-bad-instruction@1:1"};
    QTest::newRow("open quote") << "ARG A=\"b c" << QStringList{"A"} << QStringList{"dockerfile-unclosed-quote@1:7"};
    QTest::newRow("open quote, later word")
        << "ARG A B=x'y" << QStringList{"A", "B"} << QStringList{"dockerfile-unclosed-quote@1:10"};
}

void TestReader::argumentForms()
{
    QFETCH(QString, text);
    QFETCH(QStringList, names);
    QFETCH(QStringList, problems);
    const Dockerfile file = read(text + "\nFROM x");
    QStringList found;
    for (const ArgumentLine &line : file.globalArguments)
        found << QString::fromStdString(line.name);
    QCOMPARE(found, names);
    QCOMPARE(places(file.problems), problems);
}

void TestReader::argumentDescriptions()
{
    const Dockerfile file = read("# A is far away\n\n# first words\n# A the version\n# B the mirror\nARG A=1 B=2\n"
                                 "ARG C\n# D\nARG D\n# E gone\n#\nARG E\nFROM x\n  # F local\nARG F");
    const auto description = [&](const char *name) {
        return QString::fromStdString(file.findGlobal(name)->description);
    };
    QCOMPARE(description("A"), QString("the version"));
    QCOMPARE(description("B"), QString("the mirror"));
    QCOMPARE(description("C"), QString());
    QCOMPARE(description("D"), QString());
    QCOMPARE(description("E"), QString());
    QCOMPARE(QString::fromStdString(file.stages[0].arguments[0].description), QString("local"));
}

void TestReader::argumentOverContinuation()
{
    const Dockerfile file = read("ARG A=1 \\\n    # c\n    B=2 \\\n  C=x\\\ny\nFROM x");
    QCOMPARE(file.globalArguments.size(), std::size_t(3));
    QCOMPARE(place(file.globalArguments[1].where), QString("3:5"));
    QCOMPARE(cut(file, file.globalArguments[1].range), std::string("B=2"));
    QCOMPARE(place(file.globalArguments[2].where), QString("4:3"));
    QCOMPARE(*file.globalArguments[2].defaultText, std::string("xy"));
    QCOMPARE(cut(file, file.globalArguments[2].range), std::string("C=x\\\ny"));
}

void TestReader::stages()
{
    const Dockerfile file =
        read("ARG V=1\nFROM --platform=$BUILDPLATFORM x:${V} AS Base\nRUN a\nfrom base as two\nFROM scratch");
    QCOMPARE(file.stages.size(), std::size_t(3));
    QCOMPARE(file.stages[0].name, std::string("base"));
    QCOMPARE(file.stages[0].base, std::string("x:${V}"));
    QCOMPARE(file.stages[0].platformFlag, std::string("$BUILDPLATFORM"));
    QCOMPARE(file.stages[0].from.arguments, std::string("x:${V} AS Base"));
    QCOMPARE(file.stages[1].name, std::string("two"));
    QCOMPARE(file.stages[2].name, std::string());
    QCOMPARE(file.findStage("BASE"), 0);
    QCOMPARE(file.findStage("two"), 1);
    QCOMPARE(file.findStage("no"), -1);
    QCOMPARE(file.findStage(""), -1);
    QVERIFY(file.problems.empty());
}

void TestReader::stageNames()
{
    const Dockerfile file = read("FROM x AS a\nFROM y AS a\n");
    QCOMPARE(file.findStage("a"), 1);
}

void TestReader::heredocs_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QStringList>("names"); // with ! where nothing expands and - where tabs are stripped
    QTest::newRow("plain") << "RUN <<EOF" << QStringList{"EOF"};
    QTest::newRow("dash") << "RUN <<-EOF" << QStringList{"-EOF"};
    QTest::newRow("double quotes") << "RUN <<\"EOF\"" << QStringList{"!EOF"};
    QTest::newRow("single quotes") << "RUN <<'EOF'" << QStringList{"!EOF"};
    QTest::newRow("partly quoted") << "RUN <<E'O'F" << QStringList{"!EOF"};
    QTest::newRow("dash and quotes") << "RUN <<-'EOF'" << QStringList{"-!EOF"};
    QTest::newRow("backslash still expands") << "RUN <<\\EOF" << QStringList{"EOF"};
    QTest::newRow("descriptor") << "RUN cat 3<<EOF" << QStringList{"EOF"};
    QTest::newRow("blank after") << "RUN << EOF cat" << QStringList{"EOF"};
    QTest::newRow("within a command") << "RUN cat <<EOF | sh" << QStringList{"EOF"};
    QTest::newRow("glued to a word") << "RUN cat<<EOF" << QStringList{};
    QTest::newRow("two") << "RUN <<A cat <<B" << QStringList{"A", "B"};
    QTest::newRow("here string") << "RUN cat <<<EOF" << QStringList{};
    QTest::newRow("in quotes") << "RUN echo '<<EOF'" << QStringList{};
    QTest::newRow("open quote") << "RUN echo don't <<EOF" << QStringList{};
    QTest::newRow("shell default form") << "RUN : ${A:=b} <<EOF" << QStringList{"EOF"};
    QTest::newRow("shell substring") << "RUN : ${A:0:3} <<EOF" << QStringList{"EOF"};
    QTest::newRow("copy") << "COPY <<a.txt <<b.txt /d/" << QStringList{"a.txt", "b.txt"};
    QTest::newRow("add") << "ADD <<EOF /d" << QStringList{"EOF"};
    QTest::newRow("onbuild") << "ONBUILD RUN <<EOF" << QStringList{"EOF"};
    QTest::newRow("not for ENV") << "ENV A=<<EOF" << QStringList{};
    QTest::newRow("not for CMD") << "CMD cat <<EOF" << QStringList{};
    QTest::newRow("not in JSON form") << "RUN [\"cat\", \"<<EOF\"]" << QStringList{};
    QTest::newRow("almost JSON form") << "RUN [ -f x ] || cat <<EOF" << QStringList{"EOF"};
    QTest::newRow("with flags") << "RUN --mount=type=cache,target=/c <<EOF" << QStringList{"EOF"};
    QTest::newRow("continued") << "RUN a && \\\n  cat <<EOF" << QStringList{"EOF"};
}

void TestReader::heredocs()
{
    QFETCH(QString, line);
    QFETCH(QStringList, names);
    QString text = "FROM x\n" + line + "\n";
    for (const QString &name : names)
        text += "body of " + name + "\n" + QString(name).remove('!').remove('-') + "\n";
    const Dockerfile file = read(text + "USER last\n");
    QStringList found;
    for (const Heredoc &heredoc : file.stages[0].instructions[0].heredocs) {
        found << QString(heredoc.stripsTabs ? "-" : "") + (heredoc.expands ? "" : "!")
                     + QString::fromStdString(heredoc.name);
        QCOMPARE(QString::fromStdString(heredoc.body), "body of " + found.last() + "\n");
    }
    QCOMPARE(found, names);
    QCOMPARE(file.stages[0].instructions.back().keyword, std::string("USER"));
    QCOMPARE(places(file.problems), QStringList{});
}

void TestReader::heredocParts()
{
    const Dockerfile file = read("FROM x\nRUN <<-A <<B\n\tone\n# not a comment\n\n\tA\nB \n\tB\nB\nUSER u\n");
    const Instruction &run = file.stages[0].instructions[0];
    QCOMPARE(run.heredocs.size(), std::size_t(2));
    QCOMPARE(run.heredocs[0].body, std::string("\tone\n# not a comment\n\n"));
    QCOMPARE(run.heredocs[0].firstLine, 3);
    QCOMPARE(cut(file, run.heredocs[0].bodyRange), run.heredocs[0].body);
    QCOMPARE(run.heredocs[1].body, std::string("B \n\tB\n"));
    QCOMPARE(run.heredocs[1].firstLine, 7);
    QCOMPARE(cut(file, run.heredocs[1].bodyRange), run.heredocs[1].body);
    QCOMPARE(run.lastLine, 9);
    QCOMPARE(run.arguments, std::string("<<-A <<B"));
    QVERIFY(file.problems.empty());
}

void TestReader::heredocRuns()
{
    const Dockerfile file = read("FROM x\r\nRUN <<EOF\r\na\r\nEOF\r\nRUN <<EOF\nEOF");
    const auto &instructions = file.stages[0].instructions;
    QCOMPARE(instructions.size(), std::size_t(2));
    QCOMPARE(instructions[0].heredocs[0].body, std::string("a\r\n"));
    QCOMPARE(instructions[1].heredocs[0].body, std::string());
    QVERIFY(file.problems.empty());
}

void TestReader::openHeredocGoesOn()
{
    const Dockerfile file = read("FROM x\nRUN <<EOF\nset -e\nmake\nRUN <<EOF\na\n EOF\nFROM y\nRUN <<ONE\n1\nONE\n");
    QCOMPARE(places(file.problems),
             (QStringList{"dockerfile-unclosed-heredoc@2:5", "dockerfile-unclosed-heredoc@5:5"}));
    QCOMPARE(file.stages.size(), std::size_t(2));
    QCOMPARE(file.stages[0].instructions[0].heredocs[0].body, std::string("set -e\nmake\n"));
    QCOMPARE(file.stages[0].instructions[0].lastLine, 4);
    QCOMPARE(file.stages[1].instructions[0].heredocs[0].body, std::string("1\n"));
}

void TestReader::documented_data()
{
    QTest::addColumn<QString>("comment");
    QTest::addColumn<QStringList>("found"); // NAME|need|description
    const auto row = [](const char *name, const char *comment, const QStringList &found) {
        QTest::newRow(name) << QString::fromUtf8(comment) << found;
    };
    row("plain", "#   VERSION  REQUIRED  the version", {"VERSION|required|the version"});
    row("optional", "# MIRROR OPTIONAL a mirror", {"MIRROR|optional|a mirror"});
    row("placeholder", "#\tOLD\tPLACEHOLDER\tkept", {"OLD|placeholder|kept"});
    row("no blank after the hash", "#VERSION REQUIRED x", {"VERSION|required|x"});
    row("bullet", "#  - A: REQUIRED. words", {"A|required|words"});
    row("star", "#  * A OPTIONAL words", {"A|optional|words"});
    row("parentheses", "# A (REQUIRED): words", {"A|required|words"});
    row("parentheses, lower case", "# A: (optional) words", {"A|optional|words"});
    row("no description", "# A REQUIRED", {"A|required|"});
    row("description goes on", "# A REQUIRED one\n#     two\n#     three", {"A|required|one two three"});
    row("description below", "# A REQUIRED\n#     two", {"A|required|two"});
    row("same indent ends it", "# A REQUIRED one\n# two", {"A|required|one"});
    row("blank comment ends it", "# A REQUIRED one\n#\n#     two", {"A|required|one"});
    row("several", "# A REQUIRED one\n#   more\n\n# B2_C OPTIONAL two", {"A|required|one more", "B2_C|optional|two"});
    row("indented second", "# A REQUIRED one\n#    B OPTIONAL two", {"A|required|one", "B|optional|two"});
    row("after directive", "# syntax=docker/dockerfile:1\n# A REQUIRED x", {"A|required|x"});
    row("lower case is prose", "# A required thing", {});
    row("lower case name", "# a REQUIRED x", {});
    row("longer word", "# A REQUIREDLY x", {});
    row("no need", "# A the version", {});
    row("need alone", "# REQUIRED words", {});
    row("sentence", "# The ARG A REQUIRED", {});
    row("open parenthesis", "# A (REQUIRED x", {});
}

void TestReader::documented()
{
    QFETCH(QString, comment);
    QFETCH(QStringList, found);
    const Dockerfile file = read(comment + "\nARG A\n# LATE REQUIRED no header\nFROM x\n");
    QStringList list;
    for (const DocumentedArgument &argument : file.documented)
        list << QString::fromStdString(argument.name + "|" + needName(argument.need) + "|" + argument.description);
    QCOMPARE(list, found);
    QVERIFY(file.problems.empty());
}

void TestReader::documentedPlaces()
{
    const Dockerfile file = read("# é\n\n  #   - AB: (required) x\nFROM x");
    QCOMPARE(place(file.documented.at(0).where), QString("3:9"));
    QVERIFY(file.findDocumented("AB") != nullptr);
    QVERIFY(file.findDocumented("A") == nullptr);
}

void TestReader::carriageReturns()
{
    const Dockerfile file = read("# escape=`\r\nARG A=1\r\n\r\nFROM x`\r\n:2 AS b\r\n");
    QCOMPARE(*file.globalArguments[0].defaultText, std::string("1"));
    QCOMPARE(file.stages[0].base, std::string("x:2"));
    QCOMPARE(file.stages[0].name, std::string("b"));
    QVERIFY(file.problems.empty());
}

void TestReader::packedDockerfiles()
{
    const QDir pack(testdata::project("pack"));
    int count = 0;
    for (const QString &backend : pack.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        for (const QString &name : QDir(pack.filePath(backend)).entryList({"Dockerfile*"}, QDir::Files)) {
            const Dockerfile file = read(QString::fromUtf8(testdata::read(pack.filePath(backend + "/" + name))));
            QVERIFY2(file.problems.empty(), qPrintable(backend + "/" + name + ": " + places(file.problems).join(' ')));
            QVERIFY2(!file.stages.empty(), qPrintable(backend));
            const Evaluation evaluation = evaluateArguments(file, {}, "linux/amd64");
            QCOMPARE(places(evaluation.problems), QStringList{});
            ++count;
        }
    }
    if (count == 0)
        QSKIP("there is no pack/*/Dockerfile");
}

QTEST_APPLESS_MAIN(TestReader)
#include "tst_reader.moc"
