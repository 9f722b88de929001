// A small table of answers to type into, with rows that are added and removed.
#pragma once

#include <QStringList>
#include <QWidget>

#include <vector>

class QBoxLayout;
class QPushButton;
class QStandardItemModel;
class QTableView;

namespace runner::ui {

struct AnswerColumn
{
    QString title;
    int width = 0;            ///< In characters; 0: what is left.
    QStringList choices = {}; ///< Where only these can stand in it; a new row has the first.
};

class AnswerTable final : public QWidget
{
    Q_OBJECT

public:
    /// \a add is what the button for a new row says.
    AnswerTable(const QString &name, std::vector<AnswerColumn> columns, const QString &add, QWidget *parent = nullptr);

    /// Rows of texts, one for each column, as typed without blanks around; rows that are wholly empty are left out.
    std::vector<QStringList> rows() const;
    void setRows(const std::vector<QStringList> &rows);

Q_SIGNALS:
    void changed();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void setUpView();
    void append(const QStringList &row);
    void addRow();
    void removeRows();

    std::vector<AnswerColumn> m_columns;
    QStandardItemModel *m_model;
    QTableView *m_view;
    QPushButton *m_add;
    QPushButton *m_remove;
    QBoxLayout *m_layout;
    QBoxLayout *m_buttons;
};

} // namespace runner::ui
