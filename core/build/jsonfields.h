// Members of JSON that others write, and our own as text. Private to this folder.
#pragma once

#include <nlohmann/json.hpp>

#include <cstdint>
#include <string>

namespace runner::build {

using Json = nlohmann::ordered_json;

/// A member; null where \a object is none, or has none of that name.
const Json &memberOf(const Json &object, const char *name);
/// The text of a member; empty where it is none.
std::string textOf(const Json &object, const char *name);
/// The same for true and false; false.
bool flagOf(const Json &object, const char *name);
/// The same for whole numbers; 0.
std::int64_t numberOf(const Json &object, const char *name);
/// The same for lists; an empty one.
const Json &listOf(const Json &object, const char *name);

/// On one line (\a indent -1) or indented; always UTF-8. No final newline.
std::string printedJson(const Json &json, int indent = -1);

} // namespace runner::build
