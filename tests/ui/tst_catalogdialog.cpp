// The dialog that changes released versions by criteria: what it offers, what it says will happen, and what it does.
#include "matrixwindow.h"

#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QPushButton>
#include <QTreeWidget>

using namespace runner;
using namespace runner::ui;

class TestCatalogDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_window = std::make_unique<MatrixWindow>();
        QVERIFY(m_window->open());
        QVERIFY(m_window->window->showPlace(QStringLiteral("support")));
        m_window->find<QAction>("changeReleased")->trigger();
        QVERIFY(dialog());
    }
    void cleanup() { m_window.reset(); }

    void criteriaThatAreTooWideAreRefused()
    {
        QTRY_VERIFY(!summary().isEmpty());
        QVERIFY2(!change()->isEnabled(), qPrintable(summary()));
        choose("catalogServiceVersion", "0.16.0"); // Of any service of any backend.
        QTRY_VERIFY2(summary().contains(QStringLiteral("service")), qPrintable(summary()));
        QVERIFY(!change()->isEnabled());
        QVERIFY(effect().isEmpty());
    }

    /// A box holds what the other criteria leave.
    void onlyWhatIsThereIsOffered()
    {
        QCOMPARE(offered("catalogBackend"), QStringLiteral("any cann cuda"));
        choose("catalogBackend", "cann");
        QCOMPARE(offered("catalogVersion"), QStringLiteral("any 8.5"));
        QCOMPARE(offered("catalogVariant"), QStringLiteral("any a3"));
        QCOMPARE(offered("catalogService"), QStringLiteral("any vllm"));
        QCOMPARE(offered("catalogServiceVersion"), QStringLiteral("any 0.16.0"));
        choose("catalogBackend", "cuda");
        QCOMPARE(offered("catalogVariant"), QStringLiteral("any none"));
        QCOMPARE(offered("catalogBackend"), QStringLiteral("any cann cuda"));
        choose("catalogService", "sglang");
        QCOMPARE(offered("catalogServiceVersion"), QStringLiteral("any 0.5.1"));
        QCOMPARE(offered("catalogBackend"), QStringLiteral("any cuda"));
    }

    /// What has the mark already is not among what changes.
    void whatHappensIsToldPerImage()
    {
        choose("catalogBackend", "cuda");
        choose("catalogService", "vllm");
        QTRY_VERIFY(change()->isEnabled());
        QCOMPARE(effect(), QStringList({QStringLiteral("gpustack/runner:cuda12.9-vllm0.17.1 linux/amd64 deprecated"),
                                        QStringLiteral("gpustack/runner:cuda12.9-vllm0.16.0 linux/amd64 deprecated"),
                                        QStringLiteral("gpustack/runner:cuda12.9-vllm0.16.0 linux/arm64 deprecated"),
                                        QStringLiteral("gpustack/runner:cuda12.9-vllm0.8.5 linux/amd64 deprecated"),
                                        QStringLiteral("gpustack/runner:cuda12.9-vllm0.8.5 linux/arm64 deprecated")}));
        QVERIFY2(summary().startsWith(QStringLiteral("5 released images")), qPrintable(summary()));
        choose("catalogAction", "Take the deprecation back");
        QTRY_COMPARE(effect().size(), 2);
        QVERIFY(effect().constFirst().endsWith(QStringLiteral("vllm0.9.1 linux/amd64 no longer deprecated")));
        choose("catalogAction", "Remove");
        QTRY_COMPARE(effect().size(), 7);
        QVERIFY(effect().constFirst().endsWith(QStringLiteral("removed")));
    }

    void theChangeIsOneStep()
    {
        choose("catalogAction", "Mark as polished");
        choose("catalogBackend", "cann");
        QTRY_VERIFY(change()->isEnabled());
        change()->click();
        QCOMPARE(m_window->text(),
                 QByteArray(centre::matrixText())
                     .replace("{ version: \"0.16.0\" }\n", "{ version: \"0.16.0\", polished: true }\n"));
        m_window->undo();
        QCOMPARE(m_window->text(), centre::matrixText());
    }

    /// Also where what would go is as long as what was shown.
    void onlyWhatWasShownIsChanged()
    {
        choose("catalogAction", "Remove");
        choose("catalogBackend", "cann");
        QTRY_VERIFY(change()->isEnabled());
        const QByteArray text = m_window->text().replace("{ version: \"0.16.0\" }\n", "{ version: \"0.16.9\" }\n");
        QVERIFY(text != m_window->text());
        centre::write(m_window->file(), text);
        QTRY_COMPARE_WITH_TIMEOUT(m_window->text(), text, 20000);
        change()->click();
        QCOMPARE(m_window->text(), text);
    }

private:
    QDialog *dialog() const { return m_window->window->findChild<QDialog *>(QStringLiteral("catalogDialog")); }
    QPushButton *change() const
    {
        const auto buttons = dialog()->findChildren<QPushButton *>();
        const auto found = std::find_if(buttons.begin(), buttons.end(), [](const QPushButton *button) {
            return button->text() == QStringLiteral("&Change");
        });
        return found == buttons.end() ? nullptr : *found;
    }
    QComboBox *box(const char *name) const { return dialog()->findChild<QComboBox *>(QLatin1String(name)); }
    QString summary() const { return dialog()->findChild<QLabel *>(QStringLiteral("catalogSummary"))->text(); }

    void choose(const char *name, const char *text) const
    {
        const int index = box(name)->findText(QLatin1String(text));
        QVERIFY2(index >= 0, text);
        box(name)->setCurrentIndex(index);
    }

    QString offered(const char *name) const
    {
        QStringList texts;
        for (int i = 0; i < box(name)->count(); ++i)
            texts << box(name)->itemText(i);
        return texts.join(QLatin1Char(' '));
    }

    QStringList effect() const
    {
        const auto *tree = dialog()->findChild<QTreeWidget *>(QStringLiteral("catalogEffect"));
        QStringList rows;
        for (int i = 0; i < tree->topLevelItemCount(); ++i) {
            const QTreeWidgetItem *item = tree->topLevelItem(i);
            rows << QStringList({item->text(0), item->text(1), item->text(2)}).join(QLatin1Char(' '));
        }
        return rows;
    }

    std::unique_ptr<MatrixWindow> m_window;
};

QTEST_MAIN(TestCatalogDialog)
#include "tst_catalogdialog.moc"
