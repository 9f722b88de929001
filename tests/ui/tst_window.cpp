#include "centre.h"
#include "diagnostics/problemspane.h"
#include "support/argumentlist.h"
#include "support/filterbar.h"
#include "support/supportpage.h"
#include "support/supportplace.h"
#include "support/supportview.h"
#include "support/wrappedtext.h"
#include "window/mainwindow.h"
#include "window/places.h"
#include "window/placestack.h"
#include "window/statusline.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QClipboard>
#include <QDropEvent>
#include <QGuiApplication>
#include <QHelpEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QMimeData>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QToolButton>
#include <QToolTip>
#include <QTreeView>

#include <memory>

using namespace runner::ui;

class TestWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(centre::lay(m_folder->path()));
        m_settings = std::make_unique<Settings>(m_folder->filePath(QStringLiteral("settings.ini")));
        m_window = std::make_unique<MainWindow>(*m_settings);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    }

    void cleanup()
    {
        m_window.reset();
        m_settings.reset();
    }

    void emptyStateSaysWhatToDo()
    {
        QVERIFY(find<QLabel>("emptyStateTitle")->isVisible());
        QVERIFY(!find<QAction>("copy")->isEnabled());
    }

    void opensAndRemembers()
    {
        open();
        QCOMPARE(m_settings->lastWorkspace(), m_window->loader()->folder());
        QVERIFY(m_window->support()->page()->view()->isVisible());
        QVERIFY(find<QLabel>("statusCounts")->text().startsWith(QStringLiteral("2 backends")));
        for (const QWidget *widget : m_window->findChildren<QLineEdit *>())
            QVERIFY(!widget->accessibleName().isEmpty());
    }

    void findsByKeyboard()
    {
        open();
        QTest::keyClick(m_window.get(), Qt::Key_F, Qt::ControlModifier);
        auto *search = find<QLineEdit>("searchField");
        QTRY_VERIFY(search->hasFocus());
        QTest::keyClicks(search, QStringLiteral("0.16.0 nvidia"));
        QCOMPARE(m_window->support()->page()->model()->shownEntries(), 1);
        QCOMPARE(m_window->support()->page()->view()->currentEntry(), 1);
        QTest::keyClick(search, Qt::Key_Down);
        QVERIFY(m_window->support()->page()->view()->hasFocus());
        search->setText(QStringLiteral("no such thing"));
        QVERIFY(find<QWidget>("emptyState")->isVisible());
        QTest::mouseClick(find<QWidget>("emptyStateButton"), Qt::LeftButton);
        QCOMPARE(m_window->support()->page()->model()->shownEntries(), 6);
    }

    void commandsAreFoundByTheirWords()
    {
        open();
        QTest::keyClick(m_window.get(), Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        auto *list = find<QTreeView>("commandList");
        QVERIFY(list && list->isVisible());
        QAbstractItemModelTester tester(list->model());
        QVERIFY(list->model()->rowCount() > 20);
        auto *search = find<QLineEdit>("commandSearch");
        QTest::keyClicks(search, QStringLiteral("PANE view"));
        QVERIFY(list->model()->rowCount() >= 1);
        QVERIFY(list->currentIndex().data().toString().contains(QStringLiteral("pane")));
        search->setText(QStringLiteral("problems"));
        const bool shown = find<QAction>("toggleProblems")->isChecked();
        QTest::keyClick(search, Qt::Key_Return);
        QCOMPARE(find<QAction>("toggleProblems")->isChecked(), !shown);
        QTRY_VERIFY(!m_window->findChild<QTreeView *>(QStringLiteral("commandList")));
    }

    void commandsAreWalkedThroughByKeys()
    {
        open();
        QTest::keyClick(m_window.get(), Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        auto *list = find<QTreeView>("commandList");
        QCOMPARE(list->currentIndex().row(), 0);
        QTest::keyClick(find<QLineEdit>("commandSearch"), Qt::Key_Down);
        QCOMPARE(list->currentIndex().row(), 1);
        find<QLineEdit>("commandSearch")->setText(QStringLiteral("no such command"));
        QTest::keyClick(find<QLineEdit>("commandSearch"), Qt::Key_Return);
        QVERIFY(list->isVisible());
        QTest::keyClick(find<QLineEdit>("commandSearch"), Qt::Key_Escape);
        QTRY_VERIFY(!m_window->findChild<QTreeView *>(QStringLiteral("commandList")));
    }

    void filters()
    {
        open();
        QTest::mouseClick(find<QWidget>("hideDeprecatedButton"), Qt::LeftButton);
        QCOMPARE(m_window->support()->page()->model()->shownEntries(), 5);
        find<QAction>("service-vllm")->trigger();
        QCOMPARE(m_window->support()->page()->model()->shownEntries(), 1);
        m_window->support()->page()->filterBar()->clear();
        QCOMPARE(m_window->support()->page()->model()->shownEntries(), 6);
    }

    void showsDetailsAndCopiesImages()
    {
        open();
        QSignalSpy shown(m_window.get(), &MainWindow::placeReady);
        SupportView *view = m_window->support()->page()->view();
        const QModelIndex cell = view->model()->index(0, 2, view->model()->index(0, 0));
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, view->chipRect(cell, 0).center());
        QVERIFY(shown.count() > 0 || shown.wait());
        QCOMPARE(find<WrappedText>("detailsTitle")->toPlainText(), QStringLiteral("vLLM 0.17.1 for NVIDIA CUDA 12.9"));
        QVERIFY(find<WrappedText>("detailsRule")->toPlainText().contains(QStringLiteral("matrix.yml, line 17")));
        QTest::mouseClick(find<QToolButton>("copyImage"), Qt::LeftButton);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("gpustack/runner:cuda12.9-vllm0.17.1"));
        find<QAction>("toggleDetails")->trigger();
        QVERIFY(!find<QWidget>("detailsPane")->isVisible());
        QVERIFY(!m_settings->detailsShown());
        view->setFocus();
        QTest::keyClick(view, Qt::Key_Return);
        QVERIFY(find<QWidget>("detailsPane")->isVisible());
    }

    void argumentsFitAndCopy()
    {
        open();
        QTRY_VERIFY(m_window->findChild<ArgumentList *>());
        auto *list = m_window->findChild<ArgumentList *>();
        QTRY_COMPARE(list->model()->rowCount(), 2);
        QTRY_VERIFY(list->isVisible());
        const int closed = list->height();
        list->setFocus(Qt::TabFocusReason);
        list->setCurrentIndex(list->model()->index(1, 0));
        QTRY_VERIFY(list->height() > closed); // The row tells its story.
        const int last = list->visualRect(list->model()->index(1, 0)).bottom();
        QTRY_VERIFY(last < list->viewport()->height());
        QTest::keyClick(m_window.get(), Qt::Key_C, Qt::ControlModifier);
        QTRY_COMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("VLLM_VERSION=0.17.1"));
        QTest::keyClick(list, Qt::Key_Escape);
        QVERIFY(m_window->support()->page()->view()->hasFocus());
    }

    void longNamesWrap()
    {
        const QByteArray version = QByteArray("1").repeated(100);
        centre::write(m_folder->filePath(QStringLiteral("matrix.yml")),
                      centre::matrixText().replace("0.16.0", version));
        open();
        m_window->support()->page()->view()->selectEntry(1);
        QTRY_VERIFY(m_window->findChild<WrappedText *>(QStringLiteral("imageName")));
        const auto *title = find<WrappedText>("detailsTitle");
        QTRY_VERIFY(title->toPlainText().contains(QString::fromLatin1(version)));
        const auto clipped = [this] { // Sought anew each time: the checks, once done, fill the pane again.
            const auto texts = m_window->findChildren<WrappedText *>();
            const auto found = std::find_if(texts.begin(), texts.end(), [](const WrappedText *text) {
                return text->isVisible() && text->verticalScrollBar()->maximum() != 0;
            });
            return found == texts.end() ? QString() : (*found)->objectName();
        };
        QTRY_COMPARE(clipped(), QString());
    }

    void aSmallWindowKeepsTheTable()
    {
        open();
        QVERIFY(find<QWidget>("detailsPane")->isVisible());
        m_window->resize(480, 320);
        QTRY_VERIFY(!find<QWidget>("detailsPane")->isVisible());
        QVERIFY(m_window->width() <= 480 && m_window->height() <= 320);
        QVERIFY(!find<QWidget>("problemsPane")->isVisible());
        QVERIFY(find<QWidget>("supportTable")->isVisible());
        find<QAction>("toggleDetails")->trigger();
        QVERIFY(find<QWidget>("detailsPane")->isVisible()); // Whoever asks for it gets it.
        QVERIFY(m_settings->detailsShown());
        find<QAction>("toggleDetails")->trigger();
        m_window->resize(1280, 800);
        QTRY_VERIFY(find<QWidget>("detailsPane")->isVisible());
    }

    /// What the status bar says is cut with an ellipsis, and its tooltip has the rest.
    void aSmallWindowShortensItsStatus()
    {
        open();
        auto *line = static_cast<StatusLine *>(m_window->statusBar());
        const QString message =
            QStringLiteral("Not changed. ") + QString(20, QLatin1Char('m')) + QString(60, QLatin1Char('n'));
        m_window->resize(480, 320);
        QTRY_COMPARE(m_window->size(), QSize(480, 320));
        for (const char *name : {"statusCounts", "statusLastLoad"}) {
            const auto *label = find<QLabel>(name);
            QVERIFY(label->isVisible());
            QVERIFY2(line->rect().contains(QRect(label->mapTo(line, QPoint()), label->size())), name);
            QVERIFY(label->width() >= label->minimumSizeHint().width());
        }
        auto *counts = find<QLabel>("statusCounts");
        QVERIFY(counts->minimumSizeHint().width() < counts->sizeHint().width());
        QVERIFY(line->minimumSizeHint().width() <= 480);
        line->showMessage(message);
        QTRY_VERIFY(!counts->isVisible());
        QVERIFY2(line->shownMessage().startsWith(QStringLiteral("Not changed. mmm"))
                     && line->shownMessage().endsWith(QChar(0x2026)),
                 qPrintable(line->shownMessage()));
        QVERIFY(line->fontMetrics().horizontalAdvance(line->shownMessage()) < find<QLabel>("statusLastLoad")->x());
        QHelpEvent asked(QEvent::ToolTip, QPoint(20, 5), line->mapToGlobal(QPoint(20, 5)));
        QApplication::sendEvent(line, &asked);
        QCOMPARE(QToolTip::text(), message);
        QToolTip::hideText();
        m_window->resize(1280, 800);
        QTRY_COMPARE(line->shownMessage(), message);
    }

    /// Whichever places have been looked at before: hidden ones widen nothing.
    void everyPlaceFitsASmallWindow()
    {
        open();
        auto *area = find<QScrollArea>("placeArea");
        for (const PlaceKind &kind : placeKinds()) {
            QVERIFY2(m_window->showPlace(QLatin1String(kind.id)), kind.id);
            QTRY_VERIFY2(m_window->minimumSizeHint().width() <= 480 && m_window->minimumSizeHint().height() <= 320,
                         kind.id);
            m_window->resize(480, 320);
            QTRY_COMPARE(m_window->size(), QSize(480, 320));
            QCOMPARE(area->widget()->size().expandedTo(area->viewport()->size()), area->widget()->size());
            for (QWidget *widget : m_window->currentPlace()->findChildren<QWidget *>()) {
                if (!widget->isVisible() || !(widget->focusPolicy() & Qt::TabFocus))
                    continue;
                widget->setFocus(Qt::TabFocusReason); // What has the focus is scrolled to.
                const auto seen = [&] { return QRect(widget->mapTo(area->viewport(), QPoint()), widget->size()); };
                QTRY_VERIFY2(seen().intersects(area->viewport()->rect()),
                             qPrintable(QLatin1String(kind.id) + u' ' + widget->objectName()));
            }
        }
        for (const char *whole : {"support", "pack"}) { // These have a shape of their own for small windows.
            QVERIFY(m_window->showPlace(QLatin1String(whole)));
            QTRY_VERIFY2(area->horizontalScrollBar()->maximum() == 0 && area->verticalScrollBar()->maximum() == 0,
                         whole);
        }
    }

    void copiesTheSelectionAsMarkdown()
    {
        open();
        SupportView *view = m_window->support()->page()->view();
        view->setFocus();
        view->selectAll();
        QTest::keyClick(m_window.get(), Qt::Key_C, Qt::ControlModifier);
        QTRY_VERIFY(QGuiApplication::clipboard()->text().startsWith(QStringLiteral("### NVIDIA CUDA")));
        QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("~~`0.9.1`~~")));
    }

    void exportsEveryFormat()
    {
        open();
        for (const ExportFormat &format : exportFormats()) {
            const QString file = m_folder->filePath(QStringLiteral("table.") + format.suffix);
            QVERIFY(m_window->support()->exportTo(file, format.kind));
            QVERIFY(QFileInfo(file).size() > 100);
        }
        QVERIFY(!m_window->support()->exportTo(m_folder->filePath(QStringLiteral("missing/table.md")),
                                               ExportKind::Markdown));
        auto *box = find<QMessageBox>("exportError");
        QVERIFY(box->text().contains(QStringLiteral("table.md")));
        box->close();
    }

    void reloadsAndKeepsTheLastGoodTable()
    {
        open();
        m_window->support()->page()->view()->selectEntry(1);
        QTest::qWait(50);
        const QString matrix = m_folder->filePath(QStringLiteral("matrix.yml"));
        replace(matrix, centre::matrixText().replace("\"0.17.1\", plat", "\"0.18.0\", plat"));
        QTRY_VERIFY_WITH_TIMEOUT(text(0).startsWith(QStringLiteral("0.18.0")), 10000);
        QCOMPARE(m_window->support()->page()->view()->currentEntry(), 1);
        replace(matrix, "schema: 1\nbackends: [\n");
        QTRY_VERIFY_WITH_TIMEOUT(find<QLabel>("errorBanner")->isVisible(), 10000);
        QVERIFY(text(0).startsWith(QStringLiteral("0.18.0")));
        QVERIFY(find<QLabel>("errorBanner")->text().contains(QStringLiteral("matrix.yml:")));
        const auto *problems = static_cast<ProblemModel *>(find<ProblemsPane>("problemsPane")->model());
        QCOMPARE(problems->problems().front().where.file, std::string("matrix.yml"));
        QVERIFY(problems->problems().front().where.line > 0);
        replace(matrix, centre::matrixText());
        QTRY_VERIFY_WITH_TIMEOUT(!find<QLabel>("errorBanner")->isVisible(), 10000);
        QVERIFY(text(0).startsWith(QStringLiteral("0.17.1")));
    }

    void opensADroppedFolder()
    {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(m_folder->path())});
        QDragEnterEvent enter(QPoint(100, 100), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QDropEvent drop(QPointF(100, 100), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QSignalSpy loaded(m_window->loader(), &WorkspaceLoader::loaded);
        QCoreApplication::sendEvent(m_window.get(), &enter);
        QVERIFY(enter.isAccepted());
        QCoreApplication::sendEvent(m_window.get(), &drop);
        QVERIFY(loaded.count() > 0 || loaded.wait());
    }

    void keepsThePackCentreWhenAnotherFolderIsNone()
    {
        open();
        QTemporaryDir empty;
        QSignalSpy failed(m_window->loader(), &WorkspaceLoader::loadFailed);
        m_window->openFolder(empty.path());
        QVERIFY(failed.count() > 0 || failed.wait());
        QVERIFY(text(0).startsWith(QStringLiteral("0.17.1")));
        QVERIFY(find<QLabel>("errorBanner")->isVisible());
        QVERIFY(find<QLabel>("errorBanner")->text().contains(empty.path()));
        QCOMPARE(m_window->loader()->folder(), QDir(m_folder->path()).canonicalPath());
        QTest::keyClick(m_window.get(), Qt::Key_F5);
        QTRY_VERIFY(!find<QLabel>("errorBanner")->isVisible());
    }

    void remembersThePlace()
    {
        QVERIFY(!m_window->showPlace(QStringLiteral("nowhere")));
        QVERIFY(m_window->showPlace(QStringLiteral("support")));
        m_window->close();
        QCOMPARE(m_settings->place(), QStringLiteral("support"));
    }

    void saysWhyAFolderIsNone()
    {
        QTemporaryDir empty;
        QSignalSpy failed(m_window->loader(), &WorkspaceLoader::loadFailed);
        m_window->openFolder(empty.path());
        QVERIFY(failed.count() > 0 || failed.wait());
        QVERIFY(find<QWidget>("emptyState")->isVisible());
        QVERIFY(!find<QLabel>("emptyStateText")->text().isEmpty());
    }

private:
    template <typename T>
    T *find(const char *name) const
    {
        T *found = m_window->findChild<T *>(QString::fromLatin1(name));
        if (!found)
            qFatal("no object is named %s", name);
        return found;
    }

    QString text(int row) const
    {
        const SupportModel *model = m_window->support()->page()->model();
        return model->index(row, 2, model->index(0, 0)).data().toString();
    }

    void open()
    {
        QSignalSpy loaded(m_window->loader(), &WorkspaceLoader::loaded);
        m_window->openFolder(m_folder->path());
        QVERIFY(loaded.count() > 0 || loaded.wait());
    }

    /// As editors do it: a new file in place of the old one.
    static void replace(const QString &file, const QByteArray &content)
    {
        centre::write(file + QStringLiteral(".new"), content);
        QFile::remove(file);
        QVERIFY(QFile::rename(file + QStringLiteral(".new"), file));
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<MainWindow> m_window;
};

QTEST_MAIN(TestWindow)
#include "tst_window.moc"
