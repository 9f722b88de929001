#include "pack/argumentcompletions.h"

#include "editor/completion.h"

namespace runner::ui {

namespace {

constexpr const char *instructions[] = {"ADD",        "ARG",  "CMD",         "COPY",   "ENTRYPOINT", "ENV",
                                        "EXPOSE",     "FROM", "HEALTHCHECK", "LABEL",  "RUN",        "SHELL",
                                        "STOPSIGNAL", "USER", "VOLUME",      "WORKDIR"};
constexpr const char *platformArguments[] = {"TARGETPLATFORM", "TARGETOS", "TARGETARCH", "TARGETVARIANT"};

} // namespace

void ArgumentCompletions::fill(const dockerfile::Dockerfile &file)
{
    clear();
    for (const dockerfile::ArgumentLine &argument : file.globalArguments) {
        const auto *documented = file.findDocumented(argument.name);
        add(argument.name, QString::fromStdString(argument.defaultText.value_or(std::string())),
            documented && !documented->description.empty() ? documented->description : argument.description);
    }
    for (const dockerfile::DocumentedArgument &documented : file.documented) {
        if (!file.findGlobal(documented.name))
            add(documented.name, tr("described, not declared"), documented.description);
    }
    for (const dockerfile::Stage &stage : file.stages) {
        if (!stage.name.empty())
            add(stage.name, tr("stage"), stage.base);
    }
    for (const char *name : platformArguments)
        add(name, tr("given by the build"), {});
    for (const char *instruction : instructions)
        add(instruction, tr("instruction"), {});
}

void ArgumentCompletions::add(const std::string &text, const QString &detail, const std::string &hint)
{
    auto *item = new QStandardItem(QString::fromStdString(text));
    item->setData(detail, CompletionDetail);
    item->setData(QString::fromStdString(hint), CompletionHint);
    item->setToolTip(QString::fromStdString(hint));
    appendRow(item);
}

} // namespace runner::ui
