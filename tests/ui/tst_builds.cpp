// The place "Builds": the list, one build, the queue and the builders.
#include "buildstest.h"

#include "build/readsteps.h"
#include "builds/buildersdialog.h"
#include "builds/buildsettingsdialog.h"
#include "builds/buildwords.h"
#include "builds/newbuilderdialog.h"
#include "builds/steptreemodel.h"
#include "builds/timeline.h"

#include <QAbstractItemModelTester>
#include <QSpinBox>
#include <QTreeWidget>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

class TestBuilds : public BuildsTest
{
    Q_OBJECT

private slots:
    void init() { setUp(); }
    void cleanup() { m_place.reset(); }

    void saysWhatToDoNext()
    {
        open();
        QTRY_COMPARE(title(), QStringLiteral("Nothing has been built yet"));
        m_place->newBuild();
        QVERIFY(m_place->plan()->isVisible());
    }

    /// What begins to run is never missing from the list, and stays chosen when its record comes.
    void aBeginningBuildStaysInTheList()
    {
        BuildListModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        build::QueueItem waiting, begun;
        waiting.id = 1;
        begun.id = 2;
        model.set({begun, waiting}, {});
        const QPersistentModelIndex chosen = model.indexOfItem(begun.id);
        begun.build = 7;
        begun.state = build::QueueState::Running;
        model.set({begun, waiting}, {});
        QCOMPARE(model.rowCount(), 2);
        QVERIFY(chosen.isValid());
        QCOMPARE(chosen.data(BuildListModel::OutcomeRole).toInt(), -1);
        build::BuildRecord record;
        record.id = begun.build;
        model.set({begun, waiting}, {record});
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(chosen.data(BuildListModel::BuildRole).toLongLong(), 7);
        begun.state = build::QueueState::Ended;
        model.set({begun, waiting}, {}); // Its record is not among those that are asked for.
        QCOMPARE(model.rowCount(), 1);
        QVERIFY(!chosen.isValid());
    }

    void managesBuilders()
    {
        set("FAKE_DOCKER_LOG", log("calls"));
        set("FAKE_DOCKER_BUILDERS",
            R"({"Name":"default","Driver":"docker","Current":true,"Nodes":[{"Name":"default","Status":"running","Platforms":["linux/amd64"]}]}
{"Name":"big","Driver":"docker-container","Nodes":[{"Name":"big0","Status":"running","Platforms":["linux/amd64"]},{"Name":"big1","Status":"inactive","Platforms":["linux/arm64"]}]})");
        BuildersDialog dialog(build::Tool{FAKE_DOCKER, m_environment});
        dialog.show();
        auto *list = dialog.findChild<QTreeWidget *>(QStringLiteral("buildersList"));
        QTRY_COMPARE(list->topLevelItemCount(), 2);
        QCOMPARE(list->topLevelItem(1)->childCount(), 2);
        QCOMPARE(list->topLevelItem(1)->text(3), QStringLiteral("linux/amd64, linux/arm64"));
        QVERIFY(!dialog.findChild<QPushButton *>(QStringLiteral("buildersRemove"))->isEnabled()); // docker's own
        list->setCurrentItem(list->topLevelItem(1));
        const auto calls = [this] { return testdata::read(m_folder->filePath(QStringLiteral("calls"))); };
        QTRY_VERIFY(dialog.findChild<QLabel *>(QStringLiteral("buildersDisk"))
                        ->text()
                        .contains(QStringLiteral("can be pruned")));
        answer(dialog, "confirmPrune", QMessageBox::RejectRole);
        QTest::mouseClick(dialog.findChild<QPushButton *>(QStringLiteral("buildersPrune")), Qt::LeftButton);
        QVERIFY(!calls().contains("buildx prune"));
        answer(dialog, "confirmPrune", QMessageBox::DestructiveRole);
        QTest::mouseClick(dialog.findChild<QPushButton *>(QStringLiteral("buildersPrune")), Qt::LeftButton);
        QTRY_VERIFY(calls().contains("buildx prune --force --builder big --all\n"));
        QTRY_VERIFY(dialog.findChild<QPushButton *>(QStringLiteral("buildersRemove"))->isEnabled());
        answer(dialog, "confirmRemove", QMessageBox::DestructiveRole);
        QTest::mouseClick(dialog.findChild<QPushButton *>(QStringLiteral("buildersRemove")), Qt::LeftButton);
        QTRY_VERIFY(calls().contains("buildx rm --force -- big\n"));
    }

