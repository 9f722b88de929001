// Any bytes as the output of a build, in any pieces: events, steps and lines are the same however it is cut, and no
// byte of a log is lost.
#include "build/decoder.h"
#include "build/linemaker.h"
#include "build/steps.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

using namespace runner::build;

namespace {

struct Outcome
{
    Steps steps{"pack/x/Dockerfile"};
    LineMaker lines;
    std::size_t logBytes = 0;
    std::size_t events = 0;
};

void apply(Outcome &outcome, const Event &event)
{
    ++outcome.events;
    if (const auto *vertex = std::get_if<VertexEvent>(&event))
        outcome.steps.apply(*vertex);
    else if (const auto *status = std::get_if<StatusEvent>(&event))
        outcome.steps.apply(*status);
    else if (const auto *warning = std::get_if<WarningEvent>(&event))
        outcome.steps.apply(*warning);
    else if (const auto *text = std::get_if<TextEvent>(&event))
        outcome.steps.apply(*text);
    else if (const auto *log = std::get_if<LogEvent>(&event)) {
        outcome.logBytes += static_cast<std::size_t>(
            std::count_if(log->data.begin(), log->data.end(), [](char c) { return c != '\n'; }));
        outcome.lines.add(outcome.steps.indexOf(log->vertex), log->data, 0);
    }
}

void decode(Outcome &outcome, std::string_view bytes, std::size_t piece)
{
    Decoder decoder([&](const Event &event) { apply(outcome, event); });
    for (std::size_t i = 0; i < bytes.size(); i += piece)
        decoder.feed(bytes.substr(i, piece));
    decoder.finish();
    outcome.lines.finish();
    outcome.steps.end(1);
}

void require(bool holds)
{
    if (!holds)
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char *>(data), size);
    Outcome whole;
    Outcome pieces;
    decode(whole, bytes, std::max<std::size_t>(size, 1));
    decode(pieces, bytes, size % 13 + 1);
    require(whole.events == pieces.events);
    require(whole.lines.text() == pieces.lines.text());
    require(whole.steps.steps().size() == pieces.steps.steps().size());
    const std::string &text = whole.lines.text();
    require(text.size() - whole.lines.entries().size() == whole.logBytes);
    for (std::size_t i = 1; i < whole.steps.steps().size(); ++i)
        require(whole.steps.steps()[i].ended());
    return 0;
}
