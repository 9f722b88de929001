// The place "Matrix" through the window: tree, form and YAML on one text, one undo, broken YAML, effect, recovery.
#include "centre.h"
#include "documents/documentset.h"
#include "documents/matrixdocument.h"
#include "editor/codeeditor.h"
#include "editor/completion.h"
#include "matrix/argumenthints.h"
#include "matrix/argumentsmodel.h"
#include "matrix/bumpdialog.h"
#include "matrix/effectpane.h"
#include "matrix/matrixplace.h"
#include "matrix/ruleform.h"
#include "openwindow.h"
#include "support/supportedits.h"
#include "support/supportpage.h"
#include "support/supportplace.h"
#include "support/supportview.h"
#include "text/recovery.h"
#include "window/mainwindow.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QCompleter>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QStandardItemModel>
#include <QTableView>
#include <QTextBlock>
#include <QTreeView>

#include <memory>

using namespace runner;
using namespace runner::ui;

namespace {

QByteArray matrixText()
{
    return QByteArray(centre::matrixText())
        .replace("runners:\n", R"(  # The old one.
  # - backend: "cuda"
  #   services:
  #     - "sglang"
  #   args:
  #     - "CUDA_VERSION=12.4.1"
  #     - "SGLANG_VERSION=0.5.1"
  - backend: "cuda"
    services:
      - "sglang"
    args:
      - "CUDA_VERSION=12.8.1"
      - "SGLANG_VERSION=0.5.9"
  - backend: "cann"
    services:
      - "vllm"
    args:
      - "CANN_VERSION=8.5.0"
      - "CANN_ARCHS=a3"
      - "VLLM_VERSION=0.16.0"
runners:
)");
}

QByteArray readBytes(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unreadable");
}

} // namespace

