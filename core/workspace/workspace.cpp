#include "workspace/workspace.h"

#include "catalog/catalog.h"
#include "workspace/olderlayout.h"
#include "workspace/packfiles.h"
#include "workspace/paths.h"
#include "workspace/revision.h"

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
constexpr std::size_t maxPostOperations = 1000;

void append(Problems &problems, const Problems &more)
{
    problems.insert(problems.end(), more.begin(), more.end());
}

fs::path absoluteRoot(const fs::path &root)
{
    std::error_code error;
    const fs::path absolute = fs::weakly_canonical(fs::absolute(root, error), error);
    return error ? fs::absolute(root, error) : absolute;
}

std::vector<std::string> postOperationNames(const FileSource &source)
{
    std::vector<std::string> names;
    for (const std::string &found : source.list(postOperations, maxPostOperations)) {
        if (isSafeComponent(found) && !source.list(std::string(postOperations) + "/" + found, 1).empty())
            names.push_back(found);
    }
    return names;
}

class Opener
{
public:
    Opener(fs::path root, const FileSource &source, WorkspacePointer base, Known known = {})
        : m_source(source)
        , m_base(std::move(base))
        , m_known(std::move(known))
    {
        m_workspace.root = std::move(root);
    }

    /// A matrix that cannot be read becomes the state's matrixProblem instead of an error.
    void setLenient() { m_lenient = true; }

    Result<WorkspacePointer> run(const std::string &postOperation)
    {
        const bool native = m_source.isPresent(nativeMatrix);
        m_workspace.layout = native ? Layout::Native : Layout::Older;
        m_workspace.postOperation = postOperation;
        if (const auto read = readDocument(native ? nativeMatrix : olderMatrix); !read)
            return tl::unexpected(read.error());
        m_workspace.matrix = m_workspace.document.matrix();
        readRest();
        std::string pack = packFolder;
        if (!postOperation.empty()) {
            if (const auto opened = openPostOperation(postOperation); !opened)
                return tl::unexpected(opened.error());
            pack = std::string(postOperations) + "/" + postOperation;
        }
        m_workspace.problems = m_workspace.document.problems();
        readPackFiles(m_workspace, pack, m_source, m_base.get());
        append(m_workspace.problems, m_workspace.catalogProblems);
        return std::make_shared<const Workspace>(std::move(m_workspace));
    }

private:
    Result<std::shared_ptr<const std::string>> read(const std::string &name, std::size_t limit)
    {
        auto text = m_source.read(name, limit);
        if (text)
            m_workspace.texts[name] = *text;
        return text;
    }

    // The text is the very one that the base has read.
    bool isAsBefore(const std::string &name) const
    {
        const auto now = m_workspace.texts.find(name);
        const auto before = m_base ? m_base->texts.find(name) : m_workspace.texts.end();
        return m_base && now != m_workspace.texts.end() && before != m_base->texts.end()
               && (now->second == before->second || *now->second == *before->second);
    }

    Result<void> readDocument(const std::string &name)
    {
        const auto text = read(name, matrix::maxMatrixBytes);
        if (!text)
            return tl::unexpected(text.error());
        m_workspace.matrixFile = name;
        m_workspace.readFiles.push_back(name);
        if (isAsBefore(name) && m_base->matrixFile == name) {
            m_workspace.document = m_base->document;
            m_workspace.matrixProblem = m_base->matrixProblem;
            return {};
        }
        if (m_known.document.fileName() == name && m_known.document.text() == **text) {
            m_workspace.document = m_known.document;
            return {};
        }
        auto document = matrix::Document::parse(**text, name, m_base ? m_base->document : matrix::Document());
        if (!document && !m_lenient)
            return tl::unexpected(document.error());
        if (!document)
            m_workspace.matrixProblem = document.error();
        else
            m_workspace.document = std::move(*document);
        return {};
    }

    // The records, and in the older layout the parts of the matrix that its rules do not hold.
    void readRest()
    {
        if (m_workspace.layout == Layout::Native && (m_workspace.document.hasSchema() || m_workspace.matrixProblem)) {
            m_workspace.records = recordsOfMatrix();
            return;
        }
        if (m_workspace.layout == Layout::Older) {
            m_workspace.catalogFile = olderCatalog;
            readCatalog();
        }
        readReadme();
        completeMatrix(m_workspace.matrix, m_workspace.records, m_workspace.readmeNames);
    }

