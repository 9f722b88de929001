// Recorded progress of real builds, and made-up progress.
#pragma once

#include "testdata.h"

#include "build/decoder.h"
#include "build/recording.h"

#include <QTemporaryDir>

#include <algorithm>
#include <string>
#include <vector>

namespace recordings {

inline std::string stream(const char *name)
{
    return testdata::read(testdata::project(QStringLiteral("tests/data/rawjson/") + QString::fromLatin1(name)))
        .toStdString();
}

inline std::string base64(const std::string &bytes)
{
    return QByteArray::fromStdString(bytes).toBase64().toStdString();
}

/// A line of progress in which the step writes.
inline std::string logLine(const std::string &step, const std::string &bytes, int milliseconds = 0)
{
    const std::string time = QByteArray::number(1000 + milliseconds).right(3).toStdString();
    return R"({"logs":[{"vertex":")" + step + R"(","stream":1,"data":")" + base64(bytes)
           + R"(","timestamp":"2026-11-23T08:38:12.)" + time + "Z\"}]}\n";
}

inline std::string vertexLine(const std::string &step, const std::string &members)
{
    return R"({"vertexes":[{"digest":")" + step + R"(","name":"[s )" + step + "] RUN\"" + members + "}]}\n";
}

/// Records a stream in pieces of \a piece bytes, in a folder that is removed with the object.
struct Recorded
{
    QTemporaryDir folder;
    std::unique_ptr<runner::build::Recording> recording;

    explicit Recorded(const std::string &bytes, std::size_t piece = 4096,
                      const std::string &dockerfile = "pack/x/Dockerfile")
    {
        recording = std::move(*runner::build::Recording::create(path(), dockerfile));
        for (std::size_t i = 0; i < bytes.size(); i += piece) {
            if (!recording->write(std::string_view(bytes).substr(i, piece)))
                qFatal("cannot record");
        }
    }
    std::filesystem::path path() const { return folder.path().toStdString(); }
    Recorded &finish()
    {
        if (!recording->finish())
            qFatal("cannot finish the recording");
        return *this;
    }
    std::vector<std::string> lines() const
    {
        std::vector<std::string> lines;
        for (const auto &line : recording->log()->read(0, ~0ULL))
            lines.push_back(line.bytes);
        return lines;
    }
    /// Lines of the first step whose name holds \a name.
    std::vector<std::string> linesOf(const std::string &name) const
    {
        std::vector<std::string> lines;
        for (const auto &line : recording->log()->readStep(step(name), 0, ~0ULL))
            lines.push_back(line.bytes);
        return lines;
    }
    std::size_t step(const std::string &name) const
    {
        const auto steps = recording->steps().steps();
        for (std::size_t i = 1; i < steps.size(); ++i) {
            if (steps[i].name.find(name) != std::string::npos)
                return i;
        }
        return 0;
    }
};

} // namespace recordings
