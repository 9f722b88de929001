// The support table edits: its menu by keys, for one version and for all that are selected; and problems lead
// to its rows.
#include "diagnostics/problemspane.h"
#include "matrixwindow.h"
#include "support/supportmodel.h"
#include "support/supportpage.h"
#include "support/supportplace.h"
#include "support/supportview.h"

#include <QMenu>

#include <functional>

using namespace runner;
using namespace runner::ui;

namespace {

const QByteArray olderMatrix = "rules:\n  - backend: cuda\n    services: [vllm]\n    args: [\"CUDA_VERSION=12.9.1\"]\n";

QByteArray record(const char *version, const char *platform, const char *deprecated)
{
    return QByteArray("  {\n    \"backend\": \"cuda\",\n    \"backend_version\": \"12.9\",\n"
                      "    \"original_backend_version\": \"12.9.1\",\n    \"backend_variant\": \"\",\n"
                      "    \"service\": \"vllm\",\n    \"service_version\": \"")
           + version + "\",\n    \"platform\": \"" + platform
           + "\",\n    \"docker_image\": \"gpustack/runner:cuda12.9-vllm" + version
           + "\",\n    \"deprecated\": " + deprecated + "\n  }";
}

QByteArray olderCatalog(const char *deprecated)
{
    return "[\n" + record("0.17.1", "linux/amd64", deprecated) + ",\n" + record("0.17.1", "linux/arm64", deprecated)
           + ",\n" + record("0.16.0", "linux/amd64", "false") + "\n]\n";
}

} // namespace

