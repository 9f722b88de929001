#include "matrix/effectloader.h"

#include "text/diff.h"

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>

#include <set>
#include <utility>

namespace runner::ui {

namespace {

std::string textOf(const workspace::Texts &texts, const std::string &file)
{
    const auto found = texts.find(file);
    return found == texts.end() ? std::string() : *found->second;
}

/// Of every file that both states read, or one of them.
std::string differenceOf(const workspace::Texts &before, const workspace::Texts &after)
{
    std::set<std::string> files;
    for (const workspace::Texts *texts : {&before, &after}) {
        for (const auto &[file, text] : *texts)
            files.insert(file);
    }
    std::string result;
    for (const std::string &file : files) {
        const auto old = before.find(file);
        const auto fresh = after.find(file);
        if (old == before.end() || fresh == after.end() || old->second != fresh->second)
            result += text::unifiedDiff(textOf(before, file), textOf(after, file), "a/" + file, "b/" + file);
    }
    return result;
}

} // namespace

EffectLoader::HeadPointer EffectLoader::readHead(const LoadedPointer &saved)
{
    auto head = std::make_shared<Head>();
    head->saved = saved;
    auto opened = workspace::atRevision(saved->workspace, "HEAD");
    if (opened) {
        head->workspace = std::move(*opened);
        head->examined = check::examine(*head->workspace, saved->examined); // What both have is shared.
    } else {
        head->problem = opened.error();
    }
    return head;
}

void EffectLoader::load(const LoadedPointer &loaded)
{
    m_wanted = loaded;
    if (!m_loading)
        start();
}

void EffectLoader::start()
{
    m_loading = true;
    QPointer<EffectLoader> self(this);
    const LoadedPointer now = std::exchange(m_wanted, nullptr);
    QThreadPool::globalInstance()->start([self, now, head = m_head]() mutable {
        const LoadedPointer saved = now->saved ? now->saved : now;
        Comparisons result;
        if (saved != now) {
            result[0].effect = workspace::effectOf(*saved->workspace, *saved->expansion, *now->workspace, *now->expansion);
            result[0].difference = differenceOf(saved->workspace->texts, now->workspace->texts);
        }
        if (!head || head->saved != saved)
            head = readHead(saved);
        result[1].problem = head->problem;
        if (head->workspace) {
            result[1].effect = workspace::effectOf(*head->workspace, head->examined->expansion, *now->workspace, *now->expansion);
            result[1].difference = differenceOf(head->workspace->texts, now->workspace->texts);
        }
        QMetaObject::invokeMethod(
            qApp,
            [self, result = std::move(result), head] {
                if (self)
                    self->finish(result, head);
            },
            Qt::QueuedConnection);
    });
}

void EffectLoader::finish(const Comparisons &comparisons, const HeadPointer &head)
{
    m_loading = false;
    m_head = head;
    m_comparisons = comparisons;
    Q_EMIT loaded();
    if (m_wanted)
        start();
}

} // namespace runner::ui
