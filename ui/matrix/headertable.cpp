#include "matrix/headertable.h"

#include "matrix/headertablemodel.h"
#include "matrix/wholeline.h"
#include "theme/theme.h"

#include <QAction>
#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QResizeEvent>
#include <QStyledItemDelegate>

#include <set>

namespace runner::ui {

namespace {

/// Text, or one of several texts, that a form changes.
class HeaderDelegate final : public QStyledItemDelegate
{
public:
    explicit HeaderDelegate(QObject *parent, QStringList choices = {})
        : QStyledItemDelegate(parent)
        , m_choices(std::move(choices))
    {
    }

    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        if (m_choices.isEmpty()) {
            auto *line = makeWholeLine(parent);
            line->setObjectName(QStringLiteral("headerEditor"));
            line->setFrame(false);
            return line;
        }
        auto *box = new QComboBox(parent);
        box->setObjectName(QStringLiteral("headerChoice"));
        box->addItems(m_choices);
        return box;
    }

    void setEditorData(QWidget *editor, const QModelIndex &index) const override
    {
        if (auto *box = qobject_cast<QComboBox *>(editor))
            box->setCurrentText(index.data(Qt::EditRole).toString());
        else if (!isBeingTyped(editor))
            QStyledItemDelegate::setEditorData(editor, index);
    }

    void setModelData(QWidget *editor, QAbstractItemModel *model, const QModelIndex &index) const override
    {
        if (const auto *box = qobject_cast<QComboBox *>(editor))
            model->setData(index, box->currentText(), Qt::EditRole);
        else
            QStyledItemDelegate::setModelData(editor, model, index);
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyleOptionViewItem shown = option;
        if (static_cast<const HeaderTableModel *>(index.model())->isAddRow(index.row()))
            shown.palette.setColor(QPalette::Text, Theme(option.palette).dimText);
        QStyledItemDelegate::paint(painter, shown, index);
    }

private:
    QStringList m_choices;
};

} // namespace

HeaderTable::HeaderTable(const QString &name, const QString &accessibleName, HeaderTableModel *model, QWidget *parent)
    : QTableView(parent)
    , m_model(model)
{
    setObjectName(name);
    setAccessibleName(accessibleName);
    setModel(model);
    setItemDelegate(new HeaderDelegate(this));
    setSelectionBehavior(SelectRows);
    setEditTriggers(DoubleClicked | EditKeyPressed | AnyKeyPressed | SelectedClicked);
    setShowGrid(false);
    setTabKeyNavigation(false);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    verticalHeader()->hide();
    verticalHeader()->setMinimumSectionSize(3 * gridUnit);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    auto *remove = new QAction(tr("&Remove"), this);
    remove->setObjectName(name + QStringLiteral("-remove"));
    remove->setShortcut(QKeySequence::Delete);
    remove->setShortcutContext(Qt::WidgetShortcut);
    addAction(remove);
    setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(remove, &QAction::triggered, this, &HeaderTable::remove);
    connect(model, &QAbstractItemModel::modelReset, this, &HeaderTable::fitRows);
    connect(model, &QAbstractItemModel::dataChanged, this, &HeaderTable::fitRows);
    connect(model, &QAbstractItemModel::rowsInserted, this, &HeaderTable::fitRows);
    connect(model, &QAbstractItemModel::rowsRemoved, this, &HeaderTable::fitRows);
}

void HeaderTable::setChoices(int column, const QStringList &choices)
{
    setItemDelegateForColumn(column, new HeaderDelegate(this, choices));
    horizontalHeader()->setSectionResizeMode(column, QHeaderView::Fixed);
    horizontalHeader()->resizeSection(column, 12 * gridUnit);
}

void HeaderTable::typeAgain(const QString &text)
{
    if (!hasFocus())
        return;
    const QModelIndex adds = m_model->index(m_model->rowCount() - 1, 0);
    edit(adds);
    if (auto *line = qobject_cast<QLineEdit *>(indexWidget(adds))) {
        line->setText(text);
        line->setModified(true);
    }
}

QSize HeaderTable::sizeHint() const
{
    const int height = horizontalHeader()->sizeHint().height() + verticalHeader()->length() + 2 * frameWidth();
    return {20 * gridUnit, height};
}

void HeaderTable::fitRows()
{
    resizeRowsToContents();
    updateGeometry();
}

void HeaderTable::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    if (event->oldSize().width() != event->size().width())
        fitRows(); // Long texts wrap.
}

void HeaderTable::remove()
{
    std::set<int> rows;
    const QModelIndexList chosen = selectionModel()->selectedRows();
    for (const QModelIndex &row : chosen) {
        if (!m_model->isAddRow(row.row()))
            rows.insert(row.row());
    }
    if (!rows.empty())
        Q_EMIT removeRequested({rows.begin(), rows.end()});
}

} // namespace runner::ui
