// An edit in the making: patches of a document's text, and the matrix that is meant.
#pragma once

#include "matrix/edit/edit.h"

#include <optional>
#include <string>
#include <utility>

namespace runner::matrix::edit {

/// For refuse(): what is refused is the request, not a place of the file.
inline constexpr std::nullopt_t nowhere = std::nullopt;

class Draft
{
public:
    explicit Draft(const Document &document);

    const Document &document() const { return m_document; }
    const std::string &text() const { return m_document.text(); }
    /// The matrix as it is to be afterwards. Edits change it along with the text.
    Matrix intended;

    /// What new lines end with.
    const std::string &lineEnd() const;

    /// Patches the document's text. Ranges of one draft must not overlap; they may come in any order, and what is put
    /// in at one place stays in the order of the calls.
    void replace(text::ByteRange range, std::string replacement);
    void insert(std::size_t offset, std::string replacement) { replace({offset, offset}, std::move(replacement)); }
    /// Puts whole lines (without a last line end) in front of the line that begins at \a lineStart; at the end of the
    /// text also behind a last line that has no end.
    void insertLines(std::size_t lineStart, const std::string &lines);
    /// Takes away the whole lines [begin, end); where that is the end of a text without a last line end, it has none
    /// afterwards either.
    void removeLines(text::ByteRange lines);

    /// What to tell instead where the patched text would not say what is meant.
    void explainRefusal(Problem problem) { m_explanation = std::move(problem); }

    /// An error with the place of \a offset, or with the file alone.
    tl::unexpected<Problem> refuse(std::string id, std::optional<std::size_t> offset, std::string message,
                                   std::string advice = {}) const;

    /// Reads the patched text and compares it with the intended matrix.
    Result<Edited> finish() &&;

private:
    const Document &m_document;
    mutable std::string m_lineEnd; ///< Empty until somebody asks: all lines are looked at for it.
    text::Patches m_patches;
    std::optional<Problem> m_explanation;
};

} // namespace runner::matrix::edit
