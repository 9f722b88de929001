#include "dockerfiletest.h"

#include <QtTest>

using namespace dockerfiletest;
using namespace runner::dockerfile;

class TestEvaluation : public QObject
{
    Q_OBJECT

private slots:
    void values_data();
    void values();
    void references_data();
    void references();
    void linesAndOverrides();
    void problems_data();
    void problems();
    void platforms_data();
    void platforms();
    void targetStage();
    void predefined();
    void doublingIsBounded();
    void manyLongValuesAreBounded();
};

void TestEvaluation::values_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("overrides"); // A=1;B=2
    QTest::addColumn<QStringList>("expected");
    const auto row = [](const char *name, const char *text, const char *overrides, const QStringList &expected) {
        QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(overrides) << expected;
    };
    row("defaults", "ARG A=1\nARG B\nARG C=", "", {"A=1", "B", "C="});
    row("quotes come off", "ARG A=\"x y\" B='$A' C=\"$A\"", "", {"A=x y", "B=$A", "C=x y"});
    row("reference", "ARG A=1\nARG B=v${A}-x", "", {"A=1", "B=v1-x"});
    row("reference to an override", "ARG A=1\nARG B=v${A}-x", "A=2", {"A=2", "B=v2-x"});
    row("reference on the same line", "ARG A=1 B=$A", "", {"A=1", "B=1"});
    row("later names are unset", "ARG B=$A\nARG A=1", "", {"B=", "A=1"});
    row("later names are unset even if given", "ARG B=$A\nARG A=1", "A=2", {"B=", "A=2"});
    row("undeclared override", "ARG B=$A", "A=2", {"B="});
    row("override is literal", "ARG A=1\nARG B=$A", "A=\"$B\"", {"A=\"$B\"", "B=\"$B\""});
    row("empty override", "ARG A=1\nARG B=${A:-d}", "A=", {"A=", "B=d"});
    row("override without default", "ARG A", "A=2", {"A=2"});
    row("declared again", "ARG A=1\nARG B=$A\nARG A=2\nARG C=$A", "", {"B=1", "A=2", "C=2"});
    row("declared again without default", "ARG A=1\nARG B=x\nARG A", "", {"B=x", "A=1"});
    row("built on itself", "ARG A=1\nARG A=${A}.0", "", {"A=1.0"});
    row("chain", "ARG A=1\nARG B=${A}.2\nARG C=${B}.3", "A=9", {"A=9", "B=9.2", "C=9.2.3"});
    row("version cut", "ARG A=12.8.1\nARG B=${A%.*}\nARG C=${A//./}", "", {"A=12.8.1", "B=12.8", "C=1281"});
    row("platform", "ARG A=${TARGETARCH}-${BUILDOS}", "", {"A=arm64-linux"});
    row("platform declared", "ARG TARGETARCH", "", {"TARGETARCH=arm64"});
    row("platform overridden", "ARG A=$TARGETARCH", "TARGETARCH=riscv64", {"A=riscv64"});
    row("proxies are not set", "ARG A=$HTTP_PROXY", "HTTP_PROXY=x", {"A="});
    row("comment at the end", "ARG A=1 # REQUIRED", "", {"A=1"});
    row("stages do not count", "ARG A=1\nFROM x\nARG A=2\nARG B=3", "", {"A=1"});
    row("failed default", "ARG A=${B:?no}\nARG C=x$A", "", {"A", "C=x"});
    row("failed default, overridden", "ARG A=${B:?no}", "A=1", {"A=1"});
}

void TestEvaluation::values()
{
    QFETCH(QString, text);
    QFETCH(QString, overrides);
    QFETCH(QStringList, expected);
    Variables given;
    for (const QString &pair : overrides.split(';', Qt::SkipEmptyParts))
        given[pair.section('=', 0, 0).toStdString()] = pair.section('=', 1).toStdString();
    const Dockerfile file = read(text + "\nFROM x");
    const Evaluation evaluation = evaluateArguments(file, given, "linux/arm64");
    QCOMPARE(dockerfiletest::values(evaluation), expected);
}

void TestEvaluation::references_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("names");
    QTest::newRow("none") << "ARG Z=1" << QStringList{};
    QTest::newRow("two") << "ARG A=1\nARG B=2\nARG Z=$B$A$B" << QStringList{"B", "A"};
    QTest::newRow("unset ones are nothing") << "ARG Z=${X:-1}" << QStringList{};
    QTest::newRow("those below are nothing") << "ARG A=1\nARG Z=$A$B\nARG B=1" << QStringList{"A"};
    QTest::newRow("without a value") << "ARG A\nARG Z=$A" << QStringList{"A"};
    QTest::newRow("of the platform") << "ARG Z=$TARGETARCH" << QStringList{"TARGETARCH"};
    QTest::newRow("quoted") << "ARG Z='$A'" << QStringList{};
    QTest::newRow("through itself") << "ARG A=1\nARG Z=$A\nARG Z=${Z}x" << QStringList{"Z", "A"};
    QTest::newRow("replaced") << "ARG A=1\nARG Z=$A\nARG Z=x" << QStringList{};
}

void TestEvaluation::references()
{
    QFETCH(QString, text);
    QFETCH(QStringList, names);
    const Dockerfile file = read(text + "\nFROM x");
    QCOMPARE(strings(evaluateArguments(file, {}, "linux/amd64").find("Z")->references), names);
    const Evaluation overridden = evaluateArguments(file, {{"Z", "1"}}, "linux/amd64");
    QCOMPARE(strings(overridden.find("Z")->references), QStringList{});
}

