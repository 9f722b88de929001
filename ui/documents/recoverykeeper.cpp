#include "documents/recoverykeeper.h"

#include "documents/documentset.h"

#include <QDateTime>

#include <algorithm>
#include <iterator>
#include <utility>

namespace runner::ui {

namespace {

constexpr int delayMilliseconds = 400; // Less than a second, more than a burst of keys needs.

bool isBelow(const std::filesystem::path &file, const std::filesystem::path &root)
{
    const auto [rootEnd, rest] = std::mismatch(root.begin(), root.end(), file.begin(), file.end());
    return rootEnd == root.end() && rest != file.end();
}

} // namespace

RecoveryKeeper::RecoveryKeeper(DocumentSet &documents, std::filesystem::path folder, QObject *parent)
    : QObject(parent)
    , m_documents(documents)
    , m_store(std::move(folder))
{
    m_writer.setMaxThreadCount(1);
    m_delay.setSingleShot(true);
    m_delay.setInterval(delayMilliseconds);
    connect(&m_delay, &QTimer::timeout, this, &RecoveryKeeper::keep);
    connect(&documents, &DocumentSet::changed, this, &RecoveryKeeper::onChanged);
    connect(&documents, &DocumentSet::modifiedChanged, this, &RecoveryKeeper::onChanged);
}

RecoveryKeeper::~RecoveryKeeper()
{
    m_writer.waitForDone();
}

/// The timer is not started anew by every key: work is kept while somebody types on and on.
void RecoveryKeeper::onChanged()
{
    if (!m_delay.isActive())
        m_delay.start();
}

void RecoveryKeeper::keep()
{
    std::set<std::filesystem::path> unsaved;
    for (const TextDocument *document : m_documents.modified()) {
        unsaved.insert(document->path());
        text::RecoveredText work{document->path(), document->text(), document->savedText(),
                                 document->hasByteOrderMark(), QDateTime::currentSecsSinceEpoch()};
        // The writer is done before this goes.
        m_writer.start([this, store = m_store, work = std::move(work), earlier = takenOver(document->path())] {
            const auto kept = store.keep(work);
            QMetaObject::invokeMethod(
                this, [this, kept] { onKept(kept); }, Qt::QueuedConnection);
            if (!kept)
                return;
            for (const text::RecoveredText &each : earlier) // Twice on the disk rather than not at all.
                store.forget(each);
        });
    }
    for (const std::filesystem::path &file : m_kept) {
        if (unsaved.count(file) > 0)
            continue;
        m_writer.start([store = m_store, file, earlier = takenOver(file)] {
            store.forget(file);
            for (const text::RecoveredText &each : earlier)
                store.forget(each);
        });
        std::erase_if(m_takenOver, [&file](const text::RecoveredText &each) { return each.file == file; });
    }
    m_kept = std::move(unsaved);
}

/// A disk that is full now may not be so later.
void RecoveryKeeper::onKept(const Result<void> &result)
{
    constexpr int againMilliseconds = 5000;
    if (!result) {
        if (!std::exchange(m_failing, true))
            Q_EMIT failed(result.error());
        QTimer::singleShot(againMilliseconds, this, &RecoveryKeeper::onChanged);
    } else {
        m_failing = false;
    }
}

std::vector<text::RecoveredText> RecoveryKeeper::takenOver(const std::filesystem::path &file) const
{
    std::vector<text::RecoveredText> works;
    std::copy_if(m_takenOver.begin(), m_takenOver.end(), std::back_inserter(works),
                 [&file](const text::RecoveredText &each) { return each.file == file; });
    return works;
}

void RecoveryKeeper::takeOver(const text::RecoveredText &work)
{
    m_kept.insert(work.file);
    if (!m_store.isOwn(work))
        m_takenOver.push_back({work.file, {}, {}, false, 0, work.keptIn});
}

void RecoveryKeeper::forget(const text::RecoveredText &work)
{
    m_writer.start([store = m_store, work] { store.forget(work); });
}

void RecoveryKeeper::flush()
{
    if (m_delay.isActive()) {
        m_delay.stop();
        keep();
    }
    m_writer.waitForDone();
}

std::vector<text::RecoveredText> RecoveryKeeper::found(const std::filesystem::path &root) const
{
    std::vector<text::RecoveredText> works = m_store.all();
    std::erase_if(works, [&](const text::RecoveredText &work) {
        return !isBelow(work.file, root) || m_kept.count(work.file) > 0;
    });
    return works;
}

} // namespace runner::ui
