// PlanPage: how its panes are put together, side by side or one above the other.
#include "builds/planimages.h"
#include "builds/planoptions.h"
#include "builds/planpage.h"
#include "builds/rulesource.h"
#include "theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

namespace runner::ui {

namespace {

QLabel *heading(const QString &text)
{
    auto *label = new QLabel(text);
    label->setFont(boldFont(label->font()));
    return label;
}

QLabel *wrappedLabel(const QString &name)
{
    auto *label = new QLabel;
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->hide();
    return label;
}

/// As high as what is in it, and less where the window has less: it scrolls then.
class OptionsArea final : public QScrollArea
{
public:
    explicit OptionsArea(QWidget *options)
    {
        setObjectName(QStringLiteral("planOptionsArea"));
        setWidget(options);
        setWidgetResizable(true);
        setFocusPolicy(Qt::NoFocus); // What is in it has the focus, and is scrolled to.
        setFrameShape(QFrame::NoFrame);
        setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    }

    QSize sizeHint() const override { return widget()->sizeHint() + QSize(verticalScrollBar()->sizeHint().width(), 0); }
    QSize minimumSizeHint() const override
    {
        return {widget()->minimumSizeHint().width() + verticalScrollBar()->sizeHint().width(), 12 * gridUnit};
    }
};

} // namespace

int PlanPage::widthSideBySide() const
{
    const QMargins margins = m_parts->contentsMargins();
    return m_parts->itemAt(0)->minimumSize().width() + m_parts->itemAt(1)->minimumSize().width() + m_parts->spacing()
           + margins.left() + margins.right();
}

QSize PlanPage::minimumSizeHint() const
{
    const QMargins margins = m_parts->contentsMargins();
    const int widest = std::max(m_parts->itemAt(0)->minimumSize().width(), m_parts->itemAt(1)->minimumSize().width());
    return {widest + margins.left() + margins.right(), QWidget::minimumSizeHint().height()};
}

void PlanPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const auto direction = width() < widthSideBySide() ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight;
    if (m_parts->direction() == direction)
        return;
    m_parts->setDirection(direction);
    updateGeometry();
}

QWidget *PlanPage::makeImages()
{
    auto *pane = new QWidget;
    auto *layout = new QVBoxLayout(pane);
    layout->setContentsMargins({});
    layout->addWidget(m_rules);
    layout->addWidget(m_images, 1);
    connect(m_rules, &RuleSource::chosen, this, &PlanPage::useRules);
    return pane;
}

QWidget *PlanPage::makeHow()
{
    auto *pane = new QWidget;
    auto *layout = new QVBoxLayout(pane);
    layout->setContentsMargins({});
    layout->addWidget(heading(tr("How")));
    m_options = new PlanOptions;
    layout->addWidget(new OptionsArea(m_options));
    layout->addWidget(makeCommands(), 1);
    layout->addWidget(makeStart());
    connect(m_options, &PlanOptions::changed, this, &PlanPage::updateCommands);
    connect(m_options, &PlanOptions::buildersWanted, this, &PlanPage::buildersWanted);
    return pane;
}

QWidget *PlanPage::makeCommands()
{
    auto *pane = new QWidget;
    auto *layout = new QVBoxLayout(pane);
    layout->setContentsMargins({});
    auto *menu = new QMenu(pane);
    const std::pair<CopyAs, QString> forms[] = {{CopyAs::Commands, tr("As &commands of a shell")},
                                                {CopyAs::BakeFile, tr("As a file for docker buildx &bake")},
                                                {CopyAs::JobList, tr("As the &jobs of a CI, in JSON")}};
    for (const auto &[form, text] : forms)
        connect(menu->addAction(text), &QAction::triggered, this, [this, form = form] { copy(form); });
    auto *button = new QPushButton(tr("&Copy"));
    button->setObjectName(QStringLiteral("planCopy"));
    button->setMenu(menu);
    auto *row = new QHBoxLayout;
    row->addWidget(heading(tr("Commands")), 1);
    row->addWidget(button);
    layout->addLayout(row);
    m_commands = new QPlainTextEdit;
    m_commands->setObjectName(QStringLiteral("planCommands"));
    m_commands->setAccessibleName(tr("Commands"));
    m_commands->setReadOnly(true);
    m_commands->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_commands->setFont(codeFont(font()));
    m_commands->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_commands->setMinimumHeight(8 * gridUnit);
    layout->addWidget(m_commands, 1);
    return pane;
}

QWidget *PlanPage::makeStart()
{
    auto *pane = new QWidget;
    auto *layout = new QVBoxLayout(pane);
    layout->setContentsMargins({});
    m_message = wrappedLabel(QStringLiteral("planMessage"));
    m_obstacle = wrappedLabel(QStringLiteral("planObstacle"));
    layout->addWidget(m_message);
    layout->addWidget(m_obstacle);
    m_useSandbox = new QPushButton(tr("Use the sandbox's &daemon"));
    m_useSandbox->setObjectName(QStringLiteral("planSandbox"));
    m_useSandbox->setToolTip(tr("scripts/sandbox keeps a docker of its own"));
    m_useSandbox->hide();
    m_lookAgain = new QPushButton(tr("&Look again"));
    m_lookAgain->setObjectName(QStringLiteral("planLookAgain"));
    m_lookAgain->hide();
    m_estimate = new QLabel;
    m_estimate->setObjectName(QStringLiteral("planEstimate"));
    m_start = new QPushButton;
    m_start->setObjectName(QStringLiteral("planStart"));
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_useSandbox);
    buttons->addWidget(m_lookAgain);
    buttons->addWidget(m_estimate, 1);
    buttons->addWidget(m_start);
    layout->addLayout(buttons);
    connect(m_start, &QPushButton::clicked, this, &PlanPage::start);
    connect(m_lookAgain, &QPushButton::clicked, this, &PlanPage::lookForDocker);
    connect(m_useSandbox, &QPushButton::clicked, this, [this] {
        if (const auto tool = build::sandboxDocker())
            useTool(*tool);
    });
    return pane;
}

} // namespace runner::ui
