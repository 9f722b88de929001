#include "support/argumentlist.h"

#include "support/argumentdelegate.h"
#include "support/argumentmodel.h"
#include "theme/theme.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QWheelEvent>

namespace runner::ui {

ArgumentList::ArgumentList(ArgumentModel *model, QWidget *parent)
    : QListView(parent)
    , m_delegate(new ArgumentDelegate(this))
{
    setObjectName(QStringLiteral("detailsArguments"));
    setAccessibleName(tr("Arguments of the build"));
    setModel(model);
    setItemDelegate(m_delegate);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerPixel);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    setTabKeyNavigation(false);
    auto *copy = new QAction(tr("&Copy"), this);
    connect(copy, &QAction::triggered, this, [this] { QGuiApplication::clipboard()->setText(text()); });
    addAction(copy);
    setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(model, &QAbstractItemModel::modelReset, this, &ArgumentList::fitHeight);
}

QString ArgumentList::text() const
{
    const QModelIndex index = currentIndex();
    return index.isValid() ? index.data(ArgumentModel::AssignmentRole).toString() : QString();
}

QSize ArgumentList::sizeHint() const
{
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    option.rect.setWidth(viewport()->width());
    int height = 2 * frameWidth();
    for (int row = 0; row < model()->rowCount(); ++row)
        height += m_delegate->sizeHint(option, model()->index(row, 0)).height();
    return {20 * gridUnit, height};
}

void ArgumentList::fitHeight()
{
    m_delegate->setOpenRow(currentIndex().row());
    setFixedHeight(sizeHint().height());
    scheduleDelayedItemsLayout();
}

void ArgumentList::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QListView::currentChanged(current, previous);
    fitHeight();
}

void ArgumentList::resizeEvent(QResizeEvent *event)
{
    QListView::resizeEvent(event);
    if (event->oldSize().width() != event->size().width())
        fitHeight();
}

void ArgumentList::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy))
        QGuiApplication::clipboard()->setText(text());
    else
        QListView::keyPressEvent(event);
}

void ArgumentList::wheelEvent(QWheelEvent *event)
{
    event->ignore(); // The pane scrolls.
}

} // namespace runner::ui
