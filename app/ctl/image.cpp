// runnerctl image: names and versions of images.
#include "image/imagename.h"

#include "command.h"
#include "image/version.h"

#include <nlohmann/json.hpp>

#include <iostream>

namespace runner::ctl {

namespace {

using Json = nlohmann::ordered_json;

Json toJson(const image::ImageName &name)
{
    return {{"prefix", name.prefix},
            {"repository", name.repository},
            {"backend", name.backend},
            {"backend_version", name.backendVersion},
            {"backend_variant", name.backendVariant},
            {"service", name.service},
            {"service_version", name.serviceVersion},
            {"suffix", name.suffix},
            {"os", name.os},
            {"arch", name.arch}};
}

int runParse(Context &context, const std::vector<std::string> &names)
{
    const workspace::Workspace *workspace = context.workspace();
    if (!workspace)
        return Unreadable;
    const image::NameGrammar grammar = image::NameGrammar::of(workspace->matrix);
    Json list = Json::array();
    bool all = true;
    for (const std::string &name : names) {
        const auto parsed = grammar.parse(name);
        list.push_back(parsed ? toJson(*parsed) : Json(nullptr));
        if (parsed)
            continue;
        all = false;
        context.message("'" + name + "' is no image name of this pack centre");
    }
    context.print(list.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
    return all ? Done : Failed;
}

std::vector<std::string> linesOfInput()
{
    std::vector<std::string> lines;
    for (std::string line; std::getline(std::cin, line);) {
        if (line.ends_with('\r'))
            line.pop_back();
        if (!line.empty())
            lines.push_back(std::move(line));
    }
    return lines;
}

int runSort(Context &context, std::vector<std::string> versions)
{
    if (versions.empty())
        versions = linesOfInput();
    for (const std::string &version : image::sortedNewestFirst(std::move(versions)))
        context.print(version + "\n");
    return Done;
}

} // namespace

void addImageCommand(CLI::App &app, Context &context)
{
    CLI::App *command = app.add_subcommand("image", "Take image names apart, sort versions");
    command->require_subcommand(1);

    auto names = std::make_shared<std::vector<std::string>>();
    CLI::App *parse = command->add_subcommand("parse", "Print the parts of image names as JSON");
    parse->add_option("NAME", *names, "Image names")->required()->option_text("...");
    onRun(parse, context, [&context, names] { return runParse(context, *names); });

    auto versions = std::make_shared<std::vector<std::string>>();
    CLI::App *sort = command->add_subcommand("sort", "Print versions, the newest first");
    sort->add_option("VERSION", *versions, "Versions; without any, the lines of stdin")->option_text("...");
    onRun(sort, context, [&context, versions] { return runSort(context, *versions); });
}

} // namespace runner::ctl
