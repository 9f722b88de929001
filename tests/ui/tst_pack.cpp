// The place "Pack" on a small pack centre: files, source, stages, findings; by keys and clicks.
#include "packtest.h"

class TestPack final : public PackTest
{
    Q_OBJECT

private Q_SLOTS:
    void init() { setUp(); }
    void cleanup() { tearDown(); }

    void filesAreListed()
    {
        auto *files = m_place->findChild<QTreeView *>(QStringLiteral("packFiles"));
        QCOMPARE(files->model()->rowCount(), 2);
        QCOMPARE(files->model()->index(0, 0).data().toString(), QStringLiteral("common"));
        QVERIFY(m_place->openFile(QStringLiteral("pack/cuda/Dockerfile")));
        QCOMPARE(m_place->editor()->text().toUtf8(), dockerfileText());
        QVERIFY(m_place->editor()->isReadOnly());
        files->setFocus();
        QTest::keyClick(files, Qt::Key_Home);
        QTest::keyClick(files, Qt::Key_Down);
        QCOMPARE(m_place->currentFile(), QStringLiteral("pack/common/clean.sh"));
        const QModelIndex cuda = files->model()->index(1, 0);
        QCOMPARE(files->model()->rowCount(cuda), 2);
        QCOMPARE(files->model()->index(1, 0, cuda).data().toString(), QStringLiteral("parts/read.me"));
        QVERIFY(m_place->editor()->text().contains(QStringLiteral("echo clean")));
        QVERIFY(!m_place->preview()->isVisible()); // A script has no image.
        QVERIFY(!m_place->openFile(QStringLiteral("pack/../matrix.yml")));
    }

    void stagesAreAGraph()
    {
        openDockerfile();
        const StageModel &stages = *m_place->stages();
        QCOMPARE(stages.rowCount(), 4);
        QVERIFY(stages.row(0).isNeeded && stages.row(1).isNeeded && stages.row(3).isNeeded);
        QVERIFY(!stages.row(2).isNeeded);
        QVERIFY(stages.row(3).isTarget);
        QCOMPARE(stages.row(0).base, QStringLiteral("nvidia/cuda:12.9.1"));
        QCOMPARE(stages.row(3).takesFrom, QList<int>{1});
        QVERIFY(stages.row(3).lanes[0].joins && !stages.row(3).lanes[0].isCopy);
        QVERIFY(stages.row(3).lanes[1].joins && stages.row(3).lanes[1].isCopy);
        QVERIFY(stages.index(2).data(Qt::ToolTipRole).toString().contains(QStringLiteral("does not need it")));
    }

    void stagesAndSourceFollowEachOther()
    {
        openDockerfile();
        auto *view = m_place->findChild<StageView *>();
        view->setFocus();
        view->setCurrentIndex(view->model()->index(0, 0));
        QTest::keyClick(view, Qt::Key_Down);
        QCOMPARE(m_place->editor()->currentLine(), 9);
        QCOMPARE(m_place->editor()->highlightedRange().first, 9);
        QCOMPARE(m_place->editor()->highlightedRange().last, 13);
        m_place->editor()->goTo(16);
        QCOMPARE(view->currentIndex().row(), 3);
        m_place->editor()->goTo(2);
        QVERIFY(!view->currentIndex().isValid());
        QCOMPARE(m_place->editor()->highlightedRange().first, 0);
    }

    void findingsAreInTheMargin()
    {
        auto loaded = std::make_shared<LoadedWorkspace>(*m_loaded);
        loaded->problems.push_back(
            {"some-id", Severity::Warning, {"pack/cuda/Dockerfile", 5, 5}, "Not good", "Mend it"});
        m_place->setWorkspace(loaded);
        openDockerfile();
        const QList<int> found = m_place->editor()->problemsAt(5);
        QVERIFY(!found.isEmpty());
        QVERIFY(m_place->reveal({"pack/cuda/Dockerfile", 5, 5}));
        QCOMPARE(m_place->editor()->currentLine(), 5);
        QTest::keyClick(m_place->editor(), Qt::Key_Period, Qt::ControlModifier);
        auto *menu = m_place->findChild<QMenu *>(QStringLiteral("packProblemMenu"));
        QVERIFY(menu);
        menu->close();
        QVERIFY(!m_place->reveal({"matrix.yml", 1, 1}));
    }

    void reloadKeepsThePlace()
    {
        openDockerfile();
        m_place->editor()->goTo(12);
        m_place->findChild<QLineEdit *>(QStringLiteral("previewOverrides"))->setText(QStringLiteral("VLLM_OLD=3"));
        load();
        QCOMPARE(m_place->currentFile(), QStringLiteral("pack/cuda/Dockerfile"));
        QCOMPARE(m_place->editor()->currentLine(), 12);
        QCOMPARE(cell("VLLM_OLD", PreviewModel::ValueColumn), QStringLiteral("3"));
        centre::write(m_folder->filePath(QStringLiteral("pack/cuda/Dockerfile")), "# new\n" + dockerfileText());
        load();
        QVERIFY(m_place->editor()->text().startsWith(QStringLiteral("# new")));
        QCOMPARE(m_place->editor()->currentLine(), 12);
    }

