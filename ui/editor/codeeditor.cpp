#include "editor/codeeditor.h"

#include "editor/blockhighlighter.h"
#include "editor/completion.h"
#include "editor/editormargin.h"

#include <QPainter>
#include <QScrollBar>
#include <QTextBlock>

#include <algorithm>

namespace runner::ui {

namespace {

/// The document's characters as the owner of the text knows them. QTextDocument::toPlainText would turn no-break
/// spaces into blanks.
QString plainText(const QTextDocument &document, int position, int length)
{
    QString text;
    text.reserve(length);
    for (int i = 0; i < length; ++i) {
        const QChar c = document.characterAt(position + i);
        text += c == QChar::ParagraphSeparator ? QChar(u'\n') : c;
    }
    return text;
}

} // namespace

CodeEditor::CodeEditor(QWidget *parent)
    : QPlainTextEdit(parent)
    , m_folding(std::make_unique<Folding>(document()))
    , m_theme(palette())
    , m_highlighter(new BlockHighlighter(document()))
    , m_margin(new EditorMargin(this))
{
    setObjectName(QStringLiteral("codeEditor"));
    setUndoRedoEnabled(false);
    setLineWrapMode(NoWrap);
    setFrameShape(NoFrame);
    setFont(codeFont(font()));
    applyTheme();
    setUpCompletion();
    connect(document(), &QTextDocument::contentsChange, this, &CodeEditor::onContentsChange);
    connect(this, &QPlainTextEdit::cursorPositionChanged, this, &CodeEditor::onCursorMoved);
    connect(this, &QPlainTextEdit::updateRequest, this, &CodeEditor::onUpdateRequest);
    connect(this, &QPlainTextEdit::blockCountChanged, this, &CodeEditor::placeMargin);
    placeMargin();
}

CodeEditor::~CodeEditor() = default;

void CodeEditor::setLanguage(Language language)
{
    m_highlighter->setLanguage(language);
}

Language CodeEditor::language() const
{
    return m_highlighter->language();
}

bool CodeEditor::canHold(const QString &text)
{
    return std::none_of(text.begin(), text.end(), [](QChar c) {
        const char16_t unit = c.unicode();
        return unit == u'\r' || unit == 0 || unit == 0x2028 || unit == 0x2029 || unit == 0xfdd0 || unit == 0xfdd1;
    });
}

void CodeEditor::setText(const QString &text)
{
    m_applying = true;
    forgetProblems();
    m_matches.clear();
    m_range = {};
    m_text = text;
    m_folding->setRegions({});
    setPlainText(text);
    m_applying = false;
    m_waitsForPaint = true;
    updateSelections();
    placeMargin();
    viewport()->update();
}

void CodeEditor::applyPatch(int position, int removed, const QString &inserted)
{
    m_applying = true;
    QTextCursor cursor(document());
    cursor.setPosition(std::clamp(position, 0, static_cast<int>(m_text.size())));
    cursor.setPosition(std::clamp(position + removed, 0, static_cast<int>(m_text.size())), QTextCursor::KeepAnchor);
    cursor.insertText(inserted);
    m_applying = false;
}

/// Qt counts the invisible end of the last line now and then; what was really removed and inserted follows from the
/// lengths.
void CodeEditor::onContentsChange(int position, int removed, int added)
{
    if (m_highlighter->isColouring())
        return;
    const int length = document()->characterCount() - 1;
    added = std::min(added, length - position);
    removed = std::min(removed, static_cast<int>(m_text.size()) - position);
    const int surplus = added - removed - (length - static_cast<int>(m_text.size()));
    added -= std::max(0, surplus);
    removed -= std::max(0, -surplus);
    const QString inserted = plainText(*document(), position, added);
    const QString before = m_text.mid(position, removed);
    if (inserted == before)
        return;
    m_text.replace(position, removed, inserted);
    placeProblems();
    if (!m_applying)
        Q_EMIT edited(position, before, inserted);
}

void CodeEditor::onCursorMoved()
{
    m_folding->reveal(textCursor().blockNumber());
    updateSelections();
    const int line = currentLine();
    if (line == m_line)
        return;
    m_line = line;
    m_margin->update();
    Q_EMIT currentLineChanged(line);
}

void CodeEditor::goTo(int line, int column)
{
    const QTextBlock block = document()->findBlockByNumber(std::clamp(line, 1, blockCount()) - 1);
    m_folding->reveal(block.blockNumber());
    QTextCursor cursor(block);
    const QString text = block.text();
    qsizetype offset = 0; // Columns count characters, not UTF-16 units.
    for (int i = 1; i < column && offset < text.size(); ++i)
        offset += text.at(offset).isHighSurrogate() ? 2 : 1;
    cursor.setPosition(block.position() + static_cast<int>(std::min(offset, text.size())));
    setTextCursor(cursor);
    centerCursor();
}

int CodeEditor::currentLine() const
{
    return textCursor().blockNumber() + 1;
}

void CodeEditor::select(int position, int length)
{
    QTextCursor cursor(document());
    cursor.setPosition(std::clamp(position, 0, static_cast<int>(m_text.size())));
    m_folding->reveal(cursor.blockNumber());
    cursor.setPosition(std::clamp(position + length, 0, static_cast<int>(m_text.size())), QTextCursor::KeepAnchor);
    setTextCursor(cursor);
    const QRect place = cursorRect();
    if (!viewport()->rect().contains(place))
        centerCursor();
}

void CodeEditor::setFoldRegions(const FoldRegions &regions)
{
    m_folding->setRegions(regions);
    m_folding->reveal(textCursor().blockNumber());
    m_margin->update();
}

void CodeEditor::foldCurrent(bool folded)
{
    const int line = currentLine() - 1;
    if (m_folding->canFold(line) || !folded) {
        m_folding->setFolded(line, folded);
    } else { // The innermost region around the cursor.
        const FoldRegion *around = nullptr;
        for (const FoldRegion &region : m_folding->regions()) {
            if (region.first < line && line <= region.last)
                around = &region;
        }
        if (around) {
            const FoldRegion region = *around;
            goTo(region.first + 1);
            m_folding->setFolded(region.first, true);
        }
    }
    m_margin->update();
}

void CodeEditor::setAllFolded(bool folded)
{
    if (folded) { // The cursor may not stay inside.
        int line = currentLine() - 1;
        for (const FoldRegion &region : m_folding->regions()) {
            if (region.first < line && line <= region.last) {
                line = region.first;
                break;
            }
        }
        goTo(line + 1);
    }
    m_folding->setAllFolded(folded);
    ensureCursorVisible();
    m_margin->update();
}

void CodeEditor::setHighlightedRange(LineRange range)
{
    m_range = range;
    viewport()->update();
    m_margin->update();
}

void CodeEditor::applyTheme()
{
    m_theme = CodeTheme(palette());
    m_highlighter->setTheme(m_theme);
    updateSelections();
}

void CodeEditor::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyTheme();
    if (event->type() == QEvent::ReadOnlyChange && isReadOnly()) // Else the keyboard could not move through the text.
        setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    if (event->type() == QEvent::FontChange) {
        setTabStopDistance(4 * fontMetrics().horizontalAdvance(QLatin1Char(' ')));
        if (m_margin)
            placeMargin();
    }
}

