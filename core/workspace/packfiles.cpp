#include "workspace/packfiles.h"

#include "workspace/contexts.h"
#include "workspace/paths.h"

#include <set>
#include <system_error>

namespace runner::workspace {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t maxDockerfileBytes = 4U << 20U;
constexpr std::size_t maxFolders = 1000;

class PackReader
{
public:
    PackReader(Workspace &workspace, const std::string &pack) : m_workspace(workspace), m_pack(pack) {}

    void run()
    {
        collectNamed();
        collectFound();
        collectServices();
        if (isPresent(m_workspace.root / m_pack))
            m_workspace.readFiles.push_back(m_pack);
        m_contexts = readContexts(m_workspace);
        for (const std::string &backend : m_backends)
            readBackend(backend);
    }

private:
    void addBackend(const std::string &id, const Location &where)
    {
        if (isSafeName(id))
            m_backends.insert(id);
        else if (!id.empty() && m_refused.insert(id).second)
            m_workspace.problems.push_back(
                {"backend-bad-id", Severity::Error, where, "'" + id + "' cannot be the name of a backend's folder",
                 "Use letters, digits, '-' and '_' only, and begin with a letter or digit"});
    }

    void collectNamed()
    {
        for (const matrix::Backend &backend : m_workspace.matrix.backends)
            addBackend(backend.id, backend.where);
        for (const matrix::Rule &rule : m_workspace.matrix.rules)
            addBackend(rule.backend.text, rule.backend.where);
    }

    void collectFound()
    {
        std::error_code error;
        std::size_t count = 0;
        fs::directory_iterator entry(m_workspace.root / m_pack, fs::directory_options::skip_permission_denied, error);
        for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
            if (++count > maxFolders)
                return reportTooMany();
            const std::string name = entry->path().filename().string();
            if (isSafeName(name) && name != commonContext && isPresent(entry->path() / "Dockerfile"))
                m_backends.insert(name);
        }
    }

    void reportTooMany()
    {
        m_workspace.problems.push_back({"pack-too-many-folders", Severity::Warning, {m_pack},
                                        "The folder holds more than " + std::to_string(maxFolders)
                                            + " entries: backends that the matrix does not name may be missing here",
                                        "Remove what does not belong into it"});
    }

    void collectServices()
    {
        for (const matrix::Service &service : m_workspace.matrix.services)
            m_services.insert(service.id);
        for (const matrix::Rule &rule : m_workspace.matrix.rules) {
            for (const matrix::Value &service : rule.services)
                m_services.insert(service.text);
        }
    }

    void readBackend(const std::string &backend)
    {
        const std::string folder = m_pack + "/" + backend;
        if (!isPresent(m_workspace.root / folder))
            return;
        m_workspace.readFiles.push_back(folder);
        readFile(backend, {}, folder + "/Dockerfile");
        for (const std::string &service : m_services) {
            if (isSafeName(service))
                readFile(backend, service, folder + "/Dockerfile." + service);
        }
    }

    void readFile(const std::string &backend, const std::string &service, const std::string &name)
    {
        if (!isPresent(m_workspace.root / name))
            return;
        m_workspace.readFiles.push_back(name);
        auto text = readInside(m_workspace.root, name, maxDockerfileBytes);
        if (!text) {
            m_workspace.problems.push_back(text.error());
            return;
        }
        m_workspace.dockerfiles.push_back({backend, service, dockerfile::readDockerfile(std::move(*text), name)});
        m_workspace.dockerfiles.back().file.contexts = m_contexts;
        const Problems &problems = m_workspace.dockerfiles.back().file.problems;
        m_workspace.problems.insert(m_workspace.problems.end(), problems.begin(), problems.end());
    }

    Workspace &m_workspace;
    const std::string m_pack;
    std::set<std::string> m_backends;
    std::set<std::string> m_refused;
    std::set<std::string> m_services;
    std::shared_ptr<const std::vector<dockerfile::NamedContext>> m_contexts;
};

} // namespace

void readPackFiles(Workspace &workspace, const std::string &pack)
{
    PackReader(workspace, pack).run();
}

} // namespace runner::workspace
