#include "builds/planimages.h"

#include "builds/planmodel.h"
#include "theme/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalBlocker>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <set>

namespace runner::ui {

PlanImages::PlanImages(PlanModel *model, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_shown(new QSortFilterProxyModel(this))
{
    m_shown->setSourceModel(m_model);
    auto *down = new QVBoxLayout(this);
    down->setContentsMargins({});
    auto *heading = new QLabel(tr("Images to build"));
    heading->setFont(boldFont(heading->font()));
    down->addWidget(heading);
    setUpFilter();
    setUpTable();
    setUpButtons();
}

void PlanImages::setUpFilter()
{
    m_filter = new QLineEdit;
    m_filter->setObjectName(QStringLiteral("planFilter"));
    m_filter->setPlaceholderText(tr("Find an image"));
    m_filter->setAccessibleName(m_filter->placeholderText());
    m_filter->setClearButtonEnabled(true);
    m_platform = new QComboBox;
    m_platform->setObjectName(QStringLiteral("planPlatform"));
    m_platform->setAccessibleName(tr("Platform"));
    m_platform->addItem(tr("All platforms"));
    auto *across = new QHBoxLayout;
    across->addWidget(m_filter, 1);
    across->addWidget(m_platform);
    static_cast<QVBoxLayout *>(layout())->addLayout(across);
    connect(m_filter, &QLineEdit::textChanged, this, &PlanImages::applyFilter);
    connect(m_platform, &QComboBox::currentIndexChanged, this, &PlanImages::applyFilter);
}

void PlanImages::setUpTable()
{
    m_images = new QTableView;
    m_images->setObjectName(QStringLiteral("planImages"));
    m_images->setAccessibleName(tr("Images to build"));
    m_images->setModel(m_shown);
    m_images->setShowGrid(false);
    m_images->setWordWrap(false);
    m_images->setTabKeyNavigation(false);
    m_images->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_images->verticalHeader()->hide();
    m_images->verticalHeader()->setDefaultSectionSize(3 * gridUnit);
    m_images->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_images->horizontalHeader()->setSectionResizeMode(PlanModel::TagColumn, QHeaderView::Stretch);
    m_images->horizontalHeader()->setHighlightSections(false);
    static_cast<QVBoxLayout *>(layout())->addWidget(m_images, 1);
}

void PlanImages::setUpButtons()
{
    auto *all = new QPushButton(tr("&Tick all shown"));
    all->setObjectName(QStringLiteral("planTickAll"));
    auto *none = new QPushButton(tr("&Untick all shown"));
    none->setObjectName(QStringLiteral("planTickNone"));
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(all);
    buttons->addWidget(none);
    buttons->addStretch(1);
    static_cast<QVBoxLayout *>(layout())->addLayout(buttons);
    connect(all, &QPushButton::clicked, this, [this] { tickShown(true); });
    connect(none, &QPushButton::clicked, this, [this] { tickShown(false); });
}

void PlanImages::updatePlatforms()
{
    QStringList platforms;
    for (int row = 0; row < m_model->rowCount(); ++row)
        platforms << QString::fromStdString(m_model->job(row).platform);
    platforms.removeDuplicates();
    platforms.sort();
    const QString chosen = m_platform->currentText();
    const QSignalBlocker blocker(m_platform);
    m_platform->clear();
    m_platform->addItem(tr("All platforms"));
    m_platform->addItems(platforms);
    m_platform->setCurrentIndex(std::max(0, m_platform->findText(chosen)));
    applyFilter();
}

void PlanImages::find()
{
    m_filter->selectAll();
    m_filter->setFocus(Qt::ShortcutFocusReason);
}

void PlanImages::applyFilter()
{
    const QString platform = m_platform->currentIndex() > 0 ? m_platform->currentText().replace(u'/', u'-') : QString();
    const QString text = QRegularExpression::escape(m_filter->text().trimmed());
    m_shown->setFilterKeyColumn(PlanModel::TagColumn);
    m_shown->setFilterRegularExpression(QRegularExpression(
        text + (platform.isEmpty() ? QString() : QStringLiteral(".*") + QRegularExpression::escape(platform) + u'$'),
        QRegularExpression::CaseInsensitiveOption));
}

void PlanImages::tickShown(bool ticked)
{
    std::vector<int> rows;
    for (int row = 0; row < m_shown->rowCount(); ++row)
        rows.push_back(m_shown->mapToSource(m_shown->index(row, 0)).row());
    m_model->setTicked(rows, ticked);
}

int PlanImages::choose(const QStringList &tags)
{
    std::set<std::string> ticked;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const expand::Job &job = m_model->job(row);
        const QString platformTag = QString::fromStdString(job.platformTag), tag = QString::fromStdString(job.tag);
        const QString plain = tag.endsWith(QLatin1String("-dev")) ? tag.chopped(4) : tag;
        if (tags.contains(platformTag) || tags.contains(tag) || tags.contains(plain))
            ticked.insert(job.platformTag);
    }
    m_model->tickOnly(ticked);
    m_filter->clear();
    for (int row = 0; row < m_shown->rowCount() && !ticked.empty(); ++row) {
        const QModelIndex index = m_shown->index(row, PlanModel::TagColumn);
        if (!ticked.contains(index.data().toString().toStdString()))
            continue;
        m_images->scrollTo(index, QAbstractItemView::PositionAtCenter);
        m_images->setCurrentIndex(index);
        break;
    }
    return static_cast<int>(ticked.size());
}

} // namespace runner::ui
