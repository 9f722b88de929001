// A rule in the words of the tree: what it packs, for whom, with what.
#pragma once

#include "matrix/matrix.h"

#include <QString>
#include <QStringList>

namespace runner::ui {

/// The backend's version and the variant that the rule's arguments give: "8.5.0 a3". Says so where the version is the
/// Dockerfile's default, or comes with the build. \a matrix tells which argument is the variant.
QString ruleVersion(const matrix::Matrix &matrix, const matrix::Rule &rule);

/// The services by their names in \a matrix, each with its version where the rule gives one: "vLLM 0.17.1, SGLang".
QString ruleServices(const matrix::Matrix &matrix, const matrix::Rule &rule);

/// The platforms, those of a rule that names none included, then the arguments as they are written.
QStringList ruleDetails(const matrix::Rule &rule);

} // namespace runner::ui
