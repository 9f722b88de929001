// The file changes on disk while it is open: what the window takes over by itself, and what it asks about.
#include "matrix/edit/ruleedits.h"
#include "matrixwindow.h"

#include <QDialog>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QStatusBar>

#include <functional>

using namespace runner;
using namespace runner::ui;

namespace {

QByteArray matrixText()
{
    return centre::matrixText().replace("runners:\n", R"(  - backend: "cann"
    services:
      - "vllm"
    args:
      - "CANN_VERSION=8.5.0"
      - "CANN_ARCHS=a3"
runners:
)");
}

} // namespace

class TestConflicts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_window = std::make_unique<MatrixWindow>(matrixText());
        QVERIFY(m_window->open());
    }

    void cleanup() { m_window.reset(); }

    /// Nothing was edited: the new text is taken over, and the selected rule is followed to its new place.
    void aCleanTextFollows()
    {
        m_window->place()->selectRules({{1, false}});
        const QByteArray changed =
            matrixText().replace("rules:\n", "rules:\n  - backend: cuda\n    services: [sglang]\n");
        disk(changed);
        QTRY_COMPARE_WITH_TIMEOUT(m_window->text(), changed, 20000);
        QCOMPARE(m_window->place()->selectedRules(), (std::vector<RuleRef>{{2, false}}));
        QVERIFY(!m_window->window->isWindowModified());
        QVERIFY(!m_window->window->findChild<QDialog *>(QStringLiteral("conflictDialog")));
        m_window->undo();
        QCOMPARE(m_window->text(), matrixText());
    }

    void whatDoesNotTouchIsMerged()
    {
        m_window->place()->selectRules({{1, false}});
        edit(0, "CUDA_VERSION", "13.0.1");
        disk(matrixText().replace("CANN_VERSION=8.5.0", "CANN_VERSION=8.6.0").replace("title: CUDA", "title: Cuda"));
        const QByteArray both = matrixText()
                                    .replace("CUDA_VERSION=12.9.1", "CUDA_VERSION=13.0.1")
                                    .replace("CANN_VERSION=8.5.0", "CANN_VERSION=8.6.0")
                                    .replace("title: CUDA", "title: Cuda");
        QTRY_COMPARE_WITH_TIMEOUT(m_window->text(), both, 20000);
        QVERIFY(m_window->window->statusBar()->currentMessage().contains(QStringLiteral("both in it")));
        QCOMPARE(m_window->place()->selectedRules(), (std::vector<RuleRef>{{1, false}}));
        QVERIFY(m_window->window->isWindowModified());
        m_window->find<QAction>("save")->trigger();
        QCOMPARE(onDisk(), both);
    }

    void eachPlaceIsChosenByKeys_data()
    {
        QTest::addColumn<Qt::Key>("first");
        QTest::addColumn<Qt::Key>("second");
        QTest::addColumn<QByteArray>("cuda");
        QTest::addColumn<QByteArray>("cann");
        QTest::newRow("mine, mine") << Qt::Key_M << Qt::Key_M << QByteArray("13.0.1") << QByteArray("8.6.0");
        QTest::newRow("mine, disk") << Qt::Key_M << Qt::Key_D << QByteArray("13.0.1") << QByteArray("8.7.0");
        QTest::newRow("disk, mine") << Qt::Key_D << Qt::Key_M << QByteArray("13.0.2") << QByteArray("8.6.0");
        QTest::newRow("disk, disk") << Qt::Key_D << Qt::Key_D << QByteArray("13.0.2") << QByteArray("8.7.0");
    }

    void eachPlaceIsChosenByKeys()
    {
        QFETCH(Qt::Key, first);
        QFETCH(Qt::Key, second);
        QFETCH(QByteArray, cuda);
        QFETCH(QByteArray, cann);
        editBoth();
        const QByteArray mine = m_window->text();
        disk(theirs());
        answer([&](QDialog *dialog) {
            const auto *merge = dialog->findChild<QPushButton *>(QStringLiteral("mergeAsChosen"));
            const auto *place = dialog->findChild<QLabel *>(QStringLiteral("conflictWhere"));
            QVERIFY(!merge->isEnabled()); // Not before every place is decided.
            alt(dialog, first);
            QTRY_VERIFY(choice(dialog, first)->isChecked());
            QVERIFY(!merge->isEnabled());
            alt(dialog, Qt::Key_N);
            QTRY_COMPARE(place->text(), QStringLiteral("Place 2 of 2 that both changed"));
            QVERIFY(!choice(dialog, first)->isChecked());
            alt(dialog, second);
            QTRY_VERIFY(choice(dialog, second)->isChecked());
            alt(dialog, Qt::Key_P);
            QTRY_COMPARE(place->text(), QStringLiteral("Place 1 of 2 that both changed"));
            QVERIFY(choice(dialog, first)->isChecked());
            QVERIFY(merge->isEnabled() && merge->isDefault());
            alt(dialog, Qt::Key_G);
        });
        QCOMPARE(m_window->text(), theirs().replace("13.0.2", cuda).replace("8.7.0", cann));
        QVERIFY(m_window->text().contains("title: Cuda")); // What only the disk changed is kept in any case.
        m_window->undo();
        QCOMPARE(m_window->text(), mine);
        m_window->redo();
        m_window->find<QAction>("save")->trigger();
        QCOMPARE(onDisk(), m_window->text());
    }

    void everywhere_data()
    {
        QTest::addColumn<Qt::Key>("key");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("mine") << Qt::Key_E << theirs().replace("13.0.2", "13.0.1").replace("8.7.0", "8.6.0");
        QTest::newRow("disk") << Qt::Key_W << theirs();
    }

    void everywhere()
    {
        QFETCH(Qt::Key, key);
        QFETCH(QByteArray, expected);
        editBoth();
        disk(theirs());
        answer([&](QDialog *dialog) { alt(dialog, key); });
        QCOMPARE(m_window->text(), expected);
    }

    /// Escape decides nothing: the text is as it was, the disk too, and saving asks again.
    void decidingLaterLosesNothing()
    {
        editBoth();
        const QByteArray mine = m_window->text();
        disk(theirs());
        answer([&](QDialog *dialog) { QTest::keyClick(dialog->windowHandle(), Qt::Key_Escape); });
        QCOMPARE(m_window->text(), mine);
        QVERIFY(m_window->window->isWindowModified());
        m_window->find<QAction>("save")->trigger();
        QCOMPARE(onDisk(), theirs());
        answer([&](QDialog *dialog) { alt(dialog, Qt::Key_W); });
        QCOMPARE(m_window->text(), theirs());
        QVERIFY(!m_window->window->isWindowModified());
    }

    /// All that has to be decided is asked in turn, and then the files are saved.
    void savingGoesOnWhenDecided()
    {
        const std::string other = "pack/cuda/Dockerfile";
        const QString otherFile = m_window->root() + QLatin1Char('/') + QString::fromStdString(other);
        const auto opened = m_window->window->documents()->open(other);
        QVERIFY(opened);
        const std::string before = (*opened)->text();
        (*opened)->edit({{{0, 0}, "# mine\n"}}, QStringLiteral("Mine"));
        editBoth();
        const QByteArray mine = m_window->text();
        disk(theirs());
        centre::write(otherFile, "# theirs\n" + QByteArray::fromStdString(before));
        m_window->find<QAction>("save")->trigger();
        answer({[&](QDialog *dialog) { alt(dialog, Qt::Key_E); }, [&](QDialog *dialog) { alt(dialog, Qt::Key_E); }});
        QVERIFY(!m_window->window->isWindowModified());
        QCOMPARE(onDisk(), theirs().replace("13.0.2", "13.0.1").replace("8.7.0", "8.6.0"));
        QFile file(otherFile);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), "# mine\n" + QByteArray::fromStdString(before));
    }

    /// What was chosen is about what was seen: where the disk has gone on, it is asked once more.
    void aNewerConflictIsAskedAboutAgain()
    {
        editBoth();
        disk(theirs());
        const QByteArray newer = theirs().replace("13.0.2", "13.0.3");
        QString shown;
        QByteArray meanwhile;
        answer({[&](QDialog *dialog) {
                    disk(newer);
                    m_window->window->documents()->checkDisk();
                    alt(dialog, Qt::Key_W);
                },
                [&](QDialog *dialog) {
                    meanwhile = m_window->text();
                    shown = dialog->findChild<CodeEditor *>(QStringLiteral("conflictTheirs"))->text();
                    alt(dialog, Qt::Key_W);
                }});
        QVERIFY(meanwhile.contains("13.0.1"));
        QVERIFY(shown.contains(QStringLiteral("13.0.3")));
        QCOMPARE(m_window->text(), newer);
    }

    /// A removed side is said to be one: there is nothing to highlight.
    void removedLines()
    {
        edit(1, "CANN_ARCHS", "910b");
        disk(matrixText().replace("      - \"CANN_ARCHS=a3\"\n", ""));
        QString where;
        answer([&](QDialog *dialog) {
            where = dialog->findChild<QLabel *>(QStringLiteral("conflictWhere"))->text();
            alt(dialog, Qt::Key_D);
            QTRY_VERIFY(dialog->findChild<QPushButton *>(QStringLiteral("mergeAsChosen"))->isEnabled());
            alt(dialog, Qt::Key_G);
        });
        QVERIFY2(where.contains(QStringLiteral("removed on disk")), qPrintable(where));
        QVERIFY(!m_window->text().contains("CANN_ARCHS="));
    }

