// The wizards: questions, what is wrong beside each, review, apply.
#include "onboardwindow.h"
#include "refusals.h"

#include <QTreeView>

#include <unistd.h>

using namespace runner;
using namespace runner::ui;

class TestOnboard : public OnboardWindow
{
    Q_OBJECT

private Q_SLOTS:
    void init() { setUp(); }
    void cleanup() { tearDown(); }

    void aBackend()
    {
        open("onboardBackend");
        answerNeuware();
        picture("review");
        QVERIFY(find<QListWidget>("reviewFiles")->count() >= 2);
        QVERIFY(find<QTreeView>("reviewImages")->model()->rowCount() >= 1);
        QVERIFY2(find<QLabel>("reviewState")->text().contains(QStringLiteral("find nothing")),
                 qPrintable(find<QLabel>("reviewState")->text()));
        apply();
        picture("next");
        QVERIFY(QFile::exists(m_root + QStringLiteral("/pack/neuware/Dockerfile")));
        expectSound();
        expectImages({{"neuware", "vllm", "linux/amd64"}, {"neuware", "vllm", "linux/arm64"}});
        QTRY_VERIFY(m_window->loader()->current()->workspace->matrix.findBackend("neuware"));
        takeBack();
        QVERIFY(!m_window->documents()->isModified());
    }

    void aService()
    {
        open("onboardService");
        answerTei();
        picture("service-review");
        QVERIFY2(find<QLabel>("reviewState")->text().contains(QStringLiteral("find nothing")),
                 qPrintable(find<QLabel>("reviewState")->text()));
        apply();
        expectSound();
        expectImages({{"cuda", "tei", "linux/amd64"}, {"rocm", "tei", "linux/amd64"}});
        takeBack();
    }

    void saysWhatIsWrongBesideTheField()
    {
        open("onboardBackend");
        type("id", "Cuda/..");
        QTest::keyClick(editor<QLineEdit>("id"), Qt::Key_Tab);
        const QString wrong = problem("id");
        QVERIFY(!wrong.isEmpty());
        QTest::mouseClick(button(QWizard::NextButton), Qt::LeftButton);
        QCOMPARE(wizard()->currentId(), wizard()->startId());
        QVERIFY(!problem("versions").isEmpty());
        picture("wrong");
        type("id", "cuda");
        QVERIFY(problem("id") != wrong);
        QVERIFY(problem("id").contains(QStringLiteral("cuda")));
        type("id", "neuware");
        QVERIFY(!problem("id").contains(QStringLiteral("cuda")));
    }

    void refusesWhatIsWrong()
    {
        QVERIFY(QDir(m_root).mkpath(QStringLiteral("pack/hollow")));
        QByteArray transcript = "What the wizard says beside the field, with the other answers in order.\n"
                                "scripts/golden renews this file.\n";
        open("onboardBackend");
        answerIdentity();
        int page = 0;
        for (const refusals::Refusal &refusal : refusals::all()) {
            const QString field = QString::fromLatin1(refusal.field).remove(QStringLiteral("service-"));
            while (!wizard()->currentPage()->findChild<QLineEdit *>(QStringLiteral("field-") + field))
                ++page == 1 ? nextAnd(&OnboardWindow::answerRuntime) : nextAnd(&OnboardWindow::answerServices);
            const int id = wizard()->currentId();
            const QByteArray name = field.toLatin1();
            auto *line = editor<QLineEdit>(name.constData());
            const QString good = line->text();
            line->setFocus();
            line->setText(QString::fromStdString(refusal.value));
            QTest::keyClick(line, Qt::Key_Tab);
            QTest::mouseClick(button(QWizard::NextButton), Qt::LeftButton);
            QVERIFY2(wizard()->currentId() == id, refusal.what);
            transcript += '\n' + QByteArray::fromStdString(refusals::titleOf(refusal)) + '\n'
                          + problem(name.constData()).toUtf8() + '\n';
            line->setText(good);
        }
        refusals::compareGolden(QStringLiteral("tests/data/onboard/refused-by-window.txt"), transcript);
        QCOMPARE(bytesBelow(m_root), m_before);
    }

