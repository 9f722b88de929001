// The review: what is edited in it stays, files that change meanwhile are read again.
#include "onboardwindow.h"

#include "diagnostics/problemmodel.h"
#include "diagnostics/problemspane.h"

#include <QMessageBox>
#include <QTimer>

using namespace runner;
using namespace runner::ui;

class TestOnboardReview : public OnboardWindow
{
    Q_OBJECT

private Q_SLOTS:
    void init() { setUp(); }
    void cleanup() { tearDown(); }

    void filesAreReadAgain_data()
    {
        QTest::addColumn<bool>("byButton");
        QTest::newRow("by the button") << true;
        QTest::newRow("by Back and Next") << false;
    }

    void filesAreReadAgain()
    {
        QFETCH(bool, byButton);
        open("onboardBackend");
        answerNeuware();
        writeMine();
        appendMeanwhile("matrix.yml", "# changed meanwhile\n");
        refused(QStringLiteral("matrix.yml: Somebody else has changed the file meanwhile. Read the files again: "));
        picture("review-stale");
        if (byButton)
            QTest::mouseClick(find<QPushButton>("reviewReadAgain"), Qt::LeftButton);
        else
            backAndNext();
        becomesReady();
        QVERIFY(!find<QPushButton>("reviewReadAgain")->isVisible());
        apply();
        const auto after = bytesBelow(m_root);
        QVERIFY(after[QStringLiteral("/matrix.yml")].contains("# changed meanwhile\n"));
        QVERIFY(after[QStringLiteral("/matrix.yml")].contains("NEUWARE_VERSION=4.2.1"));
        QVERIFY(after[QStringLiteral("/pack/neuware/Dockerfile")].startsWith("# Mine.\n"));
        takeBack();
        QVERIFY(!m_window->documents()->isModified());
    }

    void whatHasComeMeanwhileIsOffered()
    {
        open("onboardService");
        answerTei();
        const QByteArray before = m_before[QStringLiteral("/matrix.yml")];
        writeFile("matrix.yml", QByteArray(before).replace("\nbackends:\n", "\nbackends:\n  fresh: { name: Fresh }\n"));
        refused(QStringLiteral("matrix.yml: "));
        QTest::mouseClick(find<QPushButton>("reviewReadAgain"), Qt::LeftButton);
        becomesReady();
        QTest::mouseClick(button(QWizard::BackButton), Qt::LeftButton);
        QTest::mouseClick(button(QWizard::BackButton), Qt::LeftButton);
        auto *backends = editor<QListWidget>("backends");
        QCOMPARE(backends->findItems(QStringLiteral("Fresh"), Qt::MatchExactly).size(), 1);
        QCOMPARE(backends->findItems(QStringLiteral("AMD ROCm"), Qt::MatchExactly).first()->checkState(), Qt::Checked);
    }

    void filesThatCannotBeReadAreTold()
    {
        open("onboardBackend");
        answerNeuware();
        writeFile("matrix.yml", "rules: [\n");
        refused(QStringLiteral("matrix.yml: "));
        auto *again = find<QPushButton>("reviewReadAgain");
        QTest::mouseClick(again, Qt::LeftButton);
        QTRY_VERIFY(again->isVisible() && !find<QLabel>("reviewState")->text().contains(QStringLiteral("Working")));
        QVERIFY2(find<QLabel>("reviewState")->text().startsWith(QStringLiteral("matrix.yml:2:1: ")),
                 qPrintable(find<QLabel>("reviewState")->text()));
        QVERIFY(!button(QWizard::CommitButton)->isEnabled());
        writeFile("matrix.yml", m_before[QStringLiteral("/matrix.yml")]);
        QTest::mouseClick(again, Qt::LeftButton);
        becomesReady();
        apply();
        takeBack();
    }

