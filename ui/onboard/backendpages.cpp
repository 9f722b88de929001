#include "onboard/backendpages.h"

#include "expand/plan.h"
#include "onboard/answertable.h"
#include "onboard/fieldform.h"
#include "theme/theme.h"

#include <QComboBox>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace runner::ui {

namespace {

std::string text(const QLineEdit *line)
{
    return line->text().trimmed().toStdString();
}

void put(QLineEdit *line, const std::string &value)
{
    line->setText(QString::fromStdString(value));
}

std::string suggestedHome(const std::string &id)
{
    return isPlainIdentifier(id) ? "/usr/local/" + id : std::string();
}

/// What is not taken over is said, too: nobody would look for it on the last page.
QString hintOfModel(const QStringList &leftOut)
{
    constexpr qsizetype named = 3;
    if (leftOut.isEmpty())
        return BackendIdentityPage::tr(
            "Takes over services, platforms and arguments of a backend that is there. What you have typed stays.");
    const QString names = QStringList(leftOut.first(std::min(named, leftOut.size()))).join(QStringLiteral(", "));
    const QString first = BackendIdentityPage::tr("Taken over, and what you have typed stays. ");
    if (leftOut.size() <= named)
        return first + BackendIdentityPage::tr("Not its stages, and what they alone use: %1.").arg(names);
    return first
           + BackendIdentityPage::tr("Not its stages, and what they alone use: %1 and %2 more arguments.")
                 .arg(names)
                 .arg(leftOut.size() - named);
}

QString hintOfImage(const QString &argument)
{
    return BackendRuntimePage::tr("May refer to arguments, as in ${%1}, and to ${TARGETARCH}.").arg(argument);
}

} // namespace

BackendIdentityPage::BackendIdentityPage(const workspace::Workspace &centre)
    : m_model(new QComboBox)
    , m_form(new FieldForm)
    , m_id(makeLine(QStringLiteral("neuware")))
    , m_name(makeLine(QStringLiteral("Cambricon Neuware")))
    , m_title(makeLine(QStringLiteral("Neuware")))
    , m_home(makeLine(QStringLiteral("/usr/local/neuware")))
    , m_versions(makeLine(QStringLiteral("4.2.1")))
{
    setTitle(tr("The backend"));
    setSubTitle(tr("What the accelerator's software is called, and which versions of it get images."));
    m_model->addItem(tr("Nothing: blank answers"));
    BackendIdentityPage::setCentre(centre);
    m_form->addField(QStringLiteral("model"), tr("&Begin like"), m_model, hintOfModel({}));
    m_form->addField(QStringLiteral("id"), tr("&Identifier"), m_id,
                     tr("Lower-case letters and digits. It begins the tags and names the folder below pack/."));
    m_form->addField(QStringLiteral("name"), tr("Nam&e"), m_name, tr("As the support table shows it."));
    m_form->addField(QStringLiteral("title"), tr("Short &title"), m_title,
                     tr("As in \"CANN Version\". Empty: the name."));
    m_form->addField(QStringLiteral("home"), tr("&Home folder"), m_home,
                     tr("Where the toolkit stands inside the images."));
    m_form->addField(QStringLiteral("versions"), tr("&Versions"), m_versions,
                     tr("In full, separated by commas; the first is what the Dockerfile builds without an argument."));
    auto *down = new QVBoxLayout(this);
    down->addWidget(m_form);
    down->addStretch(1);
    connect(m_model, &QComboBox::activated, this, &BackendIdentityPage::modelChosen);
    connect(m_home, &QLineEdit::textEdited, this, [this] { m_followsId = m_home->text().isEmpty(); });
    connect(m_id, &QLineEdit::textEdited, this, &BackendIdentityPage::suggestHome);
}

void BackendIdentityPage::setCentre(const workspace::Workspace &centre)
{
    for (const matrix::Backend &backend : centre.matrix.backends) {
        const QString id = QString::fromStdString(backend.id);
        if (m_model->findData(id) < 0)
            m_model->addItem(QString::fromStdString(backend.name), id);
    }
}

/// Most toolkits stand there; who knows better writes over it.
void BackendIdentityPage::suggestHome()
{
    if (m_followsId)
        put(m_home, suggestedHome(text(m_id)));
}

std::string BackendIdentityPage::model() const
{
    return m_model->currentData().toString().toStdString();
}

void BackendIdentityPage::collect(onboard::BackendAnswers &answers) const
{
    answers.id = text(m_id);
    answers.name = text(m_name);
    answers.title = text(m_title);
    answers.home = text(m_home);
    answers.versions = listOf(m_versions->text());
}

void BackendIdentityPage::fill(const onboard::BackendAnswers &answers)
{
    put(m_id, answers.id);
    put(m_name, answers.name);
    put(m_title, answers.title);
    put(m_home, answers.home);
    m_versions->setText(listText(answers.versions));
    m_followsId = answers.home.empty() || answers.home == suggestedHome(answers.id);
}

