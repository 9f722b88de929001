#include "theme/icons.h"
#include "theme/leanstyle.h"
#include "theme/theme.h"

#include <QImage>
#include <QPainter>
#include <QStyleOption>
#include <QtTest>

using namespace runner::ui;

class TestTheme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void contrasts_data()
    {
        QTest::addColumn<QPalette>("palette");
        QTest::newRow("light") << lightPalette();
        QTest::newRow("dark") << darkPalette();
        QPalette pale(QColor(0xeeeeee), QColor(0xfafafa));
        pale.setColor(QPalette::Text, QColor(0x999999));
        pale.setColor(QPalette::Highlight, QColor(0xffee88));
        QTest::newRow("pale") << pale;
        QPalette murky(QColor(0x444444), QColor(0x333333));
        murky.setColor(QPalette::Base, QColor(0x2a2a2a));
        murky.setColor(QPalette::Text, QColor(0x777777));
        murky.setColor(QPalette::Highlight, QColor(0x335533));
        QTest::newRow("murky") << murky;
    }

    void contrasts()
    {
        QFETCH(QPalette, palette);
        const Theme theme(palette);
        const QColor window = palette.color(QPalette::Window);
        const auto text = [](const QColor &a, const QColor &b) { return contrast(a, b) >= textContrast; };
        const auto mark = [](const QColor &a, const QColor &b) { return contrast(a, b) >= markContrast; };
        QVERIFY(text(theme.text, theme.base));
        QVERIFY(text(theme.text, theme.chipFill));
        QVERIFY(text(theme.text, theme.rowSelection));
        QVERIFY(text(theme.dimText, theme.base));
        QVERIFY(text(theme.dimText, theme.dimChipFill));
        QVERIFY(text(theme.dimText, theme.sectionFill));
        QVERIFY(text(theme.sectionText, theme.sectionFill));
        QVERIFY(text(theme.selectedText, theme.selectedFill));
        for (const QColor &note : {theme.noteText, theme.warningText, theme.errorText}) {
            QVERIFY(text(note, theme.base));
            QVERIFY(text(note, window));
        }
        QVERIFY(text(theme.noteText, theme.codeFill));
        QVERIFY(mark(theme.chipBorder, theme.chipFill));
        QVERIFY(mark(theme.chipBorder, theme.base));
        QVERIFY(mark(theme.dimChipBorder, theme.base));
        QVERIFY(mark(theme.polishMark, theme.chipFill));
        QVERIFY(mark(theme.selectedBorder, theme.base));
    }

    void bordersAreSeenOnDark()
    {
        const LeanStyle style(QStringLiteral("Fusion"));
        const QPalette palette = darkPalette();
        for (const QStyle::PrimitiveElement element : {QStyle::PE_IndicatorCheckBox, QStyle::PE_FrameLineEdit}) {
            QImage image(20, 20, QImage::Format_RGB32);
            image.fill(palette.color(QPalette::Base));
            QPainter painter(&image);
            QStyleOptionFrame option;
            option.rect = image.rect();
            option.palette = palette;
            option.state = QStyle::State_Enabled | QStyle::State_Off;
            style.drawPrimitive(element, &option, &painter, nullptr);
            painter.end();
            for (const QPoint &edge : {QPoint(10, 0), QPoint(0, 10), QPoint(19, 10), QPoint(10, 19)}) {
                QVERIFY(contrast(image.pixelColor(edge), palette.color(QPalette::Base)) >= markContrast);
                QVERIFY(contrast(image.pixelColor(edge), palette.color(QPalette::Window)) >= markContrast);
            }
        }
    }

    void iconsAreDrawn()
    {
        for (const char *name : {"edit-copy", "edit-find", "dialog-error", "view-refresh"}) {
            const QImage image = themedIcon(QString::fromLatin1(name)).pixmap(16, 16).toImage();
            bool drawn = false;
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x)
                    drawn = drawn || image.pixelColor(x, y).alpha() > 0;
            QVERIFY2(drawn, name);
        }
    }
};

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
