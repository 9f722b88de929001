// The questions about a backend: who it is, what its images stand on, which services it gets, what else.
#pragma once

#include "onboard/answerspage.h"
#include "onboard/installationform.h"

#include <map>
#include <set>

class QComboBox;
class QListWidget;
class QListWidgetItem;
class QPushButton;

namespace runner::ui {

class AnswerTable;
class FieldForm;

class BackendIdentityPage final : public BackendPage
{
    Q_OBJECT

public:
    explicit BackendIdentityPage(const workspace::Workspace &centre);

    void setCentre(const workspace::Workspace &centre) override;
    void collect(onboard::BackendAnswers &answers) const override;
    void fill(const onboard::BackendAnswers &answers) override;
    /// The backend to begin like; empty for a blank one.
    std::string model() const;
    /// Says beside the choice which arguments of that backend are not taken over.
    void tellLeftOut(const std::vector<std::string> &arguments);

Q_SIGNALS:
    void modelChosen();

protected:
    bool showProblems(const onboard::FieldProblems &problems, bool all) override;
    void goToError() override;

private:
    void suggestHome();

    bool m_followsId = true; ///< The home folder is the one that was made of the identifier.
    QComboBox *m_model;
    FieldForm *m_form;
    QLineEdit *m_id, *m_name, *m_title, *m_home, *m_versions;
};

class BackendRuntimePage final : public BackendPage
{
    Q_OBJECT

public:
    /// The older layout has no variants of other backends than its own.
    explicit BackendRuntimePage(const workspace::Workspace &centre);

    void collect(onboard::BackendAnswers &answers) const override;
    void fill(const onboard::BackendAnswers &answers) override;
    /// What is suggested is named after it.
    void setBackend(const std::string &id);

protected:
    bool showProblems(const onboard::FieldProblems &problems, bool all) override;
    void goToError() override;

private:
    void suggestArgument();

    std::string m_id;
    QString m_suggestion; ///< For the argument that names the variant.
    FieldForm *m_form;
    QLineEdit *m_baseImage, *m_python, *m_platforms, *m_variantArgument;
    AnswerTable *m_variants;
};

/// The pack centre's services with a tick each, and beside them how the chosen one gets into its image. One that the
/// pack centre does not know yet can be added.
class BackendServicesPage final : public BackendPage
{
    Q_OBJECT

public:
    explicit BackendServicesPage(const workspace::Workspace &centre);

    void setCentre(const workspace::Workspace &centre) override;
    void collect(onboard::BackendAnswers &answers) const override;
    void fill(const onboard::BackendAnswers &answers) override;

protected:
    bool showProblems(const onboard::FieldProblems &problems, bool all) override;
    void goToError() override;

private:
    void layOut();
    QListWidgetItem *addItem(const onboard::ServiceAnswer &service, const QString &name);
    void addNew();
    void addTyped(const onboard::ServiceAnswer &service);
    void removeNew();
    static QString shownName(const onboard::ServiceAnswer &service);
    void onRenamed();
    void showService(int row);
    void keepShown();
    bool isTicked(int row) const;
    bool isNew(int row) const { return m_new.contains(row); }
    QString scopeOf(int row) const;
    bool isWrong(int row) const;
    void markItem(int row, bool wrong);

    QListWidget *m_list;
    QPushButton *m_add;
    QPushButton *m_remove; ///< Takes a service away that the pack centre does not know.
    FieldForm *m_form;
    FieldForm *m_newForm; ///< Of a service that the pack centre does not know.
    QLineEdit *m_id, *m_name;
    InstallationForm *m_service;
    std::set<int> m_new;                             ///< Rows of services that the pack centre does not know.
    std::map<int, onboard::ServiceAnswer> m_answers; ///< By row, ticked or not.
    int m_shown = -1;
    onboard::FieldProblems m_problems;
    bool m_showAll = false;
};

class BackendDetailsPage final : public BackendPage
{
    Q_OBJECT

public:
    /// The older layout has no notes.
    explicit BackendDetailsPage(const workspace::Workspace &centre);

    /// What is suggested is named after them.
    void setNames(const onboard::BackendAnswers &answers);
    void collect(onboard::BackendAnswers &answers) const override;
    void fill(const onboard::BackendAnswers &answers) override;

protected:
    bool showProblems(const onboard::FieldProblems &problems, bool all) override;
    void goToError() override;

private:
    FieldForm *m_form;
    AnswerTable *m_arguments;
    AnswerTable *m_notes;
};

/// Arguments as rows of an AnswerTable, and back.
AnswerTable *makeArgumentTable(const QString &name);
std::vector<onboard::ArgumentAnswer> argumentsOf(const AnswerTable &table);
void setArguments(AnswerTable &table, const std::vector<onboard::ArgumentAnswer> &arguments);

} // namespace runner::ui
