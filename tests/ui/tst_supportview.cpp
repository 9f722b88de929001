#include "centre.h"
#include "support/chiplayout.h"
#include "support/supportmodel.h"
#include "support/supportview.h"

#include <QSignalSpy>

using namespace runner::ui;

class TestSupportView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(centre::lay(m_folder.path()));
        m_loaded = centre::load(m_folder.path());
        QVERIFY(m_loaded);
    }

    void chipsWrapAndAreHit()
    {
        QList<Chip> chips;
        for (int i = 0; i < 9; ++i)
            chips << Chip{QStringLiteral("0.5.8.post%1").arg(i), i == 1, i == 2, false, false};
        const ChipLayout layout(chips, QFont(), 200);
        QCOMPARE(layout.boxes.size(), chips.size());
        for (int i = 0; i < chips.size(); ++i) {
            QVERIFY(layout.boxes[i].right() < 200);
            QVERIFY(layout.boxes[i].bottom() < layout.height);
            QCOMPARE(layout.hit(layout.boxes[i].center()), i);
            for (int j = 0; j < i; ++j)
                QVERIFY(!layout.boxes[i].intersects(layout.boxes[j]));
        }
        QCOMPARE(layout.hit(QPoint(1, 1)), -1);
        QVERIFY(layout.height > ChipLayout(chips, QFont(), 2000).height);
    }

    void keysMoveBetweenChips()
    {
        SupportModel model;
        SupportView view(&model);
        view.resize(800, 400);
        view.show();
        model.setWorkspace(m_loaded);
        view.selectFirst();
        const int first = view.currentEntry();
        QCOMPARE(first, 0);
        QTest::keyClick(&view, Qt::Key_Right);
        QCOMPARE(view.currentEntry(), 1);
        for (int i = 0; i < 3; ++i)
            QTest::keyClick(&view, Qt::Key_Right);
        QCOMPARE(view.currentEntry(), 4); // The next service's first.
        QTest::keyClick(&view, Qt::Key_Left);
        QCOMPARE(view.currentEntry(), 3); // Back on the last of the cell before.
        QSignalSpy activated(&view, &SupportView::entryActivated);
        QTest::keyClick(&view, Qt::Key_Return);
        QTest::keyClick(&view, Qt::Key_Space);
        QCOMPARE(activated.size(), 2);
        QTest::keyClick(&view, Qt::Key_Down);
        QVERIFY(view.currentIndex().data(IsSectionRole).toBool());
        QTest::keyClick(&view, Qt::Key_Left);
        QVERIFY(!view.isExpanded(view.currentIndex().siblingAtColumn(0)));
        QTest::keyClick(&view, Qt::Key_Return);
        QVERIFY(view.isExpanded(view.currentIndex().siblingAtColumn(0)));
    }

    void mouseSelectsAChip()
    {
        SupportModel model;
        SupportView view(&model);
        view.resize(800, 400);
        view.show();
        model.setWorkspace(m_loaded);
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        const QModelIndex cell = model.index(0, 2, model.index(0, 0));
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.chipRect(cell, 2).center());
        QCOMPARE(view.currentEntry(), 2);
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.chipRect(cell, 0).center());
        QCOMPARE(view.currentEntry(), 0);
    }

    void hundredThousandRecordsScroll()
    {
        SupportModel model;
        SupportView view(&model);
        view.resize(1200, 700);
        view.show();
        model.setWorkspace(centre::big(5000));
        view.scrollToBottom();
        QVERIFY(!view.grab().isNull());
        QVERIFY(view.indexAt(QPoint(20, 600)).isValid());
        view.selectFirst();
        QTest::keyClick(&view, Qt::Key_PageDown);
        QVERIFY(view.currentIndex().isValid());
    }

private:
    QTemporaryDir m_folder;
    LoadedPointer m_loaded;
};

QTEST_MAIN(TestSupportView)
#include "tst_supportview.moc"
