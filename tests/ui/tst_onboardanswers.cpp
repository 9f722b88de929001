// What becomes of answers: a model to begin like, services that are added and removed, hints, what stands beside
// fields.
#include "onboardwindow.h"

using namespace runner;
using namespace runner::ui;

class TestOnboardAnswers : public OnboardWindow
{
    Q_OBJECT

private Q_SLOTS:
    void init() { setUp(); }
    void cleanup() { tearDown(); }

    // Whoever comes back to the first page and begins like another backend keeps what was typed.
    void beginningLikeABackendLosesNothing()
    {
        open("onboardBackend");
        answerIdentity();
        nextAnd(&OnboardWindow::answerRuntime);
        nextAnd(&OnboardWindow::answerServices);
        nextAnd(&OnboardWindow::nothing);
        addRow("arguments", {QStringLiteral("NEUWARE_MINE"), QString(), QStringLiteral("1"), QStringLiteral("Mine.")});
        const onboard::BackendAnswers typed = collected<BackendPage, onboard::BackendAnswers>();
        while (wizard()->currentId() != wizard()->startId())
            QTest::mouseClick(button(QWizard::BackButton), Qt::LeftButton);
        auto *model = editor<QComboBox>("model");
        for (int row = 1; row < model->count(); ++row) {
            choose("model", row);
            const onboard::BackendAnswers now = collected<BackendPage, onboard::BackendAnswers>();
            QVERIFY(now.baseImage == typed.baseImage && now.python == typed.python && now.versions == typed.versions);
            QVERIFY(now.name == typed.name && now.home == typed.home && now.variantArgument == typed.variantArgument);
            for (const auto &variant : typed.variants)
                QVERIFY(std::find(now.variants.begin(), now.variants.end(), variant) != now.variants.end());
            for (const auto &service : typed.services)
                QVERIFY(std::find(now.services.begin(), now.services.end(), service) != now.services.end());
            for (const auto &argument : typed.arguments)
                QVERIFY(std::find(now.arguments.begin(), now.arguments.end(), argument) != now.arguments.end());
        }
        choose("model", 0);
        QVERIFY((collected<BackendPage, onboard::BackendAnswers>() == typed));
    }

    void whatIsNotTakenOverIsSaid()
    {
        open("onboardBackend");
        QVERIFY(problem("model").contains(QStringLiteral("What you have typed stays")));
        auto *model = editor<QComboBox>("model");
        choose("model", model->findText(QStringLiteral("NVIDIA CUDA")));
        QVERIFY2(problem("model").contains(QStringLiteral("Not its stages, and what they alone use: ")),
                 qPrintable(problem("model")));
        QVERIFY(problem("model").contains(QStringLiteral("more arguments")));
        QVERIFY(model->toolTip().contains(QStringLiteral("VLLM_FLASHINFER_VERSION")));
        choose("model", 0);
        QVERIFY(model->toolTip().isEmpty());
    }

    // What a model gave is gone with it, also where it is not seen.
    void aModelThatWasLeftLeavesNothing()
    {
        open("onboardBackend");
        type("id", "neuware");
        auto *model = editor<QComboBox>("model");
        choose("model", model->findText(QStringLiteral("NVIDIA CUDA")));
        choose("model", 0);
        type("name", "Cambricon Neuware");
        type("versions", "4.2.1");
        nextAnd(&OnboardWindow::answerRuntime);
        nextAnd(&OnboardWindow::nothing);
        tick("services", "vLLM");
        QVERIFY2(editor<QLineEdit>("versions")->text().isEmpty(), qPrintable(editor<QLineEdit>("versions")->text()));
        QCOMPARE(editor<QComboBox>("installation")->currentIndex(), 0);
    }

