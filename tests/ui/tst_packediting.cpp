// Editing in the place "Pack" of a window: findings follow the text at once and are looked for again a moment later,
// and every repair does what it says.
#include "centre.h"

#include "check/convention/convention.h"
#include "documents/documentset.h"
#include "editor/codeeditor.h"
#include "openwindow.h"
#include "pack/packfilemodel.h"
#include "pack/packplace.h"
#include "pack/previewpane.h"
#include "window/mainwindow.h"

#include <QLabel>
#include <QMenu>
#include <QSignalSpy>
#include <QTreeView>

#include <algorithm>
#include <memory>

using namespace runner;
using namespace runner::ui;

namespace {

const char *const file = "pack/musa/Dockerfile";
const char *const strictShell = R"(SHELL ["/bin/bash", "-eo", "pipefail", "-c"])";

const QByteArray matrixText =
    "schema: 1\n"
    "services: { vllm: { name: vLLM } }\n"
    "backends: { musa: { name: MUSA, title: MUSA } }\n"
    "rules:\n"
    "  - { backend: musa, services: [vllm], platforms: [linux/amd64], args: [MUSA_VERSION=4.1.0] }\n";

const QByteArray fine = "# Images for MUSA.\n"
                        "#\n"
                        "#   MUSA_JOBS        PLACEHOLDER  Compilers at a time.\n"
                        "#                                 Nothing is compiled.\n"
                        "#   MUSA_VERSION     REQUIRED     Version of MUSA.\n"
                        "#   VLLM_VERSION     REQUIRED     Version of vLLM.\n"
                        "\n"
                        "# MUSA_JOBS Compilers at a time\n"
                        "ARG MUSA_JOBS\n"
                        "ARG MUSA_VERSION=4.1.0\n"
                        "ARG VLLM_VERSION=0.9.2\n"
                        "\n"
                        "FROM vendor:${MUSA_VERSION} AS vllm\n"
                        "SHELL [\"/bin/bash\", \"-eo\", \"pipefail\", \"-c\"]\n"
                        "ARG VLLM_VERSION\n"
                        "RUN <<EOF\n"
                        "    check\n"
                        "    install \"${VLLM_VERSION}\"\n"
                        "EOF\n"
                        "WORKDIR /\n"
                        "ENTRYPOINT [ \"tini\", \"--\" ]\n";

QByteArray replaced(const QByteArray &before, const QByteArray &after)
{
    QByteArray text = fine;
    if (!text.contains(before))
        qFatal("nothing to replace: %s", before.constData());
    return text.replace(before, after);
}

} // namespace