    // While the matrix is no YAML, nobody can say what the images are: the lists are out, and the place is named.
    void aMatrixThatIsNoYamlIsToldWithItsPlace()
    {
        open("onboardBackend");
        answerNeuware();
        auto *outcome = find<QTabWidget>("reviewOutcome");
        auto *state = find<QLabel>("reviewState");
        const QString images = outcome->tabText(0);
        auto *list = find<QTreeView>("reviewImages");
        QVERIFY(outcome->isEnabled() && images.contains(u'(') && list->model()->rowCount() > 0);
        find<QListWidget>("reviewFiles")->setCurrentRow(0);
        QVERIFY(find<QListWidget>("reviewFiles")->currentItem()->text().startsWith(QStringLiteral("matrix.yml")));
        find<QTabWidget>("reviewTabs")->setCurrentIndex(1);
        auto *text = find<CodeEditor>("reviewText");
        text->moveCursor(QTextCursor::Start);
        QTest::keyClicks(text, QStringLiteral("x: [}"));
        QTest::keyClick(text, Qt::Key_Return);
        QTRY_VERIFY(!outcome->isEnabled());
        QVERIFY2(state->text().startsWith(QStringLiteral("matrix.yml:1:")), qPrintable(state->text()));
        QCOMPARE(list->model()->rowCount(), 0);
        QCOMPARE(plainText(outcome->tabText(0)), QStringLiteral("Images"));
        QVERIFY(!button(QWizard::CommitButton)->isEnabled());
        picture("review-broken");
        QTest::keyClick(text, Qt::Key_Z, Qt::ControlModifier);
        becomesReady();
        QVERIFY(outcome->isEnabled() && list->model()->rowCount() > 0);
        QCOMPARE(outcome->tabText(0), images);
        QVERIFY(!state->text().contains(QStringLiteral("matrix.yml:")));
    }

    void answersThatDoNotFitAnyMoreAreTold()
    {
        open("onboardBackend");
        answerNeuware();
        QVERIFY(QDir(m_root).mkpath(QStringLiteral("pack/neuware")));
        refused(QStringLiteral(
            "pack/neuware: The folder pack/neuware has come into being meanwhile. Read the files again: "));
        QTest::mouseClick(find<QPushButton>("reviewReadAgain"), Qt::LeftButton);
        QTRY_VERIFY(
            find<QLabel>("reviewState")
                ->text()
                .startsWith(QStringLiteral("The folder pack/neuware is there already, though it is empty. Go back")));
        while (wizard()->currentId() != wizard()->startId())
            QTest::mouseClick(button(QWizard::BackButton), Qt::LeftButton);
        QVERIFY(problem("id").contains(QStringLiteral("is there already")));
        QVERIFY(QDir(m_root).rmdir(QStringLiteral("pack/neuware")));
    }

    // In a window of 480 pixels tables and lists have all of the width, and what they hold is not cut off.
    void aNarrowWindowCutsNothingOff()
    {
        open("onboardBackend");
        answerIdentity();
        wizard()->resize(480, 360);
        nextAnd(&OnboardWindow::answerRuntime);
        const auto *table = find<QTableView>("variantsTable");
        const auto *add = find<QPushButton>("variantsAdd");
        QTRY_VERIFY(add->mapTo(wizard(), QPoint()).y() >= table->mapTo(wizard(), QPoint(0, table->height())).y());
        QVERIFY(table->columnViewportPosition(1) + table->columnWidth(1) <= table->viewport()->width());
        nextAnd(&OnboardWindow::answerServices);
        const auto *services = editor<QListWidget>("services");
        QVERIFY(services->height() < 150);
        const QRect lastRow = services->visualItemRect(services->item(services->count() - 1));
        QVERIFY(lastRow.bottom() <= services->viewport()->height());
        nextAnd(&OnboardWindow::nothing);
        toReview();
        auto *files = find<QListWidget>("reviewFiles");
        auto *text = find<QTabWidget>("reviewTabs");
        QTRY_VERIFY(text->mapTo(wizard(), QPoint()).y() >= files->mapTo(wizard(), QPoint(0, files->height())).y());
        for (int row = 0; row < files->count(); ++row)
            QVERIFY(QFontMetrics(files->font()).horizontalAdvance(files->item(row)->text())
                    < files->viewport()->width());
        picture("review-narrow");
        wizard()->resize(960, 700);
        QTRY_VERIFY(text->mapTo(wizard(), QPoint()).x() >= files->mapTo(wizard(), QPoint(files->width(), 0)).x());
    }

    void editsStay()
    {
        open("onboardBackend");
        answerNeuware();
        writeMine();
        QCOMPARE(find<QListWidget>("reviewFiles")->currentItem()->text(),
                 QStringLiteral("pack/neuware/Dockerfile (new, edited)"));
        backAndNext();
        becomesReady();
        QVERIFY(!find<QLabel>("reviewNotice")->isVisible());
        QVERIFY(find<CodeEditor>("reviewText")->text().startsWith(QStringLiteral("# Mine.\n")));
        QVERIFY(find<CodeEditor>("reviewDifference")->text().contains(QStringLiteral("+# Mine.\n")));
        apply();
        QVERIFY(bytesBelow(m_root)[QStringLiteral("/pack/neuware/Dockerfile")].startsWith("# Mine.\n"));
        takeBack();
        QTest::mouseClick(find<QPushButton>("correctAnswers"), Qt::LeftButton);
        forward();
        QVERIFY(find<CodeEditor>("reviewText")->text().startsWith(QStringLiteral("# Mine.\n")));
    }

