// The wizards by keys alone, on a small screen: from the menu to the review, and whatever has the cursor can be seen.
#include "onboardwindow.h"

#include <QScrollArea>

using namespace runner;
using namespace runner::ui;

namespace {

constexpr QSize smallScreen(640, 480);
constexpr int mostTabs = 60;

} // namespace

class TestOnboardKeys : public OnboardWindow
{
    Q_OBJECT

private Q_SLOTS:
    void init() { setUp(); }
    void cleanup() { tearDown(); }

    void aBackendByKeysAlone()
    {
        chooseFromMenu(Qt::Key_B);
        answer("id", "neuware");
        answer("name", "Cambricon Neuware");
        answer("versions", "4.2.1");
        nextPage();
        answer("base_image", "docker.io/cambricon/neuware:${NEUWARE_VERSION}-ubuntu22.04");
        tabTo(find<QPushButton>("variantsAdd"));
        press(Qt::Key_Space);
        for (const char *cell : {"mlu590", "MLU590"}) {
            QTest::keyClicks(QApplication::focusWidget(), QLatin1String(cell));
            press(Qt::Key_Tab);
            expectSeen();
        }
        QCOMPARE(editor<QLineEdit>("variant_arg")->text(), QStringLiteral("NEUWARE_ARCHS"));
        nextPage();
        tickByKeys("services", "vLLM");
        answer("versions", "0.11.0");
        nextPage();
        toReviewAndBack();
    }

    void aServiceByKeysAlone()
    {
        chooseFromMenu(Qt::Key_N);
        answer("id", "tei");
        answer("versions", "1.7.0");
        tabTo(editor<QComboBox>("installation"));
        press(Qt::Key_Down);
        answer("package", "text-embeddings-inference");
        nextPage();
        tickByKeys("backends", "NVIDIA CUDA");
        tickByKeys("backends", "AMD ROCm");
        nextPage();
        toReviewAndBack();
    }

    // The whole circle of a page's fields and the wizard's buttons, forwards and backwards.
    void whatHasTheCursorIsSeen()
    {
        open("onboardBackend");
        wizard()->resize(smallScreen);
        answerIdentity();
        circles();
        nextAnd(&OnboardWindow::answerRuntime);
        circles();
        nextAnd(&OnboardWindow::nothing);
        QTest::mouseClick(find<QPushButton>("servicesAdd"), Qt::LeftButton);
        type("id", "tei");
        type("versions", "1.8.3");
        circles();
        nextAnd(&OnboardWindow::nothing);
        circles();
        wizard()->accept();
        QTRY_VERIFY(!wizard());
        open("onboardService");
        wizard()->resize(smallScreen);
        answerTeiSoFar();
        circles();
        nextAnd(&OnboardWindow::nothing);
        tick("backends", "NVIDIA CUDA");
        circles();
        nextAnd(&OnboardWindow::nothing);
        circles();
    }

    // Whoever hits Return once more than needed has not applied yet; what is typed after the tab's key goes into the
    // text.
    void returnAppliesNothingByItself()
    {
        open("onboardBackend");
        answerNeuware();
        QTRY_VERIFY(find<QListWidget>("reviewFiles")->hasFocus());
        press(Qt::Key_Return);
        QVERIFY(!wizard()->review()->isApplying());
        QCOMPARE(wizard()->currentPage(), wizard()->review());
        alt(Qt::Key_X);
        auto *text = find<CodeEditor>("reviewText");
        QTRY_VERIFY(text->hasFocus());
        press(Qt::Key_Return);
        QVERIFY(text->text().startsWith(u'\n'));
        QTest::keyClick(text, Qt::Key_Z, Qt::ControlModifier);
        alt(Qt::Key_C);
        QTRY_VERIFY(find<CodeEditor>("reviewDifference")->hasFocus());
        press(Qt::Key_Return);
        QVERIFY(!wizard()->review()->isApplying());
        QCOMPARE(bytesBelow(m_root), m_before);
    }

    void theCursorGoesToWhatIsWrong()
    {
        open("onboardBackend");
        wizard()->resize(smallScreen);
        answerIdentity();
        auto *versions = editor<QLineEdit>("versions");
        versions->clear();
        editor<QLineEdit>("id")->setFocus();
        alt(Qt::Key_N);
        QTRY_COMPARE(QApplication::focusWidget(), versions);
        expectSeen();
        QVERIFY(seen(editor<QLabel>("versions-problem")));
    }

    // While it is typed nothing is called wrong; a moment after, or when the field is left, it is.
    void saysWhatIsWrongWhenTypingPauses()
    {
        open("onboardBackend");
        const QString hint = problem("id");
        type("id", "Neu");
        QCOMPARE(problem("id"), hint);
        QTRY_VERIFY(problem("id") != hint);
        type("versions", "latest edition");
        const QString before = problem("versions");
        press(Qt::Key_Backtab);
        QVERIFY(problem("versions") != before);
    }

private:
    void answerTeiSoFar()
    {
        type("id", "tei");
        type("versions", "1.7.0");
        choose("installation", 1);
    }

