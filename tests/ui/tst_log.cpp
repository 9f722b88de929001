// The log view and what belongs to it, on recorded and made-up logs.
#include "logtest.h"

class TestLog final : public LogTest
{
    Q_OBJECT

private Q_SLOTS:
    void init() { setUp(); }
    void cleanup() { tearDown(); }

    void showsARecordedBuild()
    {
        record(stream("success.jsonl"));
        QCOMPARE(view()->rows(), m_recorded->recording->log()->lines());
        QVERIFY(view()->rows() > 0);
        QVERIFY(view()->isFollowing());
        const auto lines = m_recorded->lines();
        for (std::uint64_t row = 0; row < view()->rows(); ++row)
            QCOMPARE(view()->lineAt(row).text.toStdString(), build::plainLine(lines[row]));
    }

    void showsOneStep()
    {
        record(vertexLine("a", "") + vertexLine("b", "") + logLine("a", "one\n") + logLine("b", "two\n")
               + logLine("a", "three\n"));
        show(m_recorded->step("[s a]"));
        QCOMPARE(view()->rows(), 2U);
        QCOMPARE(view()->lineAt(1).text, QStringLiteral("three"));
        QCOMPARE(view()->lineAt(1).number, 2U);
    }

    void keepsColoursAndFoldsProgress()
    {
        record(logLine("a", "\x1b[31mred\x1b[0m plain\n 10%\r 50%\r100%\n"));
        const ShownLine line = view()->lineAt(0);
        QCOMPARE(line.text, QStringLiteral("red plain"));
        QCOMPARE(line.spans.size(), 1U);
        QCOMPARE(view()->lineAt(1).text, QStringLiteral("100%"));
        const QImage image = m_pane->grab().toImage();
        const QColor red = LogTheme(view()->palette()).colours[1];
        bool seen = false;
        for (int y = 0; y < image.height() && !seen; ++y) {
            for (int x = 0; x < image.width() && !seen; ++x)
                seen = image.pixelColor(x, y) == red;
        }
        QVERIFY(seen);
    }

    void contrastOfAllColours_data()
    {
        QTest::addColumn<QPalette>("palette");
        QTest::newRow("light") << lightPalette();
        QTest::newRow("dark") << darkPalette();
    }

    void contrastOfAllColours()
    {
        QFETCH(QPalette, palette);
        const LogTheme theme(palette);
        for (const QColor &colour : theme.colours)
            QVERIFY(contrast(colour, theme.theme.base) >= textContrast);
        QVERIFY(contrast(theme.gutterText, theme.theme.base) >= textContrast);
        QVERIFY(contrast(theme.clipText, theme.clipFill) >= textContrast);
        for (std::uint32_t back = 0; back < 256; back += 5) {
            for (std::uint32_t front = 0; front < 256; front += 5) {
                build::Style style;
                style.foreground = build::Color{build::Color::Kind::Palette, front};
                style.background = build::Color{build::Color::Kind::Palette, back};
                const QTextCharFormat format = theme.format(style);
                QVERIFY(contrast(format.foreground().color(), format.background().color()) >= textContrast);
            }
        }
    }

    void followsUntilTheReaderScrolls()
    {
        live(numbered(0, 200));
        QCOMPARE(bar()->value(), bar()->maximum());
        write(numbered(200, 300));
        QTRY_COMPARE(view()->rows(), 300U);
        QCOMPARE(bar()->value(), bar()->maximum());
        bar()->setValue(50);
        QVERIFY(!view()->isFollowing());
        auto *back = m_pane->findChild<QPushButton *>(QStringLiteral("logFollow"));
        QVERIFY(back->isVisible());
        write(numbered(300, 400));
        QTRY_COMPARE(view()->rows(), 400U);
        QCOMPARE(bar()->value(), 50);
        QTest::mouseClick(back, Qt::LeftButton);
        QVERIFY(view()->isFollowing());
        QVERIFY(!back->isVisible());
        QCOMPARE(bar()->value(), bar()->maximum());
        QTest::keyClick(view(), Qt::Key_Home, Qt::ControlModifier);
        QVERIFY(!view()->isFollowing());
        QTest::keyClick(view(), Qt::Key_End, Qt::ControlModifier);
        QVERIFY(view()->isFollowing());
    }

    void showsTheUnfinishedLine()
    {
        live(vertexLine("a", "") + logLine("a", "done\nhalf a li"));
        const std::size_t step = m_recorded->step("[s a]");
        view()->setSource({m_recorded->recording->log(), step, true,
                           [this, step] { return m_recorded->recording->unfinishedLine(step); }});
        QCOMPARE(view()->rows(), 2U);
        QCOMPARE(view()->lineAt(1).text, QStringLiteral("half a li"));
        m_recorded->recording->write(logLine("a", "ne\n"));
        m_pane->contentChanged();
        QTRY_COMPARE(view()->lineAt(1).text, QStringLiteral("half a line"));
        QCOMPARE(view()->rows(), 2U);
    }

