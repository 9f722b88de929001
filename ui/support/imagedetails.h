// Everything the details pane tells about one released version, as values.
#pragma once

#include "expand/explain.h"
#include "workspace/loadedworkspace.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace runner::ui {

struct ImageName
{
    QString label; ///< "All platforms", "linux/arm64 (deprecated)".
    QString name;
};

struct ImageDetails
{
    QString title;
    QStringList states;      ///< Sentences.
    QList<ImageName> images; ///< For all platforms first; empty where no image is known.
    bool released = false;
    QString ruleTitle; ///< "Rule 3, matrix.yml, line 91"; empty where no rule builds it.
    QString ruleText;  ///< The rule's lines of the file, without their common indentation.
    std::vector<expand::ExplainedArgument> arguments;
    Problems problems; ///< Of its lines and of the evaluation of its arguments.
};

ImageDetails detailsOf(const LoadedWorkspace &loaded, std::size_t entry);
/// Lines \a first to \a last (from 1) of a text, without the indentation that all of them share.
QString linesOf(const std::string &text, int first, int last);

} // namespace runner::ui
