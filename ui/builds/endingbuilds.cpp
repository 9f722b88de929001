#include "builds/endingbuilds.h"

#include "builds/buildcentre.h"

#include <QCoreApplication>
#include <QMessageBox>
#include <QPushButton>
#include <QTimer>

#include <algorithm>
#include <chrono>

namespace runner::ui {

namespace {

/// Longer than a build that hears nothing is waited for, up to its kill.
constexpr std::chrono::seconds longestEnd{20};

class EndingBuilds
{
    Q_DECLARE_TR_FUNCTIONS(runner::ui::EndingBuilds)

public:
    EndingBuilds(BuildCentre &centre, QWidget *parent)
        : m_centre(centre)
        , m_parent(parent)
    {
    }

    bool confirm() const
    {
        QMessageBox box(QMessageBox::Question, tr("Builds are running"),
                        tr("Builds are still running. Closing the window cancels them; what waits is kept for the "
                           "next time, and plans go on then."),
                        QMessageBox::NoButton, m_parent);
        box.setObjectName(QStringLiteral("closeWithBuilds"));
        QPushButton *end = box.addButton(tr("&Cancel them and close"), QMessageBox::DestructiveRole);
        box.setDefaultButton(box.addButton(tr("&Go on building"), QMessageBox::RejectRole));
        box.exec();
        return box.clickedButton() == end;
    }

    void end() const
    {
        QMessageBox wait(QMessageBox::Information, tr("Builds are being cancelled"), {}, QMessageBox::NoButton,
                         m_parent);
        wait.setObjectName(QStringLiteral("endingBuilds"));
        wait.addButton(tr("Close &now"), QMessageBox::AcceptRole)->setToolTip(tr("What still runs is killed"));
        QObject::connect(&m_centre, &BuildCentre::queueChanged, &wait, [this, &wait] { show(wait); });
        QTimer::singleShot(longestEnd, &wait, &QDialog::accept);
        m_centre.endAll();
        show(wait);
        if (m_centre.queue().isBusy())
            wait.exec();
    }

private:
    void show(QMessageBox &wait) const
    {
        const auto &items = m_centre.queue().items;
        const auto busy = std::count_if(items.begin(), items.end(), [](const build::QueueItem &item) {
            return item.state == build::QueueState::Preparing || item.state == build::QueueState::Running;
        });
        wait.setText(busy == 1 ? tr("1 build is being cancelled. The window closes when its builder has confirmed that "
                                    "nothing runs any more.")
                               : tr("%1 builds are being cancelled. The window closes when their builders have "
                                    "confirmed that nothing runs any more.")
                                     .arg(busy));
        if (busy == 0)
            wait.accept();
    }

    BuildCentre &m_centre;
    QWidget *m_parent;
};

} // namespace

bool endBuildsWithWindow(BuildCentre &centre, QWidget *parent)
{
    const EndingBuilds ending(centre, parent);
    const bool wanted = ending.confirm();
    if (wanted)
        ending.end();
    return wanted;
}

} // namespace runner::ui
