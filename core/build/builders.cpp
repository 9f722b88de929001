#include "build/builders.h"

#include "build/jsonfields.h"
#include "text/ascii.h"
#include "transfer/platform.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace runner::build {

namespace {

/// Calls \a use for every line that is a JSON object.
template <typename Use>
void forEachObject(std::string_view output, const Use &use)
{
    while (!output.empty()) {
        const std::size_t end = std::min(output.find('\n'), output.size());
        if (const Json json = Json::parse(output.substr(0, end), nullptr, false); json.is_object())
            use(json);
        output.remove_prefix(std::min(end + 1, output.size()));
    }
}

BuilderNode readNode(const Json &json)
{
    BuilderNode node{textOf(json, "Name"),    textOf(json, "Endpoint"), textOf(json, "Status"),
                     textOf(json, "Version"), textOf(json, "Err"),      {}};
    for (const Json &platform : listOf(json, "Platforms")) {
        std::string name = platform.is_string() ? platform.get<std::string>() : std::string();
        if (name.ends_with('*')) // given by hand
            name.pop_back();
        if (!name.empty())
            node.platforms.push_back(std::move(name));
    }
    return node;
}

bool serves(const std::string &offered, const std::string &wanted)
{
    const auto a = transfer::parsePlatform(offered);
    const auto b = transfer::parsePlatform(wanted);
    return a && b && transfer::serves(*a, *b);
}

bool isBuilderName(const std::string &name)
{
    return !name.empty() && name.size() <= 63 && text::isLetterOrDigit(name.front())
           && std::all_of(name.begin(), name.end(), [](char c) { return text::isWord(c) || c == '-' || c == '.'; });
}

using Words = std::vector<std::string>;

Words withBuilder(Words words, const std::string &builder)
{
    if (!builder.empty())
        words.insert(words.end(), {"--builder", builder});
    return words;
}

void addDriverOptions(Words &words, const NewBuilder &builder)
{
    Words options;
    if (builder.driver == "docker-container")
        options.emplace_back("network=host");
    if (builder.driver != "remote") {
        options.emplace_back("env.BUILDKIT_STEP_LOG_MAX_SIZE=-1");
        options.emplace_back("env.BUILDKIT_STEP_LOG_MAX_SPEED=-1");
    }
    options.insert(options.end(), builder.driverOptions.begin(), builder.driverOptions.end());
    for (const std::string &option : options)
        words.insert(words.end(), {"--driver-opt", option});
    std::string flags = "--allow-insecure-entitlement=security.insecure --allow-insecure-entitlement=network.host";
    if (builder.driver == "docker-container")
        flags += " --oci-worker-net=host --oci-worker-gc-keepstorage=204800"; // in MB
    if (builder.driver != "remote")
        words.insert(words.end(), {"--buildkitd-flags", flags});
}

} // namespace

std::vector<std::string> Builder::platforms() const
{
    std::vector<std::string> all;
    for (const BuilderNode &node : nodes) {
        for (const std::string &platform : node.platforms) {
            if (std::find(all.begin(), all.end(), platform) == all.end())
                all.push_back(platform);
        }
    }
    return all;
}

bool Builder::isRunning() const
{
    return std::any_of(nodes.begin(), nodes.end(), [](const BuilderNode &node) { return node.status == "running"; });
}

bool Builder::canRun(const std::string &platform) const
{
    const std::vector<std::string> offered = platforms();
    return (offered.empty() && error.empty())
           || std::any_of(offered.begin(), offered.end(),
                          [&](const std::string &offer) { return serves(offer, platform); });
}

std::vector<Builder> parseBuilders(std::string_view output)
{
    std::vector<Builder> builders;
    forEachObject(output, [&](const Json &json) {
        Builder builder{textOf(json, "Name"), textOf(json, "Driver"), textOf(json, "Err"), flagOf(json, "Current"), {}};
        for (const Json &node : listOf(json, "Nodes"))
            builder.nodes.push_back(readNode(node));
        for (const BuilderNode &node : builder.nodes) {
            if (builder.error.empty())
                builder.error = node.error;
        }
        builders.push_back(std::move(builder));
    });
    return builders;
}

const Builder *findBuilder(const std::vector<Builder> &builders, const std::string &name)
{
    const auto found = std::find_if(builders.begin(), builders.end(), [&](const Builder &builder) {
        return name.empty() ? builder.current : builder.name == name;
    });
    return found == builders.end() ? nullptr : &*found;
}