    void editsAreMergedWithAnotherPlan()
    {
        open("onboardBackend");
        answerNeuware();
        writeMine();
        changeVersion();
        auto *notice = find<QLabel>("reviewNotice");
        QVERIFY(notice->isVisible());
        QCOMPARE(notice->text(),
                 QStringLiteral("pack/neuware/Dockerfile has become another text; your edits are in it."));
        const QString text = find<CodeEditor>("reviewText")->text();
        QVERIFY(text.startsWith(QStringLiteral("# Mine.\n"))
                && text.contains(QStringLiteral("\nARG NEUWARE_VERSION=4.3.0\n")));
        picture("review-merged");
    }

    void editsThatCannotBeKeptAreTold()
    {
        open("onboardBackend");
        answerNeuware();
        showDockerfile();
        auto *text = find<CodeEditor>("reviewText");
        const QString line = QStringLiteral("ARG NEUWARE_VERSION=4.2.1");
        text->select(static_cast<int>(text->text().indexOf(line)) + static_cast<int>(line.size()), 0);
        QTest::keyClicks(text, QStringLiteral("00"));
        becomesReady();
        changeVersion();
        auto *notice = find<QLabel>("reviewNotice");
        QVERIFY2(notice->text().startsWith(
                     QStringLiteral("The lines of pack/neuware/Dockerfile that you edited have become others")),
                 qPrintable(notice->text()));
        picture("review-conflict");
        QVERIFY(text->text().contains(QStringLiteral("\nARG NEUWARE_VERSION=4.3.0\n")));
        QTest::keyClick(text, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(text->text().contains(QStringLiteral("\nARG NEUWARE_VERSION=4.2.100\n")));
        becomesReady();
        backAndNext();
        becomesReady();
        QVERIFY(!notice->isVisible()); // told once
    }

    void undoIsThere()
    {
        open("onboardBackend");
        answerNeuware();
        showDockerfile();
        auto *text = find<CodeEditor>("reviewText");
        const QString before = text->text();
        writeMine();
        QTest::keyClick(text, Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(text->text(), before);
        QVERIFY(!button(QWizard::CommitButton)->isEnabled()); // It is worked out again.
        becomesReady();
        QVERIFY(!find<QListWidget>("reviewFiles")->currentItem()->text().contains(QStringLiteral("edited")));
        QVERIFY(!find<CodeEditor>("reviewDifference")->text().contains(QStringLiteral("Mine")));
        QTest::keyClick(text, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(text->text().startsWith(QStringLiteral("# Mine.\n")));
        becomesReady();
        QVERIFY(find<CodeEditor>("reviewDifference")->text().contains(QStringLiteral("Mine")));
        QVERIFY(matrixDocument()->undoStack()->count() == 0); // The window's own history has no part in it.
    }

    // Each file has its own history, and its edits are there when it is looked at again.
    void editsOfSeveralFiles()
    {
        open("onboardBackend");
        answerNeuware();
        auto *files = find<QListWidget>("reviewFiles");
        auto *text = find<CodeEditor>("reviewText");
        for (int row = 0; row < 2; ++row) {
            files->setCurrentRow(row);
            text->moveCursor(QTextCursor::Start);
            QTest::keyClicks(text, QStringLiteral("# File %1").arg(row));
            QTest::keyClick(text, Qt::Key_Return);
        }
        becomesReady();
        QTest::keyClick(text, Qt::Key_Z, Qt::ControlModifier);
        files->setCurrentRow(0);
        QVERIFY(text->text().startsWith(QStringLiteral("# File 0\n")));
        becomesReady();
        apply();
        QVERIFY(bytesBelow(m_root)[u'/' + files->item(0)->data(Qt::UserRole).toString()].startsWith("# File 0\n"));
        QVERIFY(!bytesBelow(m_root)[u'/' + files->item(1)->data(Qt::UserRole).toString()].contains("# File 1"));
        takeBack();
    }

    /// What the checks call an error is written only when the contributor says so, and the last page remembers it.
    void mistakesAreAskedFor()
    {
        open("onboardBackend");
        answerNeuware();
        showDockerfile();
        auto *text = find<CodeEditor>("reviewText");
        text->moveCursor(QTextCursor::End);
        QTest::keyClicks(text, QStringLiteral("RUN <<EOF"));
        becomesReady();
        auto *outcome = find<QTabWidget>("reviewOutcome");
        outcome->setCurrentIndex(1);
        auto *findings = qobject_cast<ProblemsPane *>(outcome->currentWidget());
        QVERIFY(findings && findings->model()->rowCount() > 0);
        find<QListWidget>("reviewFiles")->setCurrentRow(0);
        text->goTo(1);
        findings->setCurrentIndex(findings->model()->index(0, 0));
        const auto where = static_cast<const ProblemModel *>(findings->model())->problems().front().where;
        findings->setFocus();
        QTest::keyClick(findings, Qt::Key_Return);
        QCOMPARE(find<QListWidget>("reviewFiles")->currentItem()->data(Qt::UserRole).toString().toStdString(),
                 where.file);
        QVERIFY(text->isVisible());
        QCOMPARE(text->currentLine(), where.line);
        const auto before = bytesBelow(m_root);
        const auto answer = [this](QMessageBox::ButtonRole role) {
            QTimer::singleShot(100, this, [this, role] {
                auto *box = wizard()->findChild<QMessageBox *>(QStringLiteral("reviewMistakes"));
                QVERIFY(box);
                for (QAbstractButton *each : box->buttons()) {
                    if (box->buttonRole(each) == role)
                        return each->click();
                }
            });
            QTest::mouseClick(button(QWizard::CommitButton), Qt::LeftButton);
        };
        answer(QMessageBox::RejectRole);
        QVERIFY(!wizard()->review()->isApplying());
        QCOMPARE(bytesBelow(m_root), before);
        answer(QMessageBox::DestructiveRole);
        QTRY_VERIFY(wizard()->currentPage() != wizard()->review());
        QVERIFY(wizard()->currentPage()->subTitle().contains(QStringLiteral("findings of the checks")));
        takeBack();
    }

private:
    void becomesReady() { QTRY_VERIFY_WITH_TIMEOUT(button(QWizard::CommitButton)->isEnabled(), 20000); }

    void showDockerfile()
    {
        auto *files = find<QListWidget>("reviewFiles");
        for (int row = 0; row < files->count(); ++row) {
            if (files->item(row)->text().startsWith(QStringLiteral("pack/neuware/Dockerfile")))
                files->setCurrentRow(row);
        }
        find<QTabWidget>("reviewTabs")->setCurrentIndex(1);
    }

    /// A line of one's own at the start of the new Dockerfile.
    void writeMine()
    {
        showDockerfile();
        auto *text = find<CodeEditor>("reviewText");
        text->moveCursor(QTextCursor::Start);
        QTest::keyClicks(text, QStringLiteral("# Mine."));
        QTest::keyClick(text, Qt::Key_Return);
        becomesReady();
    }

    /// From the first page to the review.
    void forward()
    {
        while (wizard()->currentPage() != wizard()->review())
            nextAnd(&OnboardWindow::nothing);
        becomesReady();
    }

    void backAndNext()
    {
        QTest::mouseClick(button(QWizard::BackButton), Qt::LeftButton);
        QTest::mouseClick(button(QWizard::NextButton), Qt::LeftButton);
    }

    void changeVersion()
    {
        while (wizard()->currentId() != wizard()->startId())
            QTest::mouseClick(button(QWizard::BackButton), Qt::LeftButton);
        type("versions", "4.3.0");
        forward();
    }

    void writeFile(const char *name, const QByteArray &bytes) const
    {
        QFile file(m_root + u'/' + QLatin1String(name));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    }

    /// By somebody else; what is there then is what taking back leads to.
    void appendMeanwhile(const char *name, const QByteArray &bytes)
    {
        writeFile(name, m_before[u'/' + QLatin1String(name)] + bytes);
        m_before = bytesBelow(m_root);
    }

    void refused(const QString &begin)
    {
        const auto before = bytesBelow(m_root);
        QTest::mouseClick(button(QWizard::CommitButton), Qt::LeftButton);
        auto *again = find<QPushButton>("reviewReadAgain");
        QTRY_VERIFY(again->isVisible());
        const QString state = find<QLabel>("reviewState")->text();
        QVERIFY2(state.startsWith(begin), qPrintable(state));
        QCOMPARE(bytesBelow(m_root), before);
    }
};

QTEST_MAIN(TestOnboardReview)
#include "tst_onboardreview.moc"
