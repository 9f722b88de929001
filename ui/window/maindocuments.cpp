// The window's part of editing: the open files, undo, saving, and what asks before work is lost.
#include "diagnostics/problemtext.h"
#include "documents/conflictdialog.h"
#include "documents/documentset.h"
#include "documents/matrixdocument.h"
#include "documents/recoverykeeper.h"
#include "onboard/onboarding.h"
#include "window/mainwindow.h"

#include <QAbstractSpinBox>
#include <QCoreApplication>
#include <QDateTime>
#include <QFileInfo>
#include <QFocusEvent>
#include <QLineEdit>
#include <QLocale>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>
#include <QStatusBar>

#include <algorithm>
#include <utility>
#include <vector>

namespace runner::ui {

namespace {

/// In the recovered text, from 1.
int firstChangedLine(const text::RecoveredText &work)
{
    const auto most = static_cast<std::ptrdiff_t>(std::min(work.base.size(), work.text.size()));
    const auto change = std::mismatch(work.text.begin(), work.text.begin() + most, work.base.begin()).first;
    return 1 + static_cast<int>(std::count(work.text.begin(), change, '\n'));
}

QString namesOf(const std::vector<TextDocument *> &documents)
{
    QStringList names;
    for (const TextDocument *document : documents)
        names << QString::fromStdString(document->file());
    return names.join(QStringLiteral(", "));
}

/// Forms change the matrix after the cell has closed: those that the field is in do so now.
void takeOver(const std::vector<QPointer<QWidget>> &forms)
{
    for (const QPointer<QWidget> &form : forms) {
        if (form)
            QCoreApplication::sendPostedEvents(form, QEvent::MetaCall);
    }
}

/// To the field, or to the table whose cell it was.
void returnFocus(const QPointer<QWidget> &field, std::vector<QPointer<QWidget>> forms)
{
    forms.insert(forms.begin(), field);
    const auto next = std::find_if(forms.begin(), forms.end(), [](const QPointer<QWidget> &form) {
        return form && form->isVisible() && (form->focusPolicy() & Qt::TabFocus);
    });
    if (next != forms.end())
        (*next)->setFocus(Qt::OtherFocusReason);
}

/// What is typed into a field or a cell of the window that is still open counts: it ends as if the focus went
/// elsewhere.
void endTyping(const QWidget &window)
{
    const QPointer<QWidget> field = window.focusWidget();
    if (!qobject_cast<QLineEdit *>(field) && !qobject_cast<QAbstractSpinBox *>(field))
        return;
    std::vector<QPointer<QWidget>> forms;
    for (QWidget *form = field->parentWidget(); form && form != &window; form = form->parentWidget())
        forms.emplace_back(form);
    QFocusEvent out(QEvent::FocusOut, Qt::OtherFocusReason);
    if (field->hasFocus())
        field->clearFocus();
    else // The window is not the active one.
        QCoreApplication::sendEvent(field, &out);
    takeOver(forms);
    if (!window.focusWidget())
        returnFocus(field, forms);
}

} // namespace

void MainWindow::setUpDocuments()
{
    m_recovery = new RecoveryKeeper(*m_documents, text::RecoveryStore::defaultFolder(), this);
    connect(
        m_documents, &DocumentSet::changed, this,
        [this] { m_loader->setTexts(m_documents->texts(), m_matrix->parsed()); },
        Qt::QueuedConnection); // When the matrix has read its text, too.
    connect(m_recovery, &RecoveryKeeper::failed, this, [this](const Problem &problem) {
        showMessage(tr("Unsaved work is not kept for a crash, so save soon. %1").arg(sentencesOf(problem)));
    });
    connect(m_loader, &WorkspaceLoader::filesChanged, m_documents, &DocumentSet::checkDisk);
    // What was said of the text before is over: "Saved", say.
    connect(m_documents, &DocumentSet::changed, statusBar(), &QStatusBar::clearMessage);
    connect(m_documents, &DocumentSet::modifiedChanged, this, &MainWindow::updateTitle);
    connect(m_documents, &DocumentSet::message, this, &MainWindow::showMessage);
    connect(m_documents, &DocumentSet::conflictFound, this, &MainWindow::resolveConflicts, Qt::QueuedConnection);
    connect(m_documents, &DocumentSet::problemFound, this,
            [this](const Problem &problem) { showMessage(sentencesWithFile(problem)); });
    connect(m_documents->steps(), &FileSteps::finished, this, &MainWindow::onStepFinished);
    connect(m_documents->steps(), &FileSteps::refused, this, &MainWindow::onStepRefused);
    connect(m_matrix, &MatrixDocument::refused, this,
            [this](const Problem &problem) { showMessage(tr("Not changed. %1").arg(sentencesOf(problem))); });
}

void MainWindow::openMatrix()
{
    if (!m_loader->current() || m_loader->current()->workspace->root != m_documents->root())
        return;
    const auto opened = m_documents->open(m_loader->current()->workspace->matrixFile);
    m_matrix->setDocument(opened ? *opened : nullptr, m_loader->current()->workspace->document);
    if (!opened)
        showMessage(sentencesOf(opened.error()));
    updateActive();
    offerRecovery();
}

/// Closing the question decides nothing: the work is offered again the next time.
void MainWindow::offerRecovery()
{
    const std::vector<text::RecoveredText> works = m_recovery->found(m_documents->root());
    if (works.empty())
        return;
    QStringList names;
    for (const text::RecoveredText &work : works) {
        const QDateTime time = QDateTime::fromSecsSinceEpoch(work.secondsSinceEpoch);
        names << tr("%1, of %2")
                     .arg(QString::fromStdString(work.file.lexically_relative(m_documents->root()).string()),
                          QLocale().toString(time, QLocale::ShortFormat));
    }
    auto *box =
        new QMessageBox(QMessageBox::Question, tr("Unsaved work was found"),
                        tr("The program ended last time before these changes were saved:\n\n%1\n\nDo you want them "
                           "back? They can be undone and are not saved yet.")
                            .arg(names.join(QLatin1Char('\n'))),
                        QMessageBox::NoButton, this);
    box->setObjectName(QStringLiteral("recoveryOffer"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton *take = box->addButton(tr("&Recover"), QMessageBox::AcceptRole);
    QPushButton *drop = box->addButton(tr("&Throw away"), QMessageBox::DestructiveRole);
    QPushButton *later = box->addButton(tr("Decide &later"), QMessageBox::RejectRole);
    take->setObjectName(QStringLiteral("recover"));
    drop->setObjectName(QStringLiteral("throwAway"));
    box->setDefaultButton(take);
    box->setEscapeButton(later);
    connect(box, &QMessageBox::buttonClicked, this, [=, this](const QAbstractButton *button) {
        for (auto work = works.rbegin(); work != works.rend(); ++work) { // The newest last: it is what is seen then.
            if (button == take)
                recover(*work, work + 1 == works.rend());
            else if (button == drop)
                m_recovery->forget(*work);
        }
    });
    box->open();
}

void MainWindow::recover(const text::RecoveredText &work, bool show)
{
    const auto opened = m_documents->open(work.file.lexically_relative(m_documents->root()).string());
    if (!opened) {
        showMessage(sentencesOf(opened.error()));
        return;
    }
    m_recovery->takeOver(work);
    (*opened)->restore(work.base, work.text);
    if (!show)
        return;
    if (*opened == m_matrix->document() && m_matrix->error())
        reveal(m_matrix->error()->where);
    else
        reveal({(*opened)->file(), firstChangedLine(work), 1});
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
    endTyping(*this);
    const auto changed = m_documents->modified();
    if (changed.empty()) {
        showMessage(tr("Nothing is to be saved: no file has changes."));
        return;
    }
    const QString names = namesOf(changed);
    const auto saved = m_documents->saveAll();
    if (saved && m_matrix->error())
        showMessage(tr("Saved %1. The matrix cannot be read: %2")
                        .arg(names, QString::fromStdString(diagnostics::describe(*m_matrix->error()))));
    else if (saved)
        showMessage(tr("Saved %1").arg(names));
    else if (saved.error().id == "document-conflict") // That one is asked about.
        m_savesWhenDecided = true;
    else
        showProblem(saved.error());
}

void MainWindow::showProblem(const Problem &problem)
{
    auto *box =
        new QMessageBox(QMessageBox::Warning, tr("Not saved"), sentencesWithFile(problem), QMessageBox::Ok, this);
    box->setObjectName(QStringLiteral("saveError"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

void MainWindow::onStepFinished(const QString &name, bool undone)
{
    showMessage(undone ? tr("Undone: %1").arg(name) : tr("Done again: %1").arg(name));
    reload();
}

/// The whole step stays; the part of it in the file that is looked at can go by itself, as a change that is not saved.
void MainWindow::onStepRefused(const Problem &problem, bool undoing)
{
    if (m_onboarding->isOpen())
        return;
    auto *box = new QMessageBox(QMessageBox::Warning, undoing ? tr("Not undone") : tr("Not done again"),
                                sentencesWithFile(problem), QMessageBox::Ok, this);
    box->setObjectName(QStringLiteral("stepRefused"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    const QPointer<TextDocument> document = m_documents->active();
    if (document && (undoing ? document->stepToUndo() : document->stepToRedo())) {
        const QString name = QString::fromStdString(document->file());
        QPushButton *apart = box->addButton(tr("In %1 &alone").arg(name), QMessageBox::ActionRole);
        apart->setObjectName(QStringLiteral("apart"));
        connect(apart, &QPushButton::clicked, this, [this, document, undoing] {
            if (document)
                undoing ? m_documents->steps()->undoApart(*document) : m_documents->steps()->redoApart(*document);
        });
    }
    box->open();
}

bool MainWindow::mayLoseWork()
{
    endTyping(*this);
    if (!m_documents->isModified())
        return true;
    const auto changed = m_documents->modified();
    QMessageBox box(
        QMessageBox::Question, tr("Unsaved changes"),
        (changed.size() == 1 ? tr("%1 has changes that are not saved.") : tr("%1 have changes that are not saved."))
            .arg(namesOf(changed)),
        QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, this);
    box.setObjectName(QStringLiteral("unsavedChanges"));
    box.setDefaultButton(QMessageBox::Save);
    switch (box.exec()) {
    case QMessageBox::Save:
        save();
        m_recovery->flush();
        return !m_documents->isModified();
    case QMessageBox::Discard:
        m_matrix->setDocument(nullptr);
        m_documents->discard();
        m_recovery->flush();
        return true;
    default:
        return false;
    }
}

/// One file after the other; then what was asked for when they were found goes on.
void MainWindow::resolveConflicts()
{
    if (findChild<ConflictDialog *>())
        return;
    while (const QPointer<TextDocument> document = m_documents->inConflict()) {
        ConflictDialog dialog(*document, this);
        if (dialog.exec() != QDialog::Accepted) {
            m_savesWhenDecided = false;
            return;
        }
        if (document)
            document->resolve(dialog.merge(), dialog.sides());
    }
    if (std::exchange(m_savesWhenDecided, false))
        save();
}

} // namespace runner::ui
