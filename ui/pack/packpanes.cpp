// PackPlace: how its panes and commands are put together.
#include "pack/packplace.h"

#include "editor/codeeditor.h"
#include "editor/codepane.h"
#include "pack/packfilemodel.h"
#include "pack/previewpane.h"
#include "pack/stagemodel.h"
#include "pack/stageview.h"
#include "place/emptystate.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QSplitter>
#include <QStackedWidget>
#include <QTreeView>
#include <QVBoxLayout>

namespace runner::ui {

namespace {

constexpr int shortest = 5 * gridUnit; // Of a list or a text, so that all of them fit in a small window.

QSplitter *makeSplitter(Qt::Orientation orientation, const QString &name)
{
    auto *splitter = new QSplitter(orientation);
    splitter->setObjectName(name);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(gridUnit / 2);
    return splitter;
}

QLabel *makeHeading(const QString &text, const QString &name)
{
    auto *label = new QLabel(text);
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    label->setFont(boldFont(label->font()));
    label->setContentsMargins(gridUnit, gridUnit / 2, gridUnit, gridUnit / 2);
    return label;
}

QWidget *under(QWidget *heading, QWidget *notice, QWidget *content)
{
    auto *pane = new QWidget;
    auto *layout = new QVBoxLayout(pane);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(heading);
    if (notice)
        layout->addWidget(notice);
    layout->addWidget(content, 1);
    return pane;
}

} // namespace

void PackPlace::setUpPanes()
{
    m_empty = new EmptyState;
    m_fileModel = new PackFileModel(this);
    m_files = new QTreeView;
    m_files->setObjectName(QStringLiteral("packFiles"));
    m_files->setAccessibleName(tr("Files below pack/"));
    m_files->setModel(m_fileModel);
    m_files->setHeaderHidden(true);
    m_files->setFrameShape(QFrame::NoFrame);
    m_files->setIndentation(2 * gridUnit);
    m_files->setTextElideMode(Qt::ElideMiddle);
    m_files->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_across = makeSplitter(Qt::Horizontal, QStringLiteral("packAcross"));
    m_across->addWidget(under(makeHeading(tr("Files"), QStringLiteral("packFilesHeading")), nullptr, m_files));
    setUpSource(m_across);
    m_across->setStretchFactor(1, 1);
    m_across->setSizes({22 * gridUnit, 1280 - 22 * gridUnit});
    m_stack = new QStackedWidget;
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_across);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
    connect(m_empty, &EmptyState::actionTriggered, this, &Place::openRequested);
    connect(m_files->selectionModel(), &QItemSelectionModel::currentChanged, this, &PackPlace::onFileChosen);
    connect(m_files, &QTreeView::activated, this, [this](const QModelIndex &index) {
        if (!index.data(PackFileModel::PathRole).toString().isEmpty())
            editor()->setFocus(Qt::OtherFocusReason);
    });
}

void PackPlace::setUpSource(QSplitter *across)
{
    m_title = makeHeading({}, QStringLiteral("packTitle"));
    m_notice = new QLabel;
    m_notice->setObjectName(QStringLiteral("packNotice"));
    m_notice->setTextFormat(Qt::PlainText);
    m_notice->setWordWrap(true);
    m_notice->setContentsMargins(gridUnit, 0, gridUnit, gridUnit / 2);
    m_notice->hide();
    m_source = new CodePane;
    m_source->setObjectName(QStringLiteral("packSource"));
    editor()->setAccessibleName(tr("Source"));
    editor()->setReadOnly(true);
    editor()->setMinimumHeight(shortest);
    m_stages = new StageModel(this);
    m_stageView = new StageView(m_stages);
    m_stageView->setMinimumHeight(shortest);
    m_sides = makeSplitter(Qt::Horizontal, QStringLiteral("packSides"));
    m_sides->addWidget(under(m_title, m_notice, m_source));
    m_sides->addWidget(under(makeHeading(tr("Stages"), QStringLiteral("packStagesHeading")), nullptr, m_stageView));
    m_sides->setStretchFactor(0, 1);
    m_sides->setSizes({1280 - 66 * gridUnit, 44 * gridUnit});
    m_preview = new PreviewPane;
    m_down = makeSplitter(Qt::Vertical, QStringLiteral("packDown"));
    m_down->addWidget(m_sides);
    m_down->addWidget(m_preview);
    m_down->setStretchFactor(0, 3);
    m_down->setStretchFactor(1, 2);
    m_down->setSizes({360, 240});
    across->addWidget(m_down);
    connect(editor(), &CodeEditor::currentLineChanged, this, &PackPlace::onLineChanged);
    connect(editor(), &CodeEditor::problemActivated, this, &PackPlace::onProblemActivated);
    connect(m_stageView, &StageView::stageChosen, this, &PackPlace::onStageChosen);
    connect(m_preview, &PreviewPane::previewChanged, this, &PackPlace::showStages);
    connect(m_preview, &PreviewPane::previewChanged, this, &Place::canBuildChanged);
    connect(m_preview, &PreviewPane::argumentChosen, this,
            [this](const Location &where) { editor()->goTo(where.line, where.column); });
    connect(m_preview, &PreviewPane::copied, this,
            [this](const QString &what) { Q_EMIT statusMessage(tr("Copied %1").arg(what)); });
}