class TestMatrix : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_state.isValid());
        qputenv("XDG_STATE_HOME", m_state.path().toLocal8Bit()); // Recovery files of a test stay in it.
    }

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(centre::lay(m_folder->path()));
        centre::write(file(), matrixText());
        QVERIFY(QDir(m_folder->path()).mkpath(QStringLiteral("pack/cann")));
        centre::write(m_folder->filePath(QStringLiteral("pack/cann/Dockerfile")),
                      "ARG CANN_VERSION=8.2.0\nARG CANN_ARCHS=910b\nARG VLLM_VERSION=0.1.0\nFROM scratch AS vllm\n");
        makeWindow();
    }

    void cleanup()
    {
        if (m_window && m_window->documents())
            m_window->documents()->discard();
        m_window.reset();
        m_settings.reset();
        QDir(m_state.path()).removeRecursively();
        QDir().mkpath(m_state.path());
    }

    void groupsRulesByBackend()
    {
        QAbstractItemModelTester tester(place()->rules(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        RuleTreeModel *model = place()->rules();
        QCOMPARE(model->rowCount(), 2);
        QCOMPARE(model->index(0, 0).data().toString(), QStringLiteral("NVIDIA CUDA"));
        QCOMPARE(model->rowCount(model->index(0, 0)), 3);
        const QModelIndex disabled = model->index(1, 0, model->index(0, 0));
        QCOMPARE(disabled.data().toString(), QStringLiteral("12.4.1 (disabled)"));
        QCOMPARE(model->ruleAt(disabled), (RuleRef{0, true}));
        QCOMPARE(model->index(0, 0, model->index(1, 0)).data().toString(), QStringLiteral("8.5.0 a3"));
        find<QLineEdit>("ruleFilter")->setText(QStringLiteral("cann 8.5"));
        QCOMPARE(model->shownRules(), 1);
        find<QLineEdit>("ruleFilter")->clear();
        QCOMPARE(model->shownRules(), 4);
    }

    void treeAndYamlMoveEachOther()
    {
        place()->selectRules({{2, false}});
        QCOMPARE(place()->editor()->currentLine(), lineOf("backend: \"cann\""));
        QCOMPARE(place()->editor()->highlightedRange().last, lineOf("VLLM_VERSION=0.16.0"));
        place()->editor()->goTo(lineOf("CUDA_VERSION=12.4.1"));
        QCOMPARE(place()->selectedRules(), (std::vector<RuleRef>{{0, true}}));
        QVERIFY(!find<QWidget>("ruleBackend")->isEnabled());
        place()->editor()->goTo(lineOf("CUDA_VERSION=12.8.1"));
        QCOMPARE(place()->selectedRules(), (std::vector<RuleRef>{{1, false}}));
        QVERIFY(find<QWidget>("ruleBackend")->isEnabled());
        QCOMPARE(find<QComboBox>("ruleBackend")->currentText(), QStringLiteral("NVIDIA CUDA"));
    }

    /// Rules come and go while somebody types in the YAML; the cursor stays where they type.
    void typingKeepsTheCursor()
    {
        CodeEditor *code = place()->editor();
        code->setFocus();
        const int line = lineOf("backend: \"cann\"");
        code->goTo(line);
        for (int blanks = 1; blanks <= 4; ++blanks) {
            QTest::keyClick(code, Qt::Key_Space);
            QCOMPARE(code->currentLine(), line);
            QCOMPARE(code->textCursor().positionInBlock(), blanks);
        }
        for (int blanks = 4; blanks > 0; --blanks)
            QTest::keyClick(code, Qt::Key_Backspace);
        QCOMPARE(text(), matrixText());
        QCOMPARE(place()->selectedRules(), (std::vector<RuleRef>{{2, false}}));
    }

    void replacingARuleKeepsTheCursor_data()
    {
        QTest::addColumn<QByteArray>("first");
        QTest::addColumn<int>("lines");
        QTest::newRow("last") << QByteArray("backend: \"cann\"") << 7;
        QTest::newRow("middle") << QByteArray("\n  - backend: \"cuda\"") << 6;
    }

    void replacingARuleKeepsTheCursor()
    {
        QFETCH(QByteArray, first);
        QFETCH(int, lines);
        CodeEditor *code = place()->editor();
        code->setFocus();
        const int line = lineOf(first.constData()) + (first.startsWith('\n') ? 1 : 0);
        code->goTo(line);
        for (int i = 0; i < lines; ++i)
            QTest::keyClick(code, Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(code->textCursor().selectedText().count(QChar::ParagraphSeparator), lines);
        const QString typed = QStringLiteral("  # replaced text here");
        for (const QChar key : typed) {
            QTest::keyClicks(code, QString(key));
            QCOMPARE(code->currentLine(), line);
        }
        QTest::keyClick(code, Qt::Key_Return);
        QCOMPARE(code->currentLine(), line + 1);
        QVERIFY2(code->text().contains(typed + QLatin1Char('\n')), qPrintable(code->text()));
    }

    void formAndYamlShareOneUndo()
    {
        place()->selectRules({{0, false}});
        setArgument(QStringLiteral("CUDA_VERSION"), QStringLiteral("13.0.1"));
        QVERIFY(place()->editor()->text().contains(QStringLiteral("CUDA_VERSION=13.0.1")));
        place()->editor()->goTo(lineOf("VLLM_VERSION=0.17.1"));
        place()->editor()->setFocus();
        place()->editor()->moveCursor(QTextCursor::EndOfLine);
        QTest::keyClick(place()->editor(), Qt::Key_Left);
        QTest::keyClicks(place()->editor(), QStringLiteral("23"));
        QCOMPARE(value(QStringLiteral("VLLM_VERSION")), QStringLiteral("0.17.123"));
        const QByteArray edited = text();
        undo();
        QCOMPARE(value(QStringLiteral("VLLM_VERSION")), QStringLiteral("0.17.1"));
        QCOMPARE(value(QStringLiteral("CUDA_VERSION")), QStringLiteral("13.0.1"));
        undo();
        QCOMPARE(text(), matrixText());
        QCOMPARE(value(QStringLiteral("CUDA_VERSION")), QStringLiteral("12.9.1"));
        redo();
        redo();
        QCOMPARE(text(), edited);
        QCOMPARE(place()->editor()->text(), QString::fromUtf8(edited));
    }

    void theFormEditsEveryPart()
    {
        place()->selectRules({{0, false}});
        QTest::mouseClick(find<QCheckBox>("ruleService-sglang"), Qt::LeftButton, {}, QPoint(8, 8));
        QCOMPARE(rule(0).services.size(), std::size_t(2));
        QTest::mouseClick(find<QCheckBox>("rulePlatform-linux/arm64"), Qt::LeftButton, {}, QPoint(8, 8));
        QCOMPARE(rule(0).platforms.size(), std::size_t(2));
        auto *table = find<QTableView>("ruleArguments");
        ArgumentsModel *arguments = place()->form()->arguments();
        QVERIFY(arguments->setData(arguments->index(arguments->rowCount() - 1, 0), QStringLiteral("NEW=1"), Qt::EditRole));
        QTRY_COMPARE(value(QStringLiteral("NEW")), QStringLiteral("1"));
        table->selectRow(arguments->rowOf(QStringLiteral("NEW")));
        table->setFocus();
        QTest::keyClick(table, Qt::Key_Delete);
        QTRY_COMPARE(arguments->rowOf(QStringLiteral("NEW")), -1);
        auto *backend = find<QComboBox>("ruleBackend");
        backend->setFocus();
        QTest::keyClick(backend, Qt::Key_Down);
        QCOMPARE(rule(0).backend.text, std::string("cann"));
        for (int step = 0; step < 5; ++step)
            undo();
        QCOMPARE(text(), matrixText());
    }

    /// A rule without services packs nothing: the last one stays, and the form says what is so.
    void aRefusedEditLeavesNothing()
    {
        place()->selectRules({{0, false}});
        QTest::mouseClick(find<QCheckBox>("ruleService-vllm"), Qt::LeftButton, {}, QPoint(8, 8));
        QVERIFY(find<QCheckBox>("ruleService-vllm")->isChecked());
        QCOMPARE(text(), matrixText());
        QCOMPARE(m_window->matrix()->document()->undoStack()->count(), 0);
    }

    void argumentNamesAreCompleted()
    {
        place()->selectRules({{2, false}});
        const ArgumentHint *hint = findHint(place()->form()->arguments()->hints(), QStringLiteral("CANN_ARCHS"));
        QVERIFY(hint);
        QCOMPARE(hint->defaultText, QStringLiteral("910b"));
    }

    void editsOfTheListOfRules_data()
    {
        QTest::addColumn<QString>("action");
        QTest::addColumn<int>("rules");
        QTest::addColumn<int>("disabled");
        for (const char *name : {"addRule", "duplicateRules"})
            QTest::newRow(name) << QString::fromLatin1(name) << 4 << 1;
        QTest::newRow("removeRules") << QStringLiteral("removeRules") << 2 << 1;
        QTest::newRow("toggleRules") << QStringLiteral("toggleRules") << 2 << 2;
        QTest::newRow("moveRuleDown") << QStringLiteral("moveRuleDown") << 3 << 1;
    }

    void editsOfTheListOfRules()
    {
        QFETCH(QString, action);
        QFETCH(int, rules);
        QFETCH(int, disabled);
        place()->selectRules({{0, false}});
        find<QAction>(action.toLatin1())->trigger();
        QCOMPARE(static_cast<int>(m_window->matrix()->matrix().rules.size()), rules);
        QCOMPARE(static_cast<int>(m_window->matrix()->matrix().disabledRules.size()), disabled);
        QVERIFY(!place()->selectedRules().empty());
        const QByteArray edited = text();
        QVERIFY(edited != matrixText());
        undo();
        QCOMPARE(text(), matrixText());
        redo();
        QCOMPARE(text(), edited);
    }

    void aDisabledRuleComesBack()
    {
        place()->selectRules({{0, true}});
        QCOMPARE(find<QAction>("toggleRules")->text(), QStringLiteral("&Enable rule"));
        find<QAction>("toggleRules")->trigger();
        QCOMPARE(m_window->matrix()->matrix().rules.size(), std::size_t(4));
        QCOMPARE(place()->selectedRules(), (std::vector<RuleRef>{{1, false}}));
    }

    void rulesMoveByKeysAndDrops()
    {
        place()->selectRules({{0, false}});
        place()->tree()->setFocus();
        QTest::keyClick(place()->tree(), Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(rule(1).arguments->front().text, std::string("CUDA_VERSION=12.9.1"));
        QCOMPARE(place()->selectedRules(), (std::vector<RuleRef>{{1, false}}));
        QTest::keyClick(place()->tree(), Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(rule(0).arguments->front().text, std::string("CUDA_VERSION=12.9.1"));
        RuleTreeModel *model = place()->rules();
        const QModelIndex cuda = model->index(0, 0);
        const std::unique_ptr<QMimeData> data(model->mimeData({model->indexOf({1, false})}));
        QVERIFY(data);
        QVERIFY(!model->canDropMimeData(data.get(), Qt::MoveAction, 0, 0, model->index(1, 0))); // Another backend's.
        QVERIFY(!model->dropMimeData(data.get(), Qt::MoveAction, 0, 0, cuda));
        QTRY_COMPARE(rule(0).arguments->front().text, std::string("CUDA_VERSION=12.8.1"));
    }

    void rulesAreCopiedAndPastedAsYaml()
    {
        place()->selectRules({{1, false}});
        place()->tree()->setFocus();
        QTest::keyClick(m_window.get(), Qt::Key_C, Qt::ControlModifier);
        QVERIFY(QApplication::clipboard()->text().contains(QStringLiteral("SGLANG_VERSION=0.5.9")));
        find<QAction>("pasteRules")->trigger();
        QCOMPARE(m_window->matrix()->matrix().rules.size(), std::size_t(4));
        QCOMPARE(rule(2), rule(1));
        undo();
        QApplication::clipboard()->setText(QStringLiteral("no rule: ["));
        find<QAction>("pasteRules")->trigger();
        QCOMPARE(text(), matrixText());
    }

    void severalRulesAreEditedTogether()
    {
        place()->selectRules({{0, false}, {1, false}});
        QCOMPARE(value(QStringLiteral("CUDA_VERSION")), QStringLiteral("(several)"));
        setArgument(QStringLiteral("CUDA_VERSION"), QStringLiteral("13.0.1"));
        QCOMPARE(rule(0).arguments->front().text, std::string("CUDA_VERSION=13.0.1"));
        QCOMPARE(rule(1).arguments->front().text, std::string("CUDA_VERSION=13.0.1"));
        find<QAction>("setArgument")->trigger();
        auto *dialog = find<QDialog>("argumentDialog");
        dialog->findChild<QLineEdit *>(QStringLiteral("argumentName"))->setText(QStringLiteral("MAX_JOBS"));
        dialog->findChild<QLineEdit *>(QStringLiteral("argumentValue"))->setText(QStringLiteral("8"));
        dialog->accept();
        QCOMPARE(rule(1).arguments->back().text, std::string("MAX_JOBS=8"));
        undo();
        undo();
        QCOMPARE(text(), matrixText());
    }

    void aVersionChangesWhereverItIsMeant()
    {
        place()->selectRules({{2, false}});
        find<QAction>("bumpVersion")->trigger();
        auto *dialog = find<BumpDialog>("bumpDialog");
        auto *name = dialog->findChild<QComboBox *>(QStringLiteral("bumpName"));
        name->setCurrentText(QStringLiteral("VLLM_VERSION"));
        Q_EMIT name->activated(name->currentIndex());
        auto *old = dialog->findChild<QComboBox *>(QStringLiteral("bumpOld"));
        old->setCurrentText(QStringLiteral("0.16.0"));
        Q_EMIT old->activated(old->currentIndex());
        dialog->findChild<QLineEdit *>(QStringLiteral("bumpNew"))->setText(QStringLiteral("0.18.0"));
        dialog->accept();
        QVERIFY(text().contains("VLLM_VERSION=0.18.0"));
        QVERIFY(!text().contains("VLLM_VERSION=0.16.0"));
        undo();
        QCOMPARE(text(), matrixText());
    }

    /// Nothing throws the focus elsewhere while the argument is chosen by keys.
    void theVersionIsChosenByKeys()
    {
        place()->selectRules({{2, false}});
        find<QAction>("bumpVersion")->trigger();
        auto *dialog = find<BumpDialog>("bumpDialog");
        auto *name = dialog->findChild<QComboBox *>(QStringLiteral("bumpName"));
        QCOMPARE(name->currentText(), QStringLiteral("CANN_VERSION")); // Of the selected rule's backend.
        QCOMPARE(dialog->focusWidget(), dialog->findChild<QWidget *>(QStringLiteral("bumpNew")));
        name->setFocus();
        QTest::keyClick(name, Qt::Key_Down);
        QCOMPARE(name->currentText(), QStringLiteral("CUDA_VERSION"));
        QCOMPARE(dialog->focusWidget(), static_cast<QWidget *>(name));
        QCOMPARE(dialog->findChild<QComboBox *>(QStringLiteral("bumpOld"))->currentText(), QStringLiteral("12.9.1"));
        dialog->reject();
    }

    void anArgumentIsAddedByKeys_data()
    {
        QTest::addColumn<int>("key");
        QTest::newRow("Tab") << int(Qt::Key_Tab);
        QTest::newRow("Return") << int(Qt::Key_Return);
    }

    void anArgumentIsAddedByKeys()
    {
        QFETCH(int, key);
        QTableView *table = beginArgument();
        QTest::keyClicks(argumentEditor(), QStringLiteral("NEW_ONE"));
        QTest::keyClick(argumentEditor(), static_cast<Qt::Key>(key));
        typeValue(table, QStringLiteral("NEW_ONE"), QStringLiteral("7.5"));
    }

    /// Down to a name that is offered, and Return takes it and goes on to its value.
    void anOfferedArgumentIsTakenByKeys()
    {
        centre::write(m_folder->filePath(QStringLiteral("pack/cann/Dockerfile")),
                      "ARG CANN_VERSION=8.2.0\nARG VLLM_ASCEND_VERY_LONG_NAME_OF_AN_ARGUMENT_VERSION=0.1.0\nFROM scratch AS vllm\n");
        find<QAction>("reload")->trigger();
        place()->selectRules({{2, false}});
        const QString offered = QStringLiteral("VLLM_ASCEND_VERY_LONG_NAME_OF_AN_ARGUMENT_VERSION");
        QTRY_VERIFY(findHint(place()->form()->arguments()->hints(), offered));
        const QTableView *table = beginArgument();
        QTest::keyClicks(argumentEditor(), QStringLiteral("VLLM_A"));
        QAbstractItemView *popup = argumentEditor()->completer()->popup();
        QVERIFY(popup->isVisible());
        QVERIFY(qobject_cast<CompletionDelegate *>(popup->itemDelegate())); // Shows defaults, too.
        QVERIFY(popup->viewport()->width() >= popup->fontMetrics().horizontalAdvance(offered));
        QTest::keyClick(popup, Qt::Key_Down);
        QTest::keyClick(popup, Qt::Key_Return);
        QVERIFY(!popup->isVisible());
        QCoreApplication::sendPostedEvents(); // No more: this platform would take the focus away with the popup's window.
        const ArgumentsModel *model = place()->form()->arguments();
        QCOMPARE(table->currentIndex(), model->index(model->rowOf(offered), ArgumentsModel::ValueColumn));
        QCOMPARE(argumentEditor()->text(), QStringLiteral("0.1.0"));
        QVERIFY(text().contains((offered + QStringLiteral("=0.1.0")).toUtf8()));
    }

    void brokenYamlKeepsTheTree()
    {
        place()->selectRules({{0, false}});
        place()->editor()->setFocus();
        place()->editor()->goTo(lineOf("rules:"));
        QTest::keyClicks(place()->editor(), QStringLiteral("{"));
        QCOMPARE(place()->rules()->shownRules(), 4);
        QVERIFY(find<QLabel>("matrixBanner")->isVisible());
        QVERIFY(find<QLabel>("ruleNote")->isVisible());
        const QString effect = find<QLabel>("effectSummary")->text();
        QVERIFY2(effect.contains(QStringLiteral("cannot be read")), qPrintable(effect));
        QVERIFY(!find<QWidget>("ruleBackend")->isEnabled());
        QVERIFY(!find<QAction>("addRule")->isEnabled());
        QCOMPARE(place()->editor()->problems().size(), std::size_t(1));
        QTRY_VERIFY(m_window->loader()->error());
        undo();
        QVERIFY(!find<QLabel>("matrixBanner")->isVisible());
        QVERIFY(find<QWidget>("ruleBackend")->isEnabled());
        QTRY_VERIFY(!m_window->loader()->error());
    }

    void saysWhatTheEditDoes()
    {
        QAbstractItemModelTester tester(place()->effect()->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        place()->selectRules({{2, false}});
        setArgument(QStringLiteral("VLLM_VERSION"), QStringLiteral("0.18.0"));
        QTRY_COMPARE(place()->effect()->model()->rowCount(), 1);
        const workspace::ImageChange &change = place()->effect()->model()->effect().front();
        QCOMPARE(change.kind, workspace::ImageChange::Kind::Retagged);
        QCOMPARE(change.tag, std::string("cann8.5-a3-vllm0.18.0"));
        QVERIFY(place()->effect()->difference().contains(QStringLiteral("+      - \"VLLM_VERSION=0.18.0\"")));
        undo();
        QTRY_COMPARE(place()->effect()->model()->rowCount(), 0);
        QCOMPARE(place()->effect()->difference(), QString());
    }

    void theWholeWindowFollows()
    {
        QVERIFY(m_window->showPlace(QStringLiteral("support")));
        place()->selectRules({{0, false}});
        const std::size_t at = text().toStdString().find("\"0.17.1\", platforms");
        m_window->matrix()->document()->edit({{{at + 1, at + 7}, "0.18.0"}}, QStringLiteral("Newer"));
        QTRY_VERIFY(supportText().startsWith(QStringLiteral("0.18.0")));
        QVERIFY(m_window->isWindowModified());
        QCOMPARE(readBytes(file()), matrixText());
        QTest::keyClick(m_window.get(), Qt::Key_S, Qt::ControlModifier);
        QVERIFY(readBytes(file()).contains("0.18.0"));
        QVERIFY(!m_window->isWindowModified());
        QVERIFY(!find<QAction>("save")->isEnabled());
        QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY(supportText().startsWith(QStringLiteral("0.17.1")));
    }

    void theSupportTableEditsToo()
    {
        QVERIFY(m_window->showPlace(QStringLiteral("support")));
        SupportView *view = m_window->support()->page()->view();
        view->selectEntry(0);
        QTRY_VERIFY(find<QAction>("markDeprecated")->isEnabled());
        find<QAction>("markDeprecated")->trigger();
        QVERIFY(m_window->matrix()->matrix().runners.front().cells.front().entries.front().deprecated());
        QTRY_VERIFY(m_window->loader()->current()->index().entries.front().entry->deprecated());
        QTRY_VERIFY(find<QAction>("markDeprecated")->isChecked());
        undo();
        QCOMPARE(text(), matrixText());
        QTRY_VERIFY(!m_window->loader()->current()->index().entries.front().entry->deprecated());
        view->selectAll();
        QTRY_VERIFY(find<QAction>("markPolished")->isEnabled());
        QSignalSpy refused(m_window->matrix(), &MatrixDocument::refused);
        find<QAction>("markPolished")->trigger();
        QVERIFY2(refused.isEmpty(), refused.isEmpty() ? "" : refused.front().front().value<Problem>().message.c_str());
        for (const matrix::RunnerRow &row : m_window->matrix()->matrix().runners) {
            for (const matrix::RunnerCell &cell : row.cells) {
                for (const matrix::RunnerEntry &entry : cell.entries)
                    QCOMPARE(entry.polished, entry.listed); // What the table does not show is not selected.
            }
        }
        undo();
        QCOMPARE(text(), matrixText());
    }

    void aChangeOnDiskKeepsTheSelection()
    {
        place()->selectRules({{2, false}});
        replace(QByteArray(matrixText()).replace("0.17.1\"\n", "0.19.0\"\n"));
        QTRY_VERIFY_WITH_TIMEOUT(text().contains("VLLM_VERSION=0.19.0"), 10000);
        QCOMPARE(place()->selectedRules(), (std::vector<RuleRef>{{2, false}}));
        QVERIFY(!m_window->isWindowModified());
    }

    void aConflictIsAskedAbout()
    {
        place()->selectRules({{0, false}});
        setArgument(QStringLiteral("CUDA_VERSION"), QStringLiteral("13.0.1"));
        replace(QByteArray(matrixText()).replace("CUDA_VERSION=12.9.1", "CUDA_VERSION=12.9.9"));
        bool asked = false;
        answer("conflictDialog", "takeTheirs", asked);
        QTRY_VERIFY_WITH_TIMEOUT(asked, 10000);
        QTRY_VERIFY(text().contains("CUDA_VERSION=12.9.9"));
        QVERIFY(!m_window->isWindowModified());
        undo();
        QVERIFY(text().contains("CUDA_VERSION=13.0.1"));
    }

    void closingAsks()
    {
        place()->selectRules({{0, false}});
        setArgument(QStringLiteral("CUDA_VERSION"), QStringLiteral("13.0.1"));
        bool asked = false;
        answerBox(QMessageBox::Cancel, asked);
        QVERIFY(!m_window->close());
        QVERIFY(asked);
        asked = false;
        answerBox(QMessageBox::Save, asked);
        QVERIFY(m_window->close());
        QVERIFY(asked);
        QVERIFY(readBytes(file()).contains("CUDA_VERSION=13.0.1"));
    }

    void unsavedWorkComesBackAfterACrash()
    {
        place()->selectRules({{0, false}});
        setArgument(QStringLiteral("CUDA_VERSION"), QStringLiteral("13.0.1"));
        const QByteArray edited = text();
        const text::RecoveryStore store(text::RecoveryStore::defaultFolder());
        const std::filesystem::path path = m_window->matrix()->document()->path();
        QTRY_VERIFY(store.find(path).has_value());
        const auto kept = *store.find(path);
        m_window->documents()->discard();
        m_window.reset(); // Its own end takes the file away; a crash would not.
        QVERIFY(store.keep(kept).has_value());
        makeWindow();
        auto *box = find<QMessageBox>("recoveryOffer");
        QTest::mouseClick(box->findChild<QPushButton *>(QStringLiteral("recover")), Qt::LeftButton);
        QTRY_COMPARE(text(), edited);
        QVERIFY(m_window->isWindowModified());
        undo();
        QCOMPARE(text(), matrixText());
        QTRY_VERIFY(!store.find(path).has_value());
    }

    void completesWhatCanStandThere()
    {
        auto *code = place()->editor();
        code->setFocus();
        code->goTo(lineOf("- \"CANN_ARCHS=a3\""));
        code->moveCursor(QTextCursor::EndOfLine);
        Q_EMIT code->completionAboutToOpen(code->textCursor().block().position() + 8);
        const auto *model = place()->findChild<QStandardItemModel *>();
        QVERIFY(model);
        QVERIFY(!model->findItems(QStringLiteral("CANN_VERSION")).isEmpty());
        code->goTo(lineOf("backend: \"cann\""));
        Q_EMIT code->completionAboutToOpen(code->textCursor().position());
        QVERIFY(!model->findItems(QStringLiteral("cuda")).isEmpty());
    }

private:
    QString file() const { return m_folder->filePath(QStringLiteral("matrix.yml")); }
    MatrixPlace *place() const { return static_cast<MatrixPlace *>(m_place); }

    void makeWindow()
    {
        m_settings = std::make_unique<Settings>(m_folder->filePath(QStringLiteral("settings.ini")));
        m_window = std::make_unique<MainWindow>(*m_settings);
        centre::openIn(*m_window, m_folder->path());
        QVERIFY(m_window->showPlace(QStringLiteral("matrix")));
        m_place = m_window->currentPlace();
        QTRY_VERIFY(m_window->matrix()->document());
    }

    template <typename T>
    T *find(const QByteArray &name) const
    {
        T *found = m_window->findChild<T *>(QString::fromLatin1(name));
        if (!found)
            qFatal("no object is named %s", name.constData());
        return found;
    }

    QByteArray text() const { return QByteArray::fromStdString(m_window->matrix()->document()->text()); }
    const matrix::Rule &rule(std::size_t index) const { return m_window->matrix()->matrix().rules[index]; }
    void undo() { find<QAction>("undo")->trigger(); }
    void redo() { find<QAction>("redo")->trigger(); }

    int lineOf(const char *part) const
    {
        const QByteArray all = text();
        return static_cast<int>(all.left(all.indexOf(part)).count('\n')) + 1;
    }

    QString value(const QString &argument) const
    {
        const ArgumentsModel *model = place()->form()->arguments();
        return model->index(model->rowOf(argument), ArgumentsModel::ValueColumn).data().toString();
    }

    QTableView *beginArgument()
    {
        place()->selectRules({{2, false}});
        m_window->activateWindow();
        auto *table = find<QTableView>("ruleArguments");
        table->setFocus();
        table->setCurrentIndex(table->model()->index(table->model()->rowCount() - 1, ArgumentsModel::NameColumn));
        QTest::keyClick(table, Qt::Key_F2);
        return table;
    }

    /// The one that has the focus.
    static QLineEdit *argumentEditor()
    {
        auto *editor = qobject_cast<QLineEdit *>(QApplication::focusWidget());
        if (!editor || editor->objectName() != QLatin1String("argumentEditor"))
            qFatal("no argument is being edited");
        return editor;
    }

    void typeValue(const QTableView *table, const QString &name, const QString &value)
    {
        const ArgumentsModel *model = place()->form()->arguments();
        QTRY_VERIFY(model->rowOf(name) >= 0 && qobject_cast<QLineEdit *>(QApplication::focusWidget()));
        QCOMPARE(table->currentIndex(), model->index(model->rowOf(name), ArgumentsModel::ValueColumn));
        argumentEditor()->selectAll();
        QTest::keyClicks(argumentEditor(), value);
        place()->form()->setWorkspace(m_window->loader()->current()); // As when a load ends meanwhile.
        QCOMPARE(argumentEditor()->text(), value);
        QTest::keyClick(argumentEditor(), Qt::Key_Return);
        QTRY_VERIFY(text().contains((name + QLatin1Char('=') + value).toUtf8()));
        QVERIFY(table->hasFocus());
    }

    /// As a user does it: a double click, typing, Enter.
    void setArgument(const QString &name, const QString &newValue)
    {
        auto *table = find<QTableView>("ruleArguments");
        const ArgumentsModel *model = place()->form()->arguments();
        const QModelIndex cell = model->index(model->rowOf(name), ArgumentsModel::ValueColumn);
        table->scrollTo(cell);
        table->setCurrentIndex(cell);
        table->edit(cell);
        auto *editor = table->findChild<QLineEdit *>(QStringLiteral("argumentEditor"));
        QVERIFY(editor);
        editor->selectAll();
        QTest::keyClicks(editor, newValue);
        QTest::keyClick(editor, Qt::Key_Return);
        QTRY_VERIFY(text().contains((name + QLatin1Char('=') + newValue).toUtf8()));
    }

    QString supportText() const
    {
        const SupportModel *model = m_window->support()->page()->model();
        return model->index(0, 2, model->index(0, 0)).data().toString();
    }

    void replace(const QByteArray &content)
    {
        centre::write(file() + QStringLiteral(".new"), content);
        QFile::remove(file());
        QVERIFY(QFile::rename(file() + QStringLiteral(".new"), file()));
    }

    void answer(const char *dialog, const char *button, bool &asked)
    {
        auto *timer = new QTimer(m_window.get());
        connect(timer, &QTimer::timeout, this, [=, this, &asked] {
            auto *shown = m_window->findChild<QDialog *>(QString::fromLatin1(dialog));
            if (!shown || !shown->isVisible())
                return;
            asked = true;
            timer->deleteLater();
            QTest::mouseClick(shown->findChild<QPushButton *>(QString::fromLatin1(button)), Qt::LeftButton);
        });
        timer->start(20);
    }

    void answerBox(QMessageBox::StandardButton button, bool &asked)
    {
        QTimer::singleShot(0, this, [=, this, &asked] {
            auto *box = m_window->findChild<QMessageBox *>(QStringLiteral("unsavedChanges"));
            if (!box)
                return;
            asked = true;
            QTest::mouseClick(box->button(button), Qt::LeftButton);
        });
    }

    QTemporaryDir m_state;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<MainWindow> m_window;
    Place *m_place = nullptr;
};

QTEST_MAIN(TestMatrix)
#include "tst_matrix.moc"
