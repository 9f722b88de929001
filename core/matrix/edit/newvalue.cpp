#include "matrix/edit/newvalue.h"

namespace runner::matrix::edit {

namespace {

std::string keyText(const std::string &key)
{
    return scalarText(key, Quotes::None);
}

std::string entriesText(const NewValue &map, std::size_t column, const std::string &lineEnd, bool startsOnLine)
{
    std::string text;
    for (const auto &[key, value] : map.entries) {
        if (!startsOnLine || !text.empty())
            text += lineEnd + std::string(column, ' ');
        text += entryText(key, value, column, lineEnd);
    }
    return text;
}

} // namespace

NewValue NewValue::scalar(std::string text, Quotes quotes)
{
    NewValue value;
    value.text = std::move(text);
    value.quotes = quotes;
    return value;
}

// scalarText would quote "true", which is no text without quotes; flow marks it as written out already.
NewValue NewValue::flag(bool value)
{
    NewValue flag;
    flag.text = value ? "true" : "false";
    flag.quotes = Quotes::None;
    flag.flow = true;
    return flag;
}

std::string flowText(const NewValue &value)
{
    if (value.kind == NewValue::Kind::Scalar)
        return value.flow ? value.text : scalarText(value.text, value.quotes);
    const bool list = value.kind == NewValue::Kind::List;
    std::string inner;
    for (const NewValue &item : value.items)
        inner += (inner.empty() ? "" : ", ") + flowText(item);
    for (const auto &[key, each] : value.entries)
        inner += (inner.empty() ? "" : ", ") + keyText(key) + ": " + flowText(each);
    if (list)
        return "[" + inner + "]";
    return value.padded && !inner.empty() ? "{ " + inner + " }" : "{" + inner + "}";
}

std::string valueText(const NewValue &value, std::size_t column, const std::string &lineEnd)
{
    if (value.kind == NewValue::Kind::Scalar || value.flow || (value.items.empty() && value.entries.empty()))
        return " " + flowText(value);
    const std::size_t inner = column + value.indent;
    if (value.kind == NewValue::Kind::Map)
        return entriesText(value, inner, lineEnd, false);
    std::string text;
    for (const NewValue &item : value.items)
        text += lineEnd + std::string(inner, ' ') + itemText(item, inner, value.gap, lineEnd);
    return text;
}

std::string entryText(const std::string &key, const NewValue &value, std::size_t column, const std::string &lineEnd)
{
    return keyText(key) + ":" + valueText(value, column, lineEnd);
}

std::string itemText(const NewValue &value, std::size_t column, std::size_t gap, const std::string &lineEnd)
{
    const std::string dash = "-" + std::string(gap, ' ');
    if (value.kind == NewValue::Kind::Map && !value.flow)
        return dash + entriesText(value, column + dash.size(), lineEnd, true);
    return dash + flowText(value);
}

} // namespace runner::matrix::edit
