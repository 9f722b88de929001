#include "diagnostics/problemjson.h"
#include "onboard/onboard.h"

#include "edit/editcommands.h"
#include "printable.h"

#include <nlohmann/json.hpp>

namespace runner::ctl {

namespace {

using Json = nlohmann::ordered_json;
using onboard::NextStep;

const char *kindName(NextStep::Kind kind)
{
    switch (kind) {
    case NextStep::Kind::Rehearse:
        return "rehearse";
    case NextStep::Kind::DryRun:
        return "dry-run";
    case NextStep::Kind::Build:
        break;
    }
    return "build";
}

std::string listed(const std::string &title, const Problems &problems)
{
    std::string text = problems.empty() ? std::string() : title + "\n";
    for (const Problem &problem : problems)
        text += "    " + printable(diagnostics::describe(problem)) + "\n";
    return text;
}

std::string joined(const std::vector<std::string> &words)
{
    std::string text;
    for (const std::string &word : words)
        text += (text.empty() ? "" : " ") + word;
    return text;
}

Json filesJson(const onboard::Proposal &proposal)
{
    Json list = Json::array();
    for (const onboard::ProposedFile &file : proposal.files)
        list.push_back({{"file", file.file},
                        {"new", !file.before.has_value()},
                        {"before", file.before ? Json(*file.before) : Json(nullptr)},
                        {"after", file.after},
                        {"diff", onboard::diffOf(file)}});
    return list;
}

Json nextJson(const onboard::Proposal &proposal)
{
    Json list = Json::array();
    for (const NextStep &step : proposal.next)
        list.push_back({{"kind", kindName(step.kind)}, {"text", step.text}, {"command", step.command}});
    return list;
}

} // namespace

std::string summaryText(const onboard::Proposal &proposal)
{
    std::string text = "\nImages:\n";
    const std::string images = effectText(proposal.images);
    for (std::size_t at = 0; at < images.size();) {
        const std::size_t end = images.find('\n', at);
        text += "    " + images.substr(at, end - at) + "\n";
        at = end + 1;
    }
    text += proposal.findings.empty() ? std::string("Checks: nothing is wrong with what is new\n")
                                      : listed("Checks:", proposal.findings);
    text += listed("Left to you:", proposal.remarks);
    text += "Next:\n";
    for (const NextStep &step : proposal.next)
        text += printable("    " + step.text + ": " + joined(step.command)) + "\n";
    return text;
}

std::string proposalJson(const onboard::Proposal &proposal, bool written)
{
    const Json json{{"title", proposal.title},
                    {"written", written},
                    {"files", filesJson(proposal)},
                    {"images", Json::parse(effectJson(proposal.images), nullptr, false)},
                    {"findings", diagnostics::problemsJson(proposal.findings)},
                    {"remarks", diagnostics::problemsJson(proposal.remarks)},
                    {"next", nextJson(proposal)}};
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace runner::ctl
