// Edits of the list of rules: add, duplicate, remove, move, disable, copy and paste, and of several rules together.
#include "matrixtest.h"

#include "matrix/bumpdialog.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDialog>
#include <QMimeData>
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
};

QTEST_MAIN(TestMatrixRules)
#include "tst_matrixrules.moc"
