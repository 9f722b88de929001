#include "support/supportview.h"

#include "support/supportdelegate.h"
#include "support/supportheader.h"
#include "support/supportmodel.h"
#include "theme/theme.h"

#include <QHeaderView>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>

namespace runner::ui {

namespace {

constexpr int maxTextWidth = 18 * gridUnit; // Of a version or variant; longer ones are cut, the details have all of it.

} // namespace

SupportView::SupportView(SupportModel *model, QWidget *parent)
    : QTreeView(parent)
    , m_model(model)
    , m_delegate(new SupportDelegate(this))
{
    setObjectName(QStringLiteral("supportTable"));
    setAccessibleName(tr("Support table"));
    setModel(model);
    setItemDelegate(m_delegate);
    setIndentation(0);
    setRootIsDecorated(false);
    setExpandsOnDoubleClick(false);
    setVerticalScrollMode(ScrollPerItem);    // Heights are worked out for what is on the screen only.
    setHorizontalScrollMode(ScrollPerPixel); // Only where even the narrowest columns do not fit.
    setSelectionBehavior(SelectItems);
    setSelectionMode(ExtendedSelection);
    setFrameShape(NoFrame);
    setHeader(new SupportHeader(this));
    setUpHeader();
    connect(model, &QAbstractItemModel::modelReset, this, &SupportView::onModelReset);
    connect(this, &QTreeView::expanded, this, [this](const QModelIndex &section) { onExpansion(section, true); });
    connect(this, &QTreeView::collapsed, this, [this](const QModelIndex &section) { onExpansion(section, false); });
}

void SupportView::setUpHeader()
{
    header()->setSectionsMovable(false);
    header()->setStretchLastSection(false);
    header()->setHighlightSections(false);
    header()->setMinimumSectionSize(4 * gridUnit);
    connect(header(), &QHeaderView::sectionResized, this, [this] { scheduleDelayedItemsLayout(); });
}

void SupportView::sizeColumns()
{
    m_sizedFor = m_model->loaded().get();
    const QFontMetrics metrics(boldFont(font()));
    for (int column = 0; column < m_model->columnCount(); ++column)
        header()->setSectionResizeMode(column, QHeaderView::Fixed);
    if (m_model->columnCount() > 0) {
        const auto [version, variant] = m_model->longestTexts();
        const auto fit = [&metrics](const QString &title, const QString &text, int margin) {
            const int wanted = std::max(metrics.horizontalAdvance(title), metrics.horizontalAdvance(text.left(64)));
            return std::min(wanted, maxTextWidth) + margin;
        };
        header()->resizeSection(VersionColumn, fit(tr("Version"), version, 4 * gridUnit));
        header()->resizeSection(VariantColumn, fit(tr("Variant"), variant, 3 * gridUnit));
    }
    shareWidth();
}

void SupportView::onModelReset()
{
    m_restoring = true;
    chooseEntries({}); // Entries have other numbers now.
    if (m_sizedFor != m_model->loaded().get())
        sizeColumns();
    expandAll();
    for (int row = 0; row < m_model->rowCount(); ++row) {
        setFirstColumnSpanned(row, {}, true);
        const QModelIndex section = m_model->index(row, 0);
        if (m_collapsed.contains(section.data().toString()) && m_model->filter().query.isEmpty())
            collapse(section);
    }
    m_restoring = false;
}

// The width that the fixed columns leave goes to the services by what they have to show: nothing jumps while filtering.
void SupportView::shareWidth()
{
    constexpr int maxWeight = 9;
    constexpr int minWidth = 10 * gridUnit;
    std::vector<int> weights = m_model->columnWeights();
    int left = viewport()->width() - header()->sectionSize(VersionColumn) - header()->sectionSize(VariantColumn);
    int total = 0;
    for (int &weight : weights)
        total += weight = std::min(weight, maxWeight);
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const int others = static_cast<int>(weights.size() - i - 1) * minWidth; // None is left without room.
        const int width = std::max(minWidth, std::min(left * weights[i] / std::max(total, 1), left - others));
        header()->resizeSection(FirstServiceColumn + static_cast<int>(i), width);
        left -= width;
        total -= weights[i];
    }
}

