// The place "Matrix": the tree, the form and the YAML on one text and one undo; arguments by keys.
#include "matrixtest.h"

#include "editor/completion.h"
#include "matrix/argumenthints.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>

class TestMatrix final : public MatrixTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { setUpState(); }
    void init() { setUp(); }
    void cleanup() { tearDown(); }

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
        QCOMPARE(text(), rulesText());
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
        QVERIFY(
            arguments->setData(arguments->index(arguments->rowCount() - 1, 0), QStringLiteral("NEW=1"), Qt::EditRole));
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
        QCOMPARE(text(), rulesText());
    }

    /// What is done next is done to it.
    void aRenamedArgumentStaysChosen()
    {
        place()->selectRules({{0, false}});
        auto *table = find<QTableView>("ruleArguments");
        ArgumentsModel *arguments = place()->form()->arguments();
        const int row = arguments->rowOf(QStringLiteral("CUDA_VERSION"));
        table->setFocus();
        table->setCurrentIndex(arguments->index(row, ArgumentsModel::NameColumn));
        QTest::keyClick(table, Qt::Key_F2);
        auto *field = qobject_cast<QLineEdit *>(table->indexWidget(table->currentIndex()));
        QVERIFY(field);
        field->setText(QStringLiteral("OTHER"));
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_COMPARE(arguments->rowOf(QStringLiteral("OTHER")), row);
        QCOMPARE(table->currentIndex().row(), row);
        QVERIFY(table->selectionModel()->isRowSelected(row)
                || table->selectionModel()->isSelected(table->currentIndex()));
        QTest::keyClick(table, Qt::Key_Delete);
        QTRY_COMPARE(arguments->rowOf(QStringLiteral("OTHER")), -1);
        undo();
        undo();
        QCOMPARE(text(), rulesText());
    }

    /// A rule without services packs nothing: the last one stays, and the form says what is so.
    void aRefusedEditLeavesNothing()
    {
        place()->selectRules({{0, false}});
        QTest::mouseClick(find<QCheckBox>("ruleService-vllm"), Qt::LeftButton, {}, QPoint(8, 8));
        QVERIFY(find<QCheckBox>("ruleService-vllm")->isChecked());
        QCOMPARE(text(), rulesText());
        QCOMPARE(m_window->matrix()->document()->undoStack()->count(), 0);
    }

    void argumentNamesAreCompleted()
    {
        place()->selectRules({{2, false}});
        const ArgumentHint *hint = findHint(place()->form()->arguments()->hints(), QStringLiteral("CANN_ARCHS"));
        QVERIFY(hint);
        QCOMPARE(hint->defaultText, QStringLiteral("910b"));
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
                      "ARG CANN_VERSION=8.2.0\nARG VLLM_ASCEND_VERY_LONG_NAME_OF_AN_ARGUMENT_VERSION=0.1.0\nFROM "
                      "scratch AS vllm\n");
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
        QCoreApplication::sendPostedEvents(); // No more: this platform would take the focus away with the popup's
                                              // window.
        const ArgumentsModel *model = place()->form()->arguments();
        QCOMPARE(table->currentIndex(), model->index(model->rowOf(offered), ArgumentsModel::ValueColumn));
        QCOMPARE(argumentEditor()->text(), QStringLiteral("0.1.0"));
        QVERIFY(text().contains((offered + QStringLiteral("=0.1.0")).toUtf8()));
    }

private:
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
};

QTEST_MAIN(TestMatrix)
#include "tst_matrix.moc"
