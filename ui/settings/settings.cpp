#include "settings/settings.h"

namespace runner::ui {

namespace {

const QString lastKey = QStringLiteral("workspace/last");
const QString recentKey = QStringLiteral("workspace/recent");

QString splitterKey(const QString &name)
{
    return QStringLiteral("window/splitter/") + name;
}

} // namespace

Settings::Settings() = default;

Settings::Settings(const QString &file)
    : m_settings(file, QSettings::IniFormat)
{
}

QString Settings::lastWorkspace() const
{
    return m_settings.value(lastKey).toString();
}

QStringList Settings::recentWorkspaces() const
{
    return m_settings.value(recentKey).toStringList().mid(0, maxRecent);
}

void Settings::addRecent(const QString &folder)
{
    QStringList recent = recentWorkspaces();
    if (recent.value(0) == folder && lastWorkspace() == folder)
        return; // Nothing to write, and nothing to wait for.
    recent.removeAll(folder);
    recent.prepend(folder);
    m_settings.setValue(recentKey, recent.mid(0, maxRecent));
    m_settings.setValue(lastKey, folder);
}

void Settings::clearRecent()
{
    m_settings.remove(recentKey);
}

QByteArray Settings::splitter(const QString &name) const
{
    return m_settings.value(splitterKey(name)).toByteArray();
}

void Settings::setSplitter(const QString &name, const QByteArray &value)
{
    m_settings.setValue(splitterKey(name), value);
}

} // namespace runner::ui
