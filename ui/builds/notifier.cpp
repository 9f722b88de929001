#include "builds/notifier.h"

#include "theme/icons.h"

#include <QApplication>
#include <QSystemTrayIcon>
#include <QTimer>
#include <QWidget>

#include <chrono>

namespace runner::ui {

namespace {

constexpr std::chrono::seconds shownFor{15};

} // namespace

Notifier::Notifier(QWidget *owner)
    : QObject(owner)
    , m_owner(owner)
{
}

void Notifier::tell(const QString &title, const QString &text)
{
    if (m_owner->window()->isActiveWindow())
        return;
    QApplication::alert(m_owner->window());
    if (!QSystemTrayIcon::isSystemTrayAvailable() || !QSystemTrayIcon::supportsMessages())
        return;
    if (!m_tray)
        m_tray = new QSystemTrayIcon(drawnIcon(QStringLiteral("runner-console")), this);
    m_tray->show();
    m_tray->showMessage(title, text);
    QTimer::singleShot(shownFor, m_tray, &QSystemTrayIcon::hide);
}

} // namespace runner::ui
