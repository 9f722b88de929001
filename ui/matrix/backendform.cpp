#include "matrix/backendform.h"

#include "documents/matrixdocument.h"
#include "matrix/headertable.h"
#include "matrix/headertablemodel.h"
#include "matrix/headerwords.h"
#include "matrix/wholeline.h"
#include "theme/theme.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

namespace runner::ui {

namespace edits = matrix::edit;

namespace {

const QString noteWord = QStringLiteral("note");
const QString warningWord = QStringLiteral("warning");

std::vector<HeaderTableModel::Row> rowsOf(const std::vector<matrix::Variant> &variants)
{
    std::vector<HeaderTableModel::Row> rows;
    rows.reserve(variants.size());
    for (const matrix::Variant &variant : variants)
        rows.push_back({QString::fromStdString(variant.id), QString::fromStdString(variant.label)});
    return rows;
}

std::vector<HeaderTableModel::Row> rowsOf(const std::vector<matrix::Note> &notes)
{
    std::vector<HeaderTableModel::Row> rows;
    rows.reserve(notes.size());
    for (const matrix::Note &note : notes)
        rows.push_back(
            {QString::fromStdString(note.text), note.kind == matrix::NoteKind::Warning ? warningWord : noteWord});
    return rows;
}

} // namespace

BackendForm::BackendForm(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("backendForm"));
    m_note = new QLabel;
    m_note->setObjectName(QStringLiteral("backendNote"));
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    setUpFields();
    setUpTables();
    auto *chooser = new QHBoxLayout;
    chooser->setSpacing(gridUnit);
    chooser->addWidget(m_backends, 1);
    chooser->addWidget(m_add);
    chooser->addWidget(m_remove);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(gridUnit, gridUnit, gridUnit, gridUnit);
    layout->setSpacing(gridUnit);
    layout->addWidget(m_note);
    layout->addLayout(chooser);
    layout->addWidget(m_fields);
    layout->addWidget(m_variantTable);
    layout->addWidget(m_noteTable);
    layout->addStretch(1);
}

void BackendForm::setUpFields()
{
    m_backends = new QComboBox;
    m_backends->setObjectName(QStringLiteral("backendChoice"));
    m_backends->setAccessibleName(tr("Backend to edit"));
    connect(m_backends, &QComboBox::activated, this, [this](int index) {
        setBackend(m_backends->itemData(index).toString());
        Q_EMIT chosen(m_id);
    });
    m_add = new QPushButton(tr("&Add…"));
    m_add->setObjectName(QStringLiteral("addBackend"));
    m_add->setToolTip(tr("Add a backend at the end of the support table"));
    connect(m_add, &QPushButton::clicked, this, &BackendForm::addBackend);
    m_remove = new QPushButton(tr("Re&move"));
    m_remove->setObjectName(QStringLiteral("removeBackend"));
    m_remove->setToolTip(tr("Take the backend out of the list; its rules and released versions stay"));
    connect(m_remove, &QPushButton::clicked, this, [this] { m_matrix->apply(edits::dropBackend(m_id.toStdString())); });
    m_fields = new QWidget;
    auto *form = new QFormLayout(m_fields);
    form->setContentsMargins(0, 0, 0, 0);
    form->setSpacing(gridUnit);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_name = makeField(QStringLiteral("backendName"), edits::BackendText::Name);
    m_title = makeField(QStringLiteral("backendTitle"), edits::BackendText::Title);
    m_variantArgument = makeField(QStringLiteral("backendVariantArgument"), edits::BackendText::VariantArgument);
    m_name->setToolTip(tr("The heading of its section in the support table"));
    m_title->setToolTip(tr("In the head of its first column: \"%1 Version\"").arg(QStringLiteral("CANN")));
    m_variantArgument->setToolTip(tr("The build argument that names the variant; empty where there is none"));
    form->addRow(tr("&Name"), m_name);
    form->addRow(tr("&Short name"), m_title);
    form->addRow(tr("Varian&t's argument"), m_variantArgument);
}

QLineEdit *BackendForm::makeField(const QString &name, edits::BackendText which)
{
    auto *field = makeWholeLine();
    field->setObjectName(name);
    connect(field, &QLineEdit::editingFinished, this, [this, field, which] { setText(field, which); });
    return field;
}

void BackendForm::setUpTables()
{
    m_variants = new HeaderTableModel({tr("Variant"), tr("Shown as")}, tr("Add a variant…"), this);
    m_variants->setFirstFixed(
        tr("Tags and rules name the variant so: to give it another identifier, add one and remove "
           "this."));
    m_variantTable = new HeaderTable(QStringLiteral("backendVariants"), tr("Variants of the backend"), m_variants);
    m_notes = new HeaderTableModel({tr("Note above the table"), tr("Kind")}, tr("Add a note…"), this);
    m_noteTable = new HeaderTable(QStringLiteral("backendNotes"), tr("Notes of the backend"), m_notes);
    m_noteTable->setChoices(1, {noteWord, warningWord});
    connect(m_variants, &HeaderTableModel::addRequested, this, &BackendForm::addVariant, Qt::QueuedConnection);
    connect(
        m_variants, &HeaderTableModel::changeRequested, this,
        [this](int row, int, const QString &text) {
            const QString variant = m_variants->rows()[static_cast<std::size_t>(row)].first;
            m_matrix->apply(edits::setVariant(m_id.toStdString(), variant.toStdString(), text.toStdString()));
        },
        Qt::QueuedConnection);
    connect(m_variantTable, &HeaderTable::removeRequested, this, &BackendForm::removeVariants);
    connect(
        m_notes, &HeaderTableModel::addRequested, this,
        [this](const QString &text) {
            if (!m_matrix->apply(edits::addNote(m_id.toStdString(), {matrix::NoteKind::Note, text.toStdString()})))
                m_noteTable->typeAgain(text);
        },
        Qt::QueuedConnection);
    connect(m_notes, &HeaderTableModel::changeRequested, this, &BackendForm::changeNote, Qt::QueuedConnection);
    connect(m_noteTable, &HeaderTable::removeRequested, this, &BackendForm::removeNotes);
}

