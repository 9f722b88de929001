// The section runners: what is released, and what of it the support table lists.
#include "matrix/sections.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>

namespace runner::matrix {

namespace {

using Json = nlohmann::ordered_json;

// Defaults that a row gives its entries, and what an entry says before they are applied.
struct RowDefaults
{
    std::vector<std::string> platforms = defaultPlatforms();
};

std::vector<std::string> plainTexts(NodeReader &reader, const YamlNode &node, const std::string &what)
{
    std::vector<std::string> texts;
    for (Value &value : reader.texts(node, what))
        texts.push_back(std::move(value.text));
    return texts;
}

void applyDeprecation(NodeReader &reader, const YamlNode &node, RunnerEntry &entry)
{
    if (node.kind != YamlNode::Kind::Sequence) {
        if (reader.boolean(node, "deprecated", false))
            entry.deprecatedPlatforms = entry.platforms;
        return;
    }
    const auto named = plainTexts(reader, node, "deprecated");
    for (const std::string &platform : entry.platforms) {
        if (std::find(named.begin(), named.end(), platform) != named.end())
            entry.deprecatedPlatforms.push_back(platform);
    }
    for (const std::string &platform : named) {
        if (std::find(entry.platforms.begin(), entry.platforms.end(), platform) == entry.platforms.end())
            reader.report("runner-unknown-platform", Severity::Error, reader.at(node),
                          "'" + platform + "' is deprecated here but is no platform of this entry",
                          "Correct the platform, or add it to 'platforms'");
    }
}

void readStage(NodeReader &reader, const YamlNode &node, RunnerEntry &entry)
{
    const std::string stage = reader.text(node, "stage");
    entry.releaseCandidate = stage == "rc";
    if (stage != "rc")
        reader.report("runner-unknown-stage", Severity::Error, reader.at(node),
                      "The stage '" + stage + "' is not known", "Write 'rc', or remove the key");
}

void readEntryKey(NodeReader &reader, RunnerEntry &entry, const YamlNode *&deprecated, const std::string &key,
                  const YamlNode &keyNode, const YamlNode &value)
{
    if (key == "version")
        entry.version = reader.text(value, "version");
    else if (key == "stage")
        readStage(reader, value, entry);
    else if (key == "deprecated")
        deprecated = &value;
    else if (key == "polished")
        entry.polished = reader.boolean(value, "polished", false);
    else if (key == "listed")
        entry.listed = reader.boolean(value, "listed", true);
    else if (key == "released")
        entry.released = reader.boolean(value, "released", true);
    else if (key == "platforms")
        entry.platforms = plainTexts(reader, value, "platforms");
    else if (key == "original_version")
        entry.originalVersion = reader.text(value, "original_version");
    else if (key == "members")
        entry.members = toJson(reader, value);
    else
        reader.unknownKey(key, keyNode, "an entry of runners");
}

RunnerEntry readEntry(NodeReader &reader, const YamlNode &node, const RowDefaults &defaults)
{
    RunnerEntry entry;
    entry.where = reader.at(node);
    entry.platforms = defaults.platforms;
    const YamlNode *deprecated = nullptr;
    reader.forEachKey(node, "an entry of runners", [&](const auto &key, const YamlNode &keyNode, const auto &value) {
        readEntryKey(reader, entry, deprecated, key, keyNode, value);
    });
    if (deprecated)
        applyDeprecation(reader, *deprecated, entry);
    if (entry.version.empty())
        reader.report("runner-no-version", Severity::Error, entry.where, "An entry of runners has no version",
                      "Add 'version:' with the version in quotes");
    return entry;
}

void readCells(NodeReader &reader, const YamlNode &node, const RowDefaults &defaults, RunnerRow &row)
{
    reader.forEachKey(node, "services", [&](const std::string &service, const YamlNode &, const YamlNode &value) {
        RunnerCell cell{service, {}};
        for (const YamlNode *item : reader.list(value, "The versions of " + service))
            cell.entries.push_back(readEntry(reader, *item, defaults));
        row.cells.push_back(std::move(cell));
    });
}

struct RowReader
{
    NodeReader &reader;
    RunnerRow row;
    RowDefaults defaults;
    const YamlNode *services = nullptr;

