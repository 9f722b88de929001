// Text in columns of a terminal. Private to this folder.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace runner::catalog {

/// A word that is not broken across lines unless it is wider than the line, with the terminal codes around it.
struct Word
{
    std::string text;
    std::string styleOn;    ///< Empty: plain.
    std::string glue = " "; ///< What follows it where another word follows: " " or ", ".
};

using Words = std::vector<Word>;

/// A line of words that is ready to print, and its width in terminal columns.
struct Line
{
    std::string text;
    int width = 0;
};

/// Terminal columns of UTF-8 text: two for wide East Asian characters and emoji, none for combining marks.
int displayWidth(std::string_view text);

/// At least one line, none wider than \a width.
std::vector<Line> wrap(const Words &words, int width);

/// The blank-separated words of a text.
Words wordsOf(std::string_view text);

/// The width of the words on one line.
int naturalWidth(const Words &words);

/// The least width at which no word is broken.
int leastWidth(const Words &words);

/// Widths for columns between their least and natural ones that fill \a available; empty where the least ones do not
/// fit.
std::vector<int> fitColumns(const std::vector<int> &least, const std::vector<int> &natural, int available);

} // namespace runner::catalog
