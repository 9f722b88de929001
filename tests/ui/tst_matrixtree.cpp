// The tree of rules: what it calls them, what its filter hides, and what its menu offers.
#include "matrix/ruleform.h"
#include "matrixwindow.h"
#include "testdata.h"

#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTreeView>

using namespace runner;
using namespace runner::ui;

namespace {

QByteArray severalRules()
{
    return centre::matrixText().replace("runners:\n", "  - backend: \"cann\"\n"
                                                      "    services: [\"vllm\"]\n"
                                                      "    args: [\"CANN_VERSION=8.5.0\", \"CANN_ARCHS=a3\"]\n"
                                                      "runners:\n");
}

} // namespace

class TestMatrixTree : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { m_window.reset(); }

    /// Its file names no backends: which argument is the variant is known all the same.
    void theOlderLayoutShowsVariants()
    {
        m_window = std::make_unique<MatrixWindow>();
        QVERIFY(QFile::remove(m_window->file()));
        centre::write(m_window->root() + QStringLiteral("/pack/matrix.yaml"),
                      "rules:\n  - backend: cann\n    services: [vllm]\n"
                      "    args: [\"CANN_VERSION=8.5.0\", \"CANN_ARCHS=310p\"]\n");
        QVERIFY(m_window->open());
        const RuleTreeModel &model = *m_window->place()->rules();
        const QModelIndex group = model.index(0, 0);
        QTRY_COMPARE(model.index(0, 0, group).data().toString(), QStringLiteral("8.5.0 310p"));
        QCOMPARE(group.data().toString(), QStringLiteral("CANN"));
    }

    /// The YAML's cursor stays, its rule stays in the form, and the tree says that it does not show it.
    void theFilterHidesTheRuleOfTheCursor()
    {
        open();
        editor()->goTo(m_window->lineOf("VLLM_VERSION="), 9);
        const int position = editor()->textCursor().position();
        auto *note = m_window->find<QLabel>("hiddenRule");
        QVERIFY(!note->isVisible());
        filter(QStringLiteral("cann"));
        QVERIFY(note->isVisible());
        QVERIFY2(note->text().contains(QStringLiteral("line %1").arg(m_window->matrix().rules[0].where.line)),
                 qPrintable(note->text()));
        QCOMPARE(editor()->textCursor().position(), position);
        QCOMPARE(m_window->place()->selectedRules(), (std::vector<RuleRef>{{0, false}}));
        QVERIFY(!tree()->selectionModel()->hasSelection());
        QCOMPARE(editor()->highlightedRange().first, m_window->matrix().rules[0].where.line);
        QVERIFY(m_window->find<QLabel>("ruleHeading")->text().contains(QStringLiteral("Rule 1")));
        const QByteArray before = m_window->text();
        m_window->find<QLineEdit>("ruleFilter")->setFocus(); // Who types there does not see the rule.
        m_window->find<QAction>("duplicateRules")->trigger();
        QCOMPARE(m_window->text(), before);
        Q_EMIT note->linkActivated(QStringLiteral("all"));
        QVERIFY(!note->isVisible());
        QVERIFY(m_window->find<QLineEdit>("ruleFilter")->text().isEmpty());
        QVERIFY(tree()->selectionModel()->hasSelection());
        QCOMPARE(editor()->textCursor().position(), position);
    }

    /// What others do to rules above it: the selected one stays the same, and its lines are where the cursor is.
    void theDiskMovesTheSelectedRule()
    {
        const QByteArray whole = testdata::read(testdata::project(QStringLiteral("matrix.yml")));
        const QByteArray first = "  - backend: \"cann\"\n    services: [vllm]\n    args: [\"CANN_VERSION=8.5.9\"]\n\n";
        const auto without = whole.mid(0, whole.indexOf("  # CANN 8.5.1 with the kernels for A3."))
                             + whole.mid(whole.indexOf("  # CANN 8.5.1 with the kernels for 910B."));
        const auto with = QByteArray(whole).replace("  # CANN 8.5.1 with the kernels for A3.",
                                                    first + "  # CANN 8.5.1 with the kernels for A3.");
        m_window = std::make_unique<MatrixWindow>(whole);
        QVERIFY(m_window->open());
        for (const char *argument : {"CANN_ARCHS=910b", "CUDA_VERSION=12.8.1"}) {
            const auto &rules = m_window->matrix().rules;
            const auto wanted = std::find_if(rules.begin(), rules.end(), [&](const matrix::Rule &rule) {
                return std::any_of(rule.arguments->begin(), rule.arguments->end(),
                                   [&](const matrix::Argument &each) { return each.text == argument; });
            });
            QVERIFY(wanted != rules.end());
            m_window->place()->selectRules({{static_cast<std::size_t>(wanted - rules.begin()), false}});
            for (const QByteArray &text : {without, whole, with, whole}) {
                centre::write(m_window->file(), text);
                QTRY_COMPARE_WITH_TIMEOUT(m_window->text(), text, 20000);
                const auto selected = m_window->place()->selectedRules();
                QCOMPARE(selected.size(), std::size_t(1));
                QVERIFY(!selected.front().disabled);
                const matrix::Rule &rule = m_window->matrix().rules[selected.front().index];
                QVERIFY2(std::any_of(rule.arguments->begin(), rule.arguments->end(),
                                     [&](const matrix::Argument &each) { return each.text == argument; }),
                         (std::string(argument) + " became " + rule.arguments->front().text).c_str());
                QCOMPARE(editor()->highlightedRange().first, rule.where.line);
            }
        }
    }

    /// The keys that leave the filter choose what it has found.
    void theFilterLeadsToTheFirstRule()
    {
        open();
        editor()->goTo(m_window->lineOf("VLLM_VERSION="), 9);
        filter(QStringLiteral("cann"));
        auto *field = m_window->find<QLineEdit>("ruleFilter");
        field->setFocus();
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(m_window->place()->selectedRules(), (std::vector<RuleRef>{{1, false}}));
        QVERIFY(tree()->hasFocus());
    }

    /// Not the one above it that is shown.
    void theCursorMovesIntoAHiddenRule()
    {
        open();
        filter(QStringLiteral("cuda"));
        editor()->goTo(m_window->lineOf("CANN_VERSION="));
        QCOMPARE(m_window->place()->selectedRules(), (std::vector<RuleRef>{{1, false}}));
        QVERIFY(m_window->find<QLabel>("hiddenRule")->isVisible());
        m_window->find<QAction>("removeRules")->trigger(); // Nobody removes what the tree does not show.
        QCOMPARE(m_window->matrix().rules.size(), std::size_t(2));
        editor()->setFocus();
        editor()->goTo(m_window->lineOf("CANN_VERSION="), 25);
        QTest::keyClicks(editor(), QStringLiteral("9")); // Typing changes nothing of that.
        QCOMPARE(m_window->place()->selectedRules(), (std::vector<RuleRef>{{1, false}}));
        editor()->goTo(m_window->lineOf("CUDA_VERSION="));
        QVERIFY(!m_window->find<QLabel>("hiddenRule")->isVisible());
        QVERIFY(tree()->selectionModel()->hasSelection());
    }

    void aRowThatIsClickedEndsTheHiddenOne()
    {
        open();
        editor()->goTo(m_window->lineOf("CUDA_VERSION="));
        filter(QStringLiteral("cann"));
        QVERIFY(m_window->find<QLabel>("hiddenRule")->isVisible());
        const QModelIndex row = m_window->place()->rules()->indexOf({1, false});
        QTest::mouseClick(tree()->viewport(), Qt::LeftButton, {}, tree()->visualRect(row).center());
        QVERIFY(!m_window->find<QLabel>("hiddenRule")->isVisible());
        filter({});
        QCOMPARE(m_window->place()->selectedRules(), (std::vector<RuleRef>{{1, false}}));
    }

    void theMenuCopiesAndPastes()
    {
        open();
        m_window->place()->selectRules({{1, false}});
        QStringList texts;
        const QList<QAction *> actions = tree()->actions();
        for (const QAction *action : actions)
            texts << QString(action->text()).remove(QLatin1Char('&'));
        const QString keys = QKeySequence(QKeySequence::Copy).toString(QKeySequence::NativeText);
        QVERIFY2(texts.contains(QStringLiteral("Copy rule as YAML\t") + keys),
                 qPrintable(texts.join(QLatin1Char('|'))));
        QVERIFY(texts.contains(QStringLiteral("Paste YAML as rule")));
        m_window->find<QAction>("copyRules")->trigger();
        QVERIFY(QApplication::clipboard()->text().startsWith(QStringLiteral("- backend: \"cann\"\n")));
        m_window->find<QAction>("pasteRules")->trigger();
        QCOMPARE(m_window->matrix().rules.size(), std::size_t(3));
        QCOMPARE(m_window->matrix().rules[2], m_window->matrix().rules[1]);
        tree()->setFocus();
        QApplication::clipboard()->clear();
        QTest::keyClick(m_window->window->windowHandle(), Qt::Key_C, Qt::ControlModifier); // The key does the same.
        QVERIFY(QApplication::clipboard()->text().startsWith(QStringLiteral("- backend: \"cann\"\n")));
    }

private:
    void open()
    {
        m_window = std::make_unique<MatrixWindow>(severalRules());
        QVERIFY(m_window->open());
    }

    CodeEditor *editor() const { return m_window->place()->editor(); }
    QTreeView *tree() const { return m_window->place()->tree(); }
    void filter(const QString &text) { m_window->find<QLineEdit>("ruleFilter")->setText(text); }

    std::unique_ptr<MatrixWindow> m_window;
};

QTEST_MAIN(TestMatrixTree)
#include "tst_matrixtree.moc"
