#include "support/imagedetails.h"

#include "image/imagename.h"
#include "support/entrywords.h"
#include "text/position.h"

#include <QCoreApplication>

#include <algorithm>

namespace runner::ui {

namespace {

QString labelText(const char *text)
{
    return QCoreApplication::translate("ImageDetails", text);
}

QList<ImageName> imagesOf(const SupportIndex &index, const SupportEntry &entry)
{
    const QString image = QString::fromStdString(index.imageOf(entry));
    QList<ImageName> images{{labelText("All platforms"), image}};
    const auto &deprecated = entry.entry->deprecatedPlatforms;
    for (const std::string &platform : entry.entry->platforms) {
        QString label = QString::fromStdString(platform);
        if (std::find(deprecated.begin(), deprecated.end(), platform) != deprecated.end())
            label += labelText(" (deprecated)");
        images << ImageName{label, image + QLatin1Char('-') + QString::fromStdString(image::platformSuffix(platform))};
    }
    return images;
}

void addRule(ImageDetails &details, const LoadedWorkspace &loaded, const SupportEntry &entry)
{
    const std::vector<std::uint32_t> &group = loaded.index().jobs[static_cast<std::size_t>(entry.jobs)];
    const expand::Job &job = loaded.plan().jobs[group.front()];
    const matrix::Rule &rule = loaded.workspace->matrix.rules[job.rule];
    details.ruleTitle = labelText("Rule %1 in %2, line %3")
                            .arg(rule.number)
                            .arg(QString::fromStdString(rule.where.file))
                            .arg(rule.where.line);
    details.ruleText = linesOf(loaded.workspace->document.text(), rule.where.line, rule.lastLine);
    if (job.dockerfile)
        details.arguments = expand::explain(job, &details.problems);
}

} // namespace

ImageDetails detailsOf(const LoadedWorkspace &loaded, std::size_t number)
{
    const SupportEntry &entry = loaded.index().entries[number];
    ImageDetails details;
    details.title = entryTitle(loaded, number);
    details.states = entryStates(loaded, number);
    details.released = entry.entry->released;
    if (details.released)
        details.images = imagesOf(loaded.index(), entry);
    for (const std::size_t problem : loaded.index().problemsOf(entry))
        details.problems.push_back(loaded.problems[problem]);
    if (entry.jobs >= 0)
        addRule(details, loaded, entry);
    return details;
}

QString linesOf(const std::string &text, int first, int last)
{
    const text::LineIndex index(text);
    QStringList lines;
    qsizetype common = -1;
    for (int line = first; line <= last && line <= index.lineCount(); ++line) {
        const std::size_t begin = index.lineStart(line);
        const std::size_t end = line < index.lineCount() ? index.lineStart(line + 1) : text.size();
        QString shown = QString::fromUtf8(text.data() + begin, static_cast<qsizetype>(end - begin));
        while (shown.endsWith(QLatin1Char('\n')) || shown.endsWith(QLatin1Char('\r')))
            shown.chop(1);
        if (line == first && shown.trimmed().startsWith(QLatin1Char('-')))
            common = shown.indexOf(QLatin1Char('-'));
        lines << shown;
    }
    for (QString &line : lines) {
        const qsizetype indent = std::distance(
            line.begin(), std::find_if_not(line.begin(), line.end(), [](QChar c) { return c.isSpace(); }));
        line.remove(0, std::min(indent, std::max<qsizetype>(common, 0)));
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace runner::ui
