// runnerctl edit and the catalogue's commands with values and numbers that are asking for trouble: refused with the
// reason, or in the file as another YAML reader reads it.
#include "ctlfixture.h"
#include "obstacles.h"

#include <memory>

using namespace ctl;

namespace {

/// PyYAML in a process that reads one file after the other.
class PyYaml
{
public:
    PyYaml()
    {
        const QString script = QStringLiteral(R"(
import json, sys, yaml
loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
for line in sys.stdin:
    with open(line.rstrip("\n"), encoding="utf-8", newline="") as file:
        print(json.dumps(yaml.load(file, loader)), flush=True)
)");
        m_python.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_python.start(QStringLiteral("python3"), {QStringLiteral("-c"), script});
    }
    ~PyYaml()
    {
        m_python.closeWriteChannel();
        m_python.waitForFinished();
    }

    /// Empty where it cannot be read; stderr says why.
    QJsonObject read(const QString &file)
    {
        m_python.write(file.toUtf8() + '\n');
        while (!m_python.canReadLine() && m_python.waitForReadyRead()) {
        }
        return QJsonDocument::fromJson(m_python.readLine()).object();
    }

private:
    QProcess m_python;
};

} // namespace

class EditValuesTest : public QObject
{
    Q_OBJECT

private:
    static QByteArray matrix(const Centre &centre) { return testdata::read(centre.path(QStringLiteral("matrix.yml"))); }

    std::unique_ptr<PyYaml> m_python;

    QJsonObject ruleOf(const Centre &centre, int number)
    {
        return m_python->read(centre.path(QStringLiteral("matrix.yml")))[QStringLiteral("rules")]
            .toArray()
            .at(number - 1)
            .toObject();
    }

    static QStringList edit(const QStringList &action)
    {
        return QStringList{QStringLiteral("edit"), QStringLiteral("--write")} + action;
    }

private slots:
    void initTestCase()
    {
        QProcess python;
        python.start(QStringLiteral("python3"), {QStringLiteral("-c"), QStringLiteral("import yaml")});
        if (finish(python).code != 0)
            QSKIP("python3 has no module yaml (package python3-yaml)");
        m_python = std::make_unique<PyYaml>();
    }
    void cleanupTestCase() { m_python.reset(); }

    void values_data()
    {
        QTest::addColumn<QString>("value");
        QTest::newRow("empty") << QString();
        QTest::newRow("double quotes") << QStringLiteral("a \"b\" c");
        QTest::newRow("single quotes") << QStringLiteral("it's 'so'");
        QTest::newRow("colon") << QStringLiteral("a: b");
        QTest::newRow("colon at the end") << QStringLiteral("a:");
        QTest::newRow("hash") << QStringLiteral("a#b");
        QTest::newRow("hash after a blank") << QStringLiteral("a # b");
        QTest::newRow("leading blanks") << QStringLiteral("   a");
        QTest::newRow("trailing blanks") << QStringLiteral("a   ");
        QTest::newRow("only blanks") << QStringLiteral("  ");
        for (const char *word :
             {"no", "null", "~", "1.10", "true", "0x10", "1e3", "2024-01-01", "=", "<<", "---", "..."})
            QTest::newRow(word) << QString::fromLatin1(word);
        QTest::newRow("newline") << QStringLiteral("a\nb");
        QTest::newRow("newlines at both ends") << QStringLiteral("\n\na\n\n");
        QTest::newRow("carriage return") << QStringLiteral("a\r\nb\rc");
        QTest::newRow("tab") << QStringLiteral("\ta\t");
        QTest::newRow("emoji") << QStringLiteral("😀 ä €");
        QTest::newRow("backslashes") << QStringLiteral("\\n \\ \\\\");
        QTest::newRow("brackets") << QStringLiteral("[a, {b: c}]");
        QTest::newRow("anchor and alias") << QStringLiteral("&a *b !c");
        QTest::newRow("escape") << QStringLiteral("\x1b[31m");
        QTest::newRow("line separator") << QStringLiteral("a\u2028b\u2029c");
        QTest::newRow("next line") << QStringLiteral("a\u0085b");
        QTest::newRow("no-break space") << QStringLiteral("\u00a0a\u00a0");
        QTest::newRow("byte-order mark") << QStringLiteral("\ufeffa");
        QTest::newRow("100 kB") << QString(100000, u'x');
        QTest::newRow("100 kB of words") << QStringLiteral("a word: # ").repeated(10000);
    }

