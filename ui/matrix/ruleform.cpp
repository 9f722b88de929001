#include "matrix/ruleform.h"

#include "documents/matrixdocument.h"
#include "matrix/argumentsmodel.h"
#include "matrix/choicebox.h"
#include "matrix/edit/ruleedits.h"
#include "matrix/headerwords.h"
#include "matrix/ruleargumentdelegate.h"
#include "theme/theme.h"

#include <QAction>
#include <QComboBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <set>

namespace runner::ui {

namespace {

using Rules = std::vector<const matrix::Rule *>;

template <typename Has>
Qt::CheckState stateOf(const Rules &rules, Has has)
{
    const auto count = std::count_if(rules.begin(), rules.end(), has);
    if (count == 0)
        return Qt::Unchecked;
    return count == static_cast<long>(rules.size()) ? Qt::Checked : Qt::PartiallyChecked;
}

bool hasService(const matrix::Rule &rule, const std::string &id)
{
    return std::any_of(rule.services.begin(), rule.services.end(),
                       [&id](const matrix::Value &value) { return value.text == id; });
}

bool hasPlatform(const matrix::Rule &rule, const std::string &id)
{
    const auto platforms = rule.effectivePlatforms();
    return std::find(platforms.begin(), platforms.end(), id) != platforms.end();
}

void addMissing(std::vector<std::string> &list, const std::string &value)
{
    if (std::find(list.begin(), list.end(), value) == list.end())
        list.push_back(value);
}

} // namespace

RuleForm::RuleForm(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("ruleForm"));
    m_heading = new QLabel;
    m_heading->setObjectName(QStringLiteral("ruleHeading"));
    m_heading->setFont(boldFont(font()));
    m_heading->setWordWrap(true);
    m_note = new QLabel;
    m_note->setObjectName(QStringLiteral("ruleNote"));
    m_note->setWordWrap(true);
    m_note->setAlignment(Qt::AlignTop | Qt::AlignLeft); // Without a rule it has the form for itself.
    m_note->hide();
    connect(m_note, &QLabel::linkActivated, this, &RuleForm::enableRequested);
    setUpFields();
    setUpTable();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(gridUnit, gridUnit, gridUnit, gridUnit);
    layout->setSpacing(gridUnit);
    layout->addWidget(m_heading);
    layout->addWidget(m_note);
    layout->addWidget(m_fields);
    layout->addWidget(m_table, 1);
}

void RuleForm::setUpFields()
{
    m_fields = new QWidget;
    m_fields->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    auto *form = new QFormLayout(m_fields);
    form->setContentsMargins(0, 0, 0, 0);
    form->setSpacing(gridUnit);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_backend = new QComboBox;
    m_backend->setObjectName(QStringLiteral("ruleBackend"));
    m_backend->setAccessibleName(tr("Backend"));
    m_services = new ChoiceBox(QStringLiteral("ruleService"));
    m_platforms = new ChoiceBox(QStringLiteral("rulePlatform"));
    form->addRow(tr("Bac&kend"), m_backend); // The tab beside it has the B.
    form->addRow(tr("Services"), m_services);
    form->addRow(tr("Platforms"), m_platforms);
    connect(m_backend, &QComboBox::activated, this,
            [this](int index) { setBackend(m_backend->itemData(index).toString()); });
    connect(m_services, &ChoiceBox::chosen, this, &RuleForm::setService);
    connect(m_platforms, &ChoiceBox::chosen, this, &RuleForm::setPlatform);
}

