// Answers that are kept while they are given: when they are offered again, and when they are forgotten.
#include "onboardwindow.h"

#include <QMessageBox>
#include <QTimer>

using namespace runner;
using namespace runner::ui;

class TestOnboardKept : public OnboardWindow
{
    Q_OBJECT

private Q_SLOTS:
    void init() { setUp(); }
    void cleanup() { tearDown(); }

    // A new service without a name, a wrong version, a note: whatever was typed.
    void answersOfABackendComeBack()
    {
        open("onboardBackend");
        answerIdentity();
        nextAnd(&OnboardWindow::answerRuntime);
        nextAnd(&OnboardWindow::answerServices);
        QTest::mouseClick(find<QPushButton>("servicesAdd"), Qt::LeftButton);
        type("id", "tei");
        type("versions", "wrong");
        const onboard::BackendAnswers typed = backend();
        QCOMPARE(typed.services.size(), std::size_t{2});
        closeWindow();
        begin("onboardBackend", "keptGoOn");
        QVERIFY(backend() == typed);
        QCOMPARE(editor<QLineEdit>("id")->text(), QStringLiteral("neuware"));
        type("id", "neuwarf"); // What is named after it goes on following it.
        QCOMPARE(backend().variantArgument, std::string("NEUWARF_ARCHS"));
    }

    void answersOfAServiceComeBack()
    {
        open("onboardService");
        type("id", "tei");
        type("versions", "1.7.0");
        choose("installation", 2);
        editor<QPlainTextEdit>("stages")->setPlainText(
            QStringLiteral("FROM ${TEI_BASE_IMAGE} AS tei\nARG TEI_VERSION\nRUN echo ${TEI_VERSION}\n"));
        nextAnd(&OnboardWindow::nothing);
        tick("backends", "NVIDIA CUDA");
        type("versions", "12.8.1");
        const onboard::ServiceAnswers typed = service();
        QVERIFY(!typed.backends.empty());
        closeWindow();
        start();
        open("onboardBackend"); // Those of the other wizard are its own.
        QVERIFY(!wizard()->findChild<QMessageBox *>());
        wizard()->close();
        QTRY_VERIFY(!wizard());
        begin("onboardService", "keptGoOn", false);
        QVERIFY(service() == typed);
    }

    void laterMeansLater()
    {
        open("onboardBackend");
        answerIdentity();
        closeWindow();
        begin("onboardBackend", nullptr);
        QVERIFY(editor<QLineEdit>("id")->text().isEmpty());
        closeWindow();
        begin("onboardBackend", "keptForget");
        QVERIFY(editor<QLineEdit>("id")->text().isEmpty());
        closeWindow();
        start();
        open("onboardBackend");
        QVERIFY(!wizard()->findChild<QMessageBox *>());
    }

    // Return where the question is seen says No; who says Yes is asked no more.
    void closingAsksAndNoIsTheDefault()
    {
        open("onboardBackend");
        wizard()->close();
        QTRY_VERIFY(!wizard()); // Nothing was answered.
        open("onboardBackend");
        answerIdentity();
        answerQuestion({});
        wizard()->close();
        QVERIFY(wizard() && wizard()->isVisible());
        QCOMPARE(editor<QLineEdit>("id")->text(), QStringLiteral("neuware"));
        answerQuestion(QMessageBox::Yes);
        wizard()->close();
        QTRY_VERIFY(!wizard());
        open("onboardBackend");
        QVERIFY(!wizard()->findChild<QMessageBox *>());
    }

    void whatWasAppliedIsNotOffered()
    {
        onboardAndFinish();
        open("onboardBackend");
        QVERIFY(!wizard()->findChild<QMessageBox *>());
    }

    // What was taken back can be corrected another day.
    void whatWasTakenBackIsOffered()
    {
        open("onboardBackend");
        answerNeuware();
        apply();
        takeBack();
        finish();
        begin("onboardBackend", "keptGoOn", false);
        QCOMPARE(backend().name, std::string("Cambricon Neuware"));
    }

private:
    /// As at the end of a session.
    void closeWindow()
    {
        QVERIFY(m_window->close());
        QVERIFY(!QApplication::activeModalWidget() || QApplication::activeModalWidget() == wizard());
        tearDown();
    }

    /// The window anew, the wizard, and what is chosen there (nothing: Esc).
    void begin(const char *action, const char *choice, bool anew = true)
    {
        if (anew)
            start();
        open(action);
        auto *box = find<QMessageBox>("keptAnswers");
        QTRY_VERIFY(box->isVisible());
        picture("kept");
        if (choice)
            QTest::mouseClick(find<QPushButton>(choice), Qt::LeftButton);
        else
            QTest::keyClick(box, Qt::Key_Escape);
        QTRY_VERIFY(!wizard()->findChild<QMessageBox *>());
    }

    /// Nothing: what Return does.
    void answerQuestion(QMessageBox::StandardButton which)
    {
        QTimer::singleShot(100, this, [this, which] {
            auto *box = wizard()->findChild<QMessageBox *>();
            QVERIFY(box);
            if (which == QMessageBox::NoButton)
                QTest::keyClick(box, Qt::Key_Return);
            else
                box->button(which)->click();
        });
    }

    onboard::BackendAnswers backend() const { return collected<BackendPage, onboard::BackendAnswers>(); }
    onboard::ServiceAnswers service() const { return collected<ServicePage, onboard::ServiceAnswers>(); }
};

QTEST_MAIN(TestOnboardKept)
#include "tst_onboardkept.moc"
