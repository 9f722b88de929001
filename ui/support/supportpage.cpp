#include "support/supportpage.h"

#include "diagnostics/problemtext.h"
#include "place/emptystate.h"
#include "support/filterbar.h"
#include "support/supportview.h"
#include "theme/theme.h"

#include <QFrame>
#include <QLabel>
#include <QLineEdit>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <set>

namespace runner::ui {

SupportPage::SupportPage(QWidget *parent)
    : QWidget(parent)
    , m_filters(new FilterBar)
    , m_banner(new QLabel)
    , m_stack(new QStackedWidget)
    , m_model(new SupportModel(this))
    , m_view(new SupportView(m_model))
    , m_empty(new EmptyState)
{
    setObjectName(QStringLiteral("supportPage"));
    m_banner->setObjectName(QStringLiteral("errorBanner"));
    m_banner->setWordWrap(true);
    m_banner->setTextFormat(Qt::PlainText);
    m_banner->setContentsMargins(2 * gridUnit, gridUnit, 2 * gridUnit, gridUnit);
    m_banner->hide();
    m_stack->addWidget(m_view);
    m_stack->addWidget(m_empty);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_filters);
    layout->addWidget(m_banner);
    layout->addWidget(m_stack, 1);
    connect(m_filters, &FilterBar::filterChanged, this, &SupportPage::applyFilter);
    connect(m_filters, &FilterBar::leftDown, m_view, qOverload<>(&QWidget::setFocus));
    connect(m_view, &SupportView::typed, this, &SupportPage::onTyped);
    connect(m_empty, &EmptyState::actionTriggered, this, &SupportPage::onEmptyAction);
    setIdle(false);
}

std::string SupportPage::tagOf(int entry) const
{
    const SupportIndex &index = m_model->loaded()->index();
    return index.tagOf(index.entries[static_cast<std::size_t>(entry)]);
}

int SupportPage::entryWithTag(const std::string &tag) const
{
    const SupportIndex &index = m_model->loaded()->index();
    for (std::size_t i = 0; !tag.empty() && i < index.entries.size(); ++i) {
        if (index.tagOf(index.entries[i]) == tag)
            return static_cast<int>(i);
    }
    return -1;
}

void SupportPage::setWorkspace(const LoadedPointer &loaded)
{
    const int current = m_view->currentEntry();
    const std::string tag = current >= 0 ? tagOf(current) : std::string();
    std::vector<std::string> chosen;
    for (const int entry : m_view->chosenEntries())
        chosen.push_back(tagOf(entry));
    if (loaded)
        m_filters->setServices(loaded->workspace->matrix.services);
    m_model->setWorkspace(loaded);
    m_error.reset();
    m_loading = false;
    updateState();
    if (loaded && !m_view->selectEntry(entryWithTag(tag)))
        m_view->selectFirst();
    std::set<int> again;
    for (const std::string &each : chosen)
        again.insert(loaded ? entryWithTag(each) : -1);
    m_view->chooseEntries(again);
}

void SupportPage::setError(const std::optional<Problem> &error)
{
    m_error = error;
    m_loading = false;
    updateState();
}

void SupportPage::setIdle(bool loading)
{
    m_loading = loading;
    updateState();
}

void SupportPage::focusSearch()
{
    m_filters->searchField()->setFocus(Qt::ShortcutFocusReason);
    m_filters->searchField()->selectAll();
}

void SupportPage::applyFilter()
{
    const int chosen = m_view->currentEntry();
    m_model->setFilter(m_filters->filter());
    updateState();
    if (!m_view->selectEntry(chosen))
        m_view->selectFirst();
}

void SupportPage::updateState()
{
    const bool open = m_model->loaded() != nullptr;
    m_filters->setEnabled(open);
    const bool told = open && m_model->rowCount() == 0 && m_model->loaded()->workspace->matrixProblem;
    m_banner->setVisible(open && m_error && !told);
    if (open && m_error)
        m_banner->setText(tr("The last readable state is shown. ") + sentencesWithPlace(*m_error));
    if (open)
        m_filters->setCount(m_model->shownEntries(), static_cast<int>(m_model->loaded()->index().entries.size()));
    if (open && m_model->rowCount() > 0)
        m_stack->setCurrentWidget(m_view);
    else if (open && m_error && m_model->loaded()->workspace->matrixProblem)
        showEmpty(tr("The matrix cannot be read"),
                  tr("%1 What it says is shown here as soon as that is mended.").arg(sentencesWithPlace(*m_error)),
                  tr("Show the place"), Offer::Error);
    else if (open && m_model->loaded()->index().entries.empty())
        showEmpty(tr("Nothing is released yet"),
                  tr("The rules of this pack centre are read, but its list of released runners is empty. Add what is "
                     "released to it; the table shows it as soon as the file is saved."),
                  {}, Offer::Open);
    else if (open)
        showEmpty(tr("No version matches"),
                  tr("Every word has to be found, and every filter applies. Take a word "
                     "away, or start over."),
                  tr("Clear search and filters"), Offer::Clear);
    else if (m_error)
        showEmpty(tr("This pack centre cannot be read"), sentencesWithPlace(*m_error), tr("Open another folder…"),
                  Offer::Open);
    else if (m_loading)
        showEmpty({}, {}, {}, Offer::Open);
    else
        showEmpty(tr("Open a pack centre"),
                  tr("Choose a folder that holds matrix.yml or pack/matrix.yaml, or drop one on this window."),
                  tr("Open a folder…"), Offer::Open);
}

void SupportPage::showEmpty(const QString &title, const QString &text, const QString &action, Offer offer)
{
    m_offer = offer;
    m_empty->show(title, text, action);
    m_stack->setCurrentWidget(m_empty);
}

void SupportPage::onEmptyAction()
{
    if (m_offer == Offer::Clear)
        m_filters->clear();
    else if (m_offer == Offer::Error && m_error)
        Q_EMIT placeRequested(m_error->where);
    else
        Q_EMIT openRequested();
}

void SupportPage::onTyped(const QString &text)
{
    m_filters->searchField()->setFocus(Qt::OtherFocusReason);
    m_filters->searchField()->insert(text);
}

} // namespace runner::ui
