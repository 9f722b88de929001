// Expands any bytes, with lines "NAME=VALUE" before the last line as variables; the first byte may be the escape.
#include "dockerfile/evaluation.h"
#include "dockerfile/expansion.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace runner::dockerfile;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

Variables takeVariables(std::string_view &text)
{
    Variables variables;
    for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
        const std::string_view line = text.substr(0, end);
        const std::size_t equals = line.find('=');
        if (equals == std::string_view::npos)
            break;
        variables[std::string(line.substr(0, equals))] = line.substr(equals + 1);
        text.remove_prefix(end + 1);
    }
    return variables;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string bytes(data, data + size);
    std::string_view word = bytes;
    const char escape = !word.empty() && word[0] == '`' ? '`' : '\\';
    const Variables variables = takeVariables(word);
    const auto expanded = expandWord(word, escape, [&](std::string_view name) -> std::optional<std::string> {
        const auto found = variables.find(name);
        return found == variables.end() ? std::nullopt : std::optional(found->second);
    });
    if (expanded) {
        require(expanded->text.size() <= std::size_t{1} << 20U);
    } else {
        require(expanded.error().where.line == 1 && expanded.error().where.column >= 1);
        require(!expanded.error().id.empty() && !expanded.error().message.empty());
    }
    return 0;
}