    void aNewServiceIsRemoved()
    {
        open("onboardBackend");
        answerIdentity();
        nextAnd(&OnboardWindow::answerRuntime);
        nextAnd(&OnboardWindow::answerServices);
        auto *services = editor<QListWidget>("services");
        const auto *remove = find<QPushButton>("servicesRemove");
        const int count = services->count();
        QVERIFY(!remove->isVisible()); // Those of the pack centre stay.
        for (const char *id : {"one", "two"}) {
            QTest::mouseClick(find<QPushButton>("servicesAdd"), Qt::LeftButton);
            type("id", id);
            type("versions", "1.0");
        }
        services->setCurrentRow(count);
        QVERIFY(remove->isVisible());
        picture("services-removable");
        QTest::mouseClick(const_cast<QPushButton *>(remove), Qt::LeftButton);
        QCOMPARE(services->count(), count + 1);
        QCOMPARE(services->item(count)->text(), QStringLiteral("two"));
        const onboard::BackendAnswers now = collected<BackendPage, onboard::BackendAnswers>();
        QCOMPARE(now.services.size(), std::size_t{2});
        QVERIFY(now.services[0].id == "vllm" && now.services[1].id == "two" && now.services[1].versions.size() == 1);
        services->setCurrentRow(count);
        QCOMPARE(editor<QLineEdit>("id")->text(), QStringLiteral("two"));
        QCOMPARE(editor<QLineEdit>("versions")->text(), QStringLiteral("1.0"));
        nextAnd(&OnboardWindow::nothing);
    }

    // What an empty field means is in it.
    void emptyFieldsSayWhatTheyMean()
    {
        open("onboardService");
        type("id", "tei");
        type("versions", "1.7.0");
        choose("installation", 2);
        auto *stages = editor<QPlainTextEdit>("stages");
        QVERIFY(stages->placeholderText().startsWith(QStringLiteral("FROM ${TEI_BASE_IMAGE} AS tei\n")));
        stages->setPlainText(
            QStringLiteral("FROM ${TEI_BASE_IMAGE} AS tei\nARG TEI_VERSION\nRUN echo ${TEI_VERSION}\n"));
        nextAnd(&OnboardWindow::nothing);
        tick("backends", "Ascend CANN");
        QVERIFY(editor<QLineEdit>("variants")->placeholderText().contains(QStringLiteral("a3")));
        QVERIFY(!editor<QLineEdit>("versions")->placeholderText().isEmpty());
        QVERIFY(editor<QLineEdit>("platforms")->placeholderText().startsWith(QStringLiteral("linux/")));
        tick("backends", "NVIDIA CUDA");
        QVERIFY(editor<QLineEdit>("variants")->placeholderText().isEmpty());
        QCOMPARE(problem("variants"), QStringLiteral("This backend has none."));
        QVERIFY(editor<QPlainTextEdit>("stages")->placeholderText().startsWith(
            QStringLiteral("FROM ${TEI_BASE_IMAGE} AS tei\n")));
    }

    void anUnknownArgumentIsToldBesideTheStages()
    {
        open("onboardService");
        type("id", "tei");
        type("versions", "1.7.0");
        choose("installation", 2);
        auto *stages = editor<QPlainTextEdit>("stages");
        stages->setPlainText(QStringLiteral("FROM ${NOSUCH} AS tei\n"));
        nextAnd(&OnboardWindow::nothing);
        tick("backends", "NVIDIA CUDA");
        QTest::mouseClick(button(QWizard::BackButton), Qt::LeftButton);
        QTest::mouseClick(button(QWizard::NextButton), Qt::LeftButton);
        QCOMPARE(wizard()->currentId(), wizard()->startId());
        QVERIFY2(problem("stages").startsWith(
                     QStringLiteral("Line 1: FROM refers to NOSUCH, which is no argument above it")),
                 qPrintable(problem("stages")));
    }

    // Of several rows the wrong one is named, to those who see it and to those who are told.
    void theWrongRowIsNamed()
    {
        open("onboardBackend");
        answerIdentity();
        nextAnd(&OnboardWindow::answerRuntime);
        addRow("variants", {QStringLiteral("mlu-370"), QStringLiteral("MLU370")});
        QTest::mouseClick(button(QWizard::NextButton), Qt::LeftButton);
        QVERIFY2(problem("variants").startsWith(QStringLiteral("Row 2: 'mlu-370' holds '-'")),
                 qPrintable(problem("variants")));
        auto *table = editor<QWidget>("variants");
        QVERIFY(table->accessibleDescription().startsWith(QStringLiteral("Row 2: ")));
        QCOMPARE(table->accessibleName(), QStringLiteral("Variants"));
    }
};

QTEST_MAIN(TestOnboardAnswers)
#include "tst_onboardanswers.moc"
