// SIGINT and SIGTERM close the window as the user would.
#pragma once

#include <QObject>

class QSocketNotifier;

namespace runner::console {

class Shutdown final : public QObject
{
    Q_OBJECT

public:
    explicit Shutdown(QObject *parent = nullptr);

Q_SIGNALS:
    void requested();

private:
    void onReadable();

    QSocketNotifier *m_notifier = nullptr;
};

} // namespace runner::console
