// "What this edit does" against the file on disk and against git's HEAD: a repository, none, one without commits, one
// that does not know the file, one whose file is broken.
#include "matrix/changedelegate.h"
#include "matrix/edit/ruleedits.h"
#include "matrix/edit/runneredits.h"
#include "matrix/effectpane.h"
#include "matrixwindow.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLabel>
#include <QProcess>
#include <QStandardPaths>
#include <QTabWidget>
#include <QTreeView>

using namespace runner;
using namespace runner::ui;

class TestEffect : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { m_window.reset(); }

    /// The disk is one edit ahead of HEAD, the window another one ahead of the disk.
    void bothBaselines()
    {
        makeRepository();
        commit();
        centre::write(m_window->file(), centre::matrixText().replace("VLLM_VERSION=0.17.1", "VLLM_VERSION=0.18.0"));
        open();
        QVERIFY(m_window->window->matrix()->apply(matrix::edit::setArgument({0}, "CUDA_VERSION", "13.0.1")));
        compareWith(EffectBaseline::Disk);
        QTRY_COMPARE(changes().size(), std::size_t(1));
        QCOMPARE(changes().front().kind, workspace::ImageChange::Kind::Retagged);
        QCOMPARE(changes().front().beforeTag, std::string("cuda12.9-vllm0.18.0"));
        QCOMPARE(changes().front().tag, std::string("cuda13.0-vllm0.18.0"));
        QVERIFY(!effect()->difference().contains(QStringLiteral("VLLM_VERSION=0.17.1")));
        compareWith(EffectBaseline::Head);
        QCOMPARE(changes().size(), std::size_t(1));
        QCOMPARE(changes().front().beforeTag, std::string("cuda12.9-vllm0.17.1"));
        QCOMPARE(changes().front().tag, std::string("cuda13.0-vllm0.18.0"));
        QVERIFY(effect()->difference().contains(QStringLiteral("-      - \"VLLM_VERSION=0.17.1\"\n")));
        QVERIFY(effect()->difference().contains(QStringLiteral("+      - \"CUDA_VERSION=13.0.1\"\n")));
        m_window->find<QAction>("save")->trigger();
        compareWith(EffectBaseline::Disk);
        QTRY_COMPARE(summary(), QStringLiteral("Nothing is unsaved."));
        compareWith(EffectBaseline::Head);
        QCOMPARE(changes().size(), std::size_t(1));
    }

    void releasedImagesCount()
    {
        makeRepository();
        commit();
        open();
        compareWith(EffectBaseline::Disk);
        QVERIFY(m_window->window->matrix()->apply(matrix::edit::setDeprecated({{0, "vllm", 0}}, true)));
        QTRY_COMPARE(summary(), QStringLiteral("Released images: 1 changed"));
        const EffectModel *model = effect()->model();
        QCOMPARE(model->rowCount(), 1);
        const QModelIndex image = model->index(0, EffectModel::ImageColumn);
        QCOMPARE(image.data().toString(), QStringLiteral("cuda12.9-vllm0.17.1"));
        QCOMPARE(image.data(Qt::ToolTipRole).toString(), QStringLiteral("gpustack/runner:cuda12.9-vllm0.17.1"));
        QCOMPARE(model->index(0, 0).data().toString(), QStringLiteral("~ released"));
        QCOMPARE(model->index(0, 0, model->index(0, 0)).data().toString(), QStringLiteral("deprecated"));
        QVERIFY(m_window->find<QTreeView>("effectImages")->isVisible());
        QVERIFY(m_window->window->matrix()->apply(matrix::edit::setArgument({0}, "CUDA_VERSION", "13.0.1")));
        QTRY_VERIFY2(summary().contains(QStringLiteral("1 retagged"))
                         && summary().endsWith(QStringLiteral("Released images: 1 changed")),
                     qPrintable(summary()));
        QCOMPARE(model->rowCount(), 2);
        QVERIFY(!model->ruleAt(model->index(1, 0)));
        QAbstractItemModelTester tester(effect()->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    }

    /// Both tags of a retagged image show where they begin and end, however narrow the pane; the tooltip has all.
    void aNarrowPaneCutsTagsInTheMiddle()
    {
        const QString before = QStringLiteral("cuda12.9-vllm0.17.1-linux-amd64");
        const QString after = QStringLiteral("cuda13.0-vllm0.17.1-linux-amd64");
        const QFontMetrics metrics(QApplication::font());
        const QString whole = before + QStringLiteral(" → ") + after;
        const int width = metrics.horizontalAdvance(whole);
        QCOMPARE(ChangeDelegate::elided(whole, metrics, width), whole);
        const QString cut = ChangeDelegate::elided(whole, metrics, width * 2 / 3);
        QVERIFY(metrics.horizontalAdvance(cut) <= width * 2 / 3);
        const QStringList sides = cut.split(QStringLiteral(" → "));
        QCOMPARE(sides.size(), 2);
        for (const QString &side : sides)
            QVERIFY2(side.contains(QChar(0x2026)) && side.endsWith(QStringLiteral("64")), qPrintable(cut));
        QVERIFY2(sides[0].startsWith(QStringLiteral("cuda12")) && sides[1].startsWith(QStringLiteral("cuda13")),
                 qPrintable(cut));
        const QString uneven = QStringLiteral("short → ") + after; // What the one does not need, the other has.
        QVERIFY(ChangeDelegate::elided(uneven, metrics, metrics.horizontalAdvance(uneven) - 8)
                    .startsWith(QStringLiteral("short → ")));
        const QStringList lines = ChangeDelegate::stacked(whole, metrics, width / 3).split(QChar(QChar::LineSeparator));
        QCOMPARE(lines.size(), 2);
        for (const QString &line : lines)
            QVERIFY2(metrics.horizontalAdvance(line) <= width / 3 && line.contains(QChar(0x2026)), qPrintable(line));
        QCOMPARE(ChangeDelegate::stacked(whole, metrics, 0), before + QStringLiteral(" →\u2028") + after);
        m_window = std::make_unique<MatrixWindow>();
        open();
        QVERIFY(m_window->window->matrix()->apply(matrix::edit::setArgument({0}, "CUDA_VERSION", "13.0.1")));
        QTRY_COMPARE(changes().size(), std::size_t(1));
        const auto *tree = m_window->find<QTreeView>("effectImages");
        const QModelIndex image = tree->model()->index(0, EffectModel::ImageColumn);
        QVERIFY(qobject_cast<ChangeDelegate *>(tree->itemDelegateForIndex(image)));
        QVERIFY(tree->isFirstColumnSpanned(0, image.siblingAtColumn(0)));
        QCOMPARE(tree->model()->index(0, 0, image.siblingAtColumn(0)).data().toString(),
                 QStringLiteral("CUDA_VERSION: 12.9.1 → 13.0.1"));
        QCOMPARE(image.data(Qt::ToolTipRole).toString(), QStringLiteral("cuda12.9-vllm0.17.1 → cuda13.0-vllm0.17.1"));
        const QModelIndex platforms = image.siblingAtColumn(EffectModel::PlatformsColumn);
        QCOMPARE(platforms.data().toString(), QStringLiteral("amd64"));
        QCOMPARE(platforms.data(Qt::ToolTipRole).toString(), QStringLiteral("linux/amd64"));
    }

    void linesAloneHaveNoEmptyTable()
    {
        m_window = std::make_unique<MatrixWindow>();
        open();
        const auto *tabs = m_window->find<QTabWidget>("effectTabs");
        QVERIFY(m_window->window->matrix()->apply(matrix::edit::setArgument({0}, "CUDA_VERSION", "13.0.1")));
        QTRY_COMPARE(changes().size(), std::size_t(1));
        QVERIFY(tabs->isTabVisible(0) && tabs->currentIndex() == 0);
        m_window->undo();
        QTRY_VERIFY(changes().empty());
        TextDocument *document = m_window->window->matrix()->document();
        document->edit({{{0, 0}, "# a comment\n"}}, QStringLiteral("Comment"));
        QTRY_VERIFY(!effect()->difference().isEmpty());
        QVERIFY(!tabs->isTabVisible(0) && tabs->currentIndex() == 1);
        m_window->undo();
        m_window->redo();
        QVERIFY(m_window->window->matrix()->apply(matrix::edit::setArgument({0}, "CUDA_VERSION", "13.0.1")));
        QTRY_COMPARE(changes().size(), std::size_t(1));
        QVERIFY(tabs->isTabVisible(0) && tabs->currentIndex() == 0);
    }

    void nothingDiffers()
    {
        makeRepository();
        commit();
        open();
        compareWith(EffectBaseline::Head);
        QTRY_COMPARE(summary(), QStringLiteral("Nothing differs from the last commit."));
        QVERIFY(effect()->difference().isEmpty());
    }

    void noRepository()
    {
        m_window = std::make_unique<MatrixWindow>();
        open();
        compareWith(EffectBaseline::Head);
        QTRY_VERIFY2(summary().contains(QStringLiteral("no git repository")), qPrintable(summary()));
        compareWith(EffectBaseline::Disk);
        QCOMPARE(summary(), QStringLiteral("Nothing is unsaved."));
    }

    void noCommitYet()
    {
        makeRepository();
        open();
        compareWith(EffectBaseline::Head);
        QTRY_VERIFY2(summary().contains(QStringLiteral("no commit yet")), qPrintable(summary()));
    }

    /// All of it is new, then; its lines are shown as such.
    void theFileIsNotInHead()
    {
        makeRepository();
        centre::write(m_window->root() + QStringLiteral("/other"), "text\n");
        git({QStringLiteral("add"), QStringLiteral("other")});
        git({QStringLiteral("commit"), QStringLiteral("-qm"), QStringLiteral("Other")});
        open();
        compareWith(EffectBaseline::Head);
        QTRY_VERIFY2(summary().contains(QStringLiteral("matrix.yml")) && summary().contains(QStringLiteral("HEAD")),
                     qPrintable(summary()));
        QVERIFY(effect()->difference().contains(QStringLiteral("+rules:\n")));
    }

    void theFileInHeadIsBroken()
    {
        makeRepository();
        centre::write(m_window->file(), "rules: [\n");
        commit();
        centre::write(m_window->file(), centre::matrixText());
        open();
        compareWith(EffectBaseline::Head);
        QTRY_VERIFY2(summary().contains(QStringLiteral("HEAD cannot be read")), qPrintable(summary()));
    }

    /// A commit by somebody else, or in a terminal, is what is compared with from then on.
    void aCommitMovesTheBaseline()
    {
        makeRepository();
        commit();
        centre::write(m_window->file(), centre::matrixText().replace("VLLM_VERSION=0.17.1", "VLLM_VERSION=0.18.0"));
        open();
        compareWith(EffectBaseline::Head);
        QTRY_COMPARE(changes().size(), std::size_t(1));
        commit();
        QEvent back(QEvent::ActivationChange); // From a terminal, say.
        QCoreApplication::sendEvent(effect(), &back);
        QTRY_COMPARE(summary(), QStringLiteral("Nothing differs from the last commit."));
    }

private:
    void makeRepository()
    {
        if (QStandardPaths::findExecutable(QStringLiteral("git")).isEmpty())
            QSKIP("git is not installed");
        m_window = std::make_unique<MatrixWindow>();
        git({QStringLiteral("init"), QStringLiteral("-q")});
    }

    void git(const QStringList &arguments) const
    {
        QProcess process;
        process.setWorkingDirectory(m_window->root());
        process.start(QStringLiteral("git"), QStringList{QStringLiteral("-c"), QStringLiteral("user.name=t"),
                                                         QStringLiteral("-c"), QStringLiteral("user.email=t@t"),
                                                         QStringLiteral("-c"), QStringLiteral("commit.gpgsign=false")}
                                                 + arguments);
        QVERIFY(process.waitForFinished(30000));
        QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
    }

    void commit() const
    {
        git({QStringLiteral("add"), QStringLiteral(".")});
        git({QStringLiteral("commit"), QStringLiteral("-qm"), QStringLiteral("State")});
    }

    void open()
    {
        if (!m_window)
            QSKIP("git is not installed");
        QVERIFY(m_window->open());
    }

    /// As a user chooses it, by keys.
    void compareWith(EffectBaseline baseline)
    {
        auto *choice = m_window->find<QComboBox>("effectBaseline");
        choice->setFocus();
        QTest::keyClick(choice, baseline == EffectBaseline::Disk ? Qt::Key_Home : Qt::Key_End);
        QCOMPARE(choice->currentIndex(), static_cast<int>(baseline));
    }

    EffectPane *effect() const { return m_window->place()->effect(); }
    const workspace::Effect &changes() const { return effect()->model()->effect(); }
    QString summary() const { return m_window->find<QLabel>("effectSummary")->text(); }

    std::unique_ptr<MatrixWindow> m_window;
};

QTEST_MAIN(TestEffect)
#include "tst_effect.moc"