    void refusesWhatItMayNotWrite()
    {
        open("onboardBackend");
        answerNeuware();
        QVERIFY(QFile::setPermissions(m_root + QStringLiteral("/matrix.yml"), QFile::ReadOwner));
        QTest::mouseClick(button(QWizard::CommitButton), Qt::LeftButton);
        QTRY_COMPARE(
            find<QLabel>("reviewState")->text(),
            QStringLiteral("matrix.yml: The file cannot be saved: it is read-only. Give yourself write permission "
                           "(chmod u+w), then try again."));
        QCOMPARE(bytesBelow(m_root), m_before);
        QVERIFY(!m_window->documents()->steps()->isWriting());
        QVERIFY(QFile::setPermissions(m_root + QStringLiteral("/matrix.yml"), QFile::ReadOwner | QFile::WriteOwner));
        apply(); // it was said what to do
        takeBack();
    }

    void refusesAFolderMadeMeanwhile()
    {
        open("onboardBackend");
        answerNeuware();
        QVERIFY(QDir(m_root).mkpath(QStringLiteral("pack/neuware")));
        QTest::mouseClick(button(QWizard::CommitButton), Qt::LeftButton);
        QTRY_VERIFY(
            find<QLabel>("reviewState")->text().contains(QStringLiteral("pack/neuware has come into being meanwhile")));
        QCOMPARE(bytesBelow(m_root), m_before);
    }

    void goesBackToThePageWithAProblem()
    {
        open("onboardBackend");
        answerIdentity();
        const int identity = wizard()->currentId();
        nextAnd(&OnboardWindow::answerRuntime);
        nextAnd(&OnboardWindow::answerServices);
        nextAnd(&OnboardWindow::nothing);
        QVERIFY(QDir(m_root).mkpath(QStringLiteral("pack/neuware"))); // meanwhile
        QTest::mouseClick(button(QWizard::NextButton), Qt::LeftButton);
        QTRY_COMPARE(wizard()->currentId(), identity);
        QVERIFY(problem("id").contains(QStringLiteral("pack/neuware is there already")));
    }

    void aServiceThatIsNewToo()
    {
        open("onboardBackend");
        answerIdentity();
        nextAnd(&OnboardWindow::answerRuntime);
        nextAnd(&OnboardWindow::nothing);
        QTest::mouseClick(find<QPushButton>("servicesAdd"), Qt::LeftButton);
        QCOMPARE(QApplication::focusWidget(), editor<QLineEdit>("id"));
        QTest::mouseClick(button(QWizard::NextButton), Qt::LeftButton);
        QVERIFY(!problem("id").isEmpty() && !problem("versions").isEmpty());
        QVERIFY2(problem("services").isEmpty(), qPrintable(problem("services"))); // A service is chosen.
        type("id", "tei");
        type("name", "TEI");
        type("versions", "1.8.3");
        picture("new-service");
        auto *services = editor<QListWidget>("services");
        QCOMPARE(services->currentItem()->text(), QStringLiteral("TEI"));
        nextAnd(&OnboardWindow::nothing);
        toReview();
        apply();
        expectImages({{"neuware", "tei", "linux/amd64"}, {"neuware", "tei", "linux/arm64"}});
        expectSound();
        QVERIFY(bytesBelow(m_root)[QStringLiteral("/matrix.yml")].contains("  tei: { name: TEI }"));
        takeBack();
    }

