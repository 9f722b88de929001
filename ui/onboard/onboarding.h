// The window's commands for onboarding: the two wizards, and taking the last one back.
#pragma once

#include "workspace/changeset.h"
#include "workspace/workspace.h"

#include <QAction>
#include <QObject>

#include <filesystem>
#include <functional>
#include <optional>

namespace runner::ui {

class OnboardWizard;

class Onboarding final : public QObject
{
    Q_OBJECT

public:
    /// \a window is the wizards' parent.
    explicit Onboarding(QWidget *window);

    /// The pack centre as the disk has it, and whether the window has unsaved changes beside it.
    void setCentre(workspace::WorkspacePointer centre);
    /// The commands, in order: backend, service, take back.
    QList<QAction *> actions() const { return {m_backend, m_service, m_takeBack}; }

Q_SIGNALS:
    void filesWritten();                     ///< Files of the pack centre are new: time to read them again.
    void statusMessage(const QString &text); ///< Something was done, in a sentence.

private:
    void open(OnboardWizard *wizard);
    void takeBack();

    QWidget *m_window;
    workspace::WorkspacePointer m_centre;
    std::filesystem::path m_root; ///< Of what can be taken back.
    std::optional<workspace::ChangeSet> m_applied;
    OnboardWizard *m_wizard = nullptr;
    QAction *m_backend;
    QAction *m_service;
    QAction *m_takeBack;
};

} // namespace runner::ui
