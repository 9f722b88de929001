// Any bytes as a line of a log: what is shown is UTF-8 without control characters, and spans lie in the text.
#include "build/ansi.h"
#include "build/matcher.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

using namespace runner::build;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

bool isContinuation(char c)
{
    return (static_cast<unsigned char>(c) & 0xc0U) == 0x80;
}

void findIn(const std::string &bytes)
{
    const std::size_t cut = bytes.size() < 8 ? bytes.size() : 8;
    const std::string pattern = bytes.substr(0, cut);
    for (const bool regular : {false, true}) {
        const auto matcher = Matcher::compile({pattern, regular, regular});
        const auto match = matcher ? matcher->find(bytes) : std::nullopt;
        require(!match || (match->length > 0 && match->begin + match->length <= bytes.size()));
    }
    require(cut == 0 || findPlain(bytes, pattern, 0) == 0);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string bytes(data, data + size);
    const StyledLine line = styledLine(bytes);
    for (const char c : line.text)
        require(c == '\t' || static_cast<unsigned char>(c) >= 0x20);
    std::size_t end = 0;
    for (const Span &span : line.spans) {
        require(span.length > 0 && span.begin >= end);
        end = span.begin + span.length;
        require(end <= line.text.size());
        require(!isContinuation(line.text[span.begin]) && (end == line.text.size() || !isContinuation(line.text[end])));
    }
    require(plainLine(line.text) == line.text);
    findIn(bytes);
    return 0;
}
