// The questions about a service: what it is and how it comes into an image, and which backends get it.
#pragma once

#include "onboard/answerspage.h"
#include "onboard/installationform.h"

#include <map>

class QListWidget;
class QVBoxLayout;

namespace runner::ui {

class AnswerTable;
class FieldForm;

class ServiceIdentityPage final : public ServicePage
{
    Q_OBJECT

public:
    ServiceIdentityPage();

    void collect(onboard::ServiceAnswers &answers) const override;
    void fill(const onboard::ServiceAnswers &answers) override;

protected:
    bool showProblems(const onboard::FieldProblems &problems, bool all) override;
    void goToError() override;

private:
    FieldForm *m_form;
    QLineEdit *m_id, *m_name;
    InstallationForm *m_service;
};

/// The backends with a tick each, and beside them what is different for the chosen one.
class ServiceTargetsPage final : public ServicePage
{
    Q_OBJECT

public:
    explicit ServiceTargetsPage(const workspace::Workspace &centre);

    void setCentre(const workspace::Workspace &centre) override;
    /// Only a service that is made by own stages can have others for a backend.
    void setOwnStages(bool own);
    /// What is suggested is named after it.
    void setService(const std::string &id);
    void collect(onboard::ServiceAnswers &answers) const override;
    void fill(const onboard::ServiceAnswers &answers) override;

protected:
    bool showProblems(const onboard::FieldProblems &problems, bool all) override;
    void goToError() override;

private:
    void setUpTarget();
    void hintUsual(int row);
    void showTarget(int row);
    void keepShown();
    bool isTicked(int row) const;
    QString scopeOf(int row) const;

    QListWidget *m_list;
    FieldForm *m_form;
    FieldForm *m_target;
    QLineEdit *m_versions, *m_variants, *m_platforms, *m_baseImage;
    QPlainTextEdit *m_stages;
    QVBoxLayout *m_right;                            ///< Of what is said of one backend.
    std::map<int, onboard::ServiceTarget> m_targets; ///< By row, ticked or not.
    std::map<int, onboard::ServiceTarget> m_usual;   ///< By row, what empty answers mean.
    int m_shown = -1;
    bool m_ownStages = true;
    onboard::FieldProblems m_problems;
    bool m_showAll = false;
};

class ServiceArgumentsPage final : public ServicePage
{
    Q_OBJECT

public:
    ServiceArgumentsPage();

    /// What is suggested is named after it.
    void setService(const std::string &id);
    void collect(onboard::ServiceAnswers &answers) const override;
    void fill(const onboard::ServiceAnswers &answers) override;

protected:
    bool showProblems(const onboard::FieldProblems &problems, bool all) override;
    void goToError() override;

private:
    FieldForm *m_form;
    AnswerTable *m_arguments;
};

} // namespace runner::ui