void TestEvaluation::linesAndOverrides()
{
    const Dockerfile file = read("ARG A=1\nARG B=2\nARG A\nFROM x");
    const Evaluation evaluation = evaluateArguments(file, {{"B", "3"}}, "linux/amd64");
    QCOMPARE(evaluation.find("A")->line, &file.globalArguments[0]);
    QVERIFY(!evaluation.find("A")->overridden);
    QCOMPARE(evaluation.find("B")->line, &file.globalArguments[1]);
    QVERIFY(evaluation.find("B")->overridden);
    QVERIFY(evaluation.find("C") == nullptr);
    QCOMPARE(evaluation.variables(), (Variables{{"A", "1"}, {"B", "3"}}));
}

void TestEvaluation::problems_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("expected");
    QTest::newRow("bad substitution") << "ARG A=1\nARG B=x${A=2}" << QStringList{"expansion-bad-substitution@2:8"};
    QTest::newRow("required") << "ARG A=${B:?needed}" << QStringList{"expansion-required@1:7"};
    QTest::newRow("required, not ASCII") << QString::fromUtf8("ARG A=é${B:?}") << QStringList{"expansion-required@1:8"};
    QTest::newRow("unclosed") << "ARG A=${B" << QStringList{"expansion-unclosed@1:7"};
    QTest::newRow("quotes are the reader's") << "ARG A='b" << QStringList{};
    QTest::newRow("over lines") << "ARG A=x\\\ny${B:?}" << QStringList{"expansion-required@1:5"};
    QTest::newRow("several") << "ARG A=${B?}\nARG C=${D:?}"
                             << QStringList{"expansion-required@1:7", "expansion-required@2:7"};
}

void TestEvaluation::problems()
{
    QFETCH(QString, text);
    QFETCH(QStringList, expected);
    QCOMPARE(places(evaluateArguments(read(text + "\nFROM x"), {}, "linux/amd64").problems), expected);
}

void TestEvaluation::platforms_data()
{
    QTest::addColumn<QString>("result");
    QTest::newRow("linux/amd64") << "linux/amd64|linux|amd64|";
    QTest::newRow("linux/arm64") << "linux/arm64|linux|arm64|";
    QTest::newRow("linux/arm64/v8") << "linux/arm64|linux|arm64|";
    QTest::newRow("linux/aarch64") << "linux/arm64|linux|arm64|";
    QTest::newRow("linux/x86_64") << "linux/amd64|linux|amd64|";
    QTest::newRow("linux/arm/v7") << "linux/arm/v7|linux|arm|v7";
    QTest::newRow("linux/arm") << "linux/arm/v7|linux|arm|v7";
    QTest::newRow("linux/armel") << "linux/arm/v6|linux|arm|v6";
    QTest::newRow("") << "|||";
}

void TestEvaluation::platforms()
{
    QFETCH(QString, result);
    const Dockerfile file = read("ARG A=\"$TARGETPLATFORM|$TARGETOS|$TARGETARCH|$TARGETVARIANT\"\nFROM x");
    const Evaluation evaluation = evaluateArguments(file, {}, QTest::currentDataTag());
    QCOMPARE(QString::fromStdString(*evaluation.find("A")->value), result);
}

void TestEvaluation::targetStage()
{
    const Dockerfile file = read("ARG A=$TARGETSTAGE\nFROM x AS one\nFROM x AS two");
    QCOMPARE(*evaluateArguments(file, {}, "linux/amd64").find("A")->value, std::string("two"));
    QCOMPARE(*evaluateArguments(file, {}, "linux/amd64", "one").find("A")->value, std::string("one"));
    QCOMPARE(*evaluateArguments(read("ARG A=$TARGETSTAGE\nFROM x"), {}, "").find("A")->value, std::string("default"));
}

void TestEvaluation::predefined()
{
    for (const char *name : {"HTTP_PROXY", "https_proxy", "ALL_PROXY", "no_proxy", "TARGETPLATFORM", "BUILDARCH",
                             "TARGETSTAGE", "TARGETVARIANT"})
        QVERIFY2(isPredefinedArgument(name), name);
    for (const char *name : {"Http_Proxy", "A", "", "targetarch", "BUILDSTAGE"})
        QVERIFY2(!isPredefinedArgument(name), name);
}

void TestEvaluation::doublingIsBounded()
{
    QString text = "ARG A0=xxxxxxxxxx\n";
    for (int i = 1; i <= 60; ++i)
        text += QString("ARG A%1=$A%2$A%2\n").arg(i).arg(i - 1);
    const Dockerfile file = read(text + "FROM x");
    const Evaluation evaluation = evaluateArguments(file, {}, "linux/amd64");
    QCOMPARE(evaluation.find("A16")->value->size(), std::size_t(655360));
    QVERIFY(!evaluation.find("A17")->value);
    QCOMPARE(evaluation.problems.at(0).id, std::string("expansion-too-long"));
    QCOMPARE(*evaluation.find("A18")->value, std::string());
}

void TestEvaluation::manyLongValuesAreBounded()
{
    QString text = "ARG A=" + QString(60000, 'x') + "\n";
    for (int i = 0; i < 20000; ++i)
        text += QString("ARG B%1=$A$A$A$A$A$A$A$A$A$A\n").arg(i);
    const Dockerfile file = read(text + "FROM x");
    const Evaluation evaluation = evaluateArguments(file, {}, "linux/amd64");
    std::size_t bytes = 0;
    for (const EvaluatedArgument &argument : evaluation.arguments)
        bytes += argument.value.value_or("").size();
    QVERIFY(bytes <= std::size_t{16} << 20U);
    QVERIFY(evaluation.problems.size() <= 1000);
    QVERIFY(!evaluation.problems.empty());
}

QTEST_APPLESS_MAIN(TestEvaluation)
#include "tst_evaluation.moc"
