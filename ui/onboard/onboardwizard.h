// The wizards that onboard a backend or a service: questions, review, what to do next.
#pragma once

#include "onboard/answerspage.h"
#include "onboard/reviewpage.h"

#include <QWizard>

#include <vector>

namespace runner::text {
struct RecoveredText;
}

namespace runner::ui {

class AnswersKeeper;
class BackendDetailsPage;
class BackendIdentityPage;
class BackendRuntimePage;
class NextPage;

class OnboardWizard : public QWizard
{
    Q_OBJECT

public:
    /// \a kind names what the answers are kept by.
    OnboardWizard(workspace::WorkspacePointer centre, const std::string &kind, QWidget *parent);

    ReviewPage *review() const { return m_review; }
    NextPage *next() const { return m_next; }
    /// What was applied has been taken back, or \a problem says why not. The answers stay, to be corrected.
    void setTakenBack(const QString &problem);
    /// Asks first, where a step runs or answers would be lost.
    void reject() override;
    /// Offers the answers that an earlier wizard of this kind has left without an end.
    void offerKept();
    /// The program ends: what was answered is kept, and nothing is asked any more.
    void leave();
    /// Before the review: goes back to the first page on which something is wrong.
    bool validateCurrentPage() override;

Q_SIGNALS:
    void applyStarted(); ///< Files are being written; applied() or applyFailed() follows.
    void applyFailed();
    /// \a changes take it back.
    void applied(const QString &title, const runner::workspace::ChangeSet &changes);
    void takeBackRequested();

protected:
    /// Adds the review behind the pages of questions.
    void addReview();
    /// Asks check() again soon after the last answer that changed.
    void watch(AnswersPage *page);
    /// What is wrong with the answers, and what keeps them from being written.
    virtual onboard::FieldProblems problems() const = 0;
    virtual ReviewPage::Propose proposer() const = 0;
    /// The answers as a text, and back into the pages.
    virtual std::string kept() const = 0;
    virtual void fillIn(const std::string &text) = 0;

    const workspace::WorkspacePointer &centre() const { return m_centre; }

private:
    void setCentre(const workspace::WorkspacePointer &centre);
    void check();
    bool mayGo();
    void correct();
    void answered();
    void goOnWith(const text::RecoveredText &found);

    workspace::WorkspacePointer m_centre;
    std::vector<AnswersPage *> m_pages;
    ReviewPage *m_review = nullptr;
    NextPage *m_next = nullptr;
    AnswersKeeper *m_keeper;
    bool m_answered = false;
    bool m_leaving = false;
};

class BackendWizard final : public OnboardWizard
{
    Q_OBJECT

public:
    explicit BackendWizard(workspace::WorkspacePointer centre, QWidget *parent = nullptr);

private:
    void add(BackendPage *page);
    void beginLike();
    void fillAll(const onboard::BackendAnswers &answers);
    void followIdentifier();
    onboard::BackendAnswers answers() const;
    onboard::FieldProblems problems() const override;
    ReviewPage::Propose proposer() const override;
    std::string kept() const override;
    void fillIn(const std::string &text) override;

    BackendIdentityPage *m_identity;
    BackendRuntimePage *m_runtime;
    BackendDetailsPage *m_details;
    std::vector<BackendPage *> m_questions;
    onboard::BackendAnswers m_given; ///< By the model chosen last; what differs from it was typed.
    std::string m_family; ///< The identifier that arguments are named after so far: the one typed, or the model's.
};

class ServiceWizard final : public OnboardWizard
{
    Q_OBJECT

public:
    explicit ServiceWizard(workspace::WorkspacePointer centre, QWidget *parent = nullptr);

private:
    void add(ServicePage *page);
    onboard::ServiceAnswers answers() const;
    onboard::FieldProblems problems() const override;
    ReviewPage::Propose proposer() const override;
    std::string kept() const override;
    void fillIn(const std::string &text) override;

    std::vector<ServicePage *> m_questions;
};

} // namespace runner::ui
