// Answers as a text, to be kept while they are given: what was typed comes back as it was, be it right or wrong.
#pragma once

#include "onboard/answers.h"

#include <optional>
#include <string>

namespace runner::onboard {

/// JSON. Bytes that are no UTF-8 are replaced.
std::string keptText(const BackendAnswers &answers);
std::string keptText(const ServiceAnswers &answers);

/// The answers of such a text; nothing for a text that is none. What is missing in it is as in blank answers.
std::optional<BackendAnswers> keptBackend(const std::string &text);
std::optional<ServiceAnswers> keptService(const std::string &text);

} // namespace runner::onboard
