#include "pack/argumentcompletions.h"

#include "editor/completion.h"

#include <QRegularExpression>

namespace runner::ui {

namespace {

constexpr const char *instructions[] = {"ADD",        "ARG",  "CMD",         "COPY",   "ENTRYPOINT", "ENV",
                                        "EXPOSE",     "FROM", "HEALTHCHECK", "LABEL",  "RUN",        "SHELL",
                                        "STOPSIGNAL", "USER", "VOLUME",      "WORKDIR"};
constexpr const char *platformArguments[] = {"TARGETPLATFORM", "TARGETOS", "TARGETARCH", "TARGETVARIANT"};

} // namespace

void ArgumentCompletions::fill(const dockerfile::Dockerfile &file, const Place &place)
{
    clear();
    static const QRegularExpression wordAtEnd(QStringLiteral("[\\w./-]*$"));
    const QString lead = QString(place.before).remove(wordAtEnd);
    const QString instruction = place.inside ? QString() : lead.trimmed().section(u' ', 0, 0).toUpper();
    const bool isComment = lead.trimmed().startsWith(u'#');
    const bool isReference = lead.endsWith(u'$') || lead.endsWith(QStringLiteral("${"));
    if (isComment && !isReference) {
        if (place.asked)
            addArguments(file);
    } else if (lead.endsWith(QStringLiteral("--from=")) || (instruction == u"FROM" && lead.trimmed() == instruction)) {
        addStages(file);
    } else if (isReference || instruction == u"ARG") {
        addArguments(file);
    } else if (lead.trimmed().isEmpty() && !place.inside) {
        for (const char *name : instructions)
            add(name, tr("instruction"), {});
    } else if (place.asked) {
        addArguments(file);
        addStages(file);
    }
}

void ArgumentCompletions::addArguments(const dockerfile::Dockerfile &file)
{
    for (const dockerfile::ArgumentLine &argument : file.globalArguments) {
        const auto *documented = file.findDocumented(argument.name);
        add(argument.name, QString::fromStdString(argument.defaultText.value_or(std::string())),
            documented && !documented->description.empty() ? documented->description : argument.description);
    }
    for (const dockerfile::DocumentedArgument &documented : file.documented) {
        if (!file.findGlobal(documented.name))
            add(documented.name, tr("described, not declared"), documented.description);
    }
    for (const char *name : platformArguments)
        add(name, tr("given by the build"), {});
}

void ArgumentCompletions::addStages(const dockerfile::Dockerfile &file)
{
    for (const dockerfile::Stage &stage : file.stages) {
        if (!stage.name.empty())
            add(stage.name, tr("stage"), stage.base);
    }
}

void ArgumentCompletions::add(const std::string &text, const QString &detail, const std::string &hint)
{
    auto *item = new QStandardItem(QString::fromStdString(text));
    item->setData(detail, CompletionDetail);
    item->setData(QString::fromStdString(hint), CompletionHint);
    appendRow(item);
}

} // namespace runner::ui