void RuleForm::setUpTable()
{
    m_arguments = new ArgumentsModel(this);
    m_table = new QTableView;
    m_table->setObjectName(QStringLiteral("ruleArguments"));
    m_table->setAccessibleName(tr("Arguments of the rule"));
    m_table->setModel(m_arguments);
    m_table->setItemDelegate(new RuleArgumentDelegate(m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed
                             | QAbstractItemView::AnyKeyPressed | QAbstractItemView::SelectedClicked);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setFont(codeFont(font()));
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(3 * gridUnit);
    m_table->setMinimumHeight(12 * gridUnit);
    QHeaderView *header = m_table->horizontalHeader();
    header->setFont(font());
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setHighlightSections(false);
    header->setSectionResizeMode(QHeaderView::Stretch);
    header->setTextElideMode(Qt::ElideRight);
    auto *remove = new QAction(tr("&Remove argument"), m_table);
    remove->setObjectName(QStringLiteral("removeArgument"));
    remove->setShortcut(QKeySequence::Delete);
    remove->setShortcutContext(Qt::WidgetShortcut);
    m_table->addAction(remove);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(remove, &QAction::triggered, this, &RuleForm::removeArguments);
    connect(m_arguments, &ArgumentsModel::setRequested, this, &RuleForm::setArgument, Qt::QueuedConnection);
    connect(m_arguments, &ArgumentsModel::addRequested, this, &RuleForm::addArgument, Qt::QueuedConnection);
    connect(m_arguments, &ArgumentsModel::renameRequested, this, &RuleForm::renameArgument, Qt::QueuedConnection);
}

void RuleForm::setWorkspace(const LoadedPointer &loaded)
{
    m_loaded = loaded;
    refresh();
}

void RuleForm::setRules(std::vector<RuleRef> rules)
{
    m_rules = std::move(rules);
    refresh();
}

Rules RuleForm::chosen() const
{
    Rules rules;
    if (!m_matrix)
        return rules;
    const matrix::Matrix &matrix = m_matrix->matrix();
    for (const RuleRef &rule : m_rules) {
        if (!rule.disabled && rule.index < matrix.rules.size())
            rules.push_back(&matrix.rules[rule.index]);
        else if (rule.disabled && rule.index < matrix.disabledRules.size() && m_rules.size() == 1)
            rules.push_back(&matrix.disabledRules[rule.index].rule);
    }
    return rules;
}

std::vector<std::size_t> RuleForm::indices() const
{
    std::vector<std::size_t> result;
    for (const RuleRef &rule : m_rules) {
        if (!rule.disabled)
            result.push_back(rule.index);
    }
    return result;
}

void RuleForm::refresh()
{
    const Rules rules = chosen();
    const bool disabled = m_rules.size() == 1 && m_rules.front().disabled;
    const bool broken = m_matrix && m_matrix->error();
    showHeading(rules);
    m_note->setVisible(broken || disabled);
    m_note->setTextFormat(broken ? Qt::PlainText : Qt::RichText);
    m_note->setTextInteractionFlags(broken ? Qt::TextSelectableByMouse
                                           : Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    if (broken)
        m_note->setText(whyOff(*m_matrix));
    else if (disabled)
        m_note->setText(
            tr("This rule is commented out and packs nothing. <a href=\"enable\">Enable it</a> to edit it."));
    m_fields->setEnabled(!rules.empty() && !broken && !disabled);
    m_fields->setVisible(!rules.empty());
    m_table->setVisible(!rules.empty());
    m_arguments->setEditable(!broken && !disabled);
    showBackend(rules);
    showServices(rules);
    showPlatforms(rules);
    m_platforms->tabBehind(m_services->tabBehind(m_backend));
    const bool hinted = m_loaded && !rules.empty();
    m_arguments->setRules(rules,
                          hinted ? argumentHints(*m_loaded->workspace, *rules.front()) : std::vector<ArgumentHint>());
}

void RuleForm::showHeading(const Rules &rules)
{
    m_heading->setVisible(!rules.empty() || !m_matrix || !m_matrix->error());
    const bool none = m_matrix && m_matrix->matrix().rules.empty() && m_matrix->matrix().disabledRules.empty();
    if (rules.empty())
        m_heading->setText(none ? tr("There is no rule yet: Ctrl+N adds one.") : tr("Select a rule to edit it here."));
    else if (rules.size() > 1)
        m_heading->setText(tr("%1 rules; a change applies to all of them").arg(rules.size()));
    else if (m_rules.front().disabled)
        m_heading->setText(tr("Disabled rule, line %1").arg(rules.front()->where.line));
    else
        m_heading->setText(tr("Rule %1, line %2").arg(rules.front()->number).arg(rules.front()->where.line));
}

void RuleForm::showBackend(const Rules &rules)
{
    std::vector<std::string> ids;
    if (m_loaded) {
        for (const matrix::Backend &backend : m_loaded->workspace->matrix.backends)
            addMissing(ids, backend.id);
    }
    for (const matrix::Rule *rule : rules)
        addMissing(ids, rule->backend.text);
    m_backend->clear();
    for (const std::string &id : ids) {
        const matrix::Backend *backend = m_loaded ? m_loaded->workspace->matrix.findBackend(id) : nullptr;
        const QString name = QString::fromStdString(backend && !backend->name.empty() ? backend->name : id);
        m_backend->addItem(name, QString::fromStdString(id));
    }
    const bool same = !rules.empty() && std::all_of(rules.begin(), rules.end(), [&rules](const matrix::Rule *rule) {
        return rule->backend == rules.front()->backend;
    });
    m_backend->setCurrentIndex(same ? m_backend->findData(QString::fromStdString(rules.front()->backend.text)) : -1);
}

void RuleForm::showServices(const Rules &rules)
{
    std::vector<std::string> ids;
    if (m_loaded) {
        for (const matrix::Service &service : m_loaded->workspace->matrix.services)
            addMissing(ids, service.id);
    }
    for (const matrix::Rule *rule : rules) {
        for (const matrix::Value &service : rule->services)
            addMissing(ids, service.text);
    }
    std::vector<Choice> choices;
    for (const std::string &id : ids) {
        const std::string name = m_loaded ? m_loaded->workspace->matrix.serviceName(id) : id;
        choices.push_back({QString::fromStdString(id), QString::fromStdString(name),
                           stateOf(rules, [&id](const matrix::Rule *rule) { return hasService(*rule, id); })});
    }
    m_services->setChoices(choices);
}

void RuleForm::showPlatforms(const Rules &rules)
{
    std::vector<std::string> ids = matrix::defaultPlatforms();
    const bool byDefault =
        std::any_of(rules.begin(), rules.end(), [](const matrix::Rule *rule) { return rule->platforms.empty(); });
    for (const matrix::Rule *rule : rules) {
        for (const std::string &platform : rule->effectivePlatforms())
            addMissing(ids, platform);
    }
    std::vector<Choice> choices;
    choices.reserve(ids.size());
    for (const std::string &id : ids) {
        choices.push_back({QString::fromStdString(id), QString::fromStdString(id),
                           stateOf(rules, [&id](const matrix::Rule *rule) { return hasPlatform(*rule, id); }),
                           byDefault ? tr("The rule has no list of platforms: the default ones count.") : QString()});
    }
    m_platforms->setChoices(choices);
}

void RuleForm::setBackend(const QString &id)
{
    std::vector<matrix::edit::Edit> edits;
    for (const std::size_t rule : indices()) {
        if (m_matrix->matrix().rules[rule].backend.text != id.toStdString())
            edits.push_back(matrix::edit::setBackend(rule, id.toStdString()));
    }
    if (!m_matrix->apply(edits))
        refresh();
}

void RuleForm::setService(const QString &id, bool on)
{
    const std::string service = id.toStdString();
    std::vector<matrix::edit::Edit> edits;
    for (const std::size_t rule : indices()) {
        if (hasService(m_matrix->matrix().rules[rule], service) != on)
            edits.push_back(on ? matrix::edit::addService(rule, service) : matrix::edit::removeService(rule, service));
    }
    m_matrix->apply(edits);
}

void RuleForm::setPlatform(const QString &id, bool on)
{
    const std::string platform = id.toStdString();
    std::vector<matrix::edit::Edit> edits;
    for (const std::size_t rule : indices()) {
        if (hasPlatform(m_matrix->matrix().rules[rule], platform) != on)
            edits.push_back(on ? matrix::edit::addPlatform(rule, platform)
                               : matrix::edit::removePlatform(rule, platform));
    }
    m_matrix->apply(edits);
}

void RuleForm::setArgument(const QString &name, const QString &value)
{
    if (!m_matrix->apply(matrix::edit::setArgument(indices(), name.toStdString(), value.toStdString())))
        return;
    const int row = m_arguments->rowOf(name);
    if (row >= 0)
        m_table->setCurrentIndex(m_arguments->index(row, ArgumentsModel::ValueColumn));
}

/// Keys that are still in the table go on to the value.
void RuleForm::addArgument(const QString &name, const QString &value)
{
    setArgument(name, value);
    const int row = m_arguments->rowOf(name);
    if (row >= 0 && m_table->hasFocus())
        m_table->edit(m_arguments->index(row, ArgumentsModel::ValueColumn));
}

void RuleForm::renameArgument(const QString &oldName, const QString &newName)
{
    std::vector<matrix::edit::Edit> edits;
    for (const std::size_t rule : indices()) {
        const auto &arguments = m_matrix->matrix().rules[rule].arguments;
        const bool has =
            arguments && std::any_of(arguments->begin(), arguments->end(), [&](const matrix::Argument &each) {
                return each.name() == oldName.toStdString();
            });
        if (has)
            edits.push_back(matrix::edit::renameArgument(rule, oldName.toStdString(), newName.toStdString()));
    }
    m_matrix->apply(edits);
}

void RuleForm::removeArguments()
{
    std::set<std::string> names;
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    for (const QModelIndex &row : rows) {
        if (!m_arguments->isAddRow(row.row()))
            names.insert(m_arguments->nameAt(row.row()).toStdString());
    }
    std::vector<matrix::edit::Edit> edits;
    for (const std::size_t rule : indices()) {
        std::set<std::string> mine;
        if (const auto &arguments = m_matrix->matrix().rules[rule].arguments) {
            for (const matrix::Argument &argument : *arguments)
                mine.insert(argument.name());
        }
        for (const std::string &name : names) {
            if (mine.count(name) > 0)
                edits.push_back(matrix::edit::unsetArgument(rule, name));
        }
    }
    m_matrix->apply(edits);
}

} // namespace runner::ui
