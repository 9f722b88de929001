// Which services a backend gets, and how each comes into its image.
#include "onboard/backendpages.h"
#include "onboard/fieldform.h"
#include "theme/theme.h"

#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <iterator>

namespace runner::ui {

BackendServicesPage::BackendServicesPage(const workspace::Workspace &centre)
    : m_list(new QListWidget)
    , m_add(new QPushButton(tr("&Another service")))
    , m_remove(new QPushButton(tr("&Remove it")))
    , m_form(new FieldForm)
    , m_newForm(new FieldForm)
    , m_id(makeLine(QStringLiteral("tei")))
    , m_name(makeLine(QStringLiteral("TEI")))
    , m_service(new InstallationForm)
{
    setTitle(tr("Its services"));
    setSubTitle(tr("Tick what the backend gets, and say how the chosen service comes into its image."));
    BackendServicesPage::setCentre(centre);
    layOut();
    connect(m_list, &QListWidget::currentRowChanged, this, &BackendServicesPage::showService);
    connect(m_list, &QListWidget::itemChanged, this, [this](QListWidgetItem *item) {
        m_list->setCurrentItem(item);
        showService(m_list->row(item));
        Q_EMIT answersChanged();
    });
    connect(m_add, &QPushButton::clicked, this, &BackendServicesPage::addNew);
    connect(m_remove, &QPushButton::clicked, this, &BackendServicesPage::removeNew);
    for (const QLineEdit *line : {m_id, m_name})
        connect(line, &QLineEdit::textEdited, this, &BackendServicesPage::onRenamed);
    connect(m_service, &InstallationForm::changed, this, [this] {
        keepShown();
        Q_EMIT answersChanged();
    });
    m_list->setCurrentRow(0);
}

void BackendServicesPage::setCentre(const workspace::Workspace &centre)
{
    for (const matrix::Service &service : centre.matrix.services) {
        if (std::any_of(m_answers.begin(), m_answers.end(),
                        [&](const auto &row) { return row.second.id == service.id; }))
            continue;
        onboard::ServiceAnswer answer;
        answer.id = service.id;
        addItem(answer, QString::fromStdString(service.name));
    }
}

void BackendServicesPage::layOut()
{
    m_list->setFixedWidth(20 * gridUnit);
    m_list->setSpacing(gridUnit / 4);
    fitRows(*m_list);
    m_add->setObjectName(QStringLiteral("servicesAdd"));
    m_add->setAutoDefault(false);
    m_add->setToolTip(tr("One that this pack centre does not know yet"));
    m_remove->setObjectName(QStringLiteral("servicesRemove"));
    m_remove->setAutoDefault(false);
    m_remove->setMinimumWidth(m_add->sizeHint().width()); // Below each other they are alike.
    m_remove->setToolTip(tr("Takes away the chosen service, which is new"));
    m_remove->hide();
    m_form->addField(QStringLiteral("services"), tr("&Services"), m_list);
    m_newForm->addField(QStringLiteral("id"), tr("&Identifier"), m_id,
                        tr("Lower-case letters and digits. It stands in the tags and names the stage."));
    m_newForm->addField(QStringLiteral("name"), tr("Nam&e"), m_name,
                        tr("As the support table shows it. Empty: the identifier."));
    m_service->alignWith({m_form, m_newForm});
    auto *left = new QVBoxLayout;
    left->setSpacing(gridUnit);
    left->addWidget(m_form);
    left->addWidget(m_add, 0, Qt::AlignRight);
    left->addWidget(m_remove, 0, Qt::AlignRight);
    left->addStretch(1);
    auto *right = new QVBoxLayout;
    right->setSpacing(gridUnit);
    right->addWidget(m_newForm);
    right->addWidget(m_service, 1);
    QBoxLayout *across = makeColumns();
    across->addLayout(left);
    across->addLayout(right, 1);
}

QListWidgetItem *BackendServicesPage::addItem(const onboard::ServiceAnswer &service, const QString &name)
{
    const QSignalBlocker blocker(m_list);
    auto *item = new QListWidgetItem(name, m_list);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
    item->setCheckState(Qt::Unchecked);
    m_answers[m_list->row(item)] = service;
    return item;
}

void BackendServicesPage::addNew()
{
    QListWidgetItem *item = addItem({}, tr("New service"));
    m_new.insert(m_list->row(item));
    fitRows(*m_list);
    item->setCheckState(Qt::Checked); // Chooses it, too.
    m_id->setFocus();
}

/// One that the pack centre does not know, as it was typed before.
void BackendServicesPage::addTyped(const onboard::ServiceAnswer &service)
{
    QListWidgetItem *item = addItem(service, shownName(service));
    m_new.insert(m_list->row(item));
    fitRows(*m_list);
    const QSignalBlocker blocker(m_list);
    item->setCheckState(Qt::Checked);
}

/// The rows below it move up, with their answers.
void BackendServicesPage::removeNew()
{
    const int gone = m_list->currentRow();
    if (!isNew(gone))
        return;
    const auto moved = [gone](int row) { return row > gone ? row - 1 : row; };
    m_shown = -1;
    m_answers.erase(gone);
    m_new.erase(gone);
    std::map<int, onboard::ServiceAnswer> answers;
    for (auto &[row, answer] : m_answers)
        answers[moved(row)] = std::move(answer);
    m_answers = std::move(answers);
    std::set<int> others;
    for (const int row : m_new)
        others.insert(moved(row));
    m_new = std::move(others);
    {
        const QSignalBlocker blocker(m_list);
        delete m_list->takeItem(gone);
    }
    fitRows(*m_list);
    showService(m_list->currentRow());
    m_list->setFocus();
    Q_EMIT answersChanged();
}

QString BackendServicesPage::shownName(const onboard::ServiceAnswer &service)
{
    const std::string &shown = service.name.empty() ? service.id : service.name;
    return shown.empty() ? tr("New service") : QString::fromStdString(shown);
}

void BackendServicesPage::onRenamed()
{
    onboard::ServiceAnswer &answer = m_answers[m_shown];
    answer.id = m_id->text().trimmed().toStdString();
    answer.name = m_name->text().trimmed().toStdString();
    m_service->setService(answer.id);
    const QSignalBlocker blocker(m_list);
    m_list->item(m_shown)->setText(shownName(answer));
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
    m_newForm->setEnabled(isTicked(row));
    m_newForm->setVisible(isNew(row));
    m_remove->setVisible(isNew(row));
    if (row < 0 || row == m_shown)
        return;
    m_shown = -1; // Filling in is no answer of the user.
    m_service->fill(m_answers[row]);
    m_service->setService(m_answers[row].id);
    const QSignalBlocker ids(m_id), names(m_name);
    m_id->setText(QString::fromStdString(m_answers[row].id));
    m_name->setText(QString::fromStdString(m_answers[row].name));
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
    std::vector<onboard::ServiceAnswer> left =
        answers.services; // Of new ones without an identifier there may be several.
    {
        const QSignalBlocker blocker(m_list);
        for (auto &[row, answer] : m_answers) {
            const auto given =
                std::find_if(left.begin(), left.end(), [id = answer.id](const auto &each) { return each.id == id; });
            if (given == left.end()) {
                if (isTicked(row)) // By the model before: what was typed would be among the answers.
                    answer = {answer.id, answer.name, {}, {}, {}, {}, {}};
                m_list->item(row)->setCheckState(Qt::Unchecked);
                continue;
            }
            m_list->item(row)->setCheckState(Qt::Checked);
            answer = *given;
            left.erase(given);
        }
    }
    for (const onboard::ServiceAnswer &other : left)
        addTyped(other);
    {
        const QSignalBlocker blocker(m_list);
        chooseTicked(*m_list);
    }
    showService(m_list->currentRow());
    Q_EMIT answersChanged();
}

/// The services' problems are told by their place among the ticked ones.
QString BackendServicesPage::scopeOf(int row) const
{
    int place = 0;
    for (int above = 0; above < row; ++above)
        place += isTicked(above) ? 1 : 0;
    return isTicked(row) ? QStringLiteral("services[%1]").arg(place) : QStringLiteral("-");
}

bool BackendServicesPage::isWrong(int row) const
{
    return isTicked(row) && onboard::hasErrors(onboard::problemsOf(m_problems, scopeOf(row).toStdString()));
}

bool BackendServicesPage::showProblems(const onboard::FieldProblems &problems, bool all)
{
    m_problems = problems;
    m_showAll = all;
    const QSignalBlocker blocker(m_list);
    for (int row = 0; row < m_list->count(); ++row)
        markItem(row, all && isWrong(row));
    const QString scope = scopeOf(m_shown) + QLatin1Char('.');
    m_service->setScope(scope);
    m_newForm->setScope(scope);
    m_newForm->setProblems(problems, all);
    m_service->setProblems(problems, all);
    onboard::FieldProblems own; // What is wrong with a chosen one is told beside it.
    std::copy_if(problems.begin(), problems.end(), std::back_inserter(own),
                 [](const onboard::FieldProblem &problem) { return problem.field == "services"; });
    m_form->setProblems(own, all);
    return !onboard::hasErrors(onboard::problemsOf(problems, "services"));
}

void BackendServicesPage::markItem(int row, bool wrong)
{
    QFont font = m_list->font();
    font.setItalic(wrong);
    m_list->item(row)->setFont(font);
    m_list->item(row)->setToolTip(wrong ? tr("Something is missing or wrong here.") : QString());
}

void BackendServicesPage::goToError()
{
    for (int row = 0; row < m_list->count(); ++row) {
        if (!isWrong(row))
            continue;
        m_list->setCurrentRow(row);
        if (m_newForm->goToError() || m_service->goToError())
            return;
    }
    m_form->goToError();
}

} // namespace runner::ui