    void selectsByMouse()
    {
        record(logLine("a", "first line\nsecond line\nthird line\n"));
        const int height = QFontMetrics(codeFont(view()->font())).height() + 2;
        const QPoint begin(view()->viewport()->width() - 40, height / 2);
        QTest::mousePress(view()->viewport(), Qt::LeftButton, {}, begin);
        QTest::mouseMove(view()->viewport(), {view()->viewport()->width() - 40, height + height / 2});
        QTest::mouseRelease(view()->viewport(), Qt::LeftButton, {},
                            {view()->viewport()->width() - 40, height + height / 2});
        QCOMPARE(view()->selectedText(), QStringLiteral("\nsecond line"));
        view()->copy();
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("\nsecond line"));
    }

    void selectsByKeyboard()
    {
        record(logLine("a", "first line\n\x1b[1msecond\x1b[0m line\nthird line\n"));
        view()->setFocus();
        QTest::keyClick(view(), Qt::Key_Home, Qt::ControlModifier);
        QTest::keyClick(view(), Qt::Key_Down, Qt::ShiftModifier);
        QTest::keyClick(view(), Qt::Key_End, Qt::ShiftModifier);
        QCOMPARE(view()->selectedText(), QStringLiteral("first line\nsecond line"));
        QTest::keyClick(view(), Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(view()->selectedText(), QStringLiteral("first line\nsecond line\nthird line"));
        QTest::keyClick(view(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("first line\nsecond line\nthird line"));
        QTest::keyClick(view(), Qt::Key_Right);
        QVERIFY(!view()->hasSelection());
        QVERIFY(!view()->accessibleDescription().isEmpty());
    }

    void clippedLogsAreMarked()
    {
        record(logLine("a", "before\n[output clipped, log limit 2MiB reached]\n"));
        QVERIFY(!view()->lineAt(0).isClipMark);
        QVERIFY(view()->lineAt(1).isClipMark);
        QSignalSpy asked(view(), &LogView::unclippedRequested);
        const int height = QFontMetrics(codeFont(view()->font())).height() + 2;
        QTest::mouseClick(view()->viewport(), Qt::LeftButton, {}, QPoint(100, height + height / 2));
        QCOMPARE(asked.count(), 1);
        QTest::mouseMove(view()->viewport(), QPoint(100, height + height / 2 + 1));
        QCOMPARE(view()->viewport()->cursor().shape(), Qt::PointingHandCursor);
        QTest::mouseMove(view()->viewport(), QPoint(100, height / 2));
        QCOMPARE(view()->viewport()->cursor().shape(), Qt::IBeamCursor);
        QTest::mouseMove(view()->viewport(), QPoint(100, height * 3));
        QCOMPARE(view()->viewport()->cursor().shape(), Qt::IBeamCursor); // Below the last line.
        QHelpEvent help(QEvent::ToolTip, QPoint(100, height + height / 2),
                        view()->viewport()->mapToGlobal(QPoint(100, height + height / 2)));
        QApplication::sendEvent(view()->viewport(), &help);
        QVERIFY(QToolTip::text().contains(QStringLiteral("whole log")));
    }

    void timesAreShown()
    {
        record(logLine("a", "one\n", 0) + logLine("a", "two\n", 500));
        const QImage without = m_pane->grab().toImage();
        QTest::mouseClick(m_pane->findChild<QToolButton *>(QStringLiteral("logTimes")), Qt::LeftButton);
        QVERIFY(view()->showsTimes());
        QVERIFY(m_pane->grab().toImage() != without);
        QCOMPARE(shownTime(500), QStringLiteral("0:00.50"));
        QCOMPARE(shownTime(3'723'450), QStringLiteral("1:02:03.45"));
    }

    void findsWithExactCounts()
    {
        record(logLine("a", numbered(0, 5000)));
        find(QStringLiteral("line 49"));
        QTRY_COMPARE(count(), QStringLiteral("1 of 111")); // 49, 490 to 499, 4900 to 4999
        QCOMPARE(view()->selectedText(), QStringLiteral("line 49"));
        QCOMPARE(view()->cursor().row, 49U);
        QTest::keyClick(findText(), Qt::Key_Return);
        QCOMPARE(count(), QStringLiteral("2 of 111"));
        QCOMPARE(view()->cursor().row, 490U);
        m_pane->findPrevious();
        m_pane->findPrevious();
        QCOMPARE(count(), QStringLiteral("111 of 111")); // Around the begin.
        QCOMPARE(view()->cursor().row, 4999U);
        m_pane->findNext();
        QCOMPARE(view()->cursor().row, 49U);
    }

    void findsRegularExpressions()
    {
        record(logLine("a", "Alpha 12\nbeta 345\n\x1b[32mgamma 6\x1b[0m\n"));
        find(QStringLiteral("[a-z]+ \\d+$"));
        QTRY_COMPARE(count(), QStringLiteral("No match"));
        regular()->setChecked(true);
        QTRY_VERIFY(count().endsWith(QStringLiteral("of 3"))); // Colours are no part of the text.
        QCOMPARE(view()->selectedText(), QStringLiteral("Alpha 12"));
        find(QStringLiteral("(open"));
        const auto *problem = m_pane->findChild<QLabel *>(QStringLiteral("logFindProblem"));
        QTRY_VERIFY(problem->isVisible());
        QVERIFY2(problem->text().contains(QStringLiteral("parenthesis")), qPrintable(problem->text()));
        QVERIFY(count().isEmpty() && problem->y() >= findText()->geometry().bottom());
        QVERIFY(!m_pane->hits()->search().isActive());
        find(QString());
        QTRY_VERIFY(problem->isHidden());
        QVERIFY(count().isEmpty());
    }

    void findGoesOnAsTheLogGrows()
    {
        live(numbered(0, 10));
        find(QStringLiteral("line"));
        QTRY_COMPARE(m_pane->hits()->search().count(), 10U);
        write(numbered(10, 30));
        QTRY_COMPARE(m_pane->hits()->search().count(), 30U);
    }

    /// Whatever the width and however many are found: nothing is cut and nothing lies over another.
    void theFindBarHasRoomForAll()
    {
        record(logLine("a", "one\n"));
        m_pane->openFind();
        auto *label = m_pane->findChild<QLabel *>(QStringLiteral("logFindCount"));
        for (const int width : {1000, 600, 450, 380, 340, 1000}) {
            m_pane->resize(width, 400);
            findText()->setText(QStringLiteral("e"));
            QTRY_VERIFY(count().contains(QStringLiteral("of")));
            label->setText(QStringLiteral("845,543 of 845,543"));
            m_pane->resize(width - 1, 400);
            const QList<QWidget *> parts = m_pane->findBar()->findChildren<QWidget *>(Qt::FindDirectChildrenOnly);
            for (const QWidget *part : parts) {
                if (part->isHidden())
                    continue;
                QVERIFY2(part == findText() || part->width() >= part->sizeHint().width(),
                         qPrintable(QStringLiteral("%1 at %2").arg(part->objectName()).arg(width)));
                QVERIFY(m_pane->findBar()->rect().contains(part->geometry()));
                for (const QWidget *other : parts)
                    QVERIFY2(other == part || other->isHidden() || !other->geometry().intersects(part->geometry()),
                             qPrintable(QStringLiteral("%1 at %2").arg(part->objectName()).arg(width)));
            }
        }
        QVERIFY(regular()->x() > findText()->geometry().right()); // In one line again.
    }

    void escapeClosesFind()
    {
        record(logLine("a", "one\n"));
        m_pane->openFind();
        QVERIFY(m_pane->findBar()->isVisible());
        QTest::keyClick(findText(), Qt::Key_Escape);
        QVERIFY(m_pane->findBar()->isHidden());
    }

    void goesToErrors()
    {
        std::string text =
            numbered(0, 100) + "error: first\n" + numbered(0, 100) + "x.cpp:3: error: second\n" + numbered(0, 50);
        record(logLine("a", text));
        m_pane->firstError();
        QTRY_COMPARE(view()->cursor().row, 100U);
        m_pane->nextError();
        QTRY_COMPARE(view()->cursor().row, 201U);
        m_pane->nextError();
        QTRY_COMPARE(view()->cursor().row, 100U); // Around the end.
    }

    void saysThatThereIsNoError()
    {
        record(logLine("a", "all is well\n"));
        QSignalSpy said(m_pane.get(), &LogPane::statusMessage);
        m_pane->nextError();
        QTRY_COMPARE(said.count(), 1);
    }

    void savesAsText()
    {
        record(logLine("a", "\x1b[31mred\x1b[0m\n10%\r100%\n") + logLine("b", "other\n"));
        saveAndRead();
        QCOMPARE(m_saved, (QList<QByteArray>{"#1 red", "#1 100%", "#2 other", ""}));
        show(1);
        saveAndRead();
        QCOMPARE(m_saved, (QList<QByteArray>{"red", "100%", ""}));
    }

    void savingSaysWhatFails()
    {
        record(logLine("a", "one\n"));
        QSignalSpy said(m_pane.get(), &LogPane::statusMessage);
        m_pane->saveTo(QStringLiteral("/nowhere/at/all.log"));
        QTRY_COMPARE(said.count(), 1);
        QVERIFY(said.first().first().toString().contains(QStringLiteral("cannot be saved")));
    }

    void nothingIsThereYet()
    {
        live({});
        QCOMPARE(view()->rows(), 0U);
        m_pane->grab();
        QTest::keyClick(view(), Qt::Key_Down);
        QTest::mouseClick(view()->viewport(), Qt::LeftButton);
        view()->selectAll();
        view()->copy();
        m_pane->nextError();
        QVERIFY(!view()->hasSelection());
    }
};

QTEST_MAIN(TestLog)
#include "tst_log.moc"
