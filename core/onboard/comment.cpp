#include "onboard/comment.h"

#include "dockerfile/characters.h"
#include "text/ascii.h"

#include <algorithm>

namespace runner::onboard {

namespace {

constexpr std::size_t lineWidth = 120;
constexpr std::size_t needWidth = sizeof "PLACEHOLDER" - 1;

std::string padded(std::string text, std::size_t width)
{
    text.resize(std::max(text.size() + 1, width), ' ');
    return text;
}

// The first sentence, without its full stop: what --call=outline shows.
std::string firstSentence(const std::string &comment)
{
    std::string sentence = comment.substr(0, comment.find(". "));
    if (!sentence.empty() && sentence.back() == '.')
        sentence.pop_back();
    return sentence;
}

std::string defaultOf(const NewArgument &argument)
{
    const bool needsQuotes = argument.defaultText.find_first_of(" \t#;&|<>()*?[]") != std::string::npos;
    return needsQuotes ? "\"" + argument.defaultText + "\"" : argument.defaultText;
}

} // namespace

HeaderColumns columnsFor(const std::vector<NewArgument> &arguments)
{
    std::size_t width = 0;
    for (const NewArgument &argument : arguments)
        width = std::max(width, argument.name.size());
    HeaderColumns columns;
    columns.need = columns.name + width + 2;
    columns.text = columns.need + needWidth + 2;
    return columns;
}

std::string headerEntry(const NewArgument &argument, const HeaderColumns &columns, const std::string &lineEnd)
{
    std::string line = padded(padded("#", columns.name) + argument.name, columns.need);
    line = padded(line + text::uppered(dockerfile::needName(argument.need)), columns.text);
    return wrapped(line, padded("#", columns.text + 1), argument.comment, lineEnd);
}

std::string wrapped(const std::string &first, const std::string &next, const std::string &text,
                    const std::string &lineEnd)
{
    std::string result;
    std::string line = first;
    bool hasWord = false;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        const std::string word = text.substr(at, end - at);
        if (hasWord && line.size() + 1 + word.size() > lineWidth) {
            result += line + lineEnd;
            line = next;
            hasWord = false;
        }
        line += (hasWord ? " " : "") + word;
        hasWord = true;
        at = end + 1;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    return result + line + lineEnd;
}

std::string argumentLines(const NewArgument &argument, const std::string &lineEnd)
{
    return "# " + argument.name + " " + firstSentence(argument.comment) + lineEnd + "ARG " + argument.name
           + (argument.hasDefault ? "=" + defaultOf(argument) : std::string()) + lineEnd;
}

std::string asSentence(std::string text)
{
    if (text.empty())
        return text;
    if (text.front() >= 'a' && text.front() <= 'z')
        text.front() = static_cast<char>(text.front() - 'a' + 'A');
    if (std::string_view(".!?").find(text.back()) == std::string_view::npos)
        text += '.';
    return text;
}

} // namespace runner::onboard
