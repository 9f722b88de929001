// How a service gets into an image: its versions, the package or the stages, the base image.
#pragma once

#include "onboard/answers.h"
#include "onboard/validate.h"

#include <QWidget>

#include <vector>

class QComboBox;
class QLineEdit;
class QPlainTextEdit;

namespace runner::ui {

class FieldForm;

/// How stages of a service begin, for a field that is empty.
QString stagesLike(const QString &id);

class InstallationForm final : public QWidget
{
    Q_OBJECT

public:
    explicit InstallationForm(QWidget *parent = nullptr);

    /// Versions, installation, package, base image and stages; identifier and name are left alone.
    void collect(onboard::ServiceAnswer &answer) const;
    void fill(const onboard::ServiceAnswer &answer);
    /// What is suggested is named after it.
    void setService(const std::string &id);
    /// Where the fields stand in the answers: "services[1].".
    void setScope(const QString &scope);
    bool setProblems(const onboard::FieldProblems &problems, bool all);
    /// The cursor goes to the first field with an error; false where none has one.
    bool goToError();
    /// \a others stand above this form and look like parts of it.
    void alignWith(std::vector<FieldForm *> others);

Q_SIGNALS:
    void changed();

private:
    void adapt();

    FieldForm *m_form;
    QLineEdit *m_versions, *m_package, *m_baseImage;
    QComboBox *m_installation;
    QPlainTextEdit *m_stages;
};

} // namespace runner::ui
