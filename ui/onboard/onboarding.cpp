#include "onboard/onboarding.h"

#include "diagnostics/problemtext.h"
#include "documents/documentset.h"
#include "onboard/onboardwizard.h"

#include <QMessageBox>
#include <QPushButton>

#include <algorithm>
#include <utility>

namespace runner::ui {

Onboarding::Onboarding(DocumentSet &documents, QWidget *window)
    : QObject(window)
    , m_documents(documents)
    , m_window(window)
    , m_backend(new QAction(tr("Onboard a &backend…"), this))
    , m_service(new QAction(tr("O&nboard a service…"), this))
{
    m_backend->setObjectName(QStringLiteral("onboardBackend"));
    m_service->setObjectName(QStringLiteral("onboardService"));
    for (QAction *action : actions())
        action->setEnabled(false);
    connect(m_backend, &QAction::triggered, this,
            [this] { begin([this] { return new BackendWizard(m_centre, m_window); }); });
    connect(m_service, &QAction::triggered, this,
            [this] { begin([this] { return new ServiceWizard(m_centre, m_window); }); });
    connect(documents.steps(), &FileSteps::finished, this, [this] { tell({}); });
    connect(documents.steps(), &FileSteps::refused, this,
            [this](const Problem &problem) { tell(sentencesWithFile(problem)); });
}

bool Onboarding::isOpen() const
{
    return m_wizard;
}

void Onboarding::setCentre(workspace::WorkspacePointer centre)
{
    m_centre = std::move(centre);
    m_backend->setEnabled(m_centre != nullptr);
    m_service->setEnabled(m_centre != nullptr);
    if (!m_waiting || !m_centre)
        return;
    if (!isCurrent() && !std::exchange(m_askedAgain, true))
        Q_EMIT filesWritten(); // It was read too early.
    else if (const Make waiting = std::exchange(m_waiting, nullptr))
        open(waiting());
}

/// What is known of the disk is what was saved last.
bool Onboarding::isCurrent() const
{
    const auto &documents = m_documents.documents();
    return std::all_of(documents.begin(), documents.end(), [this](const TextDocument *document) {
        const auto known = m_centre->texts.find(document->file());
        return known == m_centre->texts.end() || *known->second == document->savedText();
    });
}

void Onboarding::wait(const Make &make)
{
    m_waiting = make;
    m_askedAgain = false;
    Q_EMIT filesWritten();
}

/// Wizards start from what the disk holds: what is not saved would be missing in their answers and in the way of their
/// changes.
void Onboarding::begin(const Make &make)
{
    if (m_documents.isModified())
        saveFirst(make);
    else if (!isCurrent())
        wait(make);
    else
        open(make());
}

void Onboarding::saveFirst(const Make &make)
{
    QStringList names;
    for (const TextDocument *document : m_documents.modified())
        names << QString::fromStdString(document->file());
    auto *box =
        new QMessageBox(QMessageBox::Question, tr("Unsaved changes"),
                        tr("Onboarding starts from the files on the disk, and %1 has changes that are not saved.")
                            .arg(names.join(QStringLiteral(", "))),
                        QMessageBox::Cancel, m_window);
    box->setObjectName(QStringLiteral("saveFirst"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton *save = box->addButton(tr("&Save and go on"), QMessageBox::AcceptRole);
    save->setObjectName(QStringLiteral("saveAndGoOn"));
    box->setDefaultButton(save);
    connect(save, &QPushButton::clicked, this, [this, make] {
        if (const auto saved = m_documents.saveAll(); !saved) {
            Q_EMIT statusMessage(sentencesOf(saved.error()));
            return;
        }
        wait(make);
    });
    box->open();
}

void Onboarding::open(OnboardWizard *wizard)
{
    m_wizard = wizard;
    wizard->setAttribute(Qt::WA_DeleteOnClose);
    FileSteps *steps = m_documents.steps();
    connect(wizard, &OnboardWizard::applyStarted, steps, [this, steps] {
        m_documents.checkDisk(); // The review has read what is there now; open files are to be at that, too.
        steps->begin();
    });
    connect(wizard, &OnboardWizard::applyFailed, steps, &FileSteps::abandon);
    connect(wizard, &OnboardWizard::takeBackRequested, steps, [steps] {
        if (const FileStepPointer step = steps->undoable(nullptr))
            steps->undo(step);
    });
    connect(wizard, &OnboardWizard::applied, this,
            [this, steps](const QString &title, const workspace::ChangeSet &undoing) {
                steps->add(title, workspace::inverse(undoing));
                Q_EMIT statusMessage(title + tr(": done."));
                Q_EMIT filesWritten();
            });
    wizard->open();
    wizard->offerKept();
}

void Onboarding::leave()
{
    if (m_wizard)
        m_wizard->leave();
}

/// The wizard is still there where its last page has asked for it.
void Onboarding::tell(const QString &problem)
{
    if (m_wizard)
        m_wizard->setTakenBack(problem);
}

} // namespace runner::ui
