#include "onboard/onboarding.h"

#include "onboard/nextpage.h"
#include "onboard/onboardwizard.h"

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>

namespace runner::ui {

Onboarding::Onboarding(QWidget *window)
    : QObject(window)
    , m_window(window)
    , m_backend(new QAction(tr("Onboard a &backend…"), this))
    , m_service(new QAction(tr("Onboard a se&rvice…"), this))
    , m_takeBack(new QAction(tr("Take the onboarding back"), this))
{
    m_backend->setObjectName(QStringLiteral("onboardBackend"));
    m_service->setObjectName(QStringLiteral("onboardService"));
    m_takeBack->setObjectName(QStringLiteral("takeOnboardingBack"));
    for (QAction *action : actions())
        action->setEnabled(false);
    connect(m_backend, &QAction::triggered, this, [this] { open(new BackendWizard(m_centre, m_window)); });
    connect(m_service, &QAction::triggered, this, [this] { open(new ServiceWizard(m_centre, m_window)); });
    connect(m_takeBack, &QAction::triggered, this, &Onboarding::takeBack);
}

void Onboarding::setCentre(workspace::WorkspacePointer centre)
{
    if (m_applied && centre->root != m_root) {
        m_applied.reset();
        m_takeBack->setEnabled(false);
    }
    m_centre = std::move(centre);
    m_backend->setEnabled(true);
    m_service->setEnabled(true);
}

void Onboarding::open(OnboardWizard *wizard)
{
    m_wizard = wizard;
    wizard->setAttribute(Qt::WA_DeleteOnClose);
    connect(wizard, &QObject::destroyed, this, [this, wizard] {
        if (m_wizard == wizard)
            m_wizard = nullptr;
    });
    connect(wizard, &OnboardWizard::takeBackRequested, this, &Onboarding::takeBack);
    connect(wizard, &OnboardWizard::applied, this,
            [this, root = m_centre->root](const QString &title, const workspace::ChangeSet &changes) {
                m_root = root;
                m_applied = changes;
                m_takeBack->setText(tr("Take back: %1").arg(title));
                m_takeBack->setEnabled(true);
                Q_EMIT statusMessage(title + tr(": done."));
                Q_EMIT filesWritten();
            });
    wizard->open();
}

void Onboarding::takeBack()
{
    m_takeBack->setEnabled(false);
    QThreadPool::globalInstance()->start([self = QPointer<Onboarding>(this), root = m_root, changes = *m_applied] {
        const auto undone = onboard::undo(root, changes);
        const QString problem
            = undone ? QString() : QString::fromStdString(undone.error().message + ". " + undone.error().advice + '.');
        const auto deliver = [self, problem] {
            if (!self)
                return;
            if (problem.isEmpty())
                self->m_applied.reset();
            self->m_takeBack->setEnabled(!problem.isEmpty());
            if (self->m_wizard)
                self->m_wizard->next()->setTakenBack(problem);
            Q_EMIT self->statusMessage(problem.isEmpty() ? tr("Taken back.") : problem);
            Q_EMIT self->filesWritten();
        };
        QMetaObject::invokeMethod(qApp, deliver, Qt::QueuedConnection);
    });
}

} // namespace runner::ui
