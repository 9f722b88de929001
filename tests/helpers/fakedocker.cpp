// Stands for docker in tests: plays a recorded stream at any speed and in any pieces, and answers what is asked beside.
// Everything comes from the environment:
//   FAKE_DOCKER_BUILDERS   text that `buildx ls` prints; FAKE_DOCKER_ERROR: that it fails with
//   FAKE_DOCKER_STREAM     file that `buildx build` writes to stderr, FAKE_DOCKER_REPEAT times (1)
//   FAKE_DOCKER_PIECE      in pieces of so many bytes (4096), FAKE_DOCKER_PAUSE microseconds apart (0)
//   FAKE_DOCKER_METADATA   text for its metadata file
//   FAKE_DOCKER_EXIT       what it ends with (0); signal N: 128 + N
//   FAKE_DOCKER_HANG       goes on running after the stream: "polite" until a signal, "deaf" until KILL
//   FAKE_DOCKER_CHILD      leaves a child behind that holds the output open for so many seconds and writes "late" then
//   FAKE_DOCKER_RUNNING    text that `buildx history ls` prints, FAKE_DOCKER_INSPECT: `buildx history inspect`
//   FAKE_DOCKER_SILENT     `buildx history` gives no answer until it is killed
//   FAKE_DOCKER_MANIFEST   text that `buildx imagetools inspect` prints, FAKE_DOCKER_SIZE: `image inspect`
//   FAKE_DOCKER_LOG        file that the arguments are appended to, a line a call
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <unistd.h>
#include <vector>

namespace {

std::string variable(const char *name, const char *otherwise = "")
{
    const char *value = std::getenv(name);
    return value ? value : otherwise;
}

volatile std::sig_atomic_t received = 0;

extern "C" void remember(int signal)
{
    received = signal;
}

void catchSignals(bool deaf)
{
    for (const int signal : {SIGINT, SIGTERM})
        std::signal(signal, deaf ? SIG_IGN : remember);
}

bool writeAll(int file, std::string_view bytes)
{
    while (!bytes.empty() && received == 0) {
        const ssize_t count = ::write(file, bytes.data(), bytes.size());
        if (count < 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return received == 0;
}

std::string contents(const std::string &path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void play(const std::string &stream)
{
    const std::size_t piece = std::stoul(variable("FAKE_DOCKER_PIECE", "4096"));
    const auto pause = static_cast<useconds_t>(std::stoul(variable("FAKE_DOCKER_PAUSE", "0")));
    for (unsigned long turn = std::stoul(variable("FAKE_DOCKER_REPEAT", "1")); turn > 0; --turn) {
        for (std::size_t i = 0; i < stream.size(); i += piece) {
            if (!writeAll(STDERR_FILENO, std::string_view(stream).substr(i, piece)))
                return;
            if (pause > 0)
                ::usleep(pause);
        }
    }
}

void leaveChild()
{
    const unsigned seconds = static_cast<unsigned>(std::stoul(variable("FAKE_DOCKER_CHILD", "0")));
    if (seconds == 0 || ::fork() != 0)
        return;
    ::sleep(seconds);
    writeAll(STDERR_FILENO, "late\n");
    std::_Exit(0);
}

int build(const std::vector<std::string> &arguments)
{
    const std::string hang = variable("FAKE_DOCKER_HANG");
    catchSignals(hang == "deaf");
    leaveChild();
    play(contents(variable("FAKE_DOCKER_STREAM")));
    while (!hang.empty() && received == 0)
        ::usleep(1000);
    if (received != 0)
        return 130;
    for (std::size_t i = 0; i + 1 < arguments.size(); ++i) {
        if (arguments[i] == "--metadata-file" && !variable("FAKE_DOCKER_METADATA").empty())
            std::ofstream(arguments[i + 1]) << variable("FAKE_DOCKER_METADATA");
    }
    return std::stoi(variable("FAKE_DOCKER_EXIT", "0"));
}

int answer(const std::string &text)
{
    std::fputs(text.c_str(), stdout);
    return 0;
}

bool has(const std::vector<std::string> &arguments, const char *word)
{
    for (const std::string &argument : arguments) {
        if (argument == word)
            return true;
    }
    return false;
}

int run(const std::vector<std::string> &arguments)
{
    if (has(arguments, "build"))
        return build(arguments);
    if (!variable("FAKE_DOCKER_ERROR").empty()) {
        std::fputs(variable("FAKE_DOCKER_ERROR").c_str(), stderr);
        return 1;
    }
    if (has(arguments, "imagetools") && has(arguments, "inspect"))
        return answer(variable("FAKE_DOCKER_MANIFEST"));
    if (has(arguments, "image") && has(arguments, "inspect"))
        return answer(variable("FAKE_DOCKER_SIZE"));
    if (has(arguments, "history") && !variable("FAKE_DOCKER_SILENT").empty())
        ::pause();
    if (has(arguments, "history"))
        return answer(variable(has(arguments, "ls") ? "FAKE_DOCKER_RUNNING" : "FAKE_DOCKER_INSPECT"));
    if (has(arguments, "ls"))
        return answer(variable(
            "FAKE_DOCKER_BUILDERS",
            R"({"Name":"default","Driver":"docker","Current":true,"Nodes":[{"Name":"default","Status":"running","Platforms":["linux/amd64","linux/arm64"]}]})"));
    return 0;
}

void log(const std::vector<std::string> &arguments)
{
    if (variable("FAKE_DOCKER_LOG").empty())
        return;
    std::string line;
    for (const std::string &argument : arguments)
        line += (line.empty() ? "" : " ") + argument;
    std::ofstream(variable("FAKE_DOCKER_LOG"), std::ios::app) << line + "\n";
}

} // namespace

int main(int argc, char **argv)
{
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    log(arguments);
    return run(arguments);
}