class TestPackEditing final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("XDG_STATE_HOME", m_state.path().toUtf8()); }

    void cleanup()
    {
        if (m_window)
            m_window->documents()->discard();
        m_window.reset();
    }

    void repairs_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("title");
        QTest::addColumn<QByteArray>("after");
        const auto shell = QByteArray(strictShell) + "\n";
        const QByteArray end = "ENTRYPOINT [ \"tini\", \"--\" ]\n";
        const QByteArray jobs = "#   MUSA_JOBS        PLACEHOLDER  Compilers at a time.\n";
        QTest::newRow("the need of what is not used")
            << replaced("PLACEHOLDER  Comp", "REQUIRED     Comp") << "convention-unused-argument"
            << "Say PLACEHOLDER" << fine;
        const QByteArray used = replaced("ARG VLLM_VERSION\n", "ARG VLLM_VERSION\nARG MUSA_JOBS\n")
                                    .replace("check\n", "check $MUSA_JOBS\n");
        QTest::newRow("the need of what is used, and may be empty")
            << used << "convention-placeholder-used"
            << "Say OPTIONAL" << QByteArray(used).replace("PLACEHOLDER  Comp", "OPTIONAL     Comp");
        const QByteArray given = QByteArray(used).replace("ARG MUSA_JOBS\nARG MUSA_V", "ARG MUSA_JOBS=4\nARG MUSA_V");
        QTest::newRow("the need of what is used")
            << given << "convention-placeholder-used"
            << "Say REQUIRED" << QByteArray(given).replace("PLACEHOLDER  Comp", "REQUIRED     Comp");
        const QByteArray described =
            QByteArray(fine)
                .replace(jobs + "#                                 Nothing is compiled.\n", "")
                .replace("ARG MUSA_JOBS\nARG MUSA_VERSION=4.1.0\n",
                         "ARG MUSA_VERSION=4.1.0\n# MUSA_JOBS Compilers at a time\nARG MUSA_JOBS\n")
                .replace("\n\n# MUSA_JOBS Compilers at a time\n", "\n\n");
        QTest::newRow("a description") << described << "convention-undocumented-argument"
                                       << "Describe it in the header"
                                       << QByteArray(described).replace("of MUSA.\n", "of MUSA.\n" + jobs);
        QTest::newRow("a description of nothing")
            << replaced("#   VLLM_VERSION ", "#   MUSA_GONE        OPTIONAL     Gone.\n#   VLLM_VERSION ")
            << "convention-no-such-argument"
            << "Remove the description" << fine;
        QTest::newRow("a chain") << replaced("RUN <<EOF\n    check\n    install \"${VLLM_VERSION}\"\nEOF\n",
                                             "RUN check \\\n    && install \"${VLLM_VERSION}\"\n")
                                 << "convention-run-chain"
                                 << "Write a heredoc" << fine;
        QTest::newRow("a careless shell") << replaced("-eo", "-o") << "convention-shell"
                                          << "Stop at the first error" << fine;
        QTest::newRow("no shell") << replaced(shell, "") << "convention-shell"
                                  << "Add SHELL" << fine;
        QTest::newRow("no folder") << replaced("WORKDIR /\n", "") << "convention-workdir"
                                   << "Add WORKDIR /" << fine;
        QTest::newRow("another folder") << replaced("WORKDIR /\n" + end, end + "WORKDIR /work\n")
                                        << "convention-workdir"
                                        << "Add WORKDIR /"
                                        << replaced("WORKDIR /\n" + end, end + "WORKDIR /work\nWORKDIR /\n");
        QTest::newRow("neither folder nor entry point") << replaced("WORKDIR /\n" + end, "") << "convention-entrypoint"
                                                        << "Add ENTRYPOINT" << replaced("WORKDIR /\n", "");
        QTest::newRow("no entry point, and no line end") << fine.chopped(end.size() + 1) << "convention-entrypoint"
                                                         << "Add ENTRYPOINT" << fine;
        QTest::newRow("another entry point")
            << replaced("[ \"tini\", \"--\" ]", "[\"/usr/bin/tini\"]") << "convention-entrypoint"
            << "Write the usual ENTRYPOINT" << fine;
    }

    /// Each is chosen in the menu of its line, by the keyboard, in a file with either line end.
    void repairs()
    {
        QFETCH(QByteArray, before);
        QFETCH(QString, id);
        QFETCH(QString, title);
        QFETCH(QByteArray, after);
        for (const char *lineEnd : {"\n", "\r\n"}) {
            QByteArray text = QByteArray(before).replace("\n", lineEnd);
            open(text);
            const int finding = find(id);
            QVERIFY2(finding >= 0, qPrintable(found().join(u' ')));
            const QStringList others = withoutFirst(id);
            const auto now = [&] { // A new heredoc's line ends are the next thing to mend.
                const QStringList all = found();
                return title == u"Write a heredoc"
                           ? all.filter(QRegularExpression(QStringLiteral("^(?!convention-carriage-return:)")))
                           : all;
            };
            press(finding, title);
            TextDocument *document = place()->editedDocument();
            QCOMPARE(QByteArray::fromStdString(document->text()), QByteArray(after).replace("\n", lineEnd));
            QTRY_VERIFY(isWithin(now(), others)); // It is gone, and there is none that was not there.
            document->undoStack()->undo();
            QCOMPARE(QByteArray::fromStdString(document->text()), text);
            QTRY_VERIFY(find(id) >= 0);
            cleanup();
        }
    }

    /// Its bytes are other ones with either line end, so it has no row above.
    void carriageReturnsAreTakenOut()
    {
        open(QByteArray(fine).replace("\n", "\r\n"));
        const int finding = find(QStringLiteral("convention-carriage-return"));
        QVERIFY2(finding >= 0, qPrintable(found().join(u' ')));
        press(finding, QStringLiteral("Write LF line ends"));
        QCOMPARE(QByteArray::fromStdString(place()->editedDocument()->text()), QByteArray(fine));
        QTRY_VERIFY(find(QStringLiteral("convention-carriage-return")) < 0);
    }

    /// What this file does not press is not offered: whoever adds a repair adds a row.
    void noRepairIsForgotten()
    {
        QStringList pressed;
        QFile self(QStringLiteral(RUNNER_SOURCE_DIR "/tests/ui/tst_packediting.cpp"));
        QVERIFY(self.open(QIODevice::ReadOnly));
        const QString own = QString::fromUtf8(self.readAll());
        QDir rules(QStringLiteral(RUNNER_SOURCE_DIR "/core/check/convention"));
        int titles = 0;
        for (const QString &name : rules.entryList({QStringLiteral("*.cpp")})) {
            QFile source(rules.filePath(name));
            QVERIFY(source.open(QIODevice::ReadOnly));
            static const QRegularExpression title(QStringLiteral("(?:fix|append)\\(\"([A-Z][^\"]*[^\" ])\"[,)]"));
            for (auto each = title.globalMatch(QString::fromUtf8(source.readAll())); each.hasNext(); ++titles) {
                const QString quoted = u'"' + each.next().captured(1) + u'"';
                QVERIFY2(own.contains(quoted), qPrintable(quoted));
            }
        }
        QVERIFY(titles >= 10);
    }

    void findingsFollowTheText()
    {
        open(replaced("PLACEHOLDER  Comp", "REQUIRED     Comp"));
        QCOMPARE(linesOf(QStringLiteral("convention-unused-argument")), QList<int>{9});
        editor()->goTo(2, 2);
        QTest::keyClick(editor(), Qt::Key_Return);
        QCOMPARE(linesOf(QStringLiteral("convention-unused-argument")), QList<int>{10}); // At once.
        QTest::keyClicks(editor(), "# More.");
        QTRY_COMPARE(shownFinding(QStringLiteral("convention-unused-argument")).where.line, 10); // Checked again.
        QCOMPARE(linesOf(QStringLiteral("convention-unused-argument")), QList<int>{10});
    }

    void whatIsTypedIsChecked()
    {
        open(fine);
        QVERIFY(found().isEmpty());
        editor()->goTo(20);
        QTest::keyClicks(editor(), "RUN a && b");
        QTest::keyClick(editor(), Qt::Key_Return);
        QTRY_COMPARE(linesOf(QStringLiteral("convention-run-chain")), QList<int>{20});
        QVERIFY(place()->editedDocument()->isModified()); // Without saving.
        QVERIFY(shownFinding(QStringLiteral("convention-run-chain")).where.column == 7);
        editor()->goTo(20, 5);
        for (int i = 0; i < 5; ++i)
            QTest::keyClick(editor(), Qt::Key_Delete);
        QTRY_VERIFY(found().isEmpty());
    }

    /// A matrix that is being rewritten holds up no Dockerfile: the one that could be read last counts.
    void whatIsTypedIsCheckedBesideABrokenMatrix()
    {
        open(fine);
        TextDocument *matrix = nullptr;
        QTRY_VERIFY(matrix = m_window->documents()->find("matrix.yml")); // Opened after the first frame.
        const std::size_t version = matrix->text().find("4.1.0");
        matrix->edit({{{version, version + 5}, "4.2.0"}}, {});
        QTRY_VERIFY(commandLine().contains(QStringLiteral("MUSA_VERSION=4.2.0")));
        matrix->edit({{{0, 0}, "["}}, {});
        QTRY_VERIFY(m_window->loader()->error());
        auto *notice = place()->findChild<QLabel *>(QStringLiteral("packNotice"));
        QVERIFY(notice->isVisible());
        editor()->goTo(20);
        QTest::keyClicks(editor(), "RUN a && b");
        QTest::keyClick(editor(), Qt::Key_Return);
        QTRY_COMPARE(linesOf(QStringLiteral("convention-run-chain")), QList<int>{20});
        QVERIFY(m_window->loader()->error());
        QVERIFY(notice->isVisible());
        press(find(QStringLiteral("convention-run-chain")), QStringLiteral("Write a heredoc"));
        QTRY_VERIFY(found().isEmpty());
        QVERIFY(commandLine().contains(QStringLiteral("MUSA_VERSION=4.2.0"))); // Not the disk's.
        matrix->undoStack()->undo();
        QTRY_VERIFY(!m_window->loader()->error());
        QVERIFY(!notice->isVisible());
        QVERIFY(place()->editedDocument()->isModified()); // Still there.
        QVERIFY(editor()->text().contains(QStringLiteral("    a\n")));
    }

    /// Somebody deletes the file: it stays in the list, marked, with the work; saving writes it again.
    void aFileThatIsDeletedMeanwhile()
    {
        open(fine);
        const QByteArray beside = "# Beside it.\nFROM scratch AS vllm\n";
        centre::write(m_folder->filePath(QStringLiteral("pack/musa/Dockerfile.other")), beside);
        editor()->goTo(1);
        QTest::keyClicks(editor(), "# Mine.");
        QTest::keyClick(editor(), Qt::Key_Return);
        const QByteArray work = "# Mine.\n" + fine;
        const QString path = m_folder->filePath(QLatin1String(file));
        QVERIFY(QFile::remove(path));
        const auto row = [this] { return fileModel()->indexOf(QLatin1String(file)); };
        QTRY_VERIFY_WITH_TIMEOUT(row().data(PackFileModel::DeletedRole).toBool(), 20000);
        QVERIFY(fileModel()->indexOf(QStringLiteral("pack/musa/Dockerfile.other")).isValid());
        QCOMPARE(row().data().toString(), QStringLiteral("Dockerfile (deleted) •"));
        QVERIFY(row().data(Qt::ToolTipRole).toString().contains(QStringLiteral("saving writes it again")));
        QCOMPARE(place()->currentFile(), QLatin1String(file));
        QCOMPARE(editor()->text().toUtf8(), work);
        QTest::keyClicks(editor(), "x"); // And goes on.
        QTest::keyClick(editor(), Qt::Key_Backspace);
        QCOMPARE(QByteArray::fromStdString(place()->editedDocument()->text()), work);
        QVERIFY(m_window->documents()->saveAll());
        QFile written(path);
        QVERIFY(written.open(QIODevice::ReadOnly));
        QCOMPARE(written.readAll(), work);
        QTRY_VERIFY_WITH_TIMEOUT(!row().data(PackFileModel::DeletedRole).toBool(), 20000);
        QCOMPARE(row().data().toString(), QStringLiteral("Dockerfile"));
        QCOMPARE(place()->currentFile(), QLatin1String(file));
    }

    /// Undone before the checks have seen it: what is known of that text is shown again.
    void undoBringsFindingsBack()
    {
        open(replaced("WORKDIR /\n", ""));
        QVERIFY(find(QStringLiteral("convention-workdir")) >= 0);
        editor()->goTo(13);
        editor()->moveCursor(QTextCursor::EndOfLine, QTextCursor::KeepAnchor);
        QTest::keyClick(editor(), Qt::Key_Delete);
        QVERIFY(linesOf(QStringLiteral("convention-workdir")).isEmpty()); // Its text is gone.
        place()->editedDocument()->undoStack()->undo();
        QTRY_COMPARE(linesOf(QStringLiteral("convention-workdir")), QList<int>{13});
    }

    void keyboardReachesEverything()
    {
        open(fine);
        QStringList reached;
        for (int i = 0; i < 30; ++i) {
            QWidget *here = m_window->focusWidget();
            reached << here->objectName();
            const bool writes = here == editor();
            QTest::keyClick(here, Qt::Key_Tab, writes ? Qt::ControlModifier : Qt::NoModifier);
        }
        for (const char *name :
             {"packFiles", "codeEditor", "stageView", "previewImage", "previewOverrides", "previewArguments"})
            QVERIFY2(reached.contains(QLatin1String(name)),
                     qPrintable(QLatin1String(name) + u' ' + reached.join(u' ')));
        editor()->setFocus();
        QTest::keyClick(editor(), Qt::Key_Backtab, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(m_window->focusWidget()->objectName(), QStringLiteral("packFiles"));
        QCOMPARE(editor()->text().toUtf8(), fine); // No Tab was written.
    }

    /// Told, not judged: how long the window does not answer while a long Dockerfile is typed into and checked.
    void typingInALongFile()
    {
        QByteArray text = fine;
        for (int i = 0; text.count('\n') < 2000; ++i) {
            const QByteArray number = QByteArray::number(i);
            text += "\nFROM vllm AS more" + number
                    + "\nARG MUSA_VERSION\nRUN <<EOF\n    make -j 8 && install \"${MUSA_VERSION}\"\nEOF\n";
        }
        open(text);
        qint64 longest = 0;
        QElapsedTimer clock;
        QTimer ticks;
        connect(&ticks, &QTimer::timeout, this, [&] { longest = std::max(longest, clock.restart()); });
        ticks.start(0);
        editor()->goTo(1000);
        QCoreApplication::processEvents();
        longest = 0;
        clock.start();
        for (const char key : QByteArray("RUN a && b")) {
            QTest::keyClick(editor(), key);
            QTest::qWait(50);
        }
        QTest::keyClick(editor(), Qt::Key_Return);
        QElapsedTimer checked;
        checked.start();
        QTRY_VERIFY(!linesOf(QStringLiteral("convention-run-chain")).isEmpty());
        qInfo("the event loop stood still for %lld ms at most; the finding was there %lld ms after the last key",
              longest, checked.elapsed());
    }

private:
    void open(const QByteArray &text)
    {
        m_folder = std::make_unique<QTemporaryDir>();
        centre::write(m_folder->filePath(QStringLiteral("matrix.yml")), matrixText);
        QVERIFY(QDir(m_folder->path()).mkpath(QStringLiteral("pack/musa")));
        centre::write(m_folder->filePath(QLatin1String(file)), text);
        m_settings = std::make_unique<Settings>(m_folder->filePath(QStringLiteral("settings.ini")));
        m_window = std::make_unique<MainWindow>(*m_settings);
        centre::openIn(*m_window, m_folder->path());
        QVERIFY(m_window->showPlace(QStringLiteral("pack")));
        QTRY_VERIFY(place()->editedDocument());
        QCOMPARE(place()->currentFile(), QLatin1String(file));
        editor()->setFocus();
    }

    PackPlace *place() const { return static_cast<PackPlace *>(m_window->currentPlace()); }
    CodeEditor *editor() const { return place()->editor(); }
    PackFileModel *fileModel() const
    {
        return static_cast<PackFileModel *>(place()->findChild<QTreeView *>(QStringLiteral("packFiles"))->model());
    }
    QString commandLine() const { return place()->preview()->preview().commandLine; }

    /// The findings that the editor shows, sorted, as "ID: MESSAGE".
    QStringList found() const
    {
        QStringList all;
        for (const Problem &problem : editor()->problems())
            all << QString::fromStdString(problem.id + ": " + problem.message);
        all.sort();
        return all;
    }

    static bool isWithin(const QStringList &some, QStringList all)
    {
        return std::all_of(some.begin(), some.end(), [&all](const QString &each) { return all.removeOne(each); });
    }

    QStringList withoutFirst(const QString &id) const
    {
        QStringList all = found();
        for (int i = 0; i < all.size(); ++i) {
            if (all[i].startsWith(id + u':')) {
                all.removeAt(i);
                break;
            }
        }
        return all;
    }

    int find(const QString &id) const
    {
        const Problems &problems = editor()->problems();
        for (std::size_t i = 0; i < problems.size(); ++i) {
            if (problems[i].id == id.toStdString())
                return static_cast<int>(i);
        }
        return -1;
    }

    Problem shownFinding(const QString &id) const
    {
        const int index = find(id);
        return index < 0 ? Problem() : editor()->problems()[static_cast<std::size_t>(index)];
    }

    /// Where the marks are.
    QList<int> linesOf(const QString &id) const
    {
        QList<int> lines;
        for (std::size_t i = 0; i < editor()->problems().size(); ++i) {
            const int line = editor()->problemLine(static_cast<int>(i));
            if (line > 0 && editor()->problems()[i].id == id.toStdString())
                lines << line;
        }
        return lines;
    }

    void press(int finding, const QString &title)
    {
        editor()->goTo(editor()->problemLine(finding));
        QTest::keyClick(editor(), Qt::Key_Period, Qt::ControlModifier);
        auto *menu = place()->findChild<QMenu *>(QStringLiteral("packProblemMenu"));
        QVERIFY(menu);
        const QList<QAction *> actions = menu->actions();
        for (QAction *action : actions) {
            if (action->text() != title)
                continue;
            menu->setActiveAction(action);
            QTest::keyClick(menu, Qt::Key_Return);
            return;
        }
        menu->close();
        QFAIL(qPrintable(title));
    }

    QTemporaryDir m_state;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<MainWindow> m_window;
};

QTEST_MAIN(TestPackEditing)
#include "tst_packediting.moc"
