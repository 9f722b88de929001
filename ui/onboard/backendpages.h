// The questions about a backend: who it is, what its images stand on, which services it gets, what else.
#pragma once

#include "onboard/answerspage.h"
#include "onboard/installationform.h"

#include <map>

class QComboBox;
class QListWidget;
class QListWidgetItem;

namespace runner::ui {

class AnswerTable;
class FieldForm;

class BackendIdentityPage final : public BackendPage
{
    Q_OBJECT

public:
    explicit BackendIdentityPage(const workspace::Workspace &centre);

    void collect(onboard::BackendAnswers &answers) const override;
    void fill(const onboard::BackendAnswers &answers) override;
    /// The backend to begin like; empty for a blank one.
    std::string model() const;

Q_SIGNALS:
    void modelChosen();

protected:
    bool showProblems(const onboard::FieldProblems &problems, bool all) override;

private:
    QComboBox *m_model;
    FieldForm *m_form;
    QLineEdit *m_id, *m_name, *m_title, *m_home, *m_versions;
};

class BackendRuntimePage final : public BackendPage
{
    Q_OBJECT

public:
    BackendRuntimePage();

    void collect(onboard::BackendAnswers &answers) const override;
    void fill(const onboard::BackendAnswers &answers) override;

protected:
    bool showProblems(const onboard::FieldProblems &problems, bool all) override;

private:
    FieldForm *m_form;
    QLineEdit *m_baseImage, *m_python, *m_platforms, *m_variantArgument;
    AnswerTable *m_variants;
};

/// The pack centre's services with a tick each, and beside them how the chosen one gets into its image.
class BackendServicesPage final : public BackendPage
{
    Q_OBJECT

public:
    explicit BackendServicesPage(const workspace::Workspace &centre);

    void collect(onboard::BackendAnswers &answers) const override;
    void fill(const onboard::BackendAnswers &answers) override;

protected:
    bool showProblems(const onboard::FieldProblems &problems, bool all) override;

private:
    void showService(int row);
    void keepShown();
    bool isTicked(int row) const;

    QListWidget *m_list;
    FieldForm *m_form;
    InstallationForm *m_service;
    std::map<int, onboard::ServiceAnswer> m_answers; ///< By row, ticked or not.
    int m_shown = -1;
    onboard::FieldProblems m_problems;
    bool m_showAll = false;
};

class BackendDetailsPage final : public BackendPage
{
    Q_OBJECT

public:
    BackendDetailsPage();

    void collect(onboard::BackendAnswers &answers) const override;
    void fill(const onboard::BackendAnswers &answers) override;

protected:
    bool showProblems(const onboard::FieldProblems &problems, bool all) override;

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
