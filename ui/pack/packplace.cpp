#include "pack/packplace.h"

#include "documents/editorbinding.h"
#include "editor/codeeditor.h"
#include "editor/codepane.h"
#include "pack/packfilemodel.h"
#include "pack/previewpane.h"
#include "pack/stagemodel.h"
#include "pack/stageview.h"
#include "place/emptystate.h"
#include "workspace/paths.h"

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

constexpr std::size_t mostBytes = 4U << 20U;
constexpr std::string_view packFolder = "pack/";

Language languageOf(const QString &path, const QString &text)
{
    const QString name = path.section(u'/', -1);
    if (name.startsWith(QLatin1String("Dockerfile")))
        return Language::Dockerfile;
    if (name.endsWith(QLatin1String(".sh")) || text.startsWith(QLatin1String("#!")))
        return Language::Shell;
    return name.endsWith(QLatin1String(".yaml")) || name.endsWith(QLatin1String(".yml")) ? Language::Yaml
                                                                                         : Language::PlainText;
}

} // namespace

PackPlace::PackPlace(Settings &settings, QWidget *parent)
    : Place(parent)
    , m_settings(settings)
{
    setObjectName(QStringLiteral("packPlace"));
    setUpPanes();
    setUpActions();
    setIdle(false);
}

/// What the panes say while they go is for nobody.
PackPlace::~PackPlace()
{
    m_files->selectionModel()->disconnect(this);
    const QList<QObject *> panes{editor(), m_stageView, m_preview};
    for (QObject *pane : panes)
        pane->disconnect(this);
}

bool PackPlace::shows(std::string_view file)
{
    return file.starts_with(packFolder) && file.find('/', packFolder.size()) != std::string_view::npos;
}

CodeEditor *PackPlace::editor() const
{
    return m_source->editor();
}

const workspace::PackFile *PackPlace::packFile() const
{
    if (!m_centre)
        return nullptr;
    for (const workspace::PackFile &file : m_centre->workspace().dockerfiles) {
        if (file.file.fileName == m_file.toStdString())
            return &file;
    }
    return nullptr;
}

void PackPlace::setWorkspace(const LoadedPointer &loaded)
{
    const bool sameRoot = m_centre && m_centre->workspace().root == loaded->workspace->root;
    if (!sameRoot && m_binding)
        m_binding->setDocument(nullptr);
    m_centre = makePackCentre(loaded);
    listFiles();
    m_stack->setCurrentIndex(m_fileModel->rowCount() > 0 ? 1 : 0);
    m_empty->show(tr("There is nothing to build from yet"),
                  tr("This pack centre has no folder with a Dockerfile below pack/."), {});
    QModelIndex file = sameRoot ? m_fileModel->indexOf(m_file) : QModelIndex();
    if (!file.isValid())
        file = m_fileModel->firstFile();
    if (!sameRoot)
        m_file.clear();
    m_files->setCurrentIndex(file);
    showFile(file.data(PackFileModel::PathRole).toString());
    if (!sameRoot)
        openLater();
    Q_EMIT ready();
}

void PackPlace::setError(const std::optional<Problem> &error)
{
    m_notice->setVisible(error.has_value());
    m_notice->setText(error ? tr("Checked with the matrix as it could last be read: %1")
                                  .arg(QString::fromStdString(diagnostics::describe(*error)))
                            : QString());
}

void PackPlace::setIdle(bool loading)
{
    if (m_centre)
        return;
    m_stack->setCurrentIndex(0);
    if (loading)
        m_empty->show(tr("Reading the pack centre…"), {}, {});
    else
        m_empty->show(tr("No pack centre is open"), tr("Open the folder that holds matrix.yml or pack/matrix.yaml."),
                      tr("Open folder…"));
}

bool PackPlace::openFile(const QString &path)
{
    const QModelIndex index = m_fileModel->indexOf(path);
    if (!index.isValid())
        return false;
    m_files->setCurrentIndex(index);
    return true;
}

void PackPlace::onFileChosen(const QModelIndex &index)
{
    const QString path = index.data(PackFileModel::PathRole).toString();
    if (!path.isEmpty() && path != m_file)
        showFile(path);
}

/// Keeps the place in the text where it is the same file again.
void PackPlace::showFile(const QString &path)
{
    const bool again = path == m_file;
    m_file = path;
    m_live.reset();
    const bool deleted = m_fileModel->indexOf(path).data(PackFileModel::DeletedRole).toBool();
    m_title->setText(deleted ? tr("%1 (deleted; saving writes it again)").arg(path) : path);
    showText(path);
    const workspace::PackFile *file = packFile();
    if (file)
        editor()->setFoldRegions(dockerfileFolds(file->file));
    showProblems();
    m_preview->setFile(m_centre, file ? file->file.fileName : std::string());
    readLive();
    showStagesPane();
    m_preview->setVisible(file != nullptr);
    if (!again)
        editor()->goTo(1);
    Q_EMIT editedDocumentChanged();
}