    // The identifier before the backend to begin like, after it, or corrected later: the answers are the same.
    void beginsLikeABackendInAnyOrder()
    {
        open("onboardBackend");
        bool anyArguments = false;
        for (int row = 1; row < editor<QComboBox>("model")->count(); ++row) {
            const std::string model = editor<QComboBox>("model")->itemData(row).toString().toStdString();
            choose("model", 0);
            QVERIFY(answers().services.empty());
            type("id", "neuware");
            choose("model", row);
            const onboard::BackendAnswers wanted = answers();
            QVERIFY(wanted.id == "neuware" && !wanted.services.empty());
            QVERIFY(wanted.variantArgument.empty() || wanted.variantArgument.starts_with("NEUWARE_"));
            for (const onboard::ArgumentAnswer &argument : wanted.arguments)
                QVERIFY2(!argument.name.starts_with(expand::argumentName(model, "")), argument.name.c_str());
            anyArguments = anyArguments || !wanted.arguments.empty();
            choose("model", 0);
            clear("id");
            choose("model", row);
            QVERIFY(answers() != wanted);
            type("id", "neuware");
            QVERIFY2(answers() == wanted, model.c_str());
            type("id", "Neu");
            type("id", "neuwarf");
            QTest::keyClick(editor<QLineEdit>("id"), Qt::Key_Backspace);
            QTest::keyClicks(editor<QLineEdit>("id"), QStringLiteral("e"));
            QVERIFY2(answers() == wanted, model.c_str());
        }
        QVERIFY(anyArguments);
    }

    /// Who puts right on the disk what a page complains of goes on, without typing anything.
    void looksAtTheDiskAgain()
    {
        QVERIFY(QDir(m_root).mkpath(QStringLiteral("pack/neuware")));
        open("onboardBackend");
        answerIdentity();
        AnswersPage *page = qobject_cast<AnswersPage *>(wizard()->currentPage());
        QTest::mouseClick(button(QWizard::NextButton), Qt::LeftButton);
        QCOMPARE(wizard()->currentPage(), page);
        QVERIFY2(problem("id").contains(QStringLiteral("empty")), qPrintable(problem("id")));
        QVERIFY(QDir(m_root).rmdir(QStringLiteral("pack/neuware")));
        QTest::mouseClick(button(QWizard::NextButton), Qt::LeftButton);
        QVERIFY(wizard()->currentPage() != page);
    }

