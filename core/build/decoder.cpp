#include "build/decoder.h"

#include "build/base64.h"
#include "build/timestamp.h"

#include <simdjson.h>

namespace runner::build {

namespace {

namespace json = simdjson::ondemand;

constexpr std::size_t keptCapacity = std::size_t(8) << 20U;
constexpr std::size_t pieceOfText = std::size_t(1) << 20U;

std::string_view stringOf(json::value &value)
{
    return value.type() == json::json_type::string ? std::string_view(value.get_string()) : std::string_view();
}

std::int64_t integerOf(json::value &value)
{
    std::int64_t number = 0;
    return value.get_int64().get(number) == simdjson::SUCCESS ? number : 0;
}

std::string decoded(json::value &value)
{
    std::string bytes;
    appendBase64(bytes, stringOf(value));
    return bytes;
}

/// Calls \a member for every member of an object; anything else has none.
template <typename Member>
void forEachMember(json::value &value, const Member &member)
{
    if (value.type() != json::json_type::object)
        return;
    for (auto field : value.get_object()) {
        const std::string_view key = field.unescaped_key();
        json::value inner = field.value();
        member(key, inner);
    }
}

template <typename Element>
void forEachElement(json::value &value, const Element &element)
{
    if (value.type() != json::json_type::array)
        return;
    for (auto item : value.get_array()) {
        json::value inner = item.value();
        element(inner);
    }
}

VertexEvent readVertex(json::value &value)
{
    VertexEvent event;
    forEachMember(value, [&](std::string_view key, json::value &member) {
        if (key == "digest")
            event.digest = stringOf(member);
        else if (key == "name")
            event.name = stringOf(member);
        else if (key == "started")
            event.started = parseTime(stringOf(member));
        else if (key == "completed")
            event.completed = parseTime(stringOf(member));
        else if (key == "error")
            event.error = stringOf(member);
        else if (key == "cached")
            event.cached = member.type() == json::json_type::boolean && bool(member.get_bool());
        else if (key == "inputs")
            forEachElement(member, [&](json::value &input) { event.inputs.push_back(stringOf(input)); });
    });
    return event;
}

StatusEvent readStatus(json::value &value)
{
    StatusEvent event;
    forEachMember(value, [&](std::string_view key, json::value &member) {
        if (key == "vertex")
            event.vertex = stringOf(member);
        else if (key == "id")
            event.id = stringOf(member);
        else if (key == "name")
            event.name = stringOf(member);
        else if (key == "current")
            event.current = integerOf(member);
        else if (key == "total")
            event.total = integerOf(member);
        else if (key == "timestamp")
            event.time = parseTime(stringOf(member));
        else if (key == "started")
            event.started = parseTime(stringOf(member));
        else if (key == "completed")
            event.completed = parseTime(stringOf(member));
    });
    return event;
}

LogEvent readLog(json::value &value, std::string &bytes)
{
    LogEvent event;
    bytes.clear();
    forEachMember(value, [&](std::string_view key, json::value &member) {
        if (key == "data")
            appendBase64(bytes, stringOf(member));
        else if (key == "vertex")
            event.vertex = stringOf(member);
        else if (key == "timestamp")
            event.time = parseTime(stringOf(member));
        else if (key == "stream")
            event.stream = static_cast<int>(integerOf(member));
    });
    event.data = bytes;
    return event;
}

void readRanges(json::value &value, Location &where)
{
    forEachElement(value, [&](json::value &range) {
        forEachMember(range, [&](std::string_view key, json::value &place) {
            if (key != "start" || where.line != 0)
                return;
            forEachMember(place, [&](std::string_view name, json::value &number) {
                const std::int64_t line = name == "line" ? integerOf(number) : 0;
                if (line > 0 && line < (1 << 30))
                    where.line = static_cast<int>(line);
            });
        });
    });
}

WarningEvent readWarning(json::value &value)
{
    WarningEvent event;
    forEachMember(value, [&](std::string_view key, json::value &member) {
        if (key == "vertex")
            event.vertex = stringOf(member);
        else if (key == "level")
            event.level = static_cast<int>(integerOf(member));
        else if (key == "short")
            event.message = decoded(member);
        else if (key == "detail")
            forEachElement(member, [&](json::value &detail) { event.details.push_back(decoded(detail)); });
        else if (key == "url")
            event.url = stringOf(member);
        else if (key == "range")
            readRanges(member, event.where);
        else if (key == "sourceInfo")
            forEachMember(member, [&](std::string_view name, json::value &info) {
                if (name == "filename")
                    event.where.file = stringOf(info);
            });
    });
    return event;
}

} // namespace

/// Keeps simdjson's memory from line to line.
class Decoder::Parser
{
public:
    /// Whether the line was a JSON object. Its events are told as they are read; views point into the parser.
    bool read(std::string_view line, std::size_t capacity, const Handler &handler)
    {
        if (line.size() > keptCapacity)
            m_parser = json::parser(); // not kept below
        json::document document;
        if (m_parser.iterate(line.data(), line.size(), capacity).get(document) != simdjson::SUCCESS)
            return false;
        bool isObject = false;
        try { // simdjson throws where a member is broken; what came before it stays told.
            json::value root;
            if (document.get_value().get(root) == simdjson::SUCCESS && root.type() == json::json_type::object) {
                isObject = true;
                forEachMember(root,
                              [&](std::string_view key, json::value &member) { readMember(key, member, handler); });
            }
        } catch (const simdjson::simdjson_error &) {
            isObject = false;
        }
        if (line.size() > keptCapacity) {
            m_parser = json::parser();
            m_bytes = std::string();
        }
        return isObject;
    }

private:
    void readMember(std::string_view key, json::value &list, const Handler &handler)
    {
        if (key == "logs")
            forEachElement(list, [&](json::value &value) { handler(readLog(value, m_bytes)); });
        else if (key == "vertexes")
            forEachElement(list, [&](json::value &value) { handler(readVertex(value)); });
        else if (key == "statuses")
            forEachElement(list, [&](json::value &value) { handler(readStatus(value)); });
        else if (key == "warnings")
            forEachElement(list, [&](json::value &value) { handler(readWarning(value)); });
    }