void CodeEditor::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    placeMargin();
}

void CodeEditor::placeMargin()
{
    const int width = m_marginShown ? m_margin->neededWidth() : gridUnit / 2;
    setViewportMargins(width, 0, 0, 0);
    const QRect inner = contentsRect();
    m_margin->setGeometry(QRect(inner.left(), inner.top(), width, viewport()->height()));
    m_margin->update();
}

void CodeEditor::setMarginShown(bool shown)
{
    m_marginShown = shown;
    m_margin->setVisible(shown);
    placeMargin();
}

void CodeEditor::onUpdateRequest(const QRect &rect, int dy)
{
    if (dy != 0)
        m_margin->scroll(0, dy);
    else
        m_margin->update(0, rect.y(), m_margin->width(), rect.height());
}

void CodeEditor::forVisibleLines(const std::function<void(int, const QRectF &)> &visit) const
{
    const double bottom = viewport()->height();
    QTextBlock block = firstVisibleBlock();
    QRectF place = block.isValid() ? blockBoundingGeometry(block).translated(contentOffset()) : QRectF();
    while (block.isValid() && place.top() <= bottom) {
        if (block.isVisible())
            visit(block.blockNumber() + 1, place);
        block = block.next();
        if (block.isValid())
            place = QRectF(place.left(), place.bottom(), place.width(), blockBoundingRect(block).height());
    }
}

void CodeEditor::paintEvent(QPaintEvent *event)
{
    int last = 0;
    forVisibleLines([&last](int line, const QRectF &) { last = line; });
    m_highlighter->ensure(last - 1); // So that no line is first seen without its colours.
    paintRange();
    QPlainTextEdit::paintEvent(event);
    if (std::exchange(m_waitsForPaint, false))
        Q_EMIT firstLinePainted();
}

/// Under the text and its selections, over the full width.
void CodeEditor::paintRange()
{
    if (m_range.first == 0)
        return;
    QPainter painter(viewport());
    forVisibleLines([&](int line, const QRectF &place) {
        if (line >= m_range.first && line <= m_range.last)
            painter.fillRect(QRectF(0, place.top(), viewport()->width(), place.height()), m_theme.rangeFill);
    });
}

} // namespace runner::ui