    void describesANewBuilder()
    {
        NewBuilderDialog dialog({QStringLiteral("big")});
        const auto line = [&](const char *name) { return dialog.findChild<QLineEdit *>(QLatin1String(name)); };
        auto *create = dialog.findChild<QPushButton *>(QStringLiteral("newBuilderCreate"));
        QVERIFY(!create->isEnabled());
        line("newBuilderName")->setText(QStringLiteral("far"));
        QVERIFY(create->isEnabled());
        dialog.findChild<QComboBox *>(QStringLiteral("newBuilderKind"))->setCurrentIndex(1);
        QVERIFY(!create->isEnabled()); // The address is missing.
        line("newBuilderEndpoint")->setText(QStringLiteral("tcp://host:1234"));
        line("newBuilderPlatforms")->setText(QStringLiteral("linux/amd64, linux/arm64"));
        dialog.findChild<QPlainTextEdit *>(QStringLiteral("newBuilderOptions"))
            ->setPlainText(QStringLiteral("a=b\n\nc=d,e"));
        const build::NewBuilder builder = dialog.builder();
        QCOMPARE(builder.driver, std::string("remote"));
        QCOMPARE(builder.platforms, (std::vector<std::string>{"linux/amd64", "linux/arm64"}));
        QCOMPARE(builder.driverOptions, (std::vector<std::string>{"a=b", "c=d,e"}));
        QVERIFY(!builder.append);
        line("newBuilderName")->setText(QStringLiteral("big"));
        QVERIFY(dialog.builder().append);
    }

    void oneClickToABuilderThatDoesNotClip()
    {
        set("FAKE_DOCKER_LOG", log("calls"));
        set("FAKE_DOCKER_BUILDERS",
            R"({"Name":"default","Driver":"docker","Current":true,"Nodes":[{"Name":"default","Status":"running","Platforms":["linux/amd64"]}]})");
        play("success.jsonl");
        open();
        build();
        QTRY_COMPARE(outcome(), static_cast<int>(build::Outcome::Succeeded));
        choose(0);
        QTRY_VERIFY(log()->rows() > 0);
        answerUnclipped(QMessageBox::RejectRole);
        QVERIFY(!testdata::read(m_folder->filePath(QStringLiteral("calls"))).contains("buildx create"));
        QCOMPARE(m_place->centre()->queue().items.size(), 1U);
        answerUnclipped(QMessageBox::AcceptRole);
        QTRY_COMPARE(m_place->centre()->queue().items.size(), 2U);
        QCOMPARE(m_place->centre()->queue().items.back().request.builder, std::string("unclipped"));
        const QByteArray calls = testdata::read(m_folder->filePath(QStringLiteral("calls")));
        QVERIFY2(calls.contains("buildx create --name unclipped --driver docker-container"), calls);
        QVERIFY(calls.contains("env.BUILDKIT_STEP_LOG_MAX_SIZE=-1"));
    }

    void saysWhatIsMissing()
    {
        set("FAKE_DOCKER_ERROR",
            "ERROR: Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?");
        open();
        m_place->newBuild();
        QTRY_VERIFY(child<QLabel>("planMessage")->isVisible());
        QVERIFY(!child<QLabel>("planMessage")->text().isEmpty());
        QVERIFY(child<QPushButton>("planLookAgain")->isVisible());
        m_place->centre()->setTool({FAKE_DOCKER, {}}); // The daemon is back, and gone again, while the window is open.
        m_place->newBuild();
        QTRY_VERIFY(!child<QLabel>("planMessage")->isVisible());
        QVERIFY(!child<QPushButton>("planLookAgain")->isVisible());
        m_place->centre()->setTool({FAKE_DOCKER, m_environment});
        m_place->newBuild();
        QTRY_VERIFY(child<QLabel>("planMessage")->isVisible());
    }

