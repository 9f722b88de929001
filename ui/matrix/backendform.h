// The form of a backend: what the support table calls it, its variants and its notes; and adding or removing one.
#pragma once

#include "matrix/edit/headeredits.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace runner::ui {

class HeaderTable;
class HeaderTableModel;
class MatrixDocument;

class BackendForm final : public QWidget
{
    Q_OBJECT

public:
    explicit BackendForm(QWidget *parent = nullptr);

    /// Every change is an edit of \a matrix.
    void setMatrix(MatrixDocument &matrix) { m_matrix = &matrix; }
    /// Shows what the matrix says now.
    void refresh();
    /// False where the matrix does not list it.
    bool setBackend(const QString &id);
    QString backend() const { return m_id; }

Q_SIGNALS:
    void chosen(const QString &id); ///< The user wants to see that backend.

private:
    void setUpFields();
    void setUpTables();
    QLineEdit *makeField(const QString &name, matrix::edit::BackendText which);
    const matrix::Backend *shown() const;
    void showBackend(const matrix::Backend &backend);
    void setText(QLineEdit *field, matrix::edit::BackendText which);
    void addBackend();
    void addVariant(const QString &text);
    void changeNote(int row, int column, const QString &text);
    void removeVariants(const std::vector<int> &rows);
    void removeNotes(const std::vector<int> &rows);

    MatrixDocument *m_matrix = nullptr;
    QString m_id;
    QString m_filled; ///< The backend that the fields are of.
    QLabel *m_note = nullptr;
    QComboBox *m_backends = nullptr;
    QPushButton *m_add = nullptr;
    QPushButton *m_remove = nullptr;
    QWidget *m_fields = nullptr;
    QLineEdit *m_name = nullptr;
    QLineEdit *m_title = nullptr;
    QLineEdit *m_variantArgument = nullptr;
    HeaderTableModel *m_variants = nullptr;
    HeaderTableModel *m_notes = nullptr;
    HeaderTable *m_variantTable = nullptr;
    HeaderTable *m_noteTable = nullptr;
};

} // namespace runner::ui
