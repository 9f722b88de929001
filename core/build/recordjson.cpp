#include "build/recordjson.h"

#include "build/commandline.h"
#include "build/jsonfields.h"
#include "diagnostics/problemjson.h"

#include <chrono>
#include <cstdio>

namespace runner::build {

namespace {

Json object(const Metadata &metadata)
{
    Json materials = Json::array();
    for (const auto &[uri, digest] : metadata.materials)
        materials.push_back({{"uri", uri}, {"digest", digest}});
    return {{"digest", metadata.digest}, {"config_digest", metadata.configDigest},
            {"image", metadata.image},   {"reference", metadata.reference},
            {"size", metadata.size},     {"materials", std::move(materials)}};
}

Json object(const BuildRecord &record)
{
    return {{"id", record.id},
            {"result", record.outcome ? outcomeName(*record.outcome) : "running"},
            {"image", record.image()},
            {"tag", record.request.tag},
            {"platform", record.request.platform},
            {"builder", record.request.builder},
            {"started", describeTime(record.started)},
            {"ended", describeTime(record.ended)},
            {"seconds", double(record.duration()) / 1e9},
            {"exit_code", record.exitCode},
            {"digest", record.metadata.digest},
            {"size", record.metadata.size},
            {"revision", record.git.revision},
            {"dirty", record.git.dirty},
            {"steps", record.steps},
            {"cached_steps", record.cachedSteps},
            {"lines", record.lines},
            {"plan", record.plan == 0 ? std::string() : std::to_string(record.plan)},
            {"folder", record.folder.string()},
            {"problems", diagnostics::problemsJson(record.problems)}};
}

Severity severityOf(const std::string &name)
{
    return name == "note" ? Severity::Note : name == "warning" ? Severity::Warning : Severity::Error;
}

} // namespace

std::string describeTime(Time time)
{
    using namespace std::chrono;
    if (time == 0)
        return {};
    const sys_time<milliseconds> point{milliseconds(time / 1'000'000)};
    const auto day = floor<days>(point);
    const year_month_day date(day);
    const hh_mm_ss<milliseconds> clock(point - day);
    char text[40] = {};
    std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", int(date.year()), unsigned(date.month()),
                  unsigned(date.day()), int(clock.hours().count()), int(clock.minutes().count()),
                  int(clock.seconds().count()), int(clock.subseconds().count()));
    return text;
}

std::string toJson(const Problems &problems)
{
    return printedJson(diagnostics::problemsJson(problems));
}

Problems problemsFromJson(std::string_view text)
{
    Problems problems;
    const Json json = Json::parse(text, nullptr, false);
    for (const Json &item : json.is_array() ? json : Json::array()) {
        if (item.is_object())
            problems.push_back({textOf(item, "id"),
                                severityOf(textOf(item, "severity")),
                                {textOf(item, "file"), static_cast<int>(numberOf(item, "line")),
                                 static_cast<int>(numberOf(item, "column"))},
                                textOf(item, "message"),
                                textOf(item, "advice")});
    }
    return problems;
}

std::string toJson(const Metadata &metadata)
{
    return printedJson(object(metadata));
}

Metadata metadataFromJson(std::string_view text)
{
    Metadata metadata;
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object())
        return metadata;
    metadata.digest = textOf(json, "digest");
    metadata.configDigest = textOf(json, "config_digest");
    metadata.image = textOf(json, "image");
    metadata.reference = textOf(json, "reference");
    const auto size = json.find("size");
    metadata.size = size != json.end() && size->is_number_integer() ? size->get<std::int64_t>() : 0;
    const auto materials = json.find("materials");
    for (const Json &material : materials != json.end() && materials->is_array() ? *materials : Json::array()) {
        if (material.is_object())
            metadata.materials.emplace_back(textOf(material, "uri"), textOf(material, "digest"));
    }
    return metadata;
}

std::string buildsJson(const std::vector<BuildRecord> &records)
{
    Json json = Json::array();
    for (const BuildRecord &record : records)
        json.push_back(object(record));
    return printedJson(json, 2) + "\n";
}

std::string buildJson(const BuildRecord &record, const std::vector<StepRecord> &steps)
{
    Json json = object(record);
    json["command"] = commandLine(record.request);
    json["step_list"] = Json::array();
    for (const StepRecord &step : steps)
        json["step_list"].push_back({{"name", step.name},
                                     {"state", stateName(step.state)},
                                     {"started", describeTime(step.started)},
                                     {"completed", describeTime(step.completed)},
                                     {"seconds", double(step.busy) / 1e9},
                                     {"error", step.error},
                                     {"clipped", step.clipped}});
    return printedJson(json, 2) + "\n";
}

} // namespace runner::build
