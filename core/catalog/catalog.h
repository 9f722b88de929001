// The catalogue of released images: records from matrix.yml or from an older JSON catalogue.
#pragma once

#include "catalog/record.h"
#include "matrix/matrix.h"

#include <string>
#include <vector>

namespace runner::catalog {

/// One record per released entry and platform of the matrix's runners, in the catalogue's canonical order
/// (see sortRecords). Image names come from the matrix's naming.
Records recordsOf(const matrix::Matrix &matrix);

/// The same of the entries that the support table lists without an image.
Records imagelessOf(const matrix::Matrix &matrix);

/// Reads an older catalogue: a JSON list of records, in its own order. Unknown members are kept.
/// Errors: json-invalid, catalog-not-a-list, with line and column. A record that cannot be used becomes a problem
/// (catalog-bad-record) in \a problems and is left out.
Result<Records> readJson(const std::string &text, const std::string &fileName, Problems &problems);

/// The catalogue's canonical order, most significant first: backend; variant, descending by code point; backend
/// version, descending by code point; service; service version, descending by its purely numeric parts, a shorter
/// list of parts before a longer one that begins with it; platform; image.
void sortRecords(Records &records);

/// The rows of a support table as an older catalogue implies them: one for every backend, version and variant,
/// backends ascending, versions newest first, variants descending, services and their versions newest first.
/// Everything is listed; release candidates and polished entries are not known from a catalogue.
std::vector<matrix::RunnerRow> rowsOf(const Records &records);

} // namespace runner::catalog