    /// Where there is no other builder, the daemon of scripts/sandbox is offered; the socket is what tells that it
    /// runs.
    void offersTheSandbox()
    {
        const QString home = m_folder->filePath(QStringLiteral("sandbox"));
        QVERIFY(QDir().mkpath(home + QStringLiteral("/root/usr/bin")) && QDir().mkpath(home + QStringLiteral("/run")));
        QVERIFY(QFile::link(QStringLiteral(FAKE_DOCKER), home + QStringLiteral("/root/usr/bin/docker")));
        qputenv("RUNNER_SANDBOX_HOME", home.toUtf8());
        set("FAKE_DOCKER_ERROR",
            "ERROR: Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?");
        open();
        m_place->newBuild();
        QTRY_VERIFY(child<QLabel>("planMessage")->isVisible());
        QVERIFY(!child<QPushButton>("planSandbox")->isVisible());
        const int daemon = listenOn(home + QStringLiteral("/run/docker.sock"));
        QVERIFY(daemon >= 0);
        m_place->plan()->lookForBuilders();
        QTRY_VERIFY(child<QPushButton>("planSandbox")->isVisible());
        QTest::mouseClick(child<QPushButton>("planSandbox"), Qt::LeftButton);
        QTRY_COMPARE(child<QComboBox>("planBuilder")->count(), 2); // The sandbox's docker answers.
        QVERIFY(!child<QLabel>("planMessage")->isVisible());
        QCOMPARE(m_place->centre()->tool()->environment.front(),
                 build::Pair("DOCKER_HOST", "unix://" + home.toStdString() + "/run/docker.sock"));
        ::close(daemon);
        qunsetenv("RUNNER_SANDBOX_HOME");
    }

    void buildsAndShows()
    {
        play("success.jsonl");
        set("FAKE_DOCKER_METADATA",
            testdata::read(testdata::project(QStringLiteral("tests/data/rawjson/metadata-file.json"))).toStdString());
        open();
        build();
        new QAbstractItemModelTester(m_place->model(), QAbstractItemModelTester::FailureReportingMode::QtTest,
                                     m_place->model());
        new QAbstractItemModelTester(m_place->page()->steps(), QAbstractItemModelTester::FailureReportingMode::QtTest,
                                     m_place->page()->steps());
        QTRY_COMPARE(outcome(), static_cast<int>(build::Outcome::Succeeded));
        choose(0);
        QTRY_VERIFY(m_place->page()->steps()->rowCount() > 0);
        QTRY_VERIFY(log()->rows() > 0);
        QVERIFY(m_place->page()->timeline()->rows() > 0);
        QTRY_VERIFY(summary().contains(QStringLiteral("succeeded")));
        QVERIFY(summary().contains(QStringLiteral("sha256:")));
        // The log of a step alone has fewer lines than that of all.
        const std::uint64_t all = log()->rows();
        QSignalSpy chosen(m_place->page()->timeline(), &Timeline::stepChosen);
        QTest::keyClick(m_place->page()->timeline(), Qt::Key_End);
        QCOMPARE(chosen.count(), 1);
        QVERIFY(m_place->page()->shownStep().has_value());
        QVERIFY(log()->rows() < all);
        m_place->page()->showStep({});
        QCOMPARE(log()->rows(), all);
    }

    void opensAFailureAtItsCause()
    {
        play("fail.jsonl");
        set("FAKE_DOCKER_EXIT", "1");
        open();
        build();
        QTRY_COMPARE(outcome(), static_cast<int>(build::Outcome::Failed));
        reopen(); // As another day: out of the history.
        choose(0);
        QTRY_VERIFY(m_place->page()->shownStep().has_value());
        const auto &steps = m_place->page()->steps()->steps();
        QCOMPARE(build::stateName(steps[*m_place->page()->shownStep()].state), "failed");
        QTRY_VERIFY(summary().contains(QStringLiteral("failed")));
        QSignalSpy revealed(m_place.get(), &Place::revealRequested);
        auto *label = child<QLabel>("buildSummary");
        const qsizetype link = label->text().indexOf(QStringLiteral("place:"));
        QVERIFY(link > 0);
        const QString target = label->text().mid(link, label->text().indexOf(u'"', link) - link);
        Q_EMIT label->linkActivated(target);
        QCOMPARE(revealed.count(), 1);
        const Location where = revealed.first().first().value<Location>();
        QVERIFY(where.line > 0);
        const QString root = m_folder->filePath(QStringLiteral("centre"));
        const QString file = root + QLatin1Char('/') + QString::fromStdString(where.file);
        centre::write(file, "# new\n\n" + testdata::read(file));
        m_place->setWorkspace(centre::load(root));
        Q_EMIT label->linkActivated(target);
        QCOMPARE(revealed.last().first().value<Location>().line, where.line + 2); // Where it stands now.
    }