    void textIsEditedWithTheDocument()
    {
        DocumentSet documents;
        MatrixDocument matrix;
        PackPlace place(*m_settings);
        place.setDocuments(documents, matrix);
        place.resize(1200, 700);
        place.show();
        QVERIFY(QTest::qWaitForWindowExposed(&place));
        place.setWorkspace(m_loaded);
        documents.setRoot(m_loaded->workspace->root); // As the window does: after the workspace.
        QVERIFY(place.openFile(QStringLiteral("pack/cuda/Dockerfile")));
        QVERIFY(!place.editor()->isReadOnly());
        TextDocument *document = place.editedDocument();
        QVERIFY(document);
        place.editor()->goTo(14);
        place.editor()->setFocus();
        QTest::keyClicks(place.editor(), "FROM runtime AS more");
        QTest::keyClick(place.editor(), Qt::Key_Return);
        QVERIFY(document->isModified());
        auto *files = place.findChild<PackFileModel *>();
        const auto listed = [files] { return files->indexOf(QStringLiteral("pack/cuda/Dockerfile")); };
        QCOMPARE(listed().data().toString(), QStringLiteral("Dockerfile •"));
        QCOMPARE(listed().data(Qt::AccessibleTextRole).toString(), QStringLiteral("Dockerfile, not saved"));
        QTRY_COMPARE(place.stages()->rowCount(), 5);
        QCOMPARE(place.stages()->row(2).name, QStringLiteral("more"));
        document->undoStack()->undo();
        while (document->undoStack()->canUndo())
            document->undoStack()->undo();
        QCOMPARE(place.editor()->text().toUtf8(), dockerfileText());
        QTRY_COMPARE(place.stages()->rowCount(), 4);
        document->undoStack()->redo();
        while (document->undoStack()->canRedo())
            document->undoStack()->redo();
        QVERIFY(documents.saveAll());
        QCOMPARE(listed().data().toString(), QStringLiteral("Dockerfile"));
        QFile saved(m_folder->filePath(QStringLiteral("pack/cuda/Dockerfile")));
        QVERIFY(saved.open(QIODevice::ReadOnly));
        QCOMPARE(saved.readAll(), place.editor()->text().toUtf8());
        QVERIFY(place.editor()->text().contains(QStringLiteral("\nFROM runtime AS more\n")));
        centre::write(saved.fileName(), "# from outside\n" + dockerfileText());
        documents.checkDisk();
        QVERIFY(place.editor()->text().startsWith(QStringLiteral("# from outside")));
    }

    void argumentsAreCompleted()
    {
        ArgumentCompletions completions;
        new QAbstractItemModelTester(&completions, QAbstractItemModelTester::FailureReportingMode::QtTest,
                                     &completions);
        const auto file = dockerfile::readDockerfile(dockerfileText().toStdString(), "Dockerfile");
        const auto offered = [&](const char *before, bool inside, bool asked) {
            completions.fill(file, {QString::fromLatin1(before), inside, asked});
            return completions.rowCount() == 0 ? QString() : completions.index(0, 0).data().toString();
        };
        QCOMPARE(offered("  A", false, false), QStringLiteral("ADD"));
        for (const char *before : {"A", "cd a", "# A", "RUN echo V"})
            QCOMPARE(offered(before, true, false), QString());
        for (const char *before : {"# A", "USER r", "ENV X=A", "FROM busybox AS r"})
            QCOMPARE(offered(before, false, false), QString());
        for (const char *before : {"FROM r", "COPY --from=vl", "RUN --mount=type=bind,from=a --from="})
            QCOMPARE(offered(before, false, false), QStringLiteral("runtime"));
        for (const char *before : {"ARG V", "ENV X=$V", "FROM a:${V"})
            QCOMPARE(offered(before, false, false), QStringLiteral("CUDA_VERSION"));
        for (const char *before : {"echo ${V", "echo $"})
            QCOMPARE(offered(before, true, false), QStringLiteral("CUDA_VERSION"));
        for (const char *before : {"USER r", "ENV X=A", "# V"})
            QCOMPARE(offered(before, false, true), QStringLiteral("CUDA_VERSION"));
        completions.fill(file, {QStringLiteral("ARG "), false, true});
        QCOMPARE(completions.index(0, 0).data(CompletionText).toString(), QStringLiteral("CUDA_VERSION"));
        QCOMPARE(completions.index(0, 0).data(CompletionDetail).toString(), QStringLiteral("12.8.0"));
        QCOMPARE(completions.index(0, 0).data(CompletionHint).toString(), QStringLiteral("Version of CUDA."));
    }

    void emptyCentre()
    {
        QTemporaryDir other;
        centre::write(other.filePath(QStringLiteral("matrix.yml")), centre::matrixText());
        m_place->setWorkspace(centre::load(other.path()));
        auto *title = m_place->findChild<QLabel *>(QStringLiteral("emptyStateTitle"));
        QVERIFY(title->isVisible());
        QVERIFY(title->text().contains(QStringLiteral("nothing to build from")));
    }
};

QTEST_MAIN(TestPack)
#include "tst_pack.moc"
