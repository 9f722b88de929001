// Repairs pressed in the list of problems: each kind does what it says, as one step, while the list follows the text.
#include "diagnostics/problemspane.h"
#include "matrixwindow.h"

#include <QMenu>

using namespace runner;
using namespace runner::ui;

class TestQuickFixes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachKind_data()
    {
        QTest::addColumn<QByteArray>("wrong");
        QTest::addColumn<QByteArray>("right");  ///< Of \a wrong's place in the text.
        QTest::addColumn<QByteArray>("before"); ///< What stood there in the sound matrix.
        QTest::addColumn<QString>("id");
        const auto row = [](const char *id, const char *before, const char *wrong, const char *right) {
            QTest::newRow(qPrintable(QStringLiteral("%1 %2").arg(QLatin1String(id), QLatin1String(wrong).left(30))))
                << QByteArray(wrong) << QByteArray(right) << QByteArray(before) << QString::fromLatin1(id);
        };
        row("unknown-backend", "- backend: \"cuda\"", "- backend: \"cudaa\"", "- backend: \"cuda\"");
        row("unknown-service", "      - \"vllm\"", "      - \"vlm\"", "      - \"vllm\"");
        row("unknown-platform", "\"linux/amd64\"\n", "linux/x86_64 # big\n", "linux/amd64 # big\n");
        row("unknown-platform", "\"linux/amd64\"\n", "'arm64'\n", "'linux/arm64'\n");
        row("unknown-platform", "\"linux/amd64\"\n", "\"linux/amd46\"\n", "\"linux/amd64\"\n");
        row("undeclared-argument", "VLLM_VERSION=0.17.1", "VLLM_VERSON=0.17.1", "VLLM_VERSION=0.17.1");
        row("repeated-argument", "      - \"VLLM_VERSION=0.17.1\"\n",
            "      - \"VLLM_VERSION=0.17.0\" # old\n      # why\n      - \"VLLM_VERSION=0.17.1\"\n",
            "      # why\n      - \"VLLM_VERSION=0.17.1\"\n");
        row("runner-without-meaning", "        - { version: \"0.5.1\", listed: false }\n",
            "        - { version: \"0.5.1\", listed: false, released: false }\n", "");
        row("matrix-not-a-boolean", "deprecated: true", "deprecated: yes", "deprecated: true");
        row("unused-argument", "      - \"VLLM_VERSION=0.17.1\"\n",
            "      - \"VLLM_VERSION=0.17.1\"\n      - \"SPARE=1\"\n", "      - \"VLLM_VERSION=0.17.1\"\n");
    }

    void eachKind()
    {
        QFETCH(QByteArray, wrong);
        QFETCH(QByteArray, right);
        QFETCH(QByteArray, before);
        QFETCH(QString, id);
        QVERIFY(centre::matrixText().contains(before));
        open(QByteArray(centre::matrixText()).replace(before, wrong));
        const QByteArray text = m_window->text();
        QVERIFY(rowOf(id) >= 0);
        press(rowOf(id));
        QCOMPARE(m_window->text(), QByteArray(text).replace(wrong, right));
        QTRY_COMPARE(rowOf(id), -1);
        m_window->undo();
        QCOMPARE(m_window->text(), text);
        QTRY_VERIFY(rowOf(id) >= 0);
        m_window->redo();
        QTRY_COMPARE(rowOf(id), -1);
    }

    /// Two known names are as near to what is written.
    void whatIsNotCertainIsNotOffered()
    {
        open(QByteArray(centre::matrixText())
                 .replace("- backend: \"cuda\"", "- backend: \"cada\"")
                 .replace("  cann:\n    name", "  coda:\n    name: C\n  cann:\n    name"));
        QVERIFY(rowOf(QStringLiteral("unknown-backend")) >= 0);
        QCOMPARE(offered(rowOf(QStringLiteral("unknown-backend"))), QStringList());
    }

    /// What was found is about a text that is not there any more.
    void nothingIsOfferedForAnotherText()
    {
        open(QByteArray(centre::matrixText()).replace("- backend: \"cuda\"", "- backend: \"cudaa\""));
        m_window->window->matrix()->document()->edit({{{0, 0}, "# New\n"}}, QStringLiteral("New line"));
        QCOMPARE(offered(rowOf(QStringLiteral("unknown-backend"))), QStringList()); // The list is not anew yet.
        QTRY_COMPARE(offered(rowOf(QStringLiteral("unknown-backend"))), QStringList{QStringLiteral("Write cuda")});
    }

    /// While typing, with the row's place moving along.
    void theListIsLive()
    {
        open(centre::matrixText());
        QCOMPARE(rowOf(QStringLiteral("unknown-service")), -1);
        CodeEditor *editor = m_window->place()->editor();
        editor->setFocus();
        editor->goTo(m_window->lineOf("      - \"vllm\""), 11);
        QTest::keyClicks(editor, QStringLiteral("x"));
        QTRY_VERIFY(rowOf(QStringLiteral("unknown-service")) >= 0);
        QVERIFY(!editor->problems().empty());
        QTest::keyClick(editor, Qt::Key_Backspace);
        QTRY_COMPARE(rowOf(QStringLiteral("unknown-service")), -1);
    }

    void cleanup() { m_window.reset(); }

