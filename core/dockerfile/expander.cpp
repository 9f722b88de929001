#include "dockerfile/expander.h"

#include "dockerfile/characters.h"

#include <utility>

namespace runner::dockerfile {

namespace {

constexpr int deepestNesting = 100;

constexpr const char *badSubstitution = "expansion-bad-substitution";

bool isSpecialParameter(char c)
{
    return c != '\0' && std::string_view("@*#?-$!0").find(c) != std::string_view::npos;
}

} // namespace

struct Expander::Substitution
{
    std::size_t openedAt = 0;
    std::string name;
    char form = '\0';          // - + ? # % /
    bool emptyIsUnset = false; // a colon stands before the form
};

Expander::Expander(std::string_view word, const ExpansionOptions &options, const Lookup &lookup, WorkBudget &budget)
    : m_word(word)
    , m_options(options)
    , m_lookup(lookup)
    , m_budget(budget)
{
}

bool Expander::run()
{
    return readUntil('\0', m_options.keepEscapes, 0, m_text);
}

// '\0' as stop: the end of the word.
bool Expander::readUntil(char stop, bool keepEscapes, std::size_t openedAt, std::string &out)
{
    const bool outermost = m_depth == 0;
    if (m_depth == deepestNesting) {
        return fail("expansion-too-deep", openedAt, "Substitutions are nested too deeply",
                    "Nest fewer than " + std::to_string(deepestNesting) + " of them");
    }
    ++m_depth;
    const bool outerKeeps = std::exchange(m_options.keepEscapes, keepEscapes);
    m_collector.dropCurrent();
    bool fine = true;
    while (fine && !atEnd() && (outermost || !nextIs(stop)))
        fine = readPiece(out, outermost);
    m_options.keepEscapes = outerKeeps;
    --m_depth;
    if (!fine || outermost)
        return fine;
    if (atEnd())
        return failUnclosed(openedAt, "substitution");
    ++m_at;
    return true;
}

bool Expander::readPiece(std::string &out, bool outermost)
{
    const char c = peek();
    const bool quote = (c == '"' || c == '\'');
    if (c != '$' && c != '<' && !quote)
        return readPlain(out, outermost);
    std::string piece;
    bool fine = true;
    if (c == '$')
        fine = readDollar(piece);
    else if (c == '<')
        piece = readAngles();
    else
        fine = c == '"' ? readDoubleQuotes(piece) : readSingleQuotes(piece);
    if (!fine || !append(out, piece))
        return false;
    if (outermost && c == '$')
        m_collector.addSplitting(piece);
    else if (outermost)
        m_collector.addWhole(piece);
    return true;
}

// One character, or an escape and the character after it. An escape at the very end is dropped.
bool Expander::readPlain(std::string &out, bool outermost)
{
    const bool escapes = nextIs(m_options.escape);
    if (escapes) {
        const std::string_view escape = m_word.substr(m_at++, 1);
        if (m_options.keepEscapes) {
            if (outermost)
                m_collector.addWhole(escape);
            if (!append(out, escape))
                return false;
        }
        if (atEnd())
            return true;
    }
    const std::string_view character = m_word.substr(m_at, codePointAt(m_word, m_at).size);
    m_at += character.size();
    if (outermost && escapes)
        m_collector.addWhole(character);
    else if (outermost)
        m_collector.addSplitting(character);
    return append(out, character);
}

bool Expander::readSingleQuotes(std::string &out)
{
    const std::size_t openedAt = m_at;
    const std::size_t closedAt = m_word.find('\'', m_at + 1);
    if (closedAt == std::string_view::npos)
        return failUnclosed(openedAt, "single quote");
    m_at = closedAt + 1;
    return append(out, m_options.keepQuotes ? m_word.substr(openedAt, m_at - openedAt)
                                            : m_word.substr(openedAt + 1, closedAt - openedAt - 1));
}

bool Expander::readDoubleQuotes(std::string &out)
{
    const std::size_t openedAt = m_at++;
    if (m_options.keepQuotes)
        out += '"';
    while (!atEnd() && !nextIs('"')) {
        std::string piece;
        if (nextIs('$')) {
            if (!readDollar(piece))
                return false;
        } else if (nextIs(m_options.escape)) {
            readEscapedInQuotes(piece);
        } else {
            piece = m_word[m_at++];
        }
        if (!append(out, piece))
            return false;
    }
    if (atEnd())
        return failUnclosed(openedAt, "double quote");
    ++m_at;
    if (m_options.keepQuotes)
        out += '"';
    return true;
}

// Within double quotes only a quote, a dollar sign and the escape itself can be escaped.
void Expander::readEscapedInQuotes(std::string &out)
{
    const char escape = m_word[m_at++];
    if (m_options.keepEscapes)
        out += escape;
    if (nextIs('"') || nextIs('$') || nextIs(escape))
        out += m_word[m_at++];
    else if (!atEnd())
        out += escape;
}

// "<<" keeps the blanks after it, so that "<< EOF" is one word.
std::string Expander::readAngles()
{
    const std::size_t start = m_at++;
    if (nextIs('<')) {
        ++m_at;
        while (nextIs(' ') || nextIs('\t') || nextIs('\r'))
            ++m_at;
    }
    return std::string(m_word.substr(start, m_at - start));
}

bool Expander::readDollar(std::string &out)
{
    const std::size_t openedAt = m_at++;
    if (nextIs('{')) {
        ++m_at;
        return readBraces(openedAt, out);
    }
    const std::string name = readName();
    if (name.empty()) {
        out = "$";
        return true;
    }
    return giveValue(name, "$" + name, out);
}

bool Expander::readBraces(std::size_t openedAt, std::string &out)
{
    if (atEnd())
        return failUnclosed(openedAt, "substitution");
    if (nextIs('{') || nextIs('}') || nextIs(':')) {
        return fail(badSubstitution, openedAt, "A name is missing after \"${\"",
                    "Write ${NAME}, or \\${ for the characters themselves");
    }
    Substitution substitution{openedAt, readName()};
    if (atEnd())
        return failUnclosed(openedAt, "substitution");
    substitution.form = m_word[m_at++];
    if (substitution.form == '}')
        return giveValue(substitution.name, "${" + substitution.name + "}", out);
    if (substitution.form == ':') {
        if (atEnd())
            return failUnclosed(openedAt, "substitution");
        substitution.emptyIsUnset = true;
        substitution.form = m_word[m_at++];
    }
    const bool trims = substitution.form == '#' || substitution.form == '%';
    // BuildKit tells unknown forms after a colon only where it needs the value.
    const bool untold = m_options.keepUnset && substitution.emptyIsUnset && !trims;
    const bool known = std::string_view("-+?#%/").find(substitution.form) != std::string_view::npos;
    if (!untold && (!known || (substitution.emptyIsUnset && (trims || substitution.form == '/')))) {
        return fail(badSubstitution, openedAt, "The substitution of " + substitution.name + " has no known form",
                    "Use one of ${X} ${X:-d} ${X:+a} ${X:?m} ${X#p} ${X%p} ${X/p/r}");
    }
    return substitution.form == '/' && !untold ? readReplacement(substitution, out)
                                               : readDefaultForm(substitution, out);
}

bool Expander::readDefaultForm(const Substitution &substitution, std::string &out)
{
    const bool trims = substitution.form == '#' || substitution.form == '%';
    m_references.add(substitution.name);
    if (trims)
        m_unguarded.add(substitution.name);
    std::string word;
    if (!readUntil('}', trims, substitution.openedAt, word))
        return false;
    if (!trims)
        return applyDefault(substitution, word, out);
    const std::optional<std::string> value = valueOf(substitution.name);
    if (!value && m_options.keepUnset)
        return append(out, "${" + substitution.name + substitution.form + word + "}");
    return applyTrim(substitution, value.value_or(""), word, out);
}

bool Expander::applyDefault(const Substitution &substitution, const std::string &word, std::string &out)
{
    const std::optional<std::string> value = valueOf(substitution.name);
    if (!value && m_options.keepUnset) {
        const std::string colon = substitution.emptyIsUnset ? ":" : "";
        return append(out, "${" + substitution.name + colon + substitution.form + word + "}");
    }
    const bool isSet = value && !(substitution.emptyIsUnset && value->empty());
    if (substitution.form == '?' && !isSet)
        return required(substitution, word, value.has_value(), out);
    if (substitution.form == '+')
        return append(out, isSet ? word : std::string());
    return append(out, isSet ? *value : word);
}

bool Expander::required(const Substitution &substitution, const std::string &word, bool isSet, std::string &out)
{
    if (m_options.ignoreRequired)
        return append(out, word);
    const std::string reason = isSet ? "is not allowed to be empty" : "is not allowed to be unset";
    return fail("expansion-required", substitution.openedAt, substitution.name + ": " + (word.empty() ? reason : word),
                "Give " + substitution.name + " a value");
}

bool Expander::applyTrim(const Substitution &substitution, std::string_view value, std::string_view pattern,
                         std::string &out)
{
    const bool longest = !pattern.empty() && pattern[0] == substitution.form;
    if (longest)
        pattern.remove_prefix(1);
    return finishPattern(substitution,
                         substitution.form == '#' ? withoutPrefix(value, pattern, longest, m_budget)
                                                  : withoutSuffix(value, pattern, longest, m_budget),
                         out);
}

bool Expander::readReplacement(const Substitution &substitution, std::string &out)
{
    m_references.add(substitution.name);
    m_unguarded.add(substitution.name);
    const bool all = nextIs('/');
    if (all)
        ++m_at;
    std::string pattern;
    std::string replacement;
    if (!readUntil('/', true, substitution.openedAt, pattern)
        || !readUntil('}', true, substitution.openedAt, replacement))
        return false;
    const std::optional<std::string> value = valueOf(substitution.name);
    if (!value && m_options.keepUnset)
        return append(out, "${" + substitution.name + "/" + pattern + "/" + replacement + "}");
    return finishPattern(
        substitution, withReplacement(value.value_or(""), pattern, replacement, all, m_options.limit, m_budget), out);
}

bool Expander::finishPattern(const Substitution &substitution, std::optional<std::string> result, std::string &out)
{
    if (m_budget.steps == 0)
        return failTooLong();
    if (!result) {
        return fail(badSubstitution, substitution.openedAt,
                    "The pattern in the substitution of " + substitution.name + " escapes an ordinary character",
                    "Escape only *, ?, \\, / and } in a pattern");
    }
    return append(out, *result);
}

// A number stops at the first character that is no digit, and a special parameter is one character long.
std::string Expander::readName()
{
    const std::size_t start = m_at;
    const bool number = isDigit(static_cast<unsigned char>(peek()));
    if (!number && isSpecialParameter(peek()))
        return std::string(m_word.substr(m_at++, 1));
    while (!atEnd()) {
        const CodePoint point = codePointAt(m_word, m_at);
        if (number ? !isDigit(point.value) : !isNameCharacter(point.value))
            break;
        m_at += point.size;
    }
    return std::string(m_word.substr(start, m_at - start));
}

bool Expander::giveValue(const std::string &name, const std::string &written, std::string &out)
{
    m_references.add(name);
    m_unguarded.add(name);
    const std::optional<std::string> value = valueOf(name);
    if (!value && m_options.keepUnset)
        return append(out, written);
    return append(out, value.value_or(""));
}

std::optional<std::string> Expander::valueOf(const std::string &name)
{
    return m_lookup ? m_lookup(name) : std::nullopt;
}

bool Expander::append(std::string &out, std::string_view piece)
{
    if (out.size() + piece.size() > m_options.limit || !m_budget.spend(piece.size()))
        return failTooLong();
    out += piece;
    return true;
}

bool Expander::fail(const char *id, std::size_t offset, std::string message, std::string advice)
{
    m_failure = {id, std::move(message), std::move(advice), offset};
    return false;
}

bool Expander::failUnclosed(std::size_t openedAt, const char *what)
{
    const bool quote = m_word[openedAt] != '$';
    return fail("expansion-unclosed", openedAt, std::string("A ") + what + " is not closed",
                quote ? "Add the closing quote, or escape this one" : "Add what closes it");
}

bool Expander::failTooLong()
{
    return fail("expansion-too-long", m_at < m_word.size() ? m_at : 0, "The expanded value is too long",
                "Use shorter values, and refer to fewer of them");
}

} // namespace runner::dockerfile
