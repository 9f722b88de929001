#include "catalog/jsonvalue.h"

#include "catalog/jsonwriter.h"

#include <algorithm>

namespace runner::catalog {

namespace ondemand = simdjson::ondemand;

namespace {

std::size_t skipDigits(std::string_view token, std::size_t at)
{
    while (at < token.size() && token[at] >= '0' && token[at] <= '9')
        ++at;
    return at;
}

// The grammar of RFC 8259, section 6.
bool isNumber(std::string_view token)
{
    std::size_t at = !token.empty() && token.front() == '-' ? 1 : 0;
    const std::size_t integer = at;
    at = skipDigits(token, at);
    if (at == integer || (token[integer] == '0' && at != integer + 1))
        return false;
    if (at < token.size() && token[at] == '.') {
        const std::size_t fraction = at + 1;
        at = skipDigits(token, fraction);
        if (at == fraction)
            return false;
    }
    if (at < token.size() && (token[at] == 'e' || token[at] == 'E')) {
        ++at;
        at += at < token.size() && (token[at] == '+' || token[at] == '-') ? 1 : 0;
        const std::size_t exponent = at;
        at = skipDigits(token, exponent);
        if (at == exponent)
            return false;
    }
    return at == token.size();
}

simdjson::error_code copyObject(ondemand::value value, std::string &out, int depth)
{
    ondemand::object object;
    if (const auto error = value.get_object().get(object))
        return error;
    out += '{';
    bool first = true;
    for (auto item : object) {
        ondemand::field field;
        std::string_view name;
        if (const auto error = std::move(item).get(field))
            return error;
        if (const auto error = field.unescaped_key().get(name))
            return error;
        out += first ? "" : ",";
        first = false;
        appendQuoted(out, name);
        out += ':';
        if (const auto error = copyValue(field.value(), out, depth + 1))
            return error;
    }
    out += '}';
    return simdjson::SUCCESS;
}

simdjson::error_code copyArray(ondemand::value value, std::string &out, int depth)
{
    ondemand::array array;
    if (const auto error = value.get_array().get(array))
        return error;
    out += '[';
    bool first = true;
    for (auto item : array) {
        ondemand::value element;
        if (const auto error = std::move(item).get(element)) // NOLINT(performance-move-const-arg): it wants an rvalue
            return error;
        out += first ? "" : ",";
        first = false;
        if (const auto error = copyValue(element, out, depth + 1))
            return error;
    }
    out += ']';
    return simdjson::SUCCESS;
}

} // namespace

std::string_view tokenOf(ondemand::value &value)
{
    std::string_view token = value.raw_json_token();
    const std::size_t last = token.find_last_not_of(" \t\r\n");
    return token.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

JsonKind kindOf(std::string_view token)
{
    if (token.empty())
        return JsonKind::Invalid;
    if (token.front() == '"')
        return JsonKind::Text;
    if (token.front() == '{')
        return JsonKind::Object;
    if (token.front() == '[')
        return JsonKind::Array;
    if (token == "true" || token == "false")
        return JsonKind::Boolean;
    if (token == "null")
        return JsonKind::Null;
    return isNumber(token) ? JsonKind::Number : JsonKind::Invalid;
}

simdjson::error_code copyValue(ondemand::value value, std::string &out, int depth)
{
    const std::string_view token = tokenOf(value);
    const JsonKind kind = kindOf(token);
    if (kind == JsonKind::Invalid)
        return simdjson::TAPE_ERROR;
    if (kind != JsonKind::Object && kind != JsonKind::Array) {
        out += token;
        // Reading a text is what checks its escapes.
        return kind == JsonKind::Text ? value.get_string().error() : simdjson::SUCCESS;
    }
    if (depth > maxJsonDepth)
        return simdjson::DEPTH_ERROR;
    return kind == JsonKind::Object ? copyObject(value, out, depth) : copyArray(value, out, depth);
}

void appendQuoted(std::string &out, std::string_view name)
{
    JsonWriter writer(JsonWriter::Layout::OneLine);
    writer.text(name);
    out += writer.result();
}

text::LineColumn PositionCursor::at(std::size_t offset)
{
    offset = std::min(offset, m_text.size());
    if (offset < m_offset) {
        m_offset = 0;
        m_position = {};
    }
    for (; m_offset < offset; ++m_offset) {
        const char c = m_text[m_offset];
        const bool pairFollows = m_offset + 1 < m_text.size() && m_text[m_offset + 1] == '\n';
        if (c == '\n' || (c == '\r' && !pairFollows)) {
            ++m_position.line;
            m_position.column = 1;
        } else if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) {
            ++m_position.column;
        }
    }
    return m_position;
}

} // namespace runner::catalog
