// runnerctl onboard: a backend or a service by a spec, as a diff or written.
#include "onboard/onboard.h"

#include "input.h"
#include "onboard/spec.h"
#include "printable.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <memory>
#include <utility>

namespace runner::ctl {

namespace {

using onboard::FieldProblems;

struct Options
{
    std::string spec;
    bool write = false;
    bool evenWithErrors = false;
    bool example = false;
    std::string format = "text";
};

// The problems with the places of their fields in the spec.
template <typename Answers>
Problems placed(const FieldProblems &problems, const onboard::Spec<Answers> &spec)
{
    Problems result;
    for (const onboard::FieldProblem &each : problems) {
        Problem problem = each.problem;
        if (problem.where.file.empty())
            problem.where = spec.placeOf(each.field);
        if (!each.field.empty())
            problem.message = each.field + ": " + problem.message;
        result.push_back(std::move(problem));
    }
    return result;
}

// What is new is refused where the checks call it an error, unless who runs this knows better.
bool mayWrite(Context &context, const Options &options, const onboard::Proposal &proposal)
{
    const Problems errors = onboard::errorsIn(proposal.findings);
    if (errors.empty() || options.evenWithErrors)
        return true;
    context.report(proposal.findings);
    context.message("nothing is written: the checks find errors in it. Correct the spec, or write it all the same with "
                    "--even-with-errors");
    return false;
}

void tellRefusals(Context &context, const Options &options, const onboard::Proposal &proposal, bool writable)
{
    if (!writable)
        context.message("--write would be refused now: what it may not write to is named above");
    if (!options.write && !options.evenWithErrors && !onboard::errorsIn(proposal.findings).empty())
        context.message("--write would be refused now, without --even-with-errors: the checks find errors, see below");
}

int printProposal(Context &context, const Options &options, const onboard::Proposal &proposal, bool writable)
{
    if (options.format == "json") {
        context.print(proposalJson(proposal, options.write));
        return Done;
    }
    context.print(onboard::diffOf(proposal));
    context.message(proposal.title + (options.write ? ": written" : ": nothing is written without --write"));
    tellRefusals(context, options, proposal, writable);
    context.print(summaryText(proposal));
    return Done;
}

// What could not be read is empty for that alone.
bool isUnread(const Problem &problem, const Problems &ofReading)
{
    return problem.id == "onboard-empty" && std::any_of(ofReading.begin(), ofReading.end(), [&](const Problem &each) {
               return each.where == problem.where;
           });
}

// Everything that is wrong, in the order of the spec. What keeps files from being written matters to those who write.
template <typename Answers>
Problems problemsOf(const workspace::Workspace &centre, const onboard::Spec<Answers> &spec, bool write)
{
    Problems problems = spec.problems;
    const auto add = [&](Problems more) { problems.insert(problems.end(), more.begin(), more.end()); };
    Problems wrong = placed(onboard::validate(centre, spec.answers), spec);
    std::erase_if(wrong, [&](const Problem &each) { return isUnread(each, spec.problems); });
    add(std::move(wrong));
    Problems folders = placed(onboard::unwritable(centre, spec.answers), spec);
    for (Problem &each : folders)
        each.severity = write ? Severity::Error : Severity::Warning;
    add(std::move(folders));
    std::stable_sort(problems.begin(), problems.end(), [](const Problem &a, const Problem &b) {
        return std::pair(a.where.line, a.where.column) < std::pair(b.where.line, b.where.column);
    });
    return problems;
}

template <typename Answers>
int runSpec(Context &context, const Options &options, const workspace::WorkspacePointer &centre,
            const onboard::Spec<Answers> &spec)
{
    const Problems problems = problemsOf(*centre, spec, options.write);
    context.report(problems);
    if (diagnostics::hasErrors(problems))
        return Failed;
    const auto proposal = onboard::propose(centre, spec.answers);
    if (!proposal) {
        context.report(placed(proposal.error(), spec));
        return Failed;
    }
    if (options.write && !mayWrite(context, options, *proposal))
        return Failed;
    if (options.write) {
        if (const auto applied = onboard::apply(centre->root, *proposal); !applied) {
            context.report(applied.error());
            return Failed;
        }
    }
    return printProposal(context, options, *proposal, onboard::unwritable(*centre, spec.answers).empty());
}

template <typename Read>
int runOnboard(Context &context, const Options &options, Read read)
{
    if (options.write && !context.endInterrupted()) // Before anything is read.
        return Failed;
    const workspace::Workspace *centre = context.workspace();
    if (!centre)
        return Unreadable;
    const auto text = readInput(options.spec, onboard::maxSpecBytes);
    if (!text) {
        context.report(text.error());
        return Failed;
    }
    const auto spec = read(*text, inputName(options.spec));
    if (!spec) {
        context.report(spec.error());
        return Failed;
    }
    return runSpec(context, options, context.sharedWorkspace(), *spec);
}

template <typename Read>
void addKind(CLI::App *parent, Context &context, const std::string &name, const std::string &description,
             std::string (*example)(const workspace::Workspace *), Read read)
{
    auto options = std::make_shared<Options>();
    CLI::App *command = parent->add_subcommand(name, description);
    CLI::Option *spec =
        command->add_option("--spec", options->spec, "The answers, as YAML; - for standard input")->option_text("FILE");
    CLI::Option *write = command->add_flag("--write", options->write,
                                           "Write all files, or none; without this, only the diff is printed");
    command
        ->add_flag("--even-with-errors", options->evenWithErrors,
                   "Write even what the checks find errors in, which is refused without this")
        ->needs(write);
    command->add_flag("--example", options->example, "Print a commented spec that fits the pack centre")
        ->excludes(spec)
        ->excludes(write);
    addChoice(command, context, "--format", options->format, {"text", "json"}, "How to print the proposal (text)");
    command->footer("A spec that is refused ends with 1, and nothing is written; so does one whose files the checks "
                    "find errors in.");
    onRun(command, context, [&context, options, example, read] {
        if (options->example) {
            const auto centre = context.openWorkspace(); // Where there is none, the example is that of a new one.
            context.print(example(centre ? *centre : nullptr));
            return static_cast<int>(Done);
        }
        if (options->spec.empty())
            return context.usage("--spec or --example is required");
        return runOnboard(context, *options, read);
    });
}

} // namespace

void addOnboardCommand(CLI::App &app, Context &context)
{
    CLI::App *command = app.add_subcommand("onboard", "Add a backend or a service with every file that it needs");
    command->require_subcommand(1);
    addKind(command, context, "backend", "Add an accelerated backend", onboard::backendExample,
            onboard::readBackendSpec);
    addKind(command, context, "service", "Add an inference service to backends", onboard::serviceExample,
            onboard::readServiceSpec);
}

} // namespace runner::ctl
