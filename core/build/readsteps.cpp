#include "build/readsteps.h"

#include "build/decoder.h"
#include "build/mappedfile.h"
#include "build/recording.h"
#include "build/zstdfile.h"

#include <algorithm>

namespace runner::build {

namespace {

constexpr std::size_t decodedAtOnce = std::size_t(1) << 20U;

/// Calls \a use with the stream's bytes until it returns false.
Result<bool> forEachPiece(const std::filesystem::path &folder, const std::function<bool(std::string_view)> &use)
{
    if (std::error_code error; std::filesystem::exists(folder / compressedStreamFile, error))
        return readCompressed(folder / compressedStreamFile, use);
    const auto stream = MappedFile::open(folder / streamFile);
    if (!stream)
        return tl::unexpected(stream.error());
    for (std::string_view rest = stream->bytes(); !rest.empty();
         rest.remove_prefix(std::min(rest.size(), decodedAtOnce))) {
        if (!use(rest.substr(0, decodedAtOnce)))
            break;
    }
    return true;
}

} // namespace

Result<Steps> readSteps(const std::filesystem::path &folder, const std::string &dockerfile, Time ended,
                        const std::function<bool()> &goOn)
{
    Steps steps(dockerfile);
    Decoder decoder([&steps](const Event &event) {
        std::visit(
            [&steps](const auto &told) {
                if constexpr (requires { steps.apply(told); })
                    steps.apply(told);
                else
                    steps.indexOf(told.vertex); // The same order as in the log's index.
            },
            event);
    });
    bool stopped = false;
    const auto read = forEachPiece(folder, [&](std::string_view bytes) {
        decoder.feed(bytes);
        stopped = goOn && !goOn();
        return !stopped;
    });
    if (stopped)
        return failure("cancelled", {}, "Reading the steps was cancelled");
    if (!read)
        return tl::unexpected(read.error());
    decoder.finish();
    steps.end(ended);
    return steps;
}

} // namespace runner::build
