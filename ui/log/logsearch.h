// A search in a whole log whose progress is told in the event loop.
#pragma once

#include "build/find.h"
#include "log/logsource.h"

#include <QObject>

#include <atomic>
#include <memory>
#include <optional>

namespace runner::ui {

class LogSearch final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    ~LogSearch() override;

    /// Begins anew in \a source. Errors: query-empty, query-invalid; then nothing is searched.
    Result<bool> start(const LogSource &source, const build::Query &query);
    void stop();
    /// The log has grown.
    void more();

    bool isActive() const { return m_find != nullptr; }
    bool isFinished() const { return m_find && m_find->finished(); }
    std::uint64_t count() const { return m_find ? m_find->count() : 0; }
    std::uint64_t undecided() const { return m_find ? m_find->undecided() : 0; }
    std::uint64_t matchingLines() const { return m_find ? m_find->matchingLines() : 0; }
    const std::optional<build::Matcher> &matcher() const { return m_matcher; }

    struct Found
    {
        std::size_t index = 0; ///< Among all, from 0.
        build::Hit hit;
        std::uint64_t line = 0; ///< Among those of all steps.
    };

    /// The hit of that index; nothing beyond the kept ones.
    std::optional<Found> at(std::size_t index) const;
    /// The first hit at or behind the offset, or else the first of all; nothing without one.
    std::optional<Found> from(std::uint64_t offset) const;
    /// Index of the first hit at or behind the offset; kept() where there is none.
    std::size_t indexFrom(std::uint64_t offset) const { return m_find ? m_find->hitAt(offset) : 0; }
    std::size_t kept() const;

Q_SIGNALS:
    void changed(); ///< More has been found, or the search has ended.

private:
    void tell();

    LogSource m_source;
    std::optional<build::Matcher> m_matcher;
    std::unique_ptr<build::Find> m_find;
    std::atomic<bool> m_told{false};
};

} // namespace runner::ui
