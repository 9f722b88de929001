// What the place "Pack" tells of an image: arguments, typed ones too, command, rehearsal; by keys and clicks.
#include "packtest.h"

class TestPackPreview final : public PackTest
{
    Q_OBJECT

private Q_SLOTS:
    void init() { setUp(); }
    void cleanup() { tearDown(); }

    void argumentsAreExplained()
    {
        openDockerfile();
        QCOMPARE(cell("CUDA_VERSION", PreviewModel::ValueColumn), QStringLiteral("12.9.1"));
        QVERIFY(cell("CUDA_VERSION", PreviewModel::From).startsWith(QStringLiteral("matrix.yml:")));
        QVERIFY(cell("CUDA_VERSION", PreviewModel::From).contains(QStringLiteral("Dockerfile:4")));
        QCOMPARE(cell("CUDA_VERSION", PreviewModel::Need), QStringLiteral("required"));
        QCOMPARE(cell("VLLM_VERSION", PreviewModel::UsedIn), QStringLiteral("vllm-build"));
        QCOMPARE(cell("VLLM_OLD", PreviewModel::Need), QStringLiteral("placeholder"));
        QVERIFY(complaint("VLLM_OLD").isEmpty());
        QVERIFY(!complaint("VLLM_SPARE").isEmpty());
        auto *tabs = m_place->findChild<QTabWidget *>(QStringLiteral("previewTabs"));
        QVERIFY(tabs->tabText(0).contains(QLatin1Char('1')));
    }

    void typedArgumentsCountAtOnce()
    {
        openDockerfile();
        auto *typed = m_place->findChild<QLineEdit *>(QStringLiteral("previewOverrides"));
        typed->setFocus();
        auto *complaint = m_place->findChild<QLabel *>(QStringLiteral("previewComplaint"));
        QTest::keyClicks(typed, "VLLM_VERSION=0.9.9 ");
        QVERIFY(!complaint->isVisible());
        QTest::keyClicks(typed, "UNKNOWN='a b'");
        QCOMPARE(cell("VLLM_VERSION", PreviewModel::ValueColumn), QStringLiteral("0.9.9"));
        QVERIFY(cell("VLLM_VERSION", PreviewModel::From).startsWith(QStringLiteral("typed here")));
        QCOMPARE(cell("UNKNOWN", PreviewModel::Need), QStringLiteral("unknown"));
        QCOMPARE(cell("UNKNOWN", PreviewModel::ValueColumn), QStringLiteral("a b"));
        QVERIFY(!this->complaint("UNKNOWN").isEmpty());
        const Preview &preview = m_place->preview()->preview();
        QVERIFY(preview.commandLine.contains(QStringLiteral("vllm0.9.9-linux-amd64")));
        QVERIFY(preview.commandLine.contains(QStringLiteral("VLLM_VERSION=0.9.9")));
        QVERIFY(complaint->isVisible());
        QVERIFY(complaint->text().contains(QStringLiteral("UNKNOWN")));
        QTest::keyClicks(typed, " oops");
        QVERIFY(complaint->isVisible());
        QVERIFY(complaint->text().contains(QStringLiteral("oops")));
        QVERIFY(complaint->text().contains(QStringLiteral("UNKNOWN")));
        typed->setText(QStringLiteral("VLLM_SPARE=3 ") + QString(3000, u'X') + QStringLiteral("=1"));
        QVERIFY(complaint->text().contains(QStringLiteral("does not use VLLM_SPARE")));
        QVERIFY(m_place->minimumSizeHint().width() < 1000);
    }

