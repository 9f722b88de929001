#include "builds/buildersdialog.h"

#include "builds/buildwords.h"
#include "builds/newbuilderdialog.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <utility>

namespace runner::ui {

namespace {

enum BuilderColumn { BuilderName, BuilderKind, BuilderState, BuilderPlatforms, BuilderColumns };

QString joined(const std::vector<std::string> &words)
{
    QStringList list;
    for (const std::string &word : words)
        list << QString::fromStdString(word);
    return list.join(QStringLiteral(", "));
}

} // namespace

BuildersDialog::BuildersDialog(build::Tool tool, QWidget *parent)
    : QDialog(parent)
    , m_tool(std::move(tool))
{
    setObjectName(QStringLiteral("buildersDialog"));
    setWindowTitle(tr("Builders"));
    auto *layout = new QVBoxLayout(this);
    setUpList();
    m_state = new QLabel;
    m_state->setObjectName(QStringLiteral("buildersState"));
    m_disk = new QLabel;
    m_disk->setObjectName(QStringLiteral("buildersDisk"));
    for (QLabel *label : {m_state, m_disk}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    m_details = new QPlainTextEdit;
    m_details->setObjectName(QStringLiteral("buildersDetails"));
    m_details->setAccessibleName(tr("What docker says"));
    m_details->setReadOnly(true);
    m_details->setFont(codeFont(font()));
    m_details->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_details->hide();
    auto *close = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(close, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(m_list, 1);
    layout->addWidget(makeButtons());
    layout->addWidget(m_disk);
    layout->addWidget(m_state);
    layout->addWidget(m_details, 1);
    layout->addWidget(close);
    resize(90 * gridUnit, 60 * gridUnit);
    updateButtons();
    refresh();
}

BuildersDialog::~BuildersDialog()
{
    m_call.reset();
    m_diskCall.reset();
    m_list->disconnect(this);
}

void BuildersDialog::setUpList()
{
    m_list = new QTreeWidget;
    m_list->setObjectName(QStringLiteral("buildersList"));
    m_list->setAccessibleName(tr("Builders and their nodes"));
    m_list->setColumnCount(BuilderColumns);
    m_list->setHeaderLabels({tr("Name"), tr("Kind"), tr("State"), tr("Platforms")});
    m_list->setUniformRowHeights(true);
    m_list->header()->setStretchLastSection(true);
    m_list->setColumnWidth(BuilderName, 24 * gridUnit);
    m_list->setColumnWidth(BuilderKind, 18 * gridUnit);
    m_list->setColumnWidth(BuilderState, 16 * gridUnit);
    connect(m_list, &QTreeWidget::currentItemChanged, this, &BuildersDialog::onChosen);
}

QPushButton *BuildersDialog::addButton(QWidget *row, const QString &name, const QString &text, const QString &tip,
                                       void (BuildersDialog::*slot)())
{
    auto *button = new QPushButton(text);
    button->setObjectName(name);
    button->setToolTip(tip);
    button->setAutoDefault(false);
    row->layout()->addWidget(button);
    connect(button, &QPushButton::clicked, this, slot);
    return button;
}

QWidget *BuildersDialog::makeButtons()
{
    auto *row = new QWidget;
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins({});
    addButton(row, QStringLiteral("buildersNew"), tr("&New…"), tr("Create a builder, or add a node to one"),
              &BuildersDialog::newBuilder);
    m_use = addButton(row, QStringLiteral("buildersUse"), tr("Make c&urrent"),
                      tr("What docker takes where no builder is named"), &BuildersDialog::use);
    m_inspect = addButton(row, QStringLiteral("buildersInspect"), tr("&Inspect"),
                          tr("Start it if it does not run, and show what it is"), &BuildersDialog::inspect);
    m_prune = addButton(row, QStringLiteral("buildersPrune"), tr("&Prune…"), tr("Free its build cache"),
                        &BuildersDialog::prune);
    m_remove = addButton(row, QStringLiteral("buildersRemove"), tr("&Remove…"), tr("Remove it with its cache"),
                         &BuildersDialog::remove);
    addButton(row, QStringLiteral("buildersRefresh"), tr("Re&fresh"), tr("Ask docker anew"), &BuildersDialog::refresh);
    layout->addStretch(1);
    return row;
}

void BuildersDialog::call(const QString &what, const std::vector<std::string> &arguments,
                          std::function<void(const build::Answer &)> done)
{
    m_busy = true;
    m_state->setText(what);
    updateButtons();
    m_call = std::make_unique<build::ToolCall>(
        m_tool, arguments, [this, done = std::move(done)](const build::Answer &answer) {
            m_busy = false;
            m_state->setText(answer.good() ? QString() : sentence(build::explainError(answer, "buildx-failed")));
            updateButtons();
            done(answer); // may make the next call
        });
}

void BuildersDialog::refresh()
{
    call(tr("Asking docker…"), build::listArguments(), [this](const build::Answer &answer) { fill(answer); });
}

void BuildersDialog::fill(const build::Answer &answer)
{
    if (!answer.good())
        return;
    const QString name = chosen() ? QString::fromStdString(chosen()->name) : QString();
    m_builders = build::parseBuilders(answer.output);
    m_list->clear();
    for (const build::Builder &builder : m_builders)
        addItem(builder);
    m_list->expandAll();
    const QList<QTreeWidgetItem *> same = m_list->findItems(name, Qt::MatchExactly);
    m_list->setCurrentItem(same.isEmpty() ? m_list->topLevelItem(0) : same.front());
    Q_EMIT buildersChanged();
}

/// A builder of one node is one line.
void BuildersDialog::addItem(const build::Builder &builder)
{
    auto *item = new QTreeWidgetItem(m_list);
    item->setText(BuilderName, QString::fromStdString(builder.name));
    item->setText(BuilderKind, QString::fromStdString(builder.driver));
    const QString state = !builder.error.empty() ? tr("cannot be reached")
                          : builder.isRunning()  ? tr("running")
                                                 : tr("not running");
    item->setText(BuilderState, builder.current ? tr("%1, current").arg(state) : state);
    item->setText(BuilderPlatforms, joined(builder.platforms()));
    for (int column = 0; column < BuilderColumns; ++column)
        item->setToolTip(column, builder.error.empty() ? item->text(column) : QString::fromStdString(builder.error));
    for (std::size_t i = 0; builder.nodes.size() > 1 && i < builder.nodes.size(); ++i) {
        const build::BuilderNode &node = builder.nodes[i];
        auto *child =
            new QTreeWidgetItem(item, {QString::fromStdString(node.name), QString::fromStdString(node.endpoint),
                                       QString::fromStdString(node.status), joined(node.platforms)});
        child->setToolTip(BuilderState, QString::fromStdString(node.error));
    }
}

const build::Builder *BuildersDialog::chosen() const
{
    QTreeWidgetItem *item = m_list->currentItem();
    if (!item)
        return nullptr;
    const int row = m_list->indexOfTopLevelItem(item->parent() ? item->parent() : item);
    return row < 0 || row >= static_cast<int>(m_builders.size()) ? nullptr : &m_builders[static_cast<std::size_t>(row)];
}

/// A running one tells at once what its cache takes; one that does not run is not started for that.
void BuildersDialog::onChosen()
{
    m_diskCall.reset();
    m_total = {};
    m_disk->clear();
    m_details->hide();
    updateButtons();
    const build::Builder *builder = chosen();
    if (!builder)
        return;
    if (builder->mayClipLogs())
        m_disk->setText(tr("Its daemon may cut the logs of steps."));
    if (builder->isRunning() && builder->error.empty())
        m_diskCall = std::make_unique<build::ToolCall>(m_tool, build::cacheUseArguments(builder->name),
                                                       [this](const build::Answer &answer) { showDiskUse(answer); });
    else if (!builder->error.empty())
        m_disk->setText(sentence(build::explainError(builder->error, "buildx-failed")));
}

void BuildersDialog::showDiskUse(const build::Answer &answer)
{
    const build::Builder *builder = chosen();
    if (!builder)
        return;
    const QString clips = builder->mayClipLogs() ? tr(" Its daemon may cut the logs of steps.") : QString();
    if (!answer.good()) {
        m_disk->setText(sentence(build::explainError(answer, "buildx-failed")));
        return;
    }
    m_total = build::totalOf(build::parseCacheUse(answer.output));
    m_disk->setText(tr("Its build cache takes %1, %2 of it can be pruned.")
                        .arg(shownSize(static_cast<std::int64_t>(m_total.bytes)),
                             shownSize(static_cast<std::int64_t>(m_total.reclaimable)))
                    + clips);
}

void BuildersDialog::updateButtons()
{
    const build::Builder *builder = chosen();
    const bool can = builder && !m_busy;
    m_inspect->setEnabled(can);
    m_prune->setEnabled(can);
    m_use->setEnabled(can && !builder->current);
    m_remove->setEnabled(can && builder->driver != "docker"); // That one is a context of docker itself.
}

bool BuildersDialog::confirm(const QString &name, const QString &question, const QString &button)
{
    QMessageBox box(QMessageBox::Question, windowTitle(), question, QMessageBox::Cancel, this);
    box.setObjectName(name);
    const QPushButton *yes = box.addButton(button, QMessageBox::DestructiveRole);
    box.setDefaultButton(QMessageBox::Cancel);
    box.exec();
    return box.clickedButton() == yes;
}

void BuildersDialog::change(const QString &what, const std::vector<std::string> &arguments)
{
    call(what, arguments, [this](const build::Answer &answer) {
        if (answer.good())
            refresh();
    });
}

void BuildersDialog::newBuilder()
{
    QStringList names;
    for (const build::Builder &builder : m_builders) {
        if (builder.driver != "docker")
            names << QString::fromStdString(builder.name);
    }
    NewBuilderDialog dialog(names, this);
    if (dialog.exec() == QDialog::Accepted)
        create(dialog.builder());
}

void BuildersDialog::create(const build::NewBuilder &builder)
{
    const auto arguments = build::createArguments(builder);
    if (arguments)
        change(tr("Creating %1…").arg(QString::fromStdString(builder.name)), *arguments);
    else
        m_state->setText(sentence(arguments.error()));
}

void BuildersDialog::inspect()
{
    const std::string name = chosen()->name;
    call(tr("Starting %1 if it does not run…").arg(QString::fromStdString(name)), build::inspectArguments(name),
         [this](const build::Answer &answer) {
             m_details->setPlainText(QString::fromStdString(answer.good() ? answer.output : answer.errors));
             m_details->show();
         });
}

void BuildersDialog::prune()
{
    const QString name = QString::fromStdString(chosen()->name);
    const QString size = m_total.reclaimable > 0 ? tr(" That frees %1; later builds are slower.")
                                                       .arg(shownSize(static_cast<std::int64_t>(m_total.reclaimable)))
                                                 : QString();
    if (confirm(QStringLiteral("confirmPrune"), tr("Prune the build cache of %1?").arg(name) + size, tr("&Prune")))
        change(tr("Pruning %1…").arg(name), build::pruneArguments(name.toStdString(), true, 0));
}

void BuildersDialog::remove()
{
    const QString name = QString::fromStdString(chosen()->name);
    if (confirm(QStringLiteral("confirmRemove"), tr("Remove the builder %1 with its nodes and its cache?").arg(name),
                tr("&Remove")))
        change(tr("Removing %1…").arg(name), build::removeArguments(name.toStdString()));
}

void BuildersDialog::use()
{
    const std::string name = chosen()->name;
    change(tr("Making %1 the current one…").arg(QString::fromStdString(name)), build::useArguments(name));
}

} // namespace runner::ui
