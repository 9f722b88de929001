#include "build/jsonfields.h"

namespace runner::build {

const Json &memberOf(const Json &object, const char *name)
{
    static const Json none;
    if (!object.is_object())
        return none;
    const auto found = object.find(name);
    return found == object.end() ? none : *found;
}

std::string textOf(const Json &object, const char *name)
{
    const Json &member = memberOf(object, name);
    return member.is_string() ? member.get<std::string>() : std::string();
}

bool flagOf(const Json &object, const char *name)
{
    const Json &member = memberOf(object, name);
    return member.is_boolean() && member.get<bool>();
}

std::int64_t numberOf(const Json &object, const char *name)
{
    const Json &member = memberOf(object, name);
    return member.is_number_integer() ? member.get<std::int64_t>() : 0;
}

const Json &listOf(const Json &object, const char *name)
{
    static const Json none = Json::array();
    const Json &member = memberOf(object, name);
    return member.is_array() ? member : none;
}

std::string printedJson(const Json &json, int indent)
{
    return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

} // namespace runner::build
