#include "matrix/headerwords.h"

#include "documents/matrixdocument.h"

#include <QCoreApplication>

namespace runner::ui {

QString whyNoNames(const MatrixDocument &matrix)
{
    if (matrix.error())
        return QCoreApplication::translate("HeaderForm",
                                           "The form is off: the YAML cannot be read now (%1). Mend it or "
                                           "undo; what was last readable is shown.")
            .arg(QString::fromStdString(diagnostics::describe(*matrix.error())));
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
