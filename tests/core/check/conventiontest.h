// A pack centre with one Dockerfile as the convention wants it, and what the checks say when it is spoiled.
#pragma once

#include "../workspace/packcentre.h"
#include "check/check.h"
#include "check/fix.h"

#include <QtTest>

#include <algorithm>

namespace conventiontest {

using namespace runner;

inline const QByteArray matrixText = "schema: 1\n"
                                     "services: { vllm: {}, sglang: {} }\n"
                                     "backends: { cuda: {}, maca: {}, musa: {} }\n"
                                     "rules:\n"
                                     "  - backend: musa\n"
                                     "    services: [vllm]\n"
                                     "    platforms: [linux/amd64]\n"
                                     "    args: [\"MUSA_VERSION=4.1.0\"]\n";

inline const QByteArray dockerfileText = "# Images for MUSA.\n"
                                         "#\n"
                                         "#   PYTHON_VERSION   REQUIRED     Python, as X.Y.\n"
                                         "#   CMAKE_MAX_JOBS   PLACEHOLDER  Compilers at a time.\n"
                                         "#                                 Nothing is compiled.\n"
                                         "#   MUSA_VERSION     REQUIRED     Version of MUSA.\n"
                                         "#   VLLM_BASE_IMAGE  REQUIRED     Image to begin with.\n"
                                         "#   VLLM_VERSION     REQUIRED     Version of vLLM.\n"
                                         "\n"
                                         "ARG PYTHON_VERSION=3.10\n"
                                         "ARG CMAKE_MAX_JOBS\n"
                                         "ARG MUSA_VERSION=4.1.0\n"
                                         "ARG VLLM_BASE_IMAGE=base:${MUSA_VERSION}-${PYTHON_VERSION}\n"
                                         "ARG VLLM_VERSION=0.9.2\n"
                                         "\n"
                                         "FROM vendor:${MUSA_VERSION} AS runtime\n"
                                         "SHELL [\"/bin/bash\", \"-eo\", \"pipefail\", \"-c\"]\n"
                                         "ARG PYTHON_VERSION\n"
                                         "RUN <<EOF\n"
                                         "    install \"${PYTHON_VERSION}\"\n"
                                         "EOF\n"
                                         "\n"
                                         "FROM ${VLLM_BASE_IMAGE} AS vllm\n"
                                         "SHELL [\"/bin/bash\", \"-eo\", \"pipefail\", \"-c\"]\n"
                                         "ENV MUSA_HOME=/usr/local/musa \\\n"
                                         "    CUDA_HOME=/usr/local/musa/cuda\n"
                                         "RUN <<EOF\n"
                                         "    check && go\n"
                                         "EOF\n"
                                         "WORKDIR /\n"
                                         "ENTRYPOINT [ \"tini\", \"--\" ]\n";

inline constexpr const char *strictShell = R"(SHELL ["/bin/bash", "-eo", "pipefail", "-c"])";

class SpoiledCentre
{
protected:
    std::unique_ptr<PackCentre> m_centre;
    std::shared_ptr<const workspace::Workspace> m_opened;
    Problems m_problems;

    std::string check(const QByteArray &text, const QByteArray &matrix = matrixText)
    {
        m_centre->file(QStringLiteral("matrix.yml"), matrix);
        m_centre->file(QStringLiteral("pack/musa/Dockerfile"), text);
        m_opened = m_centre->open();
        m_problems = m_opened ? check::checkWorkspace(*m_opened) : Problems();
        std::string ids;
        for (const Problem &problem : m_problems)
            ids += (ids.empty() ? "" : " ") + problem.id + "@" + std::to_string(problem.where.line) + ":"
                   + std::to_string(problem.where.column);
        return ids;
    }

    static QByteArray replaced(const QByteArray &before, const QByteArray &after)
    {
        QByteArray text = dockerfileText;
        if (!text.contains(before))
            qFatal("nothing to replace: %s", before.constData());
        return text.replace(before, after);
    }

    /// The text with the fix of the first problem; "no fix" where there is none.
    QByteArray fixed() const
    {
        const auto fixes =
            m_problems.empty() ? std::vector<check::Fix>() : check::fixesFor(*m_opened, m_problems.front());
        if (fixes.empty())
            return "no fix";
        std::string text = m_opened->dockerfiles.front().file.text;
        for (auto patch = fixes.front().patches.rbegin(); patch != fixes.front().patches.rend(); ++patch)
            text.replace(patch->range.begin, patch->range.size(), patch->replacement);
        return QByteArray::fromStdString(text);
    }
};

} // namespace conventiontest
