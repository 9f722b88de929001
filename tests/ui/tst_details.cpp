#include "centre.h"
#include "diagnostics/problemmodel.h"
#include "support/argumentmodel.h"
#include "support/imagedetails.h"
#include "support/wrappedtext.h"

#include <QAbstractItemModelTester>
#include <QVBoxLayout>

using namespace runner::ui;

class TestDetails : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(centre::lay(m_folder.path()));
        m_loaded = centre::load(m_folder.path());
        QVERIFY(m_loaded);
    }

    void builtByARule()
    {
        const ImageDetails details = detailsOf(*m_loaded, 0);
        QCOMPARE(details.title, QStringLiteral("vLLM 0.17.1 for NVIDIA CUDA 12.9"));
        QCOMPARE(details.images.size(), qsizetype(2));
        QCOMPARE(details.images[0].name, QStringLiteral("gpustack/runner:cuda12.9-vllm0.17.1"));
        QCOMPARE(details.images[1].name, QStringLiteral("gpustack/runner:cuda12.9-vllm0.17.1-linux-amd64"));
        QCOMPARE(details.ruleTitle, QStringLiteral("Rule 1 in matrix.yml, line 17"));
        QVERIFY(details.ruleText.startsWith(QStringLiteral("- backend: \"cuda\"\n  services:\n    - \"vllm\"")));
        QCOMPARE(details.arguments.size(), std::size_t(2));
        QCOMPARE(*details.arguments[1].value, std::string("0.17.1"));
    }

    void builtByNone()
    {
        const ImageDetails details = detailsOf(*m_loaded, 2);
        QVERIFY(details.ruleTitle.isEmpty());
        QVERIFY(details.arguments.empty());
        QVERIFY(details.states.join(QLatin1Char(' ')).contains(QStringLiteral("No current rule builds it.")));
        QVERIFY(detailsOf(*m_loaded, 4).images.isEmpty()); // released: false
    }

    void argumentsTellTheirChain()
    {
        ArgumentModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setArguments(detailsOf(*m_loaded, 0).arguments);
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.index(0, ArgumentModel::ValueColumn).data().toString(), QStringLiteral("12.9.1"));
        QVERIFY(model.index(0, ArgumentModel::From).data().toString().startsWith(QStringLiteral("rule")));
        const QString chain = model.index(0, 0).data(Qt::ToolTipRole).toString();
        QVERIFY(chain.contains(QStringLiteral("pack/cuda/Dockerfile:1")));
        QVERIFY(chain.contains(QStringLiteral("matrix.yml:23")));
    }

    /// Texts wrap where the pane is narrow; where it is wide again they take the room of their lines, inside their
    /// frame.
    void textsFitTheirLines()
    {
        QWidget pane;
        auto *down = new QVBoxLayout(&pane);
        auto *text = new WrappedText;
        text->showText(QStringLiteral("gpustack/runner:cuda12.9-vllm0.17.1-linux-amd64 and more words"));
        down->addWidget(text);
        down->addStretch(1);
        const int line = text->fontMetrics().lineSpacing();
        for (const int width : {200, 800, 210, 700}) {
            pane.resize(width, 400);
            pane.show();
            QTest::qWait(0);
            QVERIFY2((text->height() < 2 * line + 4) == (width > 400), qPrintable(QString::number(text->height())));
            QCOMPARE(text->viewport()->geometry().bottom(), text->height() - 1 - text->frameWidth());
        }
    }

    void problemsAreSortedByWeight()
    {
        ProblemModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setProblems({{"a", runner::Severity::Note, {}, "note", {}},
                           {"b", runner::Severity::Error, {"f", 2, 3}, "error", "Mend it"}});
        QCOMPARE(model.index(0, ProblemModel::SeverityColumn).data().toString(), QStringLiteral("Error"));
        QCOMPARE(model.index(0, ProblemModel::Place).data().toString(), QStringLiteral("f:2:3"));
        QCOMPARE(model.index(1, ProblemModel::Message).data().toString(), QStringLiteral("note"));
    }

private:
    QTemporaryDir m_folder;
    LoadedPointer m_loaded;
};

QTEST_MAIN(TestDetails)
#include "tst_details.moc"
