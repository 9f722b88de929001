// A text of rules, and what it is after an edit.
#pragma once

#include "matrix/document.h"
#include "matrix/edit/edit.h"

#include <QtGlobal>

#include <string>
#include <utility>

inline runner::matrix::Document parsed(const std::string &text)
{
    auto document = runner::matrix::Document::parse(text, "matrix.yml");
    if (!document)
        qFatal("%s", runner::diagnostics::describe(document.error()).c_str());
    return std::move(*document);
}

/// The text after the edit; "ID" of the problem where it is refused.
inline std::string after(const std::string &text, const runner::matrix::edit::Edit &edit)
{
    const auto edited = runner::matrix::edit::applyEdit(parsed(text), edit);
    return edited ? edited->document.text() : edited.error().id;
}

inline const std::string block = "rules:\n"
                                 "  - backend: 'cuda'\n"
                                 "    services:\n"
                                 "      - 'vllm' # the engine\n"
                                 "      - 'sglang'\n"
                                 "    args:\n"
                                 "      # why it is so\n"
                                 "      - 'A=1'   # one\n"
                                 "      - 'B=2'\n"
                                 "      # - 'C=3'\n"
                                 "\n"
                                 "  # ROCm\n"
                                 "  - backend: 'rocm'\n"
                                 "    services: ['vllm']\n"
                                 "    platforms:\n"
                                 "    args: []\n";
