// Names, references and versions from any bytes: what parses comes back the same, and the order is an order.
#include "image/imagename.h"
#include "image/reference.h"
#include "image/version.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace runner;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

void checkName(std::string_view text)
{
    static const image::NameGrammar grammar({"cann", "cuda", "cudax", "Host", "x-y"}, {"vllm", "vllmx", "sglang"},
                                            "runner");
    const auto parsed = grammar.parse(text);
    if (!parsed)
        return;
    require(image::format(*parsed) == text);
    require(grammar.parse(image::format(*parsed)) == parsed);
}

void checkReference(const std::string &text)
{
    const image::SplitImage split = image::splitImage(text);
    require(split.name.size() + split.tag.size() + split.digest.size() <= text.size());
    const auto parsed = image::parseReference(text);
    if (!parsed)
        return;
    require(image::parseReference(image::format(*parsed)) == parsed);
    const image::Reference moved = image::replaced(*parsed, {"localhost:5000", "mine", ""});
    const auto movedAgain = image::parseReference(image::format(moved)); // Its name may be too long now.
    require(!movedAgain || *movedAgain == moved);
    require(image::replacedImage(text, {}) == text);
}

void checkVersions(std::string_view text)
{
    const std::size_t first = text.find('\n');
    const std::size_t second = first == std::string_view::npos ? first : text.find('\n', first + 1);
    if (second == std::string_view::npos)
        return;
    const image::Version a(text.substr(0, first));
    const image::Version b(text.substr(first + 1, second - first - 1));
    const image::Version c(text.substr(second + 1));
    require(a == a);
    require((a < b) == (b > a) && (a == b) == (b == a));
    require(!(a <= b && b <= c) || a <= c);
    require(!a.isPep440() || b.isPep440() || b < a);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string text(data, data + size);
    checkName(text);
    checkReference(text);
    checkVersions(text);
    return 0;
}
