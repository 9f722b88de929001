#include "diagnostics/problemtext.h"

namespace runner::ui {

namespace {

QString ended(const std::string &text)
{
    const QString sentence = QString::fromStdString(text);
    return sentence.isEmpty() || sentence.endsWith(QLatin1Char('.')) ? sentence : sentence + QLatin1Char('.');
}

QString placed(const std::string &place, const Problem &problem)
{
    return place.empty() ? sentencesOf(problem)
                         : QString::fromStdString(place) + QStringLiteral(": ") + sentencesOf(problem);
}

} // namespace

QString sentencesOf(const Problem &problem)
{
    const QString advice = ended(problem.advice);
    return advice.isEmpty() ? ended(problem.message) : ended(problem.message) + QLatin1Char(' ') + advice;
}

QString sentencesWithFile(const Problem &problem)
{
    return placed(problem.where.file, problem);
}

QString sentencesWithPlace(const Problem &problem)
{
    return placed(diagnostics::describe(problem.where), problem);
}

} // namespace runner::ui
