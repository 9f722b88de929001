// Splits what an expansion gives into words at white space, as a shell would.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace runner::dockerfile {

class WordCollector
{
public:
    /// Text whose white space separates words.
    void addSplitting(std::string_view text);
    /// Text that is part of a word whatever it holds; even none begins a word.
    void addWhole(std::string_view text);
    /// Forgets the word begun. BuildKit shares one buffer between a word and the words nested in its substitutions, so
    /// what stands before such a substitution is lost to the list; where heredocs are looked for that can be seen.
    void dropCurrent() { m_current.clear(); }

    std::vector<std::string> take();

private:
    std::vector<std::string> m_words;
    std::string m_current;
    bool m_inWord = false;
};

} // namespace runner::dockerfile
