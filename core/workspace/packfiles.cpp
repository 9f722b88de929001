#include "workspace/packfiles.h"

#include "workspace/contexts.h"
#include "workspace/paths.h"

#include <algorithm>
#include <set>
#include <utility>

namespace runner::workspace {

namespace {

constexpr std::size_t maxDockerfileBytes = 4U << 20U;
constexpr std::size_t maxFolders = 1000;

class PackReader
{
public:
    PackReader(Workspace &workspace, std::string pack, const FileSource &source, const Workspace *base)
        : m_workspace(workspace)
        , m_pack(std::move(pack))
        , m_source(source)
        , m_base(base)
    {
    }

    void run()
    {
        collectNamed();
        collectFound();
        collectServices();
        if (m_source.isPresent(m_pack))
            m_workspace.readFiles.push_back(m_pack);
        m_contexts = readContexts(m_workspace, m_source, m_base);
        for (const std::string &backend : m_backends)
            readBackend(backend);
        m_workspace.dockerfiles = packFiles();
        insertProblems();
    }

private:
    void addBackend(const std::string &id, const Location &where)
    {
        if (isSafeName(id))
            m_backends.insert(id);
        else if (!id.empty() && m_refused.insert(id).second)
            m_workspace.problems.push_back({"backend-bad-id", Severity::Error, where,
                                            "'" + id + "' cannot be the name of a backend's folder",
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
        const std::vector<std::string> names = m_source.list(m_pack, maxFolders + 1);
        if (names.size() > maxFolders)
            reportTooMany();
        for (std::size_t i = 0; i < std::min(names.size(), maxFolders); ++i) {
            if (isSafeName(names[i]) && names[i] != commonContext
                && m_source.isPresent(m_pack + "/" + names[i] + "/Dockerfile"))
                m_backends.insert(names[i]);
        }
    }

    void reportTooMany()
    {
        m_workspace.problems.push_back({"pack-too-many-folders",
                                        Severity::Warning,
                                        {m_pack},
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
        if (!m_source.isPresent(folder))
            return;
        m_workspace.readFiles.push_back(folder);
        readFile(backend, {}, folder + "/Dockerfile");
        for (const std::string &service : m_services) {
            if (isSafeName(service))
                readFile(backend, service, folder + "/Dockerfile." + service);
        }
    }

    const PackFile *asBefore(const std::string &name, const std::string &text) const
    {
        if (!m_base)
            return nullptr;
        const auto same = [&](const PackFile &each) { return each.file.fileName == name && each.file.text == text; };
        const auto known = std::find_if(m_base->dockerfiles.begin(), m_base->dockerfiles.end(), same);
        return known == m_base->dockerfiles.end() ? nullptr : &*known;
    }

    void readFile(const std::string &backend, const std::string &service, const std::string &name)
    {
        if (!m_source.isPresent(name))
            return;
        m_workspace.readFiles.push_back(name);
        const auto text = m_source.read(name, maxDockerfileBytes);
        if (!text) {
            m_workspace.problems.push_back(text.error());
            return;
        }
        m_workspace.texts[name] = *text;
        m_found.push_back({backend, service, name, *text, asBefore(name, **text)});
        m_problemsAt.push_back(m_workspace.problems.size());
    }

    // Whether all files are those that the base has, in the same order.
    bool areAsBefore() const
    {
        if (!m_base || m_contexts != m_base->contexts || m_found.size() != m_base->dockerfiles.size())
            return false;
        for (std::size_t i = 0; i < m_found.size(); ++i) {
            const PackFile &before = m_base->dockerfiles[i];
            if (m_found[i].known != &before || m_found[i].backend != before.backend
                || m_found[i].service != before.service)
                return false;
        }
        return true;
    }

    // Copying what was read is many times faster than reading it again, sharing it faster still.
    matrix::Shared<std::vector<PackFile>> packFiles() const
    {
        if (areAsBefore())
            return m_base->dockerfiles;
        std::vector<PackFile> files;
        for (const Found &each : m_found) {
            files.push_back({each.backend, each.service,
                             each.known ? each.known->file : dockerfile::readDockerfile(*each.text, each.name)});
            files.back().file.contexts = m_contexts;
        }
        return files;
    }

    // Behind what reading the files before it gave.
    void insertProblems()
    {
        std::size_t shift = 0;
        for (std::size_t i = 0; i < m_found.size(); ++i) {
            const Problems &problems = m_workspace.dockerfiles[i].file.problems;
            m_workspace.problems.insert(m_workspace.problems.begin()
                                            + static_cast<std::ptrdiff_t>(m_problemsAt[i] + shift),
                                        problems.begin(), problems.end());
            shift += problems.size();
        }
    }

    struct Found
    {
        std::string backend;
        std::string service;
        std::string name;
        std::shared_ptr<const std::string> text;
        const PackFile *known = nullptr;
    };

    Workspace &m_workspace;
    const std::string m_pack;
    const FileSource &m_source;
    const Workspace *m_base;
    std::set<std::string> m_backends;
    std::set<std::string> m_refused;
    std::set<std::string> m_services;
    std::shared_ptr<const std::vector<dockerfile::NamedContext>> m_contexts;
    std::vector<Found> m_found;
    std::vector<std::size_t> m_problemsAt; ///< For each file, how many problems were known before it.
};

} // namespace

void readPackFiles(Workspace &workspace, const std::string &pack, const FileSource &source, const Workspace *base)
{
    PackReader(workspace, pack, source, base).run();
}

} // namespace runner::workspace
