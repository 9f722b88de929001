// The window's part of editing: the open files, undo, saving, and what asks before work is lost.
#include "documents/conflictdialog.h"
#include "documents/documentset.h"
#include "documents/matrixdocument.h"
#include "window/mainwindow.h"

#include <QFileInfo>
#include <QMessageBox>
#include <QPointer>

namespace runner::ui {

namespace {

QString namesOf(const std::vector<TextDocument *> &documents)
{
    QStringList names;
    for (const TextDocument *document : documents)
        names << QString::fromStdString(document->file());
    return names.join(QStringLiteral(", "));
}

QString sentences(const Problem &problem)
{
    QString text = QString::fromStdString(problem.message) + QLatin1Char('.');
    if (!problem.advice.empty())
        text += QLatin1Char(' ') + QString::fromStdString(problem.advice) + QLatin1Char('.');
    return text;
}

} // namespace

void MainWindow::setUpDocuments()
{
    connect(m_loader, &WorkspaceLoader::filesChanged, m_documents, &DocumentSet::checkDisk);
    connect(m_documents, &DocumentSet::modifiedChanged, this, &MainWindow::updateTitle);
    connect(m_documents, &DocumentSet::message, this, &MainWindow::showMessage);
    connect(m_documents, &DocumentSet::conflictFound, this, &MainWindow::resolveConflict, Qt::QueuedConnection);
    connect(m_documents, &DocumentSet::problemFound, this, [this](const Problem &problem) {
        showMessage(QString::fromStdString(problem.where.file) + QStringLiteral(": ") + sentences(problem));
    });
    connect(m_matrix, &MatrixDocument::refused, this,
            [this](const Problem &problem) { showMessage(tr("Not changed. %1").arg(sentences(problem))); });
}

void MainWindow::openMatrix()
{
    if (!m_loader->current() || m_loader->current()->workspace->root != m_documents->root())
        return;
    const auto opened = m_documents->open(m_loader->current()->workspace->matrixFile);
    m_matrix->setDocument(opened ? *opened : nullptr);
    if (!opened)
        showMessage(sentences(opened.error()));
    updateActive();
}

void MainWindow::updateActive()
{
    TextDocument *edited = currentPlace() ? currentPlace()->editedDocument() : nullptr;
    m_documents->setActive(edited ? edited : m_matrix->document());
}

void MainWindow::updateTitle()
{
    setWindowTitle(tr("%1[*] – Runner Console").arg(QFileInfo(m_loader->folder()).fileName()));
    setWindowModified(m_documents->isModified());
}

void MainWindow::save()
{
    const auto changed = m_documents->modified();
    const QString names = namesOf(changed);
    const auto saved = m_documents->saveAll();
    if (saved)
        showMessage(tr("Saved %1").arg(names));
    else if (saved.error().id != "document-conflict") // That one is asked about.
        showProblem(saved.error());
}

void MainWindow::showProblem(const Problem &problem)
{
    auto *box = new QMessageBox(QMessageBox::Warning, tr("Not saved"),
                                QString::fromStdString(problem.where.file) + QStringLiteral(": ") + sentences(problem),
                                QMessageBox::Ok, this);
    box->setObjectName(QStringLiteral("saveError"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

bool MainWindow::mayLoseWork()
{
    if (!m_documents->isModified())
        return true;
    QMessageBox box(QMessageBox::Question, tr("Unsaved changes"),
                    tr("%1 has changes that are not saved.").arg(namesOf(m_documents->modified())),
                    QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, this);
    box.setObjectName(QStringLiteral("unsavedChanges"));
    box.setDefaultButton(QMessageBox::Save);
    switch (box.exec()) {
    case QMessageBox::Save:
        save();
        return !m_documents->isModified();
    case QMessageBox::Discard:
        m_matrix->setDocument(nullptr);
        m_documents->discard();
        return true;
    default:
        return false;
    }
}

void MainWindow::resolveConflict(TextDocument *document)
{
    if (findChild<ConflictDialog *>() || !document->conflict())
        return;
    QPointer<TextDocument> open(document);
    ConflictDialog dialog(*document, this);
    if (dialog.exec() == QDialog::Accepted && open)
        open->resolve(dialog.side());
}

} // namespace runner::ui
