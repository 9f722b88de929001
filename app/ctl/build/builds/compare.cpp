// runnerctl builds compare
#include "build/builds/builds.h"

#include "build/compare.h"
#include "printable.h"

namespace runner::ctl {

namespace {

using build::History;

std::string shownStep(const std::optional<build::StepRecord> &step)
{
    if (!step)
        return "-";
    return step->state == build::StepState::Done ? shownDuration(step->busy) : build::stateName(step->state);
}

/// Arguments, base images and files are told by the changes.
void printFacts(Context &context, const std::vector<build::FactGroup> &groups)
{
    for (const build::FactGroup &group : groups) {
        for (const build::Fact &fact : group.facts) {
            if (fact.differs && (group.name == "Build" || group.name == "Command"))
                context.print(printable(fact.name + ": " + (fact.first.empty() ? "-" : fact.first) + " -> "
                                        + (fact.second.empty() ? "-" : fact.second))
                              + "\n");
        }
    }
}

int compare(Context &context, std::int64_t first, std::int64_t second)
{
    Session session;
    History *history = session.history(context);
    if (!history)
        return Failed;
    std::optional<build::KnownBuild> known[2];
    for (const auto &[index, id] : {std::pair(0, first), std::pair(1, second)}) {
        const auto record = history->find(id);
        if (!record) {
            context.report(record.error());
            return Failed;
        }
        known[index] = knownBuild(*history, *record);
    }
    if (!known[0] || !known[1])
        return Failed;
    const build::Comparison comparison = build::compareBuilds(*known[0], *known[1]);
    for (const std::string &change : comparison.changes)
        context.print(printable(change) + "\n");
    printFacts(context, comparison.facts);
    for (const build::StepDifference &step : comparison.steps)
        context.print(printable((step.differs() ? "* " : "  ") + padded(shownStep(step.first), 14)
                                + padded(shownStep(step.second), 14) + step.name)
                      + "\n");
    return Done;
}

} // namespace

void addBuildsCompare(CLI::App *builds, Context &context)
{
    auto ids = std::make_shared<std::pair<std::int64_t, std::int64_t>>();
    CLI::App *command =
        builds->add_subcommand("compare", "Compare two builds: what changed, and the time of each step");
    addId(command, ids->first, "FIRST");
    addId(command, ids->second, "SECOND");
    onRun(command, context, [&context, ids] { return compare(context, ids->first, ids->second); });
}

} // namespace runner::ctl
