#include "matrix/effectpane.h"

#include "documents/editortext.h"
#include "editor/codeeditor.h"
#include "matrix/changedelegate.h"
#include "theme/theme.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QTabWidget>
#include <QTreeView>
#include <QVBoxLayout>

namespace runner::ui {

namespace {

constexpr int ImagesTab = 0;

} // namespace

EffectPane::EffectPane(QWidget *parent)
    : QWidget(parent)
    , m_loader(new EffectLoader(this))
    , m_model(new EffectModel(this))
{
    setObjectName(QStringLiteral("effectPane"));
    setUpTabs();
    connect(m_loader, &EffectLoader::loaded, this, &EffectPane::refresh);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(gridUnit, gridUnit, gridUnit, gridUnit);
    layout->setSpacing(gridUnit);
    layout->addWidget(makeHeader());
    layout->addWidget(m_summary);
    layout->addWidget(m_tabs, 1);
    layout->addStretch(0);
    m_tabs->hide();
}

QWidget *EffectPane::makeHeader()
{
    auto *heading = new QLabel(tr("What this edit does"));
    heading->setFont(boldFont(font()));
    m_baseline = new QComboBox;
    m_baseline->setObjectName(QStringLiteral("effectBaseline"));
    m_baseline->setAccessibleName(tr("Compared with"));
    m_baseline->addItem(tr("against the disk"));
    m_baseline->addItem(tr("against git HEAD"));
    connect(m_baseline, &QComboBox::activated, this, &EffectPane::refresh);
    m_summary = new QLabel;
    m_summary->setObjectName(QStringLiteral("effectSummary"));
    m_summary->setWordWrap(true);
    m_summary->setText(tr("Nothing is unsaved."));
    auto *header = new QWidget;
    auto *layout = new QHBoxLayout(header);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(heading, 1);
    layout->addWidget(m_baseline);
    return header;
}

void EffectPane::setUpTabs()
{
    m_images = new QTreeView;
    m_images->setObjectName(QStringLiteral("effectImages"));
    m_images->setAccessibleName(tr("Images that the edit changes"));
    m_images->setModel(m_model);
    m_images->setFrameShape(QFrame::NoFrame);
    m_images->setTextElideMode(Qt::ElideMiddle);
    m_images->setItemDelegate(new ChangeDelegate(m_images));
    m_model->setArgumentsSpanning();
    connect(m_model, &EffectModel::modelReset, this, &EffectPane::layOutImages);
    const int unit = fontMetrics().horizontalAdvance(QLatin1Char('0'));
    m_images->header()->resizeSection(EffectModel::WhatColumn, 13 * unit);
    m_images->header()->setStretchLastSection(false);
    m_images->header()->setSectionResizeMode(EffectModel::ImageColumn, QHeaderView::Stretch);
    m_images->header()->resizeSection(EffectModel::PlatformsColumn, 13 * unit);
    m_difference = new CodeEditor;
    m_difference->setObjectName(QStringLiteral("effectDifference"));
    m_difference->setAccessibleName(tr("Changed lines"));
    m_difference->setReadOnly(true);
    m_difference->setLanguage(Language::Difference);
    m_difference->setFrameShape(QFrame::NoFrame);
    m_tabs = new QTabWidget;
    m_tabs->setObjectName(QStringLiteral("effectTabs"));
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_images, tr("&Images"));
    m_tabs->addTab(m_difference, tr("&Lines"));
    connect(m_images, &QTreeView::activated, this, [this](const QModelIndex &index) {
        if (const auto rule = m_model->ruleAt(index))
            Q_EMIT ruleActivated(*rule);
    });
}

void EffectPane::layOutImages()
{
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const QModelIndex image = m_model->index(row, 0);
        for (int argument = 0; argument < m_model->rowCount(image); ++argument)
            m_images->setFirstColumnSpanned(argument, image, true);
    }
    m_images->expandAll();
}

/// No empty table: the lines alone, where they are all that changes.
void EffectPane::showImages(bool any)
{
    const bool were = m_tabs->isTabVisible(ImagesTab);
    if (were && !any)
        m_imagesAgain = m_tabs->currentIndex() == ImagesTab;
    m_tabs->setTabVisible(ImagesTab, any);
    if (any && !were && m_imagesAgain)
        m_tabs->setCurrentIndex(ImagesTab);
}

void EffectPane::setWorkspace(const LoadedPointer &loaded)
{
    m_loaded = loaded;
    m_loader->load(loaded);
}

/// Who comes back from another program may have committed there.
void EffectPane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::ActivationChange && isActiveWindow() && m_loaded)
        m_loader->load(m_loaded);
}

void EffectPane::setReadable(bool readable)
{
    if (readable == m_readable)
        return;
    m_readable = readable;
    refresh();
}

void EffectPane::setBaseline(EffectBaseline baseline)
{
    m_baseline->setCurrentIndex(static_cast<int>(baseline));
    refresh();
}

QString EffectPane::difference() const
{
    return m_difference->text();
}

void EffectPane::refresh()
{
    const Comparison &comparison = m_loader->comparisons()[static_cast<std::size_t>(m_baseline->currentIndex())];
    m_model->setEffect(comparison.effect, comparison.releases);
    if (comparison.problem)
        m_summary->setText(QString::fromStdString(comparison.problem->message) + QLatin1Char('.'));
    else if (!m_readable)
        m_summary->setText(tr("The YAML cannot be read: images can be compared when it is mended."));
    else if (m_model->rowCount() == 0 && comparison.difference.empty())
        m_summary->setText(m_baseline->currentIndex() == 0 ? tr("Nothing is unsaved.")
                                                           : tr("Nothing differs from the last commit."));
    else
        m_summary->setText(m_model->summary());
    const bool known = m_readable || comparison.problem.has_value();
    showImages(m_model->rowCount() > 0);
    m_tabs->setVisible(known && (m_model->rowCount() > 0 || !comparison.difference.empty()));
    const QString text = toEditorText(comparison.difference);
    if (text != m_difference->text())
        m_difference->setText(text);
    Q_EMIT refreshed();
}

} // namespace runner::ui
