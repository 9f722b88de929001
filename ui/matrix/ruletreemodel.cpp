#include "matrix/ruletreemodel.h"

#include "matrix/rulewords.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <string_view>
#include <utility>

namespace runner::ui {

const matrix::Rule &RuleTreeModel::ruleOf(const RuleRef &reference) const
{
    return reference.disabled ? matrix().disabledRules[reference.index].rule : matrix().rules[reference.index];
}

RuleTreeModel::Words RuleTreeModel::wordsOf(const matrix::Rule &rule) const
{
    return {ruleVersion(names(), rule), ruleServices(names(), rule)};
}

/// Keeps those of the rules that both matrices begin and end with.
void RuleTreeModel::makeWords(const matrix::Matrix &before)
{
    const std::vector<matrix::Rule> &rules = matrix().rules;
    const std::vector<matrix::Rule> &old = before.rules;
    std::vector<Words> words(rules.size());
    const bool keeps = m_ruleWords.size() == old.size();
    const std::size_t most = keeps ? std::min(rules.size(), old.size()) : 0;
    std::size_t first = 0;
    for (; first < most && rules[first] == old[first]; ++first)
        words[first] = std::move(m_ruleWords[first]);
    std::size_t last = rules.size();
    std::size_t oldLast = old.size();
    for (; oldLast > first && last > first && keeps && rules[last - 1] == old[oldLast - 1]; --last, --oldLast)
        words[last - 1] = std::move(m_ruleWords[oldLast - 1]);
    for (std::size_t i = first; i < last; ++i)
        words[i] = wordsOf(rules[i]);
    m_ruleWords = std::move(words);
}

void RuleTreeModel::placeRules()
{
    m_lines.clear();
    for (std::size_t i = 0; i < matrix().rules.size(); ++i)
        m_lines.emplace_back(matrix().rules[i].where.line, RuleRef{i, false});
    for (std::size_t i = 0; i < matrix().disabledRules.size(); ++i)
        m_lines.emplace_back(matrix().disabledRules[i].rule.where.line, RuleRef{i, true});
    std::sort(m_lines.begin(), m_lines.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
}

bool RuleTreeModel::isFound(const matrix::Rule &rule, const Words &words, const QString &group) const
{
    if (m_words.isEmpty())
        return true;
    QStringList texts = ruleDetails(rule);
    texts << QString::fromStdString(rule.backend.text) << words.name << words.services << group;
    for (const matrix::Value &service : rule.services)
        texts << QString::fromStdString(service.text);
    const QString text = texts.join(QLatin1Char(' '));
    return std::all_of(m_words.begin(), m_words.end(),
                       [&text](const QString &word) { return text.contains(word, Qt::CaseInsensitive); });
}

RuleTreeModel::Groups RuleTreeModel::makeGroups() const
{
    Groups groups;
    std::map<std::string_view, std::size_t> known;
    const auto add = [&](const matrix::Rule &rule, RuleRef reference, Words words) {
        const std::string &id = rule.backend.text;
        const auto [place, isNew] = known.emplace(id, groups.size());
        if (isNew) {
            const matrix::Backend *backend = names().findBackend(id);
            const std::string &name = backend && !backend->name.empty() ? backend->name : id;
            groups.push_back({QString::fromStdString(id), QString::fromStdString(name).simplified(), {}});
        }
        Group &group = groups[place->second];
        if (isFound(rule, words, group.name))
            group.items.push_back({reference, std::move(words)});
    };
    const std::vector<matrix::DisabledRule> &disabled = matrix().disabledRules;
    std::size_t next = 0;
    for (std::size_t i = 0; i <= matrix().rules.size(); ++i) {
        for (; next < disabled.size() && disabled[next].before <= i; ++next)
            add(disabled[next].rule, {next, true}, wordsOf(disabled[next].rule));
        if (i < matrix().rules.size())
            add(matrix().rules[i], {i, false}, m_ruleWords[i]);
    }
    std::erase_if(groups, [](const Group &group) { return group.items.empty(); });
    return groups;
}

void RuleTreeModel::refresh()
{
    setGroups(makeGroups());
}

void RuleTreeModel::setDocument(const matrix::Document &document)
{
    const matrix::Document before = std::exchange(m_document, document);
    if (before.matrix().backends != matrix().backends || before.matrix().services != matrix().services)
        m_ruleWords.clear(); // All of them may say other names.
    makeWords(before.matrix());
    placeRules();
    refresh();
}

const matrix::Matrix &RuleTreeModel::names() const
{
    return matrix().backends.empty() && matrix().services.empty() ? m_names : matrix();
}

void RuleTreeModel::setNames(const std::vector<matrix::Backend> &backends, const std::vector<matrix::Service> &services)
{
    if (m_names.backends == backends && m_names.services == services)
        return;
    m_names.backends = backends;
    m_names.services = services;
    if (&names() != &m_names)
        return;
    m_ruleWords.clear();
    makeWords(matrix());
    refresh();
}

void RuleTreeModel::setFilter(const QString &filter)
{
    m_words = filter.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    refresh();
}

bool RuleTreeModel::hasShapeOf(const Groups &groups) const
{
    return std::equal(m_groups.begin(), m_groups.end(), groups.begin(), groups.end(),
                      [](const Group &a, const Group &b) {
                          return a.id == b.id
                                 && std::equal(a.items.begin(), a.items.end(), b.items.begin(), b.items.end(),
                                               [](const Item &one, const Item &two) { return one.rule == two.rule; });
                      });
}

/// Typing seldom changes the shape; then nothing is folded, selected or scrolled anew.
void RuleTreeModel::setGroups(Groups groups)
{
    if (!hasShapeOf(groups)) {
        beginResetModel();
        m_groups = std::move(groups);
        endResetModel();
        return;
    }
    m_groups = std::move(groups);
    if (m_groups.empty())
        return;
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    for (int row = 0; row < rowCount(); ++row) {
        const QModelIndex group = index(row, 0);
        Q_EMIT dataChanged(index(0, 0, group), index(rowCount(group) - 1, ColumnCount - 1, group));
    }
}

void RuleTreeModel::setStale(bool stale)
{
    if (std::exchange(m_stale, stale) != stale)
        setGroups(Groups(m_groups));
}

void RuleTreeModel::setColours(const QColor &dim, const QFont &bold)
{
    m_dim = dim;
    m_bold = bold;
    setGroups(Groups(m_groups));
}

const RuleTreeModel::Item *RuleTreeModel::itemAt(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == 0)
        return nullptr;
    return &m_groups[index.internalId() - 1].items[static_cast<std::size_t>(index.row())];
}

std::optional<RuleRef> RuleTreeModel::ruleAt(const QModelIndex &index) const
{
    const Item *item = itemAt(index);
    return item ? std::optional(item->rule) : std::nullopt;
}

QString RuleTreeModel::backendAt(const QModelIndex &index) const
{
    if (!index.isValid())
        return {};
    return m_groups[index.internalId() == 0 ? static_cast<std::size_t>(index.row()) : index.internalId() - 1].id;
}

QModelIndex RuleTreeModel::indexOf(const RuleRef &rule) const
{
    for (std::size_t group = 0; group < m_groups.size(); ++group) {
        const std::vector<Item> &items = m_groups[group].items;
        const auto found =
            std::find_if(items.begin(), items.end(), [&rule](const Item &item) { return item.rule == rule; });
        if (found != items.end())
            return createIndex(static_cast<int>(found - items.begin()), 0, group + 1);
    }
    return {};
}

std::optional<RuleRef> RuleTreeModel::ruleAtLine(int line) const
{
    const auto behind = std::upper_bound(m_lines.begin(), m_lines.end(), line,
                                         [](int wanted, const auto &rule) { return wanted < rule.first; });
    return behind == m_lines.begin() ? std::nullopt : std::optional(std::prev(behind)->second);
}

bool RuleTreeModel::ruleBeginsAt(int line) const
{
    const auto found = std::lower_bound(m_lines.begin(), m_lines.end(), line,
                                        [](const auto &rule, int wanted) { return rule.first < wanted; });
    return found != m_lines.end() && found->first == line;
}

int RuleTreeModel::shownRules() const
{
    int count = 0;
    for (const Group &group : m_groups)
        count += static_cast<int>(group.items.size());
    return count;
}

QModelIndex RuleTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : 0);
}

