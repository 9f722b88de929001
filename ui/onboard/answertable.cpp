#include "onboard/answertable.h"

#include "theme/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QStandardItemModel>
#include <QStyledItemDelegate>
#include <QTableView>

#include <algorithm>
#include <set>

namespace runner::ui {

namespace {

/// A cell that holds one of a few texts.
class ChoiceDelegate final : public QStyledItemDelegate
{
public:
    ChoiceDelegate(QStringList choices, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_choices(std::move(choices))
    {
    }

    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        auto *box = new QComboBox(parent);
        box->addItems(m_choices);
        return box;
    }

    void setEditorData(QWidget *editor, const QModelIndex &index) const override
    {
        static_cast<QComboBox *>(editor)->setCurrentText(index.data().toString());
    }

    void setModelData(QWidget *editor, QAbstractItemModel *model, const QModelIndex &index) const override
    {
        model->setData(index, static_cast<QComboBox *>(editor)->currentText());
    }

private:
    QStringList m_choices;
};

/// Tab goes from cell to cell, and from the last one on to the next widget.
class AnswerView final : public QTableView
{
public:
    using QTableView::QTableView;

protected:
    void closeEditor(QWidget *editor, QAbstractItemDelegate::EndEditHint hint) override
    {
        const QModelIndex at = currentIndex();
        const bool last = at.row() == model()->rowCount() - 1 && at.column() == model()->columnCount() - 1;
        const bool leaves = hint == QAbstractItemDelegate::EditNextItem && last;
        QTableView::closeEditor(editor, leaves ? QAbstractItemDelegate::NoHint : hint);
        if (leaves)
            focusNextChild();
    }
};

constexpr int shownRows = 4;
constexpr int narrowTable = 50 * gridUnit;

} // namespace

AnswerTable::AnswerTable(const QString &name, std::vector<AnswerColumn> columns, const QString &add, QWidget *parent)
    : QWidget(parent)
    , m_columns(std::move(columns))
    , m_model(new QStandardItemModel(0, static_cast<int>(m_columns.size()), this))
    , m_view(new AnswerView)
    , m_add(new QPushButton(add))
    , m_remove(new QPushButton(tr("Remove")))
    , m_layout(new QBoxLayout(QBoxLayout::LeftToRight, this))
    , m_buttons(new QBoxLayout(QBoxLayout::TopToBottom))
{
    m_view->setObjectName(name + QStringLiteral("Table"));
    m_add->setObjectName(name + QStringLiteral("Add"));
    m_remove->setObjectName(name + QStringLiteral("Remove"));
    m_add->setAutoDefault(false);
    m_remove->setAutoDefault(false);
    for (QPushButton *button : {m_add, m_remove})
        button->setMinimumWidth(14 * gridUnit); // Of tables below each other they are alike.
    setUpView();
    m_buttons->addWidget(m_add);
    m_buttons->addWidget(m_remove);
    m_buttons->addStretch(1);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(gridUnit);
    m_layout->addWidget(m_view, 1);
    m_layout->addLayout(m_buttons);
    setFocusProxy(m_view);
    connect(m_add, &QPushButton::clicked, this, &AnswerTable::addRow);
    connect(m_remove, &QPushButton::clicked, this, &AnswerTable::removeRows);
    connect(m_model, &QAbstractItemModel::dataChanged, this, &AnswerTable::changed);
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, &AnswerTable::changed);
    const auto enable = [this] { m_remove->setEnabled(m_model->rowCount() > 0); };
    connect(m_model, &QAbstractItemModel::rowsInserted, this, enable);
    connect(m_model, &QAbstractItemModel::rowsRemoved, this, enable);
    enable();
}

/// Where there is little room, the table has all of the width.
void AnswerTable::resizeEvent(QResizeEvent *event)
{
    const bool narrow = width() < narrowTable;
    m_layout->setDirection(narrow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    m_buttons->setDirection(narrow ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    QWidget::resizeEvent(event);
}

void AnswerTable::setUpView()
{
    m_view->setModel(m_model);
    m_view->verticalHeader()->hide();
    m_view->setTabKeyNavigation(false);
    m_view->setEditTriggers(QAbstractItemView::AllEditTriggers);
    const int digit = fontMetrics().horizontalAdvance(u'0');
    for (int column = 0; column < static_cast<int>(m_columns.size()); ++column) {
        const AnswerColumn &about = m_columns[static_cast<std::size_t>(column)];
        m_model->setHorizontalHeaderItem(column, new QStandardItem(about.title));
        if (about.width > 0)
            m_view->setColumnWidth(column, about.width * digit);
        else
            m_view->horizontalHeader()->setSectionResizeMode(column, QHeaderView::Stretch);
        if (!about.choices.isEmpty())
            m_view->setItemDelegateForColumn(column, new ChoiceDelegate(about.choices, m_view));
    }
    m_view->horizontalHeader()->setHighlightSections(false); // A bold title needs more room than there may be.
    m_view->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_view->setMinimumHeight(shownRows * m_view->verticalHeader()->defaultSectionSize());
}

void AnswerTable::append(const QStringList &row)
{
    QList<QStandardItem *> items;
    for (std::size_t column = 0; column < m_columns.size(); ++column)
        items << new QStandardItem(row.value(static_cast<qsizetype>(column)));
    m_model->appendRow(items);
}

void AnswerTable::addRow()
{
    QStringList row;
    for (const AnswerColumn &column : m_columns)
        row << column.choices.value(0);
    append(row);
    const QModelIndex first = m_model->index(m_model->rowCount() - 1, 0);
    m_view->setCurrentIndex(first);
    m_view->setFocus();
    m_view->edit(first);
}

void AnswerTable::removeRows()
{
    std::set<int, std::greater<>> rows; // From the last one, so that the numbers of the others stay.
    const QModelIndexList selected = m_view->selectionModel()->selectedIndexes();
    for (const QModelIndex &index : selected)
        rows.insert(index.row());
    if (rows.empty() && m_model->rowCount() > 0)
        rows.insert(m_model->rowCount() - 1);
    for (const int row : rows)
        m_model->removeRow(row);
}

std::vector<QStringList> AnswerTable::rows() const
{
    std::vector<QStringList> all;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        QStringList texts;
        bool typed = false;
        for (int column = 0; column < m_model->columnCount(); ++column) {
            texts << m_model->index(row, column).data().toString().trimmed();
            typed = typed || (!texts.last().isEmpty() && m_columns[static_cast<std::size_t>(column)].choices.isEmpty());
        }
        if (typed)
            all.push_back(texts);
    }
    return all;
}

void AnswerTable::setRows(const std::vector<QStringList> &rows)
{
    m_model->removeRows(0, m_model->rowCount());
    for (const QStringList &row : rows)
        append(row);
    Q_EMIT changed();
}

} // namespace runner::ui
