#include "support/detailspane.h"

#include "diagnostics/problemtext.h"
#include "support/argumentlist.h"
#include "support/argumentmodel.h"
#include "support/wrappedtext.h"
#include "support/yamltext.h"
#include "theme/icons.h"
#include "theme/theme.h"

#include <QClipboard>
#include <QGridLayout>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QToolButton>
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
    m_hint = new QLabel;
    m_hint->setObjectName(QStringLiteral("detailsHint"));
    m_hint->setWordWrap(true);
    m_layout->addWidget(m_hint);
    m_layout->setAlignment(m_hint, Qt::AlignTop);
    m_hint->hide(); // There is no table yet to choose from.
    setWidget(m_body);
    showHint();
}

void DetailsPane::showHint()
{
    m_hint->setText(tr("Choose a version in the table to see its images, the rule that builds it and the arguments "
                       "it is built with."));
}

WrappedText *DetailsPane::addText(const QString &objectName)
{
    auto *text = new WrappedText;
    text->setObjectName(objectName);
    text->setPlain();
    m_layout->addWidget(text);
    return text;
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
    m_title = addText(QStringLiteral("detailsTitle"));
    m_title->setFont(headingFont(font()));
    m_states = addText(QStringLiteral("detailsStates"));
    addHeading(tr("Images"));
    m_images = new QWidget;
    m_images->setObjectName(QStringLiteral("detailsImages"));
    m_layout->addWidget(m_images);
    addHeading(tr("Problems"));
    m_problems = addText(QStringLiteral("detailsProblems"));
    addHeading(tr("Rule"));
    m_rule = addText(QStringLiteral("detailsRule"));
    m_ruleText = new YamlText;
    m_ruleText->setObjectName(QStringLiteral("detailsRuleText"));
    m_ruleText->setAccessibleName(tr("Text of the rule"));
    m_layout->addWidget(m_ruleText);
    addHeading(tr("Arguments"));
    m_argumentsHint = new QLabel;
    m_argumentsHint->setObjectName(QStringLiteral("detailsArgumentsHint"));
    m_argumentsHint->setWordWrap(true);
    m_layout->addWidget(m_argumentsHint);
    buildArguments();
    m_layout->addStretch(1);
}

void DetailsPane::buildArguments()
{
    m_argumentModel = new ArgumentModel(this);
    m_arguments = new ArgumentList(m_argumentModel);
    m_layout->addWidget(m_arguments);
    connect(m_arguments->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &DetailsPane::showCurrentArgument, Qt::QueuedConnection); // When the list has its new height.
}

void DetailsPane::showCurrentArgument()
{
    const QRect row = m_arguments->visualRect(m_arguments->currentIndex());
    if (!row.isValid() || !m_arguments->hasFocus())
        return;
    const QPoint top = m_arguments->viewport()->mapTo(m_body, row.topLeft());
    ensureVisible(0, top.y() + row.height(), 0, gridUnit);
    ensureVisible(0, top.y(), 0, gridUnit);
}

bool DetailsPane::copyArgument()
{
    if (!m_arguments || !m_arguments->hasFocus() || m_arguments->text().isEmpty())
        return false;
    copyText(m_arguments->text());
    return true;
}

void DetailsPane::showEntry(const LoadedPointer &loaded, int entry)
{
    if (!loaded || entry < 0) {
        const auto children = m_body->findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly);
        for (QWidget *child : children)
            child->setVisible(child == m_hint && loaded);
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
    m_title->showText(details.title);
    m_states->showText(details.states.join(QLatin1Char('\n')));
    m_states->setVisible(!details.states.isEmpty());
    fillImages(details);
    const bool hasRule = !details.ruleTitle.isEmpty();
    m_rule->showText(hasRule ? details.ruleTitle
                             : tr("No current rule builds it. Add or change a rule to build it again."));
    m_ruleText->setVisible(hasRule);
    m_ruleText->showText(details.ruleText);
    m_argumentsHint->setText(hasRule ? tr("No Dockerfile serves the rule.") : tr("Without a rule there are none."));
    m_argumentsHint->setVisible(details.arguments.empty());
    m_arguments->setVisible(!details.arguments.empty());
    m_argumentModel->setArguments(details.arguments);
    QStringList problems;
    for (const Problem &problem : details.problems) {
        problems << QStringLiteral("%1 (%2): %3")
                        .arg(QString::fromLatin1(diagnostics::severityName(problem.severity)),
                             QString::fromStdString(diagnostics::describe(problem.where)), sentencesOf(problem));
    }
    m_problems->showText(problems.isEmpty() ? tr("None known.") : problems.join(QStringLiteral("\n\n")));
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
    auto *name = new WrappedText;
    name->setObjectName(QStringLiteral("imageName"));
    name->setFont(codeFont(font()));
    name->showText(image.name);
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
    grid->addWidget(copy, row + 1, 1, Qt::AlignTop);
}

void DetailsPane::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        Q_EMIT left();
    else
        QScrollArea::keyPressEvent(event);
}

void DetailsPane::copyText(const QString &text)
{
    QGuiApplication::clipboard()->setText(text);
    Q_EMIT copied(text);
}

} // namespace runner::ui