void BackendIdentityPage::tellLeftOut(const std::vector<std::string> &arguments)
{
    QStringList names;
    for (const std::string &name : arguments)
        names << QString::fromStdString(name);
    m_form->setHint(QStringLiteral("model"), hintOfModel(names));
    m_model->setToolTip(names.isEmpty() ? QString() : tr("Not taken over: %1").arg(names.join(QStringLiteral(", "))));
}

bool BackendIdentityPage::showProblems(const onboard::FieldProblems &problems, bool all)
{
    return m_form->setProblems(problems, all);
}

void BackendIdentityPage::goToError()
{
    m_form->goToError();
}

BackendRuntimePage::BackendRuntimePage(const workspace::Workspace &centre)
    : m_form(new FieldForm)
    , m_baseImage(makeLine(QStringLiteral("docker.io/cambricon/neuware:${NEUWARE_VERSION}-ubuntu22.04")))
    , m_python(makeLine(QStringLiteral("3.12")))
    , m_platforms(makeLine(QStringLiteral("linux/amd64, linux/arm64")))
    , m_variantArgument(makeLine(QStringLiteral("NEUWARE_ARCHS")))
    , m_variants(
          new AnswerTable(QStringLiteral("variants"), {{tr("In tags"), 16}, {tr("As shown")}}, tr("Add variant")))
{
    setTitle(tr("What its images stand on"));
    setSubTitle(centre.layout == workspace::Layout::Native
                    ? tr("The vendor's image or a public one, and the product lines that get images of their own.")
                    : tr("The vendor's image or a public one."));
    m_form->addField(QStringLiteral("base_image"), tr("Base i&mage"), m_baseImage,
                     hintOfImage(QStringLiteral("NEUWARE_VERSION")));
    m_form->addField(QStringLiteral("python"), tr("&Python"), m_python, tr("Of the runtime, as 3.12."));
    m_form->addField(QStringLiteral("platforms"), tr("P&latforms"), m_platforms,
                     tr("What the vendor supports, separated by commas."));
    m_form->addField(QStringLiteral("variants"), tr("&Variants"), m_variants,
                     tr("None, where one image serves all products. Else one row each, such as mlu590 in tags and "
                        "MLU590 as shown."));
    m_form->addField(QStringLiteral("variant_arg"), tr("Variant &argument"), m_variantArgument,
                     tr("The build argument that names the variant; empty without variants."));
    auto *down = new QVBoxLayout(this);
    down->addWidget(m_form);
    down->addStretch(1);
    for (const QString &field : {QStringLiteral("variants"), QStringLiteral("variant_arg")})
        m_form->setFieldVisible(field, centre.layout == workspace::Layout::Native);
    connect(m_variants, &AnswerTable::changed, this, &BackendRuntimePage::suggestArgument);
    connect(m_variants, &AnswerTable::changed, this, &AnswersPage::answersChanged);
    fill({});
}

void BackendRuntimePage::setBackend(const std::string &id)
{
    const auto named = [&](const char *what) { return QString::fromStdString(expand::argumentName(id, what)); };
    if (id == m_id)
        return;
    const bool suggested = m_variantArgument->text() == m_suggestion;
    m_id = id;
    m_suggestion = named("ARCHS");
    m_variantArgument->setPlaceholderText(m_suggestion);
    m_baseImage->setPlaceholderText(
        QStringLiteral("docker.io/vendor/%1:${%2}-ubuntu22.04").arg(QString::fromStdString(id), named("VERSION")));
    m_form->setHint(QStringLiteral("base_image"), hintOfImage(named("VERSION")));
    if (suggested)
        m_variantArgument->setText(m_suggestion);
    suggestArgument();
}

/// Variants need an argument that names them, and most are called like that; without variants it would be wrong.
void BackendRuntimePage::suggestArgument()
{
    const bool empty = m_variants->rows().empty();
    if (!empty && m_variantArgument->text().isEmpty())
        m_variantArgument->setText(m_suggestion);
    else if (empty && m_variantArgument->text() == m_suggestion)
        m_variantArgument->clear();
}

void BackendRuntimePage::collect(onboard::BackendAnswers &answers) const
{
    answers.baseImage = text(m_baseImage);
    answers.python = text(m_python);
    answers.platforms = listOf(m_platforms->text());
    answers.variantArgument = text(m_variantArgument);
    answers.variants.clear();
    for (const QStringList &row : m_variants->rows())
        answers.variants.push_back(
            {row[0].toStdString(), row[1].isEmpty() ? row[0].toStdString() : row[1].toStdString()});
}

void BackendRuntimePage::fill(const onboard::BackendAnswers &answers)
{
    put(m_baseImage, answers.baseImage);
    put(m_python, answers.python);
    m_platforms->setText(listText(answers.platforms));
    put(m_variantArgument, answers.variantArgument);
    std::vector<QStringList> rows;
    for (const matrix::Variant &variant : answers.variants)
        rows.push_back({QString::fromStdString(variant.id), QString::fromStdString(variant.label)});
    m_variants->setRows(rows);
}

