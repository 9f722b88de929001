// The place "Builds": what is planned, and how plans go on.
#include "buildstest.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>

class TestBuildPlans : public BuildsTest
{
    Q_OBJECT

private slots:
    void init() { setUp(); }
    void cleanup() { m_place.reset(); }

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
        QTRY_VERIFY(child<QPlainTextEdit>("planCommands")->toPlainText().contains(QStringLiteral("--push")));
        QVERIFY(child<QPlainTextEdit>("planCommands")
                    ->toPlainText()
                    .contains(QStringLiteral("--ulimit nofile=65536:65536")));
        child<QLineEdit>("planLimits")->setText(QStringLiteral("nofile=9:9  core=0"));
        QTRY_VERIFY(child<QPlainTextEdit>("planCommands")
                        ->toPlainText()
                        .contains(QStringLiteral("--ulimit nofile=9:9 \\\n    --ulimit core=0")));
        child<QLineEdit>("planLimits")->clear();
        QTRY_VERIFY(!child<QPlainTextEdit>("planCommands")->toPlainText().contains(QStringLiteral("--ulimit")));
        const auto has = [this](const char *text) {
            return child<QPlainTextEdit>("planCommands")->toPlainText().contains(QLatin1String(text));
        };
        QVERIFY(has("--shm-size 16g") && has("--allow network.host"));
        QVERIFY(!has("--allow security.insecure")); // What the docker driver's daemon refuses a build goes without.
        QVERIFY(has("--provenance=false") && has("--sbom=false"));
        child<QLineEdit>("planSharedMemory")->setText(QStringLiteral("2g"));
        child<QLineEdit>("planEntitlements")->setText(QStringLiteral("network.host"));
        QTest::keyClick(child<QCheckBox>("planProvenance"), Qt::Key_Space);
        QTest::keyClick(child<QCheckBox>("planSbom"), Qt::Key_Space);
        QTRY_VERIFY(has("--shm-size 2g") && has("--provenance=true") && has("--sbom=true"));
        QVERIFY(has("--allow network.host") && !has("security.insecure"));
        output->setCurrentIndex(3);
        QTRY_VERIFY(!start->isEnabled()); // A folder for the archives is missing.
        child<QLineEdit>("planFolder")->setText(m_folder->path());
        QTRY_VERIFY(start->isEnabled());
        QTRY_VERIFY(child<QPlainTextEdit>("planCommands")->toPlainText().contains(QStringLiteral("type=oci")));
        child<QLineEdit>("planFilter")->setText(QStringLiteral("no such image"));
        QTest::mouseClick(child<QPushButton>("planTickNone"), Qt::LeftButton);
        QCOMPARE(model->ticked().size(), 1U); // Only what is shown is unticked.
    }

    void furtherArgumentsAndContexts()
    {
        open();
        m_place->newBuild();
        tick();
        QPushButton *start = child<QPushButton>("planStart");
        QTRY_VERIFY(start->isEnabled());
        const auto has = [this](const char *text) {
            return child<QPlainTextEdit>("planCommands")->toPlainText().contains(QLatin1String(text));
        };
        child<QPlainTextEdit>("planArguments")
            ->setPlainText(QStringLiteral("PIP_INDEX=https://a b\n\nVLLM_VERSION=0.18.2\n"));
        QTRY_VERIFY(has("--build-arg 'PIP_INDEX=https://a b'"));
        QVERIFY(has("--build-arg VLLM_VERSION=0.18.2") && !has("VLLM_VERSION=0.17.1"));
        QVERIFY(has("vllm0.18.2-linux-amd64") && !has("vllm0.17.1")); // As runnerctl build --arg does.
        child<QPlainTextEdit>("planArguments")->setPlainText(QStringLiteral("no argument"));
        QTRY_VERIFY(!start->isEnabled());
        QVERIFY(child<QLabel>("planObstacle")->text().contains(QStringLiteral("not NAME=VALUE")));
        child<QPlainTextEdit>("planArguments")->clear();
        child<QPlainTextEdit>("planContexts")->setPlainText(QStringLiteral("wheels=/srv/wheels"));
        QTRY_VERIFY(has("--build-context wheels=/srv/wheels"));
        QVERIFY(start->isEnabled());
        child<QPlainTextEdit>("planContexts")->setPlainText(QStringLiteral("wheels"));
        QTRY_VERIFY(!start->isEnabled());
    }

    /// The rules of a post operation stand in for the matrix's; what is gone since says so, and the matrix is there
    /// again.
    void plansAPostOperation()
    {
        const QString operation = m_folder->filePath(QStringLiteral("centre/pack/.post_operation/20250101_fix"));
        QVERIFY(QDir().mkpath(operation + QStringLiteral("/cuda")));
        centre::write(operation + QStringLiteral("/matrix.yaml"),
                      "rules:\n  - { backend: cuda, services: [vllm], platforms: [linux/amd64], args: "
                      "[CUDA_VERSION=12.9, VLLM_VERSION=0.16.0] }\n");
        centre::write(operation + QStringLiteral("/cuda/Dockerfile"),
                      "ARG CUDA_VERSION\nARG VLLM_VERSION\nFROM "
                      "gpustack/runner:cuda${CUDA_VERSION}-vllm${VLLM_VERSION} AS vllm\n");
        open();
        m_place->newBuild();
        auto *rules = child<QComboBox>("planRules");
        QTRY_COMPARE(rules->count(), 2);
        QTRY_VERIFY(rules->isVisible());
        QVERIFY(m_place->plan()->model()->job(0).tag.ends_with("vllm0.17.1"));
        rules->setFocus();
        QTest::keyClick(rules, Qt::Key_Down);
        QTRY_VERIFY(m_place->plan()->model()->job(0).tag.ends_with("vllm0.16.0"));
        tick();
        const auto has = [this](const char *text) {
            return child<QPlainTextEdit>("planCommands")->toPlainText().contains(QLatin1String(text));
        };
        QTRY_VERIFY(has("--file pack/.post_operation/20250101_fix/cuda/Dockerfile"));
        QVERIFY(has("cuda12.9-vllm0.16.0-linux-amd64") && has("--cache-from") && !has("--cache-to"));

        QVERIFY(QDir(operation).removeRecursively());
        m_place->setWorkspace(centre::load(m_folder->filePath(QStringLiteral("centre"))));
        QTRY_VERIFY(child<QLabel>("planRulesProblem")->text().contains(QStringLiteral("no post operation")));
        QTest::keyClick(rules, Qt::Key_Up);
        QTRY_VERIFY(!rules->isVisible());
        QVERIFY(m_place->plan()->model()->job(0).tag.ends_with("vllm0.17.1"));
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
        QTRY_VERIFY(child<QPlainTextEdit>("planCommands")->toPlainText().contains(QStringLiteral("imagetools create")));
        QTest::mouseClick(child<QPushButton>("planStart"), Qt::LeftButton);
        QTRY_VERIFY(cardText().contains(QStringLiteral("2 of 2 tags for all platforms made")));
        QTRY_COMPARE(outcome(), static_cast<int>(build::Outcome::Succeeded));
        const QByteArray calls = testdata::read(m_folder->filePath(QStringLiteral("calls")));
        const qsizetype vllm = calls.indexOf("--target vllm"), sglang = calls.indexOf("--target sglang");
        QVERIFY(vllm >= 0 && vllm < sglang);
        QVERIFY(calls.contains("gpustack/runner:cuda12.9-vllm0.17.1=docker-image://gpustack/runner@sha256:abc"));
        QVERIFY2(calls.contains("--tag gpustack/runner:cuda12.9-sglang0.6.0-dev --tag "
                                "gpustack/runner:cuda12.9-sglang0.6.0 gpustack/runner@sha256:abc"),
                 calls.mid(calls.indexOf("imagetools")));

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
        const build::Pairs good = startHangingPlan();
        QTRY_VERIFY(m_place->centre()->queue().isBusy());
        m_environment = good;
        reopen();
        QTRY_VERIFY(cardText().contains(QStringLiteral("0 built, 2 to go")));
        QVERIFY(m_place->centre()->queue().paused);
        QTest::mouseClick(child<QPushButton>("queuePause"), Qt::LeftButton);
        QTRY_VERIFY2(cardText().contains(QStringLiteral("2 of 2 tags for all platforms made")), qPrintable(cardText()));
    }

    /// What a cancelled plan leaves in the list: it is no longer said to wait, the filters hold for it, and it goes
    /// with the plan.
    void aCancelledPlansRows()
    {
        startHangingPlan();
        QTRY_COMPARE(m_place->centre()->records().size(), 1U); // The first has begun.
        choose(0);
        QTRY_VERIFY(title().contains(QStringLiteral("waits")));
        QTRY_VERIFY(
            m_place->findChild<QPushButton *>(QStringLiteral("planCardCancel"))); // Plans are told after the queue.
        QTest::mouseClick(child<QPushButton>("planCardCancel"), Qt::LeftButton);
        QTRY_VERIFY2_WITH_TIMEOUT(title().endsWith(QStringLiteral("cancelled")), qPrintable(title()), 20000);
        QTRY_VERIFY_WITH_TIMEOUT(child<QPushButton>("planCardForget")->isVisible(), 20000);
        QTRY_COMPARE(m_place->model()->rowCount(), 2);
        auto *find = child<QLineEdit>("buildsFind");
        find->setText(QStringLiteral("vllm0.17"));
        QTRY_COMPARE(m_place->model()->rowCount(), 1);
        find->setText(QStringLiteral("SGLANG"));
        QTRY_COMPARE(outcome(), static_cast<int>(build::Outcome::Cancelled));
        QCOMPARE(m_place->model()->rowCount(), 1);
        auto *service = child<QComboBox>("buildsService");
        service->setCurrentIndex(service->findData(QStringLiteral("vllm")));
        QTRY_COMPARE(m_place->model()->rowCount(), 0);
        service->setCurrentIndex(0);
        find->clear();
        auto *state = child<QComboBox>("buildsState");
        state->setCurrentIndex(state->findData(static_cast<int>(build::Outcome::Failed)));
        QTRY_COMPARE(m_place->model()->rowCount(), 0);
        state->setCurrentIndex(0);
        QTRY_COMPARE(m_place->model()->rowCount(), 2);
        QTest::mouseClick(child<QPushButton>("planCardForget"), Qt::LeftButton);
        QTRY_COMPARE(m_place->model()->rowCount(), 1);
    }

    /// What runs is cancelled, and the builder asked, before the window closes; the plan is told nothing and goes on.
    void closingCancels()
    {
        const build::Pairs good = startHangingPlan();
        QTRY_VERIFY(m_place->centre()->queue().isBusy());
        QTRY_COMPARE(m_place->centre()->records().size(), 1U);
        answer(*m_place, "closeWithBuilds", QMessageBox::DestructiveRole);
        QVERIFY(m_place->mayClose());
        m_place->hide(); // As its window does.
        QVERIFY(!m_place->centre()->queue().isBusy());
        QTRY_COMPARE(m_place->centre()->records().front().outcome,
                     std::optional(build::Outcome::Cancelled)); // Not killed.
        m_environment = good;
        reopen();
        QTRY_VERIFY2(cardText().contains(QStringLiteral("0 built, 2 to go")), qPrintable(cardText()));
        QTest::mouseClick(child<QPushButton>("queuePause"), Qt::LeftButton);
        QTRY_VERIFY2(cardText().contains(QStringLiteral("2 of 2 tags for all platforms made")), qPrintable(cardText()));
    }

    /// Who has started builds wants to see them.
    void showsTheFirstThatRuns()
    {
        startHangingPlan();
        QTRY_VERIFY(child<QLabel>("buildTitle")->isVisible());
        QVERIFY(child<QLabel>("buildTitle")->text().contains(QStringLiteral("vllm")));
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

    void theNewestPlanStandsOnTop()
    {
        layTwoImages();
        play("fail.jsonl");
        set("FAKE_DOCKER_EXIT", "1");
        open();
        for (const std::size_t plans : {std::size_t{1}, std::size_t{2}}) { // The later one of one image.
            tickAllAndRelease();
            PlanModel *model = m_place->plan()->model();
            for (int row = 0; plans == 2 && row < model->rowCount(); ++row)
                model->setTicked({row}, model->job(row).service == "vllm");
            QTRY_VERIFY(child<QPushButton>("planStart")->text().contains(plans == 1 ? u"2 builds" : u"1 build"));
            QTest::mouseClick(child<QPushButton>("planStart"), Qt::LeftButton);
            QTRY_COMPARE(m_place->centre()->plans().size(), plans);
            QTRY_VERIFY(m_place->centre()->plans().back().progress.ended);
        }
        const auto titles = [this] { // From the top.
            std::map<int, QString> found;
            for (const QWidget *card : m_place->findChildren<QWidget *>(QStringLiteral("planCard")))
                found[card->y()] = card->findChild<QLabel *>(QStringLiteral("planCardTitle"))->text().left(9 + 7);
            QStringList list;
            for (const auto &[y, title] : found)
                list << title;
            return list;
        };
        const QStringList expected{QStringLiteral("Plan of 1 image,"), QStringLiteral("Plan of 2 images")};
        QTRY_COMPARE(titles(), expected);
        reopen();
        QTRY_COMPARE(titles(), expected);
    }

    /// To build them in another way: first of all everything is as it was.
    void changesAPlanThatFailed()
    {
        layTwoImages();
        play("fail.jsonl");
        set("FAKE_DOCKER_EXIT", "1");
        open();
        child<QPlainTextEdit>("planArguments")->setPlainText(QStringLiteral("VLLM_VERSION=0.18.0\nEXTRA=a b"));
        child<QPlainTextEdit>("planContexts")->setPlainText(QStringLiteral("more=pack/cuda"));
        child<QLineEdit>("planNamespace")->setText(QStringLiteral("localhost:5000/me"));
        child<QLineEdit>("planEntitlements")->clear();
        child<QLineEdit>("planLimits")->setText(QStringLiteral("core=0"));
        child<QLineEdit>("planSharedMemory")->setText(QStringLiteral("1g"));
        for (const char *box : {"planNoCache", "planPull", "planProvenance", "planSbom", "planCacheTo"})
            child<QCheckBox>(box)->toggle();
        tickAllAndRelease();
        const auto commands = [this] { return child<QPlainTextEdit>("planCommands")->toPlainText(); };
        QTRY_VERIFY(commands().contains(QStringLiteral("vllm0.18.0")) && commands().contains(u"imagetools create"));
        const QString before = commands();
        QTest::mouseClick(child<QPushButton>("planStart"), Qt::LeftButton);
        QTRY_VERIFY(cardText().contains(QStringLiteral("2 not built")));
        for (const char *text : {"planArguments", "planContexts"})
            child<QPlainTextEdit>(text)->clear();
        for (const char *text : {"planNamespace", "planLimits", "planSharedMemory"})
            child<QLineEdit>(text)->clear();
        for (const char *box : {"planNoCache", "planPull", "planProvenance", "planSbom", "planCacheTo", "planRelease"})
            child<QCheckBox>(box)->toggle();
        child<QComboBox>("planOutput")->setCurrentIndex(0);
        QTRY_VERIFY(commands().isEmpty());
        QTest::mouseClick(child<QPushButton>("planCardChoose"), Qt::LeftButton);
        QVERIFY(m_place->plan()->isVisible());
        QCOMPARE(m_place->plan()->model()->ticked().size(), std::size_t{2});
        QTRY_COMPARE(commands(), before);
    }

    void refusesAPlanWhoseBaseIsNotKept()
    {
        layTwoImages();
        open();
        m_place->newBuild();
        QTest::mouseClick(child<QPushButton>("planTickAll"), Qt::LeftButton);
        QTRY_VERIFY(child<QLabel>("planObstacle")->text().contains(QStringLiteral("would stay in the build cache")));
        QVERIFY(!child<QPushButton>("planStart")->isEnabled());
        QCOMPARE(child<QPushButton>("planStart")->text(), QStringLiteral("&Start"));
        child<QCheckBox>("planDryRun")->setChecked(true);
        QTRY_VERIFY(child<QPushButton>("planStart")->isEnabled());
    }

    /// Many ticks make one plan, and a start counts for the last of them.
    void startsWhatIsTickedLast()
    {
        layTwoImages();
        play("success.jsonl");
        open();
        m_place->newBuild();
        PlanModel *model = m_place->plan()->model();
        child<QComboBox>("planOutput")->setCurrentIndex(1);
        model->setTicked({0, 1}, true);
        QTRY_VERIFY(child<QPushButton>("planStart")->isEnabled());
        QTRY_COMPARE(child<QPushButton>("planStart")->text(), QStringLiteral("&Start 2 builds"));
        for (int i = 0; i < 20; ++i)
            model->setTicked({1}, i % 2 == 0);
        QTest::mouseClick(child<QPushButton>("planStart"), Qt::LeftButton);
        QTRY_COMPARE(m_place->centre()->queue().items.size(), 1U);
        QCOMPARE(m_place->centre()->queue().items.front().request.platformTag, model->job(0).platformTag);
    }

    /// By builds of before: in the plan of one and of two, and while a build runs.
    void tellsHowLongItTakes()
    {
        layTwoImages();
        play("success.jsonl");
        open();
        build();
        QTRY_COMPARE(outcome(), static_cast<int>(build::Outcome::Succeeded));
        m_place->newBuild();
        auto *estimate = child<QLabel>("planEstimate");
        QVERIFY(estimate->text().isEmpty());
        child<QComboBox>("planOutput")->setCurrentIndex(1);
        PlanModel *model = m_place->plan()->model();
        model->setTicked({0}, true);
        QTRY_VERIFY(estimate->text().startsWith(QStringLiteral("Takes about ")));
        QVERIFY(estimate->text().endsWith(QStringLiteral(", by 1 earlier")));
        model->setTicked({0, 1}, true);
        QTRY_VERIFY2(estimate->text().endsWith(QStringLiteral("; of 1 of the 2 nothing is known")),
                     qPrintable(estimate->text()));
        QByteArray half = testdata::read(testdata::project(QStringLiteral("tests/data/rawjson/success.jsonl")));
        half.truncate(half.size() / 4);
        centre::write(m_folder->filePath(QStringLiteral("half.jsonl")), half);
        m_environment.clear();
        set("FAKE_DOCKER_STREAM", log("half.jsonl"));
        set("FAKE_DOCKER_HANG", "polite");
        reopen();
        build(); // Which is shown when it runs.
        QTRY_VERIFY2(summary().contains(QRegularExpression(QStringLiteral("about [0-9.]+ s left"))),
                     qPrintable(summary()));
        m_place->centre()->cancelAll();
        QTRY_COMPARE(outcome(), static_cast<int>(build::Outcome::Cancelled));
        QTRY_VERIFY(!summary().contains(QRegularExpression(QStringLiteral("about [0-9.]+ s left"))));
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
        const auto commands = [this] { return child<QPlainTextEdit>("planCommands")->toPlainText(); };
        QTRY_VERIFY(commands().contains(QStringLiteral("--builder big")));
        QVERIFY(commands().contains(QStringLiteral("--allow security.insecure")));
    }

private:
    /// sglang waits for vllm, whose docker goes on until it is asked to end. Gives the environment of a docker that
    /// ends.
    build::Pairs startHangingPlan()
    {
        layTwoImages();
        play("success.jsonl");
        const build::Pairs good = m_environment;
        set("FAKE_DOCKER_HANG", "polite");
        open();
        tickAllAndRelease();
        QTest::mouseClick(child<QPushButton>("planStart"), Qt::LeftButton);
        if (!QTest::qWaitFor([this] { return outcome() == -2; }, 5000))
            qFatal("the second build of the plan does not wait");
        return good;
    }
};

QTEST_MAIN(TestBuildPlans)
#include "tst_buildplans.moc"
