// Typing in the YAML of the place "Matrix": the cursor, broken text, completion.
#include "matrixtest.h"

#include "editor/completion.h"

#include <QAbstractItemView>
#include <QLabel>
#include <QStandardItemModel>
#include <QTabWidget>
#include <QTextBlock>
#include <QToolTip>

class TestMatrixYaml final : public MatrixTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { setUpState(); }
    void init() { setUp(); }
    void cleanup() { tearDown(); }

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
        QCOMPARE(text(), rulesText());
        QCOMPARE(place()->selectedRules(), (std::vector<RuleRef>{{2, false}}));
    }

    /// The comment right above a rule belongs to it.
    void aCommentIsOfTheRuleBelow()
    {
        CodeEditor *code = place()->editor();
        code->setFocus();
        code->goTo(lineOf("# The old one."));
        QCOMPARE(place()->selectedRules(), (std::vector<RuleRef>{{0, true}}));
        code->goTo(lineOf("#     - \"sglang\""));
        QCOMPARE(place()->selectedRules(), (std::vector<RuleRef>{{0, true}}));
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

    void completesWhatCanStandThere()
    {
        auto *code = place()->editor();
        code->setFocus();
        code->goTo(lineOf("- \"CANN_ARCHS=a3\""));
        code->moveCursor(QTextCursor::EndOfLine);
        Q_EMIT code->completionAboutToOpen(code->textCursor().block().position() + 8, true);
        const auto *model = place()->findChild<QStandardItemModel *>();
        QVERIFY(model);
        QVERIFY(!model->findItems(QStringLiteral("CANN_VERSION")).isEmpty());
        code->goTo(lineOf("backend: \"cann\""));
        Q_EMIT code->completionAboutToOpen(code->textCursor().position(), true);
        QVERIFY(!model->findItems(QStringLiteral("cuda")).isEmpty());
    }

    /// A service that the rule has is no proposal, but for the one that is being written.
    void completesServicesThatTheRuleHasNot()
    {
        auto *code = place()->editor();
        code->setFocus();
        const auto *model = place()->findChild<QStandardItemModel *>();
        const auto at = [&](const char *line, int column) {
            code->goTo(lineOf(line));
            Q_EMIT code->completionAboutToOpen(code->textCursor().block().position() + column, true);
            return std::pair(!model->findItems(QStringLiteral("vllm")).isEmpty(),
                             !model->findItems(QStringLiteral("sglang")).isEmpty());
        };
        code->goTo(lineOf("- \"vllm\""));
        code->moveCursor(QTextCursor::EndOfLine);
        QTest::keyClick(code, Qt::Key_Return);
        QTest::keyClicks(code, QStringLiteral("- s"));
        QCOMPARE(at("- s", 9), std::pair(false, true));
        QCOMPARE(at("- \"vllm\"", 11), std::pair(true, true));
    }

    void retypingARuleBringsItsFormBack_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<int>("rule");
        QTest::newRow("first") << QByteArray("  - backend: \"cuda\"") << 0;
        QTest::newRow("last") << QByteArray("  - backend: \"cann\"") << 2;
    }

    /// Begun anew, its first line is for a moment no rule's: then the backends above are what the cursor is in.
    void retypingARuleBringsItsFormBack()
    {
        QFETCH(QByteArray, line);
        QFETCH(int, rule);
        auto *forms = find<QTabWidget>("matrixForms");
        CodeEditor *code = place()->editor();
        code->setFocus();
        code->goTo(lineOf(line.constData()));
        QTest::keyClick(code, Qt::Key_Home);
        QTest::keyClick(code, Qt::Key_End, Qt::ShiftModifier);
        QTest::keyClick(code, Qt::Key_Delete);
        QTest::keyClicks(code, QString::fromLatin1(line));
        QCOMPARE(text(), rulesText());
        QCOMPARE(place()->selectedRules(), (std::vector<RuleRef>{{static_cast<std::size_t>(rule), false}}));
        QCOMPARE(forms->currentIndex(), 0);
    }

    void completionClosesTheQuote_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("completed");
        const auto row = [](const char *name, const char *line, const char *completed) {
            QTest::newRow(name) << QString::fromLatin1(line) << QString::fromLatin1(completed);
        };
        row("plain", "    services: [sg|]", "    services: [sglang|]");
        row("open", "    services: [\"sg|", "    services: [\"sglang\"|");
        row("open, single", "    services: ['sg|", "    services: ['sglang'|");
        row("closed", "    services: [\"sg|\"]", "    services: [\"sglang|\"]");
        row("open before others", "    services: [\"sg|, \"voxbox\"]", "    services: [\"sglang\"|, \"voxbox\"]");
        row("closed before others", "    services: [\"sg|\", \"voxbox\"]", "    services: [\"sglang|\", \"voxbox\"]");
        row("open behind others", "    services: [\"voxbox\", \"sg|", "    services: [\"voxbox\", \"sglang\"|");
        row("argument", "    args: [\"CANN_ARC|", "    args: [\"CANN_ARCHS=|\"");
        row("argument behind others", "    args: [\"A=b\", \"CANN_ARC|", "    args: [\"A=b\", \"CANN_ARCHS=|\"");
        row("argument, plain", "    args: [A=b, CANN_ARC|]", "    args: [A=b, CANN_ARCHS=|]");
        row("in a list", "      - \"CANN_ARC|", "      - \"CANN_ARCHS=|\"");
    }

    /// As outside of quotes, the default and what the Dockerfile says of the argument included.
    void completionClosesTheQuote()
    {
        QFETCH(QString, line);
        QFETCH(QString, completed);
        const QStringList parts = line.split(QLatin1Char('|'));
        auto *code = place()->editor();
        code->setFocus();
        code->goTo(lineOf("- \"CANN_ARCHS=a3\""));
        QTextCursor inside = code->textCursor();
        inside.select(QTextCursor::LineUnderCursor);
        inside.insertText(parts[0].chopped(1) + parts[1]);
        inside.movePosition(QTextCursor::Left, QTextCursor::MoveAnchor, static_cast<int>(parts[1].size()));
        code->setTextCursor(inside);
        QTest::keyClicks(code, parts[0].right(1));
        auto *completion = code->findChild<Completion *>();
        QVERIFY(completion->isOpen());
        QTest::keyClick(completion->popup(), Qt::Key_Down);
        const QModelIndex chosen = completion->popup()->currentIndex();
        if (completed.contains(QStringLiteral("CANN"))) {
            QCOMPARE(chosen.data(CompletionDetail).toString(), QStringLiteral("910b"));
            QTRY_VERIFY(QToolTip::text().contains(QStringLiteral("Which chips")));
        }
        QTest::keyClick(completion->popup(), Qt::Key_Return);
        const QTextCursor after = code->textCursor();
        QCOMPARE(after.block().text().insert(after.positionInBlock(), QLatin1Char('|')), completed);
        QVERIFY(!QToolTip::isVisible() || QToolTip::text().isEmpty());
    }
};

QTEST_MAIN(TestMatrixYaml)
#include "tst_matrixyaml.moc"
