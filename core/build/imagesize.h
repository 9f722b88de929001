// How large a built image is, asked where it went.
#pragma once

#include "build/metadata.h"
#include "build/tool.h"

#include <QTimer>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace runner::build {

/// What `docker buildx imagetools inspect --raw` says of an image.
struct RawManifest
{
    std::int64_t size =
        0;             ///< Bytes of configuration and layers, compressed as the registry has them; 0: it is an index.
    std::string image; ///< Of an index: the digest of its first image that is no attestation.
};

/// Empty for what is no manifest.
RawManifest parseRawManifest(std::string_view text);

/// Asks for the size in bytes: of a pushed image the registry for what is downloaded (configuration and layers,
/// compressed), of a loaded one the local store for what it takes there, of an archive the disk. Gives 0, once, for a
/// build without a result, and where nobody answers within ten seconds. Needs an event loop; never blocks.
class ImageSize
{
public:
    using Done = std::function<void(std::int64_t bytes)>; ///< May destroy this.

    ImageSize(Tool tool, Request request, const Metadata &metadata, Done done);

private:
    void ask(const std::string &digest);
    void inspected(const Answer &answer, bool mayBeIndex);
    void askStore();
    void end(std::int64_t bytes);

    Tool m_tool;
    Request m_request;
    Done m_done;
    QTimer m_timer;
    std::unique_ptr<ToolCall> m_call;
};

} // namespace runner::build