void SupportView::onExpansion(const QModelIndex &section, bool expanded)
{
    if (m_restoring)
        return;
    if (expanded)
        m_collapsed.remove(section.data().toString());
    else
        m_collapsed.insert(section.data().toString());
}

int SupportView::chipCount() const
{
    return static_cast<int>(currentIndex().data(EntriesRole).value<QList<int>>().size());
}

int SupportView::currentEntry() const
{
    return m_model->entryAt(currentIndex(), m_chip);
}

void SupportView::setChip(int chip)
{
    const int count = chipCount();
    m_chip = std::clamp(chip < 0 ? count + chip : chip, 0, std::max(count - 1, 0));
    m_delegate->setCurrentChip(m_chip);
    viewport()->update();
    Q_EMIT entryChanged(currentEntry());
}

void SupportView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTreeView::currentChanged(current, previous);
    setChip(std::exchange(m_nextChip, 0));
}

/// Cells that are selected as such end the choice of single chips.
void SupportView::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    QTreeView::selectionChanged(selected, deselected);
    if (!m_choosing)
        chooseEntries({});
}

bool SupportView::selectEntry(int entry)
{
    const QModelIndex cell = m_model->cellOf(entry);
    if (!cell.isValid())
        return false;
    m_nextChip = static_cast<int>(cell.data(EntriesRole).value<QList<int>>().indexOf(entry));
    const int chip = m_nextChip;
    if (currentIndex() != cell)
        setCurrentIndex(cell);
    m_nextChip = 0;
    setChip(chip);
    return true;
}

void SupportView::selectFirst()
{
    const int entry = m_model->firstEntry();
    if (entry < 0 || !selectEntry(entry)) {
        setCurrentIndex({});
        Q_EMIT entryChanged(-1);
    }
    scrollToTop();
}

bool SupportView::moveChip(int step)
{
    const QModelIndex cell = currentIndex();
    if (!cell.isValid() || cell.data(IsSectionRole).toBool())
        return false;
    if (m_chip + step >= 0 && m_chip + step < chipCount()) {
        setChip(m_chip + step);
        return true;
    }
    const QModelIndex next = cell.siblingAtColumn(cell.column() + step);
    if (next.isValid()) {
        m_nextChip = step < 0 ? -1 : 0;
        setCurrentIndex(next);
        m_nextChip = 0;
    }
    return true;
}

void SupportView::keyPressEvent(QKeyEvent *event)
{
    const bool plain = (event->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier;
    const QModelIndex section = currentIndex().siblingAtColumn(0); // Only the first column knows of folding.
    const bool isSection = section.data(IsSectionRole).toBool();
    if (isSection && plain && (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right)) {
        setExpanded(section, event->key() == Qt::Key_Right);
        return;
    }
    if (!isSection && handleChoice(*event))
        return;
    if (plain && (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right)) {
        chooseEntries({});
        if (moveChip(event->key() == Qt::Key_Left ? -1 : 1))
            return;
    }
    if (plain && event->key() == Qt::Key_F2) { // As it renames and edits elsewhere.
        Q_EMIT menuRequested(chipRect(currentIndex(), m_chip).bottomLeft());
        return;
    }
    if (plain && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Space)) {
        if (isSection)
            setExpanded(section, !isExpanded(section));
        else if (currentEntry() >= 0)
            Q_EMIT entryActivated(currentEntry());
        return;
    }
    QTreeView::keyPressEvent(event);
}

void SupportView::keyboardSearch(const QString &text)
{
    if (!text.trimmed().isEmpty())
        Q_EMIT typed(text);
}

int SupportView::chipAt(const QPoint &place, const QModelIndex &cell) const
{
    if (!cell.isValid() || cell.column() < FirstServiceColumn || cell.data(IsSectionRole).toBool())
        return -1;
    return m_delegate->layoutOf(cell).hit(place - visualRect(cell).topLeft());
}

QRect SupportView::chipRect(const QModelIndex &cell, int chip) const
{
    return m_delegate->layoutOf(cell).boxes.value(chip).translated(visualRect(cell).topLeft());
}

