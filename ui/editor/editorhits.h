// What is found in an editor's text.
#pragma once

#include "find/findsource.h"

#include <QList>

namespace runner::ui {

class CodeEditor;

class EditorHits final : public FindSource
{
    Q_OBJECT

public:
    /// The editor must outlive it.
    explicit EditorHits(CodeEditor *editor, QObject *parent = nullptr);

    QString chosenText() const override;
    void search(const FindQuery &query, bool jump) override;
    void goOn(bool forward) override;
    void stop() override;
    FindState state() const override;
    QWidget *reader() const override;

private:
    void moveTo(int match);
    void mark();

    CodeEditor *m_editor;
    QList<int> m_matches; ///< Positions, ascending.
    int m_length = 0;     ///< Of each.
    int m_current = -1;
};

} // namespace runner::ui
