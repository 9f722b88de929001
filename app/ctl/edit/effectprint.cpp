#include "editcommands.h"

#include "printable.h"

#include <nlohmann/json.hpp>

namespace runner::ctl {

namespace {

using Json = nlohmann::ordered_json;
using workspace::ImageChange;

std::string joined(const std::vector<std::string> &texts)
{
    std::string all;
    for (const std::string &text : texts)
        all += (all.empty() ? "" : ", ") + text;
    return all;
}

std::string valueText(const std::optional<std::string> &value)
{
    return value ? (value->empty() ? "(empty)" : *value) : "(not set)";
}

Json valueJson(const std::optional<std::string> &value)
{
    return value ? Json(*value) : Json(nullptr);
}

Json ruleJson(const std::optional<std::size_t> &rule)
{
    return rule ? Json(*rule + 1) : Json(nullptr);
}

std::string fateText(workspace::ReleaseFate fate)
{
    const workspace::ReleaseChange &change = fate.front();
    std::vector<std::string> platforms;
    for (const workspace::ReleaseChange &each : fate)
        platforms.push_back(each.platform);
    std::string text =
        printable(std::string(workspace::kindName(change.kind)) + " " + change.image + " (" + joined(platforms) + ")")
        + (change.released ? "" : ", which the table lists without an image") + "\n";
    for (const workspace::MarkChange &mark : change.marks)
        text += "    " + mark.name + ": " + (mark.set ? "set" : "cleared") + "\n";
    if (!change.original.name.empty())
        text += "    "
                + printable(change.original.name + ": " + valueText(change.original.before) + " -> "
                            + valueText(change.original.after))
                + "\n";
    return text;
}

} // namespace

std::string effectText(const workspace::Effect &effect)
{
    std::string text;
    for (const ImageChange &change : effect) {
        const std::string from = change.kind == ImageChange::Kind::Retagged ? change.beforeTag + " -> " : std::string();
        text += printable(std::string(workspace::kindName(change.kind)) + " " + from + change.tag + " ("
                          + joined(change.platforms) + ")")
                + "\n";
        for (const workspace::ArgumentChange &argument : change.arguments)
            text += "    "
                    + printable(argument.name + ": " + valueText(argument.before) + " -> " + valueText(argument.after))
                    + "\n";
    }
    return text.empty() ? "no image changes\n" : text;
}

std::string effectJson(const workspace::Effect &effect)
{
    Json list = Json::array();
    for (const ImageChange &change : effect) {
        Json arguments = Json::array();
        for (const workspace::ArgumentChange &argument : change.arguments)
            arguments.push_back({{"name", argument.name},
                                 {"before", valueJson(argument.before)},
                                 {"after", valueJson(argument.after)}});
        list.push_back({{"change", workspace::kindName(change.kind)},
                        {"tag", change.tag},
                        {"before_tag", change.beforeTag},
                        {"backend", change.backend},
                        {"service", change.service},
                        {"platforms", change.platforms},
                        {"rule_before", ruleJson(change.ruleBefore)},
                        {"rule", ruleJson(change.ruleAfter)},
                        {"args", arguments}});
    }
    return list.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string releaseEffectText(const std::vector<workspace::ReleaseChange> &changes)
{
    std::string text;
    for (const workspace::ReleaseFate fate : workspace::fatesOf(changes))
        text += fateText(fate);
    return text.empty() ? "no image is affected\n" : text;
}

std::string releaseEffectJson(const std::vector<workspace::ReleaseChange> &changes)
{
    Json list = Json::array();
    for (const workspace::ReleaseChange &change : changes) {
        Json marks = Json::array();
        for (const workspace::MarkChange &mark : change.marks)
            marks.push_back({{"name", mark.name}, {"set", mark.set}});
        list.push_back({{"docker_image", change.image},
                        {"platform", change.platform},
                        {"released", change.released},
                        {"deprecated", change.wasDeprecated},
                        {"change", workspace::kindName(change.kind)},
                        {"marks", marks},
                        {"original_backend_version", valueJson(change.original.after)}});
    }
    return list.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace runner::ctl
