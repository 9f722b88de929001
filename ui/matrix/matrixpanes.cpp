// How the panes of the place "Matrix" are made and laid out.
#include "matrix/matrixplace.h"

#include "documents/editorbinding.h"
#include "editor/codeeditor.h"
#include "editor/codepane.h"
#include "matrix/backendform.h"
#include "matrix/effectpane.h"
#include "matrix/matrixcompletion.h"
#include "matrix/ruleform.h"
#include "matrix/ruletree.h"
#include "matrix/serviceform.h"
#include "place/emptystate.h"
#include "theme/theme.h"

#include <QEvent>
#include <QFocusEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTreeView>
#include <QVBoxLayout>

namespace runner::ui {

void MatrixPlace::setUpPanes()
{
    m_empty = new EmptyState;
    connect(m_empty, &EmptyState::actionTriggered, this, &Place::openRequested);
    m_effect = new EffectPane;
    m_down = new QSplitter(Qt::Vertical);
    m_down->setObjectName(QStringLiteral("matrixDownSplitter"));
    m_down->addWidget(makeForms());
    m_down->addWidget(m_effect);
    m_down->setSizes({52 * gridUnit, 38 * gridUnit});
    m_down->setHandleWidth(gridUnit / 2);
    m_across = new QSplitter(Qt::Horizontal);
    m_across->setObjectName(QStringLiteral("matrixAcrossSplitter"));
    m_across->addWidget(makeTreeSide());
    m_across->addWidget(m_down);
    m_across->addWidget(makeSource());
    m_across->setStretchFactor(2, 1);
    m_across->setSizes({36 * gridUnit, 50 * gridUnit, 64 * gridUnit});
    m_across->setHandleWidth(gridUnit / 2);
    m_stack = new QStackedWidget;
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_across);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_banner = new QLabel;
    m_banner->setObjectName(QStringLiteral("matrixBanner"));
    m_banner->setWordWrap(true);
    m_banner->setContentsMargins(gridUnit, gridUnit, gridUnit, gridUnit);
    m_banner->hide();
    layout->addWidget(m_stack, 1);
    layout->addWidget(m_banner); // Below: what somebody types in stays where it is when the banner comes and goes.
    connect(m_effect, &EffectPane::ruleActivated, this, [this](std::size_t rule) { selectRules({{rule, false}}); });
    connect(m_form, &RuleForm::enableRequested, this, &MatrixPlace::toggleDisabled);
}

namespace {

QScrollArea *scrolled(QWidget *form)
{
    auto *scroll = new QScrollArea;
    scroll->setObjectName(form->objectName() + QStringLiteral("Area"));
    scroll->setWidget(form);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus); // What is in it has the focus, and is scrolled to.
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setMinimumWidth(30 * gridUnit);
    return scroll;
}

} // namespace

QWidget *MatrixPlace::makeForms()
{
    m_form = new RuleForm;
    m_backendForm = new BackendForm;
    m_serviceForm = new ServiceForm;
    m_forms = new QTabWidget;
    m_forms->setObjectName(QStringLiteral("matrixForms"));
    m_forms->setDocumentMode(true);
    m_forms->addTab(scrolled(m_form), tr("R&ule"));
    m_forms->addTab(scrolled(m_backendForm), tr("&Backends"));
    m_forms->addTab(scrolled(m_serviceForm), tr("Se&rvices"));
    setUpHeaderForms();
    return m_forms;
}

void MatrixPlace::setUpHeaderForms()
{
    connect(m_backendForm, &BackendForm::chosen, this, [this](const QString &id) {
        if (const matrix::Backend *backend = m_matrix->matrix().findBackend(id.toStdString()))
            goTo(backend->where);
    });
    connect(m_serviceForm, &ServiceForm::chosen, this,
            [this](int service) { goTo(m_matrix->matrix().services[static_cast<std::size_t>(service)].where); });
}

