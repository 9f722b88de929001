// Works a proposal out, or a changed one again, off the event loop. Only the last that was asked for counts.
#pragma once

#include "onboard/proposal.h"

#include <QObject>

#include <functional>
#include <memory>

namespace runner::ui {

class ProposalLoader final : public QObject
{
    Q_OBJECT

public:
    /// Blocks; called on a worker thread.
    using Work = std::function<onboard::Answered<onboard::Proposal>()>;

    using QObject::QObject;

    void load(Work work);
    bool isLoading() const { return m_loading; }
    /// Drops what is under way.
    void cancel();

Q_SIGNALS:
    void loaded(const std::shared_ptr<const onboard::Answered<onboard::Proposal>> &proposal);

private:
    quint64 m_number = 0;
    bool m_loading = false;
};

} // namespace runner::ui
