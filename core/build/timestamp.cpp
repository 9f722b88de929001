#include "build/timestamp.h"

#include <chrono>

namespace runner::build {

namespace {

/// Reads the text from the front; once something does not fit, nothing does any more.
class Scanner
{
public:
    explicit Scanner(std::string_view text)
        : m_rest(text)
    {
    }

    int digits(std::size_t count)
    {
        int number = 0;
        for (std::size_t i = 0; i < count; ++i) {
            if (i >= m_rest.size() || m_rest[i] < '0' || m_rest[i] > '9') {
                m_good = false;
                return 0;
            }
            number = number * 10 + (m_rest[i] - '0');
        }
        m_rest.remove_prefix(count);
        return number;
    }

    bool skip(char c)
    {
        const bool there = m_rest.starts_with(c);
        if (there)
            m_rest.remove_prefix(1);
        return there;
    }

    void expect(char c) { m_good = skip(c) && m_good; }

    Time fraction()
    {
        Time nanoseconds = 0;
        Time unit = 100'000'000;
        while (!m_rest.empty() && m_rest.front() >= '0' && m_rest.front() <= '9') {
            nanoseconds += (m_rest.front() - '0') * unit;
            unit /= 10;
            m_rest.remove_prefix(1);
        }
        return nanoseconds;
    }

    bool good() const { return m_good; }
    bool atEnd() const { return m_rest.empty(); }

private:
    std::string_view m_rest;
    bool m_good = true;
};

Time zoneSeconds(Scanner &scanner)
{
    if (scanner.skip('Z'))
        return 0;
    const bool east = scanner.skip('+');
    if (!east)
        scanner.expect('-');
    const Time hours = scanner.digits(2);
    scanner.expect(':');
    const Time seconds = hours * 3600 + Time{scanner.digits(2)} * 60;
    return east ? seconds : -seconds;
}

} // namespace

Time parseTime(std::string_view text)
{
    using namespace std::chrono;
    Scanner scanner(text);
    const int years = scanner.digits(4);
    scanner.expect('-');
    const int months = scanner.digits(2);
    scanner.expect('-');
    const int days = scanner.digits(2);
    scanner.expect('T');
    const Time hours = scanner.digits(2);
    scanner.expect(':');
    const Time minutes = scanner.digits(2);
    scanner.expect(':');
    const Time seconds = scanner.digits(2);
    const Time nanoseconds = scanner.skip('.') ? scanner.fraction() : 0;
    const Time zone = zoneSeconds(scanner);
    const year_month_day date{year(years), month(static_cast<unsigned>(months)), day(static_cast<unsigned>(days))};
    if (!scanner.good() || !scanner.atEnd() || !date.ok() || years < 1970 || years > 2200)
        return 0;
    const Time day = sys_days(date).time_since_epoch().count();
    return ((day * 24 + hours) * 3600 + minutes * 60 + seconds - zone) * 1'000'000'000 + nanoseconds;
}

} // namespace runner::build