QAction *PackPlace::addAction(const QString &name, const QString &text, const QKeySequence &keys,
                              void (PackPlace::*slot)())
{
    auto *action = new QAction(text, this);
    action->setObjectName(name);
    action->setShortcut(keys);
    connect(action, &QAction::triggered, this, slot);
    return action;
}

void PackPlace::setUpActions()
{
    // The source's own key; as an action's shortcut it would be ambiguous.
    m_editActions = {addAction(QStringLiteral("packGoToLine"), tr("Go to &line…") + QStringLiteral("\tCtrl+G"), {},
                               &PackPlace::goToLine),
                     addAction(QStringLiteral("packNextProblem"), tr("&Next finding"), QKeySequence(Qt::Key_F4),
                               &PackPlace::nextProblem),
                     addAction(QStringLiteral("packPreviousProblem"), tr("&Previous finding"),
                               QKeySequence(Qt::SHIFT | Qt::Key_F4), &PackPlace::previousProblem)};
    auto *wrap = new QAction(tr("&Wrap long lines"), this);
    wrap->setObjectName(QStringLiteral("packWrap"));
    wrap->setCheckable(true);
    wrap->setChecked(true);
    setWrapped(true);
    connect(wrap, &QAction::toggled, this, &PackPlace::setWrapped);
    m_viewActions = {
        addAction(QStringLiteral("packFold"), tr("&Fold everything"), {}, &PackPlace::foldEverything),
        addAction(QStringLiteral("packUnfold"), tr("&Unfold everything"), {}, &PackPlace::unfoldEverything), wrap};
}

QList<QAction *> PackPlace::actions(PlaceMenu menu) const
{
    switch (menu) {
    case PlaceMenu::Edit:
        return m_editActions;
    case PlaceMenu::View:
        return m_viewActions;
    case PlaceMenu::File:
        break;
    }
    return {};
}

void PackPlace::setWrapped(bool wrapped)
{
    editor()->setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    editor()->setLineWrapMode(wrapped ? QPlainTextEdit::WidgetWidth : QPlainTextEdit::NoWrap);
}

void PackPlace::foldEverything()
{
    editor()->setAllFolded(true);
}

void PackPlace::unfoldEverything()
{
    editor()->setAllFolded(false);
}

void PackPlace::goToLine()
{
    m_source->openGoToLine();
}

void PackPlace::nextProblem()
{
    editor()->goToNextProblem(true);
}

void PackPlace::previousProblem()
{
    editor()->goToNextProblem(false);
}

/// One menu for all that is found on that line: two findings have one mark.
void PackPlace::onProblemActivated(int index, const QPoint &place)
{
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("packProblemMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true);
    const QList<int> found = editor()->problemsAt(editor()->problemLine(index));
    for (const int each : found) {
        const Problem problem = editor()->problems()[static_cast<std::size_t>(each)];
        const QString text = QString::fromStdString(diagnostics::describe(problem));
        addFixes(menu, problem);
        menu->addAction(
            tr("&Copy: %1").arg(QString::fromStdString(problem.message).replace(u'&', QStringLiteral("&&"))), this,
            [text] { QApplication::clipboard()->setText(text); });
        menu->addSeparator();
    }
    menu->popup(place);
}

} // namespace runner::ui
