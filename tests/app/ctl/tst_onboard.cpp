// runnerctl onboard: examples, diffs, writing, refusals.
#include "ctlfixture.h"
#include "refusals.h"
#include "unprivileged.h"

#include <QDirIterator>
#include <QMap>

#include <filesystem>
#include <map>

using namespace ctl;
namespace fs = std::filesystem;

namespace {

QByteArray quotedYaml(const std::string &text)
{
    return '"' + QByteArray::fromStdString(text).replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n") + '"';
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
    spec += "versions: " + list(texts["versions"]) + "\nplatforms: " + list(texts["platforms"])
            + "\nvariants: { mlu590: MLU590 }\n";
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
        return centre.run(QStringList{QStringLiteral("onboard")} + arguments,
                          {QStringLiteral("XDG_STATE_HOME=") + m_state.path()});
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
        QCOMPARE(onboard(centre, {QStringLiteral("backend"), QStringLiteral("--spec"), file, QStringLiteral("--write")})
                     .code,
                 0);
        QVERIFY(centre.run({QStringLiteral("expand"), QStringLiteral("--target"), QStringLiteral("vllm")})
                    .out.contains("neuware4.1-mlu590-vllm0.11.0-linux-arm64"));
        const Ran again =
            onboard(centre, {QStringLiteral("backend"), QStringLiteral("--spec"), file, QStringLiteral("--write")});
        QCOMPARE(again.code, 1);
        QVERIFY(again.out.isEmpty());
        QVERIFY2(again.err.contains("spec.yml:4:5: error: id: neuware is a backend of this pack centre already"),
                 again.err.constData());
    }

    void printsJson()
    {
        const Centre centre;
        const QString file =
            spec(centre, onboard(centre, {QStringLiteral("backend"), QStringLiteral("--example")}).out);
        const Ran shown = onboard(centre, {QStringLiteral("backend"), QStringLiteral("--format"),
                                           QStringLiteral("json"), QStringLiteral("--spec"), file});
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
        QByteArray transcript =
            "What `runnerctl onboard backend --spec spec.yml --write` refuses, and what it says then.\n"
            "scripts/golden renews this file.\n";
        for (const refusals::Refusal &refusal : refusals::all()) {
            spec(centre, specWith(refusal));
            const Ran ran =
                onboard(centre, {QStringLiteral("backend"), QStringLiteral("--spec"), file, QStringLiteral("--write")});
            QVERIFY2(ran.code == 1 && ran.out.isEmpty() && !ran.err.isEmpty(), refusal.what);
            QVERIFY2(bytesBelow(centre.path()) == before, refusal.what);
            transcript += '\n' + QByteArray::fromStdString(refusals::titleOf(refusal)) + '\n'
                          + QByteArray(ran.err).replace(file.toUtf8(), "spec.yml");
        }
        refusals::compareGolden(QStringLiteral("tests/data/onboard/refused-by-command.txt"), transcript);
    }

    void theOthersAreSound()
    {
        const Centre centre;
        const Ran ran = onboard(centre, {QStringLiteral("backend"), QStringLiteral("--spec"),
                                         spec(centre, specWith({"", "id", "neuware"}))});
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
        const QByteArray told = "id: The file matrix.yml has to be changed, and it is read-only. Give yourself write "
                                "permission (chmod u+w) "
                                "[onboard-file-read-only]";
        QVERIFY2(readOnly.err.contains("spec.yml:1:5: error: " + told), readOnly.err.constData());
        const Ran shown = onboard(centre, words.first(3));
        QCOMPARE(shown.code, 0);
        QVERIFY2(shown.err.contains("spec.yml:1:5: warning: " + told), shown.err.constData());
        QVERIFY2(
            shown.err.contains("runnerctl: --write would be refused now: what it may not write to is named above\n"),
            shown.err.constData());
        QVERIFY(bytesBelow(centre.path()) == before);
    }

    // Root may write everywhere: then runnerctl is started as nobody.
    void namesTheFolderItMayNotWriteTo()
    {
        const Centre centre;
        const QString file = spec(centre, specWith({"", "id", "neuware"}));
        const QString folder = centre.path(QStringLiteral("pack"));
        const auto open = [](const QString &path, fs::perms mode) { fs::permissions(path.toStdString(), mode); };
        open(folder, fs::perms(0555));
        open(centre.path(), fs::perms(0777));
        open(m_state.path(), fs::perms(0777));
        const auto before = bytesBelow(centre.path());
        const testdata::Unprivileged user;
        const QStringList words{QStringLiteral("backend"), QStringLiteral("--spec"), file};
        const QByteArray told = "id: Nothing can be written to the folder " + folder.toUtf8()
                                + ": Permission denied. Give yourself write permission";
        const Ran shown = onboard(centre, words);
        QVERIFY2(shown.code == 0 && shown.err.contains("spec.yml:1:5: warning: " + told), shown.err.constData());
        const Ran refused = onboard(centre, words + QStringList{QStringLiteral("--write")});
        QVERIFY2(refused.code == 1 && refused.out.isEmpty() && refused.err.contains("spec.yml:1:5: error: " + told),
                 refused.err.constData());
        QVERIFY(bytesBelow(centre.path()) == before);
    }

