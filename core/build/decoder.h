// From the bytes that `docker buildx build --progress rawjson` writes to events.
#pragma once

#include "build/event.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace runner::build {

/// Bytes may come in any pieces. Unknown members are skipped, and a line that is no JSON object is text; nothing that
/// comes in makes it fail. Holds one line and what decoding it takes, about six times longestLine at worst.
class Decoder
{
public:
    using Handler = std::function<void(const Event &)>;

    /// Longer lines are not decoded but told as text, in pieces.
    static constexpr std::size_t longestLine = std::size_t(160) << 20U;

    explicit Decoder(Handler handler);
    ~Decoder();
    Decoder(const Decoder &) = delete;
    Decoder &operator=(const Decoder &) = delete;

    void feed(std::string_view bytes);
    /// The input has ended: decodes a last line that has no end, of a record that is cut what is there.
    void finish();

private:
    void decodeLine(std::size_t begin, std::size_t end);
    bool finishCut();
    void giveUpLongLine();

    class Parser;
    std::unique_ptr<Parser> m_parser;
    Handler m_handler;
    std::string m_buffer;       ///< Begins with the line that is not complete.
    std::size_t m_searched = 0; ///< Bytes of it that hold no line end.
    bool m_inLongLine = false;
};

} // namespace runner::build
