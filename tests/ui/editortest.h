// The editor in a pane of its own, and a text to show in it.
#pragma once

#include "editor/blockhighlighter.h"
#include "editor/codeeditor.h"
#include "editor/codepane.h"
#include "editor/editormargin.h"

#include <QTextBlock>
#include <QtTest>

#include <memory>

using namespace runner;
using namespace runner::ui;

inline QString sample()
{
    return QStringLiteral("ARG A=1\nFROM scratch AS one\nRUN <<EOF\n  echo \"$A\"\n  true\nEOF\nFROM one AS two\n"
                          "COPY . /\n");
}

/// A line of text for each line: where each colour begins, its length, its name.
inline QStringList coloursOf(const CodeEditor &editor)
{
    QStringList lines;
    for (QTextBlock block = editor.document()->begin(); block.isValid(); block = block.next()) {
        QString line;
        for (const QTextLayout::FormatRange &range : block.layout()->formats())
            line += QStringLiteral("%1+%2%3 ")
                        .arg(range.start)
                        .arg(range.length)
                        .arg(range.format.foreground().color().name());
        lines.append(line);
    }
    return lines;
}

inline void click(QWidget *widget, const QPoint &place)
{
    QTest::mouseClick(widget, Qt::LeftButton, {}, place);
}

class EditorTest : public QObject
{
protected:
    void setUp()
    {
        m_pane = std::make_unique<CodePane>();
        m_pane->resize(700, 400);
        m_pane->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_pane.get()));
        m_editor = m_pane->editor();
        m_editor->setLanguage(Language::Dockerfile);
        m_editor->setFocus();
    }

    std::unique_ptr<CodePane> m_pane;
    CodeEditor *m_editor = nullptr;
};
