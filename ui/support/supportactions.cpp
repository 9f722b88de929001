// What the place "Support" offers in the window's menus.
#include "support/supportplace.h"

#include "documents/documentset.h"
#include "documents/matrixdocument.h"
#include "support/catalogdialog.h"
#include "support/detailspane.h"
#include "support/supportedits.h"
#include "support/supportpage.h"
#include "support/supportview.h"
#include "text/patch.h"
#include "theme/icons.h"

#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QGuiApplication>
#include <QMenu>
#include <QMessageBox>
#include <QPrintDialog>
#include <QPrinter>

#include <algorithm>
#include <set>

namespace runner::ui {

void SupportPlace::setUpActions()
{
    setUpExports();
    auto *print = new QAction(themedIcon(QStringLiteral("document-print")), tr("&Print…"), this);
    print->setObjectName(QStringLiteral("print"));
    print->setShortcut(QKeySequence::Print);
    connect(print, &QAction::triggered, this, &SupportPlace::print);
    m_fileActions << print;
    for (QAction *action : std::as_const(m_fileActions))
        action->setEnabled(false);
    setUpEdits();
    m_detailsAction = new QAction(tr("&Details pane"), this);
    m_detailsAction->setObjectName(QStringLiteral("toggleDetails"));
    m_detailsAction->setShortcut(QKeySequence(Qt::Key_F9));
    m_detailsAction->setCheckable(true);
    m_detailsAction->setChecked(m_settings.detailsShown());
    connect(m_detailsAction, &QAction::toggled, this, &SupportPlace::setDetailsVisible);
}

void SupportPlace::setUpExports()
{
    auto *exports = new QMenu(tr("&Export table as"), this);
    exports->setObjectName(QStringLiteral("exportMenu"));
    for (const ExportFormat &format : exportFormats()) {
        QAction *action = exports->addAction(format.name + QStringLiteral("…"));
        action->setObjectName(QStringLiteral("export-") + format.suffix);
        connect(action, &QAction::triggered, this, [this, format] { chooseExport(format); });
    }
    m_fileActions << exports->menuAction();
}

void SupportPlace::setUpEdits()
{
    m_edits = new SupportEdits(this);
    connect(m_edits, &SupportEdits::statusMessage, this, &Place::statusMessage);
    connect(m_edits, &SupportEdits::edited, this, &SupportPlace::setEdited);
    m_changeReleased = new QAction(tr("C&hange released versions…"), this);
    m_changeReleased->setObjectName(QStringLiteral("changeReleased"));
    m_changeReleased->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_D));
    m_changeReleased->setEnabled(false);
    connect(m_changeReleased, &QAction::triggered, this, &SupportPlace::changeReleased);
    m_build = new QAction(tr("&Build…"), this);
    m_build->setObjectName(QStringLiteral("supportBuild"));
    connect(m_build, &QAction::triggered, this, &Place::buildRequested);
    SupportView *view = m_page->view();
    connect(view, &SupportView::menuRequested, this, &SupportPlace::showEditMenu);
    connect(view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &SupportPlace::updateEdits);
    connect(view, &SupportView::chosenChanged, this, &SupportPlace::updateEdits);
}

void SupportPlace::setDocuments(DocumentSet &documents, MatrixDocument &matrix)
{
    m_documents = &documents;
    m_edits->setDocuments(documents, matrix);
    connect(&matrix, &MatrixDocument::changed, this, &SupportPlace::updateEdits);
}

TextDocument *SupportPlace::editedDocument() const
{
    return m_edited;
}

void SupportPlace::setEdited(TextDocument *document)
{
    m_edited = document;
    Q_EMIT editedDocumentChanged();
}

/// Those that were chosen one by one; else those of every selected cell where several are selected; else the current
/// one.
std::vector<int> SupportPlace::selectedEntries() const
{
    if (const std::set<int> &chosen = m_page->view()->chosenEntries(); !chosen.empty())
        return {chosen.begin(), chosen.end()};
    const QModelIndexList cells = m_page->view()->selectionModel()->selectedIndexes();
    std::set<int> entries;
    if (cells.size() > 1) {
        for (const QModelIndex &cell : cells) {
            const auto inside = cell.data(EntriesRole).value<QList<int>>();
            entries.insert(inside.begin(), inside.end());
        }
    }
    const int current = m_page->view()->currentEntry();
    if (entries.empty() && current >= 0)
        entries.insert(current);
    return {entries.begin(), entries.end()};
}

