#include "dockerfile/expansion.h"

#include "dockerfile/characters.h"
#include "dockerfile/expander.h"

namespace runner::dockerfile {

Result<Expanded> expandWord(std::string_view word, char escape, const Lookup &lookup)
{
    ExpansionOptions options;
    options.escape = escape;
    WorkBudget budget{defaultExpansionWork};
    Expander expander(word, options, lookup, budget);
    if (expander.run())
        return Expanded{expander.text(), expander.references(), expander.unguarded()};
    const ExpansionFailure &what = expander.failure();
    const int column = 1 + codePointCount(word.substr(0, what.offset));
    return failure(what.id, Location{{}, 1, column}, what.message, what.advice);
}

} // namespace runner::dockerfile
