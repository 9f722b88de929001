// The place "Builds", with a docker of the tests' own that plays recorded builds.
#include "centre.h"
#include "testdata.h"

#include "build/readsteps.h"
#include "builds/buildersdialog.h"
#include "builds/buildlistmodel.h"
#include "builds/buildpage.h"
#include "builds/buildsettingsdialog.h"
#include "builds/buildsplace.h"
#include "builds/buildwords.h"
#include "builds/newbuilderdialog.h"
#include "builds/planmodel.h"
#include "builds/planpage.h"
#include "builds/steptreemodel.h"
#include "builds/timeline.h"
#include "documents/documentset.h"
#include "documents/matrixdocument.h"
#include "log/logpane.h"
#include "log/logview.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTimer>
#include <QTreeWidget>

using namespace runner;
using namespace runner::ui;

class TestBuilds : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(QDir(m_folder->path()).mkpath(QStringLiteral("centre")));
        QVERIFY(centre::lay(m_folder->filePath(QStringLiteral("centre"))));
        m_settings = std::make_unique<Settings>(m_folder->filePath(QStringLiteral("settings.ini")));
        m_environment.clear();
        m_documents = std::make_unique<DocumentSet>();
        m_documents->setRoot(m_folder->filePath(QStringLiteral("centre")).toStdString());
        m_matrix = std::make_unique<MatrixDocument>();
    }
    void cleanup() { m_place.reset(); }

    void saysWhatToDoNext()
    {
        open();
        QTRY_COMPARE(title(), QStringLiteral("Nothing has been built yet"));
        m_place->newBuild();
        QVERIFY(m_place->plan()->isVisible());
    }

    void plansWithExactCommands()
    {
        open();
        m_place->newBuild();
        PlanModel *model = m_place->plan()->model();
        new QAbstractItemModelTester(model, QAbstractItemModelTester::FailureReportingMode::QtTest, model);
        QCOMPARE(model->rowCount(), 1);
        QPushButton *start = child<QPushButton>("planStart");
        QVERIFY(!start->isEnabled());
        QVERIFY(model->setData(model->index(0, 0), Qt::Checked, Qt::CheckStateRole));
        QTRY_VERIFY(start->isEnabled());
        const QString commands = child<QPlainTextEdit>("planCommands")->toPlainText();
        QVERIFY(commands.startsWith(QStringLiteral("docker buildx build")));
        QVERIFY(commands.contains(QStringLiteral("--output type=cacheonly")));
        QComboBox *output = child<QComboBox>("planOutput");
        output->setCurrentIndex(1);
        QVERIFY(child<QPlainTextEdit>("planCommands")->toPlainText().contains(QStringLiteral("--push")));
        output->setCurrentIndex(3);
        QVERIFY(!start->isEnabled()); // A folder for the archives is missing.
        child<QLineEdit>("planFolder")->setText(m_folder->path());
        QVERIFY(start->isEnabled());
        QVERIFY(child<QPlainTextEdit>("planCommands")->toPlainText().contains(QStringLiteral("type=oci")));
        child<QLineEdit>("planFilter")->setText(QStringLiteral("no such image"));
        QTest::mouseClick(child<QPushButton>("planTickNone"), Qt::LeftButton);
        QCOMPARE(model->ticked().size(), 1U); // Only what is shown is unticked.
    }

    /// sglang is built on vllm, so vllm comes first, and sglang gets what was really built.
    void carriesAPlanOut()
    {
        layTwoImages();
        set("FAKE_DOCKER_LOG", log("calls"));
        set("FAKE_DOCKER_METADATA", R"({"containerimage.digest":"sha256:abc"})");
        play("success.jsonl");
        open();
        m_place->setDocuments(*m_documents, *m_matrix);
        tickAllAndRelease();
        QVERIFY(child<QPlainTextEdit>("planCommands")->toPlainText().contains(QStringLiteral("imagetools create")));
        QTest::mouseClick(child<QPushButton>("planStart"), Qt::LeftButton);
        QTRY_VERIFY(cardText().contains(QStringLiteral("2 of 2 tags for all platforms made")));
        QCOMPARE(outcome(), static_cast<int>(build::Outcome::Succeeded));
        const QByteArray calls = testdata::read(m_folder->filePath(QStringLiteral("calls")));
        const qsizetype vllm = calls.indexOf("--target vllm"), sglang = calls.indexOf("--target sglang");
        QVERIFY(vllm >= 0 && vllm < sglang);
        QVERIFY(calls.contains("gpustack/runner:cuda12.9-vllm0.17.1=docker-image://gpustack/runner@sha256:abc"));
        QVERIFY2(calls.contains("--tag gpustack/runner:cuda12.9-sglang0.6.0-dev --tag gpustack/runner:cuda12.9-sglang0.6.0 gpustack/runner@sha256:abc"), calls.mid(calls.indexOf("imagetools")));

        QTest::mouseClick(child<QPushButton>("planCardMerge"), Qt::LeftButton);
        TextDocument *matrix = m_documents->find("matrix.yml");
        QVERIFY(matrix && matrix->isModified());
        QVERIFY(matrix->text().rfind("0.6.0") > matrix->text().find("runners:"));
        matrix->undoStack()->undo();
        QVERIFY(!matrix->isModified());

        QTest::mouseClick(child<QPushButton>("planCardForget"), Qt::LeftButton);
        QTRY_VERIFY(!m_place->findChild<QWidget *>(QStringLiteral("planCard")));
    }

    void aPlanGoesOnAfterARestart()
    {
        layTwoImages();
        play("success.jsonl");
        const build::Pairs good = m_environment;
        set("FAKE_DOCKER_HANG", "polite");
        open();
        tickAllAndRelease();
        QTest::mouseClick(child<QPushButton>("planStart"), Qt::LeftButton);
        QTRY_COMPARE(outcome(), -2); // sglang waits
        QTRY_VERIFY(m_place->centre()->queue().isBusy());
        m_environment = good;
        reopen();
        QTRY_VERIFY(cardText().contains(QStringLiteral("0 built, 2 to go")));
        QVERIFY(m_place->centre()->queue().paused);
        QTest::mouseClick(child<QPushButton>("queuePause"), Qt::LeftButton);
        QTRY_VERIFY2(cardText().contains(QStringLiteral("2 of 2 tags for all platforms made")), qPrintable(cardText()));
    }

    void retriesWhatAPlanCouldNot()
    {
        layTwoImages();
        play("fail.jsonl");
        set("FAKE_DOCKER_EXIT", "1");
        open();
        tickAllAndRelease();
        QTest::mouseClick(child<QPushButton>("planStart"), Qt::LeftButton);
        QTRY_VERIFY(cardText().contains(QStringLiteral("2 not built")));
        QVERIFY(!child<QPushButton>("planCardMerge")->isVisible());
        QTest::mouseClick(child<QPushButton>("planCardRetry"), Qt::LeftButton);
        QTRY_COMPARE(m_place->centre()->records().size(), 2U);
        QTRY_VERIFY(cardText().contains(QStringLiteral("2 not built")));
    }

    void refusesAPlanWhoseBaseIsNotKept()
    {
        layTwoImages();
        open();
        m_place->newBuild();
        QTest::mouseClick(child<QPushButton>("planTickAll"), Qt::LeftButton);
        QVERIFY(!child<QPushButton>("planStart")->isEnabled());
        QVERIFY(child<QLabel>("planObstacle")->text().contains(QStringLiteral("would stay in the build cache")));
        child<QCheckBox>("planDryRun")->setChecked(true);
        QVERIFY(child<QPushButton>("planStart")->isEnabled());
    }

    void buildersAreOffered()
    {
        set("FAKE_DOCKER_BUILDERS",
            R"({"Name":"big","Driver":"docker-container","Current":true,"Nodes":[{"Name":"big0","Status":"running","Platforms":["linux/amd64"]}]})");
        open();
        m_place->newBuild();
        QComboBox *builder = child<QComboBox>("planBuilder");
        QTRY_COMPARE(builder->count(), 2);
        tick();
        builder->setCurrentIndex(1);
        QVERIFY(child<QPlainTextEdit>("planCommands")->toPlainText().contains(QStringLiteral("--builder big")));
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
        QTRY_VERIFY(dialog.findChild<QLabel *>(QStringLiteral("buildersDisk"))->text().contains(QStringLiteral("can be pruned")));
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
        dialog.findChild<QPlainTextEdit *>(QStringLiteral("newBuilderOptions"))->setPlainText(QStringLiteral("a=b\n\nc=d,e"));
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
        set("FAKE_DOCKER_BUILDERS", R"({"Name":"default","Driver":"docker","Current":true,"Nodes":[{"Name":"default","Status":"running","Platforms":["linux/amd64"]}]})");
        play("success.jsonl");
        open();
        build();
        QTRY_COMPARE(outcome(), static_cast<int>(build::Outcome::Succeeded));
        choose(0);
        QTRY_VERIFY(log()->rows() > 0);
        Q_EMIT log()->unclippedRequested();
        QTRY_COMPARE(m_place->centre()->queue().items.size(), 2U);
        QCOMPARE(m_place->centre()->queue().items.back().request.builder, std::string("unclipped"));
        const QByteArray calls = testdata::read(m_folder->filePath(QStringLiteral("calls")));
        QVERIFY2(calls.contains("buildx create --name unclipped --driver docker-container"), calls);
        QVERIFY(calls.contains("env.BUILDKIT_STEP_LOG_MAX_SIZE=-1"));
    }

    void saysWhatIsMissing()
    {
        set("FAKE_DOCKER_ERROR", "ERROR: Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?");
        open();
        m_place->newBuild();
        QTRY_VERIFY(child<QLabel>("planMessage")->isVisible());
        QVERIFY(!child<QLabel>("planMessage")->text().isEmpty());
        QVERIFY(child<QPushButton>("planLookAgain")->isVisible());
    }

    void buildsAndShows()
    {
        play("success.jsonl");
        set("FAKE_DOCKER_METADATA", testdata::read(testdata::project(QStringLiteral("tests/data/rawjson/metadata-file.json"))).toStdString());
        open();
        build();
        new QAbstractItemModelTester(m_place->model(), QAbstractItemModelTester::FailureReportingMode::QtTest, m_place->model());
        new QAbstractItemModelTester(m_place->page()->steps(), QAbstractItemModelTester::FailureReportingMode::QtTest, m_place->page()->steps());
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
        Q_EMIT label->linkActivated(label->text().mid(link, label->text().indexOf(u'"', link) - link));
        QCOMPARE(revealed.count(), 1);
        QVERIFY(revealed.first().first().value<Location>().line > 0);
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
        open();
        build();
        QTRY_COMPARE(outcome(), static_cast<int>(build::Outcome::Succeeded));
        choose(0);
        QTRY_VERIFY(child<QPushButton>("buildRetry")->isVisible());
        QTest::mouseClick(child<QPushButton>("buildRetry"), Qt::LeftButton);
        QTRY_COMPARE(m_place->model()->rowCount(), 2);
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
        child<QLineEdit>("buildsFind")->setText(QStringLiteral("CUDA12.9"));
        QTRY_COMPARE(m_place->model()->rowCount(), 1);
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

    void severalAtOnceBySetting()
    {
        m_settings->setBuildsAtOnce(2);
        play("success.jsonl");
        set("FAKE_DOCKER_HANG", "polite");
        open();
        build();
        build();
        QTRY_COMPARE(std::count_if(m_place->centre()->queue().items.begin(), m_place->centre()->queue().items.end(),
                                   [](const build::QueueItem &item) { return item.state == build::QueueState::Running; }), std::ptrdiff_t(2));
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

private:
    template <typename T>
    T *child(const char *name) const
    {
        T *found = m_place->findChild<T *>(QLatin1String(name));
        if (!found)
            qFatal("no %s", name);
        return found;
    }
    std::string log(const char *name) const { return m_folder->filePath(QLatin1String(name)).toStdString(); }
    /// Answers the next question of that name.
    void answer(QDialog &dialog, const char *name, QMessageBox::ButtonRole role)
    {
        QTimer::singleShot(100, this, [&dialog, name, role] {
            auto *box = dialog.findChild<QMessageBox *>(QLatin1String(name));
            if (!box)
                qFatal("%s was not asked", name);
            for (QAbstractButton *button : box->buttons()) {
                if (box->buttonRole(button) == role)
                    return button->click();
            }
        });
    }
    /// A pack centre whose sglang begins with its vllm.
    void layTwoImages()
    {
        const QString folder = m_folder->filePath(QStringLiteral("centre"));
        QByteArray matrix = centre::matrixText();
        matrix.replace("      - \"vllm\"\n", "      - \"vllm\"\n      - \"sglang\"\n");
        matrix.replace("      - \"VLLM_VERSION=0.17.1\"\n", "      - \"VLLM_VERSION=0.17.1\"\n      - \"SGLANG_VERSION=0.6.0\"\n");
        centre::write(folder + QStringLiteral("/matrix.yml"), matrix);
        centre::write(folder + QStringLiteral("/pack/cuda/Dockerfile"),
                      "ARG CUDA_VERSION=12.8.0\nARG VLLM_VERSION=0.1.0\nARG SGLANG_VERSION=0.1.0\nFROM scratch AS vllm\n"
                      "ENV V=1\nFROM gpustack/runner:cuda12.9-vllm${VLLM_VERSION} AS sglang\nENV S=1\n");
    }
    void tickAllAndRelease()
    {
        m_place->newBuild();
        QTest::mouseClick(child<QPushButton>("planTickAll"), Qt::LeftButton);
        child<QComboBox>("planOutput")->setCurrentIndex(1);
        child<QCheckBox>("planManifests")->setChecked(true);
        child<QCheckBox>("planRelease")->setChecked(true);
        QTRY_VERIFY(child<QPushButton>("planStart")->isEnabled());
    }
    QString cardText() const
    {
        const auto *text = m_place->findChild<QLabel *>(QStringLiteral("planCardText"));
        return text ? text->text() : QString();
    }
    void set(const char *name, const std::string &value) { m_environment.emplace_back(name, value); }
    void play(const char *name) { set("FAKE_DOCKER_STREAM", testdata::project(QStringLiteral("tests/data/rawjson/") + QString::fromLatin1(name)).toStdString()); }
    void open()
    {
        m_place = std::make_unique<BuildsPlace>(*m_settings, m_folder->filePath(QStringLiteral("state")).toStdString(),
                                                build::Tool{FAKE_DOCKER, m_environment});
        m_place->resize(1200, 760);
        m_place->show();
        m_place->setWorkspace(centre::load(m_folder->filePath(QStringLiteral("centre"))));
    }
    void reopen()
    {
        m_place.reset();
        open();
        QTRY_VERIFY(m_place->model()->rowCount() > 0);
    }
    void tick()
    {
        PlanModel *model = m_place->plan()->model();
        model->setData(model->index(0, 0), Qt::Checked, Qt::CheckStateRole);
    }
    void build()
    {
        m_place->newBuild();
        tick();
        QTRY_VERIFY(child<QPushButton>("planStart")->isEnabled());
        QTest::mouseClick(child<QPushButton>("planStart"), Qt::LeftButton);
    }
    void choose(int row) { child<QListView>("buildList")->setCurrentIndex(m_place->model()->index(row)); }
    /// Of the newest; nothing that an outcome can be while the list is empty.
    int outcome() const
    {
        const QVariant outcome = m_place->model()->index(0).data(BuildListModel::OutcomeRole);
        return outcome.isValid() ? outcome.toInt() : -9;
    }
    LogView *log() const { return m_place->page()->log()->view(); }
    QString summary() const { return child<QLabel>("buildSummary")->text(); }
    QString title() const
    {
        for (const QLabel *label : m_place->findChildren<QLabel *>(QStringLiteral("emptyStateTitle")))
            return label->text();
        return {};
    }
    /// Whether the question came; answers it.
    bool closingAsks(bool end)
    {
        bool asked = false;
        QTimer::singleShot(200, this, [&] {
            auto *box = m_place->findChild<QMessageBox *>(QStringLiteral("closeWithBuilds"));
            asked = box != nullptr;
            if (box)
                QTest::keyClick(box, end ? Qt::Key_Return : Qt::Key_Escape);
        });
        const bool closes = m_place->mayClose();
        return asked && closes == end;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<DocumentSet> m_documents;
    std::unique_ptr<MatrixDocument> m_matrix;
    std::unique_ptr<BuildsPlace> m_place;
    build::Pairs m_environment;
};

QTEST_MAIN(TestBuilds)
#include "tst_builds.moc"
