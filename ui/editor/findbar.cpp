#include "editor/findbar.h"

#include "editor/codeeditor.h"
#include "theme/theme.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

#include <algorithm>

namespace runner::ui
{

namespace
{

constexpr int mostMatches = 100000; ///< Held at a time; a text with more is searched in vain.

QToolButton *makeButton(const QString &name, const QString &text, const QString &tip)
{
    auto *button = new QToolButton;
    button->setObjectName(name);
    button->setText(text);
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    button->setAutoRaise(true);
    return button;
}

} // namespace

FindBar::FindBar(CodeEditor *editor, QWidget *parent)
    : QWidget(parent)
    , m_editor(editor)
    , m_what(new QLineEdit)
    , m_case(new QCheckBox(tr("Match &case")))
    , m_count(new QLabel)
{
    setObjectName(QStringLiteral("findBar"));
    m_what->setObjectName(QStringLiteral("findText"));
    m_what->setPlaceholderText(tr("Find in this text"));
    m_what->setAccessibleName(m_what->placeholderText());
    m_what->setClearButtonEnabled(true);
    m_case->setObjectName(QStringLiteral("findCase"));
    m_count->setObjectName(QStringLiteral("findCount"));
    m_count->setMinimumWidth(fontMetrics().horizontalAdvance(tr("%1 of %2").arg(9999).arg(9999)));
    QToolButton *back = makeButton(QStringLiteral("findBack"), QStringLiteral("↑"), tr("Previous match (Shift+F3)"));
    QToolButton *forward = makeButton(QStringLiteral("findForward"), QStringLiteral("↓"), tr("Next match (F3)"));
    QToolButton *close = makeButton(QStringLiteral("findClose"), QStringLiteral("×"), tr("Close (Escape)"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(gridUnit, gridUnit / 2, gridUnit, gridUnit / 2);
    layout->setSpacing(gridUnit / 2);
    layout->addWidget(m_what, 1);
    layout->addWidget(m_count);
    layout->addWidget(back);
    layout->addWidget(forward);
    layout->addWidget(m_case);
    layout->addWidget(close);
    connect(m_what, &QLineEdit::textChanged, this, &FindBar::search);
    connect(m_case, &QCheckBox::toggled, this, &FindBar::search);
    connect(back, &QToolButton::clicked, this, [this] { findNext(false); });
    connect(forward, &QToolButton::clicked, this, [this] { findNext(true); });
    connect(close, &QToolButton::clicked, this, &QWidget::hide);
    connect(m_editor->document(), &QTextDocument::contentsChanged, this, [this] {
        if (isVisible())
            search();
    });
    hide();
}

void FindBar::open()
{
    const QString chosen = m_editor->textCursor().selectedText();
    show();
    if (!chosen.isEmpty() && !chosen.contains(QChar::ParagraphSeparator))
        m_what->setText(chosen);
    m_what->selectAll();
    m_what->setFocus(Qt::ShortcutFocusReason);
    search();
}

void FindBar::search()
{
    const QString what = m_what->text();
    const Qt::CaseSensitivity sensitivity = m_case->isChecked() ? Qt::CaseSensitive : Qt::CaseInsensitive;
    const QString &text = m_editor->text();
    m_matches.clear();
    for (qsizetype at = what.isEmpty() ? -1 : text.indexOf(what, 0, sensitivity);
         at >= 0 && m_matches.size() < mostMatches; at = text.indexOf(what, at + what.size(), sensitivity))
        m_matches.append(static_cast<int>(at));
    const int cursor = m_editor->textCursor().selectionStart();
    const auto next = std::lower_bound(m_matches.begin(), m_matches.end(), cursor);
    m_current = m_matches.isEmpty() ? -1 : next == m_matches.end() ? 0 : static_cast<int>(next - m_matches.begin());
    if (m_current >= 0 && m_what->hasFocus())
        moveTo(m_current);
    else
        showCount();
}

void FindBar::findNext(bool forward)
{
    if (!isVisible() && !m_what->text().isEmpty())
        show();
    if (m_matches.isEmpty())
        search();
    if (m_matches.isEmpty())
        return;
    const int cursor = m_editor->textCursor().selectionStart();
    const int count = static_cast<int>(m_matches.size());
    const auto after = std::upper_bound(m_matches.begin(), m_matches.end(), cursor);
    const auto from = std::lower_bound(m_matches.begin(), m_matches.end(), cursor);
    const int next = forward ? static_cast<int>(after - m_matches.begin()) % count
                             : (static_cast<int>(from - m_matches.begin()) + count - 1) % count;
    moveTo(next);
}

void FindBar::moveTo(int match)
{
    m_current = match;
    m_editor->select(m_matches[match], static_cast<int>(m_what->text().size()));
    showCount();
}

void FindBar::showCount()
{
    m_editor->setMatches(m_matches, static_cast<int>(m_what->text().size()), m_current);
    if (m_what->text().isEmpty())
        m_count->clear();
    else if (m_matches.isEmpty())
        m_count->setText(tr("No match"));
    else
        m_count->setText(tr("%1 of %2").arg(m_current + 1).arg(m_matches.size()));
}

void FindBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        hide();
    else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        findNext(!(event->modifiers() & Qt::ShiftModifier));
    else
        QWidget::keyPressEvent(event);
}

void FindBar::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_matches.clear();
    m_current = -1;
    m_editor->setMatches({}, 0, -1);
    if (!event->spontaneous())
        m_editor->setFocus(Qt::OtherFocusReason);
}

} // namespace runner::ui
