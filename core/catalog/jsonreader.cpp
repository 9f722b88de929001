// Reads the older JSON catalogue.
#include "catalog/catalog.h"
#include "catalog/jsonvalue.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <bitset>
#include <unordered_set>

namespace runner::catalog {

namespace ondemand = simdjson::ondemand;
using simdjson::error_code;

namespace {

struct TextMember
{
    std::string_view name;
    std::string Record::*member;
    bool mayBeMissing;
};

constexpr std::array<TextMember, 8> textMembers{{{"backend", &Record::backend, false},
                                                 {"backend_version", &Record::backendVersion, false},
                                                 {"original_backend_version", &Record::originalBackendVersion, true},
                                                 {"backend_variant", &Record::backendVariant, true},
                                                 {"service", &Record::service, false},
                                                 {"service_version", &Record::serviceVersion, false},
                                                 {"platform", &Record::platform, false},
                                                 {"docker_image", &Record::dockerImage, false}}};

// Only finds the place of an error: simdjson does not tell it. Stays at 0 where it finds none.
struct ErrorFinder : nlohmann::json_sax<nlohmann::json>
{
    std::size_t position = 0;

    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(number_integer_t) override { return true; }
    bool number_unsigned(number_unsigned_t) override { return true; }
    bool number_float(number_float_t, const string_t &) override { return true; }
    bool string(string_t &) override { return true; }
    bool binary(binary_t &) override { return true; }
    bool start_object(std::size_t) override { return true; }
    bool key(string_t &) override { return true; }
    bool end_object() override { return true; }
    bool start_array(std::size_t) override { return true; }
    bool end_array() override { return true; }
    bool parse_error(std::size_t at, const std::string &, const nlohmann::detail::exception &error) override
    {
        // A number that no double holds is no error of the text.
        constexpr int numberOverflow = 406;
        position = error.id == numberOverflow ? 0 : at;
        return false;
    }
};

std::string describeError(error_code error)
{
    switch (error) {
    case simdjson::EMPTY:
        return "The catalogue is empty: not even an empty list";
    case simdjson::UTF8_ERROR:
        return "The catalogue is not UTF-8 text here";
    case simdjson::DEPTH_ERROR:
        return "The catalogue is nested too deeply here";
    case simdjson::CAPACITY:
    case simdjson::MEMALLOC:
        return "The catalogue is too large";
    default:
        return "The catalogue is not valid JSON here";
    }
}

// One run over one catalogue. Everything is read in the order of the text.
class CatalogReader
{
public:
    CatalogReader(const std::string &text, const std::string &fileName, Problems &problems)
        : m_text(text)
        , m_padded(text)
        , m_cursor(text)
        , m_fileName(fileName)
        , m_problems(problems)
    {
    }

    Result<Records> read()
    {
        ondemand::document document;
        if (const auto error = m_parser.iterate(m_padded).get(document))
            return invalid(error);
        ondemand::json_type type{};
        if (const auto error = document.type().get(type))
            return invalid(error);
        if (type != ondemand::json_type::array)
            return failure("catalog-not-a-list", place(m_text.find_first_not_of(" \t\r\n")),
                           "A catalogue is a list of records, but this is none", "Check that this is the right file");
        if (const auto error = readList(document))
            return invalid(error);
        if (const char *rest = nullptr; document.current_location().get(rest) == simdjson::SUCCESS)
            return invalid(simdjson::TRAILING_CONTENT);
        return std::move(m_records);
    }

private:
    // What is known of the record that is being read.
    struct Draft
    {
        Record record;
        std::bitset<textMembers.size() + 1> seen; ///< Of textMembers, and "deprecated" as the last.
        std::unordered_set<std::string> others;   ///< Names of unknown members.
        bool usable = true;
    };

    Location place(std::size_t offset)
    {
        const text::LineColumn position = m_cursor.at(offset);
        return {m_fileName, position.line, position.column};
    }

    Location place(std::string_view token)
    {
        m_lastToken = static_cast<std::size_t>(token.data() - m_padded.data());
        return place(m_lastToken);
    }

    tl::unexpected<Problem> invalid(error_code error)
    {
        std::size_t offset = m_lastToken;
        if (error == simdjson::UTF8_ERROR) {
            offset = text::findInvalidUtf8(m_text);
        } else if (error != simdjson::DEPTH_ERROR) {
            ErrorFinder finder;
            nlohmann::json::sax_parse(m_text, &finder);
            offset = finder.position > 0 ? finder.position - 1 : offset;
        }
        return failure("json-invalid", place(offset), describeError(error),
                       "Correct the file, or restore an earlier version of it");
    }

    void bad(Draft &draft, Location where, std::string message)
    {
        if (draft.usable)
            m_problems.push_back({"catalog-bad-record", Severity::Error, std::move(where), std::move(message),
                                  "Correct this record; until then it is left out"});
        draft.usable = false;
    }