    /// In a list of brackets and in a block one; a value that was there, and one that is new.
    void values()
    {
        QFETCH(QString, value);
        for (const QByteArray &text :
             {QByteArray(matrixText), QByteArray(matrixText).replace("\"TYPO=1\"]", "'TYPO=1']")}) {
            const Centre centre;
            centre.write(QStringLiteral("matrix.yml"), text);
            for (const QString &name : {QStringLiteral("TYPO"), QStringLiteral("NEW")}) {
                const Ran ran = centre.run(edit({QStringLiteral("set-arg"), QStringLiteral("1"), name + u'=' + value}));
                QVERIFY2(ran.code == 0, ran.err.left(500).constData());
            }
            QStringList wanted{QStringLiteral("CANN_VERSION=8.5.1"), QStringLiteral("CANN_ARCHS=a3"),
                               QStringLiteral("TYPO=") + value, QStringLiteral("NEW=") + value};
            QCOMPARE(ruleOf(centre, 1)[QStringLiteral("args")].toArray(), QJsonArray::fromStringList(wanted));
            QCOMPARE(centre.run(edit({QStringLiteral("unset-arg"), QStringLiteral("1"), QStringLiteral("NEW")})).code,
                     0);
            QCOMPARE(centre.run(edit({QStringLiteral("set-arg"), QStringLiteral("1"), QStringLiteral("TYPO=1")})).code,
                     0);
            QCOMPARE(ruleOf(centre, 1)[QStringLiteral("args")].toArray().at(2).toString(), QStringLiteral("TYPO=1"));
        }
    }

    void namesOfOtherThings_data()
    {
        QTest::addColumn<QStringList>("action");
        QTest::addColumn<QString>("key");
        for (const char *name : {"no", "null", "1.10", "a: b", "a # b", "😀"}) {
            const QString text = QString::fromUtf8(name);
            QTest::addRow("service %s", name)
                << QStringList{QStringLiteral("add-service"), QStringLiteral("1"), text} << QStringLiteral("services");
            QTest::addRow("platform %s", name) << QStringList{QStringLiteral("add-platform"), QStringLiteral("2"), text}
                                               << QStringLiteral("platforms");
        }
    }

    void namesOfOtherThings()
    {
        QFETCH(QStringList, action);
        QFETCH(QString, key);
        const Centre centre;
        const Ran ran = centre.run(edit(action));
        const int number = action[1].toInt();
        if (ran.code == 0) {
            QCOMPARE(ruleOf(centre, number)[key].toArray().last().toString(), action.last());
            return;
        }
        QCOMPARE(ran.code, 1);
        QVERIFY2(ran.err.contains("[edit-"), ran.err.constData());
        QCOMPARE(matrix(centre), QByteArray(matrixText));
    }

    void wholeRules()
    {
        const Centre centre;
        const Ran ran =
            centre.run(edit({QStringLiteral("add-rule"), QStringLiteral("no"), QStringLiteral("--service"),
                             QStringLiteral("null"), QStringLiteral("--service"), QStringLiteral("1.10"),
                             QStringLiteral("--platform"), QStringLiteral("linux/arm64"), QStringLiteral("--arg"),
                             QStringLiteral("A= # 1\n2"), QStringLiteral("--after"), QStringLiteral("1")}));
        QVERIFY2(ran.code == 0, ran.err.constData());
        const QJsonObject rule = ruleOf(centre, 2);
        QCOMPARE(rule[QStringLiteral("backend")].toString(), QStringLiteral("no"));
        QCOMPARE(rule[QStringLiteral("services")].toArray(),
                 (QJsonArray{QStringLiteral("null"), QStringLiteral("1.10")}));
        QCOMPARE(rule[QStringLiteral("platforms")].toArray(), QJsonArray{QStringLiteral("linux/arm64")});
        QCOMPARE(rule[QStringLiteral("args")].toArray(), QJsonArray{QStringLiteral("A= # 1\n2")});
        QCOMPARE(centre.run(edit({QStringLiteral("remove-rule"), QStringLiteral("2")})).code, 0);
        QCOMPARE(matrix(centre), QByteArray(matrixText));
    }

