#include "pack/previewloader.h"

#include <QCoreApplication>
#include <QPointer>
#include <QThreadPool>

#include <utility>

namespace runner::ui {

PreviewLoader::PreviewLoader(QObject *parent)
    : QObject(parent)
    , m_answer(std::make_shared<PreviewAnswer>())
{
}

void PreviewLoader::ask(const PreviewQuestion &question)
{
    m_working = !question.isShort();
    m_wanted.reset();
    if (!m_working) {
        m_answer = m_last = answerOf(question, m_last);
        Q_EMIT answered();
        return;
    }
    if (m_running)
        m_wanted = question;
    else
        start(question);
    if (m_answer->question.file != question.file) {
        m_answer = std::make_shared<PreviewAnswer>(PreviewAnswer{question, {}, {}, {}});
        Q_EMIT answered();
    }
}

void PreviewLoader::start(const PreviewQuestion &question)
{
    m_running = true;
    QPointer<PreviewLoader> self(this);
    QThreadPool::globalInstance()->start([self, question, before = m_last] {
        const PreviewAnswerPointer answer = answerOf(question, before);
        QMetaObject::invokeMethod(
            qApp,
            [self, answer] {
                if (self)
                    self->finish(answer);
            },
            Qt::QueuedConnection);
    });
}

/// Of no use where a short question has been answered meanwhile, or another long one waits.
void PreviewLoader::finish(const PreviewAnswerPointer &answer)
{
    m_running = false;
    if (m_wanted) {
        m_last = answer; // Much of it may hold for the next one.
        start(*std::exchange(m_wanted, {}));
    } else if (m_working) {
        m_working = false;
        m_answer = m_last = answer;
        Q_EMIT answered();
    }
}

} // namespace runner::ui
