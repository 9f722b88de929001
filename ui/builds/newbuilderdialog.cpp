#include "builds/newbuilderdialog.h"

#include "builds/buildwords.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QVBoxLayout>

namespace runner::ui {

namespace {

std::vector<std::string> words(const QString &text, const QRegularExpression &between)
{
    std::vector<std::string> list;
    for (const QString &word : text.split(between, Qt::SkipEmptyParts))
        list.push_back(word.trimmed().toStdString());
    return list;
}

} // namespace

NewBuilderDialog::NewBuilderDialog(QStringList existing, QWidget *parent)
    : QDialog(parent)
    , m_existing(std::move(existing))
{
    setObjectName(QStringLiteral("newBuilderDialog"));
    setWindowTitle(tr("New builder"));
    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    m_name = addLine(form, QStringLiteral("newBuilderName"), tr("&Name"),
                     tr("A new name, or that of a builder to add a node to"));
    m_driver = new QComboBox;
    m_driver->setObjectName(QStringLiteral("newBuilderKind"));
    m_driver->addItem(tr("Container beside docker"), QStringLiteral("docker-container"));
    m_driver->addItem(tr("BuildKit that runs elsewhere"), QStringLiteral("remote"));
    m_driver->addItem(tr("Kubernetes"), QStringLiteral("kubernetes"));
    form->addRow(tr("&Kind"), m_driver);
    m_endpoint = addLine(form, QStringLiteral("newBuilderEndpoint"), tr("&Address"), QString());
    m_platforms = addLine(form, QStringLiteral("newBuilderPlatforms"), tr("&Platforms"),
                          tr("Those it tells itself; or linux/amd64, linux/arm64"));
    m_options = new QPlainTextEdit;
    m_options->setObjectName(QStringLiteral("newBuilderOptions"));
    m_options->setPlaceholderText(tr("NAME=VALUE, one a line"));
    m_options->setMaximumHeight(8 * gridUnit);
    m_options->setTabChangesFocus(true);
    form->addRow(tr("&Options of the kind"), m_options);
    m_use = new QCheckBox(tr("Make it docker's &current one"));
    m_use->setObjectName(QStringLiteral("newBuilderUse"));
    form->addRow(QString(), m_use);
    m_note = new QLabel;
    m_note->setObjectName(QStringLiteral("newBuilderNote"));
    m_note->setWordWrap(true);
    m_note->setTextFormat(Qt::PlainText);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_create = buttons->addButton(tr("C&reate"), QDialogButtonBox::AcceptRole);
    m_create->setObjectName(QStringLiteral("newBuilderCreate"));
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(form);
    layout->addWidget(m_note);
    layout->addStretch(1);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_driver, &QComboBox::currentIndexChanged, this, &NewBuilderDialog::update);
    connect(m_options, &QPlainTextEdit::textChanged, this, &NewBuilderDialog::update);
    resize(60 * gridUnit, 44 * gridUnit);
    update();
}

QLineEdit *NewBuilderDialog::addLine(QFormLayout *form, const QString &name, const QString &label, const QString &hint)
{
    auto *line = new QLineEdit;
    line->setObjectName(name);
    line->setPlaceholderText(hint);
    form->addRow(label, line);
    connect(line, &QLineEdit::textChanged, this, &NewBuilderDialog::update);
    return line;
}

build::NewBuilder NewBuilderDialog::builder() const
{
    build::NewBuilder builder;
    builder.name = m_name->text().trimmed().toStdString();
    builder.driver = m_driver->currentData().toString().toStdString();
    builder.endpoint = m_endpoint->text().trimmed().toStdString();
    builder.platforms = words(m_platforms->text(), QRegularExpression(QStringLiteral("[,\\s]+")));
    builder.driverOptions = words(m_options->toPlainText(), QRegularExpression(QStringLiteral("\\s*\\n\\s*")));
    builder.append = m_existing.contains(m_name->text().trimmed());
    builder.use = m_use->isChecked();
    return builder;
}

void NewBuilderDialog::update()
{
    const build::NewBuilder wanted = builder();
    const bool remote = wanted.driver == "remote";
    m_endpoint->setPlaceholderText(remote                          ? tr("tcp://HOST:PORT or unix:///PATH")
                                   : wanted.driver == "kubernetes" ? tr("The current context of kubectl")
                                                                   : tr("This docker; or a docker context or host"));
    const auto arguments = build::createArguments(wanted);
    m_create->setEnabled(arguments.has_value());
    m_create->setText(wanted.append ? tr("Add the &node") : tr("C&reate"));
    if (!arguments && !wanted.name.empty())
        m_note->setText(sentence(arguments.error()));
    else if (remote)
        m_note->setText(
            tr("What that BuildKit allows, and whether it cuts the logs of steps, is its own configuration."));
    else
        m_note->setText(tr("It never cuts the logs of steps, and allows network.host and security.insecure."));
}

} // namespace runner::ui