const Builder *route(const std::vector<Builder> &builders, const std::string &preferred, const std::string &platform)
{
    const Builder *first = findBuilder(builders, preferred);
    if (first && first->error.empty() && first->canRun(platform))
        return first;
    const auto found = std::find_if(builders.begin(), builders.end(), [&](const Builder &builder) {
        return builder.isRunning() && builder.error.empty() && builder.canRun(platform);
    });
    return found == builders.end() ? nullptr : &*found;
}

std::vector<CacheUse> parseCacheUse(std::string_view output)
{
    std::vector<CacheUse> uses;
    forEachObject(output, [&](const Json &json) {
        uses.push_back({textOf(json, "Description"), textOf(json, "Type"), parseSize(textOf(json, "Size")),
                        flagOf(json, "Reclaimable")});
    });
    return uses;
}

CacheTotal totalOf(const std::vector<CacheUse> &uses)
{
    CacheTotal total;
    for (const CacheUse &use : uses) {
        total.bytes += use.bytes;
        total.reclaimable += use.reclaimable ? use.bytes : 0;
    }
    return total;
}

std::uint64_t parseSize(std::string_view text)
{
    double number = 0;
    const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || !(number >= 0) || number > 1e15)
        return 0;
    const std::string_view unit = text.substr(static_cast<std::size_t>(rest - text.data()));
    const std::size_t power =
        unit.empty() || unit == "B" ? 0 : std::string_view("_kMGTP").find(unit[0] == 'K' ? 'k' : unit[0]);
    if (power == std::string_view::npos)
        return 0;
    return static_cast<std::uint64_t>(
        std::llround(number * std::pow(unit.find('i') == unit.npos ? 1000.0 : 1024.0, double(power))));
}

Result<std::vector<std::string>> createArguments(const NewBuilder &builder)
{
    if (!isBuilderName(builder.name))
        return failure("builder-name-invalid", {}, "'" + builder.name + "' is no name for a builder",
                       "Use letters, digits, '-', '_' and '.'");
    if (builder.driver != "docker-container" && builder.driver != "remote" && builder.driver != "kubernetes")
        return failure("builder-driver-invalid", {},
                       "'" + builder.driver + "' is no kind of builder that can be created",
                       "Choose docker-container, remote or kubernetes");
    if (builder.driver == "remote" && builder.endpoint.empty())
        return failure("builder-endpoint-missing", {}, "A remote builder needs the address of its BuildKit",
                       "Give one as tcp://HOST:PORT or unix:///PATH");
    Words words = {"buildx", "create", "--name", builder.name, "--driver", builder.driver};
    if (builder.append)
        words.emplace_back("--append");
    if (builder.use)
        words.emplace_back("--use");
    std::string platforms;
    for (const std::string &platform : builder.platforms)
        platforms += (platforms.empty() ? "" : ",") + platform;
    if (!platforms.empty())
        words.insert(words.end(), {"--platform", platforms});
    addDriverOptions(words, builder);
    if (!builder.endpoint.empty())
        words.insert(words.end(), {"--", builder.endpoint});
    return words;
}

std::vector<std::string> listArguments()
{
    return {"buildx", "ls", "--format", "json"};
}

std::vector<std::string> inspectArguments(const std::string &builder)
{
    Words words = {"buildx", "inspect", "--bootstrap"};
    if (!builder.empty())
        words.insert(words.end(), {"--", builder});
    return words;
}

std::vector<std::string> cacheUseArguments(const std::string &builder)
{
    return withBuilder({"buildx", "du", "--format", "json"}, builder);
}

std::vector<std::string> pruneArguments(const std::string &builder, bool all, std::uint64_t keep)
{
    Words words = withBuilder({"buildx", "prune", "--force"}, builder); // the question was asked before
    if (all)
        words.emplace_back("--all");
    if (keep > 0)
        words.insert(words.end(), {"--max-used-space", std::to_string(keep)});
    return words;
}

std::vector<std::string> removeArguments(const std::string &builder)
{
    return {"buildx", "rm", "--force", "--", builder};
}

std::vector<std::string> useArguments(const std::string &builder)
{
    return {"buildx", "use", "--", builder};
}

Request adapted(Request request, const Builder &builder, const std::string &dockerfileText, Problems &notes)
{
    constexpr const char *insecure = "security.insecure";
    const auto asked = std::find(request.entitlements.begin(), request.entitlements.end(), insecure);
    if (builder.driver != "docker" || asked == request.entitlements.end()
        || dockerfileText.find("--security=insecure") != std::string::npos)
        return request;
    request.entitlements.erase(asked);
    notes.push_back({"entitlement-left-out",
                     Severity::Note,
                     {},
                     "security.insecure is left out: the Dockerfile does not use it, and the docker driver refuses it "
                     "unless the daemon's settings allow it",
                     "A docker-container builder allows it"});
    return request;
}

} // namespace runner::build
