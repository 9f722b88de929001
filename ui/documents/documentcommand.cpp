#include "documents/documentcommand.h"

#include "documents/textdocument.h"

#include <utility>

namespace runner::ui {

namespace {

constexpr qint64 burstMilliseconds = 2000;

bool changesNothing(const text::Patches &forward, const text::Patches &back)
{
    if (forward.size() != back.size())
        return false;
    for (std::size_t i = 0; i < forward.size(); ++i) {
        if (forward[i].replacement != back[i].replacement)
            return false;
    }
    return true;
}

} // namespace

DocumentCommand::DocumentCommand(TextDocument &document, text::Patches patches, const QString &name, Kind kind,
                                 FileStepPointer step)
    : QUndoCommand(name)
    , m_document(document)
    , m_forward(std::move(patches))
    , m_back(text::inverse(document.text(), m_forward))
    , m_kind(kind)
    , m_step(std::move(step))
{
    m_age.start();
}

void DocumentCommand::undo()
{
    m_kind = Kind::Step;
    m_document.apply(m_back, TextDocument::Cause::Undo);
}

void DocumentCommand::redo()
{
    m_document.apply(m_forward, std::exchange(m_first, false) ? TextDocument::Cause::Edit : TextDocument::Cause::Redo);
}

bool DocumentCommand::touches(const text::Patches &next) const
{
    if (next.size() != 1 || m_back.size() != 1)
        return false;
    const text::ByteRange &mine = m_back.front().range;
    return next.front().range.begin <= mine.end && next.front().range.end >= mine.begin;
}

bool DocumentCommand::mergeWith(const QUndoCommand *command)
{
    const auto &next = static_cast<const DocumentCommand &>(*command);
    if (m_kind == Kind::Step || next.m_kind != Kind::Typing || m_age.elapsed() > burstMilliseconds
        || !touches(next.m_forward))
        return false;
    m_forward = text::compose(m_forward, next.m_forward);
    m_back = text::compose(next.m_back, m_back);
    m_age.restart();
    setObsolete(changesNothing(m_forward, m_back));
    return true;
}

} // namespace runner::ui
