#include "dockerfiletest.h"

#include <QtTest>

using namespace dockerfiletest;
using namespace runner::dockerfile;

namespace {

Variables pairs(const QString &text)
{
    Variables result;
    for (const QString &pair : text.split(';', Qt::SkipEmptyParts))
        result[pair.section('=', 0, 0).toStdString()] = pair.section('=', 1).toStdString();
    return result;
}

} // namespace

class TestStages : public QObject
{
    Q_OBJECT

private slots:
    void needed_data();
    void needed();
    void uses_data();
    void uses();
    void usesOfNoTarget();
    void manyUsesAreBounded();
};

void TestStages::needed_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("overrides");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const char *text, const char *target, const char *overrides,
                        const char *expected) {
        QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(target) << QString::fromUtf8(overrides)
                            << QString::fromUtf8(expected);
    };
    row("single", "FROM x", "", "", "0");
    row("last by default", "FROM x AS a\nFROM y AS b", "", "", "1");
    row("base", "FROM x AS a\nFROM a AS b\nFROM y AS c", "b", "", "0 1");
    row("target in other case", "FROM x AS Aa\nFROM y", "aA", "", "0");
    row("unknown target", "FROM x AS a", "b", "", "");
    row("number is no target", "FROM x\nFROM y", "0", "", "");
    row("no stage", "ARG A", "", "", "");
    row("copy by name", "FROM x AS a\nFROM y AS b\nFROM z\nCOPY --from=A /s /d", "", "", "0 2");
    row("copy by number", "FROM x AS a\nFROM y AS b\nFROM z\nCOPY --from=1 /s /d", "", "", "1 2");
    row("copy by quoted number", "FROM x AS a\nFROM y AS b\nFROM z\nCOPY --from=\"1\" /s /d", "", "", "1 2");
    row("copy from an image", "FROM x AS a\nFROM z\nCOPY --from=nginx:1 /s /d", "", "", "1");
    row("copy by number out of range", "FROM x\nFROM z\nCOPY --from=7 /s /d", "", "", "1");
    row("number in FROM is an image", "FROM x\nFROM 0", "", "", "1");
    row("copy with a variable", "ARG A=a\nFROM x AS a\nFROM z\nARG A\nCOPY --from=$A /s /d", "", "", "1");
    row("mount", "FROM x AS a\nFROM z\nRUN --mount=type=bind,from=a,target=/t true", "", "", "0 1");
    row("mount, keys and names in any case", "FROM x AS a\nFROM z\nRUN --mount=FROM=A,target=/t true", "", "", "0 1");
    row("mount, fields quoted", "FROM x AS a\nFROM z\nRUN --mount='type=bind,\"from=a\",target=/t' true", "", "",
        "0 1");
    row("mount by number is an image", "FROM x AS a\nFROM z\nRUN --mount=from=0,target=/t true", "", "", "1");
    row("two mounts", "FROM x AS a\nFROM y AS b\nFROM z\nRUN --mount=from=b,target=/b --mount=from=a,target=/a true",
        "", "", "0 1 2");
    row("cache mount alone", "FROM x AS a\nFROM z\nRUN --mount=type=cache,target=/t true", "", "", "1");
    row("chain", "FROM x AS a\nFROM a AS b\nFROM y AS c\nCOPY --from=b /s /d\nFROM c", "", "", "0 1 2 3");
    row("FROM an argument", "ARG B=a\nFROM x AS a\nFROM y AS b\nFROM ${B}", "", "", "0 2");
    row("FROM an overridden argument", "ARG B=a\nFROM x AS a\nFROM y AS b\nFROM ${B}", "", "B=b", "1 2");
    row("FROM an argument that is an image", "ARG B=a\nFROM x AS a\nFROM ${B}", "", "B=quay.io/i:1", "1");
    row("FROM a quoted argument", "ARG B=\"a\"\nFROM x AS a\nFROM \"$B\"", "", "", "0 1");
    row("FROM a platform argument", "FROM x AS base-arm64\nFROM y AS base-amd64\nFROM base-${TARGETARCH}", "", "",
        "0 2");
    row("FROM another case is an image", "FROM x AS a\nFROM A", "", "", "1");
    row("FROM sees only stages above", "FROM b AS a\nFROM y AS b\nFROM a", "", "", "0 2");
    row("FROM its own name", "FROM a AS a", "", "", "0");
    row("name given twice", "FROM x AS a\nFROM a AS a\nFROM a", "", "", "0 1 2");
    row("copy takes the last of a name", "FROM x AS a\nFROM y AS a\nFROM z\nCOPY --from=a /s /d", "", "", "1 2");
    row("circle", "FROM x AS a\nCOPY --from=b /s /d\nFROM y AS b\nCOPY --from=a /s /d", "", "", "0 1");
    row("onbuild of a base", "FROM x AS s\nFROM y AS a\nONBUILD COPY --from=s /s /d\nFROM a", "", "", "0 1 2");
    row("onbuild of oneself", "FROM x AS s\nFROM y AS a\nONBUILD COPY --from=s /s /d", "", "", "1");
    row("failed FROM", "FROM x AS a\nFROM ${B:?no}", "", "", "1");
}

