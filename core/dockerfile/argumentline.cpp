#include "dockerfile/argumentline.h"

#include "dockerfile/characters.h"

#include <utility>

namespace runner::dockerfile {

namespace {

constexpr const char *badArgument = "dockerfile-bad-argument";

std::string descriptionOf(std::string_view name, const std::vector<CommentLine> &comments)
{
    for (const CommentLine &comment : comments) {
        const std::string_view text = trimmed(comment.text);
        if (text.size() > name.size() && text.substr(0, name.size()) == name && text[name.size()] == ' ')
            return std::string(trimmed(text.substr(name.size())));
    }
    return {};
}

// False where the word declares nothing.
bool checkName(std::string_view name, std::size_t at, ProblemList &problems)
{
    if (isIdentifier(name))
        return true;
    if (name.empty()) {
        problems.error(badArgument, at, "An ARG has no name before \"=\"", "Write ARG NAME=VALUE");
    } else {
        problems.error(badArgument, at, "\"" + std::string(name) + "\" is no name for an argument",
                       "Use letters, digits and underscores, and no digit at the begin");
    }
    return false;
}

} // namespace

std::vector<ArgumentLine> readArguments(const ArgumentSource &source, PositionFinder &finder, ProblemList &problems)
{
    std::vector<ArgumentLine> arguments;
    for (const Piece &word : splitWords(source.arguments, source.escape)) {
        const std::size_t at = source.line.sourceOffset(word.at);
        if (word.text[0] == '#') {
            problems.warning(badArgument, at,
                             "An ARG line takes no comment: each word from \"#\" on declares a further argument",
                             "Move the comment to a line of its own above the ARG");
            break;
        }
        if (arguments.size() == source.most) {
            problems.error("dockerfile-too-many-arguments", at, "The file declares more arguments than can be shown",
                           "Declare fewer of them");
            break;
        }
        const std::size_t equals = word.text.find('=');
        const std::string_view name = word.text.substr(0, equals);
        if (!checkName(name, at, problems))
            continue;
        ArgumentLine argument;
        argument.name = name;
        if (equals != std::string_view::npos)
            argument.defaultText = std::string(word.text.substr(equals + 1));
        argument.description = descriptionOf(name, source.comments);
        argument.where = finder.at(at);
        argument.range = source.line.sourceRange(word.at, word.at + word.text.size());
        arguments.push_back(std::move(argument));
    }
    return arguments;
}

} // namespace runner::dockerfile
