// What the wizard would write: every file as a difference and as a text that can be edited, the images that will exist,
// what the checks say, and what is left to do by hand. Applies it.
#pragma once

#include "onboard/proposal.h"

#include <QTimer>
#include <QWizardPage>

#include <functional>
#include <memory>
#include <optional>

class QLabel;
class QListWidget;
class QTabWidget;
class QTreeView;

namespace runner::ui {

class CodeEditor;
class EffectModel;
class ProblemModel;
class ProposalLoader;

class ReviewPage final : public QWizardPage
{
    Q_OBJECT

public:
    using Propose = std::function<onboard::Answered<onboard::Proposal>()>;

    /// \a propose gives the work for the answers of now; it is done on a worker thread.
    ReviewPage(workspace::WorkspacePointer centre, std::function<Propose()> propose, QWidget *parent = nullptr);

    void initializePage() override;
    void cleanupPage() override;
    bool isComplete() const override;
    /// Applies in the background, and goes on when it is done.
    bool validatePage() override;

    bool isApplying() const { return m_applying; }
    const std::optional<onboard::Proposal> &proposal() const { return m_proposal; }
    /// What takes it back; nothing before it is applied.
    const std::optional<workspace::ChangeSet> &applied() const { return m_applied; }
    /// It was taken back, and can be applied again.
    void setTakenBack() { m_applied.reset(); }

Q_SIGNALS:
    void applyStarted(); ///< applyFinished() or applyFailed() follows.
    void applyFinished();
    void applyFailed();

private:
    QWidget *makeFiles();
    QWidget *makeOutcome();
    void takeProposal(const onboard::Answered<onboard::Proposal> &answered);
    void showFiles();
    void showFile(int row);
    void showOutcome();
    void say(const QString &text, bool error);
    void takeEdit();
    void finishApply(const Result<workspace::ChangeSet> &done);

    workspace::WorkspacePointer m_centre;
    std::function<Propose()> m_propose;
    ProposalLoader *m_loader;
    std::optional<onboard::Proposal> m_proposal;
    std::optional<workspace::ChangeSet> m_applied;
    bool m_sound = false; ///< What was worked out last could be.
    bool m_applying = false;
    QTimer m_edits; ///< A burst of typing is worked out once.
    QLabel *m_state = nullptr;
    QListWidget *m_files = nullptr;
    int m_shown = 0; ///< The file in the editor.
    CodeEditor *m_difference = nullptr;
    CodeEditor *m_text = nullptr;
    QTabWidget *m_outcome = nullptr;
    EffectModel *m_images;
    ProblemModel *m_findings;
    ProblemModel *m_remarks;
    QTreeView *m_imageView = nullptr;
};

} // namespace runner::ui