    /// What a rule gives for one of its services is no finding in an image of another.
    void givenForAnotherServiceOfTheRule()
    {
        const auto rule = [this](const QByteArray &services) {
            QByteArray text = centre::matrixText();
            text.replace("    services:\n      - \"vllm\"\n", "    services: " + services + "\n");
            text.replace("      - \"VLLM_VERSION=0.17.1\"\n",
                         "      - \"VLLM_VERSION=0.17.1\"\n      - \"SGLANG_VERSION=0.5.9\"\n");
            centre::write(m_folder->filePath(QStringLiteral("matrix.yml")), text);
            load();
            openDockerfile();
        };
        centre::write(m_folder->filePath(QStringLiteral("pack/cuda/Dockerfile")),
                      "ARG SGLANG_VERSION=1\n" + dockerfileText()
                          + "FROM runtime AS sglang\nARG SGLANG_VERSION\nENV V=${SGLANG_VERSION}\n");
        rule("[vllm, sglang]");
        QVERIFY(complaint("SGLANG_VERSION").isEmpty());
        QCOMPARE(cell("SGLANG_VERSION", PreviewModel::UsedIn), QStringLiteral("other images"));
        rule("[vllm]");
        QVERIFY(complaint("SGLANG_VERSION").contains(QStringLiteral("no image of its rule")));
    }

    /// What is shown stays until the answer to the last question is there; those in between are left out.
    void longDockerfilesAreWorkedOutBeside()
    {
        QByteArray text = dockerfileText();
        QByteArray chain = "ARG CHAIN_0=1\n";
        for (int i = 1; i < 2000; ++i)
            chain += "ARG CHAIN_" + QByteArray::number(i) + "=${CHAIN_" + QByteArray::number(i - 1) + "}\n";
        text.insert(text.indexOf("ARG "), chain);
        centre::write(m_folder->filePath(QStringLiteral("pack/cuda/Dockerfile")), text);
        load();
        QVERIFY(m_place->openFile(QStringLiteral("pack/common/clean.sh")));
        openDockerfile();
        const auto *line = m_place->findChild<QLabel *>(QStringLiteral("previewComplaint"));
        QVERIFY2(line->text().contains(QStringLiteral("being worked out")), qPrintable(line->text()));
        QTRY_COMPARE(cell("CUDA_VERSION", PreviewModel::ValueColumn), QStringLiteral("12.9.1"));
        QVERIFY(line->text().isEmpty());
        QTRY_COMPARE(cell("CHAIN_1999", PreviewModel::ValueColumn), QStringLiteral("1"));
        QSignalSpy changed(m_place->preview(), &PreviewPane::previewChanged);
        auto *typed = m_place->findChild<QLineEdit *>(QStringLiteral("previewOverrides"));
        typed->setText(QStringLiteral("CHAIN_0=2"));
        typed->setText(QStringLiteral("CHAIN_0=3"));
        QCOMPARE(cell("CHAIN_1999", PreviewModel::ValueColumn), QStringLiteral("1"));
        QTRY_COMPARE(cell("CHAIN_1999", PreviewModel::ValueColumn), QStringLiteral("3"));
        QCOMPARE(changed.count(), 1);
        typed->setText(QStringLiteral("CHAIN_0=4"));
        QVERIFY(m_place->openFile(QStringLiteral("pack/common/clean.sh"))); // What is under way is for nobody then.
        QVERIFY(m_place->preview()->preview().arguments.empty());
        QThreadPool::globalInstance()->waitForDone();
        QCoreApplication::sendPostedEvents();
        QVERIFY(m_place->preview()->preview().arguments.empty());
    }

    /// For nothing while no stage uses it; else its description is wrong, not what is typed.
    void typedPlaceholders()
    {
        openDockerfile();
        auto *typed = m_place->findChild<QLineEdit *>(QStringLiteral("previewOverrides"));
        auto *line = m_place->findChild<QLabel *>(QStringLiteral("previewComplaint"));
        typed->setText(QStringLiteral("VLLM_OLD=5"));
        QVERIFY(line->text().contains(QStringLiteral("does not use VLLM_OLD")));
        QVERIFY(complaint("VLLM_OLD").contains(QStringLiteral("for nothing")));
        centre::write(m_folder->filePath(QStringLiteral("pack/cuda/Dockerfile")),
                      dockerfileText().replace("VLLM_VERSION  REQUIRED   ", "VLLM_VERSION  PLACEHOLDER"));
        load();
        typed->setText(QStringLiteral("VLLM_VERSION=5"));
        QVERIFY(!line->isVisible());
        QVERIFY(complaint("VLLM_VERSION").contains(QStringLiteral("a stage uses it")));
    }

