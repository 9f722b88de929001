// A builder to create, or a node to add to one.
#pragma once

#include "build/builders.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace runner::ui {

class NewBuilderDialog final : public QDialog
{
    Q_OBJECT

public:
    /// \a existing: names of builders that a node can be added to.
    explicit NewBuilderDialog(QStringList existing, QWidget *parent = nullptr);

    build::NewBuilder builder() const;

private:
    QLineEdit *addLine(QFormLayout *form, const QString &name, const QString &label, const QString &hint);
    void update();

    QStringList m_existing;
    QLineEdit *m_name = nullptr;
    QComboBox *m_driver = nullptr;
    QLineEdit *m_endpoint = nullptr;
    QLineEdit *m_platforms = nullptr;
    QPlainTextEdit *m_options = nullptr;
    QCheckBox *m_use = nullptr;
    QLabel *m_note = nullptr;
    QPushButton *m_create = nullptr;
};

} // namespace runner::ui
