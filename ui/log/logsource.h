// What a log view shows: the lines of all steps of a build, or of one.
#pragma once

#include "build/log.h"
#include "log/longline.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace runner::ui {

/// In the window's thread; of an expression that takes longer the marks are left out.
inline constexpr std::chrono::milliseconds longestMatch{2};

/// Rows count from 0; at most mostRows of them, so that a scroll bar can count them.
class LogSource
{
public:
    static constexpr std::uint64_t mostRows = 2'000'000'000;
    /// What the shown step has written behind its last line end; asked for often.
    using Unfinished = std::function<std::string()>;

    LogSource() = default;
    /// \a live: the log may still grow.
    LogSource(std::shared_ptr<const build::Log> log, std::optional<std::size_t> step, bool live,
              Unfinished unfinished = {});

    bool isNull() const { return !m_log; }
    bool isLive() const { return m_live; }
    const std::shared_ptr<const build::Log> &log() const { return m_log; }
    const std::optional<std::size_t> &step() const { return m_step; }

    std::uint64_t rows() const;
    /// Fewer than \a count at the end.
    std::vector<build::LogLine> read(std::uint64_t row, std::uint64_t count) const;
    /// The row's line, of which no more than is needed is read.
    LongLine line(std::uint64_t row) const;
    /// The number among the lines of all steps.
    std::uint64_t numberOf(std::uint64_t row) const;
    /// The row of that line, or the first one behind it.
    std::uint64_t rowOf(std::uint64_t number) const;
    /// Offset of a row's first byte in the log's text.
    std::uint64_t offsetOf(std::uint64_t row) const;
    std::string unfinished() const { return m_unfinished ? m_unfinished() : std::string(); }

private:
    std::shared_ptr<const build::Log> m_log;
    std::optional<std::size_t> m_step;
    bool m_live = false;
    Unfinished m_unfinished;
};

} // namespace runner::ui
