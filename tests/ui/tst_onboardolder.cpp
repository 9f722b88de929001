// The wizards in a pack centre of the older layout.
#include "onboardwindow.h"
#include "testdata.h"

#include <QProcess>
#include <QTreeView>

using namespace runner;
using namespace runner::ui;

class TestOnboardOlder : public OnboardWindow
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        RUNNER_NEEDS_SHARED();
        m_folder = std::make_unique<QTemporaryDir>();
        m_root = m_folder->filePath(QStringLiteral("centre"));
        QVERIFY(QDir().mkpath(m_root));
        QCOMPARE(
            QProcess::execute(QStringLiteral("python3"), {testdata::shared(QStringLiteral("tools/lay-out-workspace")),
                                                          testdata::shared(QStringLiteral("upstream/seed")), m_root}),
            0);
        for (const char *name :
             {"pack/matrix.yaml", "gpustack_runner/runner.py.json"}) // The collection's own are read-only.
            QVERIFY(QFile::setPermissions(m_root + u'/' + QLatin1String(name), QFile::ReadOwner | QFile::WriteOwner));
        write(
            "gpustack_runner/cmds/images.py",
            "_AVAILABLE_BACKENDS = [\n    \"cann\",\n    \"rocm\",\n]\n_AVAILABLE_SERVICES = [\"vllm\", \"mindie\"]\n");
        write(".github/workflows/pack.yml", "on:\n  workflow_dispatch:\n    inputs:\n      backend:\n        "
                                            "options:\n          - all\n          - cann\n"
                                            "      target:\n        options: [services, vllm]\njobs: {}\n");
        start();
    }
    void cleanup() { tearDown(); }

    void aBackend()
    {
        open("onboardBackend");
        answerIdentity();
        nextAnd(&OnboardWindow::nothing);
        QVERIFY(!find<QWidget>("field-variants")->isVisible() && !find<QWidget>("field-variant_arg")->isVisible());
        type("base_image", "docker.io/cambricon/neuware:${NEUWARE_VERSION}-ubuntu22.04");
        picture("older-runtime");
        nextAnd(&OnboardWindow::nothing);
        tick("services", "vllm"); // It keeps no other name.
        type("versions", "0.11.0");
        picture("older-services");
        nextAnd(&OnboardWindow::nothing);
        QVERIFY(!find<QWidget>("field-notes")->isVisible());
        picture("older-details");
        toReview();
        find<QTabWidget>("reviewOutcome")->setCurrentIndex(2);
        picture("older-review");
        expectFiles({"pack/matrix.yaml", "pack/neuware/Dockerfile (new)", ".github/workflows/pack.yml",
                     "gpustack_runner/cmds/images.py"});
        QCOMPARE(find<QTabWidget>("reviewOutcome")->tabText(2),
                 QStringLiteral("&Left to you (3)")); // discard, prune, runner.py are not there
        apply();
        picture("older-next");
        const auto after = bytesBelow(m_root);
        QVERIFY(
            after[QStringLiteral("/.github/workflows/pack.yml")].contains("          - cann\n          - neuware\n"));
        QVERIFY(after[QStringLiteral("/pack/matrix.yaml")].startsWith(m_before[QStringLiteral("/pack/matrix.yaml")]));
        takeBack();
    }

    void aBackendLikeAnother()
    {
        open("onboardBackend");
        choose("model", editor<QComboBox>("model")->findData(QStringLiteral("cann")));
        answerIdentity();
        nextAnd(&OnboardWindow::nothing);
        type("base_image", "docker.io/cambricon/neuware:${NEUWARE_VERSION}-ubuntu22.04");
        picture("older-like-runtime");
        nextAnd(&OnboardWindow::nothing);
        auto *services = editor<QListWidget>("services");
        for (int row = 0; row < services->count(); ++row) {
            services->setCurrentRow(row);
            if (services->item(row)->checkState() == Qt::Checked && editor<QLineEdit>("versions")->text().isEmpty())
                type("versions", "1.2.3");
        }
        picture("older-like-services");
        nextAnd(&OnboardWindow::nothing);
        picture("older-like-details");
        toReview();
        picture("older-like-review");
    }

    void aService()
    {
        open("onboardService");
        type("id", "tei");
        type("name", "TEI");
        type("versions", "1.7.0");
        choose("installation", 1);
        picture("older-service-identity");
        nextAnd(&OnboardWindow::nothing);
        auto *backends = editor<QListWidget>("backends");
        QVERIFY(backends->count() > 0);
        for (const char *backend : {"cuda", "rocm"})
            tick("backends", nameOf(*backends, QLatin1String(backend)).toUtf8().constData());
        picture("older-service-targets");
        nextAnd(&OnboardWindow::nothing);
        toReview();
        picture("older-service-review");
        apply();
        const auto after = bytesBelow(m_root);
        QVERIFY(after[QStringLiteral("/.github/workflows/pack.yml")].contains("options: [services, tei, vllm]"));
        QVERIFY(after[QStringLiteral("/gpustack_runner/cmds/images.py")].contains("\"mindie\", \"tei\"]"));
        takeBack();
    }

private:
    void write(const char *name, const QByteArray &bytes) const
    {
        const QString path = m_root + u'/' + QLatin1String(name);
        QVERIFY(QDir().mkpath(QFileInfo(path).absolutePath()));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    }

    QString nameOf(const QListWidget &list, const QString &id) const
    {
        for (int row = 0; row < list.count(); ++row) {
            if (list.item(row)->text().contains(id, Qt::CaseInsensitive))
                return list.item(row)->text();
        }
        qWarning("no backend is called %s", qPrintable(id));
        return {};
    }

    void expectFiles(const std::vector<const char *> &names) const
    {
        auto *files = find<QListWidget>("reviewFiles");
        QStringList shown;
        for (int row = 0; row < files->count(); ++row)
            shown << files->item(row)->text();
        for (const char *name : names)
            QVERIFY2(shown.contains(QLatin1String(name)), qPrintable(shown.join(QStringLiteral(", "))));
        QCOMPARE(shown.size(), static_cast<qsizetype>(names.size()));
    }
};

QTEST_MAIN(TestOnboardOlder)
#include "tst_onboardolder.moc"
