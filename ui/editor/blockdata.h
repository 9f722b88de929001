// What is remembered of a line of an edited document.
#pragma once

#include "editor/linehighlighter.h"

#include <QTextBlock>

namespace runner::ui {

class BlockData final : public QTextBlockUserData
{
public:
    LineStatePointer after; ///< The highlighter's state at the line's end.
    bool isColoured = false;
    bool isFolded = false; ///< The line is the head of a folded region.

    /// The block's data, made where there is none yet.
    static BlockData &of(QTextBlock block)
    {
        auto *data = static_cast<BlockData *>(block.userData());
        if (!data) {
            data = new BlockData;
            block.setUserData(data);
        }
        return *data;
    }

    /// Null where nothing is remembered.
    static const BlockData *find(const QTextBlock &block) { return static_cast<const BlockData *>(block.userData()); }
};

} // namespace runner::ui
