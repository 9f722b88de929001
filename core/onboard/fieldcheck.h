// Collects what is wrong with fields. Private to this folder.
#pragma once

#include "onboard/validate.h"

#include <string>
#include <string_view>

namespace runner::onboard {

class FieldCheck
{
public:
    void error(std::string field, const char *id, std::string message, std::string advice);
    void warning(std::string field, const char *id, std::string message, std::string advice);
    void add(std::string field, const char *id, Severity severity, std::string message, std::string advice);
    /// Arguments are named after the identifier: while that is wrong, nobody knows how they should be called.
    void dropWhatFollows();

    FieldProblems problems;
};

/// "versions[2]"
std::string indexed(std::string_view field, std::size_t index);

/// A text in quotes, shortened, control characters replaced, for a message.
std::string inQuotes(std::string_view text);

} // namespace runner::onboard
