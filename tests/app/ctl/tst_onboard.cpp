// runnerctl onboard: examples, diffs, writing, refusals.
#include "ctlfixture.h"
#include "refusals.h"

#include <QDirIterator>
#include <QMap>

#include <map>

using namespace ctl;

namespace {

QByteArray quotedYaml(const std::string &text)
{
    return '"' + QByteArray::fromStdString(text).replace('\\', "\\\\").replace('"', "\\\"") + '"';
}

QByteArray list(const std::string &texts)
{
    QByteArrayList items;
    for (const QString &text : QString::fromStdString(texts).split(QStringLiteral(", "), Qt::SkipEmptyParts))
        items << quotedYaml(text.toStdString());
    return '[' + items.join(", ") + ']';
}

/// A sound spec but for one field.
QByteArray specWith(const refusals::Refusal &refusal)
{
    std::map<std::string, std::string> texts{{"id", "neuware"},
                                             {"name", "Cambricon Neuware"},
                                             {"home", "/usr/local/neuware"},
                                             {"versions", "4.1.0"},
                                             {"base_image", "cambricon/pytorch:${NEUWARE_VERSION}"},
                                             {"python", "3.10"},
                                             {"platforms", "linux/amd64, linux/arm64"},
                                             {"variant_arg", "NEUWARE_ARCHS"},
                                             {"service-versions", "0.11.0"},
                                             {"service-package", "vllm"},
                                             {"service-base_image", ""}};
    texts[refusal.field] = refusal.value;
    QByteArray spec;
    for (const char *field : {"id", "name", "home", "base_image", "python", "variant_arg"})
        spec += QByteArray(field) + ": " + quotedYaml(texts[field]) + '\n';
    spec += "versions: " + list(texts["versions"]) + "\nplatforms: " + list(texts["platforms"]) + "\nvariants: { mlu590: MLU590 }\n";
    spec += "services:\n  - id: vllm\n    installation: contained\n    versions: " + list(texts["service-versions"])
        + "\n    package: " + quotedYaml(texts["service-package"]) + '\n';
    if (!texts["service-base_image"].empty())
        spec += "    base_image: " + quotedYaml(texts["service-base_image"]) + '\n';
    return spec;
}

QMap<QString, QByteArray> bytesBelow(const QString &folder)
{
    QMap<QString, QByteArray> bytes;
    QDirIterator all(folder, QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot, QDirIterator::Subdirectories);
    while (all.hasNext()) {
        const QFileInfo entry(all.next());
        bytes[entry.filePath()] = entry.isDir() ? QByteArray("(folder)") : testdata::read(entry.filePath());
    }
    return bytes;
}

} // namespace

class OnboardTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_state;

    Ran onboard(const Centre &centre, const QStringList &arguments) const
    {
        return centre.run(QStringList{QStringLiteral("onboard")} + arguments, {QStringLiteral("XDG_STATE_HOME=") + m_state.path()});
    }
    QString spec(const Centre &centre, const QByteArray &text) const
    {
        const QString file = m_state.filePath(QStringLiteral("spec.yml"));
        centre.write(QDir(centre.path()).relativeFilePath(file), text);
        return file;
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

    // Each is refused with the reason, and nothing is written: --write is given.
    void refusesWhatIsWrong()
    {
        const Centre centre;
        QVERIFY(QDir().mkpath(centre.path(QStringLiteral("pack/hollow"))));
        const QString file = spec(centre, "");
        const auto before = bytesBelow(centre.path());
        QByteArray transcript = "What `runnerctl onboard backend --spec spec.yml --write` refuses, and what it says then.\n"
                                "scripts/golden renews this file.\n";
        for (const refusals::Refusal &refusal : refusals::all()) {
            spec(centre, specWith(refusal));
            const Ran ran = onboard(centre, {QStringLiteral("backend"), QStringLiteral("--spec"), file, QStringLiteral("--write")});
            QVERIFY2(ran.code == 1 && ran.out.isEmpty() && !ran.err.isEmpty(), refusal.what);
            QVERIFY2(bytesBelow(centre.path()) == before, refusal.what);
            transcript += '\n' + QByteArray::fromStdString(refusals::titleOf(refusal)) + '\n' + QByteArray(ran.err).replace(file.toUtf8(), "spec.yml");
        }
        refusals::compareGolden(QStringLiteral("tests/data/onboard/refused-by-command.txt"), transcript);
    }

    void theOthersAreSound()
    {
        const Centre centre;
        const Ran ran = onboard(centre, {QStringLiteral("backend"), QStringLiteral("--spec"), spec(centre, specWith({"", "id", "neuware"}))});
        QVERIFY2(ran.code == 0, ran.err.constData());
    }

    void refusesWhatItMayNotWrite()
    {
        const Centre centre;
        const QString file = spec(centre, specWith({"", "id", "neuware"}));
        const QStringList words{QStringLiteral("backend"), QStringLiteral("--spec"), file, QStringLiteral("--write")};
        QVERIFY(QFile::setPermissions(centre.path(QStringLiteral("matrix.yml")), QFile::ReadOwner));
        const auto before = bytesBelow(centre.path());
        const Ran readOnly = onboard(centre, words);
        QCOMPARE(readOnly.code, 1);
        QVERIFY2(readOnly.err.contains("matrix.yml: error: The file cannot be saved: it is read-only. Give yourself write permission (chmod u+w), "
                                      "then repeat the change [file-read-only]"),
                 readOnly.err.constData());
        QVERIFY(bytesBelow(centre.path()) == before);
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
