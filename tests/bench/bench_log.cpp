// Times the way of a build's output to disk, its index, and finding in it. scripts/bench puts peers beside the figures.
// usage: bench_log record FOLDER LINES | bench_log open FOLDER | bench_log find FOLDER TEXT
// Prints "NAME VALUE" lines.
#include "build/find.h"
#include "build/recording.h"

#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <sys/resource.h>

using namespace runner;

namespace {

double now()
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// What this process has used of a core so far, in seconds.
double processorTime()
{
    rusage used = {};
    ::getrusage(RUSAGE_SELF, &used);
    return double(used.ru_utime.tv_sec + used.ru_stime.tv_sec)
           + double(used.ru_utime.tv_usec + used.ru_stime.tv_usec) * 1e-6;
}

void put(const char *name, double value)
{
    std::printf("%s %.6f\n", name, value);
}

// As BuildKit writes it; one line of 100 bytes in each, the least favourable size.
std::string logEvent(const std::string &base64, int step)
{
    return R"({"logs":[{"vertex":"sha256:84c7c4b998355ac208ac423a6f52b347164dcc0d4ea8c7cd675bb9e0f854bab)"
           + std::to_string(step) + R"(","stream":1,"data":")" + base64
           + R"(","timestamp":"2026-11-23T08:38:12.462924448Z"}]})" + "\n";
}

// 99 characters and a line end, in base64.
constexpr const char *lineText =
    "IzEyIDQ1LjYgW3ZsbG0gMy85XSBnKysgLU8yIC1mUElDIC1jIHNyYy9rZXJuZWxzL2F0dGVudGlvbi5jcHAgLW8gYnVp"
    "bGQva2VybmVscy9hdHRlbnRpb24ubyAtSS91c3IK";

bool record(const std::filesystem::path &folder, std::size_t lines)
{
    std::string piece;
    std::size_t linesInPiece = 0;
    while (piece.size() < (64U << 10U)) {
        piece += logEvent(lineText, static_cast<int>(linesInPiece % 8));
        ++linesInPiece;
    }
    auto recording = build::Recording::create(folder, "Dockerfile");
    if (!recording)
        return false;
    const double start = now();
    const double processorStart = processorTime();
    std::size_t written = 0;
    for (; written < lines; written += linesInPiece) {
        if (!(*recording)->write(piece))
            return false;
    }
    const double recorded = now();
    if (!(*recording)->finish())
        return false;
    put("lines", double(written));
    put("seconds", recorded - start);
    put("core_seconds", processorTime() - processorStart);
    put("finish_seconds", now() - recorded);
    put("lost", double(written) - double((*recording)->log()->lines()));
    put("index_bytes_a_line", double((*recording)->log()->indexBytes()) / double(written));
    put("stream_bytes_a_line", double(piece.size()) / double(linesInPiece));
    return true;
}

Result<std::shared_ptr<build::Log>> openLog(const std::filesystem::path &folder)
{
    return build::Log::open(folder / build::logFile, folder / build::indexFile);
}

bool open(const std::filesystem::path &folder)
{
    const double start = now();
    const auto log = openLog(folder);
    if (!log)
        return false;
    const auto lines = (*log)->read((*log)->lines() - 50, 50);
    const auto step = (*log)->readStep(3, (*log)->linesOfStep(3) - 50, 50);
    put("seconds", now() - start);
    put("lines", double((*log)->lines()));
    return lines.size() == 50 && step.size() == 50;
}

bool find(const std::filesystem::path &folder, const char *text, bool regular)
{
    const auto log = openLog(folder);
    if (!log)
        return false;
    std::mutex mutex;
    std::condition_variable changed;
    const double start = now();
    double first = 0;
    bool ended = false;
    build::Find found(*log, *build::Matcher::compile({text, regular, true}), {}, [&] {
        const std::lock_guard lock(mutex);
        first = first == 0 ? now() : first;
        changed.notify_all();
    });
    std::unique_lock lock(mutex);
    while (!(ended = found.finished()))
        changed.wait_for(lock, std::chrono::milliseconds(1));
    put("seconds", now() - start);
    put("first_seconds", first - start);
    put("matching_lines", double(found.matchingLines()));
    return ended;
}

bool run(int argc, char **argv)
{
    const auto is = [&](const char *name, int count) { return argc == count && std::strcmp(argv[1], name) == 0; };
    if (is("record", 4))
        return record(argv[2], std::strtoull(argv[3], nullptr, 10));
    if (is("open", 3))
        return open(argv[2]);
    if (is("find", 4) || is("regex", 4))
        return find(argv[2], argv[3], is("regex", 4));
    return false;
}

} // namespace

int main(int argc, char **argv)
{
    return run(argc, argv) ? 0 : 1;
}
