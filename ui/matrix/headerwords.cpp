#include "matrix/headerwords.h"

#include "documents/matrixdocument.h"

#include <QCoreApplication>

namespace runner::ui {

QString whyOff(const MatrixDocument &matrix)
{
    const QString next =
        matrix.wasReadable()
            ? QCoreApplication::translate("HeaderForm", "Mend it or undo; what was last readable is shown.")
            : QCoreApplication::translate("HeaderForm", "Mend it in the text; there is nothing to show before.");
    return QCoreApplication::translate("HeaderForm", "The form is off: the YAML cannot be read (%1). %2")
        .arg(QString::fromStdString(diagnostics::describe(matrix.error()->where) + ": " + matrix.error()->message),
             next);
}

QString whyNoNames(const MatrixDocument &matrix)
{
    if (matrix.error())
        return whyOff(matrix);
    if (!matrix.parsed().hasSchema())
        return QCoreApplication::translate("HeaderForm", "This older file holds nothing but rules. Names, variants and "
                                                         "notes stand in the README there.");
    return {};
}

std::pair<QString, QString> idAndName(const QString &typed)
{
    const QString id = typed.section(QLatin1Char('='), 0, 0).trimmed();
    const QString name = typed.section(QLatin1Char('='), 1).trimmed();
    return {id, name.isEmpty() ? id : name};
}

} // namespace runner::ui
