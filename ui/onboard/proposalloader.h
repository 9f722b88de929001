// Works a proposal out, or a changed one again, off the event loop. Only the last that was asked for counts.
#pragma once

#include "onboard/proposal.h"

#include <QObject>

#include <functional>
#include <memory>

namespace runner::ui {

/// A proposal and the pack centre that it is about; without one where that could not be read.
struct WorkedOut
{
    workspace::WorkspacePointer centre;
    onboard::Answered<onboard::Proposal> proposal;
};

class ProposalLoader final : public QObject
{
    Q_OBJECT

public:
    /// Blocks; called on a worker thread.
    using Propose = std::function<onboard::Answered<onboard::Proposal>(const workspace::WorkspacePointer &)>;

    using QObject::QObject;

    /// Reads the files first: what is known of them may be old.
    void load(const std::filesystem::path &root, Propose propose);
    /// For the pack centre as it was read.
    void load(workspace::WorkspacePointer centre, Propose propose);
    bool isLoading() const { return m_loading; }
    /// Drops what is under way.
    void cancel();

Q_SIGNALS:
    void loaded(const std::shared_ptr<const runner::ui::WorkedOut> &result);

private:
    void start(std::function<WorkedOut()> work);

    quint64 m_number = 0;
    bool m_loading = false;
};

} // namespace runner::ui
