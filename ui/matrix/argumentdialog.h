// Asks for an argument that several rules get.
#pragma once

#include "matrix/argumenthints.h"

#include <QDialog>

class QLineEdit;

namespace runner::ui {

class ArgumentDialog final : public QDialog
{
    Q_OBJECT

public:
    ArgumentDialog(int rules, const std::vector<ArgumentHint> &hints, QWidget *parent = nullptr);

    QString name() const;
    QString value() const;

private:
    QLineEdit *m_name;
    QLineEdit *m_value;
};

} // namespace runner::ui
