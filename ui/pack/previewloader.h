// Works out what the preview shows: of a usual Dockerfile at once, of a very long one on another thread.
#pragma once

#include "pack/previewanswer.h"
#include "tasks/latesttask.h"

#include <QObject>

namespace runner::ui {

class PreviewLoader final : public QObject
{
    Q_OBJECT

public:
    explicit PreviewLoader(QObject *parent = nullptr);

    /// The last question wins; until its answer is there, the one before stays. Of another file there is an empty one
    /// meanwhile.
    void ask(const PreviewQuestion &question);
    const PreviewAnswer &answer() const { return *m_answer; }
    /// Not yet what was asked last.
    bool isWorking() const { return m_working; }

Q_SIGNALS:
    void answered();

private:
    void finish(const PreviewAnswerPointer &answer);

    LatestTask<PreviewAnswerPointer> m_task;
    PreviewAnswerPointer m_answer; ///< Never null.
    PreviewAnswerPointer m_last;   ///< The last whole one.
    bool m_working = false;
};

} // namespace runner::ui
