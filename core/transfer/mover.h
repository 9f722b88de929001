// Carries a plan of moves out: several at a time, with retries, and stoppable.
#pragma once

#include "transfer/backoff.h"
#include "transfer/credentials.h"
#include "transfer/move.h"
#include "transfer/skopeo.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace runner::transfer {

enum class Outcome { Done, Skipped, Failed, Cancelled };

struct MoveEnd
{
    Outcome outcome = Outcome::Failed;
    std::string message; ///< Why; may be empty when done. Free of secrets.
    int attempts = 0;    ///< How often skopeo was run to move the image.
};

struct MoverOptions
{
    std::string program = "skopeo"; ///< Name or path.
    std::string docker = "docker";  ///< Loads into Docker what skopeo has made ready.
    int jobs = 1;
    int retries = 1; ///< Further attempts after the first.
    BackOff backOff;
    std::chrono::milliseconds grace{5000}; ///< From the interrupt to the kill.
    Access access;
    Scrubber scrub;
    std::function<double()> random; ///< In [0, 1); a generator of its own where absent.
    /// Calls a function later; timers of the event loop where absent. Tests put a clock of their own here.
    std::function<void(std::chrono::milliseconds, std::function<void()>)> later;
};

/// What happens, told from the event loop of the thread that started it. Indices are those of the plan.
struct MoverEvents
{
    std::function<void(std::size_t)> started;
    std::function<void(std::size_t, const std::string &why, std::chrono::milliseconds wait)> retrying;
    std::function<void(std::size_t, const MoveEnd &)> ended; ///< Exactly once for every move.
    std::function<void()> finished; ///< Exactly once, after every move has ended. May destroy the mover.
};

class MoveTask;

/// Needs a running event loop. Moves start in the plan's order; one that needs no process ends as soon as it is seen.
class Mover
{
public:
    Mover(Moves moves, MoverOptions options, MoverEvents events);
    ~Mover(); ///< Kills what still runs and removes its partial files; no event is sent any more.
    Mover(const Mover &) = delete;
    Mover &operator=(const Mover &) = delete;

    void start();
    /// Interrupts what runs, kills it after the grace time, and ends every move that waits. Again: kills at once.
    void cancel();
    /// Bytes that running saves have written so far.
    std::uint64_t bytesWritten() const;

private:
    void startNext();
    void finishSoon();
    void taskEnded(std::size_t index, const MoveEnd &end);

    Moves m_moves;
    MoverOptions m_options;
    MoverEvents m_events;
    std::vector<std::unique_ptr<MoveTask>> m_tasks; ///< By index; null before its start.
    std::shared_ptr<bool> m_alive;                  ///< What is called later only acts while this is true.
    std::size_t m_next = 0;
    std::size_t m_running = 0;
    bool m_cancelled = false;
    bool m_finishing = false;
};

} // namespace runner::transfer