void SupportPlace::updateEdits()
{
    if (m_loaded && m_page->model()->loaded() == m_loaded)
        m_edits->setEntries(m_loaded, selectedEntries());
    Q_EMIT canBuildChanged();
}

bool SupportPlace::canBuild() const
{
    return m_loaded && m_page->model()->loaded() == m_loaded && !selectedEntries().empty();
}

QStringList SupportPlace::imagesToBuild() const
{
    QStringList tags;
    if (!canBuild())
        return tags;
    const SupportIndex &index = m_loaded->index();
    const std::vector<int> entries = selectedEntries();
    for (const int entry : entries)
        tags << QString::fromStdString(index.tagOf(index.entries[static_cast<std::size_t>(entry)]));
    tags.removeAll(QString());
    return tags;
}

void SupportPlace::showEditMenu(const QPoint &place)
{
    updateEdits();
    const std::size_t count = selectedEntries().size();
    if (count == 0)
        return;
    QMenu menu(this);
    menu.setObjectName(QStringLiteral("supportMenu"));
    if (count > 1)
        menu.addSection(tr("Set for all %1 selected").arg(count));
    menu.addActions(m_edits->actions());
    menu.addSeparator();
    menu.addAction(m_build);
    menu.addAction(m_changeReleased);
    menu.exec(m_page->view()->viewport()->mapToGlobal(place));
}

void SupportPlace::changeReleased()
{
    if (!m_loaded || !m_documents)
        return;
    auto *dialog = new CatalogDialog(m_loaded->workspace, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, shown = m_loaded->workspace] {
        const workspace::CatalogChange &change = *dialog->change();
        const auto base = shown->texts.find(change.file);
        const auto document = m_documents->open(change.file);
        if (!document)
            Q_EMIT statusMessage(tr("Not changed. %1.").arg(QString::fromStdString(document.error().message)));
        else if (base == shown->texts.end() || *base->second != (*document)->text())
            Q_EMIT statusMessage(tr("Not changed: %1 has been edited meanwhile. Open the dialog again.")
                                     .arg(QString::fromStdString(change.file)));
        else {
            (*document)->edit(change.patches, dialog->actionName());
            setEdited(*document);
        }
    });
    dialog->open();
}

void SupportPlace::chooseExport(const ExportFormat &format)
{
    const QString proposed = QDir::home().absoluteFilePath(QStringLiteral("support-table.") + format.suffix);
    const QString file = QFileDialog::getSaveFileName(this, tr("Export the table as %1").arg(format.name), proposed,
                                                      QStringLiteral("%1 (*.%2)").arg(format.name, format.suffix));
    if (!file.isEmpty())
        exportTo(file, format.kind);
}

bool SupportPlace::exportTo(const QString &file, ExportKind kind)
{
    if (!m_loaded)
        return false;
    const QString reason = Exporter(m_loaded, m_page->model()->table()).save(file, kind);
    if (reason.isEmpty()) {
        Q_EMIT statusMessage(tr("Exported to %1").arg(QDir::toNativeSeparators(file)));
        return true;
    }
    auto *box = new QMessageBox(QMessageBox::Warning, tr("The table was not exported"),
                                tr("%1 could not be written: %2.").arg(QDir::toNativeSeparators(file), reason),
                                QMessageBox::Ok, this);
    box->setObjectName(QStringLiteral("exportError"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
    return false;
}

void SupportPlace::print()
{
    QPrinter printer(QPrinter::HighResolution);
    printer.setPageOrientation(QPageLayout::Landscape);
    QPrintDialog dialog(&printer, this);
    if (dialog.exec() == QDialog::Accepted)
        Exporter(m_loaded, m_page->model()->table()).paint(&printer);
}

void SupportPlace::copy()
{
    if (!m_loaded || m_details->copyArgument())
        return;
    const QModelIndexList cells = m_page->view()->selectionModel()->selectedIndexes();
    if (cells.isEmpty()) {
        Q_EMIT statusMessage(tr("Select cells of the table to copy them."));
        return;
    }
    QGuiApplication::clipboard()->setText(Exporter(m_loaded, m_page->model()->table(cells)).markdown());
    Q_EMIT statusMessage(tr("Copied the selection as Markdown"));
}

} // namespace runner::ui
