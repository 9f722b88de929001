#include "dockerfile/stagesources.h"

#include "dockerfile/characters.h"
#include "dockerfile/command.h"
#include "dockerfile/expansion.h"

#include <charconv>

namespace runner::dockerfile {

namespace {

std::vector<StageSource> mountSources(const Instruction &instruction, char escape)
{
    std::vector<StageSource> sources;
    for (const std::string &flag : instruction.flags) {
        const std::string plain = unquotedFlag(flag, escape);
        constexpr std::string_view mount = "--mount=";
        if (std::string_view(plain).substr(0, mount.size()) != mount)
            continue;
        std::string from; // the last one counts
        for (const std::string &field : splitCommaSeparated(std::string_view(plain).substr(mount.size()))) {
            const std::size_t equals = field.find('=');
            if (equals != std::string::npos && lowered(field.substr(0, equals)) == "from")
                from = field.substr(equals + 1);
        }
        if (!from.empty())
            sources.push_back({from, false});
    }
    return sources;
}

std::vector<StageSource> allSources(const Instruction &instruction, char escape)
{
    if (instruction.keyword == "RUN")
        return mountSources(instruction, escape);
    std::vector<StageSource> sources;
    if (instruction.keyword == "COPY") {
        std::string from = flagValue(instruction.flags, "from", escape);
        if (!from.empty())
            sources.push_back({std::move(from), true});
    }
    return sources;
}

// COPY: whatever expansion would change. A mount: a dollar sign anywhere but at the end.
bool holdsVariable(const StageSource &source, char escape)
{
    if (!source.mayBeNumber)
        return source.from.find('$') < source.from.size() - 1;
    const auto expanded = expandWord(source.from, escape, {});
    return !expanded || expanded->text != source.from;
}

} // namespace

std::vector<StageSource> stageSources(const Instruction &instruction, char escape)
{
    std::vector<StageSource> sources;
    for (StageSource &source : allSources(instruction, escape)) {
        if (!holdsVariable(source, escape))
            sources.push_back(std::move(source));
    }
    return sources;
}

std::vector<std::string> variableSources(const Instruction &instruction, char escape)
{
    std::vector<std::string> sources;
    for (StageSource &source : allSources(instruction, escape)) {
        if (holdsVariable(source, escape))
            sources.push_back(std::move(source.from));
    }
    return sources;
}

std::optional<long> stageNumber(const StageSource &source)
{
    std::string_view text = source.from;
    if (!source.mayBeNumber || text.empty())
        return std::nullopt;
    if (text[0] == '+' && text.size() > 1 && isDigit(static_cast<unsigned char>(text[1])))
        text.remove_prefix(1);
    long number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return number;
}

std::optional<Instruction> onBuildTrigger(const Instruction &instruction, char escape)
{
    if (instruction.keyword != "ONBUILD")
        return std::nullopt;
    const Command command = splitCommand(instruction.arguments, escape);
    Instruction trigger = instruction;
    trigger.keyword = command.keyword;
    trigger.flags.clear();
    for (const Piece &flag : command.flags)
        trigger.flags.emplace_back(flag.text);
    trigger.arguments = std::string(command.arguments.text);
    return trigger;
}

} // namespace runner::dockerfile
