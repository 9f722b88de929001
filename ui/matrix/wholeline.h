// A field for one line that holds all of it.
#pragma once

#include <QLineEdit>

namespace runner::ui {

/// Qt cuts what is put into a field behind 32,767 characters, and what was cut would be written back.
inline QLineEdit *makeWholeLine(QWidget *parent = nullptr)
{
    constexpr int mostCharacters = 1 << 26; // more than any file that is read
    auto *line = new QLineEdit(parent);
    line->setMaxLength(mostCharacters);
    return line;
}

/// What somebody types in a cell stays when the row gets another value from elsewhere.
inline bool isBeingTyped(const QWidget *editor)
{
    const auto *line = qobject_cast<const QLineEdit *>(editor);
    return line && line->isModified();
}

} // namespace runner::ui
