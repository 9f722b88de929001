#include "builds/planoptions.h"

#include "theme/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalBlocker>

#include <algorithm>
#include <filesystem>

namespace runner::ui {

namespace {

QComboBox *comboBox(const QString &name)
{
    auto *box = new QComboBox;
    box->setObjectName(name);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(16);
    return box;
}

QString joined(const std::vector<std::string> &words, QChar separator)
{
    QStringList list;
    for (const std::string &word : words)
        list << QString::fromStdString(word);
    return list.join(separator);
}

std::vector<std::string> wordsOf(const QString &line)
{
    std::vector<std::string> words;
    for (const QString &word : line.simplified().split(u' ', Qt::SkipEmptyParts))
        words.push_back(word.toStdString());
    return words;
}

std::vector<std::string> linesOf(const QPlainTextEdit &edit)
{
    std::vector<std::string> lines;
    for (const QString &line : edit.toPlainText().split(u'\n', Qt::SkipEmptyParts)) {
        if (!line.trimmed().isEmpty())
            lines.push_back(line.trimmed().toStdString());
    }
    return lines;
}

} // namespace

PlanOptions::PlanOptions(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("planOptions"));
    auto *form = new QFormLayout(this);
    form->setContentsMargins({});
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    addResult(form);
    addPlan(form);
    addArguments(form);
    addBuilder(form);
    addMachine(form);
    addCache(form);
    addAttestations(form);
    m_dryRun = addBox(form, QStringLiteral("planDryRun"), tr("Dry run: only check the Dockerfile"),
                      QStringLiteral("--call=check"));
    updateShown();
}

QCheckBox *PlanOptions::addBox(QFormLayout *form, const QString &name, const QString &text, const QString &tip)
{
    auto *box = new QCheckBox(text);
    box->setObjectName(name);
    box->setToolTip(tip);
    form->addRow(box); // Over both columns: a narrow form moves none of them out of line.
    connect(box, &QCheckBox::toggled, this, &PlanOptions::updateShown);
    return box;
}

void PlanOptions::addResult(QFormLayout *form)
{
    m_output = comboBox(QStringLiteral("planOutput"));
    m_output->addItem(tr("Nowhere: only the build cache is filled"), static_cast<int>(build::OutputKind::Nothing));
    m_output->addItem(tr("Push to the registry"), static_cast<int>(build::OutputKind::Push));
    m_output->addItem(tr("Load into the local store"), static_cast<int>(build::OutputKind::Load));
    m_output->addItem(tr("OCI archives in a folder"), static_cast<int>(build::OutputKind::Archive));
    m_folder = new QLineEdit;
    m_folder->setObjectName(QStringLiteral("planFolder"));
    m_folder->setPlaceholderText(tr("Folder for the archives"));
    m_folder->setAccessibleName(m_folder->placeholderText());
    m_choose = new QPushButton(tr("Choose…"));
    m_choose->setObjectName(QStringLiteral("planChoose"));
    auto *across = new QHBoxLayout;
    across->addWidget(m_folder, 1);
    across->addWidget(m_choose);
    m_namespace = new QLineEdit;
    m_namespace->setObjectName(QStringLiteral("planNamespace"));
    m_namespace->setToolTip(tr("Where the images' names begin, with the registry if it is not Docker Hub"));
    form->addRow(tr("&Result"), m_output);
    form->addRow(QString(), across);
    form->addRow(tr("Na&mespace"), m_namespace);
    connect(m_output, &QComboBox::currentIndexChanged, this, &PlanOptions::updateShown);
    connect(m_folder, &QLineEdit::textChanged, this, &PlanOptions::changed);
    connect(m_namespace, &QLineEdit::textChanged, this, &PlanOptions::changed);
    connect(m_choose, &QPushButton::clicked, this, &PlanOptions::chooseFolder);
}

void PlanOptions::addPlan(QFormLayout *form)
{
    m_manifests = addBox(form, QStringLiteral("planManifests"), tr("One image for all platforms of each tag"),
                         tr("Made of exactly what was built, when all platforms have succeeded"));
    m_release = addBox(form, QStringLiteral("planRelease"), tr("Release: also under the tag without “-dev”"),
                       tr("The catalogue can take the images over afterwards"));
}

void PlanOptions::addBuilder(QFormLayout *form)
{
    m_builder = comboBox(QStringLiteral("planBuilder"));
    m_builder->addItem(tr("One that can run the platform"), QString());
    auto *manage = new QPushButton(tr("B&uilders…"));
    manage->setObjectName(QStringLiteral("planBuilders"));
    manage->setToolTip(tr("List, create, prune and remove builders"));
    auto *across = new QHBoxLayout;
    across->addWidget(m_builder, 1);
    across->addWidget(manage);
    form->addRow(tr("&Builder"), across);
    static_cast<QLabel *>(form->labelForField(across))->setBuddy(m_builder);
    connect(m_builder, &QComboBox::currentIndexChanged, this, &PlanOptions::changed);
    connect(manage, &QPushButton::clicked, this, &PlanOptions::buildersWanted);
}

