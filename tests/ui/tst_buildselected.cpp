// What is selected in the places Support, Matrix and Pack, ticked in the plan of the place Builds by one key.
#include "centre.h"
#include "openwindow.h"

#include "builds/buildsplace.h"
#include "builds/planmodel.h"
#include "builds/planpage.h"
#include "matrix/matrixplace.h"
#include "pack/packplace.h"
#include "pack/previewpane.h"
#include "support/supportpage.h"
#include "support/supportplace.h"
#include "support/supportview.h"

#include <QAction>
#include <QContextMenuEvent>
#include <QMenu>
#include <QStatusBar>
#include <QTimer>
#include <QTreeView>

using namespace runner;
using namespace runner::ui;

class TestBuildSelected : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        qputenv("XDG_STATE_HOME", m_folder->filePath(QStringLiteral("state")).toUtf8());
        QVERIFY(QDir(m_folder->path()).mkpath(QStringLiteral("centre/pack/cuda")));
        const QString folder = m_folder->filePath(QStringLiteral("centre"));
        QVERIFY(centre::lay(folder));
        QByteArray matrix = centre::matrixText(); // A second rule for the same backend.
        matrix.replace("runners:\n",
                       "  - backend: \"cuda\"\n    services: [vllm]\n    platforms: [linux/amd64, linux/arm64]\n"
                       "    args: [\"CUDA_VERSION=12.9.1\", \"VLLM_VERSION=0.16.0\"]\nrunners:\n");
        centre::write(folder + QStringLiteral("/matrix.yml"), matrix);
        m_settings = std::make_unique<Settings>(m_folder->filePath(QStringLiteral("settings.ini")));
        m_window = std::make_unique<MainWindow>(*m_settings);
    }
    void cleanup() { m_window.reset(); }

    void nothingToBuildYet()
    {
        m_window->show();
        QVERIFY(action()->isVisible() && !action()->isEnabled());
    }

    void versionsOfTheTable()
    {
        open("support");
        select(0);
        QVERIFY(action()->isEnabled());
        press();
        QCOMPARE(ticked(), QStringList(QStringLiteral("cuda12.9-vllm0.17.1-linux-amd64")));
        QVERIFY(!action()->isVisible()); // The place has one of its own, with the same keys.
        QVERIFY(builds()->plan()->isVisible());
        m_window->showPlace(QStringLiteral("support"));
        select(1);
        press();
        QCOMPARE(ticked(), QStringList({QStringLiteral("cuda12.9-vllm0.16.0-linux-amd64"),
                                        QStringLiteral("cuda12.9-vllm0.16.0-linux-arm64")}));
    }

    void aVersionThatNoRulePacks()
    {
        open("support");
        select(2);
        press();
        QVERIFY(ticked().isEmpty());
        QVERIFY2(m_window->statusBar()->currentMessage().contains(QStringLiteral("No rule packs cuda12.9-vllm0.9.1")),
                 qPrintable(m_window->statusBar()->currentMessage()));
    }

    void theTablesMenu()
    {
        open("support");
        select(0);
        bool offered = false;
        QTimer::singleShot(200, this, [&] {
            auto *menu = m_window->findChild<QMenu *>(QStringLiteral("supportMenu"));
            auto *build = m_window->findChild<QAction *>(QStringLiteral("supportBuild"));
            offered = menu && menu->actions().contains(build);
            if (offered)
                build->trigger();
            if (menu)
                menu->close();
        });
        SupportView *view = m_window->support()->page()->view();
        const QPoint middle = view->viewport()->rect().center();
        QContextMenuEvent asked(QContextMenuEvent::Mouse, middle, view->viewport()->mapToGlobal(middle));
        QCoreApplication::sendEvent(view->viewport(), &asked);
        QVERIFY(offered);
        QCOMPARE(ticked(), QStringList(QStringLiteral("cuda12.9-vllm0.17.1-linux-amd64")));
    }

    void rulesOfTheMatrix()
    {
        open("matrix");
        auto *matrix = qobject_cast<MatrixPlace *>(m_window->currentPlace());
        QTRY_VERIFY(matrix->rules()->rowCount() > 0);
        matrix->selectRules({{1, false}});
        QTRY_VERIFY(action()->isEnabled());
        press();
        QCOMPARE(ticked(), QStringList({QStringLiteral("cuda12.9-vllm0.16.0-linux-amd64"),
                                        QStringLiteral("cuda12.9-vllm0.16.0-linux-arm64")}));
        m_window->showPlace(QStringLiteral("matrix"));
        matrix->selectRules({{0, false}, {1, false}});
        press();
        QCOMPARE(ticked().size(), 3);
    }

    /// Images of a rule that has just been changed are those of the new text.
    void aRuleThatIsBeingChanged()
    {
        open("matrix");
        auto *matrix = qobject_cast<MatrixPlace *>(m_window->currentPlace());
        QTRY_VERIFY(matrix->rules()->rowCount() > 0);
        matrix->selectRules({{0, false}});
        const std::string text = m_window->matrix()->document()->text();
        const std::size_t place = text.find("0.17.1");
        m_window->matrix()->document()->edit({{{place, place + 6}, "0.18.0"}}, QStringLiteral("test"));
        QTRY_COMPARE(matrix->imagesToBuild(), QStringList(QStringLiteral("cuda12.9-vllm0.18.0-linux-amd64")));
        press();
        QCOMPARE(ticked(), QStringList(QStringLiteral("cuda12.9-vllm0.18.0-linux-amd64")));
    }

    void theImageOfThePreview()
    {
        open("pack");
        auto *pack = qobject_cast<PackPlace *>(m_window->currentPlace());
        QVERIFY(pack->openFile(QStringLiteral("pack/cuda/Dockerfile")));
        QTRY_VERIFY(pack->preview()->chooseImage(QStringLiteral("cuda12.9-vllm0.16.0"), QStringLiteral("linux/arm64")));
        QVERIFY(action()->isEnabled());
        press();
        QCOMPARE(ticked(), QStringList(QStringLiteral("cuda12.9-vllm0.16.0-linux-arm64")));
    }

private:
    void open(const char *place)
    {
        centre::openIn(*m_window, m_folder->filePath(QStringLiteral("centre")));
        QVERIFY(m_window->showPlace(QLatin1String(place)));
    }
    QAction *action() const { return m_window->findChild<QAction *>(QStringLiteral("buildSelected")); }
    void select(int entry) const { QVERIFY(m_window->support()->page()->view()->selectEntry(entry)); }
    void press() const { QTest::keyClick(m_window.get(), Qt::Key_B, Qt::ControlModifier); }
    BuildsPlace *builds() const { return m_window->findChild<BuildsPlace *>(); }
    QStringList ticked() const
    {
        QStringList tags;
        if (m_window->currentPlace() != builds())
            return {QStringLiteral("another place is shown")};
        for (const expand::Job *job : builds()->plan()->model()->ticked())
            tags << QString::fromStdString(job->platformTag);
        tags.sort();
        return tags;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<MainWindow> m_window;
};

QTEST_MAIN(TestBuildSelected)
#include "tst_buildselected.moc"
