// Tells that a long build has ended, to who looks elsewhere.
#pragma once

#include <QObject>
#include <QString>

class QSystemTrayIcon;
class QWidget;

namespace runner::ui {

class Notifier final : public QObject
{
    Q_OBJECT

public:
    /// Builds that took less are not told of.
    static constexpr qint64 longSeconds = 30;

    explicit Notifier(QWidget *owner);

    /// The window asks for attention, and the desktop shows a message where it has a place for them; nothing where the
    /// window is the active one.
    void tell(const QString &title, const QString &text);

private:
    QWidget *m_owner;
    QSystemTrayIcon *m_tray = nullptr;
};

} // namespace runner::ui
