// BuildPage: where the log and the steps come from.
#include "build/background.h"
#include "build/history.h"
#include "build/readsteps.h"
#include "builds/buildpage.h"
#include "builds/buildwords.h"
#include "builds/followedbuild.h"

namespace runner::ui {

/// Another console runs it: what that has written is read while it grows.
void BuildPage::showOthers()
{
    m_followed = std::make_unique<FollowedBuild>(*m_record);
    connect(m_followed.get(), &FollowedBuild::news, this, &BuildPage::onMore);
    if (m_followed->recording())
        showLive(m_followed->recording());
    else
        QMetaObject::invokeMethod(this, &BuildPage::loaded, Qt::QueuedConnection);
}

/// The log is there at once where its index is; the steps follow, which takes as long as reading the stream.
void BuildPage::openFinished()
{
    m_goOn = std::make_shared<std::atomic<bool>>(true);
    m_loading = true;
    auto log = std::make_shared<Result<std::shared_ptr<const build::Log>>>();
    m_reading = std::make_unique<build::Background>(
        [log, record = *m_record, goOn = m_goOn] {
            *log = build::openLog(record, [goOn](double) { return goOn->load(); });
        },
        [this, log, goOn = m_goOn] {
            if (*goOn)
                onLogOpened(*log);
        });
}

void BuildPage::onLogOpened(const Result<std::shared_ptr<const build::Log>> &log)
{
    if (log)
        m_logData = *log;
    else if (m_record->outcome != build::Outcome::CouldNotStart)
        Q_EMIT statusMessage(sentence(log.error()));
    m_followed.reset();
    showStep(m_step); // Of one that was followed till now, the reader's step.
    auto steps = std::make_shared<Result<build::Steps>>();
    m_reading = std::make_unique<build::Background>(
        [steps, record = *m_record, goOn = m_goOn] {
            *steps = build::readSteps(record.folder, record.request.dockerfile, record.ended,
                                      [goOn] { return goOn->load(); });
        },
        [this, steps, goOn = m_goOn] {
            if (*goOn)
                onStepsRead(*steps);
        });
}

void BuildPage::onStepsRead(const Result<build::Steps> &steps)
{
    if (steps)
        setSteps(*steps, true);
    showCause();
    showSummary();
    m_loading = false;
    Q_EMIT loaded();
}

void BuildPage::stopReading()
{
    m_loading = false;
    if (m_goOn)
        *m_goOn = false;
    m_reading.reset();
    m_refresh.stop();
}

} // namespace runner::ui