private:
    static QByteArray theirs()
    {
        return matrixText()
            .replace("CUDA_VERSION=12.9.1", "CUDA_VERSION=13.0.2")
            .replace("CANN_VERSION=8.5.0", "CANN_VERSION=8.7.0")
            .replace("title: CUDA", "title: Cuda");
    }

    void edit(std::size_t rule, const char *name, const char *value)
    {
        QVERIFY(m_window->window->matrix()->apply(matrix::edit::setArgument({rule}, name, value)));
    }

    void editBoth()
    {
        edit(0, "CUDA_VERSION", "13.0.1");
        edit(1, "CANN_VERSION", "8.6.0");
    }

    /// As editors do it: a new file in place of the old one.
    void disk(const QByteArray &text)
    {
        centre::write(m_window->file() + QStringLiteral(".new"), text);
        QCOMPARE(std::rename(qPrintable(m_window->file() + QStringLiteral(".new")), qPrintable(m_window->file())), 0);
    }

    QByteArray onDisk() const
    {
        QFile file(m_window->file());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unreadable");
    }

    static void alt(QDialog *dialog, Qt::Key key) { QTest::keyClick(dialog->windowHandle(), key, Qt::AltModifier); }

    using Answer = std::function<void(QDialog *)>;

    void answer(const Answer &with) { answer(std::vector<Answer>{with}); }

    static const QRadioButton *choice(const QDialog *dialog, Qt::Key key)
    {
        return dialog->findChild<QRadioButton *>(key == Qt::Key_M ? QStringLiteral("oursHere")
                                                                  : QStringLiteral("theirsHere"));
    }

    /// Waits for one dialog after the other, does that with each, and waits for its end.
    void answer(const std::vector<Answer> &with)
    {
        std::size_t asked = 0;
        QTimer timer;
        connect(&timer, &QTimer::timeout, this, [&] {
            auto *dialog = m_window->window->findChild<QDialog *>(QStringLiteral("conflictDialog"));
            if (!dialog || !dialog->isVisible() || dialog->property("answered").toBool())
                return;
            dialog->activateWindow();
            if (!dialog->isActiveWindow()) // Only then its letters are heard.
                return;
            dialog->setProperty("answered", true);
            if (asked < with.size())
                with[asked++](dialog);
            if (!QTest::qWaitFor(
                    [dialog] { return !dialog->isVisible(); })) // A letter's button is pressed for a moment.
                dialog->reject();                               // Something failed: the test must not wait for ever.
        });
        timer.start(20);
        QTRY_COMPARE_WITH_TIMEOUT(asked, with.size(), 20000);
        QVERIFY(!m_window->window->findChild<QDialog *>(QStringLiteral("conflictDialog")));
    }

    std::unique_ptr<MatrixWindow> m_window;
};

QTEST_MAIN(TestConflicts)
#include "tst_conflicts.moc"
