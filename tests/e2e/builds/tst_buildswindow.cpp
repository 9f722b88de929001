// A plan of two images and their manifests, carried out by clicks and keys in the main window: on a real BuildKit, into
// a real registry. Runs itself in `scripts/sandbox run`; where that cannot start, it is skipped and the sandbox says
// why. With RUNNER_PICTURES set to a folder, pictures of the window are left there.
#include "insandbox.h"
#include "sandboxcentre.h"

#include "builds/buildlistmodel.h"
#include "builds/buildpage.h"
#include "builds/buildsplace.h"
#include "builds/planmodel.h"
#include "builds/planpage.h"
#include "log/logpane.h"
#include "log/logview.h"
#include "matrix/matrixplace.h"
#include "window/mainwindow.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QTreeView>

using namespace runner;
using namespace runner::ui;

class TestBuildsWindow : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY2(e2e::makeBaseImage(QProcessEnvironment::systemEnvironment()), "no base image"); }
    void cleanupTestCase() { e2e::removeBaseImage(QProcessEnvironment::systemEnvironment()); }

    void twoRulesToTheRegistry()
    {
        const e2e::SandboxCentre centre("FROM " + e2e::base
                                        + " AS vllm\nARG VLLM_VERSION\nRUN for i in 1 2 3 4 5; do echo part $i of "
                                          "${VLLM_VERSION}; sleep 0.3; done\n"
                                          "RUN echo ${VLLM_VERSION} > /version\n");
        qputenv("XDG_STATE_HOME", centre.environment.value(QStringLiteral("XDG_STATE_HOME")).toUtf8());
        Settings settings(centre.path(QStringLiteral("settings.ini")));
        MainWindow window(settings);
        m_window = &window;
        window.show();
        QSignalSpy loaded(window.loader(), &WorkspaceLoader::loaded);
        window.openFolder(centre.path());
        QVERIFY(loaded.count() > 0 || loaded.wait(20000));

        QVERIFY(window.showPlace(QStringLiteral("matrix")));
        auto *matrix = qobject_cast<MatrixPlace *>(window.currentPlace());
        QTRY_VERIFY(matrix->rules()->rowCount() > 0);
        matrix->selectRules({{0, false}, {1, false}});
        QTest::keyClick(&window, Qt::Key_B, Qt::ControlModifier);
        auto *place = qobject_cast<BuildsPlace *>(window.currentPlace());
        QVERIFY(place);
        QCOMPARE(place->plan()->model()->ticked().size(), 2U);
        child<QComboBox>("planOutput")->setCurrentIndex(1);
        click(child<QCheckBox>("planManifests"));
        click(child<QCheckBox>("planCacheFrom"));
        click(child<QCheckBox>("planCacheTo"));
        child<QLineEdit>("planLimits")->clear(); // A machine may not allow them.
        auto *start = child<QPushButton>("planStart");
        QTRY_VERIFY_WITH_TIMEOUT(start->isEnabled(), 20000);
        QTRY_COMPARE(start->text(), QStringLiteral("&Start 2 builds"));
        picture("plan");
        QTest::mouseClick(start, Qt::LeftButton);

        QTRY_COMPARE_WITH_TIMEOUT(place->model()->index(0).data(BuildListModel::OutcomeRole).toInt(), -2,
                                  20000); // The second waits.
        QTRY_VERIFY_WITH_TIMEOUT(place->model()->rowCount() == 2 && place->model()->record(place->model()->index(1)),
                                 20000);
        child<QListView>("buildList")->setCurrentIndex(place->model()->index(1));
        QTRY_VERIFY_WITH_TIMEOUT(place->page()->log()->view()->rows() > 3, 60000);
        picture("running");
        auto *card = child<QLabel>("planCardText");
        QTRY_VERIFY2_WITH_TIMEOUT(card->text().contains(QStringLiteral("2 of 2 tags for all platforms made")),
                                  qPrintable(card->text()), 120000);
        child<QListView>("buildList")->setCurrentIndex(place->model()->index(0));
        QTRY_VERIFY(child<QLabel>("buildSummary")->text().contains(QStringLiteral("sha256:")));
        QVERIFY2(child<QLabel>("buildSummary")->text().contains(QStringLiteral(" MB")),
                 qPrintable(child<QLabel>("buildSummary")->text()));
        picture("done");
        QTest::keyClick(child<QListView>("buildList"), Qt::Key_Down, Qt::ShiftModifier);
        QTRY_VERIFY(child<QTreeView>("compareTable")->model()->rowCount() > 0);
        picture("compared");

        const build::BuildRecord *record = place->model()->record(place->model()->index(0));
        QVERIFY(record && record->metadata.size > 500'000); // Of busybox at least.
        for (const char *tag : {"cuda12.9-vllm1-dev", "cuda12.9-vllm2-dev"}) {
            const e2e::Ran inspected =
                centre.docker({"buildx", "imagetools", "inspect", "--raw", centre.image(QString::fromLatin1(tag))});
            QVERIFY2(inspected.code == 0, inspected.err);
            QVERIFY(inspected.object().contains(QStringLiteral("manifests")));
        }
        QVERIFY(!centre.anythingRuns());
        m_window = nullptr;
    }

private:
    template <typename T>
    T *child(const char *name) const
    {
        T *found = m_window->findChild<T *>(QLatin1String(name));
        if (!found)
            qFatal("no %s", name);
        return found;
    }
    static void click(QCheckBox *box) { QTest::mouseClick(box, Qt::LeftButton, {}, {8, box->height() / 2}); }
    void picture(const char *name) const
    {
        const QString folder = qEnvironmentVariable("RUNNER_PICTURES");
        if (!folder.isEmpty())
            QVERIFY(m_window->grab().save(folder + u'/' + QLatin1String(name) + QStringLiteral(".png")));
    }

    MainWindow *m_window = nullptr;
};

int main(int argc, char **argv)
{
    enterSandbox(argc, argv);
    const QApplication application(argc, argv);
    TestBuildsWindow test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_buildswindow.moc"
