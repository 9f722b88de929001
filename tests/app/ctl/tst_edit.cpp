// runnerctl edit and the catalogue's commands.
#include "ctlfixture.h"

using namespace ctl;

class EditTest : public QObject
{
    Q_OBJECT

private:
    static QByteArray matrix(const Centre &centre) { return testdata::read(centre.path(QStringLiteral("matrix.yml"))); }

private slots:
    void printsTheDiffAndWritesOnlyWhenAsked()
    {
        const Centre centre;
        const QStringList action{QStringLiteral("set-arg"), QStringLiteral("1"), QStringLiteral("CANN_VERSION=8.6.0")};
        const Ran shown = centre.run(QStringList{QStringLiteral("edit")} + action);
        QCOMPARE(shown.code, 0);
        QVERIFY(shown.out.startsWith("--- a/matrix.yml\n+++ b/matrix.yml\n@@ "));
        QVERIFY(shown.out.contains("\n-    args: [\"CANN_VERSION=8.5.1\", \"CANN_ARCHS=a3\", \"TYPO=1\"]\n"
                                   "+    args: [\"CANN_VERSION=8.6.0\", \"CANN_ARCHS=a3\", \"TYPO=1\"]\n"));
        QCOMPARE(matrix(centre), QByteArray(matrixText));
        QCOMPARE(centre.run(QStringList{QStringLiteral("edit"), QStringLiteral("--write")} + action).code, 0);
        QCOMPARE(matrix(centre), QByteArray(matrixText).replace("8.5.1\", \"CANN_ARCHS", "8.6.0\", \"CANN_ARCHS"));
    }

    void namesAFileElsewhereAsGitDoes()
    {
        const Centre centre;
        const QTemporaryDir elsewhere;
        const QString file = elsewhere.filePath(QStringLiteral("other.yml"));
        QVERIFY(QFile::copy(centre.path(QStringLiteral("matrix.yml")), file));
        const Ran shown = centre.run({QStringLiteral("edit"), QStringLiteral("--file"), file,
                                      QStringLiteral("unset-arg"), QStringLiteral("1"), QStringLiteral("TYPO")});
        QCOMPARE(shown.code, 0);
        QVERIFY2(shown.out.startsWith("--- a" + file.toUtf8() + "\n+++ b" + file.toUtf8() + "\n@@ "),
                 shown.out.constData());
    }

    void doesNotFollowASymlinkOutOfThePackCentre()
    {
        const Centre centre;
        const QTemporaryDir elsewhere;
        const QString file = elsewhere.filePath(QStringLiteral("other.yml"));
        QVERIFY(QFile::rename(centre.path(QStringLiteral("matrix.yml")), file));
        QVERIFY(QFile::link(file, centre.path(QStringLiteral("matrix.yml"))));
        const QStringList edit{QStringLiteral("edit"), QStringLiteral("--write"), QStringLiteral("set-arg"),
                               QStringLiteral("1"), QStringLiteral("A=b")};
        const Ran refused = centre.run(edit);
        QCOMPARE(refused.code, 3);
        QVERIFY2(refused.err.contains("path-outside-workspace"), refused.err.constData());
        QCOMPARE(testdata::read(file), QByteArray(matrixText));
        const Ran done = centre.run(QStringList{edit[0], QStringLiteral("--file"), file} + edit.mid(1));
        QVERIFY2(done.code == 0, done.err.constData());
        QVERIFY(testdata::read(file).contains("A=b"));
    }

    void takesValuesWithADashBehindTwo()
    {
        const Centre centre;
        centre.write(QStringLiteral("matrix.yml"), QByteArray(matrixText).replace("TYPO=1", "EXTRA=-kuae2.1"));
        const Ran unknown =
            centre.run({QStringLiteral("edit"), QStringLiteral("--write"), QStringLiteral("bump"),
                        QStringLiteral("EXTRA"), QStringLiteral("-kuae2.1"), QStringLiteral("-kuae2.2")});
        QCOMPARE(unknown.code, 2);
        QVERIFY2(unknown.err.contains("begins with '-' needs a '--' in front"), unknown.err.constData());
        const Ran done = centre.run({QStringLiteral("edit"), QStringLiteral("--write"), QStringLiteral("bump"),
                                     QStringLiteral("EXTRA"), QStringLiteral("--"), QStringLiteral("-kuae2.1"),
                                     QStringLiteral("-kuae2.2")});
        QVERIFY2(done.code == 0, done.err.constData());
        QCOMPARE(matrix(centre), QByteArray(matrixText).replace("TYPO=1", "EXTRA=-kuae2.2"));
    }

