#include "builds/comparepage.h"

#include "builds/buildwords.h"
#include "builds/comparemodel.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace runner::ui {

namespace {

constexpr std::size_t shownChanges = 6;

} // namespace

ComparePage::ComparePage(BuildCentre *centre, QWidget *parent)
    : QWidget(parent)
    , m_centre(centre)
    , m_model(new CompareModel(this))
{
    setObjectName(QStringLiteral("comparePage"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    setUpHeader();
    setUpTable();
}

void ComparePage::setUpHeader()
{
    auto *header = new QWidget;
    auto *down = new QVBoxLayout(header);
    down->setContentsMargins(gridUnit, gridUnit, gridUnit, gridUnit / 2);
    down->setSpacing(gridUnit / 2);
    m_title = new QLabel;
    m_title->setObjectName(QStringLiteral("compareTitle"));
    m_title->setFont(headingFont(font()));
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto *only = new QCheckBox(tr("&Only what differs"));
    only->setObjectName(QStringLiteral("compareOnly"));
    auto *across = new QHBoxLayout;
    across->addWidget(m_title, 1);
    across->addWidget(only);
    m_changes = new QLabel;
    m_changes->setObjectName(QStringLiteral("compareChanges"));
    m_changes->setTextFormat(Qt::PlainText);
    m_changes->setWordWrap(true);
    m_changes->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_changes->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Minimum);
    down->addLayout(across);
    down->addWidget(m_changes);
    layout()->addWidget(header);
    connect(only, &QCheckBox::toggled, this, [this](bool checked) {
        m_model->setOnlyDifferences(checked);
        unfold();
    });
}

void ComparePage::setUpTable()
{
    m_table = new QTreeView;
    m_table->setObjectName(QStringLiteral("compareTable"));
    m_table->setAccessibleName(tr("Both builds"));
    m_table->setModel(m_model);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setUniformRowHeights(true);
    m_table->setIndentation(2 * gridUnit);
    m_table->setTextElideMode(Qt::ElideMiddle);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->header()->setStretchLastSection(false);
    for (const int column : {CompareModel::NameColumn, CompareModel::FirstColumn, CompareModel::SecondColumn})
        m_table->header()->setSectionResizeMode(column, QHeaderView::Stretch);
    m_table->header()->setSectionResizeMode(CompareModel::DifferenceColumn, QHeaderView::Fixed);
    m_table->setColumnWidth(CompareModel::DifferenceColumn, 14 * gridUnit);
    static_cast<QVBoxLayout *>(layout())->addWidget(m_table, 1);
}

void ComparePage::show(const build::BuildRecord &one, const build::BuildRecord &other)
{
    const auto [first, second] =
        std::minmax(one, other, [](const build::BuildRecord &a, const build::BuildRecord &b) { return a.id < b.id; });
    m_first = first;
    m_second = second;
    m_title->setText(tr("Builds %1 and %2").arg(m_first.id).arg(m_second.id));
    read();
}

void ComparePage::update(const std::vector<build::BuildRecord> &records)
{
    bool changed = false;
    for (build::BuildRecord *shown : {&m_first, &m_second}) {
        const auto now = std::find_if(records.begin(), records.end(),
                                      [shown](const build::BuildRecord &record) { return record.id == shown->id; });
        if (now == records.end() || now->outcome == shown->outcome)
            continue;
        *shown = *now;
        changed = true;
    }
    if (changed)
        read();
}

void ComparePage::clear()
{
    m_first = m_second = {};
}

void ComparePage::read()
{
    m_centre->read(m_first.id, this, [this, numbers = builds()](const std::optional<build::KnownBuild> &first) {
        if (!first || numbers != builds())
            return;
        m_centre->read(numbers.second, this, [this, numbers, first](const std::optional<build::KnownBuild> &second) {
            if (second && numbers == builds())
                onRead(*first, *second);
        });
    });
}

void ComparePage::unfold()
{
    m_table->expandAll();
    for (int group = 0; group < m_model->rowCount(); ++group)
        m_table->setFirstColumnSpanned(group, {}, true);
}

void ComparePage::onRead(const build::KnownBuild &first, const build::KnownBuild &second)
{
    m_model->setBuilds(first, second);
    unfold();
    const std::vector<std::string> &changes = m_model->changes();
    QStringList lines;
    for (std::size_t i = 0; i < std::min(changes.size(), shownChanges); ++i)
        lines << QString::fromStdString(changes[i]).append(u'.');
    if (changes.size() > shownChanges)
        lines << tr("and %1 more").arg(changes.size() - shownChanges);
    if (lines.isEmpty())
        lines << tr("Arguments, base images, files and builder are the same.");
    m_changes->setText(lines.join(u'\n'));
    Q_EMIT compared();
}

} // namespace runner::ui
