// Columns and roles of the support table, and the chip: what the model, the delegate and the view share.
#pragma once

#include <QList>
#include <QMetaType>
#include <QString>

namespace runner::ui {

/// Service columns follow, in the matrix's order.
enum SupportColumn { VersionColumn, VariantColumn, FirstServiceColumn };

enum SupportRole {
    ChipsRole = Qt::UserRole, ///< QList<Chip> of a service's cell.
    IsSectionRole,            ///< bool
    NotesRole,                ///< QList<SectionNote> of a section.
    EntriesRole,              ///< QList<int>: indices into SupportIndex::entries, one per chip.
};

/// A version as the table shows it.
struct Chip
{
    QString text; ///< "0.16.0", "0.16.0 rc"
    bool deprecated = false;
    bool polished = false;
    bool unlisted = false;
    bool incomplete = false;
};

struct SectionNote
{
    bool warning = false;
    QString text; ///< Backquotes around code.
};

} // namespace runner::ui

Q_DECLARE_METATYPE(runner::ui::Chip)
Q_DECLARE_METATYPE(runner::ui::SectionNote)
