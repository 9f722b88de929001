// A pack centre whose matrix is no YAML when it is opened: the text can be mended, and nothing else is off.
#include "diagnostics/problemspane.h"
#include "matrix/effectpane.h"
#include "matrixwindow.h"
#include "support/supportpage.h"
#include "support/supportplace.h"

#include <QAbstractItemView>
#include <QLabel>
#include <QPushButton>
#include <QTreeView>

using namespace runner;
using namespace runner::ui;

namespace {

/// The variants' brace is never closed: the error is told for what comes after it.
QByteArray brokenText()
{
    return centre::matrixText().replace("{ a3: A3/910C }", "{ a3: A3/910C");
}

const QByteArray olderMatrix = "rules:\n  - backend: cuda\n    services: [vllm]\n    args: [\"CUDA_VERSION=12.9.1\"]\n";

const QByteArray olderCatalog = R"([
  {
    "backend": "cuda",
    "backend_version": "12.9",
    "original_backend_version": "12.9.1",
    "backend_variant": "",
    "service": "vllm",
    "service_version": "0.17.1",
    "platform": "linux/amd64",
    "docker_image": "gpustack/runner:cuda12.9-vllm0.17.1",
    "deprecated": false
  }
]
)";

} // namespace

class TestBrokenMatrix : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { m_window.reset(); }

    void theTextIsShownWithItsError()
    {
        open(brokenText());
        QCOMPARE(m_window->text(), brokenText());
        QCOMPARE(m_window->place()->editor()->text(), QString::fromUtf8(brokenText()));
        QVERIFY(m_window->place()->editor()->isVisible());
        QVERIFY(!m_window->place()->editor()->isReadOnly());
        QVERIFY(m_window->window->matrix()->error());
        const Location &where = m_window->window->matrix()->error()->where;
        QVERIFY(where.line > 1);
        QCOMPARE(m_window->place()->editor()->currentLine(), where.line);
        QCOMPARE(m_window->place()->editor()->problems().size(), std::size_t(1));
        const auto *banner = m_window->find<QLabel>("matrixBanner");
        QVERIFY(banner->isVisible());
        QVERIFY2(banner->text().contains(QStringLiteral("matrix.yml:%1").arg(where.line)), qPrintable(banner->text()));
        const ProblemModel *problems = problemModel();
        QVERIFY(!problems->problems().empty());
        QCOMPARE(problems->problems().front().where, where);
    }

    void theFormsSayWhyTheyAreOff()
    {
        open(brokenText());
        QCOMPARE(m_window->place()->rules()->shownRules(), 0);
        for (const char *note : {"ruleNote", "backendNote", "serviceNote"}) {
            const auto *label = m_window->find<QLabel>(note);
            QVERIFY2(label->text().contains(QStringLiteral("matrix.yml:")), note);
            QVERIFY2(label->isVisibleTo(label->parentWidget()), note);
        }
        QVERIFY(!m_window->find<QWidget>("addBackend")->isEnabled());
        for (const char *action : {"addRule", "pasteRules", "bumpVersion", "onboardBackend", "onboardService"})
            QVERIFY2(!m_window->find<QAction>(action)->isEnabled(), action);
        QTRY_VERIFY(m_window->find<QLabel>("effectSummary")->text().contains(QStringLiteral("cannot be read")));
    }

    void theSupportTableLeadsToThePlace()
    {
        open(brokenText());
        QVERIFY(m_window->window->showPlace(QStringLiteral("support")));
        auto *button = m_window->window->support()->findChild<QPushButton *>(QStringLiteral("emptyStateButton"));
        QVERIFY(button->isVisible());
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(m_window->window->currentPlace(), static_cast<Place *>(m_window->place()));
        QCOMPARE(m_window->place()->editor()->currentLine(), m_window->window->matrix()->error()->where.line);
    }

    void mendingItShowsEverything()
    {
        open(brokenText());
        mend();
        QCOMPARE(m_window->place()->rules()->shownRules(), 1);
        QVERIFY(!m_window->find<QLabel>("matrixBanner")->isVisible());
        QTRY_VERIFY(!m_window->window->loader()->error());
        QTRY_COMPARE(m_window->window->loader()->current()->index().rows.size(), std::size_t(2));
        QTRY_VERIFY(
            m_window->place()->effect()->difference().contains(QStringLiteral("+    variants: { a3: A3/910C }")));
        QVERIFY(m_window->find<QLabel>("effectSummary")->text().contains(QStringLiteral("on the disk cannot be read")));
        m_window->find<QAction>("save")->trigger();
        QCOMPARE(onDisk(), centre::matrixText());
        QTRY_VERIFY(m_window->place()->effect()->difference().isEmpty());
        QVERIFY(m_window->find<QAction>("onboardBackend")->isEnabled());
    }

    /// Once it could be read, what could be read stays.
    void brokenAgainKeepsTheLastGoodState()
    {
        open(brokenText());
        mend();
        QTRY_VERIFY(!m_window->window->loader()->error());
        m_window->undo();
        QCOMPARE(m_window->text(), brokenText());
        QTRY_VERIFY(m_window->window->loader()->error());
        QCOMPARE(m_window->place()->rules()->shownRules(), 1);
        QCOMPARE(m_window->window->loader()->current()->workspace->matrix.rules.size(), std::size_t(1));
        QVERIFY(!m_window->find<QWidget>("ruleBackend")->isEnabled());
    }

    void somebodyElseMendsIt()
    {
        open(brokenText());
        centre::write(m_window->file(), centre::matrixText());
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->window->loader()->error(), 20000);
        QCOMPARE(m_window->text(), centre::matrixText());
        QCOMPARE(m_window->place()->rules()->shownRules(), 1);
        QVERIFY(!m_window->window->isWindowModified());
    }

    /// What the matrix does not say is there all the same.
    void dockerfilesAreEditedMeanwhile()
    {
        open(brokenText());
        const auto opened = m_window->window->documents()->open("pack/cuda/Dockerfile");
        QVERIFY(opened.has_value());
        (*opened)->edit({{{0, 0}, "# ours\n"}}, QStringLiteral("Comment"));
        const auto &texts = [&]() -> const workspace::Texts & {
            return m_window->window->loader()->current()->workspace->texts;
        };
        QTRY_VERIFY(texts().at("pack/cuda/Dockerfile")->starts_with("# ours\n"));
        QVERIFY(m_window->window->loader()->error());
        m_window->find<QAction>("save")->trigger();
        QVERIFY(!m_window->window->documents()->isModified());
        QCOMPARE(onDisk(), brokenText());
    }

    void anotherPackCentreIsOpenedThoughItIsBroken()
    {
        open(centre::matrixText());
        QTemporaryDir other;
        QVERIFY(centre::lay(other.path()));
        centre::write(other.filePath(QStringLiteral("matrix.yml")), brokenText());
        m_window->window->openFolder(other.path());
        QTRY_VERIFY(m_window->window->matrix()->document() && m_window->window->matrix()->error());
        QCOMPARE(m_window->text(), brokenText());
        QCOMPARE(m_window->place()->rules()->shownRules(), 0);
        m_window->window->documents()->discard();
    }

    /// The older layout keeps what is released in a file of its own.
    void theOlderTableIsShown()
    {
        m_window = std::make_unique<MatrixWindow>();
        const QDir root(m_window->root());
        QVERIFY(QFile::remove(m_window->file()));
        QVERIFY(root.mkpath(QStringLiteral("gpustack_runner")));
        centre::write(root.filePath(QStringLiteral("pack/matrix.yaml")),
                      QByteArray(olderMatrix).replace("[vllm]", "[vllm"));
        centre::write(root.filePath(QStringLiteral("gpustack_runner/runner.py.json")), olderCatalog);
        QVERIFY(m_window->open());
        QVERIFY(m_window->window->matrix()->error());
        QVERIFY(m_window->window->showPlace(QStringLiteral("support")));
        QCOMPARE(m_window->window->support()->page()->model()->rowCount(), 1);
        QVERIFY(m_window->find<QLabel>("errorBanner")->isVisible());
    }

    /// Text that no editor can show leaves nothing to open.
    void bytesThatAreNoTextAreRefused()
    {
        m_window = std::make_unique<MatrixWindow>(QByteArray("rules:\n\0", 8));
        QVERIFY(!m_window->open());
        QVERIFY(m_window->window->loader()->error());
        QVERIFY(!m_window->window->matrix()->document());
        QVERIFY(m_window->place()->findChild<QLabel *>(QStringLiteral("emptyStateText"))->isVisible());
    }

private:
    void open(const QByteArray &text)
    {
        m_window = std::make_unique<MatrixWindow>(text);
        QVERIFY(m_window->open());
    }

    void mend()
    {
        CodeEditor *editor = m_window->place()->editor();
        editor->setFocus();
        editor->goTo(m_window->lineOf("{ a3: A3/910C"));
        editor->moveCursor(QTextCursor::EndOfLine);
        QTest::keyClicks(editor, QStringLiteral(" }"));
        QCOMPARE(m_window->text(), centre::matrixText());
    }

    const ProblemModel *problemModel() const
    {
        return static_cast<const ProblemModel *>(m_window->find<ProblemsPane>("problemsPane")->model());
    }

    QByteArray onDisk() const
    {
        QFile file(m_window->file());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unreadable");
    }

    std::unique_ptr<MatrixWindow> m_window;
};

QTEST_MAIN(TestBrokenMatrix)
#include "tst_brokenmatrix.moc"
