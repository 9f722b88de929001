#include "build/jsonfields.h"

namespace runner::build {

namespace {

/// Null where there is no such member.
const Json *find(const Json &object, const char *name)
{
    if (!object.is_object())
        return nullptr;
    const auto found = object.find(name);
    return found == object.end() ? nullptr : &*found;
}

} // namespace

std::string textOf(const Json &object, const char *name)
{
    const Json *found = find(object, name);
    return found && found->is_string() ? found->get<std::string>() : std::string();
}

int numberOf(const Json &object, const char *name)
{
    const Json *found = find(object, name);
    return found && found->is_number_integer() ? found->get<int>() : 0;
}

const Json &listOf(const Json &object, const char *name)
{
    static const Json none = Json::array();
    const Json *found = find(object, name);
    return found && found->is_array() ? *found : none;
}

std::string printedJson(const Json &json, int indent)
{
    return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

} // namespace runner::build
