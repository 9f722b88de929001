#include "matrix/bumpdialog.h"

#include "diagnostics/problemtext.h"
#include "theme/theme.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <set>

namespace runner::ui {

namespace {

using Kind = matrix::edit::VersionUse::Kind;

QString kindName(Kind kind)
{
    switch (kind) {
    case Kind::Argument:
        return BumpDialog::tr("Argument");
    case Kind::ImageTag:
        return BumpDialog::tr("Image name");
    case Kind::Comment:
        return BumpDialog::tr("Comment");
    case Kind::Disabled:
        return BumpDialog::tr("Disabled rule");
    }
    return {};
}

/// Values of the argument in the rules, each once, in their order.
QStringList valuesOf(const matrix::Matrix &matrix, const QString &name)
{
    QStringList values;
    for (const matrix::Rule &rule : matrix.rules) {
        if (!rule.arguments)
            continue;
        for (const matrix::Argument &argument : *rule.arguments) {
            const QString value = QString::fromStdString(argument.value().value_or(""));
            if (argument.name() == name.toStdString() && !value.isEmpty() && !values.contains(value))
                values << value;
        }
    }
    return values;
}

} // namespace

BumpDialog::BumpDialog(matrix::Document document, const QString &name, QWidget *parent)
    : QDialog(parent)
    , m_document(std::move(document))
{
    setObjectName(QStringLiteral("bumpDialog"));
    setWindowTitle(tr("Change a version"));
    resize(110 * gridUnit, 60 * gridUnit);
    setUp();
    fillNames(name);
    fillVersions();
    m_new->setFocus();
}

void BumpDialog::setUp()
{
    m_name = new QComboBox;
    m_name->setObjectName(QStringLiteral("bumpName"));
    m_old = new QComboBox;
    m_old->setObjectName(QStringLiteral("bumpOld"));
    m_new = new QLineEdit;
    m_new->setObjectName(QStringLiteral("bumpNew"));
    m_places = new QTreeWidget;
    m_places->setObjectName(QStringLiteral("bumpPlaces"));
    m_places->setAccessibleName(tr("Places that say the version"));
    m_places->setHeaderLabels({tr("What"), tr("Line"), tr("Now"), tr("Then")});
    m_places->setRootIsDecorated(false);
    m_places->header()->setStretchLastSection(true);
    m_summary = new QLabel;
    m_summary->setObjectName(QStringLiteral("bumpSummary"));
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setWordWrap(true);
    auto *form = new QFormLayout;
    form->setSpacing(gridUnit);
    form->addRow(tr("&Version of"), m_name);
    form->addRow(tr("&From"), m_old);
    form->addRow(tr("&To"), m_new);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    m_ok = buttons->button(QDialogButtonBox::Ok);
    m_ok->setText(tr("&Change"));
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_name, &QComboBox::activated, this, &BumpDialog::fillVersions);
    connect(m_old, &QComboBox::activated, this, &BumpDialog::findUses);
    connect(m_new, &QLineEdit::textChanged, this, &BumpDialog::findUses);
    connect(m_places, &QTreeWidget::itemChanged, this, &BumpDialog::updateButton);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(gridUnit);
    layout->addLayout(form);
    layout->addWidget(m_places, 1);
    layout->addWidget(m_summary);
    layout->addWidget(buttons);
}

void BumpDialog::fillNames(const QString &name)
{
    std::set<std::string> names;
    for (const matrix::Rule &rule : m_document.matrix().rules) {
        if (!rule.arguments)
            continue;
        for (const matrix::Argument &argument : *rule.arguments) {
            if (argument.name().ends_with("_VERSION") && argument.value())
                names.insert(argument.name());
        }
    }
    if (!name.isEmpty())
        names.insert(name.toStdString());
    for (const std::string &each : names)
        m_name->addItem(QString::fromStdString(each));
    m_name->setCurrentIndex(std::max(0, m_name->findText(name)));
}

void BumpDialog::fillVersions()
{
    m_old->clear();
    m_old->addItems(valuesOf(m_document.matrix(), m_name->currentText()));
    m_new->setText(m_old->currentText());
    m_new->selectAll();
    findUses();
}

void BumpDialog::findUses()
{
    const QSignalBlocker quiet(m_places);
    m_places->clear();
    m_uses = matrix::edit::findVersionUses(m_document, m_name->currentText().toStdString(),
                                           m_old->currentText().toStdString(), m_new->text().toStdString());
    for (const matrix::edit::VersionUse &use : m_uses) {
        auto *item =
            new QTreeWidgetItem(m_places, {kindName(use.kind), QString::number(use.where.line),
                                           QString::fromStdString(use.before), QString::fromStdString(use.after)});
        item->setCheckState(0, use.suggested ? Qt::Checked : Qt::Unchecked);
        item->setToolTip(2, item->text(2));
        item->setToolTip(3, item->text(3));
    }
    for (int column = 0; column < 3; ++column)
        m_places->resizeColumnToContents(column);
    updateButton();
}

std::vector<std::size_t> BumpDialog::ticked() const
{
    std::vector<std::size_t> result;
    for (int row = 0; row < m_places->topLevelItemCount(); ++row) {
        if (m_places->topLevelItem(row)->checkState(0) == Qt::Checked)
            result.push_back(static_cast<std::size_t>(row));
    }
    return result;
}

void BumpDialog::updateButton()
{
    const std::size_t count = ticked().size();
    m_ok->setEnabled(count > 0);
    m_summary->setText(m_uses.empty() ? tr("Type another version to see the places that say it.")
                                      : tr("%1 of %2 places are changed, in one step.").arg(count).arg(m_uses.size()));
}

void BumpDialog::accept()
{
    const auto edited = matrix::edit::applyEdit(m_document, edit());
    if (edited)
        QDialog::accept();
    else
        m_summary->setText(sentencesOf(edited.error()));
}

matrix::edit::Edit BumpDialog::edit() const
{
    return matrix::edit::bumpVersion(m_name->currentText().toStdString(), m_old->currentText().toStdString(),
                                     m_new->text().toStdString(), ticked());
}

} // namespace runner::ui
