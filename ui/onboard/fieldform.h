// A form whose rows say beside each field what is wrong with it.
#pragma once

#include "onboard/validate.h"

#include <QTimer>
#include <QWidget>

#include <vector>

class QGridLayout;
class QLabel;

namespace runner::ui {

class FieldForm final : public QWidget
{
    Q_OBJECT

public:
    explicit FieldForm(QWidget *parent = nullptr);
    ~FieldForm() override;

    /// A row for a field, named as in onboard::FieldProblem. \a hint stands below the editor while nothing is wrong.
    /// The editor's object name is the field's with "field-" before it, and the problem's ends in "-problem".
    void addField(const QString &field, const QString &label, QWidget *editor, const QString &hint = {});

    /// The row of a field that is asked for only at times.
    void setFieldVisible(const QString &field, bool visible);
    void setHint(const QString &field, const QString &hint);
    /// Forms below each other look like one.
    static void alignLabels(const std::vector<FieldForm *> &forms);

    /// Shows the worst problem of each field that the user has been at, or of all where \a all: a field that was left,
    /// or at which typing has paused. True where no field of this form has an error, shown or not.
    bool setProblems(const onboard::FieldProblems &problems, bool all);
    /// The cursor goes to the first field with an error; false where none has one.
    bool goToError();
    /// Puts in front of the fields' names: the fields of one of several.
    void setScope(const QString &scope);

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Row
    {
        QString field;
        QLabel *title = nullptr;
        QWidget *cell = nullptr;
        QWidget *editor = nullptr;
        QLabel *below = nullptr;
        QString hint;
        bool touched = false;

        bool has(const QWidget *widget) const;
    };

    void showAll();
    QString rowOf(const onboard::FieldProblem &problem, const Row &row) const;
    void show(const Row &row, const onboard::FieldProblem *problem);
    onboard::FieldProblems problemsOf(const Row &row) const;
    void onFocusChanged(const QWidget *old, const QWidget *now);
    void touch(const QWidget *widget);

    QGridLayout *m_layout;
    QString m_scope;
    std::vector<Row> m_rows;
    onboard::FieldProblems m_problems;
    bool m_all = false;
    QTimer m_pause; ///< Nothing is called wrong while it is being typed.
};

} // namespace runner::ui