    void numbers_data()
    {
        QTest::addColumn<QString>("number");
        QTest::addColumn<int>("code");
        for (const char *wrong : {"0", "-1", "abc", "1.5", "", " 1", "+1", "0x1", "1e0", "1x", "99999999999999999999"})
            QTest::newRow(wrong) << QString::fromLatin1(wrong) << 2;
        QTest::newRow("999") << QStringLiteral("999") << 1;
    }

    /// Of every action that takes one.
    void numbers()
    {
        QFETCH(QString, number);
        QFETCH(int, code);
        const Centre centre;
        const QList<QStringList> actions{
            {QStringLiteral("set-arg"), number, QStringLiteral("A=1")},
            {QStringLiteral("unset-arg"), number, QStringLiteral("A")},
            {QStringLiteral("rename-arg"), number, QStringLiteral("A"), QStringLiteral("B")},
            {QStringLiteral("add-service"), number, QStringLiteral("sglang")},
            {QStringLiteral("remove-service"), number, QStringLiteral("vllm")},
            {QStringLiteral("add-platform"), number, QStringLiteral("linux/arm64")},
            {QStringLiteral("remove-platform"), number, QStringLiteral("linux/arm64")},
            {QStringLiteral("add-rule"), QStringLiteral("cuda"), QStringLiteral("--service=vllm"),
             QStringLiteral("--after"), number},
            {QStringLiteral("duplicate-rule"), number},
            {QStringLiteral("move-rule"), number, QStringLiteral("1")},
            {QStringLiteral("move-rule"), QStringLiteral("1"), number},
            {QStringLiteral("remove-rule"), number},
            {QStringLiteral("disable-rule"), number},
            {QStringLiteral("enable-rule"), number}};
        for (const QStringList &action : actions) {
            const Ran ran = centre.run(edit(action));
            const QByteArray what = action.join(u' ').toUtf8() + ": " + ran.err;
            QVERIFY2(ran.code == code, what.constData());
            QVERIFY2(ran.out.isEmpty(), what.constData());
            const QByteArray reason =
                code == 2 ? QByteArray("is not a number from 1") : QByteArray("[edit-no-such-rule]");
            QVERIFY2(ran.err.contains(reason), what.constData());
            QVERIFY2(ran.err.count('\n') <= 2, what.constData());
        }
        QCOMPARE(matrix(centre), QByteArray(matrixText));
    }

    void unknownActions()
    {
        const Centre centre;
        const Ran ran = centre.run({QStringLiteral("edit"), QStringLiteral("frobnicate"), QStringLiteral("1")});
        QCOMPARE(ran.code, 2);
        QVERIFY2(ran.err.contains("'frobnicate'"), ran.err.constData());
        const Ran command = centre.run({QStringLiteral("frobnicate")});
        QCOMPARE(command.code, 2);
        QVERIFY2(command.err.contains("'frobnicate'"), command.err.constData());
    }

    void criteria_data()
    {
        QTest::addColumn<QString>("value");
        for (const char *value :
             {"no", "null", "1.10", "", " cann", "cann ", "cann\n", "😀", "cann: #", "CANN", "%", "*", ".*"})
            QTest::newRow(value) << QString::fromUtf8(value);
        QTest::newRow("100 kB") << QString(100000, u'x');
    }

    /// What matches nothing changes nothing, and an empty criterion is none: never more than was typed.
    void criteria()
    {
        QFETCH(QString, value);
        const Centre centre;
        for (const char *command : {"deprecate", "undeprecate", "polish", "unpolish", "prune"}) {
            for (const char *option :
                 {"--backend", "--service", "--backend-version", "--service-version", "--backend-variant"}) {
                const Ran ran = centre.run({QString::fromLatin1(command), QStringLiteral("--write"),
                                            QString::fromLatin1(option) + u'=' + value});
                const QByteArray what = QByteArray(command) + " " + option + ": " + ran.err.left(300);
                QVERIFY2(ran.code == 1, what.constData());
                QVERIFY2(ran.err.contains("[criteria-too-wide]") || ran.err.contains("[edit-no-effect]")
                             || ran.err.contains("[criteria-"),
                         what.constData());
            }
        }
        QCOMPARE(matrix(centre), QByteArray(matrixText));
    }

