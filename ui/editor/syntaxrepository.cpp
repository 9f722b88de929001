#include "editor/syntaxrepository.h"

#ifdef RUNNER_HAVE_HIGHLIGHTING

#include <QtGlobal>

static void initSyntax()
{
    Q_INIT_RESOURCE(syntax); // The resources are in a static library.
}

namespace runner::ui {

KSyntaxHighlighting::Repository &syntaxRepository()
{
    static const bool ready = (initSyntax(), true);
    Q_UNUSED(ready)
    static KSyntaxHighlighting::Repository repository;
    return repository;
}

} // namespace runner::ui

#endif
