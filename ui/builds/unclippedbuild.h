// The same build once more, on a builder that keeps the whole log.
#pragma once

#include "build/builders.h"
#include "builds/buildcentre.h"

#include <QObject>

#include <memory>

namespace runner::ui {

class UnclippedBuild final : public QObject
{
    Q_OBJECT

public:
    /// The centre must outlive it.
    explicit UnclippedBuild(BuildCentre *centre, QObject *parent = nullptr);
    ~UnclippedBuild() override;

    /// Puts the build in the queue, for one of \a builders that does not cut logs and runs its platform, or for a new one
    /// that is created for that. Does nothing without docker.
    void start(build::Request request, const std::vector<build::Builder> &builders);

Q_SIGNALS:
    void statusMessage(const QString &text);
    void builderCreated();

private:
    void create(const build::Request &request);

    BuildCentre *m_centre;
    std::unique_ptr<build::ToolCall> m_creation;
};

} // namespace runner::ui
