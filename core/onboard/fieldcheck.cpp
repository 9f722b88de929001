#include "onboard/fieldcheck.h"

#include "dockerfile/characters.h"
#include "dockerfile/unseen.h"
#include "text/textfile.h"

#include <algorithm>

namespace runner::onboard {

void FieldCheck::error(std::string field, const char *id, std::string message, std::string advice)
{
    add(std::move(field), id, Severity::Error, std::move(message), std::move(advice));
}

void FieldCheck::warning(std::string field, const char *id, std::string message, std::string advice)
{
    add(std::move(field), id, Severity::Warning, std::move(message), std::move(advice));
}

void FieldCheck::add(std::string field, const char *id, Severity severity, std::string message, std::string advice)
{
    problems.push_back({std::move(field), {id, severity, {}, std::move(message), std::move(advice)}});
}

void FieldCheck::dropWhatFollows()
{
    std::erase_if(problems, [](const FieldProblem &each) {
        return each.problem.id == "onboard-unknown-argument" || each.problem.id == "onboard-bad-argument";
    });
}

std::string indexed(std::string_view field, std::size_t index)
{
    return std::string(field) + "[" + std::to_string(index) + "]";
}

std::string inQuotes(std::string_view text)
{
    constexpr std::size_t shown = 40;
    std::string result(text.substr(0, shown));
    if (!text::decodeText(result, {}))
        std::replace_if(
            result.begin(), result.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80U; }, '?');
    for (std::size_t at = 0; (at = dockerfile::findUnseen(result)) != std::string::npos;)
        result.replace(at, dockerfile::codePointAt(result, at).size, "?");
    std::replace_if(
        result.begin(), result.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20U; }, ' ');
    return "'" + result + (text.size() > shown ? "…'" : "'");
}

FieldProblems problemsOf(const FieldProblems &problems, const std::string &field)
{
    FieldProblems found;
    std::copy_if(problems.begin(), problems.end(), std::back_inserter(found), [&](const FieldProblem &each) {
        return each.field.starts_with(field)
               && (each.field.size() == field.size() || each.field[field.size()] == '.'
                   || each.field[field.size()] == '[');
    });
    return found;
}

bool hasErrors(const FieldProblems &problems)
{
    return std::any_of(problems.begin(), problems.end(),
                       [](const FieldProblem &each) { return each.problem.severity == Severity::Error; });
}

} // namespace runner::onboard
