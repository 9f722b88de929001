#include "matrix/edit/draft.h"

#include "matrix/edit/difference.h"
#include "matrix/edit/nodechecks.h"
#include "text/lines.h"

#include <algorithm>

namespace runner::matrix::edit {

Draft::Draft(const Document &document)
    : intended(document.matrix())
    , m_document(document)
{
}

const std::string &Draft::lineEnd() const
{
    if (m_lineEnd.empty())
        m_lineEnd = text::usualLineEnd(text());
    return m_lineEnd;
}

void Draft::replace(text::ByteRange range, std::string replacement)
{
    text::Patch patch = text::trimmed(text(), {range, std::move(replacement)});
    if (patch.range.size() > 0 || !patch.replacement.empty())
        m_patches.push_back(std::move(patch));
}

void Draft::insertLines(std::size_t lineStart, const std::string &lines)
{
    const bool atOpenEnd = lineStart == text().size() && text::lineBegin(text(), lineStart) != lineStart;
    insert(lineStart, atOpenEnd ? lineEnd() + lines : lines + lineEnd());
}

void Draft::removeLines(text::ByteRange lines)
{
    const bool openEnd =
        lines.end == text().size() && lines.end > 0 && text::lineEnd(text(), lines.end - 1) == lines.end;
    if (openEnd && lines.begin > 0)
        lines.begin = text::lineEnd(text(), lines.begin - 1);
    replace(lines, {});
}

tl::unexpected<Problem> Draft::refuse(std::string id, std::optional<std::size_t> offset, std::string message,
                                      std::string advice) const
{
    const text::LineColumn at = offset ? text::LineIndex(text()).at(*offset) : text::LineColumn{0, 0};
    return failure(std::move(id), {m_document.fileName(), at.line, at.column}, std::move(message), std::move(advice));
}

Result<Edited> Draft::finish() &&
{
    std::stable_sort(m_patches.begin(), m_patches.end(), [](const text::Patch &a, const text::Patch &b) {
        return std::pair(a.range.begin, a.range.end) < std::pair(b.range.begin, b.range.end);
    });
    const auto notAsMeant = [&](std::string reason) -> tl::unexpected<Problem> {
        if (m_explanation)
            return tl::unexpected(*m_explanation);
        return refuse("edit-not-as-meant", m_patches.empty() ? nowhere : std::optional(m_patches.front().range.begin),
                      "The edit is refused: " + std::move(reason),
                      "Nothing was changed; make this change in the YAML itself");
    };
    if (!text::fits(m_patches, text().size()))
        return notAsMeant("its parts would overlap in the text");
    std::string patched = text::patched(text(), m_patches);
    if (patched.size() > maxMatrixBytes)
        return failure("matrix-too-large", {m_document.fileName()},
                       "The matrix would become too large to be read again");
    auto document = Document::parse(std::move(patched), m_document.fileName(), m_document);
    if (!document)
        return notAsMeant("afterwards the file could not be read (" + document.error().message + ")");
    if (document->hasSchema() != m_document.hasSchema() || !(document->matrix() == intended))
        return notAsMeant("afterwards " + differenceOf(document->matrix(), intended) + " would not be as meant");
    return Edited{std::move(*document), std::move(m_patches)};
}

Result<Edited> applyEdit(const Document &document, const Edit &edit)
{
    Draft draft(document);
    if (const auto good = document.outline() ? checkKeys(draft, *document.outline(), "The file") : Result<void>();
        !good)
        return tl::unexpected(good.error());
    if (const auto done = edit.run(draft); !done)
        return tl::unexpected(done.error());
    return std::move(draft).finish();
}

Result<Edited> applyEdits(const Document &document, const std::vector<Edit> &edits)
{
    Edited all{document, {}};
    for (const Edit &edit : edits) {
        auto next = applyEdit(all.document, edit);
        if (!next)
            return next;
        all.patches = text::compose(all.patches, next->patches);
        all.document = std::move(next->document);
    }
    return all;
}

} // namespace runner::matrix::edit
