// Edits of the list of rules: add, duplicate, remove, move, disable, copy and paste, and of several rules together.
#include "matrixtest.h"

#include "editor/completion.h"
#include "matrix/bumpdialog.h"
#include "matrix/edit/rulelistedits.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QCompleter>
#include <QDialog>
#include <QMimeData>
#include <QPointer>
#include <QStatusBar>
#include <QTreeView>

class TestMatrixRules final : public MatrixTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { setUpState(); }
    void init() { setUp(); }
    void cleanup() { tearDown(); }

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
        QVERIFY(edited != rulesText());
        undo();
        QCOMPARE(text(), rulesText());
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

    /// The same rules stay selected, whatever they are called by then.
    void severalRulesStaySelected()
    {
        place()->selectRules({{0, false}, {1, false}});
        find<QAction>("toggleRules")->trigger();
        QCOMPARE(m_window->matrix()->matrix().rules.size(), std::size_t(1));
        QCOMPARE(place()->selectedRules(), (std::vector<RuleRef>{{0, true}, {2, true}}));
        QCOMPARE(find<QAction>("toggleRules")->text(), QStringLiteral("&Enable rule"));
        find<QAction>("toggleRules")->trigger();
        QCOMPARE(text(), rulesText());
        QCOMPARE(place()->selectedRules(), (std::vector<RuleRef>{{0, false}, {1, false}}));
        place()->selectRules({{1, false}, {2, false}});
        centre::write(file(), rulesText().replace("rules:\n", "rules:\n  - backend: cuda\n    services: [vllm]\n"));
        QTRY_COMPARE(m_window->matrix()->matrix().rules.size(), std::size_t(4));
        QCOMPARE(place()->selectedRules(), (std::vector<RuleRef>{{2, false}, {3, false}}));
    }

    void rulesMoveByKeysAndDrops()
    {
        place()->selectRules({{0, false}});
        place()->tree()->setFocus();
        QTest::keyClick(place()->tree(), Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(rule(1).arguments->front().text, std::string("CUDA_VERSION=12.9.1"));
        QCOMPARE(place()->selectedRules(), (std::vector<RuleRef>{{1, false}}));
        undo();
        QCOMPARE(place()->selectedRules(), (std::vector<RuleRef>{{0, false}}));
        redo();
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

    void undoSelectsWhatWasSelected_data()
    {
        QTest::addColumn<QByteArray>("command");
        QTest::addColumn<std::vector<RuleRef>>("before");
        QTest::addColumn<std::vector<RuleRef>>("after");
        using Rules = std::vector<RuleRef>;
        QTest::newRow("duplicate") << QByteArray("duplicateRules") << Rules{{0, false}} << Rules{{1, false}};
        QTest::newRow("add") << QByteArray("addRule") << Rules{{0, false}} << Rules{{1, false}};
        QTest::newRow("remove") << QByteArray("removeRules") << Rules{{0, false}} << Rules{{0, false}};
        QTest::newRow("remove two") << QByteArray("removeRules") << Rules{{0, false}, {1, false}} << Rules{{0, false}};
        QTest::newRow("disable two") << QByteArray("toggleRules") << Rules{{0, false}, {1, false}}
                                     << Rules{{0, true}, {2, true}};
    }

    /// What is done next is done to the same rules as before.
    void undoSelectsWhatWasSelected()
    {
        QFETCH(QByteArray, command);
        QFETCH(std::vector<RuleRef>, before);
        QFETCH(std::vector<RuleRef>, after);
        place()->tree()->setFocus();
        place()->selectRules(before);
        find<QAction>(command)->trigger();
        QCOMPARE(place()->selectedRules(), after);
        undo();
        QCOMPARE(text(), rulesText());
        QCOMPARE(place()->selectedRules(), before);
        const auto range = place()->editor()->highlightedRange();
        const int line = place()->editor()->currentLine();
        QVERIFY(before.size() > 1 || (line >= range.first && line <= range.last)); // Form and YAML show the same.
        redo();
        QCOMPARE(place()->selectedRules(), after);
        undo();
        QCOMPARE(place()->selectedRules(), before);
    }

    void severalRulesAreDragged()
    {
        place()->selectRules({{0, false}});
        find<QAction>("duplicateRules")->trigger();
        const QByteArray before = text();
        place()->selectRules({{0, false}, {1, false}});
        RuleTreeModel *model = place()->rules();
        const std::unique_ptr<QMimeData> data(
            model->mimeData({model->indexOf({0, false}), model->indexOf({1, false})}));
        const matrix::Rule first = rule(0);
        const matrix::Rule last = rule(2);
        QVERIFY(!model->dropMimeData(data.get(), Qt::MoveAction, -1, 0, model->index(0, 0)));
        QTRY_COMPARE(rule(0), last);
        QCOMPARE(rule(1), first);
        QCOMPARE(place()->selectedRules(), (std::vector<RuleRef>{{1, false}, {2, false}}));
        undo();
        QCOMPARE(text(), before);
        QCOMPARE(place()->selectedRules(), (std::vector<RuleRef>{{0, false}, {1, false}})); // Still they.
        undo();
    }

    /// The rule that was taken is the one that is dropped.
    void theDiskChangesDuringADrag()
    {
        RuleTreeModel *model = place()->rules();
        const std::unique_ptr<QMimeData> data(model->mimeData({model->indexOf({0, false})}));
        centre::write(file(), rulesText().replace("rules:\n", "rules:\n  - backend: cuda\n    services: [vllm]\n"));
        QTRY_COMPARE(m_window->matrix()->matrix().rules.size(), std::size_t(4));
        const matrix::Rule dragged = rule(1);
        QVERIFY(!model->dropMimeData(data.get(), Qt::MoveAction, 0, 0, model->index(0, 0)));
        QTRY_COMPARE(rule(0), dragged);
    }

    void severalRulesAreDuplicated()
    {
        place()->selectRules({{0, false}, {2, false}});
        place()->tree()->setFocus();
        QTest::keyClick(place()->tree(), Qt::Key_D, Qt::ControlModifier);
        QCOMPARE(m_window->matrix()->matrix().rules.size(), std::size_t(5));
        QCOMPARE(rule(1), rule(0));
        QCOMPARE(rule(4), rule(3));
        QCOMPARE(place()->selectedRules(), (std::vector<RuleRef>{{1, false}, {4, false}}));
        undo();
        QCOMPARE(text(), rulesText());
    }

    void disabledOnesOfASelectionStay()
    {
        place()->selectRules({{1, false}, {0, true}});
        QSignalSpy told(place(), &Place::statusMessage);
        find<QAction>("removeRules")->trigger();
        QCOMPARE(m_window->matrix()->matrix().rules.size(), std::size_t(2));
        QCOMPARE(m_window->matrix()->matrix().disabledRules.size(), std::size_t(1));
        QVERIFY(!told.isEmpty() && told.constLast().constFirst().toString().contains(QStringLiteral("enable them")));
        undo();
    }

    /// They stay together, and what they pass is moved: one step, in which both have changed places.
    void severalRulesMoveTogether()
    {
        place()->selectRules({{0, false}});
        find<QAction>("duplicateRules")->trigger();
        const QByteArray before = text();
        place()->selectRules({{0, false}, {1, false}});
        place()->tree()->setFocus();
        QTest::keyClick(place()->tree(), Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(rule(0).services.front().text, std::string("sglang"));
        QCOMPARE(rule(1), rule(2));
        QCOMPARE(place()->selectedRules(), (std::vector<RuleRef>{{1, false}, {2, false}}));
        undo();
        QCOMPARE(text(), before);
        redo();
        place()->selectRules({{1, false}, {2, false}});
        QTest::keyClick(place()->tree(), Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(rule(2).services.front().text, std::string("sglang"));
        QCOMPARE(place()->selectedRules(), (std::vector<RuleRef>{{0, false}, {1, false}}));
    }

    void whatCannotMoveSaysWhy_data()
    {
        QTest::addColumn<QList<int>>("rules");
        QTest::addColumn<bool>("disabled");
        QTest::addColumn<QString>("reason");
        QTest::newRow("of two backends") << QList{1, 2} << false << QStringLiteral("follow each other");
        QTest::newRow("the last one") << QList{1} << false << QStringLiteral("no rule of cuda is below");
        QTest::newRow("the only one") << QList{2} << false << QStringLiteral("no rule of cann is below");
        QTest::newRow("disabled") << QList{0} << true << QStringLiteral("Enable it");
    }

    void whatCannotMoveSaysWhy()
    {
        QFETCH(QList<int>, rules);
        QFETCH(bool, disabled);
        QFETCH(QString, reason);
        std::vector<RuleRef> selected;
        for (const int each : rules)
            selected.push_back({static_cast<std::size_t>(each), disabled});
        place()->selectRules(selected);
        const QModelIndex current = place()->tree()->currentIndex();
        place()->tree()->setFocus();
        QTest::keyClick(place()->tree(), Qt::Key_Down, Qt::AltModifier);
        const QString told = m_window->statusBar()->currentMessage();
        QVERIFY2(told.startsWith(QStringLiteral("Not moved")) && told.contains(reason), qPrintable(told));
        QCOMPARE(place()->selectedRules(), selected);
        QCOMPARE(place()->tree()->currentIndex(), current);
        QCOMPARE(text(), rulesText());
    }

    /// What was said of the text before is over with the next change of it.
    void anEditEndsTheMessage()
    {
        place()->selectRules({{1, false}});
        find<QAction>("moveRuleDown")->trigger();
        QVERIFY(m_window->statusBar()->currentMessage().startsWith(QStringLiteral("Not moved")));
        find<QAction>("moveRuleUp")->trigger();
        QVERIFY(text() != rulesText());
        QCOMPARE(m_window->statusBar()->currentMessage(), QString());
    }

    /// No rule moves in a text that cannot be read, and the selection does not either.
    void aBrokenTextKeepsTheSelection()
    {
        place()->selectRules({{0, false}});
        place()->editor()->goTo(lineOf("rules:"));
        QTest::keyClicks(place()->editor(), QStringLiteral("{"));
        QVERIFY(m_window->matrix()->error());
        place()->tree()->setFocus();
        QTest::keyClick(place()->tree(), Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(place()->selectedRules(), (std::vector<RuleRef>{{0, false}}));
    }

    void theArgumentDialogOffersNames()
    {
        place()->selectRules({{2, false}});
        find<QAction>("setArgument")->trigger();
        auto *dialog = find<QDialog>("argumentDialog");
        QVERIFY(QTest::qWaitForWindowExposed(dialog));
        auto *name = dialog->findChild<QLineEdit *>(QStringLiteral("argumentName"));
        name->setFocus();
        QVERIFY(name->placeholderText().contains(QStringLiteral("Down")));
        QTest::keyClick(name, Qt::Key_Down);
        QAbstractItemView *popup = name->completer()->popup();
        QVERIFY(popup->isVisible());
        QCOMPARE(popup->model()->rowCount(), 3);
        QCOMPARE(popup->model()->index(1, 0).data(CompletionDetail).toString(), QStringLiteral("910b"));
        for (int row = 0; row < 2; ++row)
            QTest::keyClick(popup, Qt::Key_Down);
        QTest::keyClick(popup, Qt::Key_Return);
        QCOMPARE(name->text(), QStringLiteral("CANN_ARCHS"));
        QVERIFY(!popup->isVisible());
        dialog->reject();
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
        QCOMPARE(text(), rulesText());
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
        QCOMPARE(text(), rulesText());
    }

    /// What is asked for while the disk changes the rules' numbers is meant for the same rules.
    void theRulesOfTheDialogAreTheSelectedOnes()
    {
        place()->selectRules({{1, false}, {2, false}});
        const std::string second = rule(2).backend.text;
        find<QAction>("setArgument")->trigger();
        auto *dialog = find<QDialog>("argumentDialog");
        dialog->findChild<QLineEdit *>(QStringLiteral("argumentName"))->setText(QStringLiteral("MAX_JOBS"));
        dialog->findChild<QLineEdit *>(QStringLiteral("argumentValue"))->setText(QStringLiteral("8"));
        m_window->matrix()->apply(matrix::edit::removeRules({0}));
        const QPointer<QDialog> open(dialog);
        dialog->accept();
        QTRY_VERIFY(!open);
        QCOMPARE(rule(0).arguments->back().text, std::string("MAX_JOBS=8"));
        QCOMPARE(rule(1).backend.text, second);
        QCOMPARE(rule(1).arguments->back().text, std::string("MAX_JOBS=8"));
        undo();
        undo();
        QCOMPARE(text(), rulesText());
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
        QCOMPARE(text(), rulesText());
    }

    /// What was ticked stays, for another try.
    void aVersionThatIsRefusedKeepsTheDialog()
    {
        QTRY_VERIFY(!m_window->findChild<BumpDialog *>()); // That of the test before.
        place()->selectRules({{2, false}});
        find<QAction>("bumpVersion")->trigger();
        auto *dialog = find<BumpDialog>("bumpDialog");
        auto *version = dialog->findChild<QLineEdit *>(QStringLiteral("bumpNew"));
        version->setText(QStringLiteral("1 2"));
        dialog->accept();
        QVERIFY(dialog->isVisible());
        const QString said = dialog->findChild<QLabel *>(QStringLiteral("bumpSummary"))->text();
        QVERIFY2(said.contains(QStringLiteral("blank")), qPrintable(said));
        QCOMPARE(text(), rulesText());
        version->setText(QStringLiteral("9.0"));
        const QPointer<BumpDialog> open(dialog);
        dialog->accept();
        QTRY_VERIFY(!open);
        QVERIFY(text() != rulesText());
        undo();
    }

    /// Nothing throws the focus elsewhere while the argument is chosen by keys.
    void theVersionIsChosenByKeys()
    {
        place()->selectRules({{2, false}});
        find<QAction>("bumpVersion")->trigger();
        auto *dialog = find<BumpDialog>("bumpDialog");
        QVERIFY(QTest::qWaitForWindowActive(dialog));
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
};

QTEST_MAIN(TestMatrixRules)
#include "tst_matrixrules.moc"
