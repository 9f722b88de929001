// Writes JSON text piece by piece, so that a catalogue of any size needs no tree in memory. Private to this folder.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace runner::catalog {

/// Either indented (2 spaces a level, every member on a line of its own) or on one line.
/// Text that is not UTF-8 is written with replacement characters: the output is always valid.
class JsonWriter
{
public:
    enum class Layout { Indented, OneLine };

    explicit JsonWriter(Layout layout)
        : m_layout(layout)
    {
    }

    void beginObject() { open('{'); }
    void endObject() { close('}'); }
    void beginArray() { open('['); }
    void endArray() { close(']'); }
    void key(std::string_view name);
    void text(std::string_view value);
    void boolean(bool value);
    void member(std::string_view name, std::string_view value);
    void member(std::string_view name, bool value);
    void member(std::string_view name, const char *value) { member(name, std::string_view(value)); }

    /// A value that is JSON text already, laid out anew; numbers and escapes stay as they are.
    void json(std::string_view value);
    /// The members of a JSON object's text, in the object that is open; nothing for an empty text.
    void membersOf(std::string_view object);

    /// What was written so far.
    const std::string &result() const { return m_text; }
    std::string takeResult() { return std::move(m_text); }

private:
    void open(char bracket);
    void close(char bracket);
    void startValue();
    void newLine();
    void quote(std::string_view value);
    void escape(char c);
    std::size_t copyString(std::string_view json, std::size_t begin);
    std::size_t copyToken(std::string_view json, std::size_t at, std::string &opened);

    Layout m_layout;
    std::string m_text;
    std::vector<bool> m_hasItems; ///< One for every open bracket.
    bool m_afterKey = false;
};

/// A text as a JSON string, with its quotes.
std::string jsonText(std::string_view text);

} // namespace runner::catalog
