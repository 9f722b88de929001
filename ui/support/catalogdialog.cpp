#include "support/catalogdialog.h"

#include "diagnostics/problemtext.h"
#include "support/markwords.h"
#include "theme/theme.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <memory>
#include <set>

namespace runner::ui {

namespace {

using Action = workspace::CatalogAction;

constexpr int mostShown = 2000;

QComboBox *makeBox(const char *name)
{
    auto *box = new QComboBox;
    box->setObjectName(QLatin1String(name));
    return box;
}

QString changeText(const workspace::ReleaseChange &change)
{
    QStringList texts;
    if (change.kind == workspace::ImageChange::Kind::Removed)
        texts << CatalogDialog::tr("removed");
    if (!change.released)
        texts << CatalogDialog::tr("listed without an image");
    for (const workspace::MarkChange &mark : change.marks)
        texts << releaseMarkText(mark);
    return texts.join(QStringLiteral(", "));
}

std::optional<std::string> chosen(const QComboBox *box)
{
    return box->currentIndex() > 0 ? std::optional(box->currentData().toString().toStdString()) : std::nullopt;
}

} // namespace

CatalogDialog::CatalogDialog(workspace::WorkspacePointer centre, QWidget *parent)
    : QDialog(parent)
    , m_centre(std::move(centre))
    , m_preview(this, [this](Preview &&preview) { show(std::move(preview)); })
    , m_criteria{
          {{&catalog::Record::backend, &catalog::Criteria::backend, makeBox("catalogBackend")},
           {&catalog::Record::backendVersion, &catalog::Criteria::backendVersion, makeBox("catalogVersion")},
           {&catalog::Record::backendVariant, &catalog::Criteria::backendVariant, makeBox("catalogVariant")},
           {&catalog::Record::service, &catalog::Criteria::service, makeBox("catalogService")},
           {&catalog::Record::serviceVersion, &catalog::Criteria::serviceVersion, makeBox("catalogServiceVersion")}}}
{
    setObjectName(QStringLiteral("catalogDialog"));
    setWindowTitle(tr("Change released versions"));
    resize(90 * gridUnit, 72 * gridUnit);
    setUpAction();
    setUpEffect();
    setUp();
    onChosen();
}

void CatalogDialog::setUpAction()
{
    m_action = makeBox("catalogAction");
    m_action->addItem(tr("Deprecate"), static_cast<int>(Action::Deprecate));
    m_action->addItem(tr("Take the deprecation back"), static_cast<int>(Action::Undeprecate));
    if (m_centre->layout == workspace::Layout::Native) { // The older catalogue does not know polished images.
        m_action->addItem(tr("Mark as polished"), static_cast<int>(Action::Polish));
        m_action->addItem(tr("Take the polish mark away"), static_cast<int>(Action::Unpolish));
    }
    m_action->addItem(tr("Remove"), static_cast<int>(Action::Prune));
    connect(m_action, &QComboBox::currentIndexChanged, this, &CatalogDialog::onChosen);
}

QFormLayout *CatalogDialog::makeForm()
{
    auto *form = new QFormLayout;
    form->setSpacing(gridUnit);
    form->addRow(tr("&Action"), m_action);
    const QString names[] = {tr("&Backend"), tr("Backend &version"), tr("Va&riant"), tr("&Service"),
                             tr("Service versi&on")};
    for (std::size_t i = 0; i < m_criteria.size(); ++i) {
        form->addRow(names[i], m_criteria[i].box);
        connect(m_criteria[i].box, &QComboBox::currentIndexChanged, this, &CatalogDialog::onChosen);
    }
    return form;
}

void CatalogDialog::setUpEffect()
{
    m_effect = new QTreeWidget;
    m_effect->setObjectName(QStringLiteral("catalogEffect"));
    m_effect->setAccessibleName(tr("What happens to each released image"));
    m_effect->setHeaderLabels({tr("Image"), tr("Platform"), tr("Change")});
    m_effect->setRootIsDecorated(false);
    m_effect->setUniformRowHeights(true);
    m_effect->setColumnWidth(0, 52 * gridUnit);
    m_summary = new QLabel;
    m_summary->setObjectName(QStringLiteral("catalogSummary"));
    m_summary->setWordWrap(true);
}

void CatalogDialog::setUp()
{
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    m_ok = buttons->button(QDialogButtonBox::Ok);
    m_ok->setText(tr("&Change"));
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(gridUnit);
    layout->addLayout(makeForm());
    layout->addWidget(m_summary);
    layout->addWidget(m_effect, 1);
    layout->addWidget(buttons);
}

/// Only what the other criteria leave of the catalogue; what is chosen stays.
void CatalogDialog::offer(const Criterion &criterion)
{
    catalog::Criteria others = criteria();
    const std::optional<std::string> kept = std::exchange(others.*criterion.wanted, {});
    std::set<std::string> values;
    for (const catalog::Record &record : m_centre->records) {
        if (others.matches(record))
            values.insert(record.*criterion.value);
    }
    if (kept)
        values.insert(*kept);
    const QSignalBlocker quiet(criterion.box);
    criterion.box->clear();
    criterion.box->addItem(tr("any"));
    for (const std::string &value : values) {
        const QString text = QString::fromStdString(value);
        criterion.box->addItem(text.isEmpty() ? tr("none") : text, text);
        if (kept == value)
            criterion.box->setCurrentIndex(criterion.box->count() - 1);
    }
}

catalog::Criteria CatalogDialog::criteria() const
{
    catalog::Criteria all;
    for (const Criterion &criterion : m_criteria)
        all.*criterion.wanted = chosen(criterion.box);
    return all;
}

QString CatalogDialog::actionName() const
{
    return m_action->currentText();
}

void CatalogDialog::onChosen()
{
    for (const Criterion &criterion : m_criteria)
        offer(criterion);
    m_change.reset();
    m_ok->setEnabled(false);
    const auto action = static_cast<Action>(m_action->currentData().toInt());
    m_preview.ask([centre = m_centre, action, wanted = criteria()] { return previewOf(centre, action, wanted); });
}

CatalogDialog::Preview CatalogDialog::previewOf(const workspace::WorkspacePointer &centre, Action action,
                                                const catalog::Criteria &criteria)
{
    auto change = workspace::changeCatalog(*centre, action, criteria);
    if (!change)
        return {std::move(change), {}};
    const auto after =
        workspace::withTexts(centre, {{change->file, std::make_shared<const std::string>(change->text)}});
    if (!after)
        return {tl::unexpected(after.error()), {}};
    return {std::move(change), workspace::releaseEffectOf(*centre, **after)};
}

void CatalogDialog::show(Preview &&preview)
{
    if (m_preview.hasNewer())
        return;
    showEffect(preview.effect);
    m_ok->setEnabled(preview.change.has_value());
    if (!preview.change) {
        m_summary->setText(sentencesOf(preview.change.error()));
        return;
    }
    m_change = std::move(*preview.change);
    const auto count = preview.effect.size();
    const auto imageless = static_cast<std::size_t>(
        std::count_if(preview.effect.begin(), preview.effect.end(),
                      [](const workspace::ReleaseChange &change) { return !change.released; }));
    QString text = count - imageless == 1
                       ? tr("1 released image is changed, in one step that can be undone.")
                       : tr("%1 released images are changed, in one step that can be undone.").arg(count - imageless);
    if (imageless > 0)
        text += QLatin1Char('\n') + tr("So are %1 that the table lists without an image.").arg(imageless);
    if (count > mostShown)
        text += QLatin1Char('\n') + tr("The first %1 are listed.").arg(mostShown);
    for (const Problem &note : m_change->notes)
        text += QLatin1Char('\n') + QString::fromStdString(note.message) + QLatin1Char('.');
    m_summary->setText(text);
}

void CatalogDialog::showEffect(const std::vector<workspace::ReleaseChange> &effect)
{
    m_effect->clear();
    for (const workspace::ReleaseChange &change : effect) {
        if (m_effect->topLevelItemCount() == mostShown)
            break;
        new QTreeWidgetItem(m_effect, {QString::fromStdString(change.image), QString::fromStdString(change.platform),
                                       changeText(change)});
    }
}

} // namespace runner::ui
