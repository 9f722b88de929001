// The rules of a matrix as a tree: backends, and below them their rules in the order of the file, those that are
// commented out among them.
#pragma once

#include "matrix/document.h"
#include "matrix/ruleref.h"

#include <QAbstractItemModel>
#include <QColor>
#include <QFont>

#include <optional>
#include <utility>
#include <vector>

namespace runner::ui {

class RuleTreeModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { RuleColumn, ServicesColumn, ColumnCount };

    using QAbstractItemModel::QAbstractItemModel;

    void setDocument(const matrix::Document &document);
    /// Backends and services as the pack centre knows them, for a matrix that has none of its own: names, and which
    /// argument is the variant.
    void setNames(const std::vector<matrix::Backend> &backends, const std::vector<matrix::Service> &services);
    /// Shows rules only where every word of it stands in backend, services, platforms or arguments.
    void setFilter(const QString &filter);
    /// The tree is not what the text says any more.
    void setStale(bool stale);
    void setColours(const QColor &dim, const QFont &bold);

    /// Nothing for a backend.
    std::optional<RuleRef> ruleAt(const QModelIndex &index) const;
    /// The identifier of the backend, or of the rule's one; empty for an invalid index.
    QString backendAt(const QModelIndex &index) const;
    QModelIndex indexOf(const RuleRef &rule) const;
    /// The rule, shown or not, disabled or not, whose lines hold \a line; the last one above it otherwise. Nothing
    /// above all.
    std::optional<RuleRef> ruleAtLine(int line) const;
    /// Shown or not, disabled or not.
    bool ruleBeginsAt(int line) const;
    /// Rules that are shown, of all.
    int shownRules() const;
    int allRules() const { return static_cast<int>(matrix().rules.size() + matrix().disabledRules.size()); }

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const final;
    QModelIndex parent(const QModelIndex &child) const final;
    int rowCount(const QModelIndex &parent = {}) const final;
    int columnCount(const QModelIndex &parent = {}) const final;
    QVariant data(const QModelIndex &index, int role) const final;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const final;
    Qt::ItemFlags flags(const QModelIndex &index) const final;
    Qt::DropActions supportedDropActions() const final { return Qt::MoveAction; }
    QMimeData *mimeData(const QModelIndexList &indexes) const final;
    QStringList mimeTypes() const final;
    bool canDropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column,
                         const QModelIndex &parent) const final;
    /// Only tells with moveRequested(): the tree changes when the matrix does.
    bool dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column,
                      const QModelIndex &parent) final;
    /// Why what is dragged cannot be dropped there, in sentences; empty where it can, or is no rule of this tree.
    QString whyNoDrop(const QMimeData *data, const QModelIndex &at) const;

Q_SIGNALS:
    /// The user has dropped the rule so that it should be the rule \a position afterwards.
    void moveRequested(const runner::ui::RuleMoves &moves);

private:
    /// What is said of a rule in the columns.
    struct Words
    {
        QString name;
        QString services;
    };
    struct Item
    {
        RuleRef rule;
        Words words;
    };
    struct Group
    {
        QString id;
        QString name;
        std::vector<Item> items;
    };
    using Groups = std::vector<Group>;

    const matrix::Matrix &matrix() const { return m_document.matrix(); }
    const matrix::Rule &ruleOf(const RuleRef &reference) const;
    Words wordsOf(const matrix::Rule &rule) const;
    void makeWords(const matrix::Matrix &before);
    void placeRules();
    bool isFound(const matrix::Rule &rule, const Words &words, const QString &group) const;
    void refresh();
    Groups makeGroups() const;
    /// What is called how: the matrix itself, or setNames().
    const matrix::Matrix &names() const;
    void setGroups(Groups groups);
    bool hasShapeOf(const Groups &groups) const;
    const Item *itemAt(const QModelIndex &index) const;
    QVariant groupData(const Group &group, int column, int role) const;
    QVariant cellData(const Item &item, int column, int role) const;
    QString toolTipOf(const RuleRef &reference) const;
    std::vector<std::size_t> draggedRules(const QMimeData *data) const;
    std::optional<RuleMoves> dropMoves(const std::vector<std::size_t> &rules, int row, const QModelIndex &parent) const;

    matrix::Document m_document;
    mutable matrix::Document m_draggedFrom; ///< What the rules that are dragged are rules of.
    matrix::Matrix m_names;                 ///< Backends and services alone.
    std::vector<Words> m_ruleWords;         ///< By rule: those that a key does not change are not made anew.
    Groups m_groups;
    std::vector<std::pair<int, RuleRef>> m_lines; ///< The first lines of all rules, ascending.
    QStringList m_words;
    bool m_stale = false;
    QColor m_dim;
    QFont m_bold;
};

} // namespace runner::ui