    void narrowWindowsShowWhatCounts()
    {
        openDockerfile();
        const auto *table = m_place->findChild<QTableView *>(QStringLiteral("previewArguments"));
        const auto *image = m_place->findChild<QComboBox *>(QStringLiteral("previewImage"));
        const auto *typed = m_place->findChild<QLineEdit *>(QStringLiteral("previewOverrides"));
        m_place->resize(480, 320);
        const auto below = [&] {
            return typed->mapTo(m_place.get(), QPoint()).y() - image->mapTo(m_place.get(), QPoint()).y();
        };
        QTRY_VERIFY(below() > 2 * gridUnit);
        QVERIFY(table->isColumnHidden(PreviewModel::From) && table->isColumnHidden(PreviewModel::UsedIn));
        QVERIFY(table->columnWidth(PreviewModel::ValueColumn) > 40);
        m_place->resize(1200, 700);
        QTRY_VERIFY(!table->isColumnHidden(PreviewModel::From));
        QTRY_VERIFY(std::abs(below()) < gridUnit);
    }

    void valuesAreEditedInPlace()
    {
        openDockerfile();
        auto *table = m_place->findChild<QTableView *>(QStringLiteral("previewArguments"));
        const int row = rowOf("VLLM_VERSION");
        table->setFocus();
        table->setCurrentIndex(model()->index(row, PreviewModel::ValueColumn));
        QCOMPARE(m_place->editor()->currentLine(), 5); // The line that declares it.
        QTest::keyClick(table, Qt::Key_F2);
        auto *cellEditor = table->findChild<QLineEdit *>();
        QVERIFY(cellEditor);
        cellEditor->setText(QStringLiteral("1.0 beta"));
        QTest::keyClick(cellEditor, Qt::Key_Return);
        auto *typed = m_place->findChild<QLineEdit *>(QStringLiteral("previewOverrides"));
        QTRY_COMPARE(typed->text(), QStringLiteral("VLLM_VERSION=\"1.0 beta\""));
        QCOMPARE(cell("VLLM_VERSION", PreviewModel::ValueColumn), QStringLiteral("1.0 beta"));
        table->setCurrentIndex(model()->index(row, PreviewModel::ValueColumn));
        QTest::keyClick(table, Qt::Key_Delete);
        QCOMPARE(typed->text(), QString());
        QCOMPARE(cell("VLLM_VERSION", PreviewModel::ValueColumn), QStringLiteral("0.17.1"));
    }

    void goesWhileACellIsEdited()
    {
        openDockerfile();
        auto *table = m_place->findChild<QTableView *>(QStringLiteral("previewArguments"));
        table->setFocus();
        table->setCurrentIndex(model()->index(0, PreviewModel::ValueColumn));
        QTest::keyClick(table, Qt::Key_F2);
        auto *cellEditor = table->findChild<QLineEdit *>();
        QVERIFY(cellEditor);
        cellEditor->setText(QStringLiteral("1"));
        m_place.reset();
    }

    /// The same engine as `runnerctl command`.
    void commandIsTheEngines()
    {
        openDockerfile();
        const workspace::Workspace &workspace = *m_loaded->workspace;
        build::Options options;
        options.naming = workspace.matrix.image;
        const auto request = build::makeRequest(workspace.root.string(), m_loaded->plan().jobs[0], options);
        QVERIFY(request);
        const QString expected = QString::fromStdString(text::shellLine(build::commandLine(*request)));
        QCOMPARE(m_place->preview()->preview().commandLine, expected);
        auto *tabs = m_place->findChild<QTabWidget *>(QStringLiteral("previewTabs"));
        tabs->setCurrentIndex(1);
        auto *copy = m_place->findChild<QPushButton *>(QStringLiteral("previewCopy"));
        QSignalSpy said(m_place.get(), &Place::statusMessage);
        QTest::mouseClick(copy, Qt::LeftButton);
        QCOMPARE(QGuiApplication::clipboard()->text(), expected);
        QCOMPARE(said.size(), 1);
        auto *typed = m_place->findChild<QLineEdit *>(QStringLiteral("previewOverrides"));
        typed->setText(QStringLiteral("CUDA_VERSION=13.0.1 =5 VLLM")); // What it would give is not what is meant.
        QVERIFY(!copy->isEnabled());
        const QString hint = m_place->findChild<QLabel *>(QStringLiteral("previewCommandHint"))->text();
        QVERIFY2(hint.contains(QStringLiteral("“=5” has no name"))
                     && hint.contains(QStringLiteral("“VLLM” has no value")),
                 qPrintable(hint));
        typed->clear();
        QVERIFY(copy->isEnabled());
    }

