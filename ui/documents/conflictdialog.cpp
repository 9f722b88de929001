#include "documents/conflictdialog.h"

#include "documents/editortext.h"
#include "editor/codeeditor.h"
#include "text/diff.h"
#include "theme/theme.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>

namespace runner::ui {

namespace {

int lineCount(const std::string &text)
{
    return static_cast<int>(text::linesOf(text).size());
}

Language languageOf(const std::string &file)
{
    const bool yaml = file.ends_with(".yml") || file.ends_with(".yaml");
    return yaml ? Language::Yaml : Language::Dockerfile;
}

void showLines(CodeEditor &editor, int first, int count)
{
    editor.setHighlightedRange({first, first + std::max(count, 1) - 1});
    editor.goTo(first);
    editor.centerCursor();
}

} // namespace

ConflictDialog::ConflictDialog(const TextDocument &document, QWidget *parent)
    : QDialog(parent)
{
    setObjectName(QStringLiteral("conflictDialog"));
    const QString file = QString::fromStdString(document.file());
    setWindowTitle(tr("%1 was changed by somebody else").arg(file));
    resize(120 * gridUnit, 70 * gridUnit);
    const text::Merge &merge = *document.conflict();
    for (const text::MergePart &part : merge.parts) {
        if (part.kind == text::MergePart::Kind::Conflict)
            m_conflicts.push_back({part.oursLine, lineCount(part.ours), part.theirsLine, lineCount(part.theirs)});
    }
    std::string theirs;
    for (const text::MergePart &part : merge.parts)
        theirs += part.theirs;
    auto *intro = new QLabel(tr("You changed %1, and it was changed on disk in the same lines. Choose which version of "
                                "those lines counts; what only one side changed is kept either way, and the choice can "
                                "be undone.").arg(file));
    intro->setWordWrap(true);
    auto *sides = new QSplitter(Qt::Horizontal);
    sides->setChildrenCollapsible(false);
    sides->addWidget(makeSide(QStringLiteral("conflictOurs"), tr("In this window"), document.text(), m_ours));
    sides->addWidget(makeSide(QStringLiteral("conflictTheirs"), tr("On disk"), theirs, m_theirs));
    m_ours->setLanguage(languageOf(document.file()));
    m_theirs->setLanguage(languageOf(document.file()));
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(gridUnit);
    layout->addWidget(intro);
    layout->addWidget(makeNavigation());
    layout->addWidget(sides, 1);
    layout->addWidget(makeButtons());
    go(0);
}

QWidget *ConflictDialog::makeSide(const QString &name, const QString &title, const std::string &text,
                                  CodeEditor *&editor)
{
    auto *side = new QWidget;
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(gridUnit / 2);
    auto *heading = new QLabel(title);
    heading->setFont(boldFont(font()));
    editor = new CodeEditor;
    editor->setObjectName(name);
    editor->setAccessibleName(title);
    editor->setReadOnly(true);
    editor->setText(toEditorText(text));
    layout->addWidget(heading);
    layout->addWidget(editor, 1);
    return side;
}

QWidget *ConflictDialog::makeNavigation()
{
    auto *bar = new QWidget;
    auto *layout = new QHBoxLayout(bar);
    layout->setContentsMargins(0, 0, 0, 0);
    m_where = new QLabel;
    m_where->setObjectName(QStringLiteral("conflictWhere"));
    auto *previous = new QPushButton(tr("&Previous"));
    auto *next = new QPushButton(tr("&Next"));
    connect(previous, &QPushButton::clicked, this, [this] { go(-1); });
    connect(next, &QPushButton::clicked, this, [this] { go(1); });
    layout->addWidget(m_where, 1);
    for (QPushButton *button : {previous, next}) {
        button->setAutoDefault(false);
        button->setEnabled(m_conflicts.size() > 1);
        layout->addWidget(button);
    }
    return bar;
}

QWidget *ConflictDialog::makeButtons()
{
    auto *buttons = new QDialogButtonBox;
    QPushButton *ours = buttons->addButton(tr("Keep &mine"), QDialogButtonBox::AcceptRole);
    QPushButton *theirs = buttons->addButton(tr("Take the &disk's"), QDialogButtonBox::AcceptRole);
    QPushButton *later = buttons->addButton(tr("Decide &later"), QDialogButtonBox::RejectRole);
    ours->setObjectName(QStringLiteral("keepOurs"));
    theirs->setObjectName(QStringLiteral("takeTheirs"));
    later->setObjectName(QStringLiteral("decideLater"));
    connect(ours, &QPushButton::clicked, this, [this] { choose(TextDocument::Side::Ours); });
    connect(theirs, &QPushButton::clicked, this, [this] { choose(TextDocument::Side::Theirs); });
    connect(later, &QPushButton::clicked, this, &QDialog::reject);
    later->setDefault(true);
    return buttons;
}

void ConflictDialog::choose(TextDocument::Side side)
{
    m_side = side;
    accept();
}

void ConflictDialog::go(int step)
{
    if (m_conflicts.empty())
        return;
    m_current = (m_current + m_conflicts.size() + static_cast<std::size_t>(step)) % m_conflicts.size();
    const Lines &lines = m_conflicts[m_current];
    showLines(*m_ours, lines.ours, lines.ourCount);
    showLines(*m_theirs, lines.theirs, lines.theirCount);
    m_where->setText(tr("Place %1 of %2 that both changed").arg(m_current + 1).arg(m_conflicts.size()));
}

} // namespace runner::ui
