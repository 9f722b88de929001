#include "settings/settings.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace runner::ui;

class TestSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void remembersTheLastTen()
    {
        QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("settings.ini"));
        {
            Settings settings(file);
            QVERIFY(settings.lastWorkspace().isEmpty());
            QVERIFY(settings.detailsShown());
            for (int i = 0; i < 12; ++i)
                settings.addRecent(QStringLiteral("/centre/%1").arg(i));
            settings.addRecent(QStringLiteral("/centre/7"));
            settings.setDetailsShown(false);
        }
        const Settings settings(file);
        QCOMPARE(settings.lastWorkspace(), QStringLiteral("/centre/7"));
        QCOMPARE(settings.recentWorkspaces().size(), qsizetype(Settings::maxRecent));
        QCOMPARE(settings.recentWorkspaces().first(), QStringLiteral("/centre/7"));
        QCOMPARE(settings.recentWorkspaces().count(QStringLiteral("/centre/7")), qsizetype(1));
        QVERIFY(!settings.detailsShown());
    }
};

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"
