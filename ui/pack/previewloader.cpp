#include "pack/previewloader.h"

#include <utility>

namespace runner::ui {

PreviewLoader::PreviewLoader(QObject *parent)
    : QObject(parent)
    , m_task(this, [this](PreviewAnswerPointer &&answer) { finish(answer); })
    , m_answer(std::make_shared<PreviewAnswer>())
{
}

void PreviewLoader::ask(const PreviewQuestion &question)
{
    m_working = !question.isShort();
    if (!m_working) {
        m_task.dropNext();
        m_answer = m_last = answerOf(question, m_last);
        Q_EMIT answered();
        return;
    }
    m_task.ask([question, before = m_last] { return answerOf(question, before); });
    if (m_answer->question.file != question.file) {
        m_answer = std::make_shared<PreviewAnswer>(PreviewAnswer{question, {}, {}, {}, {}});
        Q_EMIT answered();
    }
}

/// Of no use where a short question has been answered meanwhile, or another long one waits.
void PreviewLoader::finish(const PreviewAnswerPointer &answer)
{
    if (!m_working)
        return;
    m_last = answer; // Much of it may hold for the next one.
    if (m_task.hasNewer())
        return;
    m_working = false;
    m_answer = answer;
    Q_EMIT answered();
}

} // namespace runner::ui
