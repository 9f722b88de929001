// Findings in the editor, and its colours.
#include "editortest.h"

#include "theme/theme.h"

namespace {

Problem problemAt(int line, int column, Severity severity, const char *message)
{
    return {"some-id", severity, {"Dockerfile", line, column}, message, "Do this"};
}

} // namespace

class TestEditorMarks final : public EditorTest
{
    Q_OBJECT

private Q_SLOTS:
    void init() { setUp(); }
    void cleanup() { m_pane.reset(); }

    void findings()
    {
        m_editor->setText(sample());
        m_editor->setProblems(
            {problemAt(2, 6, Severity::Warning, "A warning <b>"), problemAt(0, 0, Severity::Error, "No place"),
             problemAt(8, 1, Severity::Error, "An error"), problemAt(99, 1, Severity::Error, "Past the end")});
        QCOMPARE(m_editor->problemsAt(2), QList<int>{0});
        QVERIFY(m_editor->problemText({0}).contains(QStringLiteral("&lt;b&gt;")));
        QVERIFY(m_editor->problemText({0}).contains(QStringLiteral("Do this")));
        QTest::keyClick(m_editor, Qt::Key_F4);
        QCOMPARE(m_editor->currentLine(), 2);
        QSignalSpy chosen(m_editor, &CodeEditor::problemActivated);
        QTest::keyClick(m_editor, Qt::Key_Period, Qt::ControlModifier);
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen[0][0].toInt(), 0);
        auto *margin = m_editor->findChild<EditorMargin *>();
        const int y = m_editor->fontMetrics().lineSpacing() * 3 / 2 + 4;
        click(margin, QPoint(8, y));
        QCOMPARE(chosen.size(), 2);
        int underlined = 0;
        for (const QTextEdit::ExtraSelection &selection : m_editor->extraSelections())
            underlined += selection.format.underlineStyle() == QTextCharFormat::WaveUnderline;
        QCOMPARE(underlined, 2);
    }

    void whatIsInQuotesIsUnderlinedAsAWhole()
    {
        m_editor->setText(QStringLiteral("  - \"A=1: #x\" # no\n  - 'b c'\n  - \"open\n"));
        m_editor->setProblems({problemAt(1, 5, Severity::Error, "a"), problemAt(2, 5, Severity::Error, "b"),
                               problemAt(3, 5, Severity::Error, "c")});
        QStringList underlined;
        for (const QTextEdit::ExtraSelection &selection : m_editor->extraSelections()) {
            if (selection.format.underlineStyle() == QTextCharFormat::WaveUnderline)
                underlined << selection.cursor.selectedText();
        }
        QCOMPARE(underlined,
                 (QStringList{QStringLiteral("\"A=1: #x\""), QStringLiteral("'b c'"), QStringLiteral("\"")}));
    }

    void findingsMoveWithTheText()
    {
        m_editor->setText(QStringLiteral("one\ntwo three\nfour\n\nfive\n"));
        m_editor->setProblems({problemAt(2, 5, Severity::Warning, "three"), problemAt(3, 0, Severity::Error, "four"),
                               problemAt(4, 1, Severity::Note, "a blank line"),
                               problemAt(9, 1, Severity::Note, "nowhere")});
        const auto lines = [this] {
            QList<int> found;
            for (int i = 0; i < 4; ++i)
                found.append(m_editor->problemLine(i));
            return found;
        };
        QCOMPARE(lines(), (QList<int>{2, 3, 4, 0}));
        m_editor->goTo(1, 2);
        QTest::keyClick(m_editor, Qt::Key_Return);
        QCOMPARE(lines(), (QList<int>{3, 4, 5, 0}));
        m_editor->goTo(3, 4); // Between the words of the line.
        QTest::keyClick(m_editor, Qt::Key_Return);
        QCOMPARE(lines(), (QList<int>{4, 5, 6, 0}));
        QCOMPARE(m_editor->problemsAt(4), QList<int>{0});
        QVERIFY(m_editor->problemsAt(0).isEmpty());
        QTest::keyClick(m_editor, Qt::Key_F4);
        QCOMPARE(m_editor->currentLine(), 5);
        QTest::keyClick(m_editor, Qt::Key_F4, Qt::ShiftModifier);
        QCOMPARE(m_editor->currentLine(), 4);
        m_editor->applyPatch(0, 4, {}); // From outside: "o", the line end, "ne".
        QCOMPARE(m_editor->text(), QStringLiteral("\ntwo\n three\nfour\n\nfive\n"));
        QCOMPARE(lines(), (QList<int>{3, 4, 5, 0}));
        m_editor->applyPatch(5, 7, {}); // The finding's line goes, and the finding with it.
        QCOMPARE(m_editor->text(), QStringLiteral("\ntwo\nfour\n\nfive\n"));
        QCOMPARE(lines(), (QList<int>{0, 3, 4, 0}));
        QVERIFY(m_editor->problemsAt(2).isEmpty());
        m_editor->goTo(1);
        QTest::keyClick(m_editor, Qt::Key_F4);
        QCOMPARE(m_editor->currentLine(), 3);
        m_editor->setText(QStringLiteral("other"));
        QVERIFY(m_editor->problems().empty() && m_editor->problemsAt(1).isEmpty());
    }

    void coloursKeepTheirContrast()
    {
        for (const QPalette &palette : {lightPalette(), darkPalette()}) {
            const CodeTheme theme(palette);
            for (const QColor &behind :
                 {theme.theme.base, theme.currentLine, theme.rangeFill, theme.matchFill, theme.currentMatchFill}) {
                for (const QColor &colour : theme.colours)
                    QVERIFY2(contrast(colour, behind) >= textContrast, qPrintable(colour.name() + behind.name()));
            }
            QVERIFY(contrast(theme.marginText, theme.marginFill) >= textContrast);
            QVERIFY(contrast(theme.rangeEdge, theme.theme.base) >= markContrast);
        }
    }

    void paletteChangesTheColours()
    {
        m_editor->setText(sample());
        QTRY_VERIFY(m_editor->highlighter()->isFinished());
        const QStringList before = coloursOf(*m_editor);
        m_editor->setPalette(darkPalette());
        QTRY_VERIFY(m_editor->highlighter()->isFinished());
#ifdef RUNNER_HAVE_HIGHLIGHTING
        QVERIFY(coloursOf(*m_editor) != before);
#endif
    }

    void differencesAreColoured_data()
    {
        QTest::addColumn<QPalette>("palette");
        QTest::newRow("light") << lightPalette();
        QTest::newRow("dark") << darkPalette();
    }

    // "--- x" is a name above a place, and a removed "-- x" below it.
    void differencesAreColoured()
    {
        QFETCH(QPalette, palette);
        m_editor->setPalette(palette);
        m_editor->setLanguage(Language::Difference);
        m_editor->setText(
            QStringLiteral("--- a/x\n+++ b/x\n@@ -1,3 +1,3 @@\n as it was\n--- x\n+++ y\n-gone\n"
                           "\\ No newline at end of file\n+new\n--- /dev/null\n+++ b/z\n@@ -0,0 +1 @@\n+z\nnothing\n"));
        QTRY_VERIFY(m_editor->highlighter()->isFinished());
        using enum CodeStyle;
        const QList<CodeStyle> expected{Place, Place, Place, Plain, Removed, Added, Removed, Comment,
                                        Added, Place, Place, Place, Added,   Plain, Plain};
        const QStringList colours = coloursOf(*m_editor);
        QCOMPARE(colours.size(), expected.size());
        const CodeTheme theme(palette);
        for (int line = 0; line < expected.size(); ++line) {
            const QString whole = expected[line] == Plain
                                      ? QString()
                                      : QStringLiteral("0+%1%2 ")
                                            .arg(m_editor->document()->findBlockByNumber(line).length() - 1)
                                            .arg(theme.colour(expected[line]).name());
            QCOMPARE(colours[line], whole);
        }
        QVERIFY(theme.colour(Added) != theme.colour(Removed));
    }
};

QTEST_MAIN(TestEditorMarks)
#include "tst_editormarks.moc"
