// Which services a backend gets, and how each comes into its image.
#include "onboard/backendpages.h"
#include "onboard/fieldform.h"
#include "theme/theme.h"

#include <QHBoxLayout>
#include <QListWidget>

namespace runner::ui {

BackendServicesPage::BackendServicesPage(const workspace::Workspace &centre)
    : m_list(new QListWidget)
    , m_form(new FieldForm)
    , m_service(new InstallationForm)
{
    setTitle(tr("Its services"));
    setSubTitle(tr("Tick what the backend gets; beside it, say how the chosen service comes into its image."));
    for (const matrix::Service &service : centre.matrix.services) {
        auto *item = new QListWidgetItem(QString::fromStdString(service.name), m_list);
        item->setData(Qt::UserRole, QString::fromStdString(service.id));
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(Qt::Unchecked);
        m_answers[m_list->row(item)].id = service.id;
    }
    m_list->setFixedWidth(20 * gridUnit);
    m_form->addField(QStringLiteral("services"), tr("&Services"), m_list);
    auto *across = new QHBoxLayout(this);
    across->setSpacing(3 * gridUnit);
    across->addWidget(m_form);
    across->addWidget(m_service, 1);
    connect(m_list, &QListWidget::currentRowChanged, this, &BackendServicesPage::showService);
    connect(m_list, &QListWidget::itemChanged, this, [this](QListWidgetItem *item) {
        m_list->setCurrentItem(item);
        showService(m_list->row(item));
        Q_EMIT answersChanged();
    });
    connect(m_service, &InstallationForm::changed, this, [this] {
        keepShown();
        Q_EMIT answersChanged();
    });
    m_list->setCurrentRow(0);
}

bool BackendServicesPage::isTicked(int row) const
{
    return row >= 0 && row < m_list->count() && m_list->item(row)->checkState() == Qt::Checked;
}

void BackendServicesPage::keepShown()
{
    if (m_shown >= 0)
        m_service->collect(m_answers[m_shown]);
}

void BackendServicesPage::showService(int row)
{
    m_service->setEnabled(isTicked(row));
    if (row < 0 || row == m_shown)
        return;
    m_shown = -1; // Filling in is no answer of the user.
    m_service->fill(m_answers[row]);
    m_shown = row;
    showProblems(m_problems, m_showAll);
}

void BackendServicesPage::collect(onboard::BackendAnswers &answers) const
{
    answers.services.clear();
    for (const auto &[row, answer] : m_answers) {
        if (isTicked(row))
            answers.services.push_back(answer);
    }
}

void BackendServicesPage::fill(const onboard::BackendAnswers &answers)
{
    m_shown = -1;
    for (auto &[row, answer] : m_answers) {
        m_list->item(row)->setCheckState(Qt::Unchecked);
        for (const onboard::ServiceAnswer &given : answers.services) {
            if (given.id != answer.id)
                continue;
            answer = given;
            m_list->item(row)->setCheckState(Qt::Checked);
        }
    }
    showService(m_list->currentRow());
}

/// The services' problems are told by their place among the ticked ones.
bool BackendServicesPage::showProblems(const onboard::FieldProblems &problems, bool all)
{
    m_problems = problems;
    m_showAll = all;
    int place = 0;
    for (int row = 0; row < m_list->count(); ++row) {
        const QString scope = isTicked(row) ? QStringLiteral("services[%1]").arg(place++) : QString();
        if (row == m_shown)
            m_service->setScope(scope.isEmpty() ? QStringLiteral("-") : scope + QLatin1Char('.'));
        const bool wrong = !scope.isEmpty() && onboard::hasErrors(onboard::problemsOf(problems, scope.toStdString()));
        QFont font = m_list->font();
        font.setItalic(all && wrong);
        const QSignalBlocker blocker(m_list);
        m_list->item(row)->setFont(font);
        m_list->item(row)->setToolTip(all && wrong ? tr("Something is missing or wrong here.") : QString());
    }
    m_service->setProblems(problems, all);
    return m_form->setProblems(problems, all);
}

} // namespace runner::ui
