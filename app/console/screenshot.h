// Draws the window into a PNG once its table and details are there.
#pragma once

#include "window/mainwindow.h"

#include <QObject>
#include <QTimer>

namespace runner::console {

class Screenshot final : public QObject
{
    Q_OBJECT

public:
    Screenshot(ui::MainWindow &window, QString file);

private:
    void takeWhenWhole();
    void take();
    void fail(const QString &reason);

    ui::MainWindow &m_window;
    QString m_file;
    bool m_ready = false; ///< The place has filled everything in.
    QTimer m_limit;
};

} // namespace runner::console
