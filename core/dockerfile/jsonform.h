// The JSON form of an instruction's arguments: ["a", "b"].
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace runner::dockerfile {

enum class JsonForm {
    None,    ///< Not a JSON array: the shell form.
    Strings, ///< An array of strings.
    Mixed    ///< An array that holds something else; BuildKit refuses that.
};

struct JsonArguments
{
    JsonForm form = JsonForm::None;
    std::size_t count = 0; ///< Members of the array.
};

JsonArguments readJsonForm(std::string_view arguments);

/// The members of an array of strings; nothing for any other form.
std::optional<std::vector<std::string>> readJsonStrings(std::string_view arguments);

} // namespace runner::dockerfile
