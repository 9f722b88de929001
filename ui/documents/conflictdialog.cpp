#include "documents/conflictdialog.h"

#include "documents/editortext.h"
#include "editor/codeeditor.h"
#include "text/diff.h"
#include "theme/theme.h"

#include <QButtonGroup>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>

namespace runner::ui {

namespace {

constexpr std::size_t oursAt = 0;
constexpr std::size_t theirsAt = 1;

int lineCount(const std::string &text)
{
    return static_cast<int>(text::linesOf(text).size());
}

std::string theirText(const text::Merge &merge)
{
    std::string text;
    for (const text::MergePart &part : merge.parts)
        text += part.theirs;
    return text;
}

void showLines(CodeEditor &editor, int first, int count)
{
    editor.setHighlightedRange(count > 0 ? CodeEditor::LineRange{first, first + count - 1} : CodeEditor::LineRange{});
    editor.goTo(first);
    editor.centerCursor();
}

} // namespace

ConflictDialog::ConflictDialog(const TextDocument &document, QWidget *parent)
    : QDialog(parent)
    , m_merge(*document.conflict())
{
    setObjectName(QStringLiteral("conflictDialog"));
    const QString file = QString::fromStdString(document.file());
    const bool yaml = file.endsWith(QLatin1String(".yml")) || file.endsWith(QLatin1String(".yaml"));
    setWindowTitle(tr("%1 was changed by somebody else").arg(file));
    resize(120 * gridUnit, 70 * gridUnit);
    findPlaces();
    auto *intro =
        new QLabel(tr("You changed %1, and it was changed on disk in the same lines. Choose for each place which "
                      "version counts; what only one side changed is kept either way, and the choice can be "
                      "undone.")
                       .arg(file));
    intro->setWordWrap(true);
    auto *sides = new QSplitter(Qt::Horizontal);
    sides->setChildrenCollapsible(false);
    sides->addWidget(makeSide(Side::Ours, document.text(), yaml));
    sides->addWidget(makeSide(Side::Theirs, theirText(m_merge), yaml));
    auto *group = new QButtonGroup(this);
    for (QRadioButton *choice : m_choices)
        group->addButton(choice);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(gridUnit);
    layout->addWidget(intro);
    layout->addWidget(makeNavigation());
    layout->addWidget(sides, 1);
    layout->addWidget(makeButtons());
    showPlace();
    m_choices[oursAt]->setFocus();
}

void ConflictDialog::findPlaces()
{
    for (const text::MergePart &part : m_merge.conflicts())
        m_places.push_back({{part.oursLine, part.theirsLine}, {lineCount(part.ours), lineCount(part.theirs)}, {}});
}

QWidget *ConflictDialog::makeSide(Side side, const std::string &text, bool yaml)
{
    const bool ours = side == Side::Ours;
    const QString title = ours ? tr("In this window") : tr("On disk");
    auto *heading = new QLabel(title);
    heading->setFont(boldFont(font()));
    auto *editor = new CodeEditor;
    editor->setObjectName(ours ? QStringLiteral("conflictOurs") : QStringLiteral("conflictTheirs"));
    editor->setAccessibleName(title);
    editor->setReadOnly(true);
    editor->setLanguage(yaml ? Language::Yaml : Language::Dockerfile);
    editor->setText(toEditorText(text));
    auto *choice = new QRadioButton(ours ? tr("&Mine counts here") : tr("The &disk's counts here"));
    choice->setObjectName(ours ? QStringLiteral("oursHere") : QStringLiteral("theirsHere"));
    connect(choice, &QRadioButton::clicked, this, [this, side] { choose(side); });
    auto *pane = new QWidget;
    auto *layout = new QVBoxLayout(pane);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(gridUnit / 2);
    layout->addWidget(heading);
    layout->addWidget(editor, 1);
    layout->addWidget(choice);
    m_editors[ours ? oursAt : theirsAt] = editor;
    m_choices[ours ? oursAt : theirsAt] = choice;
    return pane;
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
    previous->setObjectName(QStringLiteral("previousConflict"));
    next->setObjectName(QStringLiteral("nextConflict"));
    connect(previous, &QPushButton::clicked, this, [this] { go(-1); });
    connect(next, &QPushButton::clicked, this, [this] { go(1); });
    layout->addWidget(m_where, 1);
    for (QPushButton *button : {previous, next}) {
        button->setAutoDefault(false);
        button->setEnabled(m_places.size() > 1);
        layout->addWidget(button);
    }
    return bar;
}

QWidget *ConflictDialog::makeButtons()
{
    auto *buttons = new QDialogButtonBox;
    m_merged = buttons->addButton(tr("Mer&ge as chosen"), QDialogButtonBox::AcceptRole);
    QPushButton *ours = buttons->addButton(tr("Mine &everywhere"), QDialogButtonBox::AcceptRole);
    QPushButton *theirs = buttons->addButton(tr("The disk's every&where"), QDialogButtonBox::AcceptRole);
    QPushButton *later = buttons->addButton(tr("Decide &later"), QDialogButtonBox::RejectRole);
    m_merged->setObjectName(QStringLiteral("mergeAsChosen"));
    ours->setObjectName(QStringLiteral("keepOurs"));
    theirs->setObjectName(QStringLiteral("takeTheirs"));
    later->setObjectName(QStringLiteral("decideLater"));
    connect(m_merged, &QPushButton::clicked, this, &QDialog::accept);
    connect(ours, &QPushButton::clicked, this, [this] { chooseAll(Side::Ours); });
    connect(theirs, &QPushButton::clicked, this, [this] { chooseAll(Side::Theirs); });
    connect(later, &QPushButton::clicked, this, &QDialog::reject);
    for (QPushButton *button : {m_merged, ours, theirs})
        button->setAutoDefault(false);
    later->setDefault(true);
    return buttons;
}

std::vector<TextDocument::Side> ConflictDialog::sides() const
{
    std::vector<Side> sides;
    for (const Place &place : m_places)
        sides.push_back(place.chosen.value_or(Side::Ours));
    return sides;
}

void ConflictDialog::choose(Side side)
{
    m_places[m_current].chosen = side;
    updateButtons();
}

void ConflictDialog::chooseAll(Side side)
{
    for (Place &place : m_places)
        place.chosen = side;
    accept();
}

void ConflictDialog::go(int step)
{
    m_current = (m_current + m_places.size() + static_cast<std::size_t>(step)) % m_places.size();
    showPlace();
}

bool ConflictDialog::isDecided() const
{
    return std::all_of(m_places.begin(), m_places.end(), [](const Place &place) { return place.chosen.has_value(); });
}

void ConflictDialog::showPlace()
{
    const Place &place = m_places[m_current];
    for (const std::size_t side : {oursAt, theirsAt})
        showLines(*m_editors[side], place.line[side], place.count[side]);
    QString where = tr("Place %1 of %2 that both changed").arg(m_current + 1).arg(m_places.size());
    if (place.count[oursAt] == 0)
        where += tr("; you removed these lines");
    if (place.count[theirsAt] == 0)
        where += tr("; they are removed on disk");
    m_where->setText(where);
    updateButtons();
}

/// An exclusive group does not let go of its last choice by itself.
void ConflictDialog::updateButtons()
{
    const std::optional<Side> &chosen = m_places[m_current].chosen;
    QButtonGroup *group = m_choices[oursAt]->group();
    group->setExclusive(false);
    m_choices[oursAt]->setChecked(chosen == Side::Ours);
    m_choices[theirsAt]->setChecked(chosen == Side::Theirs);
    group->setExclusive(true);
    m_merged->setEnabled(isDecided());
    m_merged->setDefault(isDecided());
}

} // namespace runner::ui