void SupportView::mousePressEvent(QMouseEvent *event)
{
    const QModelIndex cell = indexAt(event->pos());
    const int chip = chipAt(event->pos(), cell);
    const bool wasCurrent = cell == currentIndex();
    m_pressTaken = chip >= 0 && pressChip(*event, cell, chip);
    if (m_pressTaken)
        return;
    chooseEntries({});
    m_nextChip = std::max(chip, 0);
    QTreeView::mousePressEvent(event);
    m_nextChip = 0;
    if (!cell.isValid())
        return;
    if (chip >= 0 && wasCurrent) // The menu is about the chip under the mouse, too.
        setChip(chip);
    if (event->button() == Qt::LeftButton && cell.data(IsSectionRole).toBool())
        setExpanded(cell.siblingAtColumn(0), !isExpanded(cell.siblingAtColumn(0)));
}

/// A key asks for the menu of the current chip, wherever the mouse is.
void SupportView::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    Q_EMIT menuRequested(byKey ? chipRect(currentIndex(), m_chip).bottomLeft() : event->pos());
}

void SupportView::mouseMoveEvent(QMouseEvent *event)
{
    if (!m_pressTaken)
        QTreeView::mouseMoveEvent(event);
}

void SupportView::mouseReleaseEvent(QMouseEvent *event)
{
    if (!std::exchange(m_pressTaken, false))
        QTreeView::mouseReleaseEvent(event);
}

void SupportView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const QModelIndex cell = indexAt(event->pos());
    if (const int chip = chipAt(event->pos(), cell); chip >= 0 && event->modifiers() != Qt::NoModifier) {
        m_pressTaken = pressChip(*event, cell, chip); // Two quick choices, not one and an activation.
        return;
    }
    QTreeView::mouseDoubleClickEvent(event);
    if (event->button() == Qt::LeftButton && chipAt(event->pos(), currentIndex()) >= 0)
        Q_EMIT entryActivated(currentEntry());
}

/// The number of the index among the rows that can be scrolled to.
int SupportView::itemOf(const QModelIndex &index) const
{
    const bool isSection = !index.parent().isValid();
    const int section = isSection ? index.row() : index.parent().row();
    int item = section + (isSection ? 0 : index.row() + 1);
    for (int i = 0; i < section; ++i) {
        const QModelIndex before = m_model->index(i, 0);
        item += isExpanded(before) ? m_model->rowCount(before) : 0;
    }
    return item;
}

QRect SupportView::visualRect(const QModelIndex &index) const
{
    // The tree would work out the heights of all rows between the screen and the index, however many they are.
    if (index.isValid()) {
        const int distance = itemOf(index) - verticalScrollBar()->value();
        const int height = QFontMetrics(font()).height();
        if (distance > viewport()->height() / height || distance < -viewport()->height() / height)
            return {0, distance < 0 ? -2 * height : viewport()->height() + height, viewport()->width(), height};
    }
    return QTreeView::visualRect(index);
}

QRegion SupportView::visualRegionForSelection(const QItemSelection &) const
{
    return viewport()->rect(); // Painting a screenful is cheaper than finding out where the selection is.
}

bool SupportView::viewportEvent(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QTreeView::viewportEvent(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    return showTooltip(help->pos(), help->globalPos());
}

bool SupportView::showTooltip(const QPoint &place, const QPoint &global)
{
    const QModelIndex cell = indexAt(place);
    const int chip = chipAt(place, cell);
    if (chip < 0) {
        QToolTip::hideText();
        return true;
    }
    QToolTip::showText(global, m_model->describe(m_model->entryAt(cell, chip)), viewport(), chipRect(cell, chip));
    return true;
}

void SupportView::paintEvent(QPaintEvent *event)
{
    QTreeView::paintEvent(event);
    if (m_model->rowCount() > 0)
        Q_EMIT tablePainted();
}

void SupportView::drawRow(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QTreeView::drawRow(painter, option, index);
    painter->fillRect(option.rect.left(), option.rect.bottom(), viewport()->width(), 1, m_delegate->theme().grid);
}

void SupportView::changeEvent(QEvent *event)
{
    QTreeView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange
        || event->type() == QEvent::StyleChange) {
        m_delegate->invalidate();
        scheduleDelayedItemsLayout();
    }
}

void SupportView::resizeEvent(QResizeEvent *event)
{
    QTreeView::resizeEvent(event);
    shareWidth();
    scheduleDelayedItemsLayout();
}

} // namespace runner::ui
