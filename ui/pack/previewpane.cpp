#include "pack/previewpane.h"

#include "editor/codeeditor.h"
#include "pack/commandpane.h"
#include "pack/previewmodel.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QShortcut>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace runner::ui {

namespace {

QString someOf(const QStringList &names)
{
    constexpr int most = 5;
    const QString shown = names.mid(0, most).join(QStringLiteral(", "));
    return names.size() > most ? shown + QStringLiteral(", …") : shown;
}

QLabel *makeLabel(const QString &name, const QString &text = {})
{
    auto *label = new QLabel(text);
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

PreviewPane::PreviewPane(QWidget *parent)
    : QWidget(parent)
    , m_model(new PreviewModel(this))
    , m_loader(new PreviewLoader(this))
{
    setObjectName(QStringLiteral("previewPane"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    setUpChooser();
    m_tabs = new QTabWidget;
    m_tabs->setObjectName(QStringLiteral("previewTabs"));
    m_tabs->setDocumentMode(true);
    layout->addWidget(m_tabs, 1);
    setUpArguments();
    setUpCommand();
    connect(m_loader, &PreviewLoader::answered, this, &PreviewPane::onAnswer);
    connect(m_model, &PreviewModel::overrideRequested, this, [this](const QString &name, const QString &value) {
        m_typed->setText(withOverride(m_typed->text(), name, value));
    });
}

/// A cell that is being edited gives its text while it goes; nobody is left to take it.
PreviewPane::~PreviewPane()
{
    m_model->disconnect(this);
    m_arguments->selectionModel()->disconnect(this);
}

void PreviewPane::setUpChooser()
{
    m_image = new QComboBox;
    m_image->setObjectName(QStringLiteral("previewImage"));
    m_image->setAccessibleName(tr("Image"));
    m_image->setMinimumContentsLength(10);
    m_image->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_image->setMaxVisibleItems(20);
    m_platform = new QComboBox;
    m_platform->setObjectName(QStringLiteral("previewPlatform"));
    m_platform->setAccessibleName(tr("Platform"));
    m_platform->setMinimumContentsLength(11); // "linux/amd64"
    m_typed = new QLineEdit;
    m_typed->setObjectName(QStringLiteral("previewOverrides"));
    m_typed->setAccessibleName(tr("Arguments for once"));
    m_typed->setPlaceholderText(tr("Arguments for once: NAME=VALUE NAME=\"a b\""));
    m_typed->setClearButtonEnabled(true);
    m_typed->setFont(codeFont(font()));
    m_complaint = makeLabel(QStringLiteral("previewComplaint"));
    m_complaint->setWordWrap(true);
    m_complaint->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // A long word widens nothing.
    m_complaint->setContentsMargins(gridUnit, 0, gridUnit, gridUnit / 2);
    m_complaint->hide();
    layOutChooser();
    connect(m_image, &QComboBox::currentIndexChanged, this, &PreviewPane::fillPlatforms);
    connect(m_platform, &QComboBox::currentIndexChanged, this, &PreviewPane::refresh);
    connect(m_typed, &QLineEdit::textChanged, this, &PreviewPane::refresh);
}

void PreviewPane::layOutChooser()
{
    auto *imageLabel = new QLabel(tr("&Image"));
    imageLabel->setBuddy(m_image);
    auto *typedLabel = new QLabel(tr("&With"));
    typedLabel->setBuddy(m_typed);
    m_chooser = new QBoxLayout(QBoxLayout::LeftToRight);
    m_chooser->setContentsMargins(gridUnit, gridUnit / 2, gridUnit, gridUnit / 2);
    m_chooser->setSpacing(gridUnit);
    auto *image = new QHBoxLayout;
    image->addWidget(imageLabel);
    image->addWidget(m_image, 1);
    image->addWidget(m_platform);
    auto *typed = new QHBoxLayout;
    typed->addWidget(typedLabel);
    typed->addWidget(m_typed, 1);
    m_chooser->addLayout(image, 1);
    m_chooser->addLayout(typed, 1);
    static_cast<QVBoxLayout *>(layout())->addLayout(m_chooser);
    layout()->addWidget(m_complaint);
}

void PreviewPane::setUpArguments()
{
    m_arguments = new QTableView;
    m_arguments->setObjectName(QStringLiteral("previewArguments"));
    m_arguments->setAccessibleName(tr("Arguments of the chosen image"));
    m_arguments->setModel(m_model);
    m_arguments->setMinimumHeight(5 * gridUnit);
    m_arguments->setFrameShape(QFrame::NoFrame);
    m_arguments->setShowGrid(false);
    m_arguments->setWordWrap(false);
    m_arguments->setTabKeyNavigation(false);
    m_arguments->setTextElideMode(Qt::ElideMiddle);
    m_arguments->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_arguments->setSelectionMode(QAbstractItemView::SingleSelection);
    m_arguments->setEditTriggers(QAbstractItemView::EditKeyPressed | QAbstractItemView::DoubleClicked);
    m_arguments->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_arguments->verticalHeader()->hide();
    m_arguments->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + gridUnit);
    QHeaderView *header = m_arguments->horizontalHeader();
    header->setHighlightSections(false);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    const int unit = fontMetrics().horizontalAdvance(QLatin1Char('0'));
    header->resizeSection(PreviewModel::Name, 31 * unit);
    header->resizeSection(PreviewModel::Need, 12 * unit);
    for (const int column : {PreviewModel::ValueColumn, PreviewModel::From, PreviewModel::UsedIn})
        header->setSectionResizeMode(column, QHeaderView::Stretch); // So that there is never anything to scroll to.
    m_tabs->addTab(m_arguments, tr("&Arguments"));
    // Not the current row: the table makes its first one current when the focus comes, and the caret would go there.
    connect(m_arguments->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        if (m_arguments->selectionModel()->hasSelection())
            onArgument(m_arguments->selectionModel()->selectedRows().value(0));
    });
    auto *remove = new QShortcut(QKeySequence::Delete, m_arguments, nullptr, nullptr, Qt::WidgetShortcut);
    connect(remove, &QShortcut::activated, this, &PreviewPane::removeOverride);
}

void PreviewPane::setUpCommand()
{
    m_command = new CommandPane;
    m_tabs->addTab(m_command, tr("C&ommand and rehearsal"));
    connect(m_command, &CommandPane::copied, this, &PreviewPane::copied);
}

void PreviewPane::setFile(const PackCentrePointer &centre, const std::string &file)
{
    m_centre = centre;
    m_file = file;
    m_live.reset();
    m_images = centre && !file.empty() ? imagesOf(*centre, file) : std::vector<PackImage>();
    m_command->forgetTranscript();
    fillImages();
}

void PreviewPane::setLive(const DockerfilePointer &live)
{
    m_live = live;
    refresh();
}

void PreviewPane::fillImages()
{
    const QString before = m_image->currentData().toString();
    {
        const QSignalBlocker quiet(m_image);
        m_image->clear();
        for (const PackImage &image : m_images)
            m_image->addItem(image.title, image.title);
        m_image->setCurrentIndex(std::max(0, m_image->findData(before)));
        m_image->setEnabled(!m_images.empty());
    }
    fillPlatforms();
}

void PreviewPane::fillPlatforms()
{
    const QString before = m_platform->currentText();
    {
        const QSignalBlocker quiet(m_platform);
        m_platform->clear();
        if (const int image = m_image->currentIndex(); image >= 0) {
            for (const expand::Job *job : m_images[static_cast<std::size_t>(image)].jobs)
                m_platform->addItem(QString::fromStdString(job->platform));
        }
        m_platform->setCurrentIndex(std::max(0, m_platform->findText(before)));
        m_platform->setEnabled(m_platform->count() > 0);
    }
    refresh();
}

bool PreviewPane::chooseImage(const QString &tag, const QString &platform)
{
    const int image = m_image->findData(tag);
    if (image < 0)
        return false;
    m_image->setCurrentIndex(image);
    if (const int number = m_platform->findText(platform); number >= 0)
        m_platform->setCurrentIndex(number);
    return true;
}

const expand::Job *PreviewPane::chosenJob() const
{
    const int image = m_image->currentIndex();
    const int platform = m_platform->currentIndex();
    return image < 0 || platform < 0
               ? nullptr
               : m_images[static_cast<std::size_t>(image)].jobs[static_cast<std::size_t>(platform)];
}

QString PreviewPane::chosenTag() const
{
    const expand::Job *job = chosenJob();
    return job && job->service != expand::runtimeTarget ? QString::fromStdString(job->platformTag) : QString();
}

void PreviewPane::refresh()
{
    m_overrides = parseOverrides(m_typed->text());
    m_loader->ask({m_centre, m_file, m_images, chosenJob(), m_overrides.arguments, m_live});
}

void PreviewPane::onAnswer()
{
    const PreviewAnswer &answer = m_loader->answer();
    m_model->setUsedByOthers(answer.usedByOthers);
    m_model->setUsedByRule(answer.usedByRule);
    showComplaint();
    showPreview();
    m_command->showTranscript(m_centre, answer.preview.job.dockerfile ? chosenJob() : nullptr, answer.recordedWith);
    Q_EMIT previewChanged();
}

/// What cannot be read of the typed text, else what of it does nothing.
void PreviewPane::showComplaint()
{
    QStringList unknown, unused;
    for (const expand::ExplainedArgument &argument : preview().arguments) {
        if (!PreviewModel::isTyped(argument))
            continue;
        if (!argument.declared)
            unknown << QString::fromStdString(argument.name);
        else if (!argument.used())
            unused << QString::fromStdString(argument.name);
    }
    QStringList all;
    if (m_loader->isWorking())
        all << whyEmpty();
    if (!m_overrides.complaint.isEmpty())
        all << m_overrides.complaint;
    if (!unknown.isEmpty())
        all << tr("The Dockerfile knows no %1").arg(someOf(unknown));
    if (!unused.isEmpty())
        all << tr("This image does not use %1").arg(someOf(unused));
    m_complaint->setText(all.join(QStringLiteral(". ")));
    m_complaint->setToolTip(m_complaint->text());
    m_complaint->setVisible(!all.isEmpty());
}

/// In a narrow window the typed line has a row of its own, and the table its three first columns; tooltips tell the
/// rest.
void PreviewPane::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_chooser->setDirection(width() < 80 * gridUnit ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    const int unit = fontMetrics().horizontalAdvance(QLatin1Char('0'));
    const bool narrow = width() < 75 * unit;
    m_arguments->setColumnHidden(PreviewModel::From, narrow);
    m_arguments->setColumnHidden(PreviewModel::UsedIn, narrow);
    if (narrow)
        m_arguments->horizontalHeader()->resizeSection(PreviewModel::Name, std::min(31 * unit, width() / 2));
}

/// The chosen image goes by the tag that it has with the typed arguments, once it has one.
void PreviewPane::showTitle()
{
    for (int i = 0; i < m_image->count(); ++i) {
        const bool tagged = i == m_image->currentIndex() && !preview().tag.isEmpty();
        const QString title = tagged ? QString::fromStdString(preview().job.tag) : m_image->itemData(i).toString();
        if (m_image->itemText(i) != title)
            m_image->setItemText(i, title);
    }
}

void PreviewPane::showPreview()
{
    showTitle();
    m_model->setArguments(preview().arguments);
    const QString nothing = m_file.empty() ? tr("Choose a Dockerfile to see what its images are built with")
                                           : tr("No rule packs an image from this Dockerfile");
    const QString &complaint = m_overrides.complaint;
    Preview shown = preview();
    if (!complaint.isEmpty()) { // What would be copied is not what was typed.
        shown.command.clear();
        shown.commandLine.clear();
    }
    const QString obstacle = m_loader->isWorking()  ? whyEmpty()
                             : !complaint.isEmpty() ? complaint + u'.'
                                                    : preview().obstacle;
    m_command->showCommand(shown, chosenJob() ? obstacle : nothing);
    showCounts();
}

QString PreviewPane::whyEmpty() const
{
    return tr("The Dockerfile is long: what its images see is being worked out");
}

void PreviewPane::showCounts()
{
    const auto flagged =
        std::count_if(preview().arguments.begin(), preview().arguments.end(),
                      [this](const auto &argument) { return !m_model->complaint(argument).isEmpty(); });
    m_tabs->setTabText(0, flagged == 0 ? tr("&Arguments") : tr("&Arguments (%1 to look at)").arg(flagged));
}

void PreviewPane::onArgument(const QModelIndex &index)
{
    if (!index.isValid() || !m_arguments->hasFocus())
        return;
    const expand::ExplainedArgument &argument = m_model->argument(index.row());
    for (const expand::Step &step : argument.chain) {
        if (step.name == argument.name && step.origin == expand::Origin::Dockerfile)
            Q_EMIT argumentChosen(step.where);
    }
}

void PreviewPane::removeOverride()
{
    const QModelIndex index = m_arguments->currentIndex();
    if (index.isValid() && PreviewModel::isTyped(m_model->argument(index.row())))
        m_typed->setText(
            withOverride(m_typed->text(), QString::fromStdString(m_model->argument(index.row()).name), QString()));
}

} // namespace runner::ui
