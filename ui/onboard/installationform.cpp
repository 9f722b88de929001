#include "onboard/installationform.h"

#include "expand/plan.h"
#include "onboard/answerspage.h"
#include "onboard/fieldform.h"
#include "theme/theme.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace runner::ui {

using onboard::Installation;

namespace {

QString hintOf(Installation installation)
{
    switch (installation) {
    case Installation::Contained:
        return InstallationForm::tr("The build fails where the image holds another version, or none.");
    case Installation::Packages:
        return InstallationForm::tr("The build installs it at the version, into the base image.");
    case Installation::OwnStages:
        break;
    }
    return InstallationForm::tr("You write the part of the Dockerfile that makes its image.");
}

QString hintOfBase(const QString &argument)
{
    return InstallationForm::tr("Empty: the backend's own. May refer to arguments, as in ${%1}.").arg(argument);
}

} // namespace

QString stagesLike(const QString &id)
{
    const QString name = id.toUpper();
    return QStringLiteral("FROM ${%1_BASE_IMAGE} AS %2\nSHELL [\"/bin/bash\", \"-eo\", \"pipefail\", \"-c\"]\n\n"
                          "ARG %1_VERSION\n\nRUN …\n\nWORKDIR /\nENTRYPOINT [\"tini\", \"--\"]\n")
        .arg(name, id);
}

InstallationForm::InstallationForm(QWidget *parent)
    : QWidget(parent)
    , m_form(new FieldForm)
    , m_versions(new QLineEdit)
    , m_package(new QLineEdit)
    , m_baseImage(new QLineEdit)
    , m_installation(new QComboBox)
    , m_stages(new QPlainTextEdit)
{
    m_installation->addItem(tr("It is in the base image"), static_cast<int>(Installation::Contained));
    m_installation->addItem(tr("It is installed from the Python package index"),
                            static_cast<int>(Installation::Packages));
    m_installation->addItem(tr("By stages of its own"), static_cast<int>(Installation::OwnStages));
    m_stages->setFont(codeFont(font()));
    m_stages->setTabChangesFocus(true);
    m_stages->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_versions->setPlaceholderText(QStringLiteral("0.11.0, 0.12.0"));
    m_stages->setPlaceholderText(stagesLike(QStringLiteral("vllm")));
    m_form->addField(QStringLiteral("versions"), tr("&Versions"), m_versions,
                     tr("The first is what the Dockerfile builds without an argument; each further one gets a rule."));
    m_form->addField(QStringLiteral("installation"), tr("Ins&tallation"), m_installation);
    m_form->addField(QStringLiteral("package"), tr("Python &package"), m_package,
                     tr("Empty: named like the service. The build asks it for its version."));
    m_form->addField(QStringLiteral("base_image"), tr("Base i&mage"), m_baseImage,
                     hintOfBase(QStringLiteral("VLLM_VERSION")));
    m_form->addField(QStringLiteral("stages"), tr("Sta&ges"), m_stages,
                     tr("From a FROM on; the last stage is named after the service."));
    auto *down = new QVBoxLayout(this);
    down->setContentsMargins(0, 0, 0, 0);
    down->addWidget(m_form);
    down->addStretch(1);
    for (QLineEdit *line : {m_versions, m_package, m_baseImage})
        connect(line, &QLineEdit::textChanged, this, &InstallationForm::changed);
    connect(m_stages, &QPlainTextEdit::textChanged, this, &InstallationForm::changed);
    connect(m_installation, &QComboBox::currentIndexChanged, this, &InstallationForm::adapt);
    connect(m_installation, &QComboBox::currentIndexChanged, this, &InstallationForm::changed);
    adapt();
}

void InstallationForm::adapt()
{
    const auto chosen = static_cast<Installation>(m_installation->currentData().toInt());
    const bool own = chosen == Installation::OwnStages;
    m_form->setHint(QStringLiteral("installation"), hintOf(chosen));
    m_form->setFieldVisible(QStringLiteral("package"), !own);
    m_form->setFieldVisible(QStringLiteral("stages"), own);
}

void InstallationForm::setService(const std::string &id)
{
    if (!isPlainIdentifier(id))
        return;
    m_form->setHint(QStringLiteral("base_image"),
                    hintOfBase(QString::fromStdString(expand::argumentName(id, "VERSION"))));
    m_stages->setPlaceholderText(stagesLike(QString::fromStdString(id)));
    m_package->setPlaceholderText(QString::fromStdString(id));
}

void InstallationForm::alignWith(std::vector<FieldForm *> others)
{
    others.push_back(m_form);
    FieldForm::alignLabels(others);
}

void InstallationForm::collect(onboard::ServiceAnswer &answer) const
{
    answer.versions = listOf(m_versions->text());
    answer.installation = static_cast<Installation>(m_installation->currentData().toInt());
    const bool own = answer.installation == Installation::OwnStages;
    answer.package = own ? std::string() : m_package->text().trimmed().toStdString();
    answer.baseImage = m_baseImage->text().trimmed().toStdString();
    answer.stages = own ? m_stages->toPlainText().toStdString() : std::string();
}

void InstallationForm::fill(const onboard::ServiceAnswer &answer)
{
    m_versions->setText(listText(answer.versions));
    m_installation->setCurrentIndex(m_installation->findData(static_cast<int>(answer.installation)));
    m_package->setText(QString::fromStdString(answer.package));
    m_baseImage->setText(QString::fromStdString(answer.baseImage));
    m_stages->setPlainText(QString::fromStdString(answer.stages));
}

void InstallationForm::setScope(const QString &scope)
{
    m_form->setScope(scope);
}

bool InstallationForm::setProblems(const onboard::FieldProblems &problems, bool all)
{
    return m_form->setProblems(problems, all);
}

bool InstallationForm::goToError()
{
    return m_form->goToError();
}

} // namespace runner::ui
