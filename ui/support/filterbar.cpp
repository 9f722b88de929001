#include "support/filterbar.h"

#include "support/flowlayout.h"
#include "theme/icons.h"
#include "theme/theme.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSignalBlocker>
#include <QToolButton>

namespace runner::ui {

namespace {

enum Toggle { HideDeprecated, OnlyPolished, OnlyIncomplete, ShowUnlisted };

} // namespace

FilterBar::FilterBar(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("filterBar"));
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(gridUnit, gridUnit, gridUnit, gridUnit);
    rows->setSpacing(gridUnit);
    auto *first = new QHBoxLayout;
    auto *second = new FlowLayout;
    second->setSpacing(gridUnit);
    rows->addLayout(first);
    rows->addLayout(second);
    buildSearch(first);
    buildServices(second);
    addToggle(second, QStringLiteral("hideDeprecated"), tr("Hide &deprecated"),
              tr("Hide versions that are deprecated"));
    addToggle(second, QStringLiteral("onlyPolished"), tr("Only &polished"),
              tr("Show only versions that were improved after their first release"));
    addToggle(second, QStringLiteral("onlyIncomplete"), tr("Only &incomplete"),
              tr("Show only versions without a known image or with problems"));
    addToggle(second, QStringLiteral("showUnlisted"), tr("Show &unlisted"),
              tr("Show also versions that the published table leaves out; they have a dashed border"));
    m_count = new QLabel;
    m_count->setObjectName(QStringLiteral("matchCount"));
    second->addWidget(m_count);
}

void FilterBar::buildSearch(QHBoxLayout *row)
{
    m_search = new QLineEdit;
    m_search->setObjectName(QStringLiteral("searchField"));
    m_search->setAccessibleName(tr("Find in the support table"));
    m_search->setPlaceholderText(tr("Find a backend, variant, service, version, tag or argument"));
    m_search->addAction(drawnIcon(QStringLiteral("edit-find")), QLineEdit::LeadingPosition);
    m_search->setMinimumHeight(4 * gridUnit);
    m_search->installEventFilter(this);
    // The clear button asks the desktop's theme for its icon; no need to before there is something to clear.
    connect(m_search, &QLineEdit::textChanged, this, [this] { m_search->setClearButtonEnabled(true); });
    connect(m_search, &QLineEdit::textChanged, this, &FilterBar::filterChanged);
    row->addWidget(m_search);
}

void FilterBar::buildServices(QLayout *row)
{
    m_services = new QToolButton;
    m_services->setObjectName(QStringLiteral("serviceFilter"));
    m_services->setText(tr("All services  "));
    m_services->setToolTip(tr("Choose the services to show"));
    m_services->setAccessibleName(tr("Services to show"));
    m_services->setPopupMode(QToolButton::InstantPopup);
    m_services->setFocusPolicy(Qt::StrongFocus);
    m_serviceMenu = new QMenu(m_services);
    m_serviceMenu->setObjectName(QStringLiteral("serviceMenu"));
    m_services->setMenu(m_serviceMenu);
    row->addWidget(m_services);
}

void FilterBar::addToggle(QLayout *row, const QString &name, const QString &text, const QString &tip)
{
    auto *action = new QAction(text, this);
    action->setObjectName(name);
    action->setCheckable(true);
    action->setToolTip(tip);
    action->setStatusTip(tip);
    connect(action, &QAction::toggled, this, &FilterBar::filterChanged);
    auto *button = new QToolButton;
    button->setObjectName(name + QStringLiteral("Button"));
    button->setDefaultAction(action);
    button->setFocusPolicy(Qt::StrongFocus);
    row->addWidget(button);
    m_toggles << action;
}

SupportFilter FilterBar::filter() const
{
    SupportFilter filter;
    filter.query = m_search->text();
    const auto services = m_serviceMenu->actions();
    for (const QAction *service : services) {
        if (!service->isChecked())
            filter.hiddenServices << service->data().toString();
    }
    filter.hideDeprecated = m_toggles[HideDeprecated]->isChecked();
    filter.onlyPolished = m_toggles[OnlyPolished]->isChecked();
    filter.onlyIncomplete = m_toggles[OnlyIncomplete]->isChecked();
    filter.showUnlisted = m_toggles[ShowUnlisted]->isChecked();
    return filter;
}

void FilterBar::setServices(const std::vector<matrix::Service> &services)
{
    const QStringList hidden = filter().hiddenServices;
    m_serviceMenu->clear();
    for (const matrix::Service &service : services) {
        const QString id = QString::fromStdString(service.id);
        QAction *action = m_serviceMenu->addAction(QString::fromStdString(service.name));
        action->setObjectName(QStringLiteral("service-") + id);
        action->setCheckable(true);
        action->setChecked(!hidden.contains(id));
        action->setData(id);
        connect(action, &QAction::toggled, this, &FilterBar::filterChanged);
    }
}

void FilterBar::setCount(int shown, int all)
{
    m_count->setText(shown == all ? tr("%1 versions").arg(all) : tr("%1 of %2 versions").arg(shown).arg(all));
    const qsizetype hidden = filter().hiddenServices.size();
    m_services->setText(hidden == 0 ? tr("All services  ")
                                    : tr("%1 of %2 services  ")
                                          .arg(m_serviceMenu->actions().size() - hidden)
                                          .arg(m_serviceMenu->actions().size()));
}

void FilterBar::clear()
{
    {
        const QSignalBlocker blocker(this);
        m_search->clear();
        for (QAction *toggle : m_toggles)
            toggle->setChecked(false);
        const auto services = m_serviceMenu->actions();
        for (QAction *service : services)
            service->setChecked(true);
    }
    Q_EMIT filterChanged();
}

bool FilterBar::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Down || key == Qt::Key_Return || key == Qt::Key_Enter) {
            Q_EMIT leftDown();
            return true;
        }
        if (key == Qt::Key_Escape && !m_search->text().isEmpty()) {
            m_search->clear();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace runner::ui
