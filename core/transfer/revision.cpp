#include "transfer/revision.h"

#include "catalog/catalog.h"
#include "matrix/document.h"
#include "text/textfile.h"
#include "workspace/workspace.h"

namespace runner::transfer {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t maxCatalogBytes = 64U << 20U;
/// Where a pack centre keeps its catalogue, newest layout first.
constexpr const char *catalogFiles[] = {"matrix.yml", "gpustack_runner/runner.py.json"};

Result<catalog::Records> recordsOfText(const std::string &bytes, const std::string &name, Problems &problems)
{
    auto text = text::decodeText(bytes, name);
    if (!text)
        return tl::unexpected(text.error());
    if (fs::path(name).extension() == ".json")
        return catalog::readJson(text->text, name, problems);
    const auto document = matrix::Document::parse(std::move(text->text), name);
    if (!document)
        return tl::unexpected(document.error());
    return catalog::recordsOf(document->matrix());
}

Result<catalog::Records> recordsAtRevision(const fs::path &root, const std::string &revision, Problems &problems)
{
    for (const char *name : catalogFiles) {
        const auto text = fileAtRevision(root / name, revision);
        if (text)
            return recordsOfText(*text, name, problems);
        if (text.error().id != "git-no-such-file")
            return tl::unexpected(text.error());
    }
    return failure("git-no-such-file", {}, "The revision " + revision + " has no catalogue of images",
                   "Compare with a revision that has matrix.yml or gpustack_runner/runner.py.json");
}

} // namespace

Result<catalog::Records> recordsOfTarget(const fs::path &root, const std::string &target, Problems &problems)
{
    std::error_code error;
    if (fs::is_directory(target, error)) {
        const auto centre = workspace::findRoot(fs::absolute(target));
        if (!centre)
            return tl::unexpected(centre.error());
        const auto opened = workspace::open(*centre);
        if (!opened)
            return tl::unexpected(opened.error());
        return (*opened)->records;
    }
    if (fs::exists(target, error)) {
        const auto text = text::readTextFile(target, target, maxCatalogBytes);
        if (!text)
            return tl::unexpected(text.error());
        return recordsOfText(text->text, target, problems);
    }
    return recordsAtRevision(root, target, problems);
}

} // namespace runner::transfer
