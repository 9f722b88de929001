#include "onboard/servicepages.h"

#include "expand/plan.h"
#include "onboard/answertable.h"
#include "onboard/backendpages.h"
#include "onboard/fieldform.h"
#include "theme/theme.h"

#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QVBoxLayout>

#include <algorithm>
#include <iterator>

namespace runner::ui {

ServiceIdentityPage::ServiceIdentityPage()
    : m_form(new FieldForm)
    , m_id(makeLine(QStringLiteral("tei")))
    , m_name(makeLine(QStringLiteral("TEI")))
    , m_service(new InstallationForm)
{
    setTitle(tr("The service"));
    setSubTitle(tr("What it is called, and how it comes into an image."));
    m_form->addField(QStringLiteral("id"), tr("&Identifier"), m_id,
                     tr("Lower-case letters and digits. It stands in the tags and names the stage."));
    m_form->addField(QStringLiteral("name"), tr("Nam&e"), m_name,
                     tr("As the support table shows it. Empty: the identifier."));
    m_form->setScope(QStringLiteral("service."));
    m_service->setScope(QStringLiteral("service."));
    m_service->alignWith({m_form});
    auto *down = new QVBoxLayout(this);
    down->setSpacing(gridUnit);
    down->addWidget(m_form);
    down->addWidget(m_service, 1);
    connect(m_service, &InstallationForm::changed, this, &AnswersPage::answersChanged);
    connect(m_id, &QLineEdit::textChanged, this,
            [this] { m_service->setService(m_id->text().trimmed().toStdString()); });
}

void ServiceIdentityPage::collect(onboard::ServiceAnswers &answers) const
{
    answers.service.id = m_id->text().trimmed().toStdString();
    answers.service.name = m_name->text().trimmed().toStdString();
    m_service->collect(answers.service);
}

void ServiceIdentityPage::fill(const onboard::ServiceAnswers &answers)
{
    m_id->setText(QString::fromStdString(answers.service.id));
    m_name->setText(QString::fromStdString(answers.service.name));
    m_service->fill(answers.service);
}

bool ServiceIdentityPage::showProblems(const onboard::FieldProblems &problems, bool all)
{
    const bool named = m_form->setProblems(problems, all);
    return m_service->setProblems(problems, all) && named;
}

void ServiceIdentityPage::goToError()
{
    if (!m_form->goToError())
        m_service->goToError();
}

ServiceTargetsPage::ServiceTargetsPage(const workspace::Workspace &centre)
    : m_list(new QListWidget)
    , m_form(new FieldForm)
    , m_target(new FieldForm)
    , m_versions(makeLine())
    , m_variants(makeLine())
    , m_platforms(makeLine())
    , m_baseImage(makeLine())
    , m_stages(makeText(stagesLike(QStringLiteral("tei"))))
    , m_right(new QVBoxLayout)
{
    setTitle(tr("Its backends"));
    setSubTitle(tr("Tick the backends that get the service, and say what is different for the chosen one."));
    ServiceTargetsPage::setCentre(centre);
    m_list->setFixedWidth(24 * gridUnit);
    m_list->setSpacing(gridUnit / 4);
    fitRows(*m_list);
    m_form->addField(QStringLiteral("backends"), tr("Bac&kends"), m_list);
    setUpTarget();
    FieldForm::alignLabels({m_form, m_target}); // In a narrow window one stands below the other.
    QBoxLayout *across = makeColumns();
    across->addWidget(m_form);
    across->addLayout(m_right, 1);
    m_right->addWidget(m_target);
    m_right->addStretch(0);
    connect(m_list, &QListWidget::currentRowChanged, this, &ServiceTargetsPage::showTarget);
    connect(m_list, &QListWidget::itemChanged, this, [this](QListWidgetItem *item) {
        m_list->setCurrentItem(item);
        showTarget(m_list->row(item));
        Q_EMIT answersChanged();
    });
    connect(this, &AnswersPage::answersChanged, this, &ServiceTargetsPage::keepShown);
    m_list->setCurrentRow(0);
}

void ServiceTargetsPage::setCentre(const workspace::Workspace &centre)
{
    const QSignalBlocker blocker(m_list);
    for (const matrix::Backend &backend : centre.matrix.backends) {
        if (std::any_of(m_targets.begin(), m_targets.end(),
                        [&](const auto &row) { return row.second.backend == backend.id; }))
            continue;
        auto *item = new QListWidgetItem(QString::fromStdString(backend.name), m_list);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(Qt::Unchecked);
        m_targets[m_list->row(item)].backend = backend.id;
        m_usual[m_list->row(item)] = onboard::usualTarget(centre, backend.id);
    }
}

void ServiceTargetsPage::setUpTarget()
{
    m_target->addField(QStringLiteral("versions"), tr("Backend &versions"), m_versions,
                       tr("Empty: the one that the Dockerfile builds without an argument."));
    m_target->addField(QStringLiteral("variants"), tr("V&ariants"), m_variants, tr("Empty: all of them."));
    m_target->addField(QStringLiteral("platforms"), tr("&Platforms"), m_platforms,
                       tr("Empty: those of the backend's first rule."));
    m_target->addField(QStringLiteral("base_image"), tr("Base &image"), m_baseImage,
                       tr("Empty: the service's, else the backend's own."));
    m_target->addField(QStringLiteral("stages"), tr("Sta&ges"), m_stages, tr("Empty: the service's."));
}

void ServiceTargetsPage::setOwnStages(bool own)
{
    m_ownStages = own;
    m_target->setFieldVisible(QStringLiteral("stages"), own);
    m_right->setStretchFactor(m_target, own ? 1 : 0); // They take what is left of the height; lines take none.
}

void ServiceTargetsPage::setService(const std::string &id)
{
    if (isPlainIdentifier(id))
        m_stages->setPlaceholderText(stagesLike(QString::fromStdString(id)));
}

/// What an empty field stands for is in it, dim.
void ServiceTargetsPage::hintUsual(int row)
{
    const onboard::ServiceTarget &usual = m_usual[row];
    m_versions->setPlaceholderText(listText(usual.versions));
    m_variants->setPlaceholderText(listText(usual.variants));
    m_platforms->setPlaceholderText(listText(usual.platforms));
    m_target->setHint(QStringLiteral("variants"), usual.variants.empty()
                                                      ? tr("This backend has none.")
                                                      : tr("Empty: all of them. Else some, separated by commas."));
}

bool ServiceTargetsPage::isTicked(int row) const
{
    return row >= 0 && row < m_list->count() && m_list->item(row)->checkState() == Qt::Checked;
}

void ServiceTargetsPage::keepShown()
{
    if (m_shown < 0)
        return;
    onboard::ServiceTarget &target = m_targets[m_shown];
    target.versions = listOf(m_versions->text());
    target.variants = listOf(m_variants->text());
    target.platforms = listOf(m_platforms->text());
    target.baseImage = m_baseImage->text().trimmed().toStdString();
    target.stages = m_stages->toPlainText().toStdString();
}

void ServiceTargetsPage::showTarget(int row)
{
    m_target->setEnabled(isTicked(row));
    if (row < 0 || row == m_shown)
        return;
    m_shown = -1; // Filling in is no answer of the user.
    const onboard::ServiceTarget target = m_targets[row];
    hintUsual(row);
    m_versions->setText(listText(target.versions));
    m_variants->setText(listText(target.variants));
    m_platforms->setText(listText(target.platforms));
    m_baseImage->setText(QString::fromStdString(target.baseImage));
    m_stages->setPlainText(QString::fromStdString(target.stages));
    m_shown = row;
    showProblems(m_problems, m_showAll);
}

void ServiceTargetsPage::collect(onboard::ServiceAnswers &answers) const
{
    answers.backends.clear();
    for (const auto &[row, target] : m_targets) {
        if (!isTicked(row))
            continue;
        answers.backends.push_back(target);
        if (!m_ownStages)
            answers.backends.back().stages.clear();
    }
}

/// A backend that is there no more has no row.
void ServiceTargetsPage::fill(const onboard::ServiceAnswers &answers)
{
    m_shown = -1;
    {
        const QSignalBlocker blocker(m_list);
        for (auto &[row, target] : m_targets) {
            const auto given = std::find_if(answers.backends.begin(), answers.backends.end(),
                                            [id = target.backend](const auto &each) { return each.backend == id; });
            m_list->item(row)->setCheckState(given == answers.backends.end() ? Qt::Unchecked : Qt::Checked);
            if (given != answers.backends.end())
                target = *given;
        }
    }
    {
        const QSignalBlocker blocker(m_list);
        chooseTicked(*m_list);
    }
    showTarget(m_list->currentRow());
    Q_EMIT answersChanged();
}

bool ServiceTargetsPage::showProblems(const onboard::FieldProblems &problems, bool all)
{
    m_problems = problems;
    m_showAll = all;
    m_target->setScope(scopeOf(m_shown) + QLatin1Char('.'));
    m_target->setProblems(problems, all);
    onboard::FieldProblems own; // What is wrong with a chosen one is told beside it.
    std::copy_if(problems.begin(), problems.end(), std::back_inserter(own),
                 [](const onboard::FieldProblem &problem) { return problem.field == "backends"; });
    m_form->setProblems(own, all);
    return !onboard::hasErrors(onboard::problemsOf(problems, "backends"));
}

/// The targets' problems are told by their place among the ticked ones.
QString ServiceTargetsPage::scopeOf(int row) const
{
    int place = 0;
    for (int above = 0; above < row; ++above)
        place += isTicked(above) ? 1 : 0;
    return isTicked(row) ? QStringLiteral("backends[%1]").arg(place) : QStringLiteral("-");
}

void ServiceTargetsPage::goToError()
{
    for (int row = 0; row < m_list->count(); ++row) {
        if (!onboard::hasErrors(onboard::problemsOf(m_problems, scopeOf(row).toStdString())))
            continue;
        m_list->setCurrentRow(row);
        if (m_target->goToError())
            return;
    }
    m_form->goToError();
}

ServiceArgumentsPage::ServiceArgumentsPage()
    : m_form(new FieldForm)
    , m_arguments(makeArgumentTable(QStringLiteral("arguments")))
{
    setTitle(tr("Its arguments"));
    setSubTitle(tr("Build arguments besides its version and base image."));
    m_form->addField(QStringLiteral("arguments"), tr("&Arguments"), m_arguments);
    auto *down = new QVBoxLayout(this);
    down->addWidget(m_form);
    down->addStretch(1);
    connect(m_arguments, &AnswerTable::changed, this, &AnswersPage::answersChanged);
    setService("tei");
}

void ServiceArgumentsPage::setService(const std::string &id)
{
    if (isPlainIdentifier(id))
        m_form->setHint(
            QStringLiteral("arguments"),
            tr("Named after the service, in capitals: %1…").arg(QString::fromStdString(expand::argumentName(id, ""))));
}

void ServiceArgumentsPage::collect(onboard::ServiceAnswers &answers) const
{
    answers.arguments = argumentsOf(*m_arguments);
}

void ServiceArgumentsPage::fill(const onboard::ServiceAnswers &answers)
{
    setArguments(*m_arguments, answers.arguments);
}

bool ServiceArgumentsPage::showProblems(const onboard::FieldProblems &problems, bool all)
{
    return m_form->setProblems(problems, all);
}

void ServiceArgumentsPage::goToError()
{
    m_form->goToError();
}

} // namespace runner::ui
