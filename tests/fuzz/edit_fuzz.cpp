// Reads any bytes as a matrix, edits it at random, and undoes that: the text is the old one to the byte.
#include "matrix/document.h"
#include "randomedits.h"
#include "text/textfile.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

using namespace runner;

namespace {

// The first bytes of the input, then zeros: so the fuzzer chooses the edits.
struct Choices
{
    const std::uint8_t *at;
    const std::uint8_t *end;

    std::size_t operator()() { return at == end ? 0U : *at++; }
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    constexpr std::size_t header = 16;
    if (size < header)
        return 0;
    Choices choices{data, data + header};
    auto text = text::decodeText(std::string(data + header, data + size), "matrix.yml");
    if (!text)
        return 0;
    auto document = matrix::Document::parse(std::move(text->text), "matrix.yml");
    for (int step = 0; document && step < 2; ++step) {
        const std::string before = document->text();
        auto edited = matrix::edit::applyEdit(*document, randomEdit(document->matrix(), choices));
        if (!edited)
            return 0;
        const std::string &after = edited->document.text();
        if (text::patched(before, edited->patches) != after
            || text::patched(after, text::inverse(before, edited->patches)) != before)
            std::abort();
        *document = std::move(edited->document);
    }
    return 0;
}
