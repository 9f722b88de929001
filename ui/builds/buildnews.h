// Says how builds and plans have ended: below the window, and to who looks elsewhere when they took long.
#pragma once

#include "builds/buildcentre.h"

#include <QObject>

class QWidget;

namespace runner::ui {

class Notifier;

class BuildNews final : public QObject
{
    Q_OBJECT

public:
    /// The centre must outlive it; \a owner is what it speaks for.
    BuildNews(BuildCentre *centre, QWidget *owner);

Q_SIGNALS:
    void statusMessage(const QString &text);

private:
    void onEnded(qint64 item);
    void onPlanEnded(qint64 plan);

    BuildCentre *m_centre;
    Notifier *m_notifier;
};

} // namespace runner::ui
