#include "build/stillrunning.h"

#include "build/jsonfields.h"
#include "build/timestamp.h"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace runner::build {

namespace {

constexpr int mostAsked = 6;
constexpr std::chrono::milliseconds betweenAsking{500};
constexpr Time clockDifference = 2'000'000'000; // the builder's clock may be another one

bool isRunning(std::string status)
{
    std::transform(status.begin(), status.end(), status.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
    return status == "running";
}

std::vector<std::string> historyArguments(const Request &request, std::vector<std::string> what)
{
    std::vector<std::string> arguments = {"buildx", "history"};
    arguments.insert(arguments.end(), what.begin(), what.end());
    if (!request.builder.empty())
        arguments.insert(arguments.begin() + 1, {"--builder", request.builder});
    return arguments;
}

// Others may build the same target of another version, or of another pack centre, at the same time.
bool hasArguments(const Json &json, Pairs wanted)
{
    const auto told = json.find("BuildArgs");
    if (told == json.end() || !told->is_array())
        return true;
    Pairs arguments;
    for (const Json &each : *told)
        arguments.emplace_back(textOf(each, "Name"), textOf(each, "Value"));
    std::sort(arguments.begin(), arguments.end());
    std::sort(wanted.begin(), wanted.end());
    return arguments == wanted;
}

bool isOtherFolder(const std::filesystem::path &context, const std::filesystem::path &folder)
{
    if (!context.is_absolute() || folder.empty())
        return false;
    const std::filesystem::path way = context.lexically_normal().lexically_relative(folder.lexically_normal());
    return way.empty() || *way.begin() == "..";
}

bool hasPlatform(const Json &json, const std::string &platform)
{
    const auto told = json.find("Platform");
    return told == json.end() || !told->is_array() || told->empty()
           || std::find(told->begin(), told->end(), Json(platform)) != told->end();
}

} // namespace

std::vector<std::string> runningSince(std::string_view output, Time since)
{
    std::vector<std::string> identifiers;
    while (!output.empty()) {
        const std::size_t end = std::min(output.find('\n'), output.size());
        const Json json = Json::parse(output.substr(0, end), nullptr, false);
        output.remove_prefix(std::min(end + 1, output.size()));
        if (!json.is_object() || !isRunning(textOf(json, "status")) || parseTime(textOf(json, "created_at")) < since)
            continue;
        const std::string reference = textOf(json, "ref");
        if (!reference.empty())
            identifiers.push_back(reference.substr(reference.rfind('/') + 1));
    }
    return identifiers;
}

bool tellsOf(std::string_view output, const Request &request)
{
    const Json json = Json::parse(output, nullptr, false);
    if (!json.is_object() || !isRunning(textOf(json, "Status")) || textOf(json, "Target") != request.target)
        return false;
    if (!hasPlatform(json, request.platform) || !hasArguments(json, request.buildArguments)
        || isOtherFolder(textOf(json, "Context"), request.folder))
        return false;
    const std::string dockerfile = textOf(json, "Dockerfile");
    return dockerfile.empty() || request.dockerfile.ends_with(dockerfile) || dockerfile.ends_with(request.dockerfile);
}

StillRunning::StillRunning(Tool tool, Request request, Time since, std::chrono::milliseconds limit, Done done)
    : m_tool(std::move(tool))
    , m_request(std::move(request))
    , m_since(since - clockDifference)
    , m_done(std::move(done))
{
    m_limit.setSingleShot(true);
    QObject::connect(&m_limit, &QTimer::timeout, &m_limit, [this] { giveUp(); });
    m_limit.start(limit);
    m_timer.setSingleShot(true);
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { ask(); });
    m_timer.start(0);
}

void StillRunning::ask()
{
    ++m_asked;
    m_call = std::make_unique<ToolCall>(m_tool, historyArguments(m_request, {"ls", "--format", "json", "--no-trunc"}),
                                        [this](const Answer &answer) { listed(answer); });
}

void StillRunning::listed(const Answer &answer)
{
    if (!answer.good()) {
        end(Problem{"cancel-unverified",
                    Severity::Warning,
                    {},
                    "The builder cannot be asked whether the build still runs: " + answer.reason(),
                    {}});
        return;
    }
    m_candidates = runningSince(answer.output, m_since);
    inspectNext();
}

void StillRunning::inspectNext()
{
    if (m_candidates.empty()) {
        end({});
        return;
    }
    const std::string identifier = m_candidates.back();
    m_candidates.pop_back();
    m_call =
        std::make_unique<ToolCall>(m_tool, historyArguments(m_request, {"inspect", identifier, "--format", "json"}),
                                   [this, identifier](const Answer &answer) { inspected(identifier, answer); });
}

void StillRunning::inspected(const std::string &identifier, const Answer &answer)
{
    if (!answer.good() || !tellsOf(answer.output, m_request)) // or it has ended in the meantime
        inspectNext();
    else if (m_asked < mostAsked)
        m_timer.start(betweenAsking);
    else
        end(Problem{"build-still-running",
                    Severity::Warning,
                    {},
                    "The builder still works on the cancelled build " + identifier,
                    "Look at it with `docker buildx history inspect " + identifier
                        + "`: it may work on a step for another build, too. Restarting the builder ends both"});
}

void StillRunning::giveUp()
{
    m_call.reset();
    end(Problem{"cancel-unverified",
                Severity::Warning,
                {},
                "The builder does not answer whether the build still runs",
                "Ask it later with `docker buildx history ls`; restarting the builder ends what runs"});
}

void StillRunning::end(const std::optional<Problem> &problem)
{
    m_limit.stop();
    m_timer.stop();
    const Done done = std::move(m_done);
    done(problem); // may destroy this
}

} // namespace runner::build
