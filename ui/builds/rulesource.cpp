#include "builds/rulesource.h"

#include "builds/buildwords.h"
#include "theme/theme.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QSignalBlocker>

namespace runner::ui {

RuleSource::RuleSource(QWidget *parent)
    : QWidget(parent)
    , m_task(this, [this](Answer &&answer) { show(answer); })
{
    auto *form = new QFormLayout(this);
    form->setContentsMargins({});
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_names = new QComboBox;
    m_names->setObjectName(QStringLiteral("planRules"));
    m_names->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_names->setMinimumContentsLength(16);
    m_names->setToolTip(tr("A post operation builds released images anew, on top of themselves"));
    m_names->addItem(tr("The matrix"));
    form->addRow(tr("Rules &of"), m_names);
    m_problem = new QLabel;
    m_problem->setObjectName(QStringLiteral("planRulesProblem"));
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->setWordWrap(true);
    form->addRow(m_problem);
    m_problem->hide();
    hide();
    connect(m_names, &QComboBox::currentIndexChanged, this, &RuleSource::onChosen);
}

void RuleSource::setWorkspace(const LoadedPointer &loaded)
{
    const bool other = !m_matrix || m_matrix->workspace->root != loaded->workspace->root;
    m_matrix = loaded;
    if (other)
        showNames({}, {});
    if (m_names->currentIndex() == 0)
        Q_EMIT chosen(m_matrix);
    read();
}

void RuleSource::choose(const QString &name)
{
    showNames(namesShown(), name);
    onChosen();
}

std::vector<std::string> RuleSource::namesShown() const
{
    std::vector<std::string> names;
    for (int i = 1; i < m_names->count(); ++i)
        names.push_back(m_names->itemData(i).toString().toStdString());
    return names;
}

void RuleSource::onChosen()
{
    if (m_names->currentIndex() == 0)
        Q_EMIT chosen(m_matrix);
    read();
}

void RuleSource::read()
{
    const QString name = m_names->currentData().toString();
    m_task.ask([root = m_matrix->workspace->root, name] { return answerOf(root, name); });
}

RuleSource::Answer RuleSource::answerOf(const std::filesystem::path &root, const QString &name)
{
    Answer answer{name, workspace::listPostOperations(root), {}};
    if (!name.isEmpty())
        answer.loaded = loadPostOperation(root, name.toStdString());
    return answer;
}

void RuleSource::show(const Answer &answer)
{
    if (m_task.hasNewer())
        return;
    showNames(answer.names, answer.name);
    const bool failed = answer.loaded && !*answer.loaded;
    m_problem->setVisible(failed);
    if (failed) {
        m_problem->setText(sentence(answer.loaded->error()));
        QPalette colours = palette();
        colours.setColor(QPalette::WindowText, Theme(palette()).errorText);
        m_problem->setPalette(colours);
    } else if (answer.loaded) {
        Q_EMIT chosen(**answer.loaded);
    }
}

/// One that is gone stays while it is chosen, so that what is said of it has its place.
void RuleSource::showNames(const std::vector<std::string> &names, const QString &name)
{
    const QSignalBlocker blocker(m_names);
    while (m_names->count() > 1)
        m_names->removeItem(1);
    for (const std::string &each : names)
        m_names->addItem(tr("Post operation %1").arg(QString::fromStdString(each)), QString::fromStdString(each));
    if (!name.isEmpty() && m_names->findData(name) < 0)
        m_names->addItem(tr("Post operation %1").arg(name), name);
    m_names->setCurrentIndex(name.isEmpty() ? 0 : m_names->findData(name));
    setVisible(m_names->count() > 1);
}

} // namespace runner::ui
