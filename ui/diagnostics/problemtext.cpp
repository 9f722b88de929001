#include "diagnostics/problemtext.h"

namespace runner::ui {

QString sentencesOf(const Problem &problem)
{
    QString text = QString::fromStdString(problem.message) + QLatin1Char('.');
    if (!problem.advice.empty())
        text += QLatin1Char(' ') + QString::fromStdString(problem.advice) + QLatin1Char('.');
    return text;
}

QString sentencesWithFile(const Problem &problem)
{
    const QString file = QString::fromStdString(problem.where.file);
    return file.isEmpty() ? sentencesOf(problem) : file + QStringLiteral(": ") + sentencesOf(problem);
}

} // namespace runner::ui