    void warningsAreLinked()
    {
        play("warnings.jsonl");
        open();
        build();
        QTRY_COMPARE(outcome(), static_cast<int>(build::Outcome::Succeeded));
        reopen();
        choose(0);
        QTRY_VERIFY2(summary().contains(QStringLiteral("place:")), qPrintable(summary()));
    }

    void cancels()
    {
        play("success.jsonl");
        set("FAKE_DOCKER_HANG", "polite");
        open();
        build();
        QTRY_COMPARE(outcome(), -1);
        choose(0);
        QPushButton *cancel = child<QPushButton>("buildCancel");
        QTRY_VERIFY(cancel->isVisible());
        QTRY_VERIFY(log()->rows() > 0);
        QVERIFY(closingAsks(false));
        QTest::mouseClick(cancel, Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(outcome(), static_cast<int>(build::Outcome::Cancelled), 20000);
        QTRY_VERIFY(!cancel->isVisible());
        QVERIFY(child<QPushButton>("buildRetry")->isVisible());
        QVERIFY(m_place->mayClose());
    }

    void pausesAndTakesOut()
    {
        play("success.jsonl");
        open();
        m_place->centre()->setPaused(true);
        build();
        QTRY_COMPARE(m_place->model()->rowCount(), 1);
        QTRY_VERIFY(child<QWidget>("queueBar")->isVisible());
        choose(0);
        QTRY_VERIFY(title().contains(QStringLiteral("waits")));
        QTest::mouseClick(child<QPushButton>("queueTakeOut"), Qt::LeftButton);
        QTRY_COMPARE(outcome(), static_cast<int>(build::Outcome::Cancelled));
    }

    void retries()
    {
        play("success.jsonl");
        set("FAKE_DOCKER_PIECE", "1000");
        set("FAKE_DOCKER_PAUSE", "100000");
        open();
        build();
        QTRY_COMPARE(outcome(), -1);
        choose(0);
        QTRY_VERIFY(child<QPushButton>("buildCancel")->isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(child<QPushButton>("buildRetry")->isVisible(), 20000);
        QCOMPARE(outcome(), static_cast<int>(build::Outcome::Succeeded));
        QVERIFY(!child<QPushButton>("buildRetry")->isEnabled()); // Who wanted to press Cancel does not start it again.
        QTRY_VERIFY(child<QPushButton>("buildRetry")->isEnabled());
        const std::int64_t first = m_place->page()->build();
        QTest::mouseClick(child<QPushButton>("buildRetry"), Qt::LeftButton);
        QTRY_COMPARE(m_place->model()->rowCount(), 2);
        QTRY_VERIFY(m_place->page()->build() > first); // It is shown, with its Cancel.
        QTRY_COMPARE(outcome(), static_cast<int>(build::Outcome::Succeeded));
    }

    void filters()
    {
        play("success.jsonl");
        open();
        build();
        QTRY_COMPARE(outcome(), static_cast<int>(build::Outcome::Succeeded));
        child<QLineEdit>("buildsFind")->setText(QStringLiteral("nothing like this"));
        QTRY_COMPARE(m_place->model()->rowCount(), 0);
        QTRY_VERIFY(child<QLabel>("buildsNone")->isVisible());
        child<QLineEdit>("buildsFind")->setText(QStringLiteral("CUDA12.9"));
        QTRY_COMPARE(m_place->model()->rowCount(), 1);
        QVERIFY(!child<QLabel>("buildsNone")->isVisible());
        QComboBox *backend = child<QComboBox>("buildsBackend");
        backend->setCurrentIndex(backend->findData(QStringLiteral("cann")));
        QTRY_COMPARE(m_place->model()->rowCount(), 0);
        backend->setCurrentIndex(0);
        QTRY_COMPARE(m_place->model()->rowCount(), 1);
        QComboBox *state = child<QComboBox>("buildsState");
        state->setCurrentIndex(state->findData(static_cast<int>(build::Outcome::Failed)));
        QTRY_COMPARE(m_place->model()->rowCount(), 0);
    }

    void settings()
    {
        BuildSettingsDialog dialog(*m_settings);
        QCOMPARE(dialog.findChild<QSpinBox *>(QStringLiteral("buildSettingsJobs"))->value(), 1);
        dialog.findChild<QSpinBox *>(QStringLiteral("buildSettingsJobs"))->setValue(3);
        dialog.findChild<QSpinBox *>(QStringLiteral("buildSettingsDisk"))->setValue(7);
        dialog.reject();
        QCOMPARE(m_settings->buildsAtOnce(), 1);
        dialog.accept();
        QCOMPARE(m_settings->buildsAtOnce(), 3);
        QCOMPARE(m_settings->buildGigabytes(), 7);
    }

    void wrappingIsRemembered()
    {
        open();
        QVERIFY(!m_place->page()->log()->wraps());
        m_place->page()->log()->setWraps(true);
        m_place->saveLayout(*m_settings);
        m_place.reset();
        open();
        m_place->restoreLayout(*m_settings);
        QVERIFY(m_place->page()->log()->wraps());
    }

    void severalAtOnceBySetting()
    {
        m_settings->setBuildsAtOnce(2);
        play("success.jsonl");
        set("FAKE_DOCKER_HANG", "polite");
        open();
        build();
        build();
        QTRY_COMPARE(
            std::count_if(m_place->centre()->queue().items.begin(), m_place->centre()->queue().items.end(),
                          [](const build::QueueItem &item) { return item.state == build::QueueState::Running; }),
            std::ptrdiff_t(2));
    }

    void words()
    {
        QCOMPARE(shownDuration(1'200'000'000), QStringLiteral("1.2 s"));
        QCOMPARE(shownDuration(184'000'000'000), QStringLiteral("3 min 04 s"));
        QCOMPARE(shownDuration(7'500'000'000'000), QStringLiteral("2 h 05 min"));
        build::Step step;
        step.transfers.push_back({"x", "x", 50, 200, 1, 0});
        QCOMPARE(progressOf(step), QStringLiteral("25 % · 50 bytes of 200 bytes"));
    }

    void aBuilderThatDoesNotClipIsTakenAtOnce()
    {
        set("FAKE_DOCKER_BUILDERS",
            R"({"Name":"whole","Driver":"docker-container","Current":true,"Nodes":[{"Name":"whole0","Status":"running","Platforms":["linux/amd64"],"DriverOpts":{"env.BUILDKIT_STEP_LOG_MAX_SIZE":"-1","env.BUILDKIT_STEP_LOG_MAX_SPEED":"-1"}}]})");
        play("success.jsonl");
        open();
        build();
        QTRY_COMPARE(outcome(), static_cast<int>(build::Outcome::Succeeded));
        QTRY_COMPARE(m_place->plan()->builders().size(), 1U);
        QVERIFY(!m_place->plan()->builders().front().mayClipLogs());
        choose(0);
        Q_EMIT log()->unclippedRequested();
        QVERIFY(!m_place->findChild<QMessageBox *>(QStringLiteral("createUnclipped")));
        QTRY_COMPARE(m_place->centre()->queue().items.size(), 2U);
        QCOMPARE(m_place->centre()->queue().items.back().request.builder, std::string("whole"));
    }

private:
    /// A reader clicks the line that says the log is cut, and says what is to be done.
    void answerUnclipped(QMessageBox::ButtonRole role)
    {
        Q_EMIT log()->unclippedRequested();
        auto *box = m_place->findChild<QMessageBox *>(QStringLiteral("createUnclipped"));
        QVERIFY(box);
        for (QAbstractButton *button : box->buttons()) {
            if (box->buttonRole(button) == role)
                return QTest::mouseClick(button, Qt::LeftButton);
        }
    }
    /// A socket that takes connections; -1 where there can be none.
    static int listenOn(const QString &path)
    {
        sockaddr_un address = {};
        address.sun_family = AF_UNIX;
        const QByteArray name = path.toLocal8Bit();
        if (static_cast<std::size_t>(name.size()) >= sizeof address.sun_path)
            return -1;
        std::copy(name.begin(), name.end(), address.sun_path);
        const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
        const bool listens = socket >= 0 && ::bind(socket, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0
                             && ::listen(socket, 8) == 0;
        return listens ? socket : -1;
    }
};

QTEST_MAIN(TestBuilds)
#include "tst_builds.moc"