    void mergeOfNonsense_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("no JSON") << QByteArray("rules: [");
        QTest::newRow("no list") << QByteArray("{}");
        QTest::newRow("no objects") << QByteArray("[1, null, \"a\"]");
        QTest::newRow("empty objects") << QByteArray("[{}]");
        QTest::newRow("NUL") << QByteArray("[\0]", 3);
        QTest::newRow("no UTF-8") << QByteArray("[\"\xff\"]");
        QTest::newRow("deep") << QByteArray(100000, '[');
    }

    void mergeOfNonsense()
    {
        QFETCH(QByteArray, json);
        const Centre centre;
        const Ran ran = centre.run({QStringLiteral("merge"), QStringLiteral("--write")}, {}, json);
        QVERIFY2(ran.code == 1, ran.err.constData());
        QVERIFY2(ran.err.contains("standard input"), ran.err.constData());
        QCOMPARE(matrix(centre), QByteArray(matrixText));
    }

    void mergeTwice()
    {
        const Centre centre;
        const QByteArray jobs = centre
                                    .run({QStringLiteral("expand"), QStringLiteral("--target"), QStringLiteral("vllm"),
                                          QStringLiteral("--for-release")})
                                    .out;
        const Ran first = centre.run({QStringLiteral("merge"), QStringLiteral("--write")}, {}, jobs);
        QVERIFY2(first.code == 0 && matrix(centre) != matrixText, first.err.constData());
        const QByteArray merged = matrix(centre);
        const Ran again = centre.run({QStringLiteral("merge"), QStringLiteral("--write")}, {}, jobs);
        QCOMPARE(again.code, 0);
        QCOMPARE(again.out, QByteArray());
        QVERIFY2(again.err.contains("nothing to merge"), again.err.constData());
        const Ran effect = centre.run({QStringLiteral("merge"), QStringLiteral("--effect")}, {}, jobs);
        QCOMPARE(effect.code, 0);
        QCOMPARE(effect.out, QByteArray("no image is affected\n"));
        QVERIFY2(effect.err.contains("nothing to merge"), effect.err.constData());
        QCOMPARE(matrix(centre), merged);
    }

    /// The file on disk is whole, and what happened is told.
    void whatCannotBeSaved()
    {
        const Centre centre;
        const QString file = centre.path(QStringLiteral("matrix.yml"));
        const QStringList action = edit({QStringLiteral("set-arg"), QStringLiteral("1"), QStringLiteral("A=1")});
        QVERIFY(QFile::setPermissions(file, QFile::ReadOwner));
        QCOMPARE(centre.run(action).code, 1);
        QVERIFY(centre.run(action).err.contains("[file-read-only]"));
        QVERIFY(QFile::setPermissions(file, QFile::ReadOwner | QFile::WriteOwner));
        const QString script = QStringLiteral("ulimit -f 0; exec \"$CTL\" -C \"$1\" edit --write set-arg 1 A=1");
        const Ran full = ctl::shell(script, centre.path());
        QCOMPARE(full.code, 1);
        QVERIFY2(full.err.contains("[file-unwritable]") && full.err.contains("ulimit"), full.err.constData());
        QCOMPARE(matrix(centre), QByteArray(matrixText));
        QCOMPARE(QDir(centre.path()).entryList({QStringLiteral("*.saving")}, QDir::Files | QDir::Hidden),
                 QStringList());
        QVERIFY(QFile::remove(file));
        QCOMPARE(centre.run(action).code, 3);
        QVERIFY(!QFile::exists(file));
    }

    void aFullDisk()
    {
        QTemporaryDir folder;
        const obstacles::SmallDisk disk(folder.path().toStdString(), "64k");
        if (!disk.isMounted())
            QSKIP("a small disk cannot be mounted here");
        QFile file(folder.filePath(QStringLiteral("matrix.yml")));
        const QByteArray before = QByteArray(matrixText) + "# " + QByteArray(40000, 'x') + "\n";
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(before) == before.size());
        file.close();
        const Ran ran = ctl::run(edit({QStringLiteral("--file"), file.fileName(), QStringLiteral("set-arg"),
                                       QStringLiteral("1"), QStringLiteral("A=1")}));
        QCOMPARE(ran.code, 1);
        QVERIFY2(ran.err.contains("[disk-full]"), ran.err.constData());
        QCOMPARE(testdata::read(file.fileName()), before);
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
    }
};

QTEST_APPLESS_MAIN(EditValuesTest)
#include "tst_editvalues.moc"
