// Builds in a history whose output is a recorded stream, and a test that has one.
#pragma once

#include "recordings.h"

#include "build/history.h"

#include <QtTest>

#include <memory>

namespace recordings {

inline runner::build::Request request(const std::string &platform = "linux/amd64")
{
    runner::build::Request request;
    request.folder = "/nowhere";
    request.context = "pack/cuda";
    request.dockerfile = "pack/cuda/Dockerfile";
    request.backend = "cuda";
    request.target = "vllm";
    request.platform = platform;
    request.platformTag =
        "cuda12.9-vllm0.17.1-" + std::string(platform == "linux/amd64" ? "linux-amd64" : "linux-arm64");
    request.images = {"gpustack/runner:" + request.platformTag};
    return request;
}

inline runner::build::RunEnd endOf(runner::build::Outcome outcome)
{
    runner::build::RunEnd end;
    end.outcome = outcome;
    end.exitCode = outcome == runner::build::Outcome::Succeeded ? 0 : 1;
    end.ended = runner::build::currentTime();
    if (outcome != runner::build::Outcome::Succeeded)
        end.problems = {
            {"build-failed", runner::Severity::Error, {"pack/cuda/Dockerfile", 23, 0}, "RUN failed", "Mend it"}};
    end.metadata.digest = "sha256:1";
    end.metadata.materials = {{"pkg:docker/base", "2"}};
    return end;
}

/// Keeps a build whose output is a recorded stream; gives its identifier.
inline std::int64_t keep(runner::build::History &history, const char *name, runner::build::Outcome outcome,
                         const runner::build::Request &asked = request())
{
    const auto record = history.begin(asked, {{"abc", true}, {}, {}});
    if (!record)
        return 0;
    const auto recording = runner::build::Recording::create(record->folder, asked.dockerfile);
    const bool written = (*recording)->write(stream(name)) && (*recording)->finish();
    return written && history.end(record->id, endOf(outcome), recording->get()) ? record->id : 0;
}

/// A history of its own for each test.
class KeptBuildsTest : public QObject
{
protected:
    void setUp()
    {
        m_history.reset();
        std::filesystem::remove_all(path());
        m_history = open();
        QVERIFY(m_history);
    }

    std::filesystem::path path() const { return std::filesystem::path(m_folder.path().toStdString()) / "state"; }
    std::unique_ptr<runner::build::History> open() const { return std::move(*runner::build::History::open(path())); }

    QTemporaryDir m_folder;
    std::unique_ptr<runner::build::History> m_history;
};

} // namespace recordings
