#include "support/detailspane.h"

#include "support/argumentmodel.h"
#include "support/yamltext.h"
#include "theme/icons.h"
#include "theme/theme.h"

#include <QClipboard>
#include <QGridLayout>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

namespace runner::ui {

DetailsPane::DetailsPane(QWidget *parent)
    : QScrollArea(parent)
{
    setObjectName(QStringLiteral("detailsPane"));
    setAccessibleName(tr("Details of the chosen version"));
    setWidgetResizable(true);
    setFrameShape(NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMinimumWidth(35 * gridUnit);
    m_body = new QWidget;
    m_body->setObjectName(QStringLiteral("detailsBody"));
    m_layout = new QVBoxLayout(m_body);
    m_layout->setContentsMargins(2 * gridUnit, 2 * gridUnit, 2 * gridUnit, 2 * gridUnit);
    m_layout->setSpacing(gridUnit);
    m_hint = addLabel(QStringLiteral("detailsHint"));
    m_layout->setAlignment(m_hint, Qt::AlignTop);
    setWidget(m_body);
    showHint();
}

void DetailsPane::showHint()
{
    m_hint->setText(tr("Choose a version in the table to see its images, the rule that builds it and the arguments "
                       "it is built with."));
}

QLabel *DetailsPane::addLabel(const QString &objectName)
{
    auto *label = new QLabel;
    label->setObjectName(objectName);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_layout->addWidget(label);
    return label;
}

void DetailsPane::addHeading(const QString &text)
{
    auto *heading = new QLabel(text);
    heading->setFont(boldFont(font()));
    m_layout->addSpacing(gridUnit);
    m_layout->addWidget(heading);
}

void DetailsPane::buildOnce()
{
    if (m_title)
        return;
    m_title = addLabel(QStringLiteral("detailsTitle"));
    m_title->setFont(headingFont(font()));
    m_states = addLabel(QStringLiteral("detailsStates"));
    addHeading(tr("Images"));
    m_images = new QWidget;
    m_images->setObjectName(QStringLiteral("detailsImages"));
    m_layout->addWidget(m_images);
    addHeading(tr("Problems"));
    m_problems = addLabel(QStringLiteral("detailsProblems"));
    addHeading(tr("Rule"));
    m_rule = addLabel(QStringLiteral("detailsRule"));
    m_ruleText = new YamlText;
    m_ruleText->setObjectName(QStringLiteral("detailsRuleText"));
    m_ruleText->setAccessibleName(tr("Text of the rule"));
    m_layout->addWidget(m_ruleText);
    addHeading(tr("Arguments"));
    m_argumentsHint = addLabel(QStringLiteral("detailsArgumentsHint"));
    buildArguments();
    m_layout->addStretch(1);
}

void DetailsPane::buildArguments()
{
    m_argumentModel = new ArgumentModel(this);
    m_arguments = new QTreeView;
    m_arguments->setObjectName(QStringLiteral("detailsArguments"));
    m_arguments->setAccessibleName(tr("Arguments of the build"));
    m_arguments->setModel(m_argumentModel);
    m_arguments->setRootIsDecorated(false);
    m_arguments->setUniformRowHeights(true);
    m_arguments->setAlternatingRowColors(true);
    m_arguments->setTextElideMode(Qt::ElideMiddle);
    m_arguments->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff); // The pane scrolls.
    m_arguments->header()->setStretchLastSection(true);
    const int unit = fontMetrics().horizontalAdvance(QLatin1Char('0'));
    m_arguments->header()->resizeSection(ArgumentModel::Name, 22 * unit);
    m_arguments->header()->resizeSection(ArgumentModel::ValueColumn, 13 * unit);
    m_arguments->header()->resizeSection(ArgumentModel::From, 12 * unit);
    m_arguments->header()->resizeSection(ArgumentModel::Need, 9 * unit);
    m_layout->addWidget(m_arguments);
}

void DetailsPane::showEntry(const LoadedPointer &loaded, int entry)
{
    if (!loaded || entry < 0) {
        const auto children = m_body->findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly);
        for (QWidget *child : children)
            child->setVisible(child == m_hint);
        return;
    }
    setUpdatesEnabled(false);
    buildOnce();
    const auto children = m_body->findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly);
    for (QWidget *child : children)
        child->setVisible(child != m_hint);
    fill(detailsOf(*loaded, static_cast<std::size_t>(entry)));
    setUpdatesEnabled(true);
}

