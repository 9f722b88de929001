// Changes a version everywhere it means the same thing: each place offered with a tick.
#pragma once

#include "matrix/document.h"
#include "matrix/edit/bump.h"

#include <QDialog>

#include <optional>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTreeWidget;

namespace runner::ui {

class BumpDialog final : public QDialog
{
    Q_OBJECT

public:
    /// \a name: the argument to begin with; empty for the first one that is a version.
    BumpDialog(matrix::Document document, const QString &name, QWidget *parent = nullptr);

    /// The edit that the ticks stand for.
    matrix::edit::Edit edit() const;
    /// The text that the edit is about.
    const std::string &text() const { return m_document.text(); }

    /// Not while the edit would be refused, which is told then.
    void accept() override;

private:
    void setUp();
    void fillNames(const QString &name);
    void fillVersions();
    void findUses();
    void updateButton();
    std::vector<std::size_t> ticked() const;

    matrix::Document m_document;
    std::vector<matrix::edit::VersionUse> m_uses;
    QComboBox *m_name = nullptr;
    QComboBox *m_old = nullptr;
    QLineEdit *m_new = nullptr;
    QTreeWidget *m_places = nullptr;
    QLabel *m_summary = nullptr;
    QPushButton *m_ok = nullptr;
};

} // namespace runner::ui
