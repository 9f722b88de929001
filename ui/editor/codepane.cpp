#include "editor/codepane.h"

#include "editor/codeeditor.h"
#include "editor/editorhits.h"
#include "find/findbar.h"
#include "theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>
#include <QSpinBox>
#include <QVBoxLayout>

namespace runner::ui {

CodePane::CodePane(QWidget *parent)
    : QWidget(parent)
    , m_editor(new CodeEditor)
    , m_hits(new EditorHits(m_editor, this))
    , m_findBar(new FindBar(m_hits, QStringLiteral("find"), tr("Find in this text")))
{
    setObjectName(QStringLiteral("codePane"));
    setUpGoToLine();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_editor, 1);
    layout->addWidget(m_findBar);
    layout->addWidget(m_goToBar);
    setFocusProxy(m_editor);
    addShortcut(QKeySequence(Qt::CTRL | Qt::Key_G), &CodePane::openGoToLine);
    addShortcut(QKeySequence(Qt::Key_F3), &CodePane::findNext);
    addShortcut(QKeySequence(Qt::SHIFT | Qt::Key_F3), &CodePane::findPrevious);
}

void CodePane::addShortcut(const QKeySequence &keys, void (CodePane::*slot)())
{
    auto *shortcut = new QShortcut(keys, this);
    shortcut->setContext(Qt::WidgetWithChildrenShortcut);
    connect(shortcut, &QShortcut::activated, this, slot);
}

void CodePane::setUpGoToLine()
{
    m_goToBar = new QWidget;
    m_goToBar->setObjectName(QStringLiteral("goToBar"));
    m_line = new QSpinBox;
    m_line->setObjectName(QStringLiteral("goToLine"));
    m_line->setMinimum(1);
    m_line->setKeyboardTracking(false);
    auto *label = new QLabel(tr("Go to &line"));
    label->setBuddy(m_line);
    auto *go = new QPushButton(tr("Go"));
    go->setObjectName(QStringLiteral("goToButton"));
    auto *layout = new QHBoxLayout(m_goToBar);
    layout->setContentsMargins(gridUnit, gridUnit / 2, gridUnit, gridUnit / 2);
    layout->setSpacing(gridUnit);
    layout->addWidget(label);
    layout->addWidget(m_line);
    layout->addWidget(go);
    layout->addStretch(1);
    const auto jump = [this] {
        m_line->interpretText();
        m_editor->goTo(m_line->value());
        m_goToBar->hide();
        m_editor->setFocus(Qt::OtherFocusReason);
    };
    connect(go, &QPushButton::clicked, this, jump);
    for (const int key : {Qt::Key_Return, Qt::Key_Enter})
        connect(new QShortcut(QKeySequence(key), m_goToBar, nullptr, nullptr, Qt::WidgetWithChildrenShortcut),
                &QShortcut::activated, this, jump);
    connect(new QShortcut(QKeySequence(Qt::Key_Escape), m_goToBar, nullptr, nullptr, Qt::WidgetWithChildrenShortcut),
            &QShortcut::activated, this, [this] {
                m_goToBar->hide();
                m_editor->setFocus(Qt::OtherFocusReason);
            });
    m_goToBar->hide();
}

void CodePane::openFind()
{
    m_goToBar->hide();
    m_findBar->open();
}

void CodePane::openGoToLine()
{
    m_findBar->hide();
    m_line->setMaximum(m_editor->blockCount());
    m_line->setValue(m_editor->currentLine());
    m_goToBar->show();
    m_line->selectAll();
    m_line->setFocus(Qt::ShortcutFocusReason);
}

void CodePane::findNext()
{
    m_findBar->findNext(true);
}

void CodePane::findPrevious()
{
    m_findBar->findNext(false);
}

} // namespace runner::ui