    void runtimeImagesAreThere()
    {
        openDockerfile();
        auto *image = m_place->findChild<QComboBox *>(QStringLiteral("previewImage"));
        QVERIFY(image->count() >= 1);
        QCOMPARE(image->itemText(0), QStringLiteral("cuda12.9-vllm0.17.1"));
        QVERIFY(!m_place->preview()->chooseImage(QStringLiteral("no-such-tag")));
    }

    void imagesGoByTheirTagNow()
    {
        openDockerfile();
        auto *image = m_place->findChild<QComboBox *>(QStringLiteral("previewImage"));
        auto *typed = m_place->findChild<QLineEdit *>(QStringLiteral("previewOverrides"));
        typed->setText(QStringLiteral("VLLM_VERSION=0.99"));
        QCOMPARE(image->currentText(), QStringLiteral("cuda12.9-vllm0.99"));
        load();
        QCOMPARE(image->currentText(), QStringLiteral("cuda12.9-vllm0.99"));
        QVERIFY(m_place->preview()->chooseImage(QStringLiteral("cuda12.9-vllm0.17.1")));
        typed->clear();
        QCOMPARE(image->currentText(), QStringLiteral("cuda12.9-vllm0.17.1"));
    }

    /// A table makes its first row current when it gets the focus: the place of editing stays.
    void focusInTheTableLeavesTheCaret()
    {
        openDockerfile();
        auto *table = m_place->findChild<QTableView *>(QStringLiteral("previewArguments"));
        m_place->editor()->goTo(11, 1);
        m_place->editor()->setFocus();
        table->setFocus(Qt::TabFocusReason);
        QCOMPARE(m_place->editor()->currentLine(), 11);
        QTest::keyClick(table, Qt::Key_Down);
        QVERIFY(m_place->editor()->currentLine() < 8);
    }

    void rehearsals()
    {
        openDockerfile();
        auto *hint = m_place->findChild<QLabel *>(QStringLiteral("previewTranscriptHint"));
        QTRY_VERIFY(hint->text().contains(QStringLiteral("pack/transcripts/cuda/vllm.txt")));
        QVERIFY(QDir(m_folder->path()).mkpath(QStringLiteral("pack/transcripts/cuda")));
        centre::write(m_folder->filePath(QStringLiteral("pack/transcripts/cuda/vllm.txt")), "apt-get install tini\n");
        load();
        auto *transcript = m_place->findChild<CodePane *>(QStringLiteral("previewTranscript"));
        QTRY_COMPARE(transcript->editor()->text(), QStringLiteral("apt-get install tini\n"));
        QVERIFY2(hint->text().startsWith(
                     QStringLiteral("Recorded for vllm with the Dockerfile's defaults, CUDA_VERSION=12.8.0, "
                                    "VLLM_VERSION=0.1.0; this image has 12.9.1, 0.17.1. ")),
                 qPrintable(hint->text()));
        auto *typed = m_place->findChild<QLineEdit *>(QStringLiteral("previewOverrides"));
        typed->setText(QStringLiteral("CUDA_VERSION=12.8.0 VLLM_VERSION=0.1.0"));
        QVERIFY2(hint->text().contains(QStringLiteral("defaults, which this image has")), qPrintable(hint->text()));
        QVERIFY(hint->text().contains(QStringLiteral("typed arguments are not in it")));
        typed->clear();
        centre::write(m_folder->filePath(QStringLiteral("pack/transcripts/cuda/vllm.arm64.txt")), "for arm64\n");
        const std::filesystem::path root = m_folder->path().toStdString();
        expand::Job job = m_loaded->plan().jobs.front();
        job.platform = "linux/arm64";
        const auto arm = readTranscript(root, job);
        QVERIFY(arm && arm->text == "for arm64\n" && arm->ruleChanges.empty());
        expand::Job outside = job;
        outside.backend = "..";
        QVERIFY(!readTranscript(root, outside));
        outside = job;
        outside.service = "../../x";
        QVERIFY(!readTranscript(root, outside));
    }