void TestStages::needed()
{
    QFETCH(QString, text);
    QFETCH(QString, target);
    QFETCH(QString, overrides);
    QFETCH(QString, expected);
    const Dockerfile file = read(text);
    const Evaluation evaluation = evaluateArguments(file, pairs(overrides), "linux/arm64");
    QStringList found;
    for (const int stage : stagesFor(file, target.toStdString(), evaluation))
        found << QString::number(stage);
    QCOMPARE(found.join(' '), expected);
}

void TestStages::uses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("overrides");
    QTest::addColumn<QString>("expected"); // A:stage,stage B:stage
    const auto row = [](const char *name, const char *text, const char *overrides, const char *expected) {
        QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(overrides) << QString::fromUtf8(expected);
    };
    row("from", "ARG A=1\nARG B=2\nFROM x:$A AS s", "", "A:s");
    row("from of a stage not needed", "ARG A=1\nFROM x:$A AS s\nFROM y", "", "");
    row("platform flag", "ARG A=linux/amd64\nFROM --platform=${A} x AS s", "", "A:s");
    row("unnamed stage", "ARG A=1\nFROM y\nFROM x:$A", "", "A:1");
    row("run", "ARG A=1\nFROM x AS s\nARG A\nRUN echo $A", "", "A:s");
    row("run without ARG", "ARG A=1\nFROM x AS s\nRUN echo $A", "", "");
    row("run before ARG", "ARG A=1\nFROM x AS s\nRUN echo $A\nARG A", "", "");
    row("declared only", "ARG A=1\nFROM x AS s\nARG A\nRUN true", "", "");
    row("braces", "ARG A=1\nFROM x AS s\nARG A\nENV V=${A%.*}", "", "A:s");
    row("longer name", "ARG A=1\nFROM x AS s\nARG A\nRUN echo $AB", "", "");
    row("escaped in ENV", "ARG A=1\nFROM x AS s\nARG A\nENV V=\\$A", "", "");
    row("escaped in RUN may reach a shell", "ARG A=1\nFROM x AS s\nARG A\nRUN sh -c \"echo \\$A\"", "", "A:s");
    row("shell forms", "ARG A=1\nARG B=1\nFROM x AS s\nARG A B\nRUN echo ${#A} ${!B}", "", "A:s B:s");
    row("quoted name in RUN", "ARG A=1\nFROM x AS s\nARG A\nRUN python -c 'os.environ[\"A\"]'", "", "A:s");
    row("quoted name elsewhere", "ARG A=1\nFROM x AS s\nARG A\nLABEL l=\"A\"", "", "");
    row("heredoc", "ARG A=1\nFROM x AS s\nARG A\nRUN <<E\necho $A\nE", "", "A:s");
    row("quoted heredoc of RUN", "ARG A=1\nFROM x AS s\nARG A\nRUN <<'E'\necho $A\nE", "", "A:s");
    row("heredoc of COPY", "ARG A=1\nFROM x AS s\nARG A\nCOPY <<E /f\n$A\nE", "", "A:s");
    row("quoted heredoc of COPY", "ARG A=1\nFROM x AS s\nARG A\nCOPY <<'E' /f\n$A\nE", "", "");
    row("mount", "ARG A=1\nFROM x AS s\nARG A\nRUN --mount=type=cache,id=$A,target=/c true", "", "A:s");
    row("copy", "ARG A=1\nFROM x AS s\nARG A\nCOPY $A /d", "", "A:s");
    row("CMD is not expanded", "ARG A=1\nFROM x AS s\nARG A\nCMD echo $A", "", "");
    row("default of another ARG in the stage", "ARG A=1\nFROM x AS s\nARG A\nARG L=v$A", "", "A:s");
    row("own default", "ARG A=1\nFROM x AS s\nARG A=2\nRUN echo $A", "", "");
    row("own default, overridden", "ARG A=1\nFROM x AS s\nARG A=2\nRUN echo $A", "A=3", "A:s");
    row("inherited from a base", "ARG A=1\nFROM x AS b\nARG A\nFROM b AS s\nRUN echo $A", "", "A:s");
    row("sister stage does not inherit",
        "ARG A=1\nFROM x AS b\nFROM b AS p\nARG A\nFROM b AS q\nRUN echo $A\nFROM b AS s\nCOPY --from=p /a /a\n"
        "COPY --from=q /a /a",
        "", "");
    row("two stages", "ARG A=1\nFROM x AS b\nARG A\nRUN echo $A\nFROM y AS s\nARG A\nRUN echo $A\nCOPY --from=b /a /a",
        "", "A:b,s");
    row("through another default", "ARG A=1\nARG B=v$A\nARG C=$B\nFROM x:$C AS s", "", "A:s B:s C:s");
    row("through an overridden default", "ARG A=1\nARG B=v$A\nFROM x:$B AS s", "B=2", "B:s");
    row("through and directly", "ARG A=1\nARG B=v$A\nFROM x:$A AS s\nFROM y:$B AS t\nCOPY --from=s /a /a", "",
        "A:s,t B:t");
    row("onbuild", "ARG A=1\nFROM x AS b\nONBUILD ARG A\nONBUILD RUN echo $A\nFROM b AS s", "", "A:s");
    row("trailing comment declares nothing", "ARG A=1\nFROM x AS s\nARG Z # A\nRUN echo $A", "", "");
}