QLineEdit *PlanOptions::addWords(QFormLayout *form, const QString &name, const QString &label, const QString &value,
                                 const QString &tip)
{
    auto *words = new QLineEdit(value);
    words->setObjectName(name);
    words->setPlaceholderText(tr("None"));
    words->setToolTip(tip);
    form->addRow(label, words);
    connect(words, &QLineEdit::textChanged, this, &PlanOptions::changed);
    return words;
}

QPlainTextEdit *PlanOptions::addLines(QFormLayout *form, const QString &name, const QString &label, const QString &hint,
                                      const QString &tip)
{
    constexpr int shownLines = 2;
    auto *lines = new QPlainTextEdit;
    lines->setObjectName(name);
    lines->setPlaceholderText(hint);
    lines->setToolTip(tip);
    lines->setTabChangesFocus(true);
    lines->setFont(codeFont(font()));
    const int frame = 2 * (lines->frameWidth() + static_cast<int>(lines->document()->documentMargin()));
    lines->setFixedHeight(shownLines * QFontMetrics(lines->font()).lineSpacing() + frame);
    form->addRow(label, lines);
    connect(lines, &QPlainTextEdit::textChanged, this, &PlanOptions::changed);
    return lines;
}

/// What runnerctl's --arg gives, and further folders that the Dockerfile copies from.
void PlanOptions::addArguments(QFormLayout *form)
{
    m_arguments = addLines(form, QStringLiteral("planArguments"), tr("&Arguments"), tr("NAME=VALUE, one a line"),
                           tr("Build arguments besides those of the matrix; a version that a tag has changes the tag"));
    m_contexts = addLines(
        form, QStringLiteral("planContexts"), tr("Conte&xts"), tr("NAME=FOLDER, one a line"),
        tr("--build-context: what the Dockerfile names in COPY --from; one named common replaces pack/common"));
}

std::vector<std::string> PlanOptions::arguments() const
{
    return linesOf(*m_arguments);
}

/// What steps may use of the machine that builds.
void PlanOptions::addMachine(QFormLayout *form)
{
    const build::Options defaults;
    m_limits =
        addWords(form, QStringLiteral("planLimits"), tr("&Limits"), joined(defaults.ulimits, u' '),
                 tr("--ulimit, several with blanks between; empty where the builder's machine does not allow them"));
    m_sharedMemory = addWords(form, QStringLiteral("planSharedMemory"), tr("S&hared memory"),
                              QString::fromStdString(defaults.sharedMemory),
                              tr("--shm-size: how large /dev/shm is; empty for the builder's own size"));
    m_entitlements =
        addWords(form, QStringLiteral("planEntitlements"), tr("&Entitlements"), joined(defaults.entitlements, u' '),
                 tr("--allow, several with blanks between; empty where the builder does not grant them"));
}

void PlanOptions::addAttestations(QFormLayout *form)
{
    m_provenance =
        addBox(form, QStringLiteral("planProvenance"), tr("Attach how it was built"), QStringLiteral("--provenance"));
    m_sbom = addBox(form, QStringLiteral("planSbom"), tr("Attach a list of its software"), QStringLiteral("--sbom"));
}

void PlanOptions::addCache(QFormLayout *form)
{
    m_cacheFrom = addBox(form, QStringLiteral("planCacheFrom"), tr("Use the cache images of the registry"),
                         tr("--cache-from for each of the image's cache tags"));
    m_cacheFrom->setChecked(true);
    m_cacheTo = addBox(form, QStringLiteral("planCacheTo"), tr("Write the cache images"),
                       tr("--cache-to for each of the image's cache tags"));
    m_cacheTo->setChecked(true);
    m_noCache = addBox(form, QStringLiteral("planNoCache"), tr("Run every step anew"), QStringLiteral("--no-cache"));
    m_pull = addBox(form, QStringLiteral("planPull"), tr("Look for newer base images"), QStringLiteral("--pull"));
}

/// What has no meaning now cannot be chosen; its tick stays for when it has.
void PlanOptions::updateShown()
{
    if (!m_dryRun) // still being set up
        return;
    const bool pushes =
        m_output->currentData().toInt() == static_cast<int>(build::OutputKind::Push) && !m_dryRun->isChecked();
    m_folder->setVisible(makesArchives());
    m_choose->setVisible(makesArchives());
    m_manifests->setEnabled(pushes);
    m_release->setEnabled(pushes && m_manifests->isChecked());
    m_cacheTo->setEnabled(pushes);
    m_output->setEnabled(!m_dryRun->isChecked());
    Q_EMIT changed();
}