class TestSupportEdits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { m_window.reset(); }

    /// What is marked is ticked in the menu; choosing it again takes the mark away.
    void aMarkIsTakenAway()
    {
        open();
        select(2);
        menu([this] { press(Qt::Key_F2); }, QStringLiteral("markDeprecated"), true);
        QCOMPARE(m_window->text(), centre::matrixText().replace("\"0.9.1\", deprecated: true", "\"0.9.1\""));
    }

    /// An empty field has nothing to undo: the window has.
    void undoFromTheSearchField()
    {
        open();
        select(2);
        menu([this] { press(Qt::Key_F2); }, QStringLiteral("markDeprecated"), true);
        QVERIFY(m_window->text() != centre::matrixText());
        auto *search = m_window->find<QLineEdit>("searchField");
        search->setFocus();
        QTest::keyClicks(search, QStringLiteral("x"));
        QTest::keyClick(search, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(search->text(), QString());
        QVERIFY(m_window->text() != centre::matrixText());
        search->setText(QString()); // As when the place is opened.
        QVERIFY(m_window->find<QAction>("undo")->isEnabled());
        m_window->window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window->window.get()));
        QTest::keyClick(search, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(m_window->text(), centre::matrixText());
    }

    /// The whole way without a mouse: to the chip, into the menu, down to the entry.
    void keysOpenTheMenu()
    {
        open();
        select(0);
        view()->setFocus();
        QTest::keyClick(view(), Qt::Key_Right);
        QCOMPARE(view()->currentEntry(), 1);
        bool opened = false;
        QTimer::singleShot(0, this, [&] {
            auto *shown = qobject_cast<QMenu *>(QApplication::activePopupWidget());
            opened = shown != nullptr;
            if (!opened)
                return;
            QTest::keyClick(shown, Qt::Key_Down);
            QCOMPARE(shown->activeAction()->objectName(), QStringLiteral("markDeprecated"));
            QTest::keyClick(shown, Qt::Key_Down);
            QTest::keyClick(shown, Qt::Key_Return);
        });
        press(Qt::Key_F2);
        QVERIFY(opened);
        QCOMPARE(m_window->text(), centre::matrixText().replace("stage: rc }", "stage: rc, polished: true }"));
    }

    /// Several cells: one step for all of their versions, and the menu says how many.
    void allSelectedAreSet()
    {
        open();
        view()->selectAll();
        QString section;
        menu([this] { press(Qt::Key_F2); }, QStringLiteral("markReleaseCandidate"), false,
             [&](const QMenu *shown) { section = shown->actions().constFirst()->text(); });
        QVERIFY2(section.contains(QStringLiteral("all 6 selected")), qPrintable(section));
        int count = 0;
        for (const matrix::RunnerRow &row : m_window->matrix().runners) {
            for (const matrix::RunnerCell &cell : row.cells) {
                for (const matrix::RunnerEntry &entry : cell.entries) {
                    QCOMPARE(entry.releaseCandidate, entry.listed);
                    ++count;
                }
            }
        }
        QCOMPARE(count, 7);
        m_window->undo();
        QCOMPARE(m_window->text(), centre::matrixText());
    }

    /// Of several, some may have it: the menu says how many, and the mark goes to the others.
    void aMarkThatSomeHave()
    {
        open();
        view()->selectAll();
        const auto textOf = [](const QMenu *shown, const char *name) {
            for (const QAction *action : shown->actions()) {
                if (action->objectName() == QLatin1String(name))
                    return action->text() + (action->isChecked() ? QStringLiteral(" +") : QString());
            }
            return QString();
        };
        menu([this] { press(Qt::Key_F2); }, QStringLiteral("markReleaseCandidate"), false,
             [&](const QMenu *shown) {
                 QCOMPARE(textOf(shown, "markReleaseCandidate"), QStringLiteral("&Release candidate (1 of 6)"));
                 QCOMPARE(textOf(shown, "markPolished"), QStringLiteral("&Polished (1 of 6)"));
                 QCOMPARE(textOf(shown, "markListed"), QStringLiteral("&Listed in the table +"));
             });
        QTRY_VERIFY(m_window->find<QAction>("markReleaseCandidate")->isChecked());
        menu([this] { press(Qt::Key_F2); }, QStringLiteral("markReleaseCandidate"), true,
             [&](const QMenu *shown) {
                 QCOMPARE(textOf(shown, "markReleaseCandidate"), QStringLiteral("&Release candidate +"));
             });
        select(0);
        QCOMPARE(m_window->find<QAction>("markPolished")->text(), QStringLiteral("&Polished"));
    }

    /// Ctrl and a click takes single versions, of one cell or several; exactly those are set, and they stay chosen.
    void versionsAreChosenOneByOne()
    {
        open();
        select(0);
        click(2, Qt::ControlModifier);
        click(4, Qt::ControlModifier);
        click(3, Qt::ControlModifier);
        click(3, Qt::ControlModifier); // Not that one.
        QCOMPARE(view()->chosenEntries(), (std::set<int>{0, 2, 4}));
        QString section;
        menu([this] { press(Qt::Key_F2); }, QStringLiteral("markPolished"), false,
             [&](const QMenu *shown) { section = shown->actions().constFirst()->text(); });
        QVERIFY2(section.contains(QStringLiteral("all 3 selected")), qPrintable(section));
        QCOMPARE(
            m_window->text(),
            centre::matrixText()
                .replace("\"0.17.1\", platforms: [linux/amd64]", "\"0.17.1\", polished: true, platforms: [linux/amd64]")
                .replace("\"0.9.1\", deprecated: true", "\"0.9.1\", deprecated: true, polished: true")
                .replace("\"0.5.9\", released: false", "\"0.5.9\", polished: true, released: false"));
        QTRY_COMPARE(view()->chosenEntries(), (std::set<int>{0, 2, 4}));
        click(1, Qt::NoModifier);
        QVERIFY(view()->chosenEntries().empty());
        QCOMPARE(view()->currentEntry(), 1);
    }

    void shiftChoosesThoseBetween()
    {
        open();
        select(1);
        click(3, Qt::ShiftModifier);
        QCOMPARE(view()->chosenEntries(), (std::set<int>{1, 2, 3}));
        click(2, Qt::ShiftModifier); // From where it began.
        QCOMPARE(view()->chosenEntries(), (std::set<int>{1, 2}));
        QTest::mouseClick(view()->viewport(), Qt::RightButton, Qt::NoModifier,
                          place(1)); // The menu is about all of them.
        QCOMPARE(view()->chosenEntries(), (std::set<int>{1, 2}));
        QTest::mouseClick(view()->viewport(), Qt::RightButton, Qt::NoModifier, place(0));
        QVERIFY(view()->chosenEntries().empty());
    }

    void keysChooseVersions()
    {
        open();
        select(0);
        view()->setFocus();
        QTest::keyClick(view(), Qt::Key_Right, Qt::ShiftModifier);
        QCOMPARE(view()->chosenEntries(), (std::set<int>{0, 1}));
        QTest::keyClick(view(), Qt::Key_Right, Qt::ControlModifier);
        QTest::keyClick(view(), Qt::Key_Right, Qt::ControlModifier);
        QCOMPARE(view()->currentEntry(), 3);
        QCOMPARE(view()->chosenEntries(), (std::set<int>{0, 1}));
        QTest::keyClick(view(), Qt::Key_Space, Qt::ControlModifier);
        QCOMPARE(view()->chosenEntries(), (std::set<int>{0, 1, 3}));
        QTest::keyClick(view(), Qt::Key_Left);
        QVERIFY(view()->chosenEntries().empty());
        QTest::keyClick(view(), Qt::Key_A, Qt::ControlModifier); // Whole cells, as before.
        QVERIFY(view()->chosenEntries().empty());
        QVERIFY(view()->selectionModel()->selectedIndexes().size() > 1);
    }

    void aVersionIsRemoved()
    {
        open();
        select(3);
        menu([this] { press(Qt::Key_F2); }, QStringLiteral("removeEntries"));
        QCOMPARE(m_window->text(),
                 centre::matrixText().replace("        - { version: \"0.8.5\", polished: true }\n", ""));
    }

    /// The older layout's catalogue is a file of its own: its diff is that of the one word.
    void theOlderCatalogue()
    {
        openOlder();
        select(0);
        menu([this] { press(Qt::Key_F2); }, QStringLiteral("markDeprecated"), false,
             [](const QMenu *shown) {
                 for (const QAction *action : shown->actions()) {
                     if (action->objectName() == QLatin1String("markPolished"))
                         QVERIFY(!action->isEnabled()); // That catalogue does not know it.
                 }
             });
        const TextDocument *document = m_window->window->documents()->find("gpustack_runner/runner.py.json");
        QVERIFY(document);
        QCOMPARE(QByteArray::fromStdString(document->text()), olderCatalog("true"));
        QVERIFY(m_window->find<QAction>("undo")->isEnabled());
        m_window->undo();
        QCOMPARE(QByteArray::fromStdString(document->text()), olderCatalog("false"));
        QVERIFY(m_window->find<QAction>("redo")->isEnabled());
        m_window->redo();
        QCOMPARE(QByteArray::fromStdString(document->text()), olderCatalog("true"));
        QVERIFY(m_window->window->showPlace(QStringLiteral("matrix"))); // The matrix has nothing to undo.
        QVERIFY(!m_window->find<QAction>("undo")->isEnabled());
        QVERIFY(m_window->window->showPlace(QStringLiteral("support")));
        QVERIFY(m_window->find<QAction>("undo")->isEnabled());
    }

    /// What is no row's goes where it was.
    void otherProblemsLeadToTheText()
    {
        open(centre::matrixText().replace("- \"CUDA_VERSION=12.9.1\"\n",
                                          "- \"CUDA_VERSION=12.9.1\"\n      - \"TYPO=1\"\n"));
        activate("undeclared-argument");
        QCOMPARE(m_window->window->currentPlace(), static_cast<Place *>(m_window->place()));
        QCOMPARE(m_window->place()->editor()->currentLine(), m_window->lineOf("TYPO=1"));
    }

    /// Also that of the older catalogue, which no other place shows.
    void aProblemOfTheOlderCatalogue()
    {
        openOlder("linux/nonsense");
        QVERIFY(m_window->window->showPlace(QStringLiteral("matrix")));
        activate("unknown-platform");
        QCOMPARE(m_window->window->currentPlace(), static_cast<Place *>(m_window->window->support()));
        QCOMPARE(view()->currentEntry(), 1);
    }

