// What the place "Support" offers in the window's menus.
#include "support/supportplace.h"

#include "support/detailspane.h"
#include "support/supportpage.h"
#include "support/supportview.h"
#include "theme/icons.h"

#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QGuiApplication>
#include <QMenu>
#include <QMessageBox>
#include <QPrintDialog>
#include <QPrinter>

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
