// The window's panes by key, however small it is, and its status bar's messages.
#include "matrixwindow.h"
#include "window/panes.h"
#include "window/statusline.h"

#include <QScrollArea>
#include <QScrollBar>
#include <QSplitter>

using namespace runner::ui;

class TestPanes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_window = std::make_unique<MatrixWindow>();
        QVERIFY(m_window->open());
    }

    void cleanup() { m_window.reset(); }

    /// As much of the pane as there is room for.
    void aKeyGoesFromPaneToPane()
    {
        window()->resize(480, 320);
        QTRY_COMPARE(window()->size(), QSize(480, 320));
        const auto *area = m_window->find<QScrollArea>("placeArea");
        QTRY_VERIFY(area->horizontalScrollBar()->maximum() > 0);
        const QWidgetList panes = shownPanes(*window()->centralWidget());
        QCOMPARE(panes.size(), 4);
        const auto isSeen = [&](const QWidget *pane) {
            const QRect seen(pane->mapTo(area->viewport(), QPoint()), pane->size());
            return pane->isAncestorOf(window()->focusWidget())
                   && (seen & area->viewport()->rect()).size() == pane->size().boundedTo(area->viewport()->size());
        };
        for (const int pane : {1, 2, 3, 0, 1}) {
            QTest::keyClick(window(), Qt::Key_F6);
            QVERIFY2(isSeen(panes[pane]), qPrintable(QString::number(pane)));
        }
        for (const int pane : {0, 3}) {
            QTest::keyClick(window(), Qt::Key_F6, Qt::ShiftModifier);
            QVERIFY2(isSeen(panes[pane]), qPrintable(QString::number(pane)));
        }
        QVERIFY(m_window->find<QWidget>("matrixSource")->hasFocus());
        window()->focusWidget()->clearFocus(); // From nowhere: to the first.
        QTest::keyClick(window(), Qt::Key_F6);
        QVERIFY(isSeen(panes[0]));
    }

    void theProblemsAreAPaneToo()
    {
        window()->resize(480, 320);
        QTRY_COMPARE(window()->size(), QSize(480, 320));
        m_window->find<QAction>("toggleProblems")->setChecked(true);
        const auto *problems = m_window->find<QWidget>("problemsPane");
        QTRY_VERIFY(problems->isVisible());
        QTest::keyClick(window(), Qt::Key_F6, Qt::ShiftModifier);
        QVERIFY(problems->hasFocus());
        QVERIFY(window()->rect().contains(QRect(problems->mapTo(window(), QPoint()), problems->size())));
    }

    /// One that was dragged to nothing comes back.
    void aKeyOpensAPane()
    {
        auto *across = m_window->find<QSplitter>("matrixAcrossSplitter");
        across->setSizes({300, 900, 0});
        QTRY_COMPARE(across->sizes()[2], 0);
        for (int i = 0; i < 3; ++i)
            QTest::keyClick(window(), Qt::Key_F6);
        QVERIFY(m_window->find<QWidget>("matrixSource")->hasFocus());
        QTRY_VERIFY(across->sizes()[2] >= m_window->find<QWidget>("matrixSource")->minimumWidth());
    }

    /// A message goes when it can have been read, and one that is told again has that time again.
    void messagesGo()
    {
        using namespace std::chrono_literals;
        auto *line = static_cast<StatusLine *>(window()->statusBar());
        line->tell(QStringLiteral("Saved matrix.yml"));
        auto *timer = line->findChild<QTimer *>();
        QVERIFY(timer && timer->isActive() && timer->intervalAsDuration() == 8s);
        timer->stop();
        line->tell(QStringLiteral("Saved matrix.yml"));
        timer = line->findChild<QTimer *>();
        QVERIFY(timer && timer->isActive());
        QCOMPARE(line->currentMessage(), QStringLiteral("Saved matrix.yml"));
        QCOMPARE(StatusLine::readingTime(QString(150, QLatin1Char('n'))), std::chrono::milliseconds(15000));
        QCOMPARE(StatusLine::readingTime(QString(5000, QLatin1Char('n'))), std::chrono::milliseconds(30000));
    }

private:
    MainWindow *window() const { return m_window->window.get(); }

    std::unique_ptr<MatrixWindow> m_window;
};

QTEST_MAIN(TestPanes)
#include "tst_panes.moc"
