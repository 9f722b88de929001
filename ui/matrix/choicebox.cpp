#include "matrix/choicebox.h"

#include "theme/theme.h"

#include <QCheckBox>
#include <QGridLayout>

#include <algorithm>

namespace runner::ui {

namespace {

constexpr int columns = 2;

} // namespace

ChoiceBox::ChoiceBox(const QString &name, QWidget *parent)
    : QWidget(parent)
    , m_layout(new QGridLayout(this))
{
    setObjectName(name);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setHorizontalSpacing(2 * gridUnit);
    m_layout->setVerticalSpacing(gridUnit / 2);
    for (int column = 0; column < columns; ++column)
        m_layout->setColumnStretch(column, 1);
}

void ChoiceBox::makeBoxes(const std::vector<Choice> &choices)
{
    for (QCheckBox *box : m_boxes)
        delete box;
    m_boxes.clear();
    for (const Choice &choice : choices) {
        auto *box = new QCheckBox;
        box->setObjectName(objectName() + QLatin1Char('-') + choice.id);
        const int number = static_cast<int>(m_boxes.size());
        m_layout->addWidget(box, number / columns, number % columns);
        connect(box, &QCheckBox::clicked, this, [this, number] {
            const Choice asked = m_choices[static_cast<std::size_t>(number)];
            Q_EMIT chosen(asked.id, asked.state != Qt::Checked);
            setChoices(std::vector<Choice>(m_choices)); // What was refused is taken back.
        });
        m_boxes.push_back(box);
    }
    setMinimumHeight(m_layout->sizeHint().height()); // A small window scrolls the form, it does not press it together.
}

QWidget *ChoiceBox::tabBehind(QWidget *widget)
{
    for (QCheckBox *box : m_boxes) {
        setTabOrder(widget, box);
        widget = box;
    }
    return widget;
}

void ChoiceBox::setChoices(const std::vector<Choice> &choices)
{
    const bool same = std::equal(choices.begin(), choices.end(), m_choices.begin(), m_choices.end(),
                                 [](const Choice &a, const Choice &b) { return a.id == b.id; });
    m_choices = choices;
    if (!same)
        makeBoxes(choices);
    for (std::size_t i = 0; i < choices.size(); ++i) {
        m_boxes[i]->setText(choices[i].text);
        m_boxes[i]->setTristate(choices[i].state == Qt::PartiallyChecked);
        m_boxes[i]->setCheckState(choices[i].state);
        m_boxes[i]->setToolTip(choices[i].toolTip);
    }
}

} // namespace runner::ui
