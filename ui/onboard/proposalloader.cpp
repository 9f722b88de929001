#include "onboard/proposalloader.h"

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>

namespace runner::ui {

void ProposalLoader::load(Work work)
{
    m_loading = true;
    const quint64 number = ++m_number;
    QThreadPool::globalInstance()->start([self = QPointer<ProposalLoader>(this), number, work = std::move(work)] {
        auto result = std::make_shared<const onboard::Answered<onboard::Proposal>>(work());
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
