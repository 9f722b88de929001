#include "support/supportplace.h"
#include "place/menus.h"

#include "support/detailspane.h"
#include "support/filterbar.h"
#include "support/supportedits.h"
#include "support/supportpage.h"
#include "support/supportview.h"
#include "theme/theme.h"

#include <QHBoxLayout>
#include <QSplitter>

namespace runner::ui {

namespace {

constexpr int detailsDelay = 30;      // Milliseconds.
constexpr int narrow = 88 * gridUnit; // Below this the table needs the width for itself.

} // namespace

SupportPlace::SupportPlace(Settings &settings, QWidget *parent)
    : Place(parent)
    , m_settings(settings)
{
    setObjectName(QStringLiteral("supportPlace"));
    setUpPanes();
    setUpActions();
    m_detailsTimer.setSingleShot(true);
    m_detailsTimer.setInterval(detailsDelay);
    connect(&m_detailsTimer, &QTimer::timeout, this, &SupportPlace::showEntry);
}

void SupportPlace::setUpPanes()
{
    m_page = new SupportPage;
    m_details = new DetailsPane;
    m_details->setVisible(m_settings.detailsShown());
    m_across = new QSplitter(Qt::Horizontal);
    m_across->setObjectName(QStringLiteral("detailsSplitter"));
    m_across->addWidget(m_page);
    m_across->addWidget(m_details);
    m_across->setStretchFactor(0, 3);
    m_across->setStretchFactor(1, 1);
    m_across->setSizes({1280 - 55 * gridUnit, 55 * gridUnit});
    m_across->setChildrenCollapsible(false);
    m_across->setHandleWidth(gridUnit / 2);
    m_across->setMinimumSize(36 * gridUnit, 20 * gridUnit); // Not that of both panes: one of them can go.
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_across);
    connect(m_page, &SupportPage::openRequested, this, &Place::openRequested);
    connect(m_page, &SupportPage::placeRequested, this, &Place::revealRequested);
    connect(m_page->view(), &SupportView::tablePainted, this, &SupportPlace::onTablePainted);
    connect(m_page->view(), &SupportView::entryChanged, this, &SupportPlace::onEntryChanged);
    connect(m_page->view(), &SupportView::entryActivated, this, &SupportPlace::onEntryActivated);
    connect(m_details, &DetailsPane::copied, this,
            [this](const QString &text) { Q_EMIT statusMessage(tr("Copied %1").arg(text)); });
    connect(m_details, &DetailsPane::left, m_page->view(), qOverload<>(&QWidget::setFocus));
}

QList<QAction *> SupportPlace::actions(PlaceMenu menu) const
{
    switch (menu) {
    case PlaceMenu::File:
        return m_fileActions;
    case PlaceMenu::Edit:
        return m_edits->actions() + QList<QAction *>{m_changeReleased};
    case PlaceMenu::View:
        return m_page->filterBar()->toggles() << m_detailsAction;
    }
    return {};
}

void SupportPlace::setWorkspace(const LoadedPointer &loaded)
{
    if (m_loaded && m_loaded->workspace != loaded->workspace)
        closeMenuOf(this);
    m_loaded = loaded;
    m_page->setWorkspace(loaded);
    for (QAction *action : std::as_const(m_fileActions))
        action->setEnabled(true);
    m_changeReleased->setEnabled(true);
    updateEdits();
    onEntryChanged(m_page->view()->currentEntry());
}

void SupportPlace::setError(const std::optional<Problem> &error)
{
    m_page->setError(error);
    m_page->update();
}

void SupportPlace::setIdle(bool loading)
{
    m_page->setIdle(loading);
}

void SupportPlace::find()
{
    m_page->focusSearch();
}

bool SupportPlace::shows(std::string_view file)
{
    return file == "gpustack_runner/runner.py.json";
}

/// What the user wants to see must not be filtered out.
void SupportPlace::showAll(bool unlisted)
{
    m_page->filterBar()->clear();
    const QList<QAction *> toggles = m_page->filterBar()->toggles();
    for (QAction *toggle : toggles) {
        if (unlisted && toggle->objectName() == QLatin1String("showUnlisted"))
            toggle->setChecked(true);
    }
}

bool SupportPlace::reveal(const Location &where)
{
    const int entry = m_loaded && m_page->model()->loaded() == m_loaded ? m_loaded->index().entryAt(where) : -1;
    if (entry < 0)
        return false;
    SupportView *view = m_page->view();
    if (!view->selectEntry(entry)) {
        showAll(!m_loaded->index().entries[static_cast<std::size_t>(entry)].entry->listed);
        if (!view->selectEntry(entry))
            return false;
    }
    view->scrollTo(view->currentIndex());
    view->setFocus(Qt::OtherFocusReason);
    return true;
}

void SupportPlace::restoreLayout(const Settings &settings)
{
    m_across->restoreState(settings.splitter(m_across->objectName()));
}

void SupportPlace::saveLayout(Settings &settings) const
{
    settings.setSplitter(m_across->objectName(), m_across->saveState());
}

void SupportPlace::onEntryChanged(int entry)
{
    m_entry = entry;
    updateEdits();
    if (m_painted)
        m_detailsTimer.start();
}

void SupportPlace::onTablePainted()
{
    if (!std::exchange(m_painted, true))
        m_detailsTimer.start(); // Details are for the second frame: they take longer than the table.
    Q_EMIT tablePainted();
}

void SupportPlace::showEntry()
{
    if (m_details->isVisible())
        m_details->showEntry(m_loaded, m_entry);
    Q_EMIT ready();
}

void SupportPlace::onEntryActivated()
{
    m_detailsAction->setChecked(true);
    showEntry();
    m_details->setFocus(Qt::OtherFocusReason);
}

void SupportPlace::resizeEvent(QResizeEvent *event)
{
    Place::resizeEvent(event);
    if (m_narrow == (width() < narrow))
        return;
    m_narrow = !m_narrow;
    m_adapting = true;
    m_detailsAction->setChecked(!m_narrow && m_settings.detailsShown());
    m_adapting = false;
}

void SupportPlace::setDetailsVisible(bool visible)
{
    if (!m_narrow && !m_adapting) // What a small window makes of it is not what the user wants of a large one.
        m_settings.setDetailsShown(visible);
    m_details->setVisible(visible);
    if (visible)
        m_detailsTimer.start();
}

} // namespace runner::ui
