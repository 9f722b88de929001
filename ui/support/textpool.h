// Many short texts in one buffer, searched for a word all at once.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace runner::ui {

class TextPool
{
public:
    /// Texts must not hold a line feed; they are lower-cased (ASCII).
    void add(std::string_view text);
    void reserve(std::size_t texts, std::size_t bytes);

    std::size_t size() const { return m_starts.size(); }
    std::string_view at(std::size_t index) const;
    bool contains(std::size_t index, std::string_view word) const;
    /// Marks in \a hits (sized size()) the texts that hold the word.
    void find(std::string_view word, std::vector<std::uint8_t> &hits) const;

private:
    std::string m_buffer; ///< Every text ends in a line feed, so that no word spans two.
    std::vector<std::size_t> m_starts;
};

/// ASCII letters in lower case.
std::string lowered(std::string_view text);

} // namespace runner::ui
