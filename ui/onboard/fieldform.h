// A form whose rows say beside each field what is wrong with it.
#pragma once

#include "onboard/validate.h"

#include <QWidget>

#include <vector>

class QFormLayout;
class QLabel;

namespace runner::ui {

class FieldForm final : public QWidget
{
    Q_OBJECT

public:
    explicit FieldForm(QWidget *parent = nullptr);

    /// A row for a field, named as in onboard::FieldProblem. \a hint stands below the editor while nothing is wrong.
    /// The editor's object name is the field's with \a prefix before it, and the problem's ends in "-problem".
    void addField(const QString &field, const QString &label, QWidget *editor, const QString &hint = {});
    /// A line over the whole width.
    void addText(const QString &text);

    /// Shows the worst problem of each field that the user has been at, or of all where \a all. True where no field of
    /// this form has an error, shown or not.
    bool setProblems(const onboard::FieldProblems &problems, bool all);
    /// From now on the field's problems are shown.
    void touch(const QString &field);
    /// Puts in front of the fields' names: the fields of one of several.
    void setScope(const QString &scope);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Row
    {
        QString field;
        QWidget *editor = nullptr;
        QLabel *below = nullptr;
        QString hint;
        bool touched = false;
    };

    void show(const Row &row, const onboard::FieldProblem *problem);

    QFormLayout *m_layout;
    QString m_scope;
    std::vector<Row> m_rows;
};

} // namespace runner::ui