void DetailsPane::fill(const ImageDetails &details)
{
    m_title->setText(details.title);
    m_states->setText(details.states.join(QLatin1Char('\n')));
    m_states->setVisible(!details.states.isEmpty());
    fillImages(details);
    const bool hasRule = !details.ruleTitle.isEmpty();
    m_rule->setText(hasRule ? details.ruleTitle : tr("No current rule builds it. Add or change a rule to build it again."));
    m_ruleText->setVisible(hasRule);
    m_ruleText->showText(details.ruleText);
    m_argumentsHint->setText(hasRule ? tr("No Dockerfile serves the rule.") : tr("Without a rule there are none."));
    m_argumentsHint->setVisible(details.arguments.empty());
    m_arguments->setVisible(!details.arguments.empty());
    m_argumentModel->setArguments(details.arguments);
    const int rows = m_argumentModel->rowCount();
    m_arguments->setFixedHeight(m_arguments->header()->sizeHint().height() + rows * m_arguments->sizeHintForRow(0)
                                + 2 * m_arguments->frameWidth() + 2 * gridUnit);
    QStringList problems;
    for (const Problem &problem : details.problems) {
        problems << QStringLiteral("%1 (%2): %3.").arg(QString::fromLatin1(diagnostics::severityName(problem.severity)),
                                                      QString::fromStdString(diagnostics::describe(problem.where)),
                                                      QString::fromStdString(problem.message));
        if (!problem.advice.empty())
            problems.last() += QLatin1Char(' ') + QString::fromStdString(problem.advice) + QLatin1Char('.');
    }
    m_problems->setText(problems.isEmpty() ? tr("None known.") : problems.join(QStringLiteral("\n\n")));
}

void DetailsPane::fillImages(const ImageDetails &details)
{
    qDeleteAll(m_images->findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly));
    delete m_images->layout();
    auto *grid = new QGridLayout(m_images);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(gridUnit / 2);
    grid->setVerticalSpacing(gridUnit / 2);
    for (const ImageName &image : details.images)
        addImageRow(image);
    if (details.images.isEmpty())
        grid->addWidget(new QLabel(tr("No image of this version is known.")), 0, 0);
}

void DetailsPane::addImageRow(const ImageName &image)
{
    auto *grid = static_cast<QGridLayout *>(m_images->layout());
    const int row = grid->rowCount();
    auto *label = new QLabel(image.label);
    auto *name = new QLineEdit(image.name);
    name->setReadOnly(true);
    name->setFont(codeFont(font()));
    name->setCursorPosition(0);
    name->setToolTip(image.name);
    name->setAccessibleName(tr("Image name: %1").arg(image.label));
    auto *copy = new QToolButton;
    copy->setObjectName(QStringLiteral("copyImage"));
    copy->setIcon(drawnIcon(QStringLiteral("edit-copy")));
    copy->setToolTip(tr("Copy %1").arg(image.name));
    copy->setAccessibleName(tr("Copy the image name: %1").arg(image.label));
    copy->setAutoRaise(true);
    connect(copy, &QToolButton::clicked, this, [this, text = image.name] { copyText(text); });
    grid->addWidget(label, row, 0, 1, 2);
    grid->addWidget(name, row + 1, 0);
    grid->addWidget(copy, row + 1, 1);
}

void DetailsPane::copyText(const QString &text)
{
    QGuiApplication::clipboard()->setText(text);
    Q_EMIT copied(text);
}

} // namespace runner::ui
