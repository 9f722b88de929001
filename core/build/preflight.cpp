#include "build/preflight.h"

#include "text/textfile.h"

#include <filesystem>

namespace runner::build {

namespace {

std::string joined(const std::vector<std::string> &words)
{
    std::string text;
    for (const std::string &word : words)
        text += (text.empty() ? "" : ", ") + word;
    return text;
}

tl::unexpected<Problem> cannotRun(const Builder &builder, const std::string &platform)
{
    return failure("platform-unable", {},
                   "The builder " + builder.name + " cannot run " + platform + ", only " + joined(builder.platforms()),
                   "Add a node for it, or register QEMU for that architecture on the builder's machine");
}

/// buildx would say so at the end of the build only.
Result<void> checkArchive(const Request &request)
{
    if (request.output.kind != OutputKind::Archive)
        return {};
    const std::filesystem::path file = std::filesystem::path(request.folder) / request.output.file;
    std::error_code ignored;
    if (!std::filesystem::is_directory(file.parent_path(), ignored))
        return failure("folder-missing", {file.string()},
                       "The folder that the archive is to be written to is not there",
                       "Make it first, or choose another");
    return {};
}

} // namespace

Result<Ready> judgeBuilders(const std::vector<Builder> &builders, const Request &request,
                            const std::string &dockerfileText)
{
    const Builder *named = findBuilder(builders, request.builder);
    if (!named)
        return failure("builder-missing", {},
                       request.builder.empty() ? "buildx has no builder" : "There is no builder " + request.builder,
                       "Create one, or choose one of those that `docker buildx ls` lists");
    const Builder *chosen = request.builder.empty() ? route(builders, {}, request.platform) : named;
    if (!chosen && !named->error.empty())
        chosen = named;
    if (!chosen)
        return cannotRun(*named, request.platform);
    if (!chosen->error.empty())
        return tl::unexpected(explainError(chosen->error, "daemon-unreachable"));
    if (!chosen->canRun(request.platform))
        return cannotRun(*chosen, request.platform);
    Ready ready{request, *chosen, {}};
    if (chosen != named) {
        ready.request.builder = chosen->name;
        ready.notes.push_back(
            {"builder-routed",
             Severity::Note,
             {},
             request.platform + " is built on " + chosen->name + ": " + named->name + " cannot run it",
             {}});
    }
    ready.request = adapted(std::move(ready.request), *chosen, dockerfileText, ready.notes);
    return ready;
}

Preflight::Preflight(const Tool &tool, Request request, Done done)
    : m_request(std::move(request))
    , m_done(std::move(done))
{
    m_call = std::make_unique<ToolCall>(tool, listArguments(), [this](const Answer &answer) { answered(answer); });
}

void Preflight::answered(const Answer &answer)
{
    const Done done = std::move(m_done); // may destroy this
    done(judge(answer));
}

Result<Ready> Preflight::judge(const Answer &answer) const
{
    if (!answer.started)
        return failure("docker-missing", {}, "docker cannot be started: " + answer.errors,
                       "Install docker with its buildx plugin");
    if (!answer.good())
        return tl::unexpected(explainError(answer, "buildx-failed"));
    if (const auto good = checkArchive(m_request); !good)
        return tl::unexpected(good.error());
    constexpr std::size_t largest = 4U << 20U;
    const auto file = text::readTextFile(std::filesystem::path(m_request.folder) / m_request.dockerfile,
                                         m_request.dockerfile, largest);
    return judgeBuilders(parseBuilders(answer.output), m_request, file ? file->text : std::string());
}

} // namespace runner::build
