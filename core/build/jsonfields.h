// Members of JSON that others write, and our own as text. Private to this folder.
#pragma once

#include <nlohmann/json.hpp>

#include <string>

namespace runner::build {

using Json = nlohmann::ordered_json;

/// The text of a member; empty where \a object is none, or has no text of that name.
std::string textOf(const Json &object, const char *name);
/// The same for whole numbers that an int holds; 0.
int numberOf(const Json &object, const char *name);
/// The same for lists; an empty one.
const Json &listOf(const Json &object, const char *name);

/// On one line (\a indent -1) or indented; always UTF-8. No final newline.
std::string printedJson(const Json &json, int indent = -1);

} // namespace runner::build
