// A few choices beside each other, each on, off, or on for some of what is selected.
#pragma once

#include <QWidget>

#include <vector>

class QCheckBox;
class QGridLayout;

namespace runner::ui {

struct Choice
{
    QString id;
    QString text;
    Qt::CheckState state = Qt::Unchecked;
    QString toolTip = {};
};

class ChoiceBox final : public QWidget
{
    Q_OBJECT

public:
    /// \a name begins the object names of its boxes: NAME-ID.
    explicit ChoiceBox(const QString &name, QWidget *parent = nullptr);

    void setChoices(const std::vector<Choice> &choices);
    /// Tab goes from the widget to the boxes, in their order; boxes that are new would come last in the window. The
    /// last of them, or \a widget where there is none.
    QWidget *tabBehind(QWidget *widget);

Q_SIGNALS:
    /// By the user; the box shows what setChoices() says again.
    void chosen(const QString &id, bool on);

private:
    void makeBoxes(const std::vector<Choice> &choices);

    QGridLayout *m_layout;
    std::vector<QCheckBox *> m_boxes;
    std::vector<Choice> m_choices;
};

} // namespace runner::ui
