#include "editor/completion.h"

#include "theme/theme.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>

namespace runner::ui {

namespace {

/// As rich text, which wraps; empty where there is none.
QString hintOf(const QModelIndex &row)
{
    const QString hint = row.data(CompletionHint).toString();
    return hint.isEmpty() ? hint : QStringLiteral("<p>%1</p>").arg(hint.toHtmlEscaped());
}

} // namespace

void CompletionDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    const Theme theme(item.palette);
    const bool selected = item.state & QStyle::State_Selected;
    painter->fillRect(item.rect, selected ? theme.selectedFill : theme.base);
    painter->setFont(item.font);
    const QRect inner = item.rect.adjusted(gridUnit, 0, -gridUnit, 0);
    const QString text = index.data(CompletionText).toString();
    painter->setPen(selected ? theme.selectedText : theme.text);
    painter->drawText(inner, Qt::AlignVCenter | Qt::AlignLeft, text);
    const int used = item.fontMetrics.horizontalAdvance(text) + 2 * gridUnit;
    const QString detail = item.fontMetrics.elidedText(index.data(CompletionDetail).toString(), Qt::ElideRight,
                                                       std::max(0, inner.width() - used));
    painter->setPen(selected ? theme.selectedText : theme.noteText);
    painter->drawText(inner, Qt::AlignVCenter | Qt::AlignRight, detail);
}

QSize CompletionDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    constexpr int longestDetail = 40;
    const int characters = std::min(longestDetail, static_cast<int>(index.data(CompletionDetail).toString().size()));
    const int width = option.fontMetrics.horizontalAdvance(index.data(CompletionText).toString())
                      + characters * option.fontMetrics.averageCharWidth() + 5 * gridUnit;
    return {width, option.fontMetrics.height() + gridUnit / 2};
}

bool CompletionDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                                   const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip)
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    QToolTip::showText(event->globalPos(), hintOf(index), view);
    return true;
}

Completion::Completion(QObject *parent)
    : QCompleter(parent)
{
    setCompletionRole(CompletionText);
    setCompletionMode(QCompleter::PopupCompletion);
    setCaseSensitivity(Qt::CaseInsensitive);
    setMaxVisibleItems(10);
    setWrapAround(false); // Else a key behind the last row chooses none.
    auto *list = new QListView;
    list->setObjectName(QStringLiteral("completionPopup"));
    list->setAccessibleName(tr("What can stand here"));
    list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setPopup(list);
    connect(this, qOverload<const QModelIndex &>(&QCompleter::highlighted), this, &Completion::showHint);
}

/// QCompleter sets the popup anew with every model, and a delegate of its own with that.
void Completion::setItems(QAbstractItemModel *items)
{
    setModel(items);
    popup()->setItemDelegate(new CompletionDelegate(popup()));
}

int Completion::widthOfContents() const
{
    return std::max(20 * gridUnit,
                    popup()->sizeHintForColumn(0) + popup()->verticalScrollBar()->sizeHint().width() + gridUnit);
}

bool Completion::eventFilter(QObject *object, QEvent *event)
{
    const QEvent::Type type = event->type(); // First: popup() makes one where none is set yet, which sends others.
    const bool isKnown = type == QEvent::Show || type == QEvent::Hide || type == QEvent::ShortcutOverride
                         || type == QEvent::MouseButtonPress;
    if (isKnown && object == popup() && handlePopupEvent(event))
        return true;
    if (type == QEvent::KeyPress && object == widget() && isForAll(*static_cast<QKeyEvent *>(event))) {
        setCompletionPrefix({});
        complete();
        return true;
    }
    return QCompleter::eventFilter(object, event);
}

/// Down in a field that is empty: every row is offered.
bool Completion::isForAll(const QKeyEvent &key) const
{
    const auto *field = qobject_cast<const QLineEdit *>(widget());
    return field && field->text().isEmpty() && key.key() == Qt::Key_Down && key.modifiers() == Qt::NoModifier
           && !isOpen();
}

/// True where the event is done with.
bool Completion::handlePopupEvent(QEvent *event)
{
    switch (event->type()) {
    case QEvent::Show: // Also where a line edit opens the popup: its width is no measure for names.
        popup()->setMinimumWidth(widthOfContents());
        return false;
    case QEvent::Hide:
        QToolTip::hideText();
        return false;
    case QEvent::ShortcutOverride: { // A command of the window, such as saving, ends the offer.
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool isModifier = key->key() >= Qt::Key_Shift && key->key() <= Qt::Key_ScrollLock;
        if (!isModifier && (key->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier)))
            popup()->hide();
        return false;
    }
    case QEvent::MouseButtonPress: { // A click elsewhere means what it hits, not the popup.
        const auto *press = static_cast<QMouseEvent *>(event);
        if (popup()->rect().contains(press->position().toPoint()))
            return false;
        popup()->hide();
        passOn(*press);
        return true;
    }
    default:
        return false;
    }
}

void Completion::passOn(const QMouseEvent &press)
{
    QWidget *hit = QApplication::widgetAt(press.globalPosition().toPoint());
    if (!hit)
        return;
    if (hit->focusPolicy() & Qt::ClickFocus)
        hit->setFocus(Qt::MouseFocusReason);
    QCoreApplication::postEvent(hit, new QMouseEvent(QEvent::MouseButtonPress,
                                                     hit->mapFromGlobal(press.globalPosition()), press.globalPosition(),
                                                     press.button(), press.buttons(), press.modifiers()));
}

bool Completion::hasChosenRow() const
{
    return isOpen() && popup()->currentIndex().isValid();
}

bool Completion::isOpen() const
{
    return popup()->isVisible();
}

void Completion::offer(const QString &prefix, const QRect &place, bool asked)
{
    setCompletionPrefix(prefix);
    const bool onlyItself = completionCount() == 1 && currentCompletion() == prefix;
    if (completionCount() == 0 || onlyItself) {
        popup()->hide();
        return;
    }
    popup()->setFont(widget()->font());
    m_asked = asked || (m_asked && isOpen()); // Typing on narrows what was asked for.
    popup()->setCurrentIndex(m_asked ? completionModel()->index(0, 0) : QModelIndex());
    QRect wide = place;
    wide.setWidth(widthOfContents());
    complete(wide);
    showHint();
}

/// Of the chosen row, beside it.
void Completion::showHint() const
{
    const QModelIndex row = popup()->currentIndex();
    const QString hint = isOpen() && row.isValid() ? hintOf(row) : QString();
    const QPoint beside(popup()->width(), popup()->visualRect(row).top() - 2 * gridUnit); // It goes below the place.
    QToolTip::showText(popup()->mapToGlobal(beside), hint, popup());
}

} // namespace runner::ui
