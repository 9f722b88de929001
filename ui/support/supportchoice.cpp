// SupportView: choosing single versions among several, by mouse and keys.
#include "support/supportdelegate.h"
#include "support/supportmodel.h"
#include "support/supportview.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QScopedValueRollback>

#include <algorithm>
#include <iterator>

namespace runner::ui {

void SupportView::chooseEntries(const std::set<int> &entries)
{
    std::set<int> shown;
    std::copy_if(entries.begin(), entries.end(), std::inserter(shown, shown.end()),
                 [this](int entry) { return m_model->cellOf(entry).isValid(); });
    if (shown.empty())
        m_anchor = -1;
    if (shown == m_chosen)
        return;
    m_chosen = std::move(shown);
    m_delegate->setChosen(m_chosen);
    if (!m_chosen.empty()) { // What is copied is what the chips stand in.
        const QScopedValueRollback choosing(m_choosing, true);
        QItemSelection cells;
        for (const int entry : m_chosen) {
            const QModelIndex cell = m_model->cellOf(entry);
            cells.select(cell, cell);
        }
        selectionModel()->select(cells, QItemSelectionModel::ClearAndSelect);
    }
    viewport()->update();
    Q_EMIT chosenChanged();
}

/// What is selected when the first chip is added to it: every version of several cells, else the current one.
std::set<int> SupportView::selectedBefore() const
{
    if (!m_chosen.empty())
        return m_chosen;
    std::set<int> entries;
    const QModelIndexList cells = selectionModel()->selectedIndexes();
    if (cells.size() > 1) {
        for (const QModelIndex &cell : cells) {
            const auto inside = cell.data(EntriesRole).value<QList<int>>();
            entries.insert(inside.begin(), inside.end());
        }
    } else if (currentEntry() >= 0) {
        entries.insert(currentEntry());
    }
    return entries;
}

/// The current chip moves; what is selected stays.
void SupportView::goToChip(const QModelIndex &cell, int chip)
{
    const QScopedValueRollback choosing(m_choosing, true);
    m_nextChip = chip;
    selectionModel()->setCurrentIndex(cell, QItemSelectionModel::NoUpdate);
    m_nextChip = 0;
    setChip(chip);
}

void SupportView::toggleChosen(int entry)
{
    std::set<int> entries = selectedBefore();
    if (entries.erase(entry) == 0)
        entries.insert(entry);
    chooseEntries(entries);
    m_anchor = entry;
}

/// Every shown version between both, in the columns between both.
void SupportView::chooseRange(int from, int to, bool more)
{
    std::set<int> entries = more ? selectedBefore() : std::set<int>();
    const auto [first, last] = std::minmax({from, to});
    const auto [left, right] = std::minmax({m_model->cellOf(from).column(), m_model->cellOf(to).column()});
    for (int entry = first; entry <= last; ++entry) {
        const QModelIndex cell = m_model->cellOf(entry);
        if (cell.isValid() && cell.column() >= left && cell.column() <= right)
            entries.insert(entry);
    }
    chooseEntries(entries);
    m_anchor = from;
}

/// True where the press has chosen chips, or asks for the menu of those that are.
bool SupportView::pressChip(const QMouseEvent &event, const QModelIndex &cell, int chip)
{
    const int entry = m_model->entryAt(cell, chip);
    if (event.button() == Qt::RightButton && m_chosen.count(entry) > 0) {
        goToChip(cell, chip);
        return true;
    }
    const bool control = event.modifiers().testFlag(Qt::ControlModifier);
    const bool shift = event.modifiers().testFlag(Qt::ShiftModifier);
    if (event.button() != Qt::LeftButton || (!control && !shift))
        return false;
    if (shift)
        chooseRange(m_anchor >= 0 ? m_anchor : std::max(currentEntry(), 0), entry, control);
    else
        toggleChosen(entry);
    goToChip(cell, chip);
    return true;
}

/// Shift and an arrow chooses on, Ctrl and an arrow only moves, Ctrl+Space chooses the current one or not.
bool SupportView::handleChoice(const QKeyEvent &event)
{
    const bool arrow = event.key() == Qt::Key_Left || event.key() == Qt::Key_Right;
    const Qt::KeyboardModifiers keys = event.modifiers() & ~Qt::KeypadModifier;
    if (event.key() == Qt::Key_Space && keys == Qt::ControlModifier && currentEntry() >= 0) {
        toggleChosen(currentEntry());
        return true;
    }
    if (!arrow || (keys != Qt::ShiftModifier && keys != Qt::ControlModifier) || currentEntry() < 0)
        return false;
    if (keys == Qt::ControlModifier)
        chooseEntries(selectedBefore());
    const int anchor = m_anchor >= 0 ? m_anchor : currentEntry();
    const QModelIndex cell = currentIndex();
    const int step = event.key() == Qt::Key_Left ? -1 : 1;
    const int next = m_chip + step;
    if (next >= 0 && next < chipCount()) {
        goToChip(cell, next);
    } else {
        QModelIndex beside = cell.siblingAtColumn(cell.column() + step);
        while (beside.isValid() && m_model->entryAt(beside, 0) < 0)
            beside = beside.siblingAtColumn(beside.column() + step);
        if (!beside.isValid())
            return true;
        goToChip(beside, step < 0 ? static_cast<int>(beside.data(EntriesRole).value<QList<int>>().size()) - 1 : 0);
    }
    if (keys == Qt::ShiftModifier)
        chooseRange(anchor, currentEntry(), false);
    return true;
}

} // namespace runner::ui
