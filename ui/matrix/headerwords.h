// What the forms of backends and services say alike.
#pragma once

#include <QString>

#include <utility>

namespace runner::ui {

class MatrixDocument;

/// Why no form can edit while the matrix has an error, in sentences.
QString whyOff(const MatrixDocument &matrix);

/// Why names cannot be edited now, in sentences; empty where they can.
QString whyNoNames(const MatrixDocument &matrix);

/// "id = name" as two texts; the name is the identifier where only that was typed.
std::pair<QString, QString> idAndName(const QString &typed);

} // namespace runner::ui
