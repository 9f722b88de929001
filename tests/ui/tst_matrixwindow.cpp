// What the rest of the window has of an edit: the effect, the support table, the disk, closing, recovery.
#include "matrixtest.h"

#include "matrix/effectpane.h"
#include "support/supportedits.h"
#include "support/supportpage.h"
#include "support/supportplace.h"
#include "support/supportview.h"
#include "text/recovery.h"

#include <QAbstractItemModelTester>
#include <QDialog>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>

class TestMatrixWindow final : public MatrixTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { setUpState(); }
    void init() { setUp(); }
    void cleanup() { tearDown(); }

    void saysWhatTheEditDoes()
    {
        QAbstractItemModelTester tester(place()->effect()->model(),
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        place()->selectRules({{2, false}});
        setArgument(QStringLiteral("VLLM_VERSION"), QStringLiteral("0.18.0"));
        QTRY_COMPARE(place()->effect()->model()->rowCount(), 1);
        const workspace::ImageChange &change = place()->effect()->model()->effect().front();
        QCOMPARE(change.kind, workspace::ImageChange::Kind::Retagged);
        QCOMPARE(change.tag, std::string("cann8.5-a3-vllm0.18.0"));
        QVERIFY(place()->effect()->difference().contains(QStringLiteral("+      - \"VLLM_VERSION=0.18.0\"")));
        undo();
        QTRY_COMPARE(place()->effect()->model()->rowCount(), 0);
        QCOMPARE(place()->effect()->difference(), QString());
    }

    void theWholeWindowFollows()
    {
        QVERIFY(m_window->showPlace(QStringLiteral("support")));
        place()->selectRules({{0, false}});
        const std::size_t at = text().toStdString().find("\"0.17.1\", platforms");
        m_window->matrix()->document()->edit({{{at + 1, at + 7}, "0.18.0"}}, QStringLiteral("Newer"));
        QTRY_VERIFY(supportText().startsWith(QStringLiteral("0.18.0")));
        QVERIFY(m_window->isWindowModified());
        QCOMPARE(readBytes(file()), rulesText());
        QTest::keyClick(m_window.get(), Qt::Key_S, Qt::ControlModifier);
        QVERIFY(readBytes(file()).contains("0.18.0"));
        QVERIFY(!m_window->isWindowModified());
        const QDateTime saved = QFileInfo(file()).lastModified();
        find<QAction>("save")->trigger(); // There is nothing to save.
        QCOMPARE(QFileInfo(file()).lastModified(), saved);
        QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY(supportText().startsWith(QStringLiteral("0.17.1")));
    }

    void theSupportTableEditsToo()
    {
        QVERIFY(m_window->showPlace(QStringLiteral("support")));
        SupportView *view = m_window->support()->page()->view();
        view->selectEntry(0);
        QTRY_VERIFY(find<QAction>("markDeprecated")->isEnabled());
        find<QAction>("markDeprecated")->trigger();
        QVERIFY(m_window->matrix()->matrix().runners.front().cells.front().entries.front().deprecated());
        QTRY_VERIFY(m_window->loader()->current()->index().entries.front().entry->deprecated());
        QTRY_VERIFY(find<QAction>("markDeprecated")->isChecked());
        undo();
        QCOMPARE(text(), rulesText());
        QTRY_VERIFY(!m_window->loader()->current()->index().entries.front().entry->deprecated());
        view->selectAll();
        QTRY_VERIFY(find<QAction>("markPolished")->isEnabled());
        QSignalSpy refused(m_window->matrix(), &MatrixDocument::refused);
        find<QAction>("markPolished")->trigger();
        QVERIFY2(refused.isEmpty(), refused.isEmpty() ? "" : refused.front().front().value<Problem>().message.c_str());
        for (const matrix::RunnerRow &row : m_window->matrix()->matrix().runners) {
            for (const matrix::RunnerCell &cell : row.cells) {
                for (const matrix::RunnerEntry &entry : cell.entries)
                    QCOMPARE(entry.polished, entry.listed); // What the table does not show is not selected.
            }
        }
        undo();
        QCOMPARE(text(), rulesText());
    }

    void aChangeOnDiskKeepsTheSelection()
    {
        place()->selectRules({{2, false}});
        replace(QByteArray(rulesText()).replace("0.17.1\"\n", "0.19.0\"\n"));
        QTRY_VERIFY_WITH_TIMEOUT(text().contains("VLLM_VERSION=0.19.0"), 10000);
        QCOMPARE(place()->selectedRules(), (std::vector<RuleRef>{{2, false}}));
        QVERIFY(!m_window->isWindowModified());
    }

    void aConflictIsAskedAbout()
    {
        place()->selectRules({{0, false}});
        setArgument(QStringLiteral("CUDA_VERSION"), QStringLiteral("13.0.1"));
        replace(QByteArray(rulesText()).replace("CUDA_VERSION=12.9.1", "CUDA_VERSION=12.9.9"));
        bool asked = false;
        answer("conflictDialog", "takeTheirs", asked);
        QTRY_VERIFY_WITH_TIMEOUT(asked, 10000);
        QTRY_VERIFY(text().contains("CUDA_VERSION=12.9.9"));
        QVERIFY(!m_window->isWindowModified());
        undo();
        QVERIFY(text().contains("CUDA_VERSION=13.0.1"));
    }

    /// What is typed into a field that is still open is saved, and asked about.
    void openFieldsCount()
    {
        place()->selectRules({{0, false}});
        typeValue(QStringLiteral("CUDA_VERSION"), QStringLiteral("13.0.1"));
        find<QAction>("save")->trigger();
        QVERIFY(readBytes(file()).contains("CUDA_VERSION=13.0.1"));
        QVERIFY(find<QTableView>("ruleArguments")->hasFocus());
        QTRY_VERIFY(!find<QTableView>("ruleArguments")->findChild<QLineEdit *>(QStringLiteral("argumentEditor")));
        typeValue(QStringLiteral("CUDA_VERSION"), QStringLiteral("13.0.2"));
        bool asked = false;
        answerBox(QMessageBox::Cancel, asked);
        QVERIFY(!m_window->close());
        QVERIFY(asked);
        QVERIFY(text().contains("CUDA_VERSION=13.0.2"));
    }

    void closingAsks()
    {
        place()->selectRules({{0, false}});
        setArgument(QStringLiteral("CUDA_VERSION"), QStringLiteral("13.0.1"));
        bool asked = false;
        answerBox(QMessageBox::Cancel, asked);
        QVERIFY(!m_window->close());
        QVERIFY(asked);
        asked = false;
        answerBox(QMessageBox::Save, asked);
        QVERIFY(m_window->close());
        QVERIFY(asked);
        QVERIFY(readBytes(file()).contains("CUDA_VERSION=13.0.1"));
    }

    void unsavedWorkComesBackAfterACrash()
    {
        place()->selectRules({{0, false}});
        setArgument(QStringLiteral("CUDA_VERSION"), QStringLiteral("13.0.1"));
        const QByteArray edited = text();
        const text::RecoveryStore store(text::RecoveryStore::defaultFolder());
        const std::filesystem::path path = m_window->matrix()->document()->path();
        QTRY_VERIFY(store.find(path).has_value());
        const auto kept = *store.find(path);
        m_window->documents()->discard();
        m_window.reset(); // Its own end takes the file away; a crash would not.
        QVERIFY(store.keep(kept).has_value());
        makeWindow();
        auto *box = find<QMessageBox>("recoveryOffer");
        QTest::mouseClick(box->findChild<QPushButton *>(QStringLiteral("recover")), Qt::LeftButton);
        QTRY_COMPARE(text(), edited);
        QVERIFY(m_window->isWindowModified());
        QCOMPARE(place()->editor()->currentLine(),
                 1 + static_cast<int>(edited.left(edited.indexOf("13.0.1")).count('\n')));
        undo();
        QCOMPARE(text(), rulesText());
        QTRY_VERIFY(!store.find(path).has_value());
    }

private:
    QString supportText() const
    {
        const SupportModel *model = m_window->support()->page()->model();
        return model->index(0, 2, model->index(0, 0)).data().toString();
    }

    void replace(const QByteArray &content)
    {
        centre::write(file() + QStringLiteral(".new"), content);
        QFile::remove(file());
        QVERIFY(QFile::rename(file() + QStringLiteral(".new"), file()));
    }

    void answer(const char *dialog, const char *button, bool &asked)
    {
        auto *timer = new QTimer(m_window.get());
        connect(timer, &QTimer::timeout, this, [=, this, &asked] {
            auto *shown = m_window->findChild<QDialog *>(QString::fromLatin1(dialog));
            if (!shown || !shown->isVisible())
                return;
            asked = true;
            timer->deleteLater();
            QTest::mouseClick(shown->findChild<QPushButton *>(QString::fromLatin1(button)), Qt::LeftButton);
        });
        timer->start(20);
    }

    void answerBox(QMessageBox::StandardButton button, bool &asked)
    {
        QTimer::singleShot(0, this, [=, this, &asked] {
            auto *box = m_window->findChild<QMessageBox *>(QStringLiteral("unsavedChanges"));
            if (!box)
                return;
            asked = true;
            QTest::mouseClick(box->button(button), Qt::LeftButton);
        });
    }
};

QTEST_MAIN(TestMatrixWindow)
#include "tst_matrixwindow.moc"
