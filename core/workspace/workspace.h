// Which files make up a pack centre, read: ours (matrix.yml) or the older layout (pack/matrix.yaml and a JSON
// catalogue).
#pragma once

#include "catalog/record.h"
#include "diagnostics/problem.h"
#include "dockerfile/dockerfile.h"
#include "expand/plan.h"
#include "matrix/document.h"
#include "workspace/filesource.h"
#include "workspace/readme.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace runner::workspace {

enum class Layout { Native, Older };

/// A Dockerfile below pack/: of a backend, or of one service of it ("Dockerfile.vllm").
struct PackFile
{
    std::string backend;
    std::string service; ///< Empty: serves every service that has no file of its own.
    dockerfile::Dockerfile file;
};

/// What was read, as values; immutable after opening and safe to share between threads.
struct Workspace
{
    std::filesystem::path root; ///< Absolute.
    Layout layout = Layout::Native;
    std::string matrixFile;  ///< Relative to root: "matrix.yml", "pack/matrix.yaml".
    std::string catalogFile; ///< Relative to root; empty where the matrix holds the catalogue.
    matrix::Document document;
    /// The document's matrix; in the older layout completed with backends, services and runners from the catalogue.
    matrix::Matrix matrix;
    matrix::Shared<std::vector<PackFile>> dockerfiles; ///< By backend, then file name.
    matrix::Shared<catalog::Records> records;          ///< Every released record in the catalogue's order.
    Problems problems;                                 ///< Of reading: matrix, Dockerfiles, catalogue; in this order.
    std::vector<std::string> readFiles;                ///< Files and folders to watch for changes, relative to root.
    Texts texts;                                       ///< Of every file that was read, by its name relative to root.
    std::string postOperation;                         ///< As it was opened.
    /// Named contexts that the Dockerfiles share; null where there are none.
    std::shared_ptr<const std::vector<dockerfile::NamedContext>> contexts;
    Problems catalogProblems; ///< Of the catalogue alone; part of problems.
    ReadmeNames readmeNames;  ///< What the older layout's README calls things.
    /// Why nothing is known of what the matrix file says, which then is among the texts and nowhere else: only in a
    /// state of openLeniently(), and in what withTexts() makes of it as long as that text stands.
    std::optional<Problem> matrixProblem;

    /// Dockerfile.<service> before Dockerfile, or null.
    const dockerfile::Dockerfile *dockerfileFor(const std::string &backend, const std::string &service) const;
    /// The same as a function for expand(); the workspace must outlive it.
    expand::DockerfileLookup lookup() const;
};

/// The pack centre's root: the nearest folder from \a start upwards that has matrix.yml or pack/matrix.yaml; in a
/// folder with both, matrix.yml counts. Error: workspace-not-found.
Result<std::filesystem::path> findRoot(const std::filesystem::path &start);

using WorkspacePointer = std::shared_ptr<const Workspace>;

/// Reads all files of the pack centre at \a root. Errors are those that leave nothing to show: the matrix file cannot
/// be read or is not YAML. A broken Dockerfile or catalogue is among the problems.
/// \a postOperation names a folder below pack/.post_operation/ whose matrix and Dockerfiles are read instead; the
/// error post-operation-missing tells the known ones.
/// \a unsaved texts stand for what is on the disk under their names.
Result<WorkspacePointer> open(const std::filesystem::path &root, const std::string &postOperation = {},
                              const Texts &unsaved = {});

/// What open() takes as a post operation: the folders below pack/.post_operation/ that are not empty, the first 1,000,
/// by name. Looks at the disk.
std::vector<std::string> listPostOperations(const std::filesystem::path &root);

/// The same as open(), but a matrix file that holds text of which nothing can be read leaves all the rest to show: see
/// matrixProblem.
Result<WorkspacePointer> openLeniently(const std::filesystem::path &root);

/// What may be known already of a state that is to be read.
struct Known
{
    matrix::Document document; ///< Of its matrix file, perhaps.
    WorkspacePointer like;     ///< A state that has much in common with it; null where there is none.
};

/// The same pack centre with other texts of some files. All other files are as \a base read them: the disk is asked
/// only for files that \a base did not need. What did not change is shared, not read again. Errors: those of open().
Result<WorkspacePointer> withTexts(const WorkspacePointer &base, const Texts &texts, const Known &known = {});

/// The pack centre as a git revision (branch, tag, commit…) has it; parts that equal those of \a base are shared.
/// Errors: those of open(), git-no-repository, git-unknown-revision.
Result<WorkspacePointer> atRevision(const WorkspacePointer &base, const std::string &revision);

} // namespace runner::workspace
