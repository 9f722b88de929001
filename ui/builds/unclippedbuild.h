// The same build once more, on a builder that keeps the whole log.
#pragma once

#include "build/builders.h"
#include "builds/buildcentre.h"

#include <QObject>

#include <memory>

class QWidget;

namespace runner::ui {

class UnclippedBuild final : public QObject
{
    Q_OBJECT

public:
    /// The centre must outlive it. What it asks is asked over \a parent.
    explicit UnclippedBuild(BuildCentre *centre, QWidget *parent);
    ~UnclippedBuild() override;

    /// Puts the build in the queue, for one of \a builders that does not cut logs and runs its platform. Where there is
    /// none, asks whether one is to be created. Does nothing without docker.
    void start(build::Request request, const std::vector<build::Builder> &builders);

Q_SIGNALS:
    void statusMessage(const QString &text);
    void builderCreated();

private:
    void ask(const build::Request &request);
    void create(const build::Request &request);

    BuildCentre *m_centre;
    QWidget *m_window;
    std::unique_ptr<build::ToolCall> m_creation;
};

} // namespace runner::ui
