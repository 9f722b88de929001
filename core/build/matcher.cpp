#define PCRE2_CODE_UNIT_WIDTH 8
#include "build/matcher.h"

#include <pcre2.h>

namespace runner::build {

using MatchClock = std::chrono::steady_clock;

/// When to give up, and the place that was tried last. Asked before every place that a match may begin at.
struct MatchLimits
{
    const std::atomic<bool> *stop = nullptr;
    std::chrono::microseconds each{0}; // none
    MatchClock::time_point until;
    int overruns = 0;
    std::size_t tried = 0;

    bool isOver() const { return (stop && *stop) || (each.count() > 0 && MatchClock::now() > until); }
};

namespace {

constexpr std::uint32_t workFromOnePlace = 200'000; // matching steps, one or two milliseconds
constexpr int mostOverruns = 3;

int askLimits(pcre2_callout_block *place, void *data)
{
    auto *limits = static_cast<MatchLimits *>(data);
    limits->tried = place->start_match;
    return limits->isOver() ? PCRE2_ERROR_CALLOUT : 0;
}

std::shared_ptr<pcre2_code> compileCode(const std::string &text, std::uint32_t options, int &error, PCRE2_SIZE &place)
{
    return {pcre2_compile(reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), options, &error, &place, nullptr),
            pcre2_code_free};
}

/// The same, which asks for its limits wherever a match may begin; as it is where that cannot be put around it.
std::shared_ptr<pcre2_code> guarded(std::shared_ptr<pcre2_code> code, const std::string &text, std::uint32_t options)
{
    int error = 0;
    PCRE2_SIZE place = 0;
    auto result = text.starts_with("(*") ? nullptr : compileCode("(?C1)(?:" + text + ")", options, error, place);
    return result ? result : std::move(code);
}

} // namespace

struct Matcher::Regex
{
    std::shared_ptr<pcre2_code> code;
    std::unique_ptr<pcre2_match_data, decltype(&pcre2_match_data_free)> data{nullptr, pcre2_match_data_free};
    std::unique_ptr<pcre2_match_context, decltype(&pcre2_match_context_free)> context{nullptr,
                                                                                      pcre2_match_context_free};
    MatchLimits limits;
    std::uint64_t undecided = 0;

    explicit Regex(std::shared_ptr<pcre2_code> compiled)
        : code(std::move(compiled))
        , data(pcre2_match_data_create_from_pattern(code.get(), nullptr), pcre2_match_data_free)
        , context(pcre2_match_context_create(nullptr), pcre2_match_context_free)
    {
        pcre2_set_match_limit(context.get(), workFromOnePlace);
        pcre2_set_callout(context.get(), askLimits, &limits);
    }
    Regex(const Regex &) = delete;
    Regex &operator=(const Regex &) = delete;
};

Query errorQuery()
{
    // Looks around instead of taking: what surrounds the word may be the end of another line.
    return {R"((?<![\w-])(?:error|fatal|failed|traceback|exception|no space left|command not found)(?![\w-]))"
            R"(|(?<!\S)(?:E: |ERR!|make(?:\[\d+\])?: \*\*\*))",
            true, false};
}

Matcher::Matcher(const Matcher &other)
    : m_text(other.m_text)
    , m_regex(other.m_regex ? std::make_unique<Regex>(other.m_regex->code) : nullptr)
{
}

Matcher::Matcher(Matcher &&) noexcept = default;
Matcher &Matcher::operator=(Matcher &&) noexcept = default;
Matcher::~Matcher() = default;

Result<Matcher> Matcher::compile(const Query &query)
{
    if (query.text.empty())
        return failure("query-empty", {}, "There is nothing to find");
    Matcher matcher;
    matcher.m_text = query.text;
    if (!query.regularExpression && query.caseSensitive)
        return matcher;
    const std::uint32_t options = PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_MULTILINE
                                  | (query.regularExpression ? 0 : PCRE2_LITERAL)
                                  | (query.caseSensitive ? 0 : PCRE2_CASELESS);
    // Of these PCRE2 allows beside LITERAL only some.
    const std::uint32_t allowed = query.regularExpression ? options : options & ~std::uint32_t(PCRE2_MULTILINE);
    int error = 0;
    PCRE2_SIZE place = 0;
    auto code = compileCode(query.text, allowed, error, place);
    if (!code) {
        unsigned char message[256] = {};
        pcre2_get_error_message(error, message, sizeof message);
        return failure("query-invalid", {{}, 1, static_cast<int>(place) + 1},
                       "The regular expression is wrong: " + std::string(reinterpret_cast<const char *>(message)));
    }
    if (query.regularExpression)
        code = guarded(std::move(code), query.text, allowed);
    pcre2_jit_compile(code.get(), PCRE2_JIT_COMPLETE); // without it matching is only slower
    matcher.m_regex = std::make_unique<Regex>(code);
    return matcher;
}

std::optional<Match> Matcher::find(std::string_view text, std::size_t from) const
{
    if (!m_regex) {
        const std::size_t place = findPlain(text, m_text, from);
        return place == text.npos ? std::nullopt : std::optional(Match{place, m_text.size()});
    }
    MatchLimits &limits = m_regex->limits;
    if (limits.overruns >= mostOverruns)
        return {};
    limits.until = limits.each.count() > 0 ? MatchClock::now() + limits.each : MatchClock::time_point();
    while (from <= text.size()) {
        limits.tried = from;
        const int found = pcre2_match(m_regex->code.get(), reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), from,
                                      0, m_regex->data.get(), m_regex->context.get());
        if (found == PCRE2_ERROR_NOMATCH)
            return {};
        if (found < 0) { // A limit was reached: on with the line after the one that reached it.
            ++m_regex->undecided;
            limits.overruns += limits.each.count() > 0 && limits.isOver() ? 1 : 0;
            const std::size_t end = text.find('\n', std::max(from, limits.tried));
            if (end == text.npos || limits.isOver())
                return {};
            from = end + 1;
            continue;
        }
        const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(m_regex->data.get());
        const std::size_t lineEnd = text.find('\n', ends[0]);
        if (lineEnd < ends[1]) { // It goes on in the next line: what is within this one counts.
            if (const auto within = find(text.substr(0, lineEnd), ends[0]))
                return within;
            from = lineEnd + 1;
        } else if (ends[1] > ends[0]) {
            return Match{ends[0], ends[1] - ends[0]};
        } else {
            from = std::max(from, ends[0]) + 1; // An empty match is nothing to see.
        }
    }
    return {};
}

std::uint64_t Matcher::undecided() const
{
    return m_regex ? m_regex->undecided : 0;
}

void Matcher::stopWith(const std::atomic<bool> &stop)
{
    if (m_regex)
        m_regex->limits.stop = &stop;
}

void Matcher::limitTime(std::chrono::microseconds each)
{
    if (m_regex)
        m_regex->limits.each = each;
}

} // namespace runner::build
