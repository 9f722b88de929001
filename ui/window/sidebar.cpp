#include "window/sidebar.h"

#include "theme/icons.h"
#include "theme/theme.h"
#include "window/places.h"

#include <QAction>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace runner::ui {

Sidebar::Sidebar(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("sidebar"));
    setAccessibleName(tr("Places"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(gridUnit / 2, gridUnit, gridUnit / 2, gridUnit);
    layout->setSpacing(gridUnit / 2);
    for (int place = 0; place < static_cast<int>(placeKinds().size()); ++place)
        addEntry(place);
    layout->addStretch(1);
    setVisible(m_actions.size() > 1);
}

void Sidebar::addEntry(int place)
{
    const PlaceKind &kind = placeKinds()[static_cast<std::size_t>(place)];
    auto *action = new QAction(drawnIcon(QString::fromLatin1(kind.icon)), kind.translatedTitle(), this);
    action->setObjectName(QStringLiteral("place-") + QLatin1String(kind.id));
    action->setShortcut(QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + place)));
    action->setCheckable(true);
    action->setToolTip(
        tr("%1 (%2)").arg(kind.translatedTitle(), action->shortcut().toString(QKeySequence::NativeText)));
    connect(action, &QAction::triggered, this, [this, place] { Q_EMIT chosen(place); });
    auto *button = new QToolButton;
    button->setObjectName(QStringLiteral("placeButton-") + QLatin1String(kind.id));
    button->setDefaultAction(action);
    button->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
    button->setIconSize({3 * gridUnit, 3 * gridUnit});
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    button->setMinimumSize(9 * gridUnit, 7 * gridUnit);
    layout()->addWidget(button);
    m_actions << action;
}

int Sidebar::current() const
{
    const auto shown =
        std::find_if(m_actions.begin(), m_actions.end(), [](const QAction *action) { return action->isChecked(); });
    return shown == m_actions.end() ? -1 : static_cast<int>(shown - m_actions.begin());
}

void Sidebar::setCurrent(int place)
{
    for (int i = 0; i < m_actions.size(); ++i)
        m_actions[i]->setChecked(i == place);
}

void Sidebar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(Theme(palette()).grid);
    const int edge = layoutDirection() == Qt::LeftToRight ? width() - 1 : 0;
    painter.drawLine(edge, 0, edge, height());
}

} // namespace runner::ui
