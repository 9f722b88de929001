// The syntax definitions: KSyntaxHighlighting's own and ours. Only there where RUNNER_HAVE_HIGHLIGHTING is defined.
#pragma once

#ifdef RUNNER_HAVE_HIGHLIGHTING

#include <QLatin1String>

#if __has_include(<KSyntaxHighlighting/Repository>)
#include <KSyntaxHighlighting/Definition>
#include <KSyntaxHighlighting/Repository>
#else
#include <Definition>
#include <Repository>
#endif

namespace runner::ui {

/// The name of the definition in resources/syntax; the library's own is called "Dockerfile".
inline constexpr QLatin1String dockerfileDefinition("Dockerfile with heredocs");

/// One for the program's life: reading its index takes some 20 ms.
KSyntaxHighlighting::Repository &syntaxRepository();

} // namespace runner::ui

#endif
