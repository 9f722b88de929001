#include "catalog/jsonwriter.h"

#include "text/position.h"

#include <algorithm>

namespace runner::catalog {

namespace {

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool endsScalar(char c)
{
    return isBlank(c) || c == ',' || c == ':' || c == '}' || c == ']';
}

std::string_view withoutBlanks(std::string_view text)
{
    while (!text.empty() && isBlank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isBlank(text.back()))
        text.remove_suffix(1);
    return text;
}

} // namespace

void JsonWriter::newLine()
{
    if (m_layout == Layout::OneLine)
        return;
    m_text += '\n';
    m_text.append(2 * m_hasItems.size(), ' ');
}

// The comma and the line break before a key or an item.
void JsonWriter::startValue()
{
    if (m_afterKey) {
        m_afterKey = false;
        return;
    }
    if (m_hasItems.empty())
        return;
    if (m_hasItems.back())
        m_text += m_layout == Layout::OneLine ? ", " : ",";
    m_hasItems.back() = true;
    newLine();
}

void JsonWriter::open(char bracket)
{
    startValue();
    m_text += bracket;
    m_hasItems.push_back(false);
}

void JsonWriter::close(char bracket)
{
    const bool hadItems = m_hasItems.back();
    m_hasItems.pop_back();
    if (hadItems)
        newLine();
    m_text += bracket;
}

void JsonWriter::key(std::string_view name)
{
    startValue();
    quote(name);
    m_text += ": ";
    m_afterKey = true;
}

void JsonWriter::text(std::string_view value)
{
    startValue();
    quote(value);
}

void JsonWriter::boolean(bool value)
{
    startValue();
    m_text += value ? "true" : "false";
}

void JsonWriter::member(std::string_view name, std::string_view value)
{
    key(name);
    text(value);
}

void JsonWriter::member(std::string_view name, bool value)
{
    key(name);
    boolean(value);
}

void JsonWriter::escape(char c)
{
    constexpr std::string_view hexDigits = "0123456789abcdef";
    const auto code = static_cast<unsigned char>(c);
    switch (c) {
    case '"':
    case '\\':
        m_text += '\\';
        m_text += c;
        break;
    case '\n':
        m_text += "\\n";
        break;
    case '\r':
        m_text += "\\r";
        break;
    case '\t':
        m_text += "\\t";
        break;
    default:
        m_text += "\\u00";
        m_text += hexDigits[code >> 4U];
        m_text += hexDigits[code & 0xFU];
    }
}

void JsonWriter::quote(std::string_view value)
{
    m_text += '"';
    while (!value.empty()) {
        const std::size_t bad = text::findInvalidUtf8(value);
        for (const char c : value.substr(0, bad)) {
            if (c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20U || c == '\x7f')
                escape(c);
            else
                m_text += c;
        }
        if (bad == std::string_view::npos)
            break;
        m_text += "\xEF\xBF\xBD";
        value.remove_prefix(bad + 1);
    }
    m_text += '"';
}

// Copies the quoted text that begins at \a begin; gives the offset after it.
std::size_t JsonWriter::copyString(std::string_view json, std::size_t begin)
{
    std::size_t at = begin + 1;
    while (at < json.size() && json[at] != '"')
        at += json[at] == '\\' ? 2 : 1;
    at = std::min(at + 1, json.size());
    m_text += json.substr(begin, at - begin);
    return at;
}

// One token of JSON text; gives the offset after it. Only brackets that \a opened knows are closed.
std::size_t JsonWriter::copyToken(std::string_view json, std::size_t at, std::string &opened)
{
    const char c = json[at];
    if (c == '"') {
        startValue();
        return copyString(json, at);
    }
    if (c == '{' || c == '[') {
        open(c);
        opened += c == '{' ? '}' : ']';
    } else if ((c == '}' || c == ']') && !opened.empty()) {
        close(opened.back());
        opened.pop_back();
    } else if (c == ':') {
        m_text += ": ";
        m_afterKey = true;
    } else if (!endsScalar(c)) {
        startValue();
        while (at < json.size() && !endsScalar(json[at]))
            m_text += json[at++];
        return at;
    }
    return at + 1;
}

void JsonWriter::json(std::string_view value)
{
    std::string opened;
    for (std::size_t at = 0; at < value.size();)
        at = copyToken(value, at, opened);
    for (; !opened.empty(); opened.pop_back())
        close(opened.back());
}

void JsonWriter::membersOf(std::string_view object)
{
    object = withoutBlanks(object);
    if (object.size() >= 2 && object.front() == '{' && object.back() == '}')
        json(object.substr(1, object.size() - 2));
}

std::string jsonText(std::string_view text)
{
    JsonWriter writer(JsonWriter::Layout::OneLine);
    writer.text(text);
    return writer.takeResult();
}

} // namespace runner::catalog
