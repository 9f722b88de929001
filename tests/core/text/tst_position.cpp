#include "text/position.h"

#include <QtTest>

using namespace runner::text;

class PositionTest : public QObject
{
    Q_OBJECT
private slots:
    void linesEndAfterEveryKindOfLineEnd()
    {
        const LineIndex index("a\nbb\r\nc\rd");
        QCOMPARE(index.lineCount(), 4);
        QCOMPARE(index.at(0), (LineColumn{1, 1}));
        QCOMPARE(index.at(3), (LineColumn{2, 2}));
        QCOMPARE(index.at(6), (LineColumn{3, 1}));
        QCOMPARE(index.at(8), (LineColumn{4, 1}));
        QCOMPARE(index.at(100), (LineColumn{4, 2}));
        QCOMPARE(index.lineStart(3), std::size_t{6});
        QCOMPARE(index.lineStart(9), std::size_t{9});
    }
    void columnsCountCodePoints()
    {
        const LineIndex index("日本: x");
        QCOMPARE(index.at(6), (LineColumn{1, 3}));
    }
    void findsTheFirstBadByte_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("offset");
        QTest::newRow("ascii") << QByteArray("abc") << -1;
        QTest::newRow("all lengths") << QByteArray("\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80") << -1;
        QTest::newRow("lone tail") << QByteArray("a\x80") << 1;
        QTest::newRow("overlong two") << QByteArray("\xC0\xAF") << 0;
        QTest::newRow("overlong three") << QByteArray("x\xE0\x80\xAF") << 1;
        QTest::newRow("surrogate") << QByteArray("\xED\xA0\x80") << 0;
        QTest::newRow("past unicode") << QByteArray("\xF4\x90\x80\x80") << 0;
        QTest::newRow("cut short") << QByteArray("ab\xE2\x82") << 2;
    }
    void findsTheFirstBadByte()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, offset);
        const std::size_t expected = offset < 0 ? std::string_view::npos : static_cast<std::size_t>(offset);
        QCOMPARE(findInvalidUtf8({bytes.constData(), static_cast<std::size_t>(bytes.size())}), expected);
    }
};

QTEST_APPLESS_MAIN(PositionTest)
#include "tst_position.moc"
