// Results on their way to stdout.
#pragma once

#include <string>
#include <string_view>

namespace runner::ctl {

/// Buffers and writes to stdout. A reader that went away (EPIPE) is no failure: the rest is dropped in silence.
class Output
{
public:
    /// Written when the buffer is full, and by flush().
    void write(std::string_view text);
    /// Whether everything so far was written, or nobody wants it.
    bool flush();
    /// errno of the first failed write; 0 while there is none.
    int error() const { return m_error; }

private:
    void writeBuffer();

    std::string m_buffer;
    int m_error = 0;
    bool m_readerGone = false;
};

/// Whether stdout is a terminal.
bool isTerminal();

/// Whether stderr is a terminal on which a line can be drawn anew.
bool canRedraw();

/// Columns of text output: COLUMNS, else the terminal's width, else 100.
int outputWidth();

} // namespace runner::ctl