    json::parser m_parser;
    std::string m_bytes;
};

Decoder::Decoder(Handler handler)
    : m_parser(std::make_unique<Parser>())
    , m_handler(std::move(handler))
{
}

Decoder::~Decoder() = default;

void Decoder::feed(std::string_view bytes)
{
    m_buffer.append(bytes);
    m_buffer.reserve(m_buffer.size() + simdjson::SIMDJSON_PADDING);
    std::size_t begin = 0;
    for (;;) {
        const std::size_t from = begin + m_searched;
        const std::size_t end = m_buffer.find('\n', from);
        if (end == std::string::npos)
            break;
        decodeLine(begin, end);
        begin = end + 1;
        m_searched = 0;
    }
    m_buffer.erase(0, begin);
    m_searched = m_buffer.size();
    if (m_inLongLine || m_buffer.size() > longestLine)
        giveUpLongLine();
    if (m_buffer.capacity() > keptCapacity && m_buffer.size() < pieceOfText)
        m_buffer.shrink_to_fit();
}

namespace {

// A record that was being written when the output ended, closed behind what of it is there; empty where that is
// nothing.
std::string closed(std::string_view cut)
{
    constexpr std::string_view data = R"("data":")";
    const std::size_t begin = cut.rfind(data);
    if (begin != cut.npos && cut.find('"', begin + data.size()) == cut.npos) {
        const std::size_t bytes = (cut.size() - begin - data.size()) / 4 * 4;
        return std::string(cut.substr(0, begin + data.size() + bytes)) + R"("}]})";
    }
    const std::size_t whole = cut.rfind('}');
    return whole == cut.npos ? std::string() : std::string(cut.substr(0, whole + 1)) + "]}";
}

} // namespace

void Decoder::finish()
{
    m_buffer.reserve(m_buffer.size() + simdjson::SIMDJSON_PADDING);
    if (!m_buffer.empty() && !finishCut())
        decodeLine(0, m_buffer.size());
    m_buffer.clear();
    m_searched = 0;
}

bool Decoder::finishCut()
{
    if (m_inLongLine || !m_buffer.starts_with('{') || m_buffer.ends_with('}'))
        return false;
    std::string record = closed(m_buffer);
    const std::size_t size = record.size();
    record.reserve(size + simdjson::SIMDJSON_PADDING);
    return size > 0 && m_parser->read(std::string_view(record.data(), size), record.capacity(), m_handler);
}

void Decoder::decodeLine(std::size_t begin, std::size_t end)
{
    std::string_view line = std::string_view(m_buffer).substr(begin, end - begin);
    const bool continues = std::exchange(m_inLongLine, false);
    if (!continues && line.starts_with('{') && m_parser->read(line, m_buffer.capacity() - begin, m_handler))
        return;
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    m_handler(TextEvent{line, continues});
}

void Decoder::giveUpLongLine()
{
    for (std::size_t begin = 0; begin < m_buffer.size(); begin += pieceOfText)
        m_handler(TextEvent{std::string_view(m_buffer).substr(begin, pieceOfText), std::exchange(m_inLongLine, true)});
    m_buffer = std::string();
    m_searched = 0;
}

} // namespace runner::build
