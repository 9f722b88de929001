// The list of builds: its menu, what find is about there, and what happens where room is short.
#include "buildstest.h"

#include "builds/buildlistmenu.h"

#include <QApplication>
#include <QClipboard>
#include <QMenu>
#include <QTableView>

class TestBuildList final : public BuildsTest
{
    Q_OBJECT

private slots:
    void init()
    {
        setUp();
        play("success.jsonl");
        open();
        build();
        QTRY_COMPARE(outcome(), static_cast<int>(build::Outcome::Succeeded));
        QTRY_VERIFY(!m_place->centre()->queue().isBusy());
        choose(0);
    }
    void cleanup() { m_place.reset(); }

    void menuBuildsAgainAndCopies()
    {
        menu("menuBuildCopy");
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("gpustack/runner:cuda12.9-vllm0.17.1-linux-amd64"));
        menu("menuBuildAgain");
        QTRY_COMPARE(m_place->centre()->records().size(), std::size_t{2});
        QTRY_COMPARE(outcome(), static_cast<int>(build::Outcome::Succeeded));
    }

    void menuCancelsWhatRuns()
    {
        set("FAKE_DOCKER_HANG", "polite");
        m_place->centre()->setTool({FAKE_DOCKER, m_environment});
        menu("menuBuildAgain");
        QTRY_COMPARE(outcome(), -1);
        choose(0);
        menu("menuBuildCancel");
        QTRY_COMPARE(outcome(), static_cast<int>(build::Outcome::Cancelled));
    }

    void menuRemovesWhenToldTwice()
    {
        const QString folder = QString::fromStdString(m_place->centre()->records().front().folder.string());
        QVERIFY(QFile::exists(folder));
        answer(*m_place, "removeBuilds", QMessageBox::RejectRole);
        menu("menuBuildRemove");
        QCOMPARE(m_place->centre()->records().size(), std::size_t{1});
        answer(*m_place, "removeBuilds", QMessageBox::DestructiveRole);
        menu("menuBuildRemove");
        QTRY_VERIFY(m_place->centre()->records().empty());
        QVERIFY(!QFile::exists(folder));
        QTRY_COMPARE(title(), QStringLiteral("Nothing has been built yet"));
        QVERIFY(!child<QLabel>("buildTitle")->isVisible());
    }

    /// A build is shown: what is looked for is in its log, unless builds are looked for.
    void findIsAboutTheLog()
    {
        auto *list = child<QListView>("buildList");
        list->setFocus();
        QTRY_VERIFY(child<QLabel>("buildTitle")->isVisible());
        m_place->find();
        QVERIFY(!child<QLineEdit>("buildsFind")->hasFocus());
        QVERIFY(child<QLineEdit>("logFindText")->hasFocus());
        child<QLineEdit>("buildsFind")->setFocus();
        m_place->find();
        QVERIFY(child<QLineEdit>("buildsFind")->hasFocus());
    }

    /// Images stand above the options, and the page asks for no more than the wider of the two.
    void aNarrowPlanStandsUpright()
    {
        m_place->newBuild();
        const QWidget *images = child<QTableView>("planImages"), *how = child<QWidget>("planOptions");
        const auto place = [&](const QWidget *widget) { return widget->mapTo(m_place.get(), QPoint(0, 0)); };
        QTRY_VERIFY(place(how).x() > place(images).x() + images->width());
        m_place->resize(m_place->minimumSizeHint());
        QTRY_VERIFY(place(how).y() > place(images).y() + images->height());
        QVERIFY2(m_place->minimumSizeHint().width() < 640,
                 qPrintable(QString::number(m_place->minimumSizeHint().width())));
        m_place->resize(1200, 760);
        QTRY_VERIFY(place(how).x() > place(images).x() + images->width());
    }

    /// A long reason leaves room for the log; all of it can be read.
    void aLongSummaryScrolls()
    {
        play("fail.jsonl");
        set("FAKE_DOCKER_EXIT", "1");
        m_place->centre()->setTool({FAKE_DOCKER, m_environment});
        menu("menuBuildAgain");
        QTRY_COMPARE(outcome(), static_cast<int>(build::Outcome::Failed));
        choose(0);
        const auto *area = child<QWidget>("buildSummaryArea");
        const auto *text = child<QLabel>("buildSummary");
        QTRY_COMPARE(area->height(), text->heightForWidth(text->width()));
        m_place->resize(640, 240);
        QTRY_VERIFY(area->height() < text->height());
        QVERIFY(area->height() <= m_place->page()->height() / 2);
    }

private:
    /// Chooses an entry of the list's menu.
    void menu(const char *name)
    {
        auto *list = child<QListView>("buildList");
        Q_EMIT list->customContextMenuRequested(list->visualRect(list->currentIndex()).center());
        auto *menu = m_place->findChild<QMenu *>(QStringLiteral("buildMenu"));
        QVERIFY(menu);
        auto *action = menu->findChild<QAction *>(QLatin1String(name));
        QVERIFY(action && action->isEnabled());
        action->trigger();
        menu->close();
        QTRY_VERIFY(!m_place->findChild<QMenu *>(QStringLiteral("buildMenu")));
    }
};

QTEST_MAIN(TestBuildList)
#include "tst_buildlist.moc"