    matrix::Shared<catalog::Records> recordsOfMatrix() const
    {
        const matrix::Matrix &matrix = m_workspace.matrix;
        for (const WorkspacePointer &other : {m_known.like, m_base}) {
            if (other && other->document.hasSchema() && other->layout == Layout::Native
                && other->matrix.runners.sharesWith(matrix.runners) && other->matrix.image == matrix.image)
                return other->records;
        }
        return catalog::recordsOf(matrix);
    }

    void readCatalog()
    {
        Problems &problems = m_workspace.catalogProblems;
        if (!m_source.isPresent(olderCatalog)) {
            problems.push_back({"catalog-missing",
                                Severity::Note,
                                {olderCatalog},
                                "There is no catalogue of released images",
                                "Add the file, if images have been released"});
            return;
        }
        m_workspace.readFiles.emplace_back(olderCatalog);
        const auto text = read(olderCatalog, maxCatalogBytes);
        if (!text) {
            problems.push_back(text.error());
            return;
        }
        if (isAsBefore(olderCatalog)) {
            problems = m_base->catalogProblems;
            m_workspace.records = m_base->records;
            return;
        }
        auto records = catalog::readJson(**text, olderCatalog, problems);
        if (records)
            m_workspace.records = std::move(*records);
        else
            problems.push_back(records.error());
    }

    // Only names come from it, so a file that cannot be read is no problem: identifiers are shown instead.
    void readReadme()
    {
        const auto text = read(readmeFile, maxReadmeBytes);
        if (!text)
            return;
        m_workspace.readFiles.emplace_back(readmeFile);
        m_workspace.readmeNames = isAsBefore(readmeFile) ? m_base->readmeNames : readNames(**text);
    }

    tl::unexpected<Problem> noPostOperation(const std::string &name) const
    {
        std::string names;
        for (const std::string &found : postOperationNames(m_source))
            names += (names.empty() ? "" : ", ") + found;
        return failure("post-operation-missing", {postOperations}, "There is no post operation '" + name + "'",
                       names.empty() ? "This pack centre has none" : "Choose one of " + names);
    }

    // Its matrix has nothing but rules; what they are about stays the pack centre's.
    Result<void> openPostOperation(const std::string &name)
    {
        const std::string folder = std::string(postOperations) + "/" + name;
        if (!isSafeComponent(name) || !m_source.isPresent(folder))
            return noPostOperation(name);
        const bool yml = m_source.isPresent(folder + "/matrix.yml");
        if (const auto read = readDocument(folder + (yml ? "/matrix.yml" : "/matrix.yaml")); !read)
            return read;
        m_workspace.matrix.rules = m_workspace.document.matrix().rules;
        m_workspace.matrix.disabledRules = m_workspace.document.matrix().disabledRules;
        return {};
    }

    const FileSource &m_source;
    WorkspacePointer m_base;
    Known m_known;
    bool m_lenient = false;
    Workspace m_workspace;
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
    return failure(
        "workspace-not-found", {start.string()},
        "Neither this folder nor one above it is a pack centre: there is no matrix.yml and no pack/matrix.yaml",
        "Choose the folder of a pack centre");
}

Result<WorkspacePointer> open(const fs::path &root, const std::string &postOperation, const Texts &unsaved)
{
    const fs::path absolute = absoluteRoot(root);
    const DiskSource disk(absolute);
    const OverlaySource source(disk, unsaved);
    return Opener(absolute, source, nullptr).run(postOperation);
}

std::vector<std::string> listPostOperations(const fs::path &root)
{
    return postOperationNames(DiskSource(absoluteRoot(root)));
}

Result<WorkspacePointer> openLeniently(const fs::path &root)
{
    const fs::path absolute = absoluteRoot(root);
    const DiskSource disk(absolute);
    Opener opener(absolute, disk, nullptr);
    opener.setLenient();
    return opener.run({});
}

Result<WorkspacePointer> withTexts(const WorkspacePointer &base, const Texts &texts, const Known &known)
{
    const DiskSource disk(base->root);
    const OverlaySource read(disk, base->texts);
    const OverlaySource source(read, texts);
    return Opener(base->root, source, base, known).run(base->postOperation);
}

Result<WorkspacePointer> atRevision(const WorkspacePointer &base, const std::string &revision)
{
    const auto source = RevisionSource::open(base->root, revision);
    if (!source)
        return tl::unexpected(source.error());
    return Opener(base->root, **source, base).run(base->postOperation);
}

} // namespace runner::workspace
