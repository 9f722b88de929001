#include "build/tool.h"

#include "transfer/processrun.h"

#include <QDir>
#include <QStandardPaths>

#include <algorithm>
#include <cstring>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace runner::build {

namespace {

std::filesystem::path sandboxHome()
{
    if (const QByteArray home = qgetenv("RUNNER_SANDBOX_HOME"); !home.isEmpty())
        return home.toStdString();
    const QByteArray cache = qgetenv("XDG_CACHE_HOME");
    const std::filesystem::path base =
        cache.isEmpty() ? QDir::homePath().toStdString() + "/.cache" : cache.toStdString();
    return base / "runner-console" / "sandbox";
}

bool takesConnections(const std::string &socketPath)
{
    sockaddr_un address = {};
    if (socketPath.size() >= sizeof address.sun_path)
        return false;
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, socketPath.c_str(), socketPath.size());
    const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    const bool connected = ::connect(socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0;
    ::close(socket);
    return connected;
}

bool holds(const std::string &text, const char *part)
{
    return text.find(part) != std::string::npos;
}

Problem error(const char *id, const std::string &message, const char *advice)
{
    return {id, Severity::Error, {}, message, advice};
}

std::string lastLine(const std::string &text)
{
    const std::size_t end = text.find_last_not_of(" \n\r\t");
    if (end == std::string::npos)
        return {};
    const std::size_t begin = text.rfind('\n', end);
    const std::string line =
        text.substr(begin == std::string::npos ? 0 : begin + 1, end - (begin == std::string::npos ? 0 : begin + 1) + 1);
    constexpr std::string_view mark = "ERROR: ";
    const std::string message = line.starts_with(mark) ? line.substr(mark.size()) : line;
    // Which one and why stands above.
    const bool sums = message.starts_with("failed to ") && message.find(" one or more ") != std::string::npos;
    const std::string above = sums && begin != std::string::npos ? lastLine(text.substr(0, begin)) : std::string();
    return above.empty() ? message : above;
}

/// docker itself, not its plugin, has looked at the arguments: it names an unknown command, or an option of the plugin.
bool isWithoutBuildx(const std::string &text)
{
    return holds(text, "unknown command: docker buildx") || holds(text, "'buildx' is not a docker command")
           || holds(text, "'docker --help'");
}

} // namespace

Result<Tool> findDocker()
{
    const QString program = QStandardPaths::findExecutable(QStringLiteral("docker"));
    if (program.isEmpty())
        return tl::unexpected(error("docker-missing", "The program docker is not installed",
                                    "Install docker with its buildx plugin (Debian: docker-cli and docker-buildx)"));
    return Tool{program.toStdString(), {}};
}

std::optional<Tool> sandboxDocker()
{
    const std::filesystem::path home = sandboxHome();
    const std::string socket = home / "run" / "docker.sock";
    const std::filesystem::path program = home / "root" / "usr" / "bin" / "docker";
    std::error_code ignored;
    if (!std::filesystem::exists(program, ignored) || !takesConnections(socket))
        return {};
    return Tool{program.string(),
                {{"DOCKER_HOST", "unix://" + socket},
                 {"DOCKER_CONFIG", (home / "config").string()},
                 {"PATH", program.parent_path().string() + ":" + qgetenv("PATH").toStdString()}}};
}

std::string Answer::reason() const
{
    return lastLine(errors);
}

ToolCall::ToolCall(const Tool &tool, const std::vector<std::string> &arguments, Done done)
    : m_process(std::make_unique<transfer::ProcessRun>(
        tool.program, arguments, "/", [done = std::move(done)](const transfer::ProcessResult &result) {
            done({result.started, result.exitCode, result.output, result.errors});
        }))
{
    for (const auto &[name, value] : tool.environment)
        m_process->setVariable(name, value);
    m_process->start();
}

ToolCall::~ToolCall() = default;

void ToolCall::interrupt()
{
    m_process->interrupt();
}

Problem explainError(const Answer &answer, const std::string &fallbackId)
{
    if (!lastLine(answer.errors).empty())
        return explainError(answer.errors, fallbackId);
    return error(fallbackId.c_str(), "docker ended with " + std::to_string(answer.exitCode) + " and said nothing of it",
                 "Try `docker buildx ls` in a terminal");
}

Problem explainError(const std::string &text, const std::string &fallbackId)
{
    if (holds(text, "permission denied")
        && (holds(text, "daemon socket") || holds(text, "docker API") || holds(text, "docker.sock")))
        return error("socket-permission", "You may not use docker's socket: " + lastLine(text),
                     "Join the group docker and log in again, or use rootless docker");
    if (holds(text, "Cannot connect to the Docker daemon") || holds(text, "failed to connect to the docker API")
        || holds(text, "connection refused") || holds(text, "no such host"))
        return error("daemon-unreachable", "The daemon does not answer: " + lastLine(text),
                     "Start docker, or choose another builder; scripts/sandbox up gives you one of your own");
    if (holds(text, "deadline exceeded") || holds(text, "DeadlineExceeded") || holds(text, "i/o timeout"))
        return error("daemon-unreachable", "The daemon took the connection and gave no answer: " + lastLine(text),
                     "Look at it where it runs, restart it, or choose another builder");
    if (isWithoutBuildx(text))
        return error("buildx-missing", "docker has no buildx plugin", "Install it (Debian: docker-buildx)");
    if (holds(text, "no builder \""))
        return error("builder-missing", lastLine(text), "Choose one that `docker buildx ls` lists, or create it");
    return error(fallbackId.c_str(), lastLine(text), "");
}

} // namespace runner::build
