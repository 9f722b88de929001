#include "pack/transcripts.h"

#include "workspace/paths.h"

namespace runner::ui {

namespace {

constexpr std::size_t mostTranscriptBytes = 8U << 20U;
constexpr const char *folders[] = {"pack/transcripts", "tests/e2e/rehearsal/golden"};

} // namespace

Result<Transcript> readTranscript(const std::filesystem::path &root, const std::string &backend,
                                  const std::string &service, const std::string &platform)
{
    const std::string name = "/" + backend + "/" + service;
    const std::string architecture = platform.substr(platform.find('/') + 1);
    const bool safe = workspace::isSafeName(backend) && workspace::isSafeName(service);
    for (const char *folder : folders) {
        for (const std::string &end : {'.' + architecture + ".txt", std::string(".txt")}) {
            const std::string file = folder + name + end;
            if (!safe || (end.size() > 4 && !workspace::isSafeName(architecture)) || !workspace::isPresent(root / file))
                continue;
            auto text = workspace::readInside(root, file, mostTranscriptBytes);
            if (!text)
                return tl::unexpected<Problem>(text.error());
            return Transcript{file, std::move(*text)};
        }
    }
    return failure("transcript-missing", {}, "No rehearsal of " + backend + ", " + service + " has been recorded",
                   "Keep its transcript as " + std::string(folders[0]) + name + ".txt");
}

} // namespace runner::ui
