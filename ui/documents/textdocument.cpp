#include "documents/textdocument.h"

#include "documents/documentcommand.h"
#include "documents/documentset.h"
#include "matrix/document.h"
#include "text/diff.h"
#include "text/textfile.h"
#include "workspace/paths.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace runner::ui {

namespace {

constexpr std::size_t maxBytes = matrix::maxMatrixBytes;
constexpr const char *byteOrderMark = "\xEF\xBB\xBF";

QString shown(const std::string &file)
{
    return QString::fromStdString(file);
}

std::size_t sizeOf(const std::vector<std::string_view> &lines, std::size_t begin, std::size_t end)
{
    std::size_t size = 0;
    for (std::size_t i = begin; i < end; ++i)
        size += lines[i].size();
    return size;
}

/// Patches by lines, so that places in what stays the same stay where they are.
text::Patches linePatches(std::string_view before, std::string_view after)
{
    const auto old = text::linesOf(before);
    const auto fresh = text::linesOf(after);
    text::Patches patches;
    std::size_t line = 0, offset = 0, freshLine = 0, freshOffset = 0;
    for (const text::Hunk &hunk : text::diffLines(old, fresh)) {
        offset += sizeOf(old, line, hunk.beforeBegin);
        freshOffset += sizeOf(fresh, freshLine, hunk.afterBegin);
        const std::size_t size = sizeOf(old, hunk.beforeBegin, hunk.beforeEnd);
        const std::size_t freshSize = sizeOf(fresh, hunk.afterBegin, hunk.afterEnd);
        patches.push_back(
            text::trimmed(before, {{offset, offset + size}, std::string(after.substr(freshOffset, freshSize))}));
        offset += size;
        freshOffset += freshSize;
        line = hunk.beforeEnd;
        freshLine = hunk.afterEnd;
    }
    return patches;
}

text::MergePart::Kind kindOf(TextDocument::Side side)
{
    return side == TextDocument::Side::Ours ? text::MergePart::Kind::Ours : text::MergePart::Kind::Theirs;
}

bool changesNothing(std::string_view text, const text::Patches &patches)
{
    for (const text::Patch &patch : patches) {
        if (text.substr(patch.range.begin, patch.range.size()) != patch.replacement)
            return false;
    }
    return true;
}

} // namespace

TextDocument::TextDocument(std::filesystem::path root, std::string file, QObject *parent)
    : QObject(parent)
    , m_root(std::move(root))
    , m_file(std::move(file))
{
}

Result<std::string> TextDocument::readDisk()
{
    m_stamp = text::stampOf(path());
    auto inside = workspace::readInside(m_root, m_file, maxBytes);
    if (!inside)
        return inside;
    auto file = text::readTextFile(path(), m_file, maxBytes);
    if (!file)
        return tl::unexpected(file.error());
    m_byteOrderMark = file->hasByteOrderMark;
    return std::move(file->text);
}

Result<void> TextDocument::open()
{
    auto text = readDisk();
    if (!text)
        return tl::unexpected(text.error());
    m_text = m_savedText = std::move(*text);
    text::removeLeftovers(path());
    return {};
}

std::string TextDocument::bytes() const
{
    return m_byteOrderMark ? byteOrderMark + m_text : m_text;
}

void TextDocument::push(const text::Patches &patches, const QString &name, Cause cause, const FileStepPointer &step)
{
    m_burstEnded = true;
    if (changesNothing(m_text, patches))
        return;
    m_cause = cause;
    m_stack.push(new DocumentCommand(*this, patches, name, DocumentCommand::Kind::Step, step));
}

void TextDocument::edit(const text::Patches &patches, const QString &name)
{
    push(patches, name, Cause::Edit);
}

void TextDocument::type(const text::Patch &patch)
{
    if (changesNothing(m_text, {patch}))
        return;
    const auto kind =
        std::exchange(m_burstEnded, false) ? DocumentCommand::Kind::FirstKey : DocumentCommand::Kind::Typing;
    m_cause = Cause::Edit;
    m_stack.push(new DocumentCommand(*this, {patch}, tr("Typing"), kind));
}

void TextDocument::endBurst()
{
    m_burstEnded = true;
}

void TextDocument::undo()
{
    if (auto *set = qobject_cast<DocumentSet *>(parent()))
        set->undoIn(this);
    else
        m_stack.undo();
}

void TextDocument::redo()
{
    if (auto *set = qobject_cast<DocumentSet *>(parent()))
        set->redoIn(this);
    else
        m_stack.redo();
}

FileStepPointer TextDocument::stepAt(int index) const
{
    const auto *command = static_cast<const DocumentCommand *>(m_stack.command(index));
    return command ? command->fileStep() : nullptr;
}

bool TextDocument::hasStep(const FileStep &step) const
{
    for (int i = 0; i < m_stack.count(); ++i) {
        if (stepAt(i).get() == &step)
            return true;
    }
    return false;
}

void TextDocument::join(const FileStepPointer &step)
{
    const auto theirs = m_modified ? Result<std::string>() : readDisk();
    if (m_modified || !theirs) {
        checkDisk();
        return;
    }
    m_savedText = *theirs;
    push(linePatches(m_text, *theirs), step->name, Cause::Disk, step);
    m_stack.setClean();
    updateModified();
}

