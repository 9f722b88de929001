// Lines that can be folded away below their first one, and the hiding itself.
#pragma once

#include "dockerfile/dockerfile.h"

#include <QList>
#include <QString>

class QTextBlock;
class QTextDocument;

namespace runner::ui {

/// Lines from 0. The first stays visible when the region is folded.
struct FoldRegion
{
    int first = 0;
    int last = 0;

    bool operator==(const FoldRegion &) const = default;
};

/// Regions may lie inside each other; of several that begin at one line the longest counts.
using FoldRegions = QList<FoldRegion>;

/// Blocks of lines that are indented further than the line above them, as YAML has them. A list at its key's own
/// indentation belongs to the key.
FoldRegions indentationFolds(const QString &text);
/// Stages, heredocs, instructions over several lines and the header comment.
FoldRegions dockerfileFolds(const dockerfile::Dockerfile &file);

class Folding
{
public:
    explicit Folding(QTextDocument *document);

    /// What was folded stays so where its first line still begins a region.
    void setRegions(FoldRegions regions);
    const FoldRegions &regions() const { return m_regions; }

    bool canFold(int line) const { return regionAt(line) != nullptr; }
    bool isFolded(int line) const;
    /// Does nothing where no region begins.
    void setFolded(int line, bool folded);
    void setAllFolded(bool folded);
    /// Opens what hides the line. True when something was opened.
    bool reveal(int line);

private:
    const FoldRegion *regionAt(int line) const;
    void apply();

    QTextDocument *m_document;
    FoldRegions m_regions; ///< By first line, each line once.
};

} // namespace runner::ui
