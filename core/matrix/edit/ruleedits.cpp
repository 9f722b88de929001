#include "matrix/edit/ruleedits.h"

#include "matrix/edit/nodes.h"
#include "matrix/edit/rulelist.h"

#include <algorithm>

namespace runner::matrix::edit {

namespace {

using Kind = YamlNode::Kind;

Result<void> checkName(const std::string &name)
{
    const bool bad = name.empty() || std::any_of(name.begin(), name.end(), [](char c) {
                         return c == '=' || static_cast<unsigned char>(c) <= ' ' || c == '\x7F';
                     });
    if (bad)
        return failure("edit-bad-name", {}, "'" + name + "' cannot be the name of an argument",
                       "Use letters, digits and '_', like CUDA_VERSION");
    return checkText(name, "The argument's name");
}

tl::unexpected<Problem> noArgument(const Draft &draft, const RuleList &list, std::size_t rule, const std::string &name)
{
    return draft.refuse("edit-no-such-argument", list.offset(), ruleName(rule) + " does not set " + name,
                        "Look at the rule's arguments");
}

Result<bool> setArgumentOf(Draft &draft, std::size_t rule, const std::string &name, const std::string &value)
{
    auto list = RuleList::of(draft, rule, "args");
    if (!list)
        return tl::unexpected(list.error());
    const std::string text = name + "=" + value;
    const auto found = list->find(isNamed(name));
    std::optional<std::vector<Argument>> &arguments = draft.intended.rules[rule].arguments;
    if (found.empty()) {
        if (const auto done = list->append(text); !done)
            return tl::unexpected(done.error());
        if (!arguments)
            arguments.emplace();
        arguments->push_back({text, {}});
        return true;
    }
    const auto last = std::find_if(arguments->rbegin(), arguments->rend(),
                                   [&](const Argument &argument) { return argument.name() == name; });
    if (last->text == text)
        return false;
    if (const auto done = list->replaceItem(*found.rbegin(), text); !done)
        return tl::unexpected(done.error());
    last->text = text;
    return true;
}

Result<void> setArgumentOfAll(Draft &draft, const std::vector<std::size_t> &rules, const std::string &name,
                              const std::string &value)
{
    if (const auto good = checkName(name); !good)
        return good;
    if (const auto good = checkText(value, "The value of " + name); !good)
        return good;
    bool changed = false;
    for (const std::size_t rule : std::set<std::size_t>(rules.begin(), rules.end())) {
        const auto done = setArgumentOf(draft, rule, name, value);
        if (!done)
            return tl::unexpected(done.error());
        changed = changed || *done;
    }
    if (!changed)
        return draft.refuse("edit-no-effect", nowhere, "Nothing would change: " + name + " has this value already");
    return {};
}

Result<void> unset(Draft &draft, std::size_t rule, const std::string &name)
{
    auto list = RuleList::of(draft, rule, "args");
    if (!list)
        return tl::unexpected(list.error());
    const auto found = list->find(isNamed(name));
    if (found.empty())
        return noArgument(draft, *list, rule, name);
    if (const auto done = list->remove(found); !done)
        return done;
    auto &arguments = draft.intended.rules[rule].arguments;
    std::erase_if(*arguments, [&](const Argument &argument) { return argument.name() == name; });
    if (arguments->empty())
        arguments.reset();
    return {};
}

Result<void> renameItems(Draft &draft, RuleList &list, std::size_t rule, const std::string &oldName,
                         const std::string &newName)
{
    for (const std::size_t index : list.find(isNamed(oldName))) {
        const YamlNode *args = valueOf(**ruleNode(draft, rule), "args");
        const std::string text = newName + args->items[index]->resolved().text.substr(oldName.size());
        if (const auto done = list.replaceItem(index, text); !done)
            return done;
    }
    for (Argument &argument : *draft.intended.rules[rule].arguments) {
        if (argument.name() == oldName)
            argument.text = newName + argument.text.substr(oldName.size());
    }
    return {};
}

Result<void> rename(Draft &draft, std::size_t rule, const std::string &oldName, const std::string &newName)
{
    if (const auto good = checkName(newName); !good)
        return good;
    auto list = RuleList::of(draft, rule, "args");
    if (!list)
        return tl::unexpected(list.error());
    if (list->find(isNamed(oldName)).empty())
        return noArgument(draft, *list, rule, oldName);
    if (oldName == newName)
        return draft.refuse("edit-no-effect", list->offset(),
                            "Nothing would change: the argument has that name already");
    if (!list->find(isNamed(newName)).empty())
        return draft.refuse("edit-already-there", list->offset(), ruleName(rule) + " sets " + newName + " already",
                            "Remove one of the two first");
    return renameItems(draft, *list, rule, oldName, newName);
}

std::vector<Value> valuesOf(const std::vector<std::string> &texts)
{
    std::vector<Value> values;
    values.reserve(texts.size());
    for (const std::string &text : texts)
        values.push_back({text, {}});
    return values;
}

Result<void> checkListed(const Draft &draft, const RuleList &list, const std::string &value, const std::string &what)
{
    if (value.empty() || value.find_first_of(" \t\r\n") != std::string::npos)
        return draft.refuse("edit-bad-text", list.offset(), "'" + value + "' cannot be the name of a " + what,
                            "Write it without blanks");
    if (what == "platform")
        return checkPlatformName(value);
    return checkText(value, "The " + what);
}

Result<void> addTo(Draft &draft, std::size_t rule, const std::string &key, std::vector<Value> Rule::*member,
                   const std::string &value, const std::string &what)
{
    auto list = RuleList::of(draft, rule, key);
    if (!list)
        return tl::unexpected(list.error());
    if (const auto good = checkListed(draft, *list, value, what); !good)
        return good;
    std::vector<Value> &values = draft.intended.rules[rule].*member;
    const Rule &before = draft.document().matrix().rules[rule];
    std::vector<std::string> known =
        member == &Rule::platforms ? before.effectivePlatforms() : std::vector<std::string>();
    for (const Value &each : before.*member)
        known.push_back(each.text);
    if (std::find(known.begin(), known.end(), value) != known.end())
        return draft.refuse("edit-already-there", list->offset(),
                            ruleName(rule) + " has the " + what + " " + value + " already");
    std::vector<std::string> added{value};
    if (values.empty() && member == &Rule::platforms && list->find([](const auto &) { return true; }).empty()) {
        const YamlNode *node = valueOf(**ruleNode(draft, rule), key);
        if (node && node->kind == Kind::Sequence)
            return draft.refuse("edit-unusual", list->offset(),
                                "The list of platforms is empty, which means the default ones",
                                "Write the platforms in the YAML, or remove the empty list");
        added = defaultPlatforms();
        added.push_back(value);
    }
    if (const auto done = list->append(added); !done)
        return done;
    for (Value &each : valuesOf(added))
        values.push_back(std::move(each));
    return {};
}

Result<void> removeFrom(Draft &draft, std::size_t rule, const std::string &key, std::vector<Value> Rule::*member,
                        const std::string &value, const std::string &what)
{
    auto list = RuleList::of(draft, rule, key);
    if (!list)
        return tl::unexpected(list.error());
    std::vector<Value> &values = draft.intended.rules[rule].*member;
    const auto found = list->find(isText(value));
    if (found.empty())
        return draft.refuse("edit-no-such-" + what, list->offset(),
                            ruleName(rule) + " does not have the " + what + " " + value, "Look at the rule's " + key);
    if (found.size() == values.size())
        return draft.refuse("edit-last-" + what, list->offset(), "This is the last " + what + " of " + ruleName(rule),
                            "Remove or disable the whole rule instead");
    if (const auto done = list->remove(found); !done)
        return done;
    std::erase_if(values, [&](const Value &each) { return each.text == value; });
    return {};
}

// Without a list the rule has the default platforms: those that are left are written down.
Result<void> removeDefaultPlatform(Draft &draft, std::size_t rule, const std::string &platform)
{
    auto list = RuleList::of(draft, rule, "platforms");
    if (!list)
        return tl::unexpected(list.error());
    std::vector<std::string> left = defaultPlatforms();
    if (std::erase(left, platform) == 0)
        return draft.refuse("edit-no-such-platform", list->offset(),
                            ruleName(rule) + " does not have the platform " + platform, "Look at the rule's platforms");
    if (const auto done = list->append(left); !done)
        return done;
    draft.intended.rules[rule].platforms = valuesOf(left);
    return {};
}

Result<void> setBackendOf(Draft &draft, std::size_t rule, const std::string &backend)
{
    const auto node = ruleToChange(draft, rule);
    if (!node)
        return tl::unexpected(node.error());
    if (backend.empty())
        return draft.refuse("edit-bad-text", (*node)->begin, "A rule needs a backend", "Choose one");
    if (const auto good = checkText(backend, "The backend"); !good)
        return good;
    draft.intended.rules[rule].backend.text = backend;
    const auto index = findKey(**node, "backend");
    if (!index)
        return insertEntry(draft, **node, 0, "backend", NewValue::scalar(backend, Quotes::Double));
    const YamlNode &value = *(*node)->entries[*index].second;
    if (const auto own = checkOwn(draft, value, "The backend"); !own)
        return own;
    setScalar(draft, value, backend);
    return {};
}

} // namespace

Edit setArgument(std::vector<std::size_t> rules, const std::string &name, std::string value)
{
    return {"Set " + name, [rules = std::move(rules), name, value = std::move(value)](Draft &draft) {
                return setArgumentOfAll(draft, rules, name, value);
            }};
}

Edit unsetArgument(std::size_t rule, const std::string &name)
{
    return {"Remove " + name, [rule, name](Draft &draft) { return unset(draft, rule, name); }};
}

Edit renameArgument(std::size_t rule, const std::string &oldName, std::string newName)
{
    return {"Rename " + oldName, [rule, oldName, newName = std::move(newName)](Draft &draft) {
                return rename(draft, rule, oldName, newName);
            }};
}

Edit setBackend(std::size_t rule, std::string backend)
{
    return {"Set backend",
            [rule, backend = std::move(backend)](Draft &draft) { return setBackendOf(draft, rule, backend); }};
}

Edit addService(std::size_t rule, const std::string &service)
{
    return {"Add " + service, [rule, service](Draft &draft) {
                return addTo(draft, rule, "services", &Rule::services, service, "service");
            }};
}

Edit removeService(std::size_t rule, const std::string &service)
{
    return {"Remove " + service, [rule, service](Draft &draft) {
                return removeFrom(draft, rule, "services", &Rule::services, service, "service");
            }};
}

Edit addPlatform(std::size_t rule, const std::string &platform)
{
    return {"Add " + platform, [rule, platform](Draft &draft) {
                return addTo(draft, rule, "platforms", &Rule::platforms, platform, "platform");
            }};
}

Edit removePlatform(std::size_t rule, const std::string &platform)
{
    return {"Remove " + platform, [rule, platform](Draft &draft) {
                const auto &rules = draft.document().matrix().rules;
                if (rule < rules.size() && rules[rule].platforms.empty())
                    return removeDefaultPlatform(draft, rule, platform);
                return removeFrom(draft, rule, "platforms", &Rule::platforms, platform, "platform");
            }};
}

} // namespace runner::matrix::edit
