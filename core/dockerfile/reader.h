// The pass over a Dockerfile's lines behind readDockerfile.
#pragma once

#include "dockerfile/command.h"
#include "dockerfile/dockerfile.h"
#include "dockerfile/headercomment.h"
#include "dockerfile/heredocs.h"
#include "dockerfile/keywords.h"
#include "dockerfile/lines.h"
#include "dockerfile/parserdirectives.h"
#include "dockerfile/problemlist.h"

#include <string>
#include <vector>

namespace runner::dockerfile {

/// Reads one text, once.
class Reader
{
public:
    /// The text must outlive the reader.
    Reader(std::string_view text, const std::string &fileName);

    /// Everything but the text itself.
    Dockerfile read();

private:
    void checkLineLengths();
    void readLine(const Line &line);
    void readComment(std::string_view trimmedLine, const Line &line);
    void readDirective(const ParserDirective &directive, const Line &line);
    void readInstruction(const Line &first);
    LogicalLine joinLines(const Line &first, Line &last);
    void readHeredocs(const Command &command, const LogicalLine &logical, Instruction &instruction, Line &last);
    bool mayHoldHeredocs(const Command &command) const;
    void dispatch(const Command &command, const LogicalLine &logical, Instruction instruction);
    void readFrom(const Command &command, const LogicalLine &logical, Instruction instruction);
    void readArg(const Command &command, const LogicalLine &logical, Instruction instruction);
    void finish();

    std::string_view m_text;
    LineCursor m_lines;
    HeredocBodies m_bodies;
    ParserDirectives m_directives;
    PositionFinder m_finder;
    ProblemList m_problems;
    std::vector<CommentLine> m_header;
    std::vector<CommentLine> m_comments; // right above the next instruction
    std::size_t m_argumentCount = 0;
    bool m_inHeader = true;
    bool m_missesStage = false; // told already
    Dockerfile m_file;
};

} // namespace runner::dockerfile
