// New parts of a matrix, with the style they are to be written in.
#pragma once

#include "matrix/edit/scalar.h"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace runner::matrix::edit {

struct NewKey;

struct NewValue
{
    enum class Kind { Scalar, List, Map };

    Kind kind = Kind::Scalar;
    std::string text; ///< Of a scalar; has passed checkText.
    Quotes quotes = Quotes::Double;
    std::vector<NewValue> items; ///< Of a list.
    std::vector<NewKey> entries; ///< Of a map.
    bool flow = false;      ///< "[a, b]" and "{ a: b }" on one line; what is inside is so too. Of a scalar: text is
                            ///< YAML already.
    bool padded = true;     ///< A blank behind "{" and before "}".
    std::size_t indent = 2; ///< Of a block: columns of its dashes or keys behind those of the key it belongs to.
    std::size_t gap = 1;    ///< Of a block list: blanks behind the dashes.

    static NewValue scalar(std::string text, Quotes quotes);
    static NewValue flag(bool value); ///< true or false, without quotes.
};

/// A key of a map with its value.
struct NewKey
{
    NewKey(std::string name, NewValue content)
        : key(std::move(name))
        , value(std::move(content))
    {
    }

    std::string key;
    NewValue value;
};

/// The value on one line.
std::string flowText(const NewValue &value);

/// "key: value" with what follows on further lines, every one of which begins with a line end; keys at \a column.
std::string entryText(const std::string &key, const NewValue &value, std::size_t column, const std::string &lineEnd);

/// "- value" in the same way, the dash at \a column, \a gap blanks behind it.
std::string itemText(const NewValue &value, std::size_t column, std::size_t gap, const std::string &lineEnd);

/// What stands behind "key:" whose key is at \a column: a blank and the value, or further lines.
std::string valueText(const NewValue &value, std::size_t column, const std::string &lineEnd);

} // namespace runner::matrix::edit
