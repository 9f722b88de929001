// A Dockerfile as values: instructions, global arguments, stages, heredocs, and what its header says of the arguments.
#pragma once

#include "diagnostics/problem.h"
#include "dockerfile/context.h"
#include "text/position.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace runner::dockerfile {

/// What the header comment says of an argument.
enum class Need { Undocumented, Required, Optional, Placeholder };

/// "required", "optional", "placeholder", or "" for Undocumented.
const char *needName(Need need);

/// One declaration of an ARG instruction; an instruction with several names gives several of these.
struct ArgumentLine
{
    std::string name;
    std::optional<std::string> defaultText; ///< As written after "=", quotes and variables included.
    std::string description;                ///< The comment right above that starts with the name; may be empty.
    Location where;                         ///< The name.
    text::ByteRange range;                  ///< NAME=DEFAULT in the text.
};

/// An argument as the header comment describes it.
struct DocumentedArgument
{
    std::string name;
    Need need = Need::Undocumented;
    std::string description;
    Location where;
};

struct Heredoc
{
    std::string name;        ///< The delimiter, without quotes.
    bool expands = true;     ///< False where the delimiter is quoted.
    bool stripsTabs = false; ///< "<<-"
    std::string body;        ///< With its line ends, without the closing line.
    text::ByteRange bodyRange;
    int firstLine = 0; ///< Line of the body's first line.
};

/// One instruction, continuation lines joined, heredocs apart.
struct Instruction
{
    std::string keyword;            ///< Upper case: "RUN".
    std::vector<std::string> flags; ///< "--mount=type=bind,…" in order, as written.
    std::string arguments;          ///< The rest of the logical line, without flags and comments.
    std::vector<Heredoc> heredocs;
    Location where;
    text::ByteRange range; ///< From the keyword to the end of the last line, heredocs included.
    int lastLine = 0;
};

struct Stage
{
    std::string name;         ///< Lower case; empty where the FROM gives none.
    std::string base;         ///< As written in FROM: an image, or a stage; may hold variables.
    std::string platformFlag; ///< The value of --platform as written; may be empty.
    std::vector<ArgumentLine> arguments;
    std::vector<Instruction> instructions; ///< Without FROM, with ARG.
    Instruction from;
    Location where;
};

struct Dockerfile
{
    std::string fileName;
    std::string text;
    char escape = '\\';
    std::vector<ArgumentLine> globalArguments;
    std::vector<DocumentedArgument> documented;
    std::vector<Stage> stages;
    /// Named contexts that builds of this file get; null: none. Whoever knows the workspace sets them.
    std::shared_ptr<const std::vector<NamedContext>> contexts;
    Problems problems; ///< What is wrong but does not keep the rest from being read, in the order of the text.

    /// The first global declaration of the name, or null.
    const ArgumentLine *findGlobal(std::string_view name) const;
    const DocumentedArgument *findDocumented(std::string_view name) const;
    /// The named context of that name (case matters), or null.
    const NamedContext *findContext(std::string_view name) const;
    /// Index of the last stage of that name (case does not matter), or -1.
    int findStage(std::string_view name) const;
};

/// Reads a Dockerfile's text. Never fails on content: what cannot be read is a problem in the result
/// (ids dockerfile-unclosed-heredoc, dockerfile-unclosed-quote, dockerfile-unknown-instruction, dockerfile-no-stage,
/// dockerfile-bad-argument, …) and the reader goes on with the next line where BuildKit would stop; after a heredoc
/// that is never closed, with the next line that begins like an instruction in upper case. Words after a "#" on an ARG
/// line are told as a problem and declare nothing here. At most a thousand problems are kept.
/// Syntax as of BuildKit's Dockerfile frontend: parser directives, line continuation, comments, heredocs.
Dockerfile readDockerfile(std::string text, const std::string &fileName);

} // namespace runner::dockerfile
