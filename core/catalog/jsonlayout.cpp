#include "catalog/jsonlayout.h"

#include "catalog/jsonwriter.h"

#include <algorithm>

namespace runner::catalog {

namespace {

// Walks over JSON that is known to be valid.
class Scanner
{
public:
    explicit Scanner(const std::string &text)
        : m_text(text)
    {
    }

    JsonLayout run()
    {
        JsonLayout layout;
        std::size_t at = std::min(m_text.find('['), m_text.size());
        layout.inside.begin = std::min(at + 1, m_text.size());
        at = skip(layout.inside.begin);
        while (at < m_text.size() && m_text[at] != ']') {
            if (m_text[at] == ',') {
                at = skip(at + 1);
                continue;
            }
            const std::size_t end = endOfValue(at);
            if (m_text[at] == '{')
                layout.records.push_back({{at, end}, members(at)});
            at = skip(std::max(end, at + 1));
        }
        layout.inside.end = std::min(at, m_text.size());
        findStyle(layout);
        return layout;
    }

private:
    std::size_t skip(std::size_t at) const { return std::min(m_text.find_first_not_of(" \t\r\n", at), m_text.size()); }

    std::size_t endOfString(std::size_t at) const
    {
        for (++at; at < m_text.size() && m_text[at] != '"'; ++at)
            at += m_text[at] == '\\' ? 1 : 0;
        return std::min(at + 1, m_text.size());
    }

    std::size_t endOfValue(std::size_t at) const
    {
        if (m_text[at] == '"')
            return endOfString(at);
        if (m_text[at] != '{' && m_text[at] != '[')
            return std::min(m_text.find_first_of(" \t\r\n,]}", at), m_text.size());
        int depth = 0;
        while (at < m_text.size()) {
            if (m_text[at] == '"') {
                at = endOfString(at);
                continue;
            }
            depth += m_text[at] == '{' || m_text[at] == '[' ? 1 : 0;
            depth -= m_text[at] == '}' || m_text[at] == ']' ? 1 : 0;
            ++at;
            if (depth == 0)
                break;
        }
        return at;
    }

    std::vector<JsonMember> members(std::size_t open) const
    {
        std::vector<JsonMember> found;
        std::size_t at = skip(open + 1);
        while (at < m_text.size() && m_text[at] == '"') {
            JsonMember member;
            member.key = {at, endOfString(at)};
            member.name = m_text.substr(at + 1, member.key.size() - 2);
            at = skip(skip(member.key.end) + 1);
            if (at >= m_text.size())
                break;
            member.value = {at, endOfValue(at)};
            found.push_back(std::move(member));
            at = skip(found.back().value.end);
            if (at < m_text.size() && m_text[at] == ',')
                at = skip(at + 1);
        }
        return found;
    }

    std::string between(std::size_t begin, std::size_t end) const
    {
        return begin < end ? m_text.substr(begin, end - begin) : std::string();
    }

    void findStyle(JsonLayout &layout) const
    {
        if (layout.records.empty())
            return;
        const JsonRecord &first = layout.records.front();
        JsonStyle &style = layout.style;
        style.beforeRecord = between(layout.inside.begin, first.range.begin);
        style.beforeEnd = between(layout.records.back().range.end, layout.inside.end);
        if (first.members.empty())
            return;
        const JsonMember &member = first.members.front();
        style.afterOpen = between(first.range.begin + 1, member.key.begin);
        style.beforeValue = between(m_text.find(':', member.key.end) + 1, member.value.begin);
        style.beforeClose = between(first.members.back().value.end, first.range.end - 1);
        style.beforeKey = style.afterOpen;
        if (first.members.size() > 1)
            style.beforeKey = between(m_text.find(',', member.value.end) + 1, first.members[1].key.begin);
        if (layout.records.size() > 1)
            style.beforeRecord = between(m_text.find(',', first.range.end) + 1, layout.records[1].range.begin);
    }

    const std::string &m_text;
};

} // namespace

JsonLayout layoutOf(const std::string &text)
{
    return Scanner(text).run();
}

std::string recordText(const Record &record, const JsonStyle &style)
{
    std::string text;
    const auto add = [&](const std::string &name, const std::string &value) {
        text += (text.empty() ? "{" + style.afterOpen : "," + style.beforeKey) + jsonText(name) + ":"
                + style.beforeValue + value;
    };
    add("backend", jsonText(record.backend));
    add("backend_version", jsonText(record.backendVersion));
    add("original_backend_version", jsonText(record.originalBackendVersion));
    add("backend_variant", jsonText(record.backendVariant));
    add("service", jsonText(record.service));
    add("service_version", jsonText(record.serviceVersion));
    add("platform", jsonText(record.platform));
    add("docker_image", jsonText(record.dockerImage));
    add("deprecated", record.deprecated ? "true" : "false");
    return text + style.beforeClose + "}";
}

} // namespace runner::catalog
