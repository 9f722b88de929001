#include "pack/transcripts.h"

#include "dockerfile/evaluation.h"
#include "workspace/paths.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace runner::ui {

namespace {

constexpr std::size_t mostTranscriptBytes = 8U << 20U;
constexpr const char *folders[] = {"pack/transcripts", "tests/e2e/rehearsal/golden"};
constexpr int mostDifferences = 6;

struct Differences
{
    QStringList recorded; ///< NAME=VALUE
    QStringList here;     ///< What the image has instead, in the same order.
};

QString spoken(const char *text)
{
    return QCoreApplication::translate("Transcripts", text);
}

QString shownValue(const std::optional<std::string> &value)
{
    return value && !value->empty() ? QString::fromStdString(*value) : spoken("no value");
}

/// Blank and without a value are the same to a build that uses it.
Differences differencesOf(const Preview &preview)
{
    const auto defaults =
        dockerfile::evaluateArguments(*preview.job.dockerfile, {}, preview.job.platform, preview.job.service);
    const dockerfile::Variables overrides = preview.job.overrides();
    Differences differences;
    for (const expand::ExplainedArgument &argument : preview.arguments) {
        const dockerfile::EvaluatedArgument *recorded = defaults.find(argument.name);
        const bool same = !recorded || recorded->value.value_or("") == argument.value.value_or("");
        if (same || !argument.used() || !overrides.contains(argument.name))
            continue;
        differences.recorded << QString::fromStdString(argument.name) + u'='
                                    + QString::fromStdString(recorded->value.value_or(""));
        differences.here << shownValue(argument.value);
    }
    return differences;
}

/// Whether a section with that title is of the job's rule: its service, and each of the given values.
bool isOfRule(const QString &title, const expand::Job &job)
{
    const qsizetype platform = title.indexOf(QStringLiteral(" for ")), with = title.indexOf(QStringLiteral(" with "));
    if (platform < 0 || with < platform)
        return false;
    if (!title.left(platform).split(QStringLiteral(", ")).contains(QString::fromStdString(job.service)))
        return false;
    const dockerfile::Variables given = job.overrides();
    const QStringList pairs = title.mid(with + 6).split(u' ', Qt::SkipEmptyParts);
    return std::all_of(pairs.begin(), pairs.end(), [&](const QString &pair) {
        const auto found = given.find(pair.section(u'=', 0, 0).toStdString());
        return found != given.end() && found->second == pair.section(u'=', 1).toStdString();
    });
}

/// The indented lines below the title that fits.
std::string sectionOf(const std::string &text, const expand::Job &job)
{
    QStringList lines;
    bool inside = false;
    for (const QString &line : QString::fromStdString(text).split(u'\n')) {
        if (!line.startsWith(u' ') && !line.isEmpty())
            inside = isOfRule(line, job);
        else if (inside)
            lines << line;
    }
    return lines.isEmpty() ? std::string()
                           : lines.join(u'\n').trimmed().prepend(QStringLiteral("  ")).toStdString() + '\n';
}

std::string readRuleChanges(const std::filesystem::path &root, const std::string &folder, const expand::Job &job)
{
    const std::string file = folder + "/" + job.backend + "/rules.txt";
    if (!workspace::isPresent(root / file))
        return {};
    const auto text = workspace::readInside(root, file, mostTranscriptBytes);
    return text ? sectionOf(*text, job) : std::string(); // The transcript stands without it.
}

} // namespace

Result<Transcript> readTranscript(const std::filesystem::path &root, const expand::Job &job)
{
    const std::string name = "/" + job.backend + "/" + job.service;
    const std::string architecture = job.platform.substr(job.platform.find('/') + 1);
    const bool safe = workspace::isSafeName(job.backend) && workspace::isSafeName(job.service);
    for (const char *folder : folders) {
        for (const std::string &end : {'.' + architecture + ".txt", std::string(".txt")}) {
            const std::string file = folder + name + end;
            if (!safe || (end.size() > 4 && !workspace::isSafeName(architecture)) || !workspace::isPresent(root / file))
                continue;
            auto text = workspace::readInside(root, file, mostTranscriptBytes);
            if (!text)
                return tl::unexpected<Problem>(text.error());
            return Transcript{file, std::move(*text), readRuleChanges(root, folder, job)};
        }
    }
    return failure("transcript-missing", {},
                   "No rehearsal of " + job.backend + ", " + job.service + " has been recorded",
                   "Keep its transcript as " + std::string(folders[0]) + name + ".txt");
}

QString recordedWith(const Preview &preview)
{
    if (!preview.job.dockerfile)
        return {};
    const QString service = QString::fromStdString(preview.job.service);
    Differences differences = differencesOf(preview);
    if (differences.recorded.isEmpty())
        return spoken("Recorded for %1 with the Dockerfile's defaults, which this image has").arg(service);
    const auto more = differences.recorded.size() - mostDifferences;
    if (more > 0) {
        differences.recorded = differences.recorded.mid(0, mostDifferences) + QStringList(spoken("%1 more").arg(more));
        differences.here = differences.here.mid(0, mostDifferences) + QStringList(QStringLiteral("…"));
    }
    return spoken("Recorded for %1 with the Dockerfile's defaults, %2; this image has %3")
        .arg(service, differences.recorded.join(QStringLiteral(", ")), differences.here.join(QStringLiteral(", ")));
}

} // namespace runner::ui
