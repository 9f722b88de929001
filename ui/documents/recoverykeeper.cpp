#include "documents/recoverykeeper.h"

#include "documents/documentset.h"

#include <QDateTime>

#include <algorithm>

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
        m_writer.start([store = m_store, work = std::move(work)] {
            if (!store.keep(work)) // A disk that is full now may not be so at the next key.
                return;
        });
    }
    for (const std::filesystem::path &file : m_kept) {
        if (unsaved.count(file) == 0)
            forget(file);
    }
    m_kept = std::move(unsaved);
}

void RecoveryKeeper::forget(const std::filesystem::path &file)
{
    m_writer.start([store = m_store, file] { store.forget(file); });
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
