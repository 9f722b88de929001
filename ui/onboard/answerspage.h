// A page of questions of a wizard: says when an answer changes, and is complete when nothing is wrong with its own.
#pragma once

#include "onboard/answers.h"
#include "onboard/validate.h"

#include <QWizardPage>

class QBoxLayout;
class QLineEdit;
class QListWidget;
class QPlainTextEdit;

namespace runner::ui {

class FieldForm;

class AnswersPage : public QWizardPage
{
    Q_OBJECT

public:
    explicit AnswersPage(QWidget *parent = nullptr);

    /// The pack centre has been read again: choices that are new in it are offered, too. What was answered stays.
    virtual void setCentre(const workspace::Workspace &) {}
    /// What is wrong with all answers; the page shows what is about its own.
    void setProblems(const onboard::FieldProblems &problems);
    bool isComplete() const final { return true; }
    /// Shows everything that is wrong, and stays where something is, with the cursor in the first such field.
    bool validatePage() final;

Q_SIGNALS:
    void answersChanged();

protected:
    /// True where the page's own answers have no error. \a all: also of fields that the user has not been at.
    virtual bool showProblems(const onboard::FieldProblems &problems, bool all) = 0;
    /// The cursor goes to the first of them that has one.
    virtual void goToError() = 0;

    /// The page's layout: columns side by side, or below each other where the page is narrow.
    QBoxLayout *makeColumns();
    void resizeEvent(QResizeEvent *event) override;

    QLineEdit *makeLine(const QString &placeholder = {});
    QPlainTextEdit *makeText(const QString &placeholder = {});

private:
    onboard::FieldProblems m_problems;
    QBoxLayout *m_columns = nullptr;
    bool m_all = false; ///< The user wanted to go on: nothing is kept back any more.
};

class BackendPage : public AnswersPage
{
public:
    using AnswersPage::AnswersPage;
    virtual void collect(onboard::BackendAnswers &answers) const = 0;
    virtual void fill(const onboard::BackendAnswers &answers) = 0;
};

class ServicePage : public AnswersPage
{
public:
    using AnswersPage::AnswersPage;
    virtual void collect(onboard::ServiceAnswers &answers) const = 0;
    virtual void fill(const onboard::ServiceAnswers &answers) = 0;
};

/// Puts what the page shows into an area that scrolls where the screen is small, so that the field with the cursor can
/// be seen; once, when it is laid out. On a large screen it gets no wider than \a widest.
void makeScrollable(QWizardPage &page, int widest = QWIDGETSIZE_MAX);

/// The list is as high as its rows are together, up to ten: what is below it in a narrow window is near, and no row is
/// cut.
void fitRows(QListWidget &list);

/// Where the current row is not ticked, the first that is becomes the current one.
void chooseTicked(QListWidget &list);

/// Lower-case letters and digits: good enough to name arguments after it while it is being typed.
bool isPlainIdentifier(const std::string &id);

/// What is typed in a field for several: separated by commas or blanks.
std::vector<std::string> listOf(const QString &text);
QString listText(const std::vector<std::string> &list);

} // namespace runner::ui