    /// What the rule's arguments change together is recorded beside the transcript with the defaults.
    void rehearsalsOfRules()
    {
        openDockerfile();
        QVERIFY(QDir(m_folder->path()).mkpath(QStringLiteral("pack/transcripts/cuda")));
        centre::write(m_folder->filePath(QStringLiteral("pack/transcripts/cuda/vllm.txt")), "apt-get install tini\n");
        centre::write(m_folder->filePath(QStringLiteral("pack/transcripts/cuda/rules.txt")),
                      "sglang for linux/amd64 with CUDA_VERSION=12.9.1\n  in sglang\n    -other service\n"
                      "vllm for linux/amd64 with CUDA_VERSION=12.8.1\n  in vllm\n    -other version\n"
                      "vllm, sglang for linux/amd64 with CUDA_VERSION=12.9.1 VLLM_VERSION=0.17.1\n  in vllm\n    "
                      "-cu128\n    +cu129\n"
                      "vllm without end\n  nothing\n");
        load();
        auto *transcript = m_place->findChild<CodePane *>(QStringLiteral("previewTranscript"));
        QTRY_COMPARE(transcript->editor()->text(),
                     QStringLiteral("apt-get install tini\n\n# What the arguments of this image's rule change in it:\n"
                                    "  in vllm\n    -cu128\n    +cu129\n"));
        auto *hint = m_place->findChild<QLabel *>(QStringLiteral("previewTranscriptHint"));
        QVERIFY(hint->text().contains(QStringLiteral("what the rule changes stands at its end")));
    }

    void overridesAreReadLikeWords_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<bool>("fine");
        QTest::newRow("nothing") << "" << QStringList() << true;
        QTest::newRow("two") << "A=1  B=2" << QStringList{"A=1", "B=2"} << true;
        QTest::newRow("quotes") << "A=\"x y\" B='z \"w\"'" << QStringList{"A=x y", "B=z \"w\""} << true;
        QTest::newRow("backslash") << "A=x\\ y" << QStringList{"A=x y"} << true;
        QTest::newRow("empty value") << "A=" << QStringList{"A="} << true;
        QTest::newRow("no value") << "A" << QStringList() << false;
        QTest::newRow("bad name") << "1A=2" << QStringList() << false;
        QTest::newRow("open quote") << "A='x" << QStringList{"A=x"} << false;
        QTest::newRow("dollar is no variable") << "A=$B`c`" << QStringList{"A=$B`c`"} << true;
    }

    void overridesAreReadLikeWords()
    {
        QFETCH(QString, typed);
        QFETCH(QStringList, arguments);
        QFETCH(bool, fine);
        const Overrides read = parseOverrides(typed);
        QStringList got;
        for (const std::string &argument : read.arguments)
            got << QString::fromStdString(argument);
        QCOMPARE(got, arguments);
        QCOMPARE(read.complaint.isEmpty(), fine);
        QCOMPARE(parseOverrides(formatOverrides(read.arguments)).arguments, read.arguments);
    }

    /// Told, not judged: a keystroke from the typed line to everything shown, on this project's own pack.
    void keystrokeOnTheRealPack()
    {
        m_loaded = centre::load(QStringLiteral(RUNNER_SOURCE_DIR));
        QVERIFY(m_loaded);
        m_place->setWorkspace(m_loaded);
        openDockerfile();
        auto *typed = m_place->findChild<QLineEdit *>(QStringLiteral("previewOverrides"));
        QElapsedTimer clock;
        clock.start();
        QTest::keyClicks(typed, "VLLM_VERSION=0.99.0");
        qInfo("a keystroke takes %.1f ms", static_cast<double>(clock.elapsed()) / 19);
        QCOMPARE(cell("VLLM_VERSION", PreviewModel::ValueColumn), QStringLiteral("0.99.0"));
    }
};

QTEST_MAIN(TestPackPreview)
#include "tst_packpreview.moc"