    void namesTheFolderItMayNotWriteTo()
    {
        if (::geteuid() == 0)
            QSKIP("root may write everywhere; tst_onboard_validate asks as nobody");
        QVERIFY(QFile::setPermissions(m_root + QStringLiteral("/pack"), QFile::ReadOwner | QFile::ExeOwner));
        open("onboardBackend");
        type("id", "neuware");
        QTest::keyClick(editor<QLineEdit>("id"), Qt::Key_Tab);
        QVERIFY2(problem("id").contains(m_root + QStringLiteral("/pack: Permission denied")),
                 qPrintable(problem("id")));
        QVERIFY(QFile::setPermissions(m_root + QStringLiteral("/pack"),
                                      QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    }

    // Stages are asked for where they can be; what was typed there does not stand in the way of another installation.
    void stagesAreAskedForWhereTheyCanBe()
    {
        open("onboardService");
        type("id", "tei");
        type("versions", "1.7.0");
        choose("installation", 2);
        auto *stages = editor<QPlainTextEdit>("stages");
        stages->setPlainText(QStringLiteral("FROM a:1 AS tei\n"));
        nextAnd(&OnboardWindow::nothing);
        tick("backends", "NVIDIA CUDA");
        auto *others = editor<QPlainTextEdit>("stages");
        QVERIFY(others->isVisible());
        picture("service-own-stages");
        others->setPlainText(QStringLiteral("FROM b:1 AS tei\n"));
        QTest::mouseClick(button(QWizard::BackButton), Qt::LeftButton);
        choose("installation", 1);
        nextAnd(&OnboardWindow::nothing);
        QVERIFY(!others->isVisible());
        const auto *hint = editor<QLabel>("versions-problem"); // What is left of the height is below all fields.
        QTRY_VERIFY(hint->height() <= hint->heightForWidth(hint->width()));
        nextAnd(&OnboardWindow::nothing);
        toReview();
        QCOMPARE(wizard()->currentPage(), wizard()->review());
    }

    // What is suggested speaks of what was typed.
    void hintsFollowTheIdentifier()
    {
        open("onboardBackend");
        answerIdentity();
        type("id", "ipu");
        nextAnd(&OnboardWindow::nothing);
        QCOMPARE(problem("base_image"),
                 QStringLiteral("May refer to arguments, as in ${IPU_VERSION}, and to ${TARGETARCH}."));
        type("base_image", "docker.io/graphcore/poplar:${IPU_VERSION}");
        nextAnd(&OnboardWindow::nothing);
        tick("services", "SGLang");
        QCOMPARE(problem("base_image"),
                 QStringLiteral("Empty: the backend's own. May refer to arguments, as in ${SGLANG_VERSION}."));
        type("versions", "0.5.5");
        nextAnd(&OnboardWindow::nothing);
        QCOMPARE(problem("arguments"),
                 QStringLiteral("Named after the backend or a service, in capitals: IPU_… or SGLANG_…"));
    }

    // Over two lines where one stood before.
    void aLongProblemIsShownInFull()
    {
        open("onboardBackend");
        answerIdentity();
        auto *below = editor<QLabel>("versions-problem");
        const auto isWhole = [&] { return below->height() >= below->heightForWidth(below->width()); };
        QTRY_VERIFY(isWhole());
        const int height = below->height();
        type("versions", "4.1rc1");
        QTest::keyClick(editor<QLineEdit>("versions"), Qt::Key_Tab);
        QTRY_VERIFY(problem("versions").startsWith(QStringLiteral("'4.1rc1' does not begin with two numbers")));
        QTRY_VERIFY(isWhole());
        QVERIFY(below->height() > height);
        type("versions", "4.1");
        QTRY_COMPARE(below->height(), height);
    }

    void editsAFileBeforeItIsApplied()
    {
        open("onboardBackend");
        answerNeuware();
        auto *files = find<QListWidget>("reviewFiles");
        for (int row = 0; row < files->count(); ++row) {
            if (files->item(row)->text().contains(QStringLiteral("neuware/Dockerfile")))
                files->setCurrentRow(row);
        }
        auto *text = find<CodeEditor>("reviewText");
        text->moveCursor(QTextCursor::Start);
        QTest::keyClicks(text, QStringLiteral("# A line of my own."));
        QTest::keyClick(text, Qt::Key_Return);
        QVERIFY(!button(QWizard::CommitButton)->isEnabled());
        QTRY_VERIFY_WITH_TIMEOUT(button(QWizard::CommitButton)->isEnabled(), 20000);
        QVERIFY(find<CodeEditor>("reviewDifference")->text().contains(QStringLiteral("A line of my own.")));
        apply();
        QFile file(m_root + QStringLiteral("/pack/neuware/Dockerfile"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().startsWith("# A line of my own.\n"));
        takeBack();
    }

    void aFileThatChangedMeanwhileIsNotOverwritten()
    {
        open("onboardBackend");
        answerNeuware();
        QFile matrix(m_root + QStringLiteral("/matrix.yml"));
        QVERIFY(matrix.open(QIODevice::Append));
        matrix.write("# changed meanwhile\n");
        matrix.close();
        const auto changed = bytesBelow(m_root);
        QTest::mouseClick(button(QWizard::CommitButton), Qt::LeftButton);
        QTRY_VERIFY(find<QLabel>("reviewState")->text().contains(QStringLiteral("matrix.yml")));
        QCOMPARE(bytesBelow(m_root), changed);
    }

private:
    void clear(const char *field)
    {
        auto *line = editor<QLineEdit>(field);
        line->setFocus();
        line->selectAll();
        QTest::keyClick(line, Qt::Key_Delete);
    }

    onboard::BackendAnswers answers() const { return collected<BackendPage, onboard::BackendAnswers>(); }
};

QTEST_MAIN(TestOnboard)
#include "tst_onboard.moc"
