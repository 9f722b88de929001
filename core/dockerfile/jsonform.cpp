#include "dockerfile/jsonform.h"

#include "dockerfile/characters.h"

#include <nlohmann/json.hpp>

namespace runner::dockerfile {

namespace {

using Json = nlohmann::json;

// Counts members and keeps nothing, so that a long or deeply nested array costs no memory.
class MemberCounter : public nlohmann::json_sax<Json>
{
public:
    bool null() override { return other(); }
    bool boolean(bool) override { return other(); }
    bool number_integer(number_integer_t) override { return other(); }
    bool number_unsigned(number_unsigned_t) override { return other(); }
    bool number_float(number_float_t, const string_t &) override { return other(); }
    bool binary(binary_t &) override { return other(); }
    bool string(string_t &) override { return member(); }
    bool start_object(std::size_t) override { return open(); }
    bool end_object() override { return close(); }
    bool start_array(std::size_t) override { return open(); }
    bool end_array() override { return close(); }
    bool key(string_t &) override { return true; }
    bool parse_error(std::size_t, const std::string &, const nlohmann::detail::exception &) override { return false; }

    std::size_t count() const { return m_count; }
    bool isMixed() const { return m_mixed; }

private:
    bool other()
    {
        m_mixed = true;
        return member();
    }
    bool member()
    {
        m_count += m_depth == 1 ? 1 : 0;
        return true;
    }
    bool open()
    {
        m_mixed = m_mixed || m_depth > 0;
        ++m_depth;
        return true;
    }
    bool close()
    {
        --m_depth;
        return true;
    }

    std::size_t m_depth = 0;
    std::size_t m_count = 0;
    bool m_mixed = false;
};

} // namespace

JsonArguments readJsonForm(std::string_view arguments)
{
    arguments = trimmedLeft(arguments);
    if (arguments.empty() || arguments[0] != '[')
        return {};
    MemberCounter counter;
    if (!Json::sax_parse(arguments.begin(), arguments.end(), &counter))
        return {};
    return {counter.isMixed() ? JsonForm::Mixed : JsonForm::Strings, counter.count()};
}

std::optional<std::vector<std::string>> readJsonStrings(std::string_view arguments)
{
    if (readJsonForm(arguments).form != JsonForm::Strings)
        return std::nullopt;
    return Json::parse(trimmedLeft(arguments)).get<std::vector<std::string>>();
}

} // namespace runner::dockerfile
