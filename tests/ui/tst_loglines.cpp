// Lines of a log that are too long to be shown at once: every byte of them can be reached, at a bounded cost.
#include "logtest.h"

#include <algorithm>

class TestLogLines final : public LogTest
{
    Q_OBJECT

private Q_SLOTS:
    void init() { setUp(); }
    void cleanup() { tearDown(); }

    void aMatchFarInALineIsSeen_data()
    {
        QTest::addColumn<bool>("wraps");
        QTest::newRow("one line") << false;
        QTest::newRow("wrapped") << true;
    }

    void aMatchFarInALineIsSeen()
    {
        QFETCH(bool, wraps);
        const std::string line = counted(500'000);
        record(logLine("a", "first\n" + line.substr(0, 250'000) + " middle " + line + " needle\nlast\n"));
        m_pane->setWraps(wraps);
        find(QStringLiteral("needle"));
        QTRY_COMPARE(count(), QStringLiteral("1 of 1"));
        QCOMPARE(view()->selectedText(), QStringLiteral("needle"));
        QVERIFY(isSelectionSeen());
        QCOMPARE(view()->lineAt(1).hidden, 0U);
        find(QStringLiteral("middle")); // Before what is shown now.
        QTRY_COMPARE(view()->selectedText(), QStringLiteral("middle"));
        QVERIFY(isSelectionSeen());
        QCOMPARE(view()->top().row, wraps ? 1U : 0U);
    }

    void aMatchAmongWideCharactersIsSeen()
    {
        const std::string line = coloured(20'000);
        record(logLine("a", line + "\x1b[32mne\x1b[1medle\x1b[0m" + line + "\n"));
        find(QStringLiteral("needle"));
        QTRY_COMPARE(count(), QStringLiteral("1 of 1"));
        QCOMPARE(view()->selectedText(), QStringLiteral("needle"));
        QVERIFY(isSelectionSeen());
    }

    void errorsFarInALineAreSeen()
    {
        record(logLine("a", counted(100'000) + " error: far away " + counted(100'000) + "\n"));
        m_pane->firstError();
        QTRY_VERIFY(view()->hasSelection());
        QVERIFY(view()->selectedText().startsWith(QStringLiteral("error")));
        QVERIFY(isSelectionSeen());
    }

    void clicksLeadThroughTheLine_data() { aMatchFarInALineIsSeen_data(); }

    void clicksLeadThroughTheLine()
    {
        QFETCH(bool, wraps);
        const std::string line = counted(40'000);
        record(logLine("a", line + "\n"));
        m_pane->setWraps(wraps);
        view()->goTo(0);
        std::uint64_t reached = view()->lineAt(0).end;
        while (view()->lineAt(0).hidden > 0) {
            QVERIFY(click(LogLink::More));
            const ShownLine shown = view()->lineAt(0);
            QVERIFY(shown.begin <= reached && shown.end > reached);
            QCOMPARE(shown.bytes, line.substr(shown.begin, shown.end - shown.begin));
            QCOMPARE(shown.before + shown.bytes.size() + shown.hidden, line.size());
            reached = shown.end;
        }
        QCOMPARE(reached, line.size());
        while (view()->lineAt(0).before > 0) {
            const std::uint64_t begin = view()->lineAt(0).begin;
            QVERIFY(click(LogLink::Before));
            QVERIFY(view()->lineAt(0).begin < begin && view()->lineAt(0).end >= begin);
        }
        QCOMPARE(view()->lineAt(0).begin, 0U);
        QVERIFY(!view()->hasSelection());
    }

    void keysLeadThroughTheLine()
    {
        const std::string line = counted(40'000);
        record(logLine("a", "first\n" + line + "\nlast\n"));
        view()->goTo(1);
        QTest::keyClick(view(), Qt::Key_Right, Qt::AltModifier);
        QVERIFY(view()->lineAt(1).begin > 0);
        QVERIFY(view()->lineAt(1).begin < ShownLine::mostBytes);
        QCOMPARE(byteOfCursor(line), ShownLine::mostBytes); // Where the reader had come to.
        for (int turns = 0; turns < 10; ++turns)
            QTest::keyClick(view(), Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(view()->lineAt(1).end, line.size());
        QCOMPARE(byteOfCursor(line), line.size());
        QTest::keyClick(view(), Qt::Key_Left, Qt::AltModifier);
        QVERIFY(view()->lineAt(1).hidden > 0);
        QTest::keyClick(view(), Qt::Key_Home);
        QCOMPARE(view()->lineAt(1).begin, 0U);
        QCOMPARE(view()->cursor(), (LogPlace{1, 0}));
        QTest::keyClick(view(), Qt::Key_End);
        QCOMPARE(byteOfCursor(line), line.size());
        QCOMPARE(view()->lineAt(1).bytes.size(), ShownLine::mostBytes);
        for (std::uint64_t begin = view()->lineAt(1).begin; byteOfCursor(line) > begin - 10;) // Over the edge.
            QTest::keyClick(view(), Qt::Key_Left);
        QVERIFY(view()->lineAt(1).begin < line.size() - ShownLine::mostBytes);
        QTest::keyClick(view(), Qt::Key_Down);
        QCOMPARE(view()->cursor().row, 2U);
        m_pane->setSource({m_recorded->recording->log(), {}, false}, QStringLiteral("All steps"));
        QCOMPARE(view()->lineAt(1).begin, 0U); // Forgotten.
    }

    void whatIsSelectedIsCopied()
    {
        const std::string line = counted(100'000);
        record(logLine("a", "first\n" + line + "\nlast\n"));
        const QString all = QString::fromStdString(line);
        view()->goTo(1);
        for (int i = 0; i < 7; ++i)
            QTest::keyClick(view(), Qt::Key_Right);
        for (int i = 0; i < 3; ++i)
            QTest::keyClick(view(), Qt::Key_Right, Qt::AltModifier | Qt::ShiftModifier);
        const auto cursor = static_cast<qsizetype>(byteOfCursor(line));
        QVERIFY(cursor > qsizetype(2 * ShownLine::mostBytes));
        QCOMPARE(view()->selectedText(), all.mid(7, cursor - 7));
        QTest::keyClick(view(), Qt::Key_Home, Qt::ShiftModifier); // What was selected is again where it was.
        QCOMPARE(view()->selectedText(), all.left(7));
        QTest::keyClick(view(), Qt::Key_End, Qt::ShiftModifier);
        QCOMPARE(view()->selectedText(), all.mid(7));
        QTest::keyClick(view(), Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(view()->selectedText(), all.mid(7) + QStringLiteral("\nlast"));
        QTest::keyClick(view(), Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(view(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("first\n") + all + QStringLiteral("\nlast"));
        QVERIFY(!m_pane->grab().isNull()); // Also where both ends are out of sight.
        saveAndRead();
        QCOMPARE(m_saved.at(1), QByteArray::fromStdString("#1 " + line));
    }

    void partsBeginAtCharacters()
    {
        const std::string line = coloured(100'000);
        record(logLine("a", line + "\n"));
        std::string text;
        std::uint64_t reached = 0;
        for (int turns = 0; turns < 500 && reached < line.size(); ++turns) {
            const ShownLine shown = view()->lineAt(0);
            QVERIFY(shown.begin <= reached && shown.end > reached);
            QCOMPARE(shown.bytes, build::plainLine(line.substr(shown.begin, shown.end - shown.begin)));
            QVERIFY(!shown.text.contains(QChar::ReplacementCharacter) && !shown.text.contains(u'['));
            QVERIFY(!shown.spans.empty());
            QCOMPARE(shown.spans.front().begin, 0U); // Colours that began before it go on.
            text += build::plainLine(line.substr(reached, shown.end - reached));
            reached = shown.end;
            QTest::keyClick(view(), Qt::Key_Right, Qt::AltModifier | Qt::ShiftModifier);
        }
        QCOMPARE(text, build::plainLine(line));
        QCOMPARE(view()->selectedText().toStdString(), text);
    }

    /// Of a progress bar what was written last; what was written over is shown where it was found.
    void progressThatWasWrittenOver()
    {
        record(logLine("a", " 10%\r 50%\r100%\r\x1b[K\n"));
        QCOMPARE(view()->lineAt(0).text, QStringLiteral("100%"));
        QCOMPARE(view()->lineAt(0).before, 0U);
        QTest::keyClick(view(), Qt::Key_Home);
        QTest::keyClick(view(), Qt::Key_Left);
        QCOMPARE(view()->lineAt(0).text, QStringLiteral("100%"));
        find(QStringLiteral("50%"));
        QTRY_COMPARE(view()->selectedText(), QStringLiteral("50%"));
        QCOMPARE(view()->lineAt(0).text, QStringLiteral(" 50%"));
        QTest::keyClick(view(), Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(view()->lineAt(0).text, QStringLiteral(" 10%"));
        QTest::keyClick(view(), Qt::Key_Right, Qt::AltModifier);
        QTest::keyClick(view(), Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(view()->lineAt(0).text, QStringLiteral("100%"));
        QCOMPARE(view()->lineAt(0).hidden, 0U);
    }

    void theLongestLine_data()
    {
        QTest::addColumn<bool>("colours");
        QTest::newRow("plain") << false;
        QTest::newRow("colours") << true;
    }

    /// Neither what is read of it nor what is laid out grows with it.
    void theLongestLine()
    {
        QFETCH(bool, colours);
        constexpr std::size_t size = std::size_t(16) << 20U;
        const std::string bytes = colours ? coloured(size) : counted(size);
        std::uint64_t read = 0;
        build::LogLine head;
        head.bytes = bytes.substr(0, LongLine::headBytes);
        const LongLine line(head, bytes.size(), [&](std::uint64_t begin, std::size_t most) {
            read += most;
            return bytes.substr(begin, most);
        });
        LogLook look{LogTheme(view()->palette()), codeFont(view()->font())};
        const int links = 2 * 256;
        for (const bool wraps : {false, true}) {
            look.wrapWidth = wraps ? 600 : 0;
            const ShownLine first = line.first();
            for (const std::uint64_t byte : {size / 3, size - 1}) {
                const ShownLine part = line.around(byte, first);
                QVERIFY(part.begin <= byte && part.end > byte);
                const int before = LogRow(part, look).laidOut();
                QVERIFY(before <= (colours || wraps ? int(ShownLine::mostBytes) + links : 2 * links));
            }
        }
        QVERIFY2(read <= 40 * LongLine::headBytes, qPrintable(QString::number(read)));
    }

private:
    /// Bytes that differ from place to place.
    static std::string counted(std::size_t size)
    {
        std::string bytes;
        while (bytes.size() < size)
            bytes += std::to_string(bytes.size()) + ' ';
        bytes.resize(size);
        return bytes;
    }

    /// At least as many bytes; every character has a colour.
    static std::string coloured(std::size_t size)
    {
        std::string bytes;
        for (int i = 0; bytes.size() < size; ++i)
            bytes += "\x1b[3" + std::to_string(1 + i % 6) + "m" + "ä語😀e\u0301 " + std::to_string(i) + ' ';
        return bytes;
    }

    std::uint64_t byteOfCursor(const std::string &line) const
    {
        build::LogLine whole;
        whole.bytes = line;
        return LongLine(whole, line.size()).byteOf(view()->lineAt(view()->cursor().row), view()->cursor().column);
    }

    bool isSelectionSeen() const
    {
        const QImage image = view()->viewport()->grab().toImage();
        const QColor fill = LogTheme(view()->palette()).theme.selectedFill;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                if (image.pixelColor(x, y) == fill)
                    return true;
            }
        }
        return false;
    }

    /// Scrolls to the link of the only line, which the mouse tells by its shape, and clicks on it.
    bool click(LogLink link) const
    {
        const bool more = link == LogLink::More;
        if (more)
            view()->follow();
        else
            view()->goTo(0);
        QScrollBar *scroll = view()->horizontalScrollBar();
        scroll->setValue(more ? scroll->maximum() : 0);
        QWidget *area = view()->viewport();
        std::vector<QPoint> points;
        for (int y = 5; y < area->height(); y += 10) {
            for (int x = 12; x < area->width(); x += 6)
                points.emplace_back(x, y);
        }
        if (more)
            std::reverse(points.begin(), points.end());
        for (const QPoint &point : points) {
            QTest::mouseMove(area, point);
            if (area->cursor().shape() != Qt::PointingHandCursor)
                continue;
            QTest::mouseClick(area, Qt::LeftButton, {}, point);
            return true;
        }
        return false;
    }
};

QTEST_MAIN(TestLogLines)
#include "tst_loglines.moc"