bool BackendRuntimePage::showProblems(const onboard::FieldProblems &problems, bool all)
{
    return m_form->setProblems(problems, all);
}

void BackendRuntimePage::goToError()
{
    m_form->goToError();
}

AnswerTable *makeArgumentTable(const QString &name)
{
    using dockerfile::Need;
    return new AnswerTable(name,
                           {{AnswersPage::tr("Name"), 26},
                            {AnswersPage::tr("Need"),
                             14,
                             {QStringLiteral("optional"), QStringLiteral("required"), QStringLiteral("placeholder")}},
                            {AnswersPage::tr("Default"), 16},
                            {AnswersPage::tr("What it is for")}},
                           AnswersPage::tr("Add argument"));
}

std::vector<onboard::ArgumentAnswer> argumentsOf(const AnswerTable &table)
{
    using dockerfile::Need;
    std::vector<onboard::ArgumentAnswer> arguments;
    for (const QStringList &row : table.rows()) {
        const Need need = row[1] == u"required"      ? Need::Required
                          : row[1] == u"placeholder" ? Need::Placeholder
                                                     : Need::Optional;
        arguments.push_back({row[0].toStdString(), need, row[2].toStdString(), row[3].toStdString()});
    }
    return arguments;
}

void setArguments(AnswerTable &table, const std::vector<onboard::ArgumentAnswer> &arguments)
{
    std::vector<QStringList> rows;
    rows.reserve(arguments.size());
    for (const onboard::ArgumentAnswer &argument : arguments)
        rows.push_back({QString::fromStdString(argument.name), QString::fromLatin1(dockerfile::needName(argument.need)),
                        QString::fromStdString(argument.defaultText), QString::fromStdString(argument.comment)});
    table.setRows(rows);
}

BackendDetailsPage::BackendDetailsPage(const workspace::Workspace &centre)
    : m_form(new FieldForm)
    , m_arguments(makeArgumentTable(QStringLiteral("arguments")))
    , m_notes(new AnswerTable(QStringLiteral("notes"),
                              {{tr("Kind"), 14, {QStringLiteral("note"), QStringLiteral("warning")}}, {tr("Text")}},
                              tr("Add note")))
{
    const bool hasNotes = centre.layout == workspace::Layout::Native;
    setTitle(hasNotes ? tr("Arguments and notes") : tr("Arguments"));
    setSubTitle(hasNotes ? tr("Build arguments besides those that the convention asks for, and what users should know.")
                         : tr("Build arguments besides those that the convention asks for."));
    m_form->addField(QStringLiteral("arguments"), tr("&Arguments"), m_arguments);
    m_form->addField(QStringLiteral("notes"), tr("N&otes"), m_notes,
                     tr("Shown above the backend's section of the support table."));
    m_form->setFieldVisible(QStringLiteral("notes"), hasNotes);
    auto *down = new QVBoxLayout(this);
    down->addWidget(m_form);
    down->addStretch(1);
    for (AnswerTable *table : {m_arguments, m_notes})
        connect(table, &AnswerTable::changed, this, &AnswersPage::answersChanged);
    setNames({});
}

void BackendDetailsPage::setNames(const onboard::BackendAnswers &answers)
{
    const auto prefix = [](const std::string &id) { return QString::fromStdString(expand::argumentName(id, "")); };
    const bool served = !answers.services.empty() && isPlainIdentifier(answers.services.front().id);
    m_form->setHint(QStringLiteral("arguments"),
                    tr("Named after the backend or a service, in capitals: %1… or %2…")
                        .arg(prefix(isPlainIdentifier(answers.id) ? answers.id : "neuware"),
                             prefix(served ? answers.services.front().id : "vllm")));
}

void BackendDetailsPage::collect(onboard::BackendAnswers &answers) const
{
    answers.arguments = argumentsOf(*m_arguments);
    answers.notes.clear();
    for (const QStringList &row : m_notes->rows())
        answers.notes.push_back(
            {row[0] == u"warning" ? matrix::NoteKind::Warning : matrix::NoteKind::Note, row[1].toStdString()});
}

void BackendDetailsPage::fill(const onboard::BackendAnswers &answers)
{
    setArguments(*m_arguments, answers.arguments);
    std::vector<QStringList> rows;
    for (const matrix::Note &note : answers.notes)
        rows.push_back({note.kind == matrix::NoteKind::Warning ? QStringLiteral("warning") : QStringLiteral("note"),
                        QString::fromStdString(note.text)});
    m_notes->setRows(rows);
}

bool BackendDetailsPage::showProblems(const onboard::FieldProblems &problems, bool all)
{
    return m_form->setProblems(problems, all);
}

void BackendDetailsPage::goToError()
{
    m_form->goToError();
}

} // namespace runner::ui
