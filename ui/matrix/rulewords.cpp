#include "matrix/rulewords.h"

#include "expand/plan.h"

#include <QCoreApplication>

#include <algorithm>

namespace runner::ui {

namespace {

std::string valueOf(const matrix::Rule &rule, const std::string &name)
{
    std::string value;
    if (rule.arguments && !name.empty()) {
        for (const matrix::Argument &argument : *rule.arguments) {
            if (argument.name() == name)
                value = argument.value().value_or("");
        }
    }
    return value;
}

bool gives(const matrix::Rule &rule, const std::string &name)
{
    const auto isIt = [&](const matrix::Argument &argument) { return argument.name() == name; };
    return rule.arguments && std::any_of(rule.arguments->begin(), rule.arguments->end(), isIt);
}

QString blankVersion(bool isAsked)
{
    return isAsked ? QCoreApplication::translate("runner::ui::RuleTreeModel", "version with the build")
                   : QCoreApplication::translate("runner::ui::RuleTreeModel", "default version");
}

} // namespace

QString ruleVersion(const matrix::Matrix &matrix, const matrix::Rule &rule)
{
    const std::string id = rule.backend.text;
    const matrix::Backend *backend = matrix.findBackend(id);
    QStringList parts;
    const std::string argument = expand::argumentName(id, "VERSION");
    const std::string version = valueOf(rule, argument);
    parts << (version.empty() ? blankVersion(gives(rule, argument)) : QString::fromStdString(version));
    const std::string variant = backend ? valueOf(rule, backend->variantArgument) : std::string();
    if (!variant.empty())
        parts << QString::fromStdString(variant);
    return parts.join(QLatin1Char(' '));
}

QString ruleServices(const matrix::Matrix &matrix, const matrix::Rule &rule)
{
    QStringList parts;
    for (const matrix::Value &service : rule.services) {
        const std::string version = valueOf(rule, expand::argumentName(service.text, "VERSION"));
        parts << QString::fromStdString(matrix.serviceName(service.text) + (version.empty() ? "" : " " + version));
    }
    return parts.join(QStringLiteral(", "));
}

QStringList ruleDetails(const matrix::Rule &rule)
{
    QStringList details;
    for (const std::string &platform : rule.effectivePlatforms())
        details << QString::fromStdString(platform);
    if (rule.arguments) {
        for (const matrix::Argument &argument : *rule.arguments)
            details << QString::fromStdString(argument.text);
    }
    return details;
}

} // namespace runner::ui
