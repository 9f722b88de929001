#include "input.h"

#include "text/textfile.h"

#include <iostream>
#include <iterator>

namespace runner::ctl {

Result<std::string> readInput(const std::string &file, std::size_t maxBytes)
{
    if (file != "-") {
        auto read = text::readTextFile(file, file, maxBytes);
        return read ? Result<std::string>(std::move(read->text)) : tl::unexpected(read.error());
    }
    std::string text;
    for (std::istreambuf_iterator<char> at(std::cin), end; at != end && text.size() <= maxBytes; ++at)
        text += *at;
    if (text.size() > maxBytes)
        return failure("file-too-large", {inputName(file)},
                       "There are more than " + std::to_string(maxBytes) + " bytes", "Give less");
    auto decoded = text::decodeText(std::move(text), inputName(file));
    return decoded ? Result<std::string>(std::move(decoded->text)) : tl::unexpected(decoded.error());
}

std::string inputName(const std::string &file)
{
    return file == "-" ? "standard input" : file;
}

} // namespace runner::ctl