QModelIndex RuleTreeModel::parent(const QModelIndex &child) const
{
    if (!child.isValid() || child.internalId() == 0)
        return {};
    return createIndex(static_cast<int>(child.internalId()) - 1, 0, quintptr(0));
}

int RuleTreeModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_groups.size());
    if (parent.internalId() != 0 || parent.column() != 0)
        return 0;
    return static_cast<int>(m_groups[static_cast<std::size_t>(parent.row())].items.size());
}

int RuleTreeModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

QVariant RuleTreeModel::groupData(const Group &group, int column, int role) const
{
    if (role == Qt::DisplayRole)
        return column == RuleColumn ? group.name : QString();
    if (role == Qt::FontRole)
        return m_bold;
    if (role == Qt::ForegroundRole && m_stale)
        return m_dim;
    return {};
}

QString RuleTreeModel::toolTipOf(const RuleRef &reference) const
{
    const matrix::Rule &rule = ruleOf(reference);
    const QString place = reference.disabled
                              ? tr("Disabled rule: it is commented out, in line %1.").arg(rule.where.line)
                              : tr("Rule %1, line %2").arg(rule.number).arg(rule.where.line);
    return place + QLatin1Char('\n') + ruleDetails(rule).join(QLatin1Char('\n'));
}

QVariant RuleTreeModel::cellData(const Item &item, int column, int role) const
{
    if (role == Qt::DisplayRole) {
        const QString name = item.rule.disabled ? tr("%1 (disabled)").arg(item.words.name) : item.words.name;
        return column == RuleColumn ? name : item.words.services;
    }
    if (role == Qt::ToolTipRole)
        return toolTipOf(item.rule);
    if (role == Qt::ForegroundRole && (m_stale || item.rule.disabled))
        return m_dim;
    if (role == Qt::FontRole && item.rule.disabled) {
        QFont font;
        font.setItalic(true);
        return font;
    }
    return {};
}

QVariant RuleTreeModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    if (const Item *item = itemAt(index))
        return cellData(*item, index.column(), role);
    return groupData(m_groups[static_cast<std::size_t>(index.row())], index.column(), role);
}

QVariant RuleTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == RuleColumn ? tr("Backend") : tr("Services");
}

Qt::ItemFlags RuleTreeModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    const Qt::ItemFlags base = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    const Item *item = itemAt(index);
    if (!item)
        return base | Qt::ItemIsDropEnabled;
    return base | Qt::ItemIsDragEnabled; // Also what mimeData() has nothing for: dragging would select else.
}

} // namespace runner::ui
