// Which files make up a pack centre, read: ours (matrix.yml) or the older layout (pack/matrix.yaml and a JSON
// catalogue).
#pragma once

#include "catalog/record.h"
#include "diagnostics/problem.h"
#include "dockerfile/dockerfile.h"
#include "expand/plan.h"
#include "matrix/document.h"

#include <filesystem>
#include <memory>
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
    std::vector<PackFile> dockerfiles; ///< By backend, then file name.
    catalog::Records records; ///< Every released record in the catalogue's order.
    Problems problems;        ///< Of reading: matrix, Dockerfiles, catalogue; in this order.
    std::vector<std::string> readFiles; ///< Files and folders to watch for changes, relative to root.

    /// Dockerfile.<service> before Dockerfile, or null.
    const dockerfile::Dockerfile *dockerfileFor(const std::string &backend, const std::string &service) const;
    /// The same as a function for expand(); the workspace must outlive it.
    expand::DockerfileLookup lookup() const;
};

/// The pack centre's root: the nearest folder from \a start upwards that has matrix.yml or pack/matrix.yaml; in a
/// folder with both, matrix.yml counts. Error: workspace-not-found.
Result<std::filesystem::path> findRoot(const std::filesystem::path &start);

/// Reads all files of the pack centre at \a root. Errors are those that leave nothing to show: the matrix file cannot
/// be read or is not YAML. A broken Dockerfile or catalogue is among the problems.
/// \a postOperation names a folder below pack/.post_operation/ whose matrix and Dockerfiles are read instead; the
/// error post-operation-missing tells the known ones.
Result<std::shared_ptr<const Workspace>> open(const std::filesystem::path &root, const std::string &postOperation = {});

} // namespace runner::workspace