/// The document where the file can be edited, else the text as it was read. Only what really differs goes into the
/// editor, so that a reload of the same text moves nothing.
void PackPlace::showText(const QString &path)
{
    TextDocument *document = openDocument(path);
    if (m_binding)
        m_binding->setDocument(document);
    if (document) {
        editor()->setLanguage(languageOf(path, editor()->text()));
        return;
    }
    editor()->setReadOnly(true);
    const workspace::PackFile *file = packFile();
    QString text;
    if (file) {
        text = QString::fromStdString(file->file.text);
    } else if (m_centre && !path.isEmpty()) {
        const auto read = workspace::readInside(m_centre->workspace().root, path.toStdString(), mostBytes);
        text = QString::fromStdString(read ? *read : diagnostics::describe(read.error()));
    }
    text.replace(QStringLiteral("\r\n"), QStringLiteral("\n"));
    if (!CodeEditor::canHold(text))
        text.remove(u'\r').remove(QChar(0)); // Shown, not edited.
    if (text == editor()->text())
        return;
    const int line = editor()->currentLine();
    editor()->setText(text);
    editor()->setLanguage(languageOf(path, text));
    editor()->goTo(line);
}

void PackPlace::showProblems()
{
    if (!isChecked())
        return; // What is shown moves with the text until the new ones are known.
    Problems problems;
    for (const Problem &problem : m_centre->loaded->problems) {
        if (problem.where.file == m_file.toStdString())
            problems.push_back(problem);
    }
    editor()->setProblems(problems);
}

void PackPlace::showStages()
{
    const Preview &preview = m_preview->preview();
    const workspace::PackFile *file = packFile();
    if (!file) {
        m_stages->clear();
        return;
    }
    const matrix::ImageNaming &naming = m_centre->loaded->workspace->matrix.image;
    m_stages->setOwnImages(QString::fromStdString(naming.nameSpace + "/" + naming.repository + ":"));
    if (preview.job.dockerfile)
        m_stages->setStages(*preview.job.dockerfile, preview.evaluation, preview.job.service);
    else
        m_stages->setStages(file->file, dockerfile::evaluateArguments(file->file, {}, {}), {});
    onLineChanged(editor()->currentLine());
}

/// A narrow window keeps its width for the source.
void PackPlace::showStagesPane()
{
    constexpr int narrow = 60 * gridUnit;
    m_sides->widget(1)->setVisible(packFile() && width() >= narrow);
}

void PackPlace::resizeEvent(QResizeEvent *event)
{
    Place::resizeEvent(event);
    showStagesPane();
}

void PackPlace::onStageChosen(int stage)
{
    editor()->goTo(m_stages->row(stage).line);
    highlightStage(stage);
}

void PackPlace::onLineChanged(int line)
{
    const int stage = m_stages->stageAtLine(line);
    m_stageView->follow(stage);
    highlightStage(stage);
}

void PackPlace::highlightStage(int stage)
{
    if (stage < 0)
        editor()->setHighlightedRange({});
    else
        editor()->setHighlightedRange({m_stages->row(stage).line, m_stages->row(stage).lastLine});
}

bool PackPlace::canBuild() const
{
    return !m_preview->chosenTag().isEmpty();
}

QStringList PackPlace::imagesToBuild() const
{
    return canBuild() ? QStringList(m_preview->chosenTag()) : QStringList();
}

bool PackPlace::reveal(const Location &where)
{
    if (!openFile(QString::fromStdString(where.file)))
        return false;
    editor()->goTo(std::max(1, where.line), std::max(1, where.column));
    editor()->setFocus(Qt::OtherFocusReason);
    return true;
}

void PackPlace::find()
{
    m_source->openFind();
}

void PackPlace::copy()
{
    if (editor()->textCursor().hasSelection())
        editor()->copy();
    else if (!m_preview->preview().commandLine.isEmpty())
        QApplication::clipboard()->setText(m_preview->preview().commandLine);
}

void PackPlace::restoreLayout(const Settings &settings)
{
    for (QSplitter *splitter : {m_across, m_down, m_sides})
        splitter->restoreState(settings.splitter(splitter->objectName()));
}

void PackPlace::saveLayout(Settings &settings) const
{
    for (const QSplitter *splitter : {m_across, m_down, m_sides})
        settings.setSplitter(splitter->objectName(), splitter->saveState());
}

} // namespace runner::ui
