#include "window/commandpalette.h"

#include "theme/theme.h"

#include <QAction>
#include <QCoreApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPointer>
#include <QStandardItemModel>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace runner::ui {

namespace {

constexpr int actionRole = Qt::UserRole;

/// The words of a menu entry without the mark of its mnemonic.
QString plain(QString text)
{
    text.replace(QStringLiteral("&&"), QChar(0)).remove(u'&');
    return text.replace(QChar(0), u'&');
}

} // namespace

void CommandFilter::setWords(const QString &text)
{
    m_words = text.split(u' ', Qt::SkipEmptyParts);
    invalidateFilter();
}

bool CommandFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const QString text = sourceModel()->index(row, 0, parent).data().toString();
    return std::all_of(m_words.begin(), m_words.end(),
                       [&text](const QString &word) { return text.contains(word, Qt::CaseInsensitive); });
}

CommandPalette::CommandPalette(const QMenuBar &menus, QWidget *parent)
    : QDialog(parent)
    , m_commands(new QStandardItemModel(this))
    , m_filter(new CommandFilter(this))
    , m_search(new QLineEdit)
    , m_list(new QTreeView)
{
    setObjectName(QStringLiteral("commandPalette"));
    setWindowTitle(tr("Commands"));
    m_search->setObjectName(QStringLiteral("commandSearch"));
    m_search->setPlaceholderText(tr("What do you want to do?"));
    m_search->setAccessibleName(tr("Find a command"));
    m_search->setClearButtonEnabled(true);
    m_search->installEventFilter(this);
    const QList<QAction *> titles = menus.actions();
    for (const QAction *title : titles) {
        if (title->menu())
            collect(*title->menu(), plain(title->text()));
    }
    setUpList();
    auto *down = new QVBoxLayout(this);
    down->setContentsMargins(gridUnit, gridUnit, gridUnit, gridUnit);
    down->setSpacing(gridUnit);
    down->addWidget(m_search);
    down->addWidget(m_list);
    connect(m_search, &QLineEdit::textChanged, this, &CommandPalette::narrow);
    connect(m_search, &QLineEdit::returnPressed, this, &CommandPalette::choose);
    connect(m_list, &QTreeView::activated, this, &CommandPalette::choose);
    resize(70 * gridUnit, 50 * gridUnit);
    narrow({});
}

void CommandPalette::setUpList()
{
    m_filter->setSourceModel(m_commands);
    m_list->setObjectName(QStringLiteral("commandList"));
    m_list->setAccessibleName(tr("Commands"));
    m_list->setModel(m_filter);
    m_list->setHeaderHidden(true);
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->header()->setStretchLastSection(false);
    if (m_commands->columnCount() > 1) {
        m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
        m_list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    }
}

void CommandPalette::collect(const QMenu &menu, const QString &path)
{
    const QList<QAction *> actions = menu.actions();
    for (QAction *action : actions) {
        if (action->isSeparator() || !action->isVisible() || !action->isEnabled())
            continue;
        if (action->menu())
            collect(*action->menu(), path + QStringLiteral(" › ") + plain(action->text()));
        else
            add(action, path);
    }
}

void CommandPalette::add(QAction *action, const QString &path)
{
    QString text = path + QStringLiteral(" › ") + plain(action->text());
    if (action->isCheckable() && action->isChecked())
        text += tr(" (on)");
    auto *name = new QStandardItem(action->icon(), text);
    name->setData(QVariant::fromValue(QPointer<QObject>(action)), actionRole);
    auto *keys = new QStandardItem(action->shortcut().toString(QKeySequence::NativeText));
    keys->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_commands->appendRow({name, keys});
}

void CommandPalette::narrow(const QString &text)
{
    m_filter->setWords(text);
    m_list->setCurrentIndex(m_filter->index(0, 0));
}

void CommandPalette::choose()
{
    const QModelIndex index = m_list->currentIndex().siblingAtColumn(0);
    auto *action = qobject_cast<QAction *>(index.data(actionRole).value<QPointer<QObject>>());
    if (!action)
        return;
    accept();
    Q_EMIT chosen(action);
}

/// The list is walked through without leaving the field.
bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QDialog::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent *>(event)->key();
    if (key != Qt::Key_Up && key != Qt::Key_Down && key != Qt::Key_PageUp && key != Qt::Key_PageDown)
        return QDialog::eventFilter(watched, event);
    QCoreApplication::sendEvent(m_list, event);
    return true;
}

} // namespace runner::ui
