// The actions of runnerctl edit.
#include "editcommands.h"

#include "known.h"
#include "matrix/edit/bump.h"
#include "matrix/edit/ruleedits.h"
#include "matrix/edit/rulelistedits.h"
#include "printable.h"

#include <algorithm>

namespace runner::ctl {

namespace {

namespace edit = matrix::edit;

// What the action's words say.
struct Words
{
    std::size_t rule = 0;
    std::size_t position = 0;
    std::string first;
    std::string second;
    std::string third;
    edit::RuleDraft draft;
    std::size_t after = 0;
};

std::vector<std::string> ruleNumbers(const workspace::Workspace &workspace)
{
    std::vector<std::string> numbers;
    for (const matrix::Rule &rule : workspace.matrix.rules)
        numbers.push_back(std::to_string(rule.number));
    return numbers;
}

std::vector<std::string> disabledNumbers(const workspace::Workspace &workspace)
{
    std::vector<std::string> numbers;
    for (const matrix::DisabledRule &disabled : workspace.matrix.disabledRules)
        numbers.push_back(std::to_string(disabled.rule.number));
    return numbers;
}

std::vector<std::string> argumentNames(const workspace::Workspace &workspace)
{
    std::vector<std::string> names;
    for (const matrix::Rule &rule : workspace.matrix.rules) {
        for (std::size_t i = 0; rule.arguments && i < rule.arguments->size(); ++i)
            names.push_back((*rule.arguments)[i].name());
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

// Numbers count from 1. What no file has is for the edit to refuse.
std::string checkNumber(const std::string &text)
{
    constexpr std::size_t maxDigits = 9;
    const bool digits =
        !text.empty() && text.size() <= maxDigits && text.find_first_not_of("0123456789") == std::string::npos;
    const bool good = digits && text.find_first_not_of('0') != std::string::npos;
    return good ? std::string() : "'" + printable(text) + "' is not a number from 1";
}

class Actions
{
public:
    Actions(CLI::App *parent, Context &context, const RunEdit &run)
        : m_parent(parent)
        , m_context(context)
        , m_run(run)
    {
    }

    using Make = std::function<edit::Edit(const Words &)>;

    // Begins an action; the words are declared with the functions below.
    Actions &action(const std::string &name, const std::string &description, Make make)
    {
        m_words = std::make_shared<Words>();
        m_command = m_parent->add_subcommand(name, description);
        onRun(m_command, m_context,
              [run = m_run, words = m_words, make = std::move(make)] { return run(make(*words)); });
        return *this;
    }

    Actions &rule() { return number("RULE", m_words->rule, "The rule's number", ruleNumbers); }
    Actions &position() { return number("POSITION", m_words->position, "The number it is to have", ruleNumbers); }
    Actions &disabled() { return number("N", m_words->rule, "The number among the disabled rules", disabledNumbers); }

    Actions &word(const std::string &name, std::string &value, const std::string &description,
                  std::vector<std::string> (*known)(const workspace::Workspace &) = nullptr)
    {
        CLI::Option *option = m_command->add_option(name, value, description)->required();
        if (known)
            m_context.setCompleter(option, completer(known));
        return *this;
    }

    Words &words() { return *m_words; }
    CLI::App *command() { return m_command; }

private:
    Actions &number(const std::string &name, std::size_t &value, const std::string &description,
                    std::vector<std::string> (*known)(const workspace::Workspace &))
    {
        m_context.setCompleter(
            m_command->add_option(name, value, description)->required()->check(CLI::Validator(checkNumber, "")),
            completer(known));
        return *this;
    }

    CLI::App *m_parent;
    Context &m_context;
    const RunEdit &m_run;
    std::shared_ptr<Words> m_words;
    CLI::App *m_command = nullptr;
};

std::string checkAssignment(const std::string &text)
{
    const std::size_t equals = text.find('=');
    return equals == std::string::npos || equals == 0 ? "write NAME=VALUE" : std::string();
}

std::string nameOf(const std::string &assignment)
{
    return assignment.substr(0, assignment.find('='));
}

std::string valueOf(const std::string &assignment)
{
    return assignment.substr(assignment.find('=') + 1);
}

void addArgumentActions(Actions &actions)
{
    actions.action("set-arg", "Give an argument a value", [](const Words &words) {
        return edit::setArgument({words.rule - 1}, nameOf(words.first), valueOf(words.first));
    });
    actions.rule();
    actions.command()
        ->add_option("ASSIGNMENT", actions.words().first, "NAME=VALUE")
        ->required()
        ->check(CLI::Validator(checkAssignment, ""));
    actions.action("unset-arg", "Take an argument out",
                   [](const Words &words) { return edit::unsetArgument(words.rule - 1, words.first); });
    actions.rule().word("NAME", actions.words().first, "The argument", argumentNames);
    actions.action("rename-arg", "Give an argument another name",
                   [](const Words &words) { return edit::renameArgument(words.rule - 1, words.first, words.second); });
    actions.rule()
        .word("OLD", actions.words().first, "The argument", argumentNames)
        .word("NEW", actions.words().second, "Its new name");
}

void addListActions(Actions &actions)
{
    const auto add = [&](const std::string &name, const std::string &description, const std::string &what,
                         edit::Edit (*make)(std::size_t, const std::string &),
                         std::vector<std::string> (*known)(const workspace::Workspace &)) {
        actions.action(name, description, [make](const Words &words) { return make(words.rule - 1, words.first); });
        actions.rule().word(what, actions.words().first, "Which one", known);
    };
    add("add-service", "Pack another service", "SERVICE", edit::addService, knownServices);
    add("remove-service", "Pack a service no longer", "SERVICE", edit::removeService, knownServices);
    add("add-platform", "Pack for another platform", "PLATFORM", edit::addPlatform, knownPlatforms);
    add("remove-platform", "Pack for a platform no longer", "PLATFORM", edit::removePlatform, knownPlatforms);
}

void addRuleAction(Actions &actions, Context &context)
{
    actions.action("add-rule", "Add a rule", [](const Words &words) {
        return words.after > 0 ? edit::addRule(words.draft, words.after - 1) : edit::addRule(words.draft);
    });
    Words &words = actions.words();
    actions.word("BACKEND", words.draft.backend, "The backend to pack for", knownBackends);
    context.setCompleter(addRepeatable(actions.command(), "--service", words.draft.services, "A service (repeatable)")
                             ->required()
                             ->option_text("SERVICE"),
                         completer(knownServices));
    context.setCompleter(
        addRepeatable(actions.command(), "--platform", words.draft.platforms, "A platform (repeatable)")
            ->option_text("PLATFORM"),
        completer(knownPlatforms));
    addRepeatable(actions.command(), "--arg", words.draft.arguments, "A build argument (repeatable)")
        ->check(CLI::Validator(checkAssignment, ""))
        ->option_text("NAME=VALUE");
    context.setCompleter(actions.command()
                             ->add_option("--after", words.after, "Behind this rule (at the end)")
                             ->check(CLI::Validator(checkNumber, ""))
                             ->option_text("RULE"),
                         completer(ruleNumbers));
}

void addOrderActions(Actions &actions)
{
    actions.action("duplicate-rule", "Repeat a rule behind itself",
                   [](const Words &words) { return edit::duplicateRule(words.rule - 1); });
    actions.rule();
    actions.action("move-rule", "Move a rule",
                   [](const Words &words) { return edit::moveRule(words.rule - 1, words.position - 1); });
    actions.rule().position();
    actions.action("remove-rule", "Remove a rule with its comment",
                   [](const Words &words) { return edit::removeRule(words.rule - 1); });
    actions.rule();
    actions.action("disable-rule", "Comment a rule out",
                   [](const Words &words) { return edit::disableRule(words.rule - 1); });
    actions.rule();
    actions.action("enable-rule", "Comment a disabled rule in",
                   [](const Words &words) { return edit::enableRule(words.rule - 1); });
    actions.disabled();
}

void addBumpAction(Actions &actions)
{
    actions.action("bump", "Change a version everywhere it means the same: arguments, image names, the rules' comments",
                   [](const Words &words) { return edit::bumpVersion(words.first, words.second, words.third); });
    Words &words = actions.words();
    actions.word("NAME", words.first, "The version's argument, as CUDA_VERSION", argumentNames)
        .word("OLD", words.second, "The version it has")
        .word("NEW", words.third, "The version it is to have");
}

} // namespace

void addEditActions(CLI::App *command, Context &context, const RunEdit &run)
{
    Actions actions(command, context, run);
    addArgumentActions(actions);
    addListActions(actions);
    addRuleAction(actions, context);
    addOrderActions(actions);
    addBumpAction(actions);
}

} // namespace runner::ctl