QLabel *MatrixPlace::makeHiddenNote()
{
    m_hiddenNote = new QLabel;
    m_hiddenNote->setObjectName(QStringLiteral("hiddenRule"));
    m_hiddenNote->setWordWrap(true);
    m_hiddenNote->setTextFormat(Qt::RichText);
    m_hiddenNote->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    m_hiddenNote->setContentsMargins(0, 0, 0, gridUnit);
    m_hiddenNote->hide();
    connect(m_hiddenNote, &QLabel::linkActivated, m_filter, &QLineEdit::clear);
    return m_hiddenNote;
}

QWidget *MatrixPlace::makeTreeSide()
{
    m_filter = new QLineEdit;
    m_filter->setObjectName(QStringLiteral("ruleFilter"));
    m_filter->setAccessibleName(tr("Filter of the rules"));
    m_filter->setPlaceholderText(tr("Filter rules"));
    m_filter->setClearButtonEnabled(true);
    setUpTree();
    auto *side = new QWidget;
    side->setMinimumWidth(20 * gridUnit);
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins(gridUnit, gridUnit, 0, 0);
    layout->setSpacing(gridUnit);
    layout->addWidget(m_filter);
    layout->addWidget(m_tree, 1);
    layout->addWidget(makeHiddenNote());
    connect(m_filter, &QLineEdit::textChanged, this, &MatrixPlace::onFilterChanged);
    connect(m_filter, &QLineEdit::returnPressed, this, &MatrixPlace::goToRules);
    return side;
}

void MatrixPlace::setUpTree()
{
    m_model = new RuleTreeModel(this);
    auto *tree = new RuleTree(m_model);
    m_tree = tree;
    connect(tree, &RuleTree::dropRefused, this, &Place::statusMessage);
    connect(m_model, &RuleTreeModel::moveRequested, this, &MatrixPlace::moveRules, Qt::QueuedConnection);
    connect(m_tree->selectionModel(), &QItemSelectionModel::selectionChanged, this, &MatrixPlace::onSelectionChanged);
    connect(m_tree, &QAbstractItemView::clicked, this, &MatrixPlace::onRowClicked);
    connect(m_tree, &QAbstractItemView::activated, this, &MatrixPlace::onRowClicked);
}

QWidget *MatrixPlace::makeSource()
{
    m_source = new CodePane;
    setUpEditor();
    return m_source;
}

void MatrixPlace::setUpEditor()
{
    CodeEditor *code = editor();
    code->setObjectName(QStringLiteral("matrixSource"));
    code->setAccessibleName(tr("YAML of the matrix"));
    code->setLanguage(Language::Yaml);
    code->setFrameShape(QFrame::NoFrame);
    code->setMinimumWidth(30 * gridUnit);
    m_binding = new EditorBinding(*code);
    m_completion = new MatrixCompletion(this);
    code->setCompletions(m_completion);
    connect(code, &CodeEditor::completionAboutToOpen, m_completion,
            [this](int position) { m_completion->fill(editor()->text(), position); });
    connect(code, &CodeEditor::problemActivated, this, &MatrixPlace::showFixes);
    connect(code, &CodeEditor::currentLineChanged, this, &MatrixPlace::onLineChanged);
    connect(m_binding, &EditorBinding::cursorMoved, this, [this] { m_isLed = true; });
}

void MatrixPlace::applyTheme()
{
    const Theme theme(palette());
    m_model->setColours(theme.dimText, boldFont(font()));
    QPalette banner = palette();
    banner.setColor(QPalette::WindowText, theme.errorText);
    m_banner->setPalette(banner);
}

/// Keys begin in the tree.
void MatrixPlace::focusInEvent(QFocusEvent *event)
{
    m_tree->setFocus(event->reason());
}

void MatrixPlace::changeEvent(QEvent *event)
{
    Place::changeEvent(event);
    if (m_model && (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange))
        applyTheme();
}

} // namespace runner::ui