    void readKey(const std::string &key, const YamlNode &keyNode, const YamlNode &value)
    {
        if (key == "backend")
            row.backend = reader.text(value, "backend");
        else if (key == "version")
            row.version = reader.text(value, "version");
        else if (key == "shown_version")
            row.shownVersion = reader.text(value, "shown_version");
        else if (key == "original_version")
            row.originalVersion = reader.text(value, "original_version");
        else if (key == "variant")
            row.variant = reader.text(value, "variant");
        else if (key == "listed")
            row.listed = reader.boolean(value, "listed", true);
        else if (key == "platforms")
            defaults.platforms = plainTexts(reader, value, "platforms");
        else if (key == "services")
            services = &value;
        else
            reader.unknownKey(key, keyNode, "a row of runners");
    }

    // After all keys are known: what a row says holds for its entries wherever it stands in the row.
    void finish()
    {
        if (row.backend.empty() || row.version.empty())
            reader.report("runner-no-backend", Severity::Error, row.where,
                          "A row of runners needs a backend and a version", "Add 'backend:' and 'version:' to it");
        if (row.shownVersion.empty())
            row.shownVersion = row.version;
        if (row.originalVersion.empty())
            row.originalVersion = row.version;
        if (services)
            readCells(reader, *services, defaults, row);
        for (RunnerCell &cell : row.cells) {
            for (RunnerEntry &entry : cell.entries) {
                if (entry.originalVersion.empty())
                    entry.originalVersion = row.originalVersion;
            }
        }
    }
};

// YAML's core schema, as far as JSON has the type.
Json plainScalar(const std::string &text)
{
    if (text == "true" || text == "false")
        return text == "true";
    long long integer = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), integer);
    if (error == std::errc() && end == text.data() + text.size() && !text.empty())
        return integer;
    return text;
}

// An anchor may hold an alias to itself, so the depth has a limit of its own.
Json jsonOf(NodeReader &reader, const YamlNode &node, int depth = 0)
{
    constexpr int deepest = 50;
    if (node.kind == YamlNode::Kind::Null || depth > deepest || !reader.spend(node))
        return nullptr;
    if (node.kind == YamlNode::Kind::Scalar)
        return node.plain ? plainScalar(node.text) : Json(node.text);
    if (node.kind == YamlNode::Kind::Sequence) {
        Json list = Json::array();
        for (const YamlNode *item : node.items)
            list.push_back(jsonOf(reader, item->resolved(), depth + 1));
        return list;
    }
    Json object = Json::object();
    reader.forEachKey(node, "members", [&](const std::string &key, const YamlNode &, const YamlNode &value) {
        object[key] = jsonOf(reader, value, depth + 1);
    });
    return object;
}

} // namespace

std::string toJson(NodeReader &reader, const YamlNode &node)
{
    if (node.kind == YamlNode::Kind::Map)
        return jsonOf(reader, node).dump();
    reader.report("matrix-wrong-shape", Severity::Error, reader.at(node), "members should be a map of keys and values",
                  "Write { name: value }");
    return {};
}

void readRunners(NodeReader &reader, const YamlNode &node, std::vector<RunnerRow> &runners)
{
    for (const YamlNode *item : reader.list(node, "runners")) {
        RowReader row{reader, {}, {}, nullptr};
        row.row.where = reader.at(*item);
        reader.forEachKey(*item, "a row of runners", [&](const auto &key, const YamlNode &keyNode, const auto &value) {
            row.readKey(key, keyNode, value);
        });
        row.finish();
        runners.push_back(std::move(row.row));
    }
}

} // namespace runner::matrix
