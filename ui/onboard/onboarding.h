// The window's commands for onboarding: the two wizards. What they write is a step that undo takes back.
#pragma once

#include "diagnostics/problem.h"
#include "workspace/changeset.h"
#include "workspace/workspace.h"

#include <QAction>
#include <QObject>
#include <QPointer>

#include <functional>

namespace runner::ui {

class DocumentSet;
class OnboardWizard;

class Onboarding final : public QObject
{
    Q_OBJECT

public:
    /// \a window is the wizards' parent.
    Onboarding(DocumentSet &documents, QWidget *window);

    /// The pack centre as the disk has it.
    void setCentre(workspace::WorkspacePointer centre);
    /// The commands, in order: backend, service.
    QList<QAction *> actions() const { return {m_backend, m_service}; }
    /// A wizard is open; it tells itself what becomes of its step.
    bool isOpen() const;
    /// The window goes: answers of an open wizard are kept, and it asks nothing.
    void leave();

Q_SIGNALS:
    void filesWritten();                     ///< Files of the pack centre are new: time to read them again.
    void statusMessage(const QString &text); ///< Something was done, in a sentence.

private:
    using Make = std::function<OnboardWizard *()>;

    void begin(const Make &make);
    void wait(const Make &make);
    bool isCurrent() const;
    void saveFirst(const Make &make);
    void open(OnboardWizard *wizard);
    void tell(const QString &problem);

    DocumentSet &m_documents;
    QWidget *m_window;
    workspace::WorkspacePointer m_centre;
    Make m_waiting; ///< Begins when what is on the disk now has been read.
    bool m_askedAgain = false;
    QPointer<OnboardWizard> m_wizard;
    QAction *m_backend;
    QAction *m_service;
};

} // namespace runner::ui
