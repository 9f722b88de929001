// A small pack centre in a temporary folder, and a big one in memory.
#pragma once

#include "catalog/catalog.h"
#include "workspace/loadedworkspace.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

namespace centre {

inline void write(const QString &file, const QByteArray &text)
{
    QFile out(file);
    QVERIFY(out.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QCOMPARE(out.write(text), qint64(text.size()));
}

inline QByteArray matrixText()
{
    return R"(schema: 1
services:
  vllm: { name: vLLM }
  sglang: { name: SGLang }
backends:
  cuda:
    name: NVIDIA CUDA
    title: CUDA
    notes:
      - { kind: note, text: "Compute capabilities `7.5 8.0` and newer." }
  cann:
    name: Ascend CANN
    title: CANN
    variant_arg: CANN_ARCHS
    variants: { a3: A3/910C }
rules:
  - backend: "cuda"
    services:
      - "vllm"
    platforms:
      - "linux/amd64"
    args:
      - "CUDA_VERSION=12.9.1"
      - "VLLM_VERSION=0.17.1"
runners:
  - backend: cuda
    version: "12.9"
    original_version: "12.9.1"
    services:
      vllm:
        - { version: "0.17.1", platforms: [linux/amd64] }
        - { version: "0.16.0", stage: rc }
        - { version: "0.9.1", deprecated: true }
        - { version: "0.8.5", polished: true }
      sglang:
        - { version: "0.5.9", released: false }
        - { version: "0.5.1", listed: false }
  - backend: cann
    version: "8.5"
    original_version: "8.5.0"
    variant: a3
    services:
      vllm:
        - { version: "0.16.0" }
)";
}

/// Writes the small pack centre; false when that failed.
inline bool lay(const QString &folder)
{
    write(folder + QStringLiteral("/matrix.yml"), matrixText());
    if (!QDir(folder).mkpath(QStringLiteral("pack/cuda")))
        return false;
    write(folder + QStringLiteral("/pack/cuda/Dockerfile"),
          "ARG CUDA_VERSION=12.8.0\nARG VLLM_VERSION=0.1.0\nFROM scratch AS vllm\nARG CUDA_VERSION\nARG VLLM_VERSION\n"
          "ENV V=${VLLM_VERSION}\n");
    return !QTest::currentTestFailed();
}

inline runner::ui::LoadedPointer load(const QString &folder)
{
    const auto result = runner::ui::loadWorkspace(folder.toStdString());
    if (!result)
        qWarning("%s", runner::diagnostics::describe(result.error()).c_str());
    return result ? *result : nullptr;
}

/// One backend with \a rows rows of ten versions on two platforms each: twenty records a row.
inline runner::ui::LoadedPointer big(int rows)
{
    auto workspace = std::make_shared<runner::workspace::Workspace>();
    runner::matrix::Matrix &matrix = workspace->matrix;
    matrix.services = {{"vllm", "vLLM", {}}, {"sglang", "SGLang", {}}};
    matrix.backends.resize(2);
    matrix.backends[0].id = matrix.backends[0].name = matrix.backends[0].title = "cuda";
    matrix.backends[1].id = matrix.backends[1].name = matrix.backends[1].title = "rocm";
    for (int i = 0; i < rows; ++i) {
        runner::matrix::RunnerRow row;
        row.backend = i % 2 ? "cuda" : "rocm";
        row.version = row.shownVersion = row.originalVersion = "1." + std::to_string(i);
        for (const char *service : {"vllm", "sglang"}) {
            runner::matrix::RunnerCell cell{service, {}};
            for (int version = 0; version < 5; ++version) {
                runner::matrix::RunnerEntry entry;
                entry.version = "0." + std::to_string(version) + '.' + std::to_string(i);
                entry.platforms = {"linux/amd64", "linux/arm64"};
                entry.originalVersion = row.version;
                cell.entries.push_back(entry);
            }
            row.cells.push_back(cell);
        }
        matrix.runners.edit().push_back(row);
    }
    workspace->records = runner::catalog::recordsOf(matrix);
    return runner::ui::unchecked(workspace);
}

} // namespace centre
