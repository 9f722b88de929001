// Two versions of a file side by side, where both changed the same lines: which one counts?
#pragma once

#include "documents/textdocument.h"

#include <QDialog>

class QLabel;

namespace runner::ui {

class CodeEditor;

class ConflictDialog final : public QDialog
{
    Q_OBJECT

public:
    /// The document has a conflict; its lines without one are merged already, whatever is chosen.
    explicit ConflictDialog(const TextDocument &document, QWidget *parent = nullptr);

    /// What accepting means.
    TextDocument::Side side() const { return m_side; }

private:
    QWidget *makeSide(const QString &name, const QString &title, const std::string &text, CodeEditor *&editor);
    QWidget *makeNavigation();
    QWidget *makeButtons();
    void choose(TextDocument::Side side);
    void go(int step);

    struct Lines
    {
        int ours = 1, ourCount = 0, theirs = 1, theirCount = 0;
    };

    std::vector<Lines> m_conflicts;
    std::size_t m_current = 0;
    CodeEditor *m_ours = nullptr;
    CodeEditor *m_theirs = nullptr;
    QLabel *m_where = nullptr;
    TextDocument::Side m_side = TextDocument::Side::Ours;
};

} // namespace runner::ui
