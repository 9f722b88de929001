// Everything the program remembers: each with its key, default and range in one place.
#pragma once

#include "build/disklimit.h"

#include <QByteArray>
#include <QSettings>
#include <QString>
#include <QStringList>

namespace runner::ui {

class Settings
{
public:
    /// Those of the user. Organisation and application name come from the program.
    Settings();
    /// Those of a file; for tests.
    explicit Settings(const QString &file);

    static constexpr int maxRecent = 10;

    /// Empty before the first.
    QString lastWorkspace() const;
    /// Newest first, at most maxRecent, each once.
    QStringList recentWorkspaces() const;
    /// Puts the folder first among the recent ones; it is the last one now.
    void addRecent(const QString &folder);
    void clearRecent();

    QByteArray geometry() const { return m_settings.value(QStringLiteral("window/geometry")).toByteArray(); }
    void setGeometry(const QByteArray &value) { m_settings.setValue(QStringLiteral("window/geometry"), value); }
    /// Of the splitter with that object name.
    QByteArray splitter(const QString &name) const;
    void setSplitter(const QString &name, const QByteArray &value);
    /// Identifier of the place that was shown last; empty before the first.
    QString place() const { return m_settings.value(QStringLiteral("window/place")).toString(); }
    void setPlace(const QString &id) { m_settings.setValue(QStringLiteral("window/place"), id); }
    bool detailsShown() const { return m_settings.value(QStringLiteral("window/details"), true).toBool(); }
    void setDetailsShown(bool shown) { m_settings.setValue(QStringLiteral("window/details"), shown); }
    bool problemsShown() const { return m_settings.value(QStringLiteral("window/problems"), true).toBool(); }
    void setProblemsShown(bool shown) { m_settings.setValue(QStringLiteral("window/problems"), shown); }

    /// Whether long lines of a build's log are wrapped.
    bool logWraps() const { return m_settings.value(QStringLiteral("builds/wrap"), false).toBool(); }
    void setLogWraps(bool wraps) { m_settings.setValue(QStringLiteral("builds/wrap"), wraps); }

    static constexpr int mostBuildsAtOnce = 64;
    /// On each builder; 1 to mostBuildsAtOnce.
    int buildsAtOnce() const
    {
        return qBound(1, m_settings.value(QStringLiteral("builds/atOnce"), 1).toInt(), mostBuildsAtOnce);
    }
    void setBuildsAtOnce(int builds) { m_settings.setValue(QStringLiteral("builds/atOnce"), builds); }
    /// What all kept builds may take on the disk; 0: any.
    int buildGigabytes() const { return build::diskLimitIn(m_settings); }
    void setBuildGigabytes(int gigabytes) { build::setDiskLimitIn(m_settings, gigabytes); }

private:
    QSettings m_settings;
};

} // namespace runner::ui
