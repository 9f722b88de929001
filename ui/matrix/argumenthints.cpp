#include "matrix/argumenthints.h"

#include <algorithm>

namespace runner::ui {

namespace {

QString descriptionOf(const dockerfile::Dockerfile &file, const dockerfile::ArgumentLine &argument)
{
    const dockerfile::DocumentedArgument *documented = file.findDocumented(argument.name);
    const std::string &text =
        documented && !documented->description.empty() ? documented->description : argument.description;
    return QString::fromStdString(text).simplified();
}

void addHints(std::vector<ArgumentHint> &hints, const dockerfile::Dockerfile &file)
{
    for (const dockerfile::ArgumentLine &argument : file.globalArguments) {
        const QString name = QString::fromStdString(argument.name);
        if (!findHint(hints, name))
            hints.push_back(
                {name, QString::fromStdString(argument.defaultText.value_or("")), descriptionOf(file, argument)});
    }
}

} // namespace

std::vector<ArgumentHint> argumentHints(const workspace::Workspace &centre, const matrix::Rule &rule)
{
    std::vector<ArgumentHint> hints;
    for (const matrix::Value &service : rule.services) {
        if (const dockerfile::Dockerfile *file = centre.dockerfileFor(rule.backend.text, service.text))
            addHints(hints, *file);
    }
    if (!hints.empty())
        return hints;
    for (const workspace::PackFile &file : centre.dockerfiles) {
        if (file.backend == rule.backend.text)
            addHints(hints, file.file);
    }
    return hints;
}

const ArgumentHint *findHint(const std::vector<ArgumentHint> &hints, const QString &name)
{
    const auto found =
        std::find_if(hints.begin(), hints.end(), [&name](const ArgumentHint &hint) { return hint.name == name; });
    return found == hints.end() ? nullptr : &*found;
}

} // namespace runner::ui
