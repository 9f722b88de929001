#include "window/panes.h"

#include "window/placestack.h"

#include <QSplitter>

#include <algorithm>

namespace runner::ui {

namespace {

bool takesKeys(const QWidget &widget)
{
    return widget.isVisible() && widget.isEnabled() && (widget.focusPolicy() & Qt::TabFocus);
}

bool holds(const QWidget &pane, const QWidget &widget)
{
    return &pane == &widget || pane.isAncestorOf(&widget);
}

/// What of the pane the keyboard goes to; null where nothing takes it.
QWidget *entryOf(QWidget &pane)
{
    QWidget *last = pane.focusWidget();
    if (last && takesKeys(*last))
        return last;
    QWidget *next = &pane;
    do {
        if (holds(pane, *next) && takesKeys(*next))
            return next;
        next = next->nextInFocusChain();
    } while (next != &pane);
    return nullptr;
}

/// Those that are shown, in none of the others.
QList<const QSplitter *> outermostSplitters(const QWidget &below)
{
    QList<const QSplitter *> outermost;
    const auto all = below.findChildren<const QSplitter *>(); // What is around others comes before them.
    for (const QSplitter *splitter : all) {
        const bool isInner = std::any_of(outermost.begin(), outermost.end(),
                                         [splitter](const QSplitter *outer) { return outer->isAncestorOf(splitter); });
        if (splitter->isVisible() && !isInner)
            outermost << splitter;
    }
    return outermost;
}

void addPanes(QWidgetList &panes, QWidget &widget)
{
    const auto *itself = qobject_cast<const QSplitter *>(&widget);
    const QList<const QSplitter *> splitters = itself ? QList{itself} : outermostSplitters(widget);
    if (splitters.isEmpty() && widget.isVisible() && entryOf(widget))
        panes << &widget;
    for (const QSplitter *splitter : splitters) {
        for (int i = 0; i < splitter->count(); ++i)
            addPanes(panes, *splitter->widget(i));
    }
}

/// A pane that was dragged to nothing gets what it needs.
void openUp(QWidget &pane)
{
    for (QWidget *widget = &pane; widget; widget = widget->parentWidget()) {
        auto *splitter = qobject_cast<QSplitter *>(widget->parentWidget());
        const int at = splitter ? splitter->indexOf(widget) : -1;
        if (at < 0 || splitter->sizes()[at] > 0)
            continue;
        QList<int> sizes = splitter->sizes();
        const QSize least = widget->sizeHint();
        sizes[at] = splitter->orientation() == Qt::Horizontal ? least.width() : least.height();
        splitter->setSizes(sizes);
    }
}

} // namespace

QWidgetList shownPanes(QWidget &centre)
{
    QWidgetList panes;
    addPanes(panes, centre);
    return panes;
}

void enterPane(QWidget &pane)
{
    openUp(pane);
    QWidget *entry = entryOf(pane);
    entry->setFocus(Qt::ShortcutFocusReason);
    for (QWidget *widget = pane.parentWidget(); widget; widget = widget->parentWidget()) {
        if (auto *area = qobject_cast<PlaceArea *>(widget))
            area->bring(pane, *entry);
    }
}

} // namespace runner::ui
