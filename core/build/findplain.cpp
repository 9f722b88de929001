#include "build/matcher.h"

#include <bit>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace runner::build {

#ifdef __SSE2__

namespace {

/// 16 places at once: which of them have the needle's first byte, and its last one where that would be.
unsigned candidates(const char *at, std::size_t last, __m128i firstByte, __m128i lastByte)
{
    const __m128i first = _mm_loadu_si128(reinterpret_cast<const __m128i *>(at));
    const __m128i other = _mm_loadu_si128(reinterpret_cast<const __m128i *>(at + last));
    return static_cast<unsigned>(
        _mm_movemask_epi8(_mm_and_si128(_mm_cmpeq_epi8(first, firstByte), _mm_cmpeq_epi8(other, lastByte))));
}

} // namespace

#endif

std::size_t findPlain(std::string_view text, std::string_view needle, std::size_t from)
{
    std::size_t i = from;
#ifdef __SSE2__
    if (!needle.empty()) {
        const std::size_t last = needle.size() - 1;
        const __m128i firstByte = _mm_set1_epi8(needle.front());
        const __m128i lastByte = _mm_set1_epi8(needle.back());
        for (; i + last + 16 <= text.size(); i += 16) {
            unsigned places = candidates(text.data() + i, last, firstByte, lastByte);
            for (; places != 0; places &= places - 1) {
                const std::size_t place = i + static_cast<std::size_t>(std::countr_zero(places));
                if (std::memcmp(text.data() + place, needle.data(), needle.size()) == 0)
                    return place;
            }
        }
    }
#endif
    return i > text.size() ? std::string_view::npos : text.find(needle, i);
}

} // namespace runner::build