void PlanOptions::chooseFolder()
{
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Folder for the archives"), m_folder->text());
    if (!folder.isEmpty())
        m_folder->setText(folder);
}

build::Options PlanOptions::build(const matrix::ImageNaming &naming) const
{
    build::Options options;
    options.naming = naming;
    if (const QString other = m_namespace->text().trimmed(); !other.isEmpty())
        options.naming.nameSpace = other.toStdString();
    for (const std::string &context : linesOf(*m_contexts)) {
        const std::size_t sign = context.find('=');
        options.contexts.emplace_back(context.substr(0, sign),
                                      sign == context.npos ? std::string() : context.substr(sign + 1));
    }
    options.builder = m_builder->currentData().toString().toStdString();
    options.ulimits = wordsOf(m_limits->text());
    options.sharedMemory = m_sharedMemory->text().trimmed().toStdString();
    options.entitlements = wordsOf(m_entitlements->text());
    options.output.kind = static_cast<build::OutputKind>(m_output->currentData().toInt());
    options.cacheFrom = m_cacheFrom->isChecked();
    options.cacheTo = m_cacheTo->isChecked() ? build::Options::CacheTo::WithPush : build::Options::CacheTo::Never;
    options.noCache = m_noCache->isChecked();
    options.pull = m_pull->isChecked();
    options.provenance = m_provenance->isChecked();
    options.sbom = m_sbom->isChecked();
    options.call = m_dryRun->isChecked() ? build::Call::Check : build::Call::Build;
    return options;
}

void PlanOptions::set(const build::Options &how, const build::PlanOptions &plan,
                      const std::vector<std::string> &arguments)
{
    {
        const QSignalBlocker blocker(this); // Said once, of all.
        const QString nameSpace = QString::fromStdString(how.naming.nameSpace);
        m_namespace->setText(nameSpace == m_namespace->placeholderText() ? QString() : nameSpace);
        m_output->setCurrentIndex(std::max(0, m_output->findData(static_cast<int>(how.output.kind))));
        m_folder->setText(QString::fromStdString(std::filesystem::path(how.output.file).parent_path().string()));
        m_builder->setCurrentIndex(std::max(0, m_builder->findData(QString::fromStdString(how.builder))));
        std::vector<std::string> contexts;
        for (const auto &[name, folder] : how.contexts)
            contexts.push_back(name + "=" + folder);
        m_contexts->setPlainText(joined(contexts, u'\n'));
        m_arguments->setPlainText(joined(arguments, u'\n'));
        m_limits->setText(joined(how.ulimits, u' '));
        m_sharedMemory->setText(QString::fromStdString(how.sharedMemory));
        m_entitlements->setText(joined(how.entitlements, u' '));
        setTicks(how, plan);
    }
    updateShown();
}

void PlanOptions::setTicks(const build::Options &how, const build::PlanOptions &plan)
{
    m_manifests->setChecked(plan.manifests);
    m_release->setChecked(plan.release);
    m_cacheFrom->setChecked(how.cacheFrom);
    m_cacheTo->setChecked(how.cacheTo != build::Options::CacheTo::Never);
    m_noCache->setChecked(how.noCache);
    m_pull->setChecked(how.pull);
    m_provenance->setChecked(how.provenance);
    m_sbom->setChecked(how.sbom);
    m_dryRun->setChecked(how.call == build::Call::Check);
}

build::PlanOptions PlanOptions::plan() const
{
    const bool manifests = m_manifests->isEnabled() && m_manifests->isChecked();
    return {manifests, manifests && m_release->isChecked()};
}

bool PlanOptions::makesArchives() const
{
    return m_output->currentData().toInt() == static_cast<int>(build::OutputKind::Archive) && !m_dryRun->isChecked();
}

QString PlanOptions::archiveFolder() const
{
    return m_folder->text().trimmed();
}

void PlanOptions::setNamespace(const QString &matrixNamespace)
{
    m_namespace->setPlaceholderText(matrixNamespace);
}

void PlanOptions::setBuilders(const std::vector<build::Builder> &builders)
{
    const QString chosen = m_builder->currentData().toString();
    {
        const QSignalBlocker blocker(m_builder);
        while (m_builder->count() > 1)
            m_builder->removeItem(1);
        for (const build::Builder &builder : builders) {
            const QString name = QString::fromStdString(builder.name);
            const QString text = tr("%1 (%2)").arg(name, QString::fromStdString(builder.driver));
            m_builder->addItem(builder.error.empty() ? text : tr("%1: cannot be reached").arg(text), name);
        }
        m_builder->setCurrentIndex(std::max(0, m_builder->findData(chosen)));
    }
    Q_EMIT changed();
}

} // namespace runner::ui