private:
    void open(const QByteArray &matrix)
    {
        m_window = std::make_unique<MatrixWindow>(matrix);
        centre::write(
            m_window->root() + QStringLiteral("/pack/cuda/Dockerfile"),
            "ARG CUDA_VERSION=12.8.0\nARG VLLM_VERSION=0.1.0\nARG SPARE=\nFROM scratch AS vllm\nARG CUDA_VERSION\n"
            "ARG VLLM_VERSION\nENV V=${VLLM_VERSION}\n");
        QVERIFY(m_window->open());
        QTRY_VERIFY(pane()->isVisible() && pane()->model()->rowCount() > 0);
    }

    ProblemsPane *pane() const { return m_window->find<ProblemsPane>("problemsPane"); }

    int rowOf(const QString &id) const
    {
        const Problems &problems = static_cast<ProblemModel *>(pane()->model())->problems();
        for (std::size_t i = 0; i < problems.size(); ++i) {
            if (problems[i].id == id.toStdString())
                return static_cast<int>(i);
        }
        return -1;
    }

    /// Opens the menu of the row by its key, and closes it with \a with.
    void openMenu(int row, const std::function<void(QMenu *)> &with)
    {
        pane()->setCurrentIndex(pane()->model()->index(row, 0));
        pane()->setFocus();
        bool shown = false;
        QTimer::singleShot(0, pane(), [&] {
            auto *menu = pane()->findChild<QMenu *>(QStringLiteral("problemMenu"));
            shown = menu && menu->isVisible();
            if (menu) {
                with(menu);
                menu->close();
            }
        });
        QTest::keyClick(pane(), Qt::Key_Period, Qt::ControlModifier);
        QVERIFY(shown);
    }

    void press(int row)
    {
        openMenu(row, [](QMenu *menu) {
            const auto fixes = menu->findChildren<QAction *>(QStringLiteral("fix"));
            QCOMPARE(fixes.size(), 1);
            menu->setActiveAction(fixes.front());
            QTest::keyClick(menu, Qt::Key_Return);
        });
    }

    QStringList offered(int row)
    {
        QStringList titles;
        openMenu(row, [&titles](QMenu *menu) {
            for (const QAction *fix : menu->findChildren<QAction *>(QStringLiteral("fix")))
                titles << fix->text();
        });
        return titles;
    }

    std::unique_ptr<MatrixWindow> m_window;
};

QTEST_MAIN(TestQuickFixes)
#include "tst_quickfixes.moc"
