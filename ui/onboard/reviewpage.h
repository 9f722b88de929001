// What the wizard would write: every file as a difference and as a text that can be edited, the images that will exist,
// what the checks say, and what is left to do by hand. Applies it.
#pragma once

#include "onboard/proposalloader.h"

#include <QTimer>
#include <QWizardPage>

#include <functional>
#include <memory>
#include <optional>

class QLabel;
class QPushButton;
class QTabWidget;
class QTreeView;

namespace runner::ui {

class EffectModel;
class ProblemModel;
class ReviewFiles;

class ReviewPage final : public QWizardPage
{
    Q_OBJECT

public:
    using Propose = ProposalLoader::Propose;

    /// \a propose gives the work for the answers of now; it is done on a worker thread.
    ReviewPage(workspace::WorkspacePointer centre, std::function<Propose()> propose, QWidget *parent = nullptr);

    /// Reads the files of the pack centre again, and works out what the answers mean for them. What was edited here
    /// stays.
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
    /// The pack centre as it is on the disk now.
    void centreRead(const runner::workspace::WorkspacePointer &centre);
    void applyStarted(); ///< applyFinished() or applyFailed() follows.
    void applyFinished();
    void applyFailed();

protected:
    void changeEvent(QEvent *event) override;
    /// Return applies where Apply has the focus, and nowhere else.
    void keyPressEvent(QKeyEvent *event) override;

private:
    void makeTop();
    QWidget *makeOutcome();
    void take(const WorkedOut &result);
    void takeProposal(const onboard::Proposal &proposal);
    void showOutcome();
    void clearOutcome();
    void say(const QString &text, bool error);
    void colour();
    void fail(const Problem &problem, const QString &whatToDo = {});
    void tell(const QStringList &sentences);
    bool asksForMistakes();
    void takeEdits();
    void finishApply(const Result<workspace::ChangeSet> &done);

    workspace::WorkspacePointer m_centre;
    std::function<Propose()> m_propose;
    ProposalLoader *m_loader;
    ReviewFiles *m_files;
    std::optional<onboard::Proposal> m_proposal;
    std::optional<workspace::ChangeSet> m_applied;
    bool m_sound = false; ///< What was worked out last could be.
    bool m_applying = false;
    bool m_wrong = false; ///< What the page says is an error.
    QTimer m_burst;       ///< A burst of typing is worked out once.
    QTimer m_settling;    ///< Apply stands where Next stood: a second click on that is none on this.
    QLabel *m_state = nullptr;
    QPushButton *m_readAgain = nullptr;
    QLabel *m_notice = nullptr; ///< What became of edits.
    QTabWidget *m_outcome = nullptr;
    EffectModel *m_images;
    ProblemModel *m_findings;
    ProblemModel *m_remarks;
    QTreeView *m_imageView = nullptr;
};

} // namespace runner::ui
