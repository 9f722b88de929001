#include "editor/editorhits.h"

#include "editor/codeeditor.h"

#include <algorithm>

namespace runner::ui {

namespace {

constexpr int mostMatches = 100000; ///< Held at a time; a text with more is searched in vain.

} // namespace

EditorHits::EditorHits(CodeEditor *editor, QObject *parent)
    : FindSource(parent)
    , m_editor(editor)
{
    connect(m_editor->document(), &QTextDocument::contentsChanged, this, [this] { Q_EMIT contentChanged(false); });
}

QString EditorHits::chosenText() const
{
    const QString chosen = m_editor->textCursor().selectedText();
    return chosen.contains(QChar::ParagraphSeparator) ? QString() : chosen;
}

void EditorHits::search(const FindQuery &query, bool jump)
{
    const Qt::CaseSensitivity sensitivity = query.matchCase ? Qt::CaseSensitive : Qt::CaseInsensitive;
    const QString &text = m_editor->text();
    m_length = static_cast<int>(query.text.size());
    m_matches.clear();
    for (qsizetype at = m_length == 0 ? -1 : text.indexOf(query.text, 0, sensitivity);
         at >= 0 && m_matches.size() < mostMatches; at = text.indexOf(query.text, at + m_length, sensitivity))
        m_matches.append(static_cast<int>(at));
    const int cursor = m_editor->textCursor().selectionStart();
    const auto next = std::lower_bound(m_matches.begin(), m_matches.end(), cursor);
    m_current = m_matches.isEmpty() ? -1 : next == m_matches.end() ? 0 : static_cast<int>(next - m_matches.begin());
    if (m_current >= 0 && jump)
        moveTo(m_current);
    else
        mark();
}

void EditorHits::goOn(bool forward)
{
    if (m_matches.isEmpty())
        return;
    const int cursor = m_editor->textCursor().selectionStart();
    const int count = static_cast<int>(m_matches.size());
    const auto after = std::upper_bound(m_matches.begin(), m_matches.end(), cursor);
    const auto from = std::lower_bound(m_matches.begin(), m_matches.end(), cursor);
    moveTo(forward ? static_cast<int>(after - m_matches.begin()) % count
                   : (static_cast<int>(from - m_matches.begin()) + count - 1) % count);
}

void EditorHits::stop()
{
    if (m_matches.isEmpty() && m_current < 0)
        return;
    m_matches.clear();
    m_current = -1;
    mark();
}

FindState EditorHits::state() const
{
    FindState state;
    state.count = static_cast<std::uint64_t>(m_matches.size());
    if (m_current >= 0)
        state.current = static_cast<std::uint64_t>(m_current);
    return state;
}

QWidget *EditorHits::reader() const
{
    return m_editor;
}

void EditorHits::moveTo(int match)
{
    m_current = match;
    m_editor->select(m_matches[match], m_length);
    mark();
}

void EditorHits::mark()
{
    m_editor->setMatches(m_matches, m_length, m_current);
    Q_EMIT changed();
}

} // namespace runner::ui
