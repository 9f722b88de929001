#include "onboard/answerskeeper.h"

#include <utility>

namespace runner::ui {

namespace {

constexpr int keepMilliseconds = 400; // Less than a second, more than a burst of keys needs.

} // namespace

AnswersKeeper::AnswersKeeper(const std::filesystem::path &root, const std::string &kind,
                             std::function<std::string()> text, QObject *parent)
    : QObject(parent)
    , m_store(text::stateFolder() / "answers")
    , m_name(root / kind)
    , m_text(std::move(text))
{
    m_writer.setMaxThreadCount(1);
    m_delay.setSingleShot(true);
    m_delay.setInterval(keepMilliseconds);
    connect(&m_delay, &QTimer::timeout, this, &AnswersKeeper::keep);
}

AnswersKeeper::~AnswersKeeper()
{
    m_writer.waitForDone();
}

void AnswersKeeper::keepSoon()
{
    if (!m_delay.isActive())
        m_delay.start();
}

text::RecoveredText AnswersKeeper::work() const
{
    text::RecoveredText answers;
    answers.file = m_name;
    answers.text = m_text();
    return answers;
}

/// A disk that is full now may not be so at the next key.
void AnswersKeeper::keep()
{
    m_delay.stop();
    m_writer.start([store = m_store, answers = work()] { static_cast<void>(store.keep(answers)); });
}

void AnswersKeeper::flush()
{
    if (m_delay.isActive())
        keep();
    m_writer.waitForDone();
}

void AnswersKeeper::forget()
{
    m_delay.stop();
    m_writer.start([store = m_store, name = m_name] { store.forget(name); });
}

std::optional<text::RecoveredText> AnswersKeeper::found() const
{
    return m_store.find(m_name);
}

void AnswersKeeper::forget(const text::RecoveredText &found)
{
    m_writer.start([store = m_store, found] { store.forget(found); });
}

void AnswersKeeper::takeOver(const text::RecoveredText &found)
{
    m_delay.stop();
    m_writer.start([store = m_store, answers = work(), found] {
        if (store.keep(answers) && !store.isOwn(found))
            store.forget(found);
    });
}

} // namespace runner::ui
