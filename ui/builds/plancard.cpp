#include "builds/plancard.h"

#include "builds/buildwords.h"
#include "builds/planspane.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace runner::ui {

PlanCard::PlanCard(QWidget *parent)
    : QFrame(parent)
    , m_title(new QLabel)
    , m_text(new QLabel)
{
    setObjectName(QStringLiteral("planCard"));
    setFrameShape(QFrame::StyledPanel);
    m_title->setObjectName(QStringLiteral("planCardTitle"));
    m_title->setFont(boldFont(font()));
    m_text->setObjectName(QStringLiteral("planCardText"));
    for (QLabel *label : {m_title, m_text}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(gridUnit, gridUnit / 2, gridUnit, gridUnit / 2);
    layout->setSpacing(gridUnit / 2);
    layout->addWidget(m_title);
    layout->addWidget(m_text);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(gridUnit / 2);
    m_merge = addButton(QStringLiteral("planCardMerge"), tr("Add to catalogue"),
                        tr("Write the released images into the catalogue; undo takes that back"));
    m_retry = addButton(QStringLiteral("planCardRetry"), tr("Retry"), tr("Build again what failed"));
    m_choose = addButton(QStringLiteral("planCardChoose"), tr("Change…"),
                         tr("Choose its images and options again, to build them in another way or with others"));
    m_cancel = addButton(QStringLiteral("planCardCancel"), tr("Cancel plan"),
                         tr("Cancel its builds, and start no more of them"));
    m_forget = addButton(QStringLiteral("planCardForget"), tr("Put away"), tr("Its builds stay in the history"));
    for (QPushButton *button : {m_merge, m_retry, m_choose, m_cancel, m_forget})
        buttons->addWidget(button);
    buttons->addStretch(1);
    layout->addLayout(buttons);
    connect(m_cancel, &QPushButton::clicked, this, &PlanCard::cancelRequested);
    connect(m_retry, &QPushButton::clicked, this, &PlanCard::retryRequested);
    connect(m_merge, &QPushButton::clicked, this, &PlanCard::mergeRequested);
    connect(m_choose, &QPushButton::clicked, this, &PlanCard::chooseRequested);
    connect(m_forget, &QPushButton::clicked, this, &PlanCard::forgetRequested);
}

QPushButton *PlanCard::addButton(const QString &name, const QString &text, const QString &tip)
{
    auto *button = new QPushButton(text);
    button->setObjectName(name);
    button->setToolTip(tip);
    return button;
}

void PlanCard::setPlan(const build::KeptPlan &plan)
{
    const build::PlanProgress &progress = plan.progress;
    const std::size_t count = plan.plan->jobs.size();
    const QString moment = shownMoment(plan.id);
    m_title->setText(count == 1 ? tr("Plan of 1 image, %1").arg(moment)
                                : tr("Plan of %1 images, %2").arg(count).arg(moment));
    QString text = PlansPane::describe(plan);
    for (const Problem &problem : progress.problems)
        text += u'\n' + sentence(problem);
    m_text->setText(text);
    m_cancel->setVisible(!progress.ended);
    m_retry->setVisible(progress.ended && !progress.succeeded);
    m_choose->setVisible(progress.ended && !progress.succeeded);
    m_merge->setVisible(progress.ended && !PlansPane::released(plan).empty());
    m_forget->setVisible(progress.ended);
}

} // namespace runner::ui