    static void circles()
    {
        circle(Qt::Key_Tab);
        circle(Qt::Key_Backtab);
    }

    static void press(Qt::Key key) { QTest::keyClick(QApplication::focusWidget(), key); }
    void alt(Qt::Key key) const { QTest::keyClick(wizard()->windowHandle(), key, Qt::AltModifier); }

    void chooseFromMenu(Qt::Key key)
    {
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        QTest::keyClick(m_window->windowHandle(), Qt::Key_E, Qt::AltModifier);
        QTRY_VERIFY(QApplication::activePopupWidget());
        QTest::keyClick(QApplication::activePopupWidget(), key);
        QTRY_VERIFY_WITH_TIMEOUT(wizard(), 20000);
        wizard()->resize(smallScreen);
        QVERIFY(QTest::qWaitForWindowActive(wizard()));
        QVERIFY(QApplication::focusWidget());
    }

    /// As far as it can be: of what is larger than the page, a part.
    static bool seen(const QWidget *widget)
    {
        for (QWidget *above = widget->parentWidget(); above; above = above->parentWidget()) {
            auto *area = qobject_cast<QScrollArea *>(above);
            if (!area)
                continue;
            const QRect place(widget->mapTo(area->viewport(), QPoint()), widget->size());
            const QRect shown = place & area->viewport()->rect();
            return !shown.isEmpty() && shown.height() == std::min(place.height(), area->viewport()->height());
        }
        return widget->isVisible();
    }

    static void expectSeen()
    {
        const QWidget *widget = QApplication::focusWidget();
        QVERIFY(widget);
        QVERIFY2(seen(widget),
                 qPrintable(widget->objectName() + u' ' + QLatin1String(widget->metaObject()->className())));
    }

    static bool has(const QWidget *widget)
    {
        return widget->hasFocus() || widget->isAncestorOf(QApplication::focusWidget());
    }

    static void tabTo(const QWidget *widget)
    {
        for (int tabs = 0; !has(widget) && tabs < mostTabs; ++tabs) {
            press(Qt::Key_Tab);
            expectSeen();
        }
        QVERIFY2(has(widget), qPrintable(widget->objectName() + QStringLiteral(" is not reached by Tab")));
    }

    void answer(const char *field, const char *text)
    {
        auto *line = editor<QLineEdit>(field);
        tabTo(line);
        QTest::keyClicks(line, QLatin1String(text));
        QCOMPARE(line->text(), QLatin1String(text));
    }

    void tickByKeys(const char *field, const char *name)
    {
        auto *list = editor<QListWidget>(field);
        tabTo(list);
        press(Qt::Key_Home);
        while (list->currentItem()->text() != QLatin1String(name) && list->currentRow() + 1 < list->count())
            press(Qt::Key_Down);
        press(Qt::Key_Space);
        QCOMPARE(list->currentItem()->text(), QLatin1String(name));
        QCOMPARE(list->currentItem()->checkState(), Qt::Checked);
    }

    void nextPage()
    {
        const int id = wizard()->currentId();
        alt(Qt::Key_N);
        QTRY_VERIFY(wizard()->currentId() != id);
    }

    static void circle(Qt::Key key)
    {
        const QWidget *first = QApplication::focusWidget();
        QVERIFY(first);
        int tabs = 0;
        do {
            press(key);
            expectSeen();
        } while (QApplication::focusWidget() != first && ++tabs < mostTabs);
        QVERIFY(tabs > 2 && tabs < mostTabs);
    }

    void toReviewAndBack()
    {
        nextPage();
        QCOMPARE(wizard()->currentPage(), wizard()->review());
        QTRY_VERIFY_WITH_TIMEOUT(button(QWizard::CommitButton)->isEnabled(), 20000);
        picture("review-small");
        tabTo(find<QListWidget>("reviewFiles"));
        tabTo(find<CodeEditor>("reviewDifference"));
        alt(Qt::Key_A);
        QTRY_VERIFY2_WITH_TIMEOUT(wizard()->currentPage() == wizard()->next(),
                                  qPrintable(find<QLabel>("reviewState")->text()), 20000);
        tabTo(find<QPushButton>("takeBack"));
        press(Qt::Key_Space);
        QTRY_VERIFY(find<QPushButton>("correctAnswers")->hasFocus());
        QCOMPARE(bytesBelow(m_root), m_before);
        press(Qt::Key_Space);
        QCOMPARE(wizard()->currentId(), wizard()->startId());
        QCOMPARE(editor<QLineEdit>("id")->text().isEmpty(), false);
    }
};

QTEST_MAIN(TestOnboardKeys)
#include "tst_onboardkeys.moc"
