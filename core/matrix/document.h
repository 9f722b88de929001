// A matrix file: its text, which is the truth, and the matrix that the text says.
#pragma once

#include "diagnostics/problem.h"
#include "matrix/matrix.h"

#include <string>

namespace runner::matrix {

/// The largest matrix file that is read, in bytes.
inline constexpr std::size_t maxMatrixBytes = 24U << 20U;

/// Immutable: an edit makes a new one.
class Document
{
public:
    Document() = default;

    /// Reads the text of a matrix (without a byte-order mark). Errors: those of parseYaml, matrix-wrong-shape where
    /// the file is no map, matrix-schema for a schema this program does not know. What is wrong inside but leaves the
    /// rest readable is among problems(), in the order of the text. A file without `schema` is read as the older
    /// rules-only form.
    static Result<Document> parse(std::string text, const std::string &fileName);

    const std::string &text() const { return m_text; }
    const Matrix &matrix() const { return m_matrix; }
    const Problems &problems() const { return m_problems; }
    /// The file has a schema of its own: backends, services and runners besides the rules.
    bool hasSchema() const { return m_hasSchema; }

private:
    std::string m_text;
    Matrix m_matrix;
    Problems m_problems;
    bool m_hasSchema = false;
};

} // namespace runner::matrix