    error_code readList(ondemand::document &document)
    {
        ondemand::array array;
        if (const auto error = document.get_array().get(array))
            return error;
        for (auto item : array) {
            ondemand::value value;
            if (const auto error = std::move(item).get(value)) // NOLINT(performance-move-const-arg): it wants an rvalue
                return error;
            if (const auto error = readItem(value))
                return error;
        }
        return simdjson::SUCCESS;
    }

    error_code readItem(ondemand::value value)
    {
        const std::string_view token = tokenOf(value);
        Draft draft;
        draft.record.where = place(token);
        if (kindOf(token) != JsonKind::Object) {
            bad(draft, draft.record.where, "A record is an object, but this is none");
            std::string ignored;
            return copyValue(value, ignored);
        }
        if (const auto error = readRecord(value, draft))
            return error;
        checkComplete(draft);
        if (draft.usable)
            m_records.push_back(std::move(draft.record));
        return simdjson::SUCCESS;
    }

    error_code readRecord(ondemand::value value, Draft &draft)
    {
        ondemand::object object;
        if (const auto error = value.get_object().get(object))
            return error;
        for (auto item : object) {
            ondemand::field field;
            std::string_view name;
            if (const auto error = std::move(item).get(field))
                return error;
            if (const auto error = field.unescaped_key().get(name))
                return error;
            if (const auto error = readMember(name, field.value(), draft))
                return error;
        }
        if (!draft.record.members.empty())
            draft.record.members += '}';
        return simdjson::SUCCESS;
    }

    // The index of a known member, textMembers.size() for "deprecated", one more for an unknown one.
    static std::size_t indexOf(std::string_view name)
    {
        const auto found = std::find_if(textMembers.begin(), textMembers.end(),
                                        [&](const TextMember &known) { return known.name == name; });
        const auto index = static_cast<std::size_t>(found - textMembers.begin());
        return index == textMembers.size() && name != "deprecated" ? index + 1 : index;
    }

    // False where the record has it already.
    static bool isNew(Draft &draft, std::size_t index, std::string_view name)
    {
        if (index >= draft.seen.size())
            return draft.others.emplace(name).second;
        const bool fresh = !draft.seen.test(index);
        draft.seen.set(index);
        return fresh;
    }

    error_code readMember(std::string_view name, ondemand::value value, Draft &draft)
    {
        const std::string_view token = tokenOf(value);
        m_lastToken = static_cast<std::size_t>(token.data() - m_padded.data());
        const std::size_t index = indexOf(name);
        if (!isNew(draft, index, name))
            bad(draft, place(token), "The record has the member '" + std::string(name) + "' twice");
        if (index < textMembers.size())
            return readText(textMembers[index], value, token, draft);
        if (index == textMembers.size())
            return readDeprecated(value, token, draft);
        std::string &members = draft.record.members;
        members += members.empty() ? '{' : ',';
        appendQuoted(members, name);
        members += ':';
        return copyValue(value, members, 2);
    }

    error_code readText(const TextMember &known, ondemand::value value, std::string_view token, Draft &draft)
    {
        const JsonKind kind = kindOf(token);
        if (kind == JsonKind::Text) {
            std::string_view text;
            const auto error = value.get_string().get(text);
            draft.record.*known.member = text;
            return error;
        }
        if (kind != JsonKind::Null || !known.mayBeMissing)
            bad(draft, place(token), "The member '" + std::string(known.name) + "' should be a text");
        std::string ignored;
        return copyValue(value, ignored, 2);
    }

    error_code readDeprecated(ondemand::value value, std::string_view token, Draft &draft)
    {
        const JsonKind kind = kindOf(token);
        if (kind == JsonKind::Boolean)
            draft.record.deprecated = token == "true";
        else if (kind != JsonKind::Null)
            bad(draft, place(token), "The member 'deprecated' should be true or false");
        std::string ignored;
        return copyValue(value, ignored, 2);
    }

    void checkComplete(Draft &draft)
    {
        for (std::size_t i = 0; i < textMembers.size(); ++i) {
            if (!textMembers[i].mayBeMissing && !draft.seen.test(i))
                bad(draft, draft.record.where, "The record has no member '" + std::string(textMembers[i].name) + "'");
        }
        if (!draft.seen.test(indexOf("original_backend_version")))
            draft.record.originalBackendVersion = draft.record.backendVersion;
    }

    const std::string &m_text;
    simdjson::padded_string m_padded;
    PositionCursor m_cursor;
    const std::string &m_fileName;
    Problems &m_problems;
    simdjson::ondemand::parser m_parser;
    Records m_records;
    std::size_t m_lastToken = 0;
};

} // namespace

Result<Records> readJson(const std::string &text, const std::string &fileName, Problems &problems)
{
    return CatalogReader(text, fileName, problems).read();
}

} // namespace runner::catalog