void TextDocument::follow(bool undoing)
{
    if (const auto theirs = readDisk())
        m_savedText = *theirs;
    undoing ? m_stack.undo() : m_stack.redo();
    m_stack.setClean();
    updateModified();
}

void TextDocument::apply(const text::Patches &patches, Cause cause)
{
    if (const std::optional<Cause> pushed = std::exchange(m_cause, {}))
        cause = *pushed;
    if (cause == Cause::Undo || cause == Cause::Redo)
        m_burstEnded = true;
    m_text = text::patched(m_text, patches);
    updateModified();
    Q_EMIT changed(patches, cause);
    Q_EMIT textChanged();
}

void TextDocument::updateModified()
{
    const bool modified = m_missing || m_text != m_savedText;
    if (std::exchange(m_modified, modified) != modified)
        Q_EMIT modifiedChanged(modified);
}

void TextDocument::setProblem(std::optional<Problem> problem)
{
    if (std::exchange(m_problem, std::move(problem)) != m_problem)
        Q_EMIT problemChanged();
}

Result<void> TextDocument::write()
{
    auto written = text::saveFile(path(), m_file, bytes(), m_stamp);
    if (!written)
        return tl::unexpected(written.error());
    return {};
}

std::optional<std::string> TextDocument::savedBytes() const
{
    if (m_missing)
        return std::nullopt;
    return m_byteOrderMark ? byteOrderMark + m_savedText : m_savedText;
}

void TextDocument::setSaved()
{
    m_stamp = text::stampOf(path());
    m_savedText = m_text;
    m_missing = false;
    m_burstEnded = true;
    m_stack.setClean();
    setProblem({});
    updateModified();
}

Result<void> TextDocument::prepareSaving()
{
    if (checkDisk())
        return {};
    if (m_problem)
        return tl::unexpected(*m_problem);
    return failure("document-conflict", {m_file}, "The file was changed on disk in the same lines",
                   "Choose which version of them counts");
}

Result<void> TextDocument::save()
{
    if (!m_modified)
        return {};
    if (const auto prepared = prepareSaving(); !prepared)
        return prepared;
    if (const auto written = write(); !written) {
        setProblem(written.error());
        return written;
    }
    setSaved();
    return {};
}

bool TextDocument::checkDisk()
{
    auto theirs = readDisk();
    if (!theirs && theirs.error().id == "file-missing") {
        m_missing = true;
        setProblem(Problem{
            "file-deleted", Severity::Warning, {m_file}, "The file is not on disk any more", "Save to write it again"});
        updateModified();
        return true;
    }
    if (!theirs) {
        setProblem(theirs.error());
        return false;
    }
    m_missing = false;
    setProblem({});
    updateModified();
    if (*theirs == m_savedText) {
        m_conflict.reset();
        return true;
    }
    if (m_modified)
        return mergeWith(std::move(*theirs));
    takeOver(*theirs);
    return true;
}

void TextDocument::takeOver(const std::string &theirs)
{
    m_savedText = theirs;
    push(linePatches(m_text, theirs), tr("Change on disk"), Cause::Disk);
    m_stack.setClean();
    updateModified();
}

bool TextDocument::mergeWith(std::string theirs)
{
    text::Merge merge = text::merge(m_savedText, m_text, theirs);
    m_theirs = std::move(theirs);
    if (merge.hasConflicts()) {
        m_conflict = std::move(merge);
        Q_EMIT conflictFound();
        return false;
    }
    takeMerged(*merge.text());
    Q_EMIT message((m_modified ? tr("%1 was changed on disk; your changes and those are both in it.")
                               : tr("%1 was changed on disk to what is written here; nothing is left to save."))
                       .arg(shown(m_file)));
    return true;
}

void TextDocument::resolve(Side side)
{
    if (!m_conflict)
        return;
    // More may have been typed meanwhile.
    takeMerged(text::merge(m_savedText, m_text, m_theirs).textWith(kindOf(side)));
}

void TextDocument::resolve(const text::Merge &seen, const std::vector<Side> &sides)
{
    if (!m_conflict)
        return;
    text::Merge now = text::merge(m_savedText, m_text, m_theirs);
    if (now.conflicts() != seen.conflicts()) {
        m_conflict = std::move(now);
        Q_EMIT conflictFound();
        return;
    }
    std::vector<text::MergePart::Kind> kinds;
    std::transform(sides.begin(), sides.end(), std::back_inserter(kinds), kindOf);
    takeMerged(now.textWith(kinds));
}

void TextDocument::takeMerged(const std::string &merged)
{
    m_conflict.reset();
    m_savedText = m_theirs;
    m_stack.resetClean();
    push(linePatches(m_text, merged), tr("Merge with the file on disk"), Cause::Disk);
    updateModified();
    Q_EMIT savedTextChanged();
}

void TextDocument::restore(const std::string &base, const std::string &text)
{
    std::string recovered = text;
    if (m_modified && m_savedText == base) {
        const text::Merge both = text::merge(base, m_text, text);
        if (!both.hasConflicts())
            recovered = *both.text();
        else
            Q_EMIT message(
                tr("%1 was unsaved in two windows, in the same lines. The newer text is shown; undo leads to "
                   "the other.")
                    .arg(shown(m_file)));
    }
    m_savedText = base;
    push(linePatches(m_text, recovered), tr("Recover unsaved work"), Cause::Edit);
    updateModified();
    checkDisk();
}

} // namespace runner::ui
