#include "onboard/reviewfiles.h"

#include "documents/editorbinding.h"
#include "documents/editortext.h"
#include "editor/codeeditor.h"
#include "onboard/reviewedits.h"
#include "theme/theme.h"

#include <QListWidget>
#include <QSignalBlocker>
#include <QSplitter>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace runner::ui {

namespace {

constexpr int narrowFiles = 72 * gridUnit;

Language languageOf(const std::string &file)
{
    if (file.ends_with(".yml") || file.ends_with(".yaml"))
        return Language::Yaml;
    return file.find("Dockerfile") != std::string::npos ? Language::Dockerfile : Language::PlainText;
}

} // namespace

ReviewFiles::ReviewFiles(QWidget *parent)
    : QWidget(parent)
    , m_edits(new ReviewEdits(this))
    , m_list(new QListWidget)
    , m_difference(new CodeEditor)
    , m_text(new CodeEditor)
    , m_tabs(new QTabWidget)
    , m_binding(new EditorBinding(*m_text))
    , m_splitter(new QSplitter)
{
    m_list->setObjectName(QStringLiteral("reviewFiles"));
    m_list->setAccessibleName(tr("Files that are written"));
    m_list->setSpacing(gridUnit / 4);
    m_list->setTextElideMode(Qt::ElideMiddle);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusProxy(m_list);
    m_splitter->addWidget(m_list);
    m_splitter->addWidget(makeTexts());
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 3);
    m_splitter->setSizes({30 * gridUnit, 90 * gridUnit});
    m_splitter->setChildrenCollapsible(false);
    auto *down = new QVBoxLayout(this);
    down->setContentsMargins(0, 0, 0, 0);
    down->addWidget(m_splitter);
    connect(m_list, &QListWidget::currentRowChanged, this, &ReviewFiles::showFile);
    connect(m_edits, &ReviewEdits::edited, this, &ReviewFiles::onEdited);
}

/// Names of files are long: where there is little room they stand above the text.
void ReviewFiles::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const Qt::Orientation wanted = width() < narrowFiles ? Qt::Vertical : Qt::Horizontal;
    if (m_splitter->orientation() == wanted)
        return;
    m_splitter->setOrientation(wanted);
    m_list->setMinimumHeight(wanted == Qt::Vertical ? 9 * gridUnit : 0);
    m_list->setMaximumHeight(wanted == Qt::Vertical ? 12 * gridUnit : QWIDGETSIZE_MAX);
    m_splitter->widget(1)->setMinimumHeight(wanted == Qt::Vertical ? 20 * gridUnit : 0);
    m_splitter->setSizes(wanted == Qt::Vertical ? QList<int>{9 * gridUnit, 20 * gridUnit}
                                                : QList<int>{30 * gridUnit, 90 * gridUnit});
}

QWidget *ReviewFiles::makeTexts()
{
    m_difference->setObjectName(QStringLiteral("reviewDifference"));
    m_difference->setAccessibleName(tr("Changed lines"));
    m_difference->setReadOnly(true);
    m_difference->setLanguage(Language::Difference);
    m_difference->setMarginShown(false);
    m_text->setObjectName(QStringLiteral("reviewText"));
    m_text->setAccessibleName(tr("Text of the file"));
    auto *tabs = m_tabs;
    tabs->setObjectName(QStringLiteral("reviewTabs"));
    tabs->setDocumentMode(true);
    tabs->addTab(m_difference, tr("&Changes"));
    tabs->addTab(m_text, tr("Te&xt"));
    connect(tabs, &QTabWidget::currentChanged, this, [tabs] { // By its key: what is typed next is meant for it.
        if (tabs->isVisible() && !tabs->tabBar()->hasFocus())
            tabs->currentWidget()->setFocus();
    });
    return tabs;
}

void ReviewFiles::reveal(const Location &where)
{
    const auto file = std::find_if(m_proposed.begin(), m_proposed.end(),
                                   [&](const onboard::ProposedFile &each) { return each.file == where.file; });
    if (file == m_proposed.end())
        return;
    m_list->setCurrentRow(static_cast<int>(file - m_proposed.begin()));
    m_tabs->setCurrentWidget(m_text);
    m_text->goTo(std::max(where.line, 1), std::max(where.column, 1));
    m_text->setFocus();
}

QStringList ReviewFiles::setProposal(onboard::Proposal &proposal)
{
    const QStringList told = m_edits->putInto(proposal);
    const QString before = m_list->currentItem() ? m_list->currentItem()->data(Qt::UserRole).toString() : QString();
    m_proposed = proposal.files;
    const QSignalBlocker blocker(m_list);
    m_list->clear();
    int shown = 0;
    for (int row = 0; row < static_cast<int>(m_proposed.size()); ++row) {
        auto *item = new QListWidgetItem(m_list);
        item->setData(Qt::UserRole, QString::fromStdString(m_proposed[static_cast<std::size_t>(row)].file));
        markFile(row);
        if (item->data(Qt::UserRole) == before)
            shown = row;
    }
    m_list->setCurrentRow(shown);
    showFile(shown);
    return told;
}

bool ReviewFiles::isEdited() const
{
    return std::any_of(m_proposed.begin(), m_proposed.end(),
                       [this](const onboard::ProposedFile &file) { return m_edits->isEdited(file.file); });
}

void ReviewFiles::markFile(int row)
{
    const onboard::ProposedFile &file = m_proposed[static_cast<std::size_t>(row)];
    const bool edited = m_edits->isEdited(file.file);
    QString text = QString::fromStdString(file.file);
    if (!file.before)
        text += edited ? tr(" (new, edited)") : tr(" (new)");
    else if (edited)
        text += tr(" (edited)");
    m_list->item(row)->setText(text);
    m_list->item(row)->setToolTip(text);
}

void ReviewFiles::showFile(int row)
{
    if (row < 0 || row >= static_cast<int>(m_proposed.size()))
        return;
    const onboard::ProposedFile &file = m_proposed[static_cast<std::size_t>(row)];
    showDifference();
    m_text->setLanguage(languageOf(file.file));
    m_binding->setDocument(m_edits->document(file.file));
}

void ReviewFiles::showDifference()
{
    if (const int row = m_list->currentRow(); row >= 0)
        m_difference->setText(toEditorText(onboard::diffOf(m_proposed[static_cast<std::size_t>(row)])));
}

void ReviewFiles::onEdited()
{
    for (onboard::ProposedFile &file : m_proposed) {
        if (const TextDocument *document = m_edits->document(file.file); document && document == m_binding->document())
            file.after = document->text();
    }
    markFile(m_list->currentRow());
    Q_EMIT edited();
}

} // namespace runner::ui
