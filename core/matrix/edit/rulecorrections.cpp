#include "matrix/edit/rulecorrections.h"

#include "matrix/edit/rulelist.h"

#include <algorithm>

namespace runner::matrix::edit {

namespace {

Result<void> keepLast(Draft &draft, std::size_t rule, const std::string &name)
{
    auto list = RuleList::of(draft, rule, "args");
    if (!list)
        return tl::unexpected(list.error());
    auto found = list->find(isNamed(name));
    if (found.empty())
        return draft.refuse("edit-no-such-argument", list->offset(), ruleName(rule) + " does not set " + name,
                            "Look at the rule's arguments");
    if (found.size() == 1)
        return draft.refuse("edit-no-effect", list->offset(), "Nothing would change: " + name + " is given once");
    found.erase(std::prev(found.end()));
    if (const auto done = list->remove(found); !done)
        return done;
    std::vector<Argument> &arguments = *draft.intended.rules[rule].arguments;
    std::size_t left = found.size();
    std::erase_if(arguments, [&](const Argument &argument) { return argument.name() == name && left > 0 && left--; });
    return {};
}

Result<void> replaceIn(Draft &draft, std::size_t rule, const std::string &key, std::vector<Value> Rule::*member,
                       const std::string &before, const std::string &after)
{
    auto list = RuleList::of(draft, rule, key);
    if (!list)
        return tl::unexpected(list.error());
    const std::string what = key.substr(0, key.size() - 1);
    const auto found = list->find(isText(before));
    if (found.empty())
        return draft.refuse("edit-no-such-" + what, list->offset(),
                            ruleName(rule) + " does not have the " + what + " " + before, "Look at the rule's " + key);
    if (!list->find(isText(after)).empty())
        return draft.refuse("edit-already-there", list->offset(),
                            ruleName(rule) + " has the " + what + " " + after + " already", "Remove " + before);
    for (const std::size_t index : found) {
        if (const auto done = list->replaceItem(index, after); !done)
            return done;
    }
    for (Value &value : draft.intended.rules[rule].*member) {
        if (value.text == before)
            value.text = after;
    }
    return {};
}

} // namespace

Edit removeRepetitions(std::size_t rule, const std::string &name)
{
    return {"Remove repetitions of " + name, [rule, name](Draft &draft) { return keepLast(draft, rule, name); }};
}

Edit replaceService(std::size_t rule, const std::string &oldService, const std::string &newService)
{
    return {"Correct " + oldService,
            [=](Draft &draft) { return replaceIn(draft, rule, "services", &Rule::services, oldService, newService); }};
}

Edit replacePlatform(std::size_t rule, const std::string &oldPlatform, const std::string &newPlatform)
{
    return {"Correct " + oldPlatform, [=](Draft &draft) {
                return replaceIn(draft, rule, "platforms", &Rule::platforms, oldPlatform, newPlatform);
            }};
}

} // namespace runner::matrix::edit
