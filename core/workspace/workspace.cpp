#include "workspace/workspace.h"

#include "catalog/catalog.h"
#include "workspace/olderlayout.h"
#include "workspace/packfiles.h"
#include "workspace/paths.h"

#include <algorithm>
#include <optional>
#include <system_error>

namespace runner::workspace {

namespace fs = std::filesystem;

namespace {

constexpr const char *packFolder = "pack";
constexpr const char *nativeMatrix = "matrix.yml";
constexpr const char *olderMatrix = "pack/matrix.yaml";
constexpr const char *olderCatalog = "gpustack_runner/runner.py.json";
constexpr const char *readmeFile = "README.md";
constexpr const char *postOperations = "pack/.post_operation";
constexpr std::size_t maxCatalogBytes = 64U << 20U;
constexpr std::size_t maxReadmeBytes = 4U << 20U;

void append(Problems &problems, const Problems &more)
{
    problems.insert(problems.end(), more.begin(), more.end());
}

class Opener
{
public:
    explicit Opener(fs::path root) { m_workspace.root = std::move(root); }

    Result<std::shared_ptr<const Workspace>> run(const std::string &postOperation)
    {
        const bool native = isPresent(m_workspace.root / nativeMatrix);
        m_workspace.layout = native ? Layout::Native : Layout::Older;
        auto document = readDocument(native ? nativeMatrix : olderMatrix);
        if (!document)
            return tl::unexpected(document.error());
        m_workspace.document = std::move(*document);
        m_workspace.matrix = m_workspace.document.matrix();
        readRest();
        std::string pack = packFolder;
        if (!postOperation.empty()) {
            if (const auto opened = openPostOperation(postOperation); !opened)
                return tl::unexpected(opened.error());
            pack = std::string(postOperations) + "/" + postOperation;
        }
        m_workspace.problems = m_workspace.document.problems();
        readPackFiles(m_workspace, pack);
        append(m_workspace.problems, m_catalogProblems);
        return std::make_shared<const Workspace>(std::move(m_workspace));
    }

private:
    Result<matrix::Document> readDocument(const std::string &name)
    {
        auto text = readInside(m_workspace.root, name, matrix::maxMatrixBytes);
        if (!text)
            return tl::unexpected(text.error());
        m_workspace.matrixFile = name;
        m_workspace.readFiles.push_back(name);
        return matrix::Document::parse(std::move(*text), name);
    }

    // The records, and in the older layout the parts of the matrix that its rules do not hold.
    void readRest()
    {
        if (m_workspace.layout == Layout::Native && m_workspace.document.hasSchema()) {
            m_workspace.records = catalog::recordsOf(m_workspace.matrix);
            return;
        }
        if (m_workspace.layout == Layout::Older) {
            m_workspace.catalogFile = olderCatalog;
            readCatalog();
        }
        completeMatrix(m_workspace.matrix, m_workspace.records, readReadme());
    }

    void readCatalog()
    {
        if (!isPresent(m_workspace.root / olderCatalog)) {
            m_catalogProblems.push_back({"catalog-missing", Severity::Note, {olderCatalog},
                                         "There is no catalogue of released images",
                                         "Add the file, if images have been released"});
            return;
        }
        m_workspace.readFiles.push_back(olderCatalog);
        const auto text = readInside(m_workspace.root, olderCatalog, maxCatalogBytes);
        if (!text) {
            m_catalogProblems.push_back(text.error());
            return;
        }
        auto records = catalog::readJson(*text, olderCatalog, m_catalogProblems);
        if (records)
            m_workspace.records = std::move(*records);
        else
            m_catalogProblems.push_back(records.error());
    }

    // Only names come from it, so a file that cannot be read is no problem: identifiers are shown instead.
    ReadmeNames readReadme()
    {
        const auto text = readInside(m_workspace.root, readmeFile, maxReadmeBytes);
        if (!text)
            return {};
        m_workspace.readFiles.push_back(readmeFile);
        return readNames(*text);
    }

    tl::unexpected<Problem> noPostOperation(const std::string &name) const
    {
        std::vector<std::string> known;
        std::error_code error;
        fs::directory_iterator entry(m_workspace.root / postOperations, error);
        for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
            std::string found = entry->path().filename().string();
            std::error_code ignored;
            if (isSafeComponent(found) && entry->is_directory(ignored))
                known.push_back(std::move(found));
        }
        std::sort(known.begin(), known.end());
        std::string names;
        for (const std::string &each : known)
            names += (names.empty() ? "" : ", ") + each;
        return failure("post-operation-missing", {postOperations}, "There is no post operation '" + name + "'",
                       names.empty() ? "This pack centre has none" : "Choose one of " + names);
    }

    // Its matrix has nothing but rules; what they are about stays the pack centre's.
    Result<bool> openPostOperation(const std::string &name)
    {
        const std::string folder = std::string(postOperations) + "/" + name;
        if (!isSafeComponent(name) || !isPresent(m_workspace.root / folder))
            return noPostOperation(name);
        const bool yml = isPresent(m_workspace.root / folder / "matrix.yml");
        auto document = readDocument(folder + (yml ? "/matrix.yml" : "/matrix.yaml"));
        if (!document)
            return tl::unexpected(document.error());
        m_workspace.document = std::move(*document);
        m_workspace.matrix.rules = m_workspace.document.matrix().rules;
        return true;
    }

    Workspace m_workspace;
    Problems m_catalogProblems;
};

} // namespace

const dockerfile::Dockerfile *Workspace::dockerfileFor(const std::string &backend, const std::string &service) const
{
    const dockerfile::Dockerfile *found = nullptr;
    auto file = std::lower_bound(dockerfiles.begin(), dockerfiles.end(), backend,
                                 [](const PackFile &each, const std::string &id) { return each.backend < id; });
    for (; file != dockerfiles.end() && file->backend == backend; ++file) {
        if (file->service == service)
            return &file->file;
        if (file->service.empty())
            found = &file->file;
    }
    return found;
}

expand::DockerfileLookup Workspace::lookup() const
{
    return [this](const std::string &backend, const std::string &service) { return dockerfileFor(backend, service); };
}

Result<fs::path> findRoot(const fs::path &start)
{
    std::error_code error;
    fs::path folder = fs::weakly_canonical(fs::absolute(start, error), error);
    if (error)
        folder = fs::absolute(start, error);
    for (;; folder = folder.parent_path()) {
        if (isPresent(folder / nativeMatrix) || isPresent(folder / olderMatrix))
            return folder;
        if (!folder.has_relative_path())
            break;
    }
    return failure("workspace-not-found", {start.string()},
                   "Neither this folder nor one above it is a pack centre: there is no matrix.yml and no pack/matrix.yaml",
                   "Choose the folder of a pack centre");
}

Result<std::shared_ptr<const Workspace>> open(const fs::path &root, const std::string &postOperation)
{
    std::error_code error;
    fs::path absolute = fs::weakly_canonical(fs::absolute(root, error), error);
    if (error)
        absolute = fs::absolute(root, error);
    return Opener(std::move(absolute)).run(postOperation);
}

} // namespace runner::workspace