    void refusesKeysThatNobodyReads()
    {
        const Centre centre;
        const QByteArray sound = specWith({"", "id", "neuware"});
        const QString file = spec(centre, sound + "platfroms: [linux/arm64]\n");
        const QByteArray place = "spec.yml:" + QByteArray::number(sound.count('\n') + 1)
                                 + ":1: error: The key 'platfroms' is not known in the spec. ";
        const auto before = bytesBelow(centre.path());
        for (const QStringList &more : {QStringList(), QStringList{QStringLiteral("--write")}}) {
            const Ran ran =
                onboard(centre, QStringList{QStringLiteral("backend"), QStringLiteral("--spec"), file} + more);
            QVERIFY2(ran.code == 1 && ran.out.isEmpty() && ran.err.contains(place) && ran.err.contains("platforms"),
                     ran.err.constData());
        }
        spec(centre, QByteArray(sound)
                         .replace("    installation:", "    instalation:")
                         .replace("id: \"neuware\"", "id: \"neu/ware\""));
        const Ran both = onboard(centre, {QStringLiteral("backend"), QStringLiteral("--spec"), file});
        QCOMPARE(both.code, 1);
        QVERIFY2(both.err.contains(":12:5: error: The key 'instalation' is not known in a service"),
                 both.err.constData());
        QVERIFY2(both.err.contains(":1:5: error: id: 'neu/ware' holds"),
                 both.err.constData()); // all that is wrong at once
        QVERIFY(bytesBelow(centre.path()) == before);
    }

    // What would be wrong once it is written is refused, and written only for those who say so.
    void refusesToWriteErrors()
    {
        const Centre centre;
        const QByteArray wrong =
            specWith({"", "id", "neuware"})
                .replace(
                    "installation: contained",
                    "installation: own-stages\n    stages: "
                        + quotedYaml(
                            "FROM ${VLLM_BASE_IMAGE} AS vllm\nARG VLLM_VERSION\nCOPY nosuch.txt /${VLLM_VERSION}\n"))
                .replace("    package: \"vllm\"\n", "");
        const QStringList words{QStringLiteral("backend"), QStringLiteral("--spec"), spec(centre, wrong)};
        const QStringList write = words + QStringList{QStringLiteral("--write")};
        const auto before = bytesBelow(centre.path());
        const Ran shown = onboard(centre, words);
        QVERIFY2(shown.code == 0 && shown.err.contains("--write would be refused now, without --even-with-errors"),
                 shown.err.constData());
        const Ran refused = onboard(centre, write);
        QVERIFY2(refused.code == 1 && refused.out.isEmpty(), refused.err.constData());
        QVERIFY2(refused.err.contains(": error: ") && refused.err.contains("--even-with-errors"),
                 refused.err.constData());
        QVERIFY(bytesBelow(centre.path()) == before);
        QCOMPARE(onboard(centre, words + QStringList{QStringLiteral("--even-with-errors")}).code, 2); // of no use alone
        const Ran written = onboard(centre, write + QStringList{QStringLiteral("--even-with-errors")});
        QVERIFY2(written.code == 0 && written.out.contains("Checks:\n"), written.err.constData());
        QVERIFY(QFile::exists(centre.path(QStringLiteral("pack/neuware/Dockerfile"))));
    }

    void readsStandardInput()
    {
        const Centre centre;
        const QStringList words{QStringLiteral("onboard"), QStringLiteral("backend"), QStringLiteral("--spec"),
                                QStringLiteral("-")};
        const Ran good = centre.run(words, {}, specWith({"", "id", "neuware"}));
        QVERIFY2(good.code == 0 && good.out.contains("+++ b/pack/neuware/Dockerfile"), good.err.constData());
        const Ran bad = centre.run(words, {}, specWith({"", "id", "Neuware"}));
        QVERIFY2(bad.code == 1 && bad.err.startsWith("standard input:1:5: error: id: 'Neuware' holds capitals"),
                 bad.err.constData());
    }

    // What could not be read is not called empty besides.
    void tellsOnceWhatCannotBeRead()
    {
        const Centre centre;
        const QByteArray sound = specWith({"", "id", "neuware"});
        const Ran ran = onboard(centre, {QStringLiteral("backend"), QStringLiteral("--spec"),
                                         spec(centre, QByteArray(sound).replace("id: \"neuware\"", "id: [a]"))});
        QCOMPARE(ran.code, 1);
        QVERIFY2(ran.err.count("spec.yml:1:5: error: ") == 1, ran.err.constData());
    }