void TestStages::uses()
{
    QFETCH(QString, text);
    QFETCH(QString, overrides);
    QFETCH(QString, expected);
    const Dockerfile file = read(text);
    const Evaluation evaluation = evaluateArguments(file, pairs(overrides), "linux/amd64");
    QStringList found;
    for (const auto &[name, stages] : argumentUses(file, "", evaluation))
        found << QString::fromStdString(name) + ":" + strings(stages).join(',');
    QCOMPARE(found.join(' '), expected);
}

void TestStages::usesOfNoTarget()
{
    const Dockerfile file = read("ARG A=1\nFROM x:$A AS s");
    const Evaluation evaluation = evaluateArguments(file, {}, "linux/amd64");
    QVERIFY(argumentUses(file, "t", evaluation).empty());
    QCOMPARE(argumentUses(file, "S", evaluation).size(), std::size_t(1));
}

void TestStages::manyUsesAreBounded()
{
    QString text = "ARG A0=1\n";
    for (int i = 1; i < 3000; ++i)
        text += QString("ARG A%1=$A%2\n").arg(i).arg(i - 1);
    text += "FROM x AS s0\n";
    for (int i = 1; i < 3000; ++i)
        text += QString("FROM s%2 AS s%1\nARG A2999\nRUN $A2999\n").arg(i).arg(i - 1);
    const Dockerfile file = read(text);
    const auto uses = argumentUses(file, "", evaluateArguments(file, {}, "linux/amd64"));
    QCOMPARE(uses.at("A2999").size(), std::size_t(2999));
    std::size_t count = 0;
    for (const auto &[name, stages] : uses)
        count += stages.size();
    QVERIFY(count <= std::size_t{1} << 20U);
}

QTEST_APPLESS_MAIN(TestStages)
#include "tst_stages.moc"
