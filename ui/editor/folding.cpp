#include "editor/folding.h"

#include "editor/blockdata.h"

#include <QPlainTextDocumentLayout>
#include <QTextDocument>

#include <algorithm>

namespace runner::ui {

namespace {

struct OpenBlock
{
    int line = 0;
    int indent = 0;
};

int indentOf(QStringView line)
{
    const auto first = std::find_if(line.begin(), line.end(), [](QChar c) { return c != u' ' && c != u'\t'; });
    return first == line.end() || *first == u'#' ? -1 : static_cast<int>(first - line.begin());
}

void close(const OpenBlock &open, int lastLine, FoldRegions &regions)
{
    if (lastLine > open.line)
        regions.append({open.line, lastLine});
}

void addRegion(int firstLine, int lastLine, FoldRegions &regions)
{
    if (lastLine > firstLine)
        regions.append({firstLine - 1, lastLine - 1});
}

/// The last line (from 1) of the comment that a Dockerfile begins with; 0 where there is none.
int headerEnd(const std::string &text)
{
    int lines = 0;
    std::size_t at = 0;
    while (at < text.size() && text[at] == '#') {
        ++lines;
        const std::size_t end = text.find('\n', at);
        at = end == std::string::npos ? text.size() : end + 1;
    }
    return lines;
}

} // namespace

FoldRegions indentationFolds(const QString &text)
{
    FoldRegions regions;
    QList<OpenBlock> open;
    int line = 0;
    int lastFilled = 0;
    for (const QStringView content : QStringView(text).split(u'\n')) {
        int indent = indentOf(content);
        if (indent >= 0) {
            const bool item = content.mid(indent).startsWith(u"- ") || content.mid(indent) == u"-";
            const int level = 2 * indent + (item ? 1 : 0); // An item lies inside the key of its own indentation.
            while (!open.isEmpty() && open.last().indent >= level)
                close(open.takeLast(), lastFilled, regions);
            open.append({line, level});
            lastFilled = line;
        }
        ++line;
    }
    while (!open.isEmpty())
        close(open.takeLast(), lastFilled, regions);
    return regions;
}

FoldRegions dockerfileFolds(const dockerfile::Dockerfile &file)
{
    FoldRegions regions;
    addRegion(1, headerEnd(file.text), regions);
    for (const dockerfile::Stage &stage : file.stages) {
        const int last = stage.instructions.empty() ? stage.from.lastLine : stage.instructions.back().lastLine;
        addRegion(stage.from.where.line, last, regions);
        for (const dockerfile::Instruction &instruction : stage.instructions)
            addRegion(instruction.where.line, instruction.lastLine, regions);
    }
    return regions;
}

Folding::Folding(QTextDocument *document)
    : m_document(document)
{
}

void Folding::setRegions(FoldRegions regions)
{
    std::sort(regions.begin(), regions.end(), [](const FoldRegion &a, const FoldRegion &b) {
        return a.first != b.first ? a.first < b.first : a.last > b.last;
    });
    regions.erase(std::unique(regions.begin(), regions.end(),
                              [](const FoldRegion &a, const FoldRegion &b) { return a.first == b.first; }),
                  regions.end());
    if (regions == m_regions)
        return;
    m_regions = std::move(regions);
    apply();
}

const FoldRegion *Folding::regionAt(int line) const
{
    const auto found = std::lower_bound(m_regions.begin(), m_regions.end(), line,
                                        [](const FoldRegion &region, int wanted) { return region.first < wanted; });
    return found != m_regions.end() && found->first == line ? &*found : nullptr;
}

bool Folding::isFolded(int line) const
{
    const BlockData *data = canFold(line) ? BlockData::find(m_document->findBlockByNumber(line)) : nullptr;
    return data && data->isFolded;
}

void Folding::setFolded(int line, bool folded)
{
    if (!canFold(line) || isFolded(line) == folded)
        return;
    BlockData::of(m_document->findBlockByNumber(line)).isFolded = folded;
    apply();
}

void Folding::setAllFolded(bool folded)
{
    for (const FoldRegion &region : std::as_const(m_regions))
        BlockData::of(m_document->findBlockByNumber(region.first)).isFolded = folded;
    apply();
}

bool Folding::reveal(int line)
{
    bool opened = false;
    for (const FoldRegion &region : std::as_const(m_regions)) {
        if (region.first < line && line <= region.last && isFolded(region.first)) {
            BlockData::of(m_document->findBlockByNumber(region.first)).isFolded = false;
            opened = true;
        }
    }
    if (opened)
        apply();
    return opened;
}

void Folding::apply()
{
    int hiddenTo = -1;
    auto region = m_regions.cbegin();
    bool changed = false;
    for (QTextBlock block = m_document->begin(); block.isValid(); block = block.next()) {
        const int line = block.blockNumber();
        const bool visible = line > hiddenTo;
        if (block.isVisible() != visible) {
            block.setVisible(visible);
            block.setLineCount(visible ? std::max(1, block.layout()->lineCount()) : 0);
            changed = true;
        }
        for (; region != m_regions.cend() && region->first <= line; ++region) {
            const BlockData *data = region->first == line ? BlockData::find(block) : nullptr;
            if (data && data->isFolded)
                hiddenTo = std::max(hiddenTo, region->last);
        }
    }
    if (!changed)
        return;
    auto *layout = static_cast<QPlainTextDocumentLayout *>(m_document->documentLayout());
    layout->requestUpdate();
    Q_EMIT layout->documentSizeChanged(layout->documentSize());
}

} // namespace runner::ui