    void anExampleIsNotWritten()
    {
        const Centre centre;
        QCOMPARE(
            onboard(centre, {QStringLiteral("backend"), QStringLiteral("--example"), QStringLiteral("--write")}).code,
            2);
    }

    void anInterruptedChangeIsToldAndEnded()
    {
        const Centre centre;
        const auto ctl = [&](const QStringList &words) {
            return centre.run(words, {QStringLiteral("XDG_STATE_HOME=") + m_state.path()});
        };
        const QStringList write{QStringLiteral("onboard"), QStringLiteral("backend"), QStringLiteral("--write"),
                                QStringLiteral("--spec"), spec(centre, specWith({"", "id", "neuware"}))};
        QCOMPARE(ctl(write).code, 0); // Where its journal was, the next one is.
        const QStringList expand{QStringLiteral("expand"), QStringLiteral("--target"), QStringLiteral("services")};
        QVERIFY(!ctl({QStringLiteral("check")}).out.contains("interrupted"));
        const int codeOfExpand = ctl(expand).code;
        const QDir changes(m_state.filePath(QStringLiteral("runner-console/changes")));
        const QStringList locks = changes.entryList({QStringLiteral("*.lock")}, QDir::Files, QDir::Time);
        QVERIFY(!locks.isEmpty());
        centre.write(QStringLiteral("pack/.new.1.saving"), "FROM scratch\n");
        const QJsonArray steps{QJsonObject{{"file", "pack/new"}, {"temporary", ".new.1.saving"}, {"before", ""}}};
        centre.write(
            QDir(centre.path()).relativeFilePath(changes.filePath(locks.first().chopped(5))),
            QJsonDocument(QJsonObject{{"root", centre.path()}, {"committed", true}, {"steps", steps}}).toJson());
        const QByteArray told = "A change of several files was interrupted, and is not ended yet: pack/new. Open the "
                                "pack centre in the window "
                                "or run runnerctl resume";
        const Ran checked = ctl({QStringLiteral("check")});
        QVERIFY2(checked.code == 1 && checked.out.contains(told), checked.out.constData());
        const Ran expanded = ctl(expand);
        QVERIFY2(expanded.code == 1 && expanded.err.contains(told) && !expanded.out.isEmpty(),
                 expanded.err.constData());
        QVERIFY(!QFile::exists(centre.path(QStringLiteral("pack/new")))); // only told
        const Ran resumed = ctl({QStringLiteral("resume")});
        QVERIFY2(resumed.code == 0 && resumed.err.contains("has been completed"), resumed.err.constData());
        QVERIFY(QFile::exists(centre.path(QStringLiteral("pack/new"))));
        QCOMPARE(ctl(expand).code, codeOfExpand);
        const Ran nothing = ctl({QStringLiteral("resume")});
        QVERIFY2(nothing.code == 0 && nothing.err.contains("no change was interrupted"), nothing.err.constData());
    }

    void refusesWithThePlace()
    {
        const Centre centre;
        const QString file =
            spec(centre, "id: Neu Ware\nversions: [new]\nnosuch: 1\nservices:\n  - installation: by-magic\n");
        const Ran refused = onboard(centre, {QStringLiteral("backend"), QStringLiteral("--spec"), file});
        QCOMPARE(refused.code, 1);
        QVERIFY2(refused.err.contains("spec.yml:5:19: error: "), refused.err.constData());
        const Ran fields = onboard(centre, {QStringLiteral("backend"), QStringLiteral("--spec"),
                                            spec(centre, "id: Neu Ware\nversions: [new]\n")});
        QCOMPARE(fields.code, 1);
        QVERIFY2(fields.err.contains("spec.yml:1:5: error: id: 'Neu Ware' holds a blank"), fields.err.constData());
        QVERIFY2(fields.err.contains("spec.yml:2:12: error: versions[0]: "), fields.err.constData());
        QCOMPARE(onboard(centre, {QStringLiteral("backend"), QStringLiteral("--spec"), spec(centre, "- a\n")}).code, 1);
        QCOMPARE(onboard(centre, {QStringLiteral("backend"), QStringLiteral("--spec"), QStringLiteral("/nosuch")}).code,
                 1);
        QCOMPARE(onboard(centre, {QStringLiteral("backend")}).code, 2);
        QCOMPARE(onboard(centre, {}).code, 2);
        QCOMPARE(run({QStringLiteral("-C"), m_state.path(), QStringLiteral("onboard"), QStringLiteral("backend"),
                      QStringLiteral("--spec"), file})
                     .code,
                 3);
    }
};

QTEST_APPLESS_MAIN(OnboardTest)
#include "tst_onboard.moc"