private:
    void open(const QByteArray &text = centre::matrixText())
    {
        m_window = std::make_unique<MatrixWindow>(text);
        QVERIFY(m_window->open());
        showTable();
    }

    void openOlder(const char *platform = "linux/amd64")
    {
        m_window = std::make_unique<MatrixWindow>();
        const QDir root(m_window->root());
        QVERIFY(QFile::remove(m_window->file()));
        QVERIFY(root.mkpath(QStringLiteral("gpustack_runner")));
        centre::write(root.filePath(QStringLiteral("pack/matrix.yaml")), olderMatrix);
        QByteArray catalog = olderCatalog("false");
        const qsizetype at = catalog.lastIndexOf("linux/amd64");
        catalog.replace(at, 11, platform);
        centre::write(root.filePath(QStringLiteral("gpustack_runner/runner.py.json")), catalog);
        QVERIFY(m_window->open());
        showTable();
    }

    void showTable()
    {
        QVERIFY(m_window->window->showPlace(QStringLiteral("support")));
        QTRY_VERIFY(m_window->window->loader()->current()->checked && !m_window->window->loader()->isLoading());
    }

    SupportView *view() const { return m_window->window->support()->page()->view(); }

    void select(int entry)
    {
        QVERIFY(view()->selectEntry(entry));
        QTRY_VERIFY(m_window->find<QAction>("removeEntries")->isEnabled());
    }

    QPoint place(int entry) const
    {
        const QModelIndex cell = cellOf(entry);
        return view()
            ->chipRect(cell, static_cast<int>(cell.data(EntriesRole).value<QList<int>>().indexOf(entry)))
            .center();
    }

    QModelIndex cellOf(int entry) const { return static_cast<const SupportModel *>(view()->model())->cellOf(entry); }

    void click(int entry, Qt::KeyboardModifiers modifiers)
    {
        QTest::mouseClick(view()->viewport(), Qt::LeftButton, modifiers, place(entry));
    }

    /// Through the window, as a keyboard does it.
    void press(int key)
    {
        view()->setFocus();
        QTest::keyClick(m_window->window->windowHandle(), static_cast<Qt::Key>(key));
    }

    /// Opens the menu, looks at it, and chooses an entry.
    void menu(const std::function<void()> &open, const QString &action, bool ticked = false,
              const std::function<void(const QMenu *)> &look = {})
    {
        bool chosen = false;
        QTimer::singleShot(0, this, [&] {
            auto *shown = qobject_cast<QMenu *>(QApplication::activePopupWidget());
            if (!shown)
                return;
            if (look)
                look(shown);
            for (QAction *each : shown->actions()) {
                if (each->objectName() != action)
                    continue;
                QVERIFY(each->isEnabled());
                QCOMPARE(each->isChecked(), ticked);
                shown->setActiveAction(each);
                QTest::keyClick(shown, Qt::Key_Return);
                chosen = true;
                return;
            }
            shown->close();
        });
        open();
        QVERIFY(chosen);
    }

    void activate(const char *id)
    {
        auto *pane = m_window->find<ProblemsPane>("problemsPane");
        const auto *model = static_cast<const ProblemModel *>(pane->model());
        const auto find = [&] {
            const Problems &all = model->problems();
            const auto found =
                std::find_if(all.begin(), all.end(), [id](const Problem &each) { return each.id == id; });
            return found == all.end() ? -1 : static_cast<int>(found - all.begin());
        };
        QTRY_VERIFY(find() >= 0);
        pane->setCurrentIndex(model->index(find(), 0));
        pane->setFocus();
        QTest::keyClick(pane, Qt::Key_Return);
    }

    std::unique_ptr<MatrixWindow> m_window;
};

QTEST_MAIN(TestSupportEdits)
#include "tst_supportedits.moc"
