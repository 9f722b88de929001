// Long lines of a log: cut to pieces, of which the visible ones are painted, and wrapped.
#include "logtest.h"

class TestLogRows final : public LogTest
{
    Q_OBJECT

private Q_SLOTS:
    void init() { setUp(); }
    void cleanup() { tearDown(); }

    void longLinesAreBounded()
    {
        const std::string line(900'000, 'x');
        record(logLine("a", line + "\n" + "10%\r" + std::string(200'000, 'y') + "\rlast\n"));
        const ShownLine shown = view()->lineAt(0);
        QCOMPARE(shown.bytes.size(), ShownLine::mostBytes);
        QCOMPARE(shown.hidden, line.size() - ShownLine::mostBytes);
        QCOMPARE(view()->lineAt(1).text, QStringLiteral("last"));
        m_pane->grab();
        QTRY_VERIFY(view()->horizontalScrollBar()->maximum() > 0);
        saveAndRead();
        QCOMPARE(m_saved.first().size(), qsizetype(3 + line.size()));
    }

    /// However much is found in a long line: what is off the screen is neither laid out nor marked.
    void onlyWhatIsOnTheScreenIsPainted()
    {
        build::LogLine line;
        for (std::size_t i = 0; i < ShownLine::mostBytes; ++i)
            line.bytes += i % 2 == 0 ? 'e' : ' ';
        const LogLook look{LogTheme(view()->palette()), codeFont(view()->font())};
        const LogRow row(shownLine(line), look);
        LogMarks marks{Qt::red, Qt::blue, {}};
        for (int column = 0; column < row.length(); column += 2)
            marks.columns.push_back({column, column + 1});
        QImage image(800, 40, QImage::Format_RGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        const int columns = static_cast<int>(800 / row.xOf(1)) + 2;
        const int far = row.length() * 3 / 4;
        const int painted = row.draw(painter, {-row.xOf(far), 1}, image.rect(), {marks});
        QVERIFY(painted > columns / 2 - 3 && painted <= columns / 2 + 2);
        QVERIFY2(row.laidOut() <= columns + 2 * 512, qPrintable(QString::number(row.laidOut())));
        const int marked = far % 2 == 0 ? 0 : 1; // Marks stand where their characters do.
        const auto middle = [&](int column) {
            return image.pixelColor(static_cast<int>(row.xOf(far + column) - row.xOf(far) + row.xOf(1) - 1), 2);
        };
        QCOMPARE(middle(marked + 10), QColor(Qt::red));
        QCOMPARE(middle(marked + 11), QColor(Qt::white));
    }

    /// A line in many pieces is measured as one.
    void piecesOfALineFitTogether_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("plain") << QString(3000, u'x');
        QTest::newRow("tabs") << QStringLiteral("a\tbc\t").repeated(600);
        QTest::newRow("other alphabets") << QStringLiteral("äöü語😀 e\u0301").repeated(300);
    }

    void piecesOfALineFitTogether()
    {
        QFETCH(QString, text);
        build::LogLine line;
        line.bytes = text.toStdString();
        const LogLook look{LogTheme(view()->palette()), codeFont(view()->font())};
        const LogRow row(shownLine(line), look);
        QTextLayout whole(row.line().text, look.font);
        QTextOption option;
        option.setWrapMode(QTextOption::NoWrap);
        option.setTabStopDistance(8 * QFontMetricsF(look.font).horizontalAdvance(u' '));
        whole.setTextOption(option);
        whole.beginLayout();
        QTextLine all = whole.createLine();
        all.setLineWidth(1e7);
        whole.endLayout();
        for (int column = 0; column <= row.length(); column += 97) {
            const double x = all.cursorToX(column);
            QVERIFY2(std::abs(row.xOf(column) - x) < 2,
                     qPrintable(QStringLiteral("%1: %2, not %3").arg(column).arg(row.xOf(column)).arg(x)));
            QCOMPARE(row.columnAt(x + 1, 0), all.xToCursor(x + 1));
        }
    }

    void longLinesAreWrapped()
    {
        std::string words;
        for (int i = 0; i < 400; ++i)
            words += "word" + std::to_string(i) + " ";
        record(logLine("a", "first\n" + words + "\n" + std::string(3000, 'x') + "\n" + numbered(0, 100)));
        m_pane->grab();
        QTRY_VERIFY(view()->horizontalScrollBar()->maximum() > 0);
        QTest::keyClick(view(), Qt::Key_Z, Qt::AltModifier);
        QTRY_VERIFY(view()->wraps());
        QCOMPARE(view()->horizontalScrollBar()->maximum(), 0);
        view()->goTo(0);
        QCOMPARE(view()->top(), (ScreenLine{0, 0}));
        // The word at the begin of the second line of the row is one of the row's, whole, and far from its begin.
        const int height = QFontMetrics(codeFont(view()->font())).height() + 2;
        const QPoint second(view()->viewport()->width() / 2, 2 * height + height / 2);
        QTest::mouseDClick(view()->viewport(), Qt::LeftButton, {}, second);
        QCOMPARE(view()->cursor().row, 1U);
        QVERIFY(view()->cursor().column > 60 && view()->cursor().column < 400);
        QVERIFY2(view()->selectedText().startsWith(QStringLiteral("word")), qPrintable(view()->selectedText()));
        // Down goes by the lines on the screen.
        const int column = view()->cursor().column;
        QTest::keyClick(view(), Qt::Key_Down);
        QCOMPARE(view()->cursor().row, 1U);
        QVERIFY(view()->cursor().column > column);
        // The end is the last row at the bottom, and following it goes on.
        QTest::keyClick(view(), Qt::Key_End, Qt::ControlModifier);
        QVERIFY(view()->isFollowing());
        QCOMPARE(view()->cursor().row, view()->rows() - 1);
        QCOMPARE(view()->top().row, view()->rows() - static_cast<std::uint64_t>(view()->visibleRows()));
        QTest::keyClick(view(), Qt::Key_Z, Qt::AltModifier);
        QTRY_VERIFY(!view()->wraps());
    }

    /// A row that is higher than the view is seen in all its parts.
    void aRowHigherThanTheView()
    {
        record(logLine("a", "first\n" + std::string(8000, 'x') + "\nlast\n"));
        m_pane->setWraps(true);
        view()->goTo(0);
        QVERIFY(!view()->isFollowing());
        for (int turns = 0; turns < 200 && !view()->isFollowing(); ++turns) {
            const ScreenLine before = view()->top();
            QWheelEvent down({50, 50}, view()->viewport()->mapToGlobal(QPointF(50, 50)), {}, {0, -120}, Qt::NoButton,
                             Qt::NoModifier, Qt::NoScrollPhase, false);
            QApplication::sendEvent(view()->viewport(), &down);
            QVERIFY(view()->top() > before);
            QVERIFY(view()->top().row > before.row || view()->top().line <= before.line + 3);
        }
        QVERIFY(view()->isFollowing());
        QCOMPARE(view()->top().row, 1U);
        QVERIFY(view()->top().line > 0);
        bar()->setValue(0);
        QCOMPARE(view()->top(), (ScreenLine{0, 0}));
        bar()->setValue(bar()->maximum());
        QVERIFY(view()->isFollowing());
        const int line = view()->top().line;
        m_pane->resize(500, 400); // Narrower: more lines, the end stays the end.
        QTRY_VERIFY(view()->top().line > line);
        view()->select({1, 7990}, {1, 7995}); // A match far within the row is brought to the eye.
        QVERIFY(view()->top().line > 0);
    }

    void wrappedRowsAreCutAtWords()
    {
        LogLook look{LogTheme(view()->palette()), codeFont(view()->font())};
        const double one = QFontMetricsF(look.font).horizontalAdvance(u'x');
        look.wrapWidth = 20 * one + 1;
        for (const char *text :
             {"one two three four five six seven eight nine", "äne twö three föur five six seven eight nine",
              "\x1b[1mone two\x1b[0m three four five six seven eight nine"}) {
            build::LogLine line;
            line.bytes = text;
            const LogRow row(shownLine(line), look);
            QCOMPARE(row.lines(), 3);
            QCOMPARE(row.lineOf(0), 0);
            QCOMPARE(row.lineOf(18), 0);
            QCOMPARE(row.lineOf(19), 1); // "four" goes to the next line whole.
            QCOMPARE(row.xOf(19), 0.0);
            QCOMPARE(row.columnAt(0, 1), 19);
            QCOMPARE(row.columnAt(1e6, 2), row.length());
        }
    }
};

QTEST_MAIN(TestLogRows)
#include "tst_logrows.moc"
