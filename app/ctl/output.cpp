#include "output.h"

#include <cerrno>
#include <charconv>
#include <cstdlib>

#include <sys/ioctl.h>
#include <unistd.h>

namespace runner::ctl {

namespace {

constexpr std::size_t bufferBytes = 64U << 10U;
constexpr int defaultWidth = 100;

int positiveNumber(std::string_view text)
{
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() && number > 0 ? number : 0;
}

} // namespace

void Output::write(std::string_view text)
{
    m_buffer += text;
    if (m_buffer.size() >= bufferBytes)
        writeBuffer();
}

bool Output::flush()
{
    writeBuffer();
    return m_error == 0;
}

void Output::writeBuffer()
{
    std::size_t done = 0;
    while (done < m_buffer.size() && m_error == 0 && !m_readerGone) {
        const ssize_t count = ::write(STDOUT_FILENO, m_buffer.data() + done, m_buffer.size() - done);
        if (count >= 0)
            done += static_cast<std::size_t>(count);
        else if (errno == EPIPE)
            m_readerGone = true;
        else if (errno != EINTR)
            m_error = errno;
    }
    m_buffer.clear();
}

bool isTerminal()
{
    return ::isatty(STDOUT_FILENO) == 1;
}

bool canRedraw()
{
    const char *term = std::getenv("TERM");
    return ::isatty(STDERR_FILENO) == 1 && std::string_view(term ? term : "") != "dumb";
}

int outputWidth()
{
    if (const char *columns = std::getenv("COLUMNS")) {
        if (const int width = positiveNumber(columns))
            return width;
    }
    winsize size = {};
    if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    return defaultWidth;
}

} // namespace runner::ctl
