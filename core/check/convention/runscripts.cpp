#include "check/convention/runscripts.h"

#include "dockerfile/jsonform.h"

#include <algorithm>
#include <string_view>

namespace runner::check::convention {

namespace {

using dockerfile::Dockerfile;
using dockerfile::Heredoc;
using dockerfile::Instruction;

constexpr std::string_view lineBlanks = " \t\r";

std::string_view firstWord(std::string_view text)
{
    return text.substr(0, text.find_first_of(" \t\r\n"));
}

// "/bin/bash", "sh"; not "pwsh".
bool isUsualShell(std::string_view program)
{
    program.remove_prefix(program.rfind('/') + 1);
    return program == "sh" || program == "bash" || program == "dash" || program == "ash" || program == "ksh"
           || program == "zsh";
}

// "#!/usr/bin/env bash", "#!/bin/sh -e", or none at all.
bool isForShell(std::string_view body)
{
    if (!body.starts_with("#!"))
        return true;
    std::string_view line = body.substr(2, body.find('\n') - 2);
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    if (firstWord(line).ends_with("/env"))
        line.remove_prefix(std::min(line.find_first_not_of(" \t", firstWord(line).size()), line.size()));
    return isUsualShell(firstWord(line));
}

void blankOut(std::string &text, std::size_t begin, std::size_t end)
{
    std::fill(text.begin() + static_cast<std::ptrdiff_t>(begin), text.begin() + static_cast<std::ptrdiff_t>(end), ' ');
}

// A line of a continued instruction, with its line end.
void blankLine(std::string &text, std::size_t begin, std::size_t end, char escape, bool first)
{
    const std::size_t start = text.find_first_not_of(lineBlanks, begin);
    if (!first && start < end && text[start] == '#') {
        blankOut(text, begin, end);
        return;
    }
    const bool ends = end > begin && text[end - 1] == '\n';
    const std::size_t last = ends ? text.find_last_not_of(" \t\r\n", end - 1) : std::string::npos;
    if (last != std::string::npos && last >= begin && text[last] == escape)
        blankOut(text, last, end);
}

} // namespace

std::string headText(const Dockerfile &file, const Instruction &instruction)
{
    const std::size_t begin = instruction.range.begin;
    const std::size_t end =
        instruction.heredocs.empty() ? instruction.range.end : instruction.heredocs.front().bodyRange.begin;
    std::string text = file.text.substr(begin, end - begin);
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t next = std::min(text.find('\n', at), text.size() - 1) + 1;
        blankLine(text, at, next, file.escape, at == 0);
        at = next;
    }
    return text;
}

std::vector<RunText> runTexts(const Dockerfile &file, const Instruction &run)
{
    if (dockerfile::readJsonForm(run.arguments).form != dockerfile::JsonForm::None)
        return {};
    std::vector<RunText> texts{{RunText::Commands, headText(file, run), run.range.begin}};
    bool script = run.arguments.starts_with("<<");
    const bool quotedScript = isUsualShell(firstWord(run.arguments));
    for (const Heredoc &heredoc : run.heredocs) {
        const bool commands = script ? isForShell(heredoc.body) : quotedScript && !heredoc.expands;
        if (commands)
            texts.push_back({RunText::Commands, heredoc.body, heredoc.bodyRange.begin});
        else if (!script && heredoc.expands)
            texts.push_back({RunText::Expanded, heredoc.body, heredoc.bodyRange.begin});
        script = false;
    }
    return texts;
}

bool shellsAreUsual(const Dockerfile &file)
{
    for (const dockerfile::Stage &stage : file.stages) {
        for (const Instruction &instruction : stage.instructions) {
            if (instruction.keyword != "SHELL")
                continue;
            const auto words = dockerfile::readJsonStrings(instruction.arguments);
            if (!words || words->empty() || !isUsualShell(words->front()))
                return false;
        }
    }
    return true;
}

} // namespace runner::check::convention
