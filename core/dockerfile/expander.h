// The one scanner behind expandWord, the search for heredocs and the check of quotes.
#pragma once

#include "dockerfile/expansion.h"
#include "dockerfile/glob.h"
#include "dockerfile/wordcollector.h"

#include <cstddef>
#include <limits>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace runner::dockerfile {

/// What went wrong, and at which byte of the word.
struct ExpansionFailure
{
    std::string id;
    std::string message;
    std::string advice;
    std::size_t offset = 0;
};

struct ExpansionOptions
{
    char escape = '\\';
    bool keepQuotes = false;
    bool keepEscapes = false;
    bool keepUnset = false;                    ///< $X stays where X is not set.
    bool ignoreRequired = false;               ///< ${X?m} is no error where X is not set: only the syntax is looked at.
    std::size_t limit = std::size_t{1} << 20U; ///< Bytes a result may have.
};

/// Enough for any word that a person writes; stops what would take minutes.
constexpr std::size_t defaultExpansionWork = std::size_t{64} << 20U;

/// Names in the order in which they were met, each once.
class NoteOfNames
{
public:
    void add(const std::string &name)
    {
        if (m_known.insert(name).second)
            m_names.push_back(name);
    }
    const std::vector<std::string> &all() const { return m_names; }

private:
    std::vector<std::string> m_names;
    std::set<std::string, std::less<>> m_known;
};

class Expander
{
public:
    /// The word, the lookup and the budget must outlive this.
    Expander(std::string_view word, const ExpansionOptions &options, const Lookup &lookup, WorkBudget &budget);

    /// Once only. False: see failure().
    bool run();

    const ExpansionFailure &failure() const { return m_failure; }
    const std::string &text() const { return m_text; }
    const std::vector<std::string> &references() const { return m_references.all(); }
    const std::vector<std::string> &unguarded() const { return m_unguarded.all(); }
    /// The text split at white space; quotes keep it together.
    std::vector<std::string> takeWords() { return m_collector.take(); }

private:
    struct Substitution; // what stands between "${" and "}", in parts

    bool readUntil(char stop, bool keepEscapes, std::size_t openedAt, std::string &out);
    bool readPiece(std::string &out, bool outermost);
    bool readPlain(std::string &out, bool outermost);
    bool readSingleQuotes(std::string &out);
    bool readDoubleQuotes(std::string &out);
    void readEscapedInQuotes(std::string &out);
    bool readDollar(std::string &out);
    bool readBraces(std::size_t openedAt, std::string &out);
    bool readDefaultForm(const Substitution &substitution, std::string &out);
    bool readReplacement(const Substitution &substitution, std::string &out);
    std::string readAngles();
    std::string readName();

    bool applyDefault(const Substitution &substitution, const std::string &word, std::string &out);
    bool required(const Substitution &substitution, const std::string &word, bool isSet, std::string &out);
    bool applyTrim(const Substitution &substitution, std::string_view value, std::string_view pattern,
                   std::string &out);
    bool giveValue(const std::string &name, const std::string &written, std::string &out);
    bool finishPattern(const Substitution &substitution, std::optional<std::string> result, std::string &out);

    std::optional<std::string> valueOf(const std::string &name);
    bool append(std::string &out, std::string_view piece);
    bool fail(const char *id, std::size_t offset, std::string message, std::string advice = {});
    bool failUnclosed(std::size_t openedAt, const char *what);
    bool failTooLong();

    bool atEnd() const { return m_at == m_word.size(); }
    char peek() const { return atEnd() ? '\0' : m_word[m_at]; }
    bool nextIs(char c) const { return !atEnd() && m_word[m_at] == c; }

    std::string_view m_word;
    ExpansionOptions m_options;
    const Lookup &m_lookup;
    WorkBudget &m_budget;

    std::size_t m_at = 0;
    int m_depth = 0;
    std::string m_text;
    NoteOfNames m_references;
    NoteOfNames m_unguarded;
    WordCollector m_collector;
    ExpansionFailure m_failure;
};

} // namespace runner::dockerfile
