#include "onboard/proposalloader.h"

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>

namespace runner::ui {

void ProposalLoader::load(const std::filesystem::path &root, Propose propose)
{
    start([root, propose = std::move(propose)]() -> WorkedOut {
        const auto centre = workspace::open(root);
        if (!centre)
            return {nullptr, tl::unexpected(onboard::FieldProblems{{{}, centre.error()}})};
        return {*centre, propose(*centre)};
    });
}

void ProposalLoader::load(workspace::WorkspacePointer centre, Propose propose)
{
    start([centre = std::move(centre), propose = std::move(propose)] { return WorkedOut{centre, propose(centre)}; });
}

void ProposalLoader::start(std::function<WorkedOut()> work)
{
    m_loading = true;
    const quint64 number = ++m_number;
    QThreadPool::globalInstance()->start([self = QPointer<ProposalLoader>(this), number, work = std::move(work)] {
        auto result = std::make_shared<const WorkedOut>(work());
        const auto deliver = [self, number, result] {
            if (!self || self->m_number != number)
                return;
            self->m_loading = false;
            Q_EMIT self->loaded(result);
        };
        QMetaObject::invokeMethod(qApp, deliver, Qt::QueuedConnection);
    });
}

void ProposalLoader::cancel()
{
    ++m_number;
    m_loading = false;
}

} // namespace runner::ui
