// runnerctl onboard: examples, diffs, writing, refusals.
#include "ctlfixture.h"

using namespace ctl;

class OnboardTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_state;

    Ran onboard(const Centre &centre, const QStringList &arguments) const
    {
        return centre.run(QStringList{QStringLiteral("onboard")} + arguments, {QStringLiteral("XDG_STATE_HOME=") + m_state.path()});
    }
    static QString spec(const Centre &centre, const QByteArray &text)
    {
        centre.write(QStringLiteral("../spec.yml"), text);
        return centre.path(QStringLiteral("../spec.yml"));
    }

private slots:
    void printsAnExampleThatCanBeUsed()
    {
        const Centre centre;
        const Ran example = onboard(centre, {QStringLiteral("backend"), QStringLiteral("--example")});
        QCOMPARE(example.code, 0);
        QVERIFY(example.out.startsWith("# A backend"));
        const QString file = spec(centre, example.out);
        const Ran shown = onboard(centre, {QStringLiteral("backend"), QStringLiteral("--spec"), file});
        QCOMPARE(shown.code, 0);
        QVERIFY(shown.out.startsWith("--- a/matrix.yml\n"));
        QVERIFY(shown.out.contains("\n+++ b/pack/neuware/Dockerfile\n"));
        QVERIFY(shown.out.contains("    added neuware4.1-mlu590-vllm0.11.0 (linux/amd64, linux/arm64)\n"));
        QVERIFY(!QFile::exists(centre.path(QStringLiteral("pack/neuware"))));
        QCOMPARE(onboard(centre, {QStringLiteral("backend"), QStringLiteral("--spec"), file, QStringLiteral("--write")}).code, 0);
        QVERIFY(centre.run({QStringLiteral("expand"), QStringLiteral("--target"), QStringLiteral("vllm")}).out.contains("neuware4.1-mlu590-vllm0.11.0-linux-arm64"));
        const Ran again = onboard(centre, {QStringLiteral("backend"), QStringLiteral("--spec"), file, QStringLiteral("--write")});
        QCOMPARE(again.code, 1);
        QVERIFY(again.out.isEmpty());
        QVERIFY2(again.err.contains("spec.yml:4:5: error: id: neuware is a backend of this pack centre already"), again.err.constData());
    }

    void printsJson()
    {
        const Centre centre;
        const QString file = spec(centre, onboard(centre, {QStringLiteral("backend"), QStringLiteral("--example")}).out);
        const Ran shown = onboard(centre, {QStringLiteral("backend"), QStringLiteral("--format"), QStringLiteral("json"),
                                           QStringLiteral("--spec"), file});
        QCOMPARE(shown.code, 0);
        const QJsonObject proposal = shown.object();
        QCOMPARE(proposal[QStringLiteral("written")].toBool(true), false);
        QCOMPARE(proposal[QStringLiteral("files")].toArray().size(), 2);
        QCOMPARE(proposal[QStringLiteral("images")].toArray().at(0).toObject()[QStringLiteral("tag")].toString(),
                 QStringLiteral("neuware4.1-mlu590-vllm0.11.0"));
    }

    void refusesWithThePlace()
    {
        const Centre centre;
        const QString file = spec(centre, "id: Neu Ware\nversions: [new]\nnosuch: 1\nservices:\n  - installation: by-magic\n");
        const Ran refused = onboard(centre, {QStringLiteral("backend"), QStringLiteral("--spec"), file});
        QCOMPARE(refused.code, 1);
        QVERIFY2(refused.err.contains("spec.yml:5:19: error: "), refused.err.constData());
        const Ran fields = onboard(centre, {QStringLiteral("backend"), QStringLiteral("--spec"), spec(centre, "id: Neu Ware\nversions: [new]\n")});
        QCOMPARE(fields.code, 1);
        QVERIFY2(fields.err.contains("spec.yml:1:5: error: id: 'Neu Ware' holds a blank"), fields.err.constData());
        QVERIFY2(fields.err.contains("spec.yml:2:12: error: versions[0]: "), fields.err.constData());
        QCOMPARE(onboard(centre, {QStringLiteral("backend"), QStringLiteral("--spec"), spec(centre, "- a\n")}).code, 1);
        QCOMPARE(onboard(centre, {QStringLiteral("backend"), QStringLiteral("--spec"), QStringLiteral("/nosuch")}).code, 1);
        QCOMPARE(onboard(centre, {QStringLiteral("backend")}).code, 2);
        QCOMPARE(onboard(centre, {}).code, 2);
        QCOMPARE(run({QStringLiteral("-C"), m_state.path(), QStringLiteral("onboard"), QStringLiteral("backend"),
                      QStringLiteral("--spec"), file}).code, 3);
    }
};

QTEST_APPLESS_MAIN(OnboardTest)
#include "tst_onboard.moc"
