#include "onboard/rehearsal.h"

#include "onboard/terms.h"
#include "workspace/paths.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace runner::onboard {

namespace {

using Json = nlohmann::ordered_json;
using workspace::Workspace;

constexpr std::size_t maxTableBytes = 1U << 20U;
constexpr const char *describedFolder = "tests/e2e/rehearsal/described";

// Architectures of Linux, since that is what the rehearsal's images run.
Json architecturesOf(const std::vector<std::string> &platforms)
{
    Json list = Json::array();
    for (const char *architecture : {"amd64", "arm64"}) {
        if (std::find(platforms.begin(), platforms.end(), std::string("linux/") + architecture) != platforms.end())
            list.push_back(architecture);
    }
    return list;
}

std::string printed(const Json &json)
{
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

void addDistribution(Json &vendor, const ServiceAnswer &service)
{
    if (service.installation == Installation::Contained)
        vendor["distributions"][service.packageName()] = "${" + versionArgument(service.id) + "}";
}

void addNext(ProposalDraft &draft, const std::vector<std::string> &images)
{
    NextStep step{NextStep::Kind::Rehearse,
                  "Rehearse the images: build them on stand-ins and record what they would install",
                  {"scripts/rehearse", "--update"}};
    step.command.insert(step.command.end(), images.begin(), images.end());
    draft.next(std::move(step));
}

// Whether descriptions can be written; else a remark where there should be some.
bool canDescribe(ProposalDraft &draft, const std::string &what)
{
    if (rehearses(draft.centre()) && !describes(draft.centre()))
        draft.remark("onboard-unexpected-file", describedFolder,
                     "This is no folder, so how " + what + " is rehearsed is described nowhere",
                     "Put the file elsewhere, and describe it by hand");
    return describes(draft.centre());
}

// What is described of the backend so far; an empty object where there is nothing. Nothing for a file that is no
// object.
std::optional<std::pair<Json, std::string>> described(const Workspace &centre, const std::string &file)
{
    if (!workspace::isPresent(centre.root / file))
        return std::pair(Json::object(), std::string());
    auto text = workspace::readInside(centre.root, file, maxTableBytes);
    Json json = text ? Json::parse(*text, nullptr, false) : Json();
    return json.is_object() ? std::optional(std::pair(std::move(json), std::move(*text))) : std::nullopt;
}

void describeTarget(ProposalDraft &draft, const ServiceAnswers &answers, const ServiceTarget &target)
{
    const std::string file = descriptionOf(target.backend);
    auto known = described(draft.centre(), file);
    const auto isObject = [&](const char *key) { return !known->first.contains(key) || known->first[key].is_object(); };
    if (!known || !isObject("targets") || !isObject("vendor")) {
        draft.remark("onboard-unexpected-file", file,
                     "The file does not describe rehearsals as expected, so it stays as it is",
                     "Add the target " + answers.service.id + " by hand");
        return;
    }
    known->first["targets"][answers.service.id] = architecturesOf(platformsOf(draft.centre(), target));
    if (answers.service.installation == Installation::Contained)
        addDistribution(known->first["vendor"], answers.service);
    if (known->second.empty())
        draft.create(file, printed(known->first));
    else
        draft.change(file, known->second, text::difference(known->second, printed(known->first)));
}

} // namespace

bool rehearses(const Workspace &centre)
{
    return workspace::isPresent(centre.root / "scripts/rehearse")
           && workspace::isPresent(centre.root / "tests/e2e/rehearsal/rehearse/described.py");
}

bool describes(const Workspace &centre)
{
    const auto folder = centre.root / describedFolder;
    std::error_code error;
    return rehearses(centre) && (!workspace::isPresent(folder) || std::filesystem::is_directory(folder, error));
}

std::string descriptionOf(const std::string &backend)
{
    return describedFolder + ("/" + backend) + ".json";
}

void describeRehearsal(ProposalDraft &draft, const BackendAnswers &answers)
{
    if (!canDescribe(draft, answers.id))
        return;
    Json targets{{"runtime", architecturesOf(answers.platforms)}};
    Json vendor{{"ubuntu", "22.04"}, {"python", "${PYTHON_VERSION}"}, {"distributions", Json::object()}};
    for (const ServiceAnswer &service : answers.services) {
        targets[service.id] = architecturesOf(answers.platforms);
        addDistribution(vendor, service);
    }
    vendor["files"] = {{answers.home + "-${" + versionArgument(answers.id) + "}/version.txt", ""}};
    draft.create(descriptionOf(answers.id),
                 printed({{"home", answers.home}, {"targets", targets}, {"vendor", vendor}}));
    addNext(draft, {answers.id});
}

void describeRehearsal(ProposalDraft &draft, const ServiceAnswers &answers)
{
    if (!canDescribe(draft, answers.service.id))
        return;
    std::vector<std::string> images;
    for (const ServiceTarget &target : answers.backends) {
        describeTarget(draft, answers, target);
        images.push_back(target.backend + "/" + answers.service.id);
    }
    addNext(draft, images);
}

} // namespace runner::onboard
