// The forms of backends and services in the place "Matrix": every part is edited, on the text and undo of the YAML.
#include "matrix/backendform.h"
#include "matrix/edit/ruleedits.h"
#include "matrix/edit/rulelistedits.h"
#include "matrix/headertablemodel.h"
#include "matrixwindow.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QComboBox>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QTableView>
#include <QTreeView>

using namespace runner;
using namespace runner::ui;

class TestMatrixForms : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_window = std::make_unique<MatrixWindow>();
        QVERIFY(m_window->open());
        m_before = m_window->text();
        connect(m_window->window->matrix(), &MatrixDocument::refused, this,
                [](const Problem &problem) { qWarning("%s", diagnostics::describe(problem).c_str()); });
    }

    void cleanup() { m_window.reset(); }

    void theYamlChoosesTheForm()
    {
        auto *forms = m_window->find<QTabWidget>("matrixForms");
        goTo(m_window->lineOf("title: CANN"));
        QCOMPARE(forms->currentIndex(), 1);
        QCOMPARE(m_window->find<QLineEdit>("backendName")->text(), QStringLiteral("Ascend CANN"));
        goTo(m_window->lineOf("sglang: {"));
        QCOMPARE(forms->currentIndex(), 2);
        goTo(m_window->lineOf("CUDA_VERSION="));
        QCOMPARE(forms->currentIndex(), 0);
        goTo(m_window->lineOf("original_version: \"8.5.0\"")); // What is released is no rule.
        QCOMPARE(m_window->place()->selectedRules(), (std::vector<RuleRef>{{0, false}}));
    }

    void theTreeChoosesTheForm()
    {
        auto *tree = m_window->find<QTreeView>("ruleTree");
        const QModelIndex backend = m_window->place()->rules()->index(0, 0);
        QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, tree->visualRect(backend).center());
        QCOMPARE(m_window->find<QTabWidget>("matrixForms")->currentIndex(), 1);
        QCOMPARE(m_window->find<BackendForm>("backendForm")->backend(), QStringLiteral("cuda"));
        QCOMPARE(m_window->place()->editor()->currentLine(), m_window->lineOf("  cuda:"));
        QTest::mouseClick(tree->viewport(), Qt::LeftButton, {},
                          tree->visualRect(m_window->place()->rules()->index(0, 0, backend)).center());
        QCOMPARE(m_window->find<QTabWidget>("matrixForms")->currentIndex(), 0);
    }

    /// As a click does.
    void keysInTheTreeChooseTheForm()
    {
        auto *tree = m_window->find<QTreeView>("ruleTree");
        const auto *forms = m_window->find<QTabWidget>("matrixForms");
        tree->setFocus();
        m_window->place()->selectRules({{0, false}});
        QTest::keyClick(tree, Qt::Key_Up);
        QCOMPARE(forms->currentIndex(), 1);
        QCOMPARE(m_window->find<BackendForm>("backendForm")->backend(), QStringLiteral("cuda"));
        QVERIFY(tree->hasFocus());
        QTest::keyClick(tree, Qt::Key_Down);
        QCOMPARE(forms->currentIndex(), 0);
        QTest::keyClick(tree, Qt::Key_Up, Qt::ShiftModifier); // Both are selected: one of them is a rule.
        QCOMPARE(forms->currentIndex(), 0);
    }

    /// Tab goes where the eye goes: down the form of a rule.
    void tabFollowsTheEye()
    {
        QStringList order;
        QWidget *const first = m_window->find<QWidget>("ruleBackend");
        QWidget *each = first;
        do {
            const bool stops = (each->focusPolicy() & Qt::TabFocus) != 0 && each->isVisible() && each->isEnabled();
            if (stops && m_window->find<QWidget>("ruleForm")->isAncestorOf(each))
                order << each->objectName();
            each = each->nextInFocusChain();
        } while (each != first && order.size() < 20);
        QCOMPARE(order, (QStringList{QStringLiteral("ruleBackend"), QStringLiteral("ruleService-vllm"),
                                     QStringLiteral("ruleService-sglang"), QStringLiteral("rulePlatform-linux/amd64"),
                                     QStringLiteral("rulePlatform-linux/arm64"), QStringLiteral("ruleArguments")}));
        first->setFocus();
        QTest::keyClick(first, Qt::Key_Tab);
        QCOMPARE(QApplication::focusWidget()->objectName(), QStringLiteral("ruleService-vllm"));
    }

    /// What some of the selected rules have is neither on nor off; a click gives it to all.
    void severalRulesTogether()
    {
        QVERIFY(m_window->window->matrix()->apply(matrix::edit::duplicateRule(0)));
        QVERIFY(m_window->window->matrix()->apply(
            {matrix::edit::addService(1, "sglang"), matrix::edit::addPlatform(1, "linux/arm64")}));
        m_window->place()->selectRules({{0, false}, {1, false}});
        auto *service = m_window->find<QCheckBox>("ruleService-sglang");
        QCOMPARE(service->checkState(), Qt::PartiallyChecked);
        QCOMPARE(m_window->find<QCheckBox>("rulePlatform-linux/arm64")->checkState(), Qt::PartiallyChecked);
        QCOMPARE(m_window->find<QCheckBox>("ruleService-vllm")->checkState(), Qt::Checked);
        service->click();
        QCOMPARE(service->checkState(), Qt::Checked);
        QCOMPARE(m_window->matrix().rules[0].services.size(), std::size_t(2));
        m_window->undo();
        QCOMPARE(service->checkState(), Qt::PartiallyChecked);
    }

    void textsOfABackend_data()
    {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("name") << QByteArray("backendName") << QStringLiteral("Huawei CANN")
                              << QByteArray(m_before).replace("name: Ascend CANN", "name: Huawei CANN");
        QTest::newRow("title") << QByteArray("backendTitle") << QStringLiteral("Ascend #1")
                               << QByteArray(m_before).replace("title: CANN", "title: \"Ascend #1\"");
        QTest::newRow("argument") << QByteArray("backendVariantArgument") << QStringLiteral("CANN_CHIP")
                                  << QByteArray(m_before).replace("variant_arg: CANN_ARCHS", "variant_arg: CANN_CHIP");
        QTest::newRow("no argument") << QByteArray("backendVariantArgument") << QString()
                                     << QByteArray(m_before).replace("    variant_arg: CANN_ARCHS\n", "");
    }

    void textsOfABackend()
    {
        QFETCH(QByteArray, field);
        QFETCH(QString, typed);
        QFETCH(QByteArray, expected);
        goTo(m_window->lineOf("title: CANN"));
        auto *line = m_window->find<QLineEdit>(field);
        line->setFocus();
        line->selectAll();
        if (typed.isEmpty())
            QTest::keyClick(line, Qt::Key_Delete);
        QTest::keyClicks(line, typed);
        QTest::keyClick(line, Qt::Key_Return);
        checkStep(expected);
    }

    void variantsAndNotes()
    {
        goTo(m_window->lineOf("title: CANN"));
        type("backendVariants", 1, 0, QStringLiteral("910b = A2/910B"));
        checkStep(QByteArray(m_before).replace("{ a3: A3/910C }", "{ a3: A3/910C, \"910b\": A2/910B }"));
        type("backendVariants", 0, 1, QStringLiteral("A3: new"));
        checkStep(QByteArray(m_before).replace("A3/910C", "\"A3: new\""));
        type("backendNotes", 0, 0, QStringLiteral("Look: at \"this\" #1"));
        QCOMPARE(m_window->matrix().findBackend("cann")->notes.front().text, std::string("Look: at \"this\" #1"));
        undoAll();
        goTo(m_window->lineOf("title: CUDA"));
        type("backendNotes", 0, 0, QStringLiteral("Another."));
        checkStep(QByteArray(m_before).replace("Compute capabilities `7.5 8.0` and newer.", "Another."));
        choose("backendNotes", 0, QStringLiteral("warning"));
        checkStep(QByteArray(m_before).replace("{ kind: note,", "{ kind: warning,"));
        remove("backendNotes", 0);
        QVERIFY(m_window->matrix().findBackend("cuda")->notes.empty());
        undoAll();
    }

    /// Though the lines below move, and with them the rule that the cursor of the YAML is in.
    void theFormStaysWhereItIsEdited()
    {
        goTo(m_window->lineOf("CUDA_VERSION="));
        auto *forms = m_window->find<QTabWidget>("matrixForms");
        auto *form = m_window->find<BackendForm>("backendForm");
        forms->setCurrentIndex(1);
        QVERIFY(form->setBackend(QStringLiteral("cuda")));
        remove("backendNotes", 0);
        settle();
        QVERIFY(m_window->matrix().findBackend("cuda")->notes.empty());
        QCOMPARE(form->backend(), QStringLiteral("cuda"));
        QCOMPARE(forms->currentIndex(), 1);
        table("backendNotes")->setFocus();
        type("backendNotes", 0, 0, QStringLiteral("Again."));
        QCOMPARE(m_window->matrix().findBackend("cuda")->notes.front().text, std::string("Again."));
        QCOMPARE(form->backend(), QStringLiteral("cuda"));
        QCOMPARE(forms->currentIndex(), 1);
        undoAll();
    }

    /// The field keeps the keyboard and its text, and what it changes is what it showed.
    void theDiskChangesUnderAField()
    {
        goTo(m_window->lineOf("title: CANN"));
        auto *name = m_window->find<QLineEdit>("backendName");
        name->setFocus();
        name->setCursorPosition(0);
        QTest::keyClicks(name, QStringLiteral("ABC"));
        QByteArray text = m_before;
        text.insert(text.indexOf("  vllm: {"), "  aa: { name: A }\n  bb: { name: B }\n");
        centre::write(m_window->file(), text);
        QTRY_COMPARE_WITH_TIMEOUT(m_window->matrix().services.size(), std::size_t(4), 20000);
        QTest::keyClicks(m_window->window->focusWidget(), QStringLiteral("D"));
        QTest::keyClick(m_window->window->focusWidget(), Qt::Key_Return);
        settle();
        QCOMPARE(m_window->matrix().findBackend("cann")->name, std::string("ABCDAscend CANN"));
        QCOMPARE(m_window->window->focusWidget(), static_cast<QWidget *>(name));
        QTest::keyClick(name, Qt::Key_Z, Qt::ControlModifier); // One stack: the field has none of its own any more.
        QCOMPARE(m_window->text(), text);
        QCOMPARE(name->text(), QStringLiteral("Ascend CANN"));
    }

    /// The cell stays open, and what it changes is the argument that it was opened for.
    void theDiskChangesAboveACell()
    {
        m_window->place()->selectRules({{0, false}});
        auto *arguments = m_window->find<QTableView>("ruleArguments");
        QAbstractItemModelTester tester(arguments->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QLineEdit *line = typeInSecondArgument(QStringLiteral("9.9"));
        QVERIFY(line);
        const QByteArray text = QByteArray(m_before).replace("      - \"CUDA_VERSION=12.9.1\"\n",
                                                             "      - \"FOO=1\"\n      - \"CUDA_VERSION=12.9.1\"\n");
        centre::write(m_window->file(), text);
        QTRY_COMPARE_WITH_TIMEOUT(m_window->text(), text, 20000);
        QTRY_COMPARE(arguments->model()->rowCount(), 4);
        QCOMPARE(arguments->findChild<QLineEdit *>(QStringLiteral("argumentEditor")), line);
        QTest::keyClick(line, Qt::Key_Return);
        settle();
        QCOMPARE(m_window->text(), QByteArray(text).replace("VLLM_VERSION=0.17.1", "VLLM_VERSION=9.9"));
        m_window->undo();
    }

    /// Of two who change one value at once, the one who types is last.
    void theDiskChangesACell()
    {
        m_window->place()->selectRules({{0, false}});
        QLineEdit *line = typeInSecondArgument(QStringLiteral("9.9"));
        QVERIFY(line);
        const QByteArray text = QByteArray(m_before).replace("VLLM_VERSION=0.17.1", "VLLM_VERSION=0.18.0");
        centre::write(m_window->file(), text);
        QTRY_COMPARE_WITH_TIMEOUT(m_window->text(), text, 20000);
        QCOMPARE(line->text(), QStringLiteral("9.9"));
        QTest::keyClick(line, Qt::Key_Return);
        settle();
        QCOMPARE(m_window->text(), QByteArray(m_before).replace("VLLM_VERSION=0.17.1", "VLLM_VERSION=9.9"));
        m_window->undo();
    }

    /// However long: nothing is cut, also where a field is only opened and closed.
    void aLongTextIsWhole()
    {
        goTo(m_window->lineOf("title: CANN"));
        const std::string longText = std::string(99'999, 'x') + "y";
        auto *line = static_cast<QLineEdit *>(openEditor("backendNotes", 0, 0, QStringLiteral("headerEditor")));
        line->setText(QString::fromStdString(longText));
        QTest::keyClick(line, Qt::Key_Return);
        settle();
        QCOMPARE(m_window->matrix().findBackend("cann")->notes.front().text, longText);
        const QByteArray before = m_window->text();
        QWidget *again = openEditor("backendNotes", 0, 0, QStringLiteral("headerEditor"));
        QTest::keyClick(again, Qt::Key_Return);
        settle();
        QCOMPARE(m_window->text(), before);
        undoAll();
    }

    void servicesOfTheMatrix()
    {
        goTo(m_window->lineOf("sglang: {"));
        type("services", 1, 1, QStringLiteral("SGL"));
        checkStep(QByteArray(m_before).replace("{ name: SGLang }", "{ name: SGL }"));
        type("services", 2, 0, QStringLiteral("voxbox = VoxBox"));
        checkStep(QByteArray(m_before).replace("  sglang: { name: SGLang }\n",
                                               "  sglang: { name: SGLang }\n  voxbox: { name: VoxBox }\n"));
        remove("services", 1);
        checkStep(QByteArray(m_before).replace("  sglang: { name: SGLang }\n", ""));
    }

    void backendsComeAndGo()
    {
        goTo(m_window->lineOf("title: CUDA"));
        m_window->find<QPushButton>("addBackend")->click();
        auto *dialog = m_window->find<QInputDialog>("backendDialog");
        dialog->setTextValue(QStringLiteral("rocm = AMD ROCm"));
        dialog->accept();
        QCOMPARE(m_window->matrix().backends.back().name, std::string("AMD ROCm"));
        QCOMPARE(m_window->find<BackendForm>("backendForm")->backend(), QStringLiteral("rocm"));
        m_window->find<QPushButton>("removeBackend")->click();
        QCOMPARE(m_window->text(), m_before);
        undoAll();
    }

    void refusedAndOff()
    {
        goTo(m_window->lineOf("title: CANN"));
        type("backendVariants", 1, 0, QStringLiteral("= no identifier"));
        QCOMPARE(m_window->text(), m_before);
        QTableView *variants = table("backendVariants");
        auto *again = qobject_cast<QLineEdit *>(variants->indexWidget(variants->model()->index(1, 0)));
        QVERIFY(again);
        QCOMPARE(again->text(), QStringLiteral("= no identifier"));
        QTest::keyClick(again, Qt::Key_Escape);
        settle();
        const QModelIndex identifier = table("backendVariants")->model()->index(0, 0);
        QVERIFY(!(identifier.flags() & Qt::ItemIsEditable));
        QVERIFY(identifier.data(Qt::ToolTipRole).toString().contains(QStringLiteral("another identifier")));
        m_window->window->matrix()->document()->edit({{{0, 0}, "{"}}, QStringLiteral("Break"));
        QVERIFY(m_window->find<QLabel>("backendNote")->text().contains(QStringLiteral("cannot be read")));
        QVERIFY(!m_window->find<QLineEdit>("backendName")->isEnabled());
        QVERIFY(!m_window->find<QPushButton>("addBackend")->isEnabled());
        QVERIFY(!(table("services")->model()->index(0, 1).flags() & Qt::ItemIsEditable));
        m_window->undo();
        QVERIFY(m_window->find<QLineEdit>("backendName")->isEnabled());
    }

    void anOlderFileHasNoNames()
    {
        m_window.reset();
        m_window = std::make_unique<MatrixWindow>("rules:\n  - backend: \"cuda\"\n    services:\n      - \"vllm\"\n");
        QVERIFY(m_window->open());
        QVERIFY(m_window->find<QLabel>("serviceNote")->text().contains(QStringLiteral("nothing but rules")));
        QVERIFY(!m_window->find<QPushButton>("addBackend")->isEnabled());
    }

    void modelsAreSound()
    {
        for (const char *name : {"services", "backendVariants", "backendNotes"}) {
            QAbstractItemModelTester tester(table(name)->model(),
                                            QAbstractItemModelTester::FailureReportingMode::QtTest);
            goTo(m_window->lineOf("title: CANN"));
            m_window->window->matrix()->document()->edit({{{0, 0}, "{"}}, QStringLiteral("Break"));
            m_window->undo();
        }
    }

private:
    /// As whoever goes to a line: with the keyboard in the YAML.
    void goTo(int line) const
    {
        m_window->place()->editor()->setFocus();
        m_window->place()->editor()->goTo(line);
    }

    /// The cell stays open.
    QLineEdit *typeInSecondArgument(const QString &value) const
    {
        auto *line = static_cast<QLineEdit *>(openEditor("ruleArguments", 1, 1, QStringLiteral("argumentEditor")));
        if (line) {
            line->selectAll();
            QTest::keyClicks(line, value);
        }
        return line;
    }

    QTableView *table(const char *name) const { return m_window->find<QTableView>(name); }

    QWidget *openEditor(const char *name, int row, int column, const QString &editor) const
    {
        QTableView *view = table(name);
        const QModelIndex cell = view->model()->index(row, column);
        view->setCurrentIndex(cell);
        view->edit(cell);
        return view->findChild<QWidget *>(editor);
    }

    void type(const char *name, int row, int column, const QString &text)
    {
        QWidget *line = openEditor(name, row, column, QStringLiteral("headerEditor"));
        QVERIFY(line);
        static_cast<QLineEdit *>(line)->selectAll();
        QTest::keyClicks(line, text);
        QTest::keyClick(line, Qt::Key_Return);
        settle();
    }

    void choose(const char *name, int row, const QString &text)
    {
        QWidget *box = openEditor(name, row, 1, QStringLiteral("headerChoice"));
        QVERIFY(box);
        static_cast<QComboBox *>(box)->setCurrentText(text);
        QTest::keyClick(box, Qt::Key_Return);
        settle();
    }

    /// The view commits later than the key, and the form changes the matrix later than that.
    static void settle()
    {
        for (int turn = 0; turn < 4; ++turn)
            QCoreApplication::processEvents();
    }

    void remove(const char *name, int row)
    {
        table(name)->selectRow(row);
        table(name)->setFocus();
        QTest::keyClick(table(name), Qt::Key_Delete);
    }

    /// One step leads to the text, and back.
    void checkStep(const QByteArray &expected)
    {
        QCOMPARE(m_window->text().split('\n'), expected.split('\n')); // Says which line.
        QCOMPARE(m_window->text(), expected);
        QCOMPARE(m_window->place()->editor()->text(), QString::fromUtf8(expected));
        m_window->undo();
        QCOMPARE(m_window->text(), m_before);
        m_window->redo();
        QCOMPARE(m_window->text(), expected);
        m_window->undo();
    }

    void undoAll()
    {
        while (m_window->text() != m_before && m_window->window->matrix()->document()->undoStack()->canUndo())
            m_window->undo();
        QCOMPARE(m_window->text(), m_before);
    }

    std::unique_ptr<MatrixWindow> m_window;
    QByteArray m_before = centre::matrixText();
};

QTEST_MAIN(TestMatrixForms)
#include "tst_matrixforms.moc"
