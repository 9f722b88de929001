// What stages take over from the stages that they build on.
#pragma once

#include "check/convention/subject.h"
#include "dockerfile/stages.h"

#include <deque>

namespace runner::check::convention {

/// Calls \a visit(stage, state) for each stage in the file's order, in a build with the defaults. The state is what the
/// visit of its base stage left, State() on an image; the visit changes it.
template <typename State, typename Visit>
void visitStages(const Subject &subject, Visit visit)
{
    const dockerfile::StageGraph graph(subject.file, subject.defaults());
    std::deque<State> states; // by stage
    for (std::size_t i = 0; i < subject.file.stages.size(); ++i) {
        const int base = graph.baseOf(static_cast<int>(i));
        states.push_back(base < 0 ? State() : states[static_cast<std::size_t>(base)]);
        visit(subject.file.stages[i], states.back());
    }
}

} // namespace runner::check::convention
