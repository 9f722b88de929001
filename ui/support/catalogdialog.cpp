#include "support/catalogdialog.h"

#include "diagnostics/problemtext.h"
#include "theme/theme.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <set>

namespace runner::ui {

namespace {

using Action = workspace::CatalogAction;

constexpr std::size_t mostShown = 2000;

QComboBox *makeBox(const QString &name, const std::set<std::string> &values)
{
    auto *box = new QComboBox;
    box->setObjectName(name);
    box->addItem(CatalogDialog::tr("any"));
    for (const std::string &value : values) {
        const QString text = QString::fromStdString(value);
        box->addItem(text.isEmpty() ? CatalogDialog::tr("none") : text, text);
    }
    return box;
}

} // namespace

CatalogDialog::CatalogDialog(workspace::WorkspacePointer centre, QWidget *parent)
    : QDialog(parent)
    , m_centre(std::move(centre))
{
    setObjectName(QStringLiteral("catalogDialog"));
    setWindowTitle(tr("Change released versions"));
    resize(90 * gridUnit, 72 * gridUnit);
    fillChoices();
    setUp();
    preview();
}

void CatalogDialog::fillChoices()
{
    std::set<std::string> backends, versions, variants, services, serviceVersions;
    for (const catalog::Record &record : m_centre->records) {
        backends.insert(record.backend);
        versions.insert(record.backendVersion);
        variants.insert(record.backendVariant);
        services.insert(record.service);
        serviceVersions.insert(record.serviceVersion);
    }
    m_backend = makeBox(QStringLiteral("catalogBackend"), backends);
    m_version = makeBox(QStringLiteral("catalogVersion"), versions);
    m_variant = makeBox(QStringLiteral("catalogVariant"), variants);
    m_service = makeBox(QStringLiteral("catalogService"), services);
    m_serviceVersion = makeBox(QStringLiteral("catalogServiceVersion"), serviceVersions);
    m_action = new QComboBox;
    m_action->setObjectName(QStringLiteral("catalogAction"));
    m_action->addItem(tr("Deprecate"), static_cast<int>(Action::Deprecate));
    m_action->addItem(tr("Take the deprecation back"), static_cast<int>(Action::Undeprecate));
    if (m_centre->layout == workspace::Layout::Native) { // The older catalogue does not know polished images.
        m_action->addItem(tr("Mark as polished"), static_cast<int>(Action::Polish));
        m_action->addItem(tr("Take the polish mark away"), static_cast<int>(Action::Unpolish));
    }
    m_action->addItem(tr("Remove"), static_cast<int>(Action::Prune));
}

void CatalogDialog::setUp()
{
    auto *form = new QFormLayout;
    form->setSpacing(gridUnit);
    form->addRow(tr("&Action"), m_action);
    form->addRow(tr("&Backend"), m_backend);
    form->addRow(tr("Backend &version"), m_version);
    form->addRow(tr("V&ariant"), m_variant);
    form->addRow(tr("&Service"), m_service);
    form->addRow(tr("Service ve&rsion"), m_serviceVersion);
    for (QComboBox *box : {m_action, m_backend, m_version, m_variant, m_service, m_serviceVersion})
        connect(box, &QComboBox::currentIndexChanged, this, &CatalogDialog::preview);
    m_affected = new QTreeWidget;
    m_affected->setObjectName(QStringLiteral("catalogAffected"));
    m_affected->setAccessibleName(tr("Released images that this changes"));
    m_affected->setHeaderLabels({tr("Image"), tr("Platform")});
    m_affected->setRootIsDecorated(false);
    m_affected->setUniformRowHeights(true);
    m_affected->setColumnWidth(0, 60 * gridUnit);
    m_summary = new QLabel;
    m_summary->setObjectName(QStringLiteral("catalogSummary"));
    m_summary->setWordWrap(true);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    m_ok = buttons->button(QDialogButtonBox::Ok);
    m_ok->setText(tr("&Change"));
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(gridUnit);
    layout->addLayout(form);
    layout->addWidget(m_summary);
    layout->addWidget(m_affected, 1);
    layout->addWidget(buttons);
}

std::optional<std::string> CatalogDialog::textOf(const QComboBox *box)
{
    return box->currentIndex() > 0 ? std::optional(box->currentData().toString().toStdString()) : std::nullopt;
}

catalog::Criteria CatalogDialog::criteria() const
{
    return {textOf(m_backend), textOf(m_version), textOf(m_variant), textOf(m_service), textOf(m_serviceVersion)};
}

QString CatalogDialog::actionName() const
{
    return m_action->currentText();
}

void CatalogDialog::preview()
{
    auto change = workspace::changeCatalog(*m_centre, static_cast<Action>(m_action->currentData().toInt()), criteria());
    m_affected->clear();
    m_ok->setEnabled(change.has_value());
    m_change.reset();
    if (!change) {
        m_summary->setText(sentencesOf(change.error()));
        return;
    }
    m_change = std::move(*change);
    for (const catalog::Record &record : m_change->affected) {
        if (static_cast<std::size_t>(m_affected->topLevelItemCount()) == mostShown)
            break;
        new QTreeWidgetItem(m_affected,
                            {QString::fromStdString(record.dockerImage), QString::fromStdString(record.platform)});
    }
    const auto count = m_change->affected.size();
    QString text = count == 1 ? tr("1 released image is changed, in one step that can be undone.")
                              : tr("%1 released images are changed, in one step that can be undone.").arg(count);
    for (const Problem &note : m_change->notes)
        text += QLatin1Char('\n') + QString::fromStdString(note.message) + QLatin1Char('.');
    m_summary->setText(text);
}

} // namespace runner::ui
