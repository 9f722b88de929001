// The form of the services: the columns of the support table and their names.
#pragma once

#include <QWidget>

#include <vector>

class QLabel;

namespace runner::ui {

class HeaderTable;
class HeaderTableModel;
class MatrixDocument;

class ServiceForm final : public QWidget
{
    Q_OBJECT

public:
    explicit ServiceForm(QWidget *parent = nullptr);

    /// Every change is an edit of \a matrix.
    void setMatrix(MatrixDocument &matrix) { m_matrix = &matrix; }
    /// Shows what the matrix says now.
    void refresh();
    void select(int service);

Q_SIGNALS:
    void chosen(int service); ///< The user wants to see that one; its index.

private:
    void removeServices(const std::vector<int> &rows);

    MatrixDocument *m_matrix = nullptr;
    QLabel *m_note = nullptr;
    HeaderTableModel *m_services = nullptr;
    HeaderTable *m_table = nullptr;
};

} // namespace runner::ui