const matrix::Backend *BackendForm::shown() const
{
    return m_matrix ? m_matrix->matrix().findBackend(m_id.toStdString()) : nullptr;
}

bool BackendForm::setBackend(const QString &id)
{
    if (!m_matrix || !m_matrix->matrix().findBackend(id.toStdString()))
        return false;
    m_id = id;
    refresh();
    return true;
}

void BackendForm::refresh()
{
    if (!m_matrix)
        return;
    const std::vector<matrix::Backend> &backends = m_matrix->matrix().backends;
    if (!shown())
        m_id = backends.empty() ? QString() : QString::fromStdString(backends.front().id);
    m_backends->clear();
    for (const matrix::Backend &backend : backends) {
        const QString id = QString::fromStdString(backend.id);
        const QString name = QString::fromStdString(backend.name);
        m_backends->addItem(name == id ? id : QStringLiteral("%1 (%2)").arg(name, id), id);
    }
    m_backends->setCurrentIndex(m_backends->findData(m_id));
    const QString reason = whyNoNames(*m_matrix);
    const bool can = reason.isEmpty() && m_matrix->canEdit();
    m_note->setText(reason);
    m_note->setVisible(!reason.isEmpty());
    m_add->setEnabled(can);
    m_remove->setEnabled(can && shown());
    m_fields->setEnabled(can && shown());
    m_variants->setEditable(can && shown());
    m_notes->setEditable(can && shown());
    showBackend(shown() ? *shown() : matrix::Backend());
    for (QWidget *each : {static_cast<QWidget *>(m_backends), m_fields, static_cast<QWidget *>(m_variantTable),
                          static_cast<QWidget *>(m_noteTable)})
        each->setVisible(shown() != nullptr);
}

void BackendForm::showBackend(const matrix::Backend &backend)
{
    const QString id = QString::fromStdString(backend.id);
    const bool isOther = std::exchange(m_filled, id) != id;
    const auto show = [&](QLineEdit *field, const std::string &text) {
        const QString wanted = QString::fromStdString(text);
        const bool isTyped = field->isModified() && field->text() != wanted && window()->focusWidget() == field;
        if ((isTyped && !isOther) || (field->text() == wanted && !field->isModified()))
            return;
        const int cursor = field->cursorPosition();
        field->setText(wanted); // And the field has nothing to undo any more: the matrix has.
        field->setCursorPosition(cursor);
    };
    show(m_name, backend.name);
    show(m_title, backend.title);
    show(m_variantArgument, backend.variantArgument);
    m_variants->setRows(rowsOf(backend.variants));
    m_notes->setRows(rowsOf(backend.notes));
}

void BackendForm::setText(QLineEdit *field, edits::BackendText which)
{
    if (!shown() || !m_fields->isEnabled())
        return;
    if (m_matrix->apply(edits::setBackendText(m_id.toStdString(), which, field->text().toStdString())))
        return;
    field->setModified(false);
    refresh(); // What was refused is taken back.
}

void BackendForm::addBackend()
{
    auto *dialog = new QInputDialog(this);
    dialog->setObjectName(QStringLiteral("backendDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Add a backend"));
    dialog->setLabelText(tr("Its identifier, as in tags and below pack/; with a name, as in \"cann = Ascend CANN\":"));
    connect(dialog, &QInputDialog::textValueSelected, this, [this](const QString &text) {
        const auto [id, name] = idAndName(text);
        if (m_matrix->apply(edits::defineBackend(id.toStdString(), name.toStdString(), name.toStdString()))
            && setBackend(id))
            Q_EMIT chosen(id);
    });
    dialog->open();
}

void BackendForm::addVariant(const QString &text)
{
    const auto [id, name] = idAndName(text);
    if (!m_matrix->apply(edits::setVariant(m_id.toStdString(), id.toStdString(), name.toStdString())))
        m_variantTable->typeAgain(text);
}

void BackendForm::changeNote(int row, int column, const QString &text)
{
    const matrix::Backend *backend = shown();
    const auto index = static_cast<std::size_t>(row);
    if (!backend || index >= backend->notes.size())
        return;
    matrix::Note note = backend->notes[index];
    if (column == 0)
        note.text = text.toStdString();
    else
        note.kind = text == warningWord ? matrix::NoteKind::Warning : matrix::NoteKind::Note;
    m_matrix->apply(edits::setNote(m_id.toStdString(), index, note));
}

void BackendForm::removeVariants(const std::vector<int> &rows)
{
    std::vector<edits::Edit> steps;
    for (const int row : rows) {
        const QString variant = m_variants->rows()[static_cast<std::size_t>(row)].first;
        steps.push_back(edits::removeVariant(m_id.toStdString(), variant.toStdString()));
    }
    m_matrix->apply(steps);
}

void BackendForm::removeNotes(const std::vector<int> &rows)
{
    std::vector<edits::Edit> steps;
    for (auto row = rows.rbegin(); row != rows.rend(); ++row) // From the end: the others keep their number.
        steps.push_back(edits::removeNote(m_id.toStdString(), static_cast<std::size_t>(*row)));
    m_matrix->apply(steps);
}

} // namespace runner::ui
