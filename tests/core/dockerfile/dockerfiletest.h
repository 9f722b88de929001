// Short spellings for tests of the Dockerfile reader.
#pragma once

#include "dockerfile/evaluation.h"

#include <QString>
#include <QStringList>

namespace dockerfiletest {

inline runner::dockerfile::Dockerfile read(const QString &text)
{
    return runner::dockerfile::readDockerfile(text.toStdString(), "Dockerfile");
}

/// "ID@LINE:COLUMN" of each problem.
inline QStringList places(const runner::Problems &problems)
{
    QStringList list;
    for (const runner::Problem &problem : problems)
        list << QStringLiteral("%1@%2:%3")
                    .arg(QString::fromStdString(problem.id))
                    .arg(problem.where.line)
                    .arg(problem.where.column);
    return list;
}

inline QString place(const runner::Location &where)
{
    return QStringLiteral("%1:%2").arg(where.line).arg(where.column);
}

inline QStringList strings(const std::vector<std::string> &list)
{
    QStringList result;
    for (const std::string &text : list)
        result << QString::fromStdString(text);
    return result;
}

/// "NAME=VALUE", or "NAME" without a value.
inline QStringList values(const runner::dockerfile::Evaluation &evaluation)
{
    QStringList list;
    for (const auto &argument : evaluation.arguments)
        list << QString::fromStdString(argument.name + (argument.value ? "=" + *argument.value : ""));
    return list;
}

} // namespace dockerfiletest
