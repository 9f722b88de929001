// Runs the built runnerctl, on a small pack centre of its own.
#pragma once

#include "testdata.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

namespace ctl {

struct Ran
{
    int code = -1; ///< -1: crashed, or did not end.
    QByteArray out;
    QByteArray err;

    QJsonArray list() const { return QJsonDocument::fromJson(out).array(); }
    QJsonObject object() const { return QJsonDocument::fromJson(out).object(); }
};

inline Ran finish(QProcess &process, const QByteArray &input = {})
{
    process.write(input);
    process.closeWriteChannel();
    const bool ended = process.waitForFinished(60000) && process.exitStatus() == QProcess::NormalExit;
    return {ended ? process.exitCode() : -1, process.readAllStandardOutput(), process.readAllStandardError()};
}

inline Ran run(const QStringList &arguments, const QStringList &environment = {}, const QByteArray &input = {})
{
    QProcess process;
    auto variables = QProcessEnvironment::systemEnvironment();
    variables.remove(QStringLiteral("COLUMNS"));
    for (const QString &variable : environment)
        variables.insert(variable.section(u'=', 0, 0), variable.section(u'=', 1));
    process.setProcessEnvironment(variables);
    process.start(QStringLiteral(RUNNERCTL), arguments);
    return finish(process, input);
}

/// "$CTL" is runnerctl, "$1" the folder.
inline Ran shell(const QString &script, const QString &folder = {})
{
    QProcess process;
    process.start(QStringLiteral("bash"), {QStringLiteral("-c"), QStringLiteral("CTL='" RUNNERCTL "'; ") + script,
                                           QStringLiteral("test"), folder});
    return finish(process);
}

constexpr auto matrixText = R"(schema: 1
services:
  vllm: { name: vLLM }
  sglang: { name: SGLang }
backends:
  cann:
    name: Ascend CANN
    title: CANN
    variant_arg: CANN_ARCHS
    variants: { a3: A3/910C, "910b": 910B }
  cuda: { name: NVIDIA CUDA, title: CUDA }
rules:
  - backend: cann
    services: [vllm]
    args: ["CANN_VERSION=8.5.1", "CANN_ARCHS=a3", "TYPO=1"]
  - backend: cuda
    services: [vllm, sglang]
    platforms: [linux/amd64]
    args: ["CUDA_VERSION=12.9.1"]
runners:
  - backend: cann
    version: "8.5"
    original_version: "8.5.1"
    variant: a3
    services:
      vllm:
        - { version: "0.13.0", polished: true }
        - { version: "0.12.0", deprecated: true }
        - { version: "0.11.0", listed: false }
  - backend: cuda
    version: "12.9"
    services:
      sglang:
        - { version: "0.5.6", stage: rc, platforms: [linux/amd64] }
)";

constexpr auto cannText = R"(ARG CANN_VERSION=8.5.0
ARG CANN_ARCHS=910b
ARG CANN_BASE=ascend/cann:${CANN_VERSION}
ARG PYTHON_VERSION=3.11
ARG VLLM_VERSION=0.13.0
ARG UNUSED=x
FROM ${CANN_BASE} AS runtime
ARG PYTHON_VERSION
RUN echo ${PYTHON_VERSION}
FROM runtime AS vllm
ARG VLLM_VERSION
RUN pip install vllm==${VLLM_VERSION}
)";

constexpr auto cudaText = R"(ARG CUDA_VERSION=12.8.1
ARG PYTHON_VERSION=3.11
ARG VLLM_VERSION=0.13.0
ARG SGLANG_VERSION=
FROM nvidia/cuda:${CUDA_VERSION} AS runtime
FROM runtime AS vllm
ARG VLLM_VERSION
RUN pip install vllm==${VLLM_VERSION}
FROM runtime AS sglang
ARG SGLANG_VERSION
RUN pip install sglang==${SGLANG_VERSION}
)";

/// A pack centre in a folder of its own, removed at the end.
class Centre
{
public:
    Centre()
    {
        write(QStringLiteral("matrix.yml"), matrixText);
        write(QStringLiteral("pack/cann/Dockerfile"), cannText);
        write(QStringLiteral("pack/cuda/Dockerfile"), cudaText);
    }

    QString path(const QString &name = {}) const { return m_folder.filePath(name); }

    void write(const QString &name, const QByteArray &text) const
    {
        QDir().mkpath(QFileInfo(path(name)).path());
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("cannot write %s", qPrintable(file.fileName()));
    }

    Ran run(const QStringList &arguments, const QStringList &environment = {}, const QByteArray &input = {}) const
    {
        return ctl::run(QStringList{QStringLiteral("-C"), path()} + arguments, environment, input);
    }

private:
    QTemporaryDir m_folder;
};

} // namespace ctl
