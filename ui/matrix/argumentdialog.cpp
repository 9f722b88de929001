#include "matrix/argumentdialog.h"

#include "editor/completion.h"
#include "matrix/wholeline.h"
#include "theme/theme.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStandardItemModel>
#include <QVBoxLayout>

namespace runner::ui {

ArgumentDialog::ArgumentDialog(int rules, const std::vector<ArgumentHint> &hints, QWidget *parent)
    : QDialog(parent)
    , m_name(new QLineEdit)
    , m_value(makeWholeLine())
{
    setObjectName(QStringLiteral("argumentDialog"));
    setWindowTitle(tr("Set an argument"));
    m_name->setObjectName(QStringLiteral("argumentName"));
    m_value->setObjectName(QStringLiteral("argumentValue"));
    m_name->setMinimumWidth(40 * gridUnit);
    auto *completion = new Completion(this);
    auto *names = new QStandardItemModel(completion);
    for (const ArgumentHint &hint : hints) {
        auto *item = new QStandardItem(hint.name);
        item->setData(hint.defaultText, CompletionDetail);
        item->setData(hint.description, CompletionHint);
        names->appendRow(item);
    }
    completion->setItems(names);
    m_name->setCompleter(completion);
    if (!hints.empty())
        m_name->setPlaceholderText(tr("Down shows the known names"));
    connect(completion, qOverload<const QString &>(&QCompleter::activated), m_value, qOverload<>(&QWidget::setFocus),
            Qt::QueuedConnection);
    auto *intro = new QLabel(rules == 1 ? tr("The selected rule gets the argument, or another value for it.")
                                        : tr("The %1 selected rules get the argument, or another value for it, in one "
                                             "step.")
                                              .arg(rules));
    intro->setWordWrap(true);
    auto *form = new QFormLayout;
    form->setSpacing(gridUnit);
    form->addRow(tr("&Argument"), m_name);
    form->addRow(tr("&Value"), m_value);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    buttons->button(QDialogButtonBox::Ok)->setText(tr("&Set"));
    buttons->button(QDialogButtonBox::Ok)->setEnabled(false);
    connect(m_name, &QLineEdit::textChanged, buttons->button(QDialogButtonBox::Ok), [buttons](const QString &text) {
        buttons->button(QDialogButtonBox::Ok)->setEnabled(!text.trimmed().isEmpty());
    });
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(gridUnit);
    layout->addWidget(intro);
    layout->addLayout(form);
    layout->addWidget(buttons);
}

QString ArgumentDialog::name() const
{
    return m_name->text().trimmed();
}

QString ArgumentDialog::value() const
{
    return m_value->text();
}

} // namespace runner::ui
