// PackPlace: the text that is being edited, and what follows it at once.
#include "documents/documentset.h"
#include "documents/editorbinding.h"
#include "documents/fixmenu.h"
#include "editor/codeeditor.h"
#include "pack/argumentcompletions.h"
#include "pack/packfilemodel.h"
#include "pack/packplace.h"
#include "pack/previewpane.h"

#include <QMenu>
#include <QTextBlock>
#include <QTreeView>

#include <algorithm>

namespace runner::ui {

namespace {

/// Whether a line goes on an instruction that begins above it.
bool goesOn(const dockerfile::Dockerfile &file, int line)
{
    return std::any_of(file.stages.begin(), file.stages.end(), [line](const dockerfile::Stage &stage) {
        return std::any_of(stage.instructions.begin(), stage.instructions.end(),
                           [line](const dockerfile::Instruction &instruction) {
                               return instruction.where.line < line && line <= instruction.lastLine;
                           });
    });
}

} // namespace

void PackPlace::setDocuments(DocumentSet &documents, MatrixDocument &)
{
    m_documents = &documents;
    m_binding = new EditorBinding(*editor());
    m_completions = new ArgumentCompletions(this);
    editor()->setCompletions(m_completions);
    m_liveTimer.setSingleShot(true);
    connect(&m_liveTimer, &QTimer::timeout, this, &PackPlace::readLive);
    connect(&documents, &DocumentSet::changed, this, &PackPlace::onTextChanged);
    connect(&documents, &DocumentSet::modifiedChanged, this, [this] {
        if (m_centre)
            listFiles();
    });
    connect(editor(), &CodeEditor::completionAboutToOpen, this, &PackPlace::fillCompletions);
}

TextDocument *PackPlace::editedDocument() const
{
    return m_binding ? m_binding->document() : nullptr;
}

/// Null where it cannot be read, or the documents are still those of another pack centre.
TextDocument *PackPlace::openDocument(const QString &path) const
{
    if (!m_documents || !m_centre || path.isEmpty() || m_documents->root() != m_centre->workspace().root)
        return nullptr;
    const auto document = m_documents->open(path.toStdString());
    return document ? *document : nullptr;
}

/// The window gives the documents of a new pack centre right after its workspace.
void PackPlace::openLater()
{
    if (!m_documents)
        return;
    QTimer::singleShot(0, this, [this] {
        if (m_centre && !editedDocument())
            showFile(m_file);
    });
}

/// What the disk has, and what the window alone has.
void PackPlace::listFiles()
{
    QStringList unsaved;
    if (m_documents && m_documents->root() == m_centre->workspace().root) {
        for (const TextDocument *document : m_documents->modified())
            unsaved << QString::fromStdString(document->file());
    }
    if (m_fileModel->setWorkspace(*m_centre->loaded, unsaved))
        m_files->expandAll();
}

void PackPlace::onTextChanged()
{
    constexpr std::size_t readAtOnce = 256U << 10U; // Bytes; reading more could be felt with each key.
    constexpr int readLaterMilliseconds = 300;
    const TextDocument *document = editedDocument();
    if (document)
        m_liveTimer.start(document->text().size() > readAtOnce ? readLaterMilliseconds : 0);
}

const dockerfile::Dockerfile *PackPlace::shownDockerfile() const
{
    const workspace::PackFile *file = packFile();
    return m_live ? m_live.get() : file ? &file->file : nullptr;
}

/// Stages, folds and the preview follow each key; the checks come a moment later with the workspace, which is worked
/// out with the unsaved texts on a thread.
void PackPlace::readLive()
{
    const TextDocument *document = editedDocument();
    const workspace::PackFile *file = packFile();
    if (!document || !file)
        return;
    const bool wasLive = m_live != nullptr;
    if (document->text() == file->file.text)
        m_live.reset();
    else
        m_live =
            std::make_shared<dockerfile::Dockerfile>(dockerfile::readDockerfile(document->text(), file->file.fileName));
    if (!m_live)
        showProblems(); // Those of this very text are known; keys in between may have hidden some.
    if (!m_live && !wasLive)
        return;
    editor()->setFoldRegions(dockerfileFolds(*shownDockerfile()));
    m_preview->setLive(m_live);
}

/// Whether the checks have seen the text that is shown.
bool PackPlace::isChecked() const
{
    const TextDocument *document = editedDocument();
    const workspace::PackFile *file = packFile();
    return m_centre && (!document || !file || document->text() == file->file.text);
}

/// Repairs that are certain, where the text is still the one that was checked.
void PackPlace::addFixes(QMenu *menu, const Problem &problem)
{
    if (!m_documents || !isChecked() || !editedDocument())
        return;
    ui::addFixes(*menu, m_centre->loaded, *m_documents, problem);
}

void PackPlace::fillCompletions(int position, bool asked)
{
    const dockerfile::Dockerfile *file = shownDockerfile();
    if (!file) {
        m_completions->clear();
        return;
    }
    const QTextBlock line = editor()->document()->findBlock(position);
    m_completions->fill(*file,
                        {line.text().left(position - line.position()),
                         goesOn(*file, line.blockNumber() + 1) || line.previous().text().endsWith(u'\\'), asked});
}

} // namespace runner::ui
