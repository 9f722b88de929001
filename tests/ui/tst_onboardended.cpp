// The real window program ends while a wizard is open: what was answered comes back.
#include "centre.h"
#include "consoleprocess.h"

#include <memory>

class TestOnboardEnded : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        QVERIFY(QDir(m_home->path()).mkpath(QStringLiteral("centre")));
        QVERIFY(centre::lay(m_home->filePath(QStringLiteral("centre"))));
        begin();
    }

    void cleanup() { m_console.reset(); }

    // It asks nothing, since nobody may be there to answer.
    void bySigterm()
    {
        QVERIFY(m_console->type("field-id", QStringLiteral("neuware")));
        QVERIFY(m_console->type("field-name", QStringLiteral("Cämbricon \"Neu: {")));
        QVERIFY(m_console->end());
        expectOffered();
    }

    void bySigkill()
    {
        QVERIFY(m_console->type("field-id", QStringLiteral("neuware")));
        QVERIFY(m_console->type("field-name", QStringLiteral("Cämbricon \"Neu: {")));
        QTRY_VERIFY_WITH_TIMEOUT(hasKept(), 30000);
        m_console->kill();
        expectOffered();
    }

    void withoutAnswersNothingIsOffered()
    {
        QVERIFY(m_console->end());
        QVERIFY(!hasKept());
        begin();
        QVERIFY(!m_console->isShown("keptAnswers"));
    }

private:
    bool hasKept() const
    {
        const QDir folder(m_home->filePath(QStringLiteral("state/runner-console/answers")));
        return !folder.entryList({QStringLiteral("*.unsaved")}, QDir::Files).isEmpty();
    }

    void begin()
    {
        m_console.reset();
        m_console = std::make_unique<Console>(*m_home);
        QTRY_VERIFY_WITH_TIMEOUT(m_console->isShown("matrixSource") && !m_console->text().isEmpty(), 60000);
        QVERIFY(m_console->trigger("onboardBackend"));
        QTRY_VERIFY_WITH_TIMEOUT(m_console->isShown("backendWizard"), 30000);
    }

    void expectOffered()
    {
        begin();
        QTRY_VERIFY_WITH_TIMEOUT(m_console->isShown("keptAnswers"), 30000);
        QVERIFY(m_console->click("keptGoOn"));
        QTRY_COMPARE_WITH_TIMEOUT(m_console->property("field-id", "text").toString(), QStringLiteral("neuware"), 30000);
        QCOMPARE(m_console->property("field-name", "text").toString(), QStringLiteral("Cämbricon \"Neu: {"));
        QCOMPARE(m_console->property("field-home", "text").toString(), QStringLiteral("/usr/local/neuware"));
    }

    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<Console> m_console;
};

QTEST_GUILESS_MAIN(TestOnboardEnded)
#include "tst_onboardended.moc"