    void refusesWithOne()
    {
        const Centre centre;
        const Ran refused = centre.run({QStringLiteral("edit"), QStringLiteral("--write"), QStringLiteral("unset-arg"),
                                        QStringLiteral("1"), QStringLiteral("NOSUCH")});
        QCOMPARE(refused.code, 1);
        QVERIFY(refused.out.isEmpty());
        QVERIFY(refused.err.contains("[edit-no-such-argument]"));
        QCOMPARE(centre.run({QStringLiteral("edit")}).code, 2);
        QCOMPARE(centre.run({QStringLiteral("edit"), QStringLiteral("remove-rule"), QStringLiteral("0")}).code, 2);
        QCOMPARE(centre
                     .run({QStringLiteral("edit"), QStringLiteral("--file"), QStringLiteral("/nosuch"),
                           QStringLiteral("remove-rule"), QStringLiteral("1")})
                     .code,
                 3);
        QCOMPARE(matrix(centre), QByteArray(matrixText));
    }

    void tellsTheEffect()
    {
        const Centre centre;
        const Ran told = centre.run({QStringLiteral("edit"), QStringLiteral("--effect"), QStringLiteral("--format"),
                                     QStringLiteral("json"), QStringLiteral("set-arg"), QStringLiteral("1"),
                                     QStringLiteral("VLLM_VERSION=0.14.0")});
        QCOMPARE(told.code, 0);
        const QJsonObject change = told.list().at(0).toObject();
        QCOMPARE(change[QStringLiteral("change")].toString(), QStringLiteral("retagged"));
        QCOMPARE(change[QStringLiteral("before_tag")].toString(), QStringLiteral("cann8.5-a3-vllm0.13.0"));
        QCOMPARE(change[QStringLiteral("tag")].toString(), QStringLiteral("cann8.5-a3-vllm0.14.0"));
        QCOMPARE(change[QStringLiteral("rule")].toInt(), 1);
    }

    void tellsTheEffectOnTheCatalogue()
    {
        const Centre centre;
        const auto effect = [&](const char *command, const QStringList &more = {}) {
            return centre
                .run(QStringList{QString::fromLatin1(command), QStringLiteral("--effect"), QStringLiteral("--backend"),
                                 QStringLiteral("cann")}
                     + more)
                .out;
        };
        const auto image = [](const char *change, const char *version) {
            return QByteArray(change) + " gpustack/runner:cann8.5-a3-vllm" + version + " (linux/amd64, linux/arm64)\n";
        };
        QCOMPARE(effect("deprecate"), image("changed", "0.13.0") + "    deprecated: set\n" + image("changed", "0.11.0")
                                          + "    deprecated: set\n");
        QCOMPARE(effect("undeprecate"), image("changed", "0.12.0") + "    deprecated: cleared\n");
        QCOMPARE(effect("unpolish"), image("changed", "0.13.0") + "    polished: cleared\n");
        QCOMPARE(effect("prune"), image("removed", "0.13.0") + image("removed", "0.12.0") + image("removed", "0.11.0"));
        const QJsonObject json =
            QJsonDocument::fromJson(effect("unpolish", {QStringLiteral("--format"), QStringLiteral("json")}))
                .array()
                .at(1)
                .toObject();
        QCOMPARE(json[QStringLiteral("change")].toString(), QStringLiteral("changed"));
        QCOMPARE(json[QStringLiteral("platform")].toString(), QStringLiteral("linux/arm64"));
        QCOMPARE(json[QStringLiteral("deprecated")].toBool(true), false);
        QVERIFY(json[QStringLiteral("original_backend_version")].isNull());
        const QJsonObject mark = json[QStringLiteral("marks")].toArray().at(0).toObject();
        QCOMPARE(mark[QStringLiteral("name")].toString(), QStringLiteral("polished"));
        QCOMPARE(mark[QStringLiteral("set")].toBool(true), false);
        QCOMPARE(matrix(centre), QByteArray(matrixText));
    }

    void changesTheCatalogue()
    {
        const Centre centre;
        const Ran wide =
            centre.run({QStringLiteral("prune"), QStringLiteral("--backend"), QStringLiteral("cann"),
                        QStringLiteral("--service-version"), QStringLiteral("0.13.0"), QStringLiteral("--write")});
        QCOMPARE(wide.code, 1);
        QVERIFY(wide.err.contains("[criteria-too-wide]"));
        QCOMPARE(matrix(centre), QByteArray(matrixText));
        const Ran done =
            centre.run({QStringLiteral("prune"), QStringLiteral("--backend"), QStringLiteral("cann"),
                        QStringLiteral("--service"), QStringLiteral("vllm"), QStringLiteral("--service-version"),
                        QStringLiteral("0.13.0"), QStringLiteral("--write")});
        QCOMPARE(done.code, 0);
        QCOMPARE(matrix(centre),
                 QByteArray(matrixText).replace("        - { version: \"0.13.0\", polished: true }\n", ""));
    }
};

QTEST_APPLESS_MAIN(EditTest)
#include "tst_edit.moc"
