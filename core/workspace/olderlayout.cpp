#include "workspace/olderlayout.h"

#include "catalog/catalog.h"
#include "text/ascii.h"

#include <functional>
#include <map>
#include <set>
#include <unordered_set>

namespace runner::workspace {

namespace {

// Older pack centres have this one argument that names a variant, written into their scripts.
constexpr const char *variantBackend = "cann";
constexpr const char *variantArgument = "CANN_ARCHS";

struct FoundBackend
{
    Location where;
    std::set<std::string, std::greater<>> variants;
};

std::map<std::string, FoundBackend> findBackends(const std::vector<matrix::Rule> &rules,
                                                 const catalog::Records &records)
{
    std::map<std::string, FoundBackend> found;
    for (const matrix::Rule &rule : rules) {
        if (!rule.backend.text.empty())
            found.try_emplace(rule.backend.text, FoundBackend{rule.backend.where, {}});
    }
    for (const catalog::Record &record : records) {
        FoundBackend &backend = found.try_emplace(record.backend, FoundBackend{record.where, {}}).first->second;
        if (!record.backendVariant.empty())
            backend.variants.insert(record.backendVariant);
    }
    return found;
}

matrix::Backend backendOf(const std::string &id, const FoundBackend &found, const ReadmeNames &names)
{
    matrix::Backend backend;
    backend.id = id;
    backend.name = backend.title = text::uppered(id);
    backend.where = found.where;
    if (const auto section = names.backends.find(text::lowered(id)); section != names.backends.end()) {
        backend.name = section->second.name;
        backend.title = section->second.title;
    }
    if (id == variantBackend)
        backend.variantArgument = variantArgument;
    for (const std::string &variant : found.variants)
        backend.variants.push_back({variant, variant});
    return backend;
}

class ServiceCollector
{
public:
    explicit ServiceCollector(const ReadmeNames &names)
        : m_names(names)
    {
    }

    void add(const std::string &id, const Location &where)
    {
        if (id.empty() || !m_seen.insert(id).second)
            return;
        const auto name = m_names.services.find(text::lowered(id));
        m_services.push_back({id, name == m_names.services.end() ? id : name->second, where});
    }

    std::vector<matrix::Service> take() { return std::move(m_services); }

private:
    const ReadmeNames &m_names;
    std::unordered_set<std::string> m_seen;
    std::vector<matrix::Service> m_services;
};

} // namespace

void completeMatrix(matrix::Matrix &matrix, const catalog::Records &records, const ReadmeNames &names)
{
    matrix.backends.clear();
    for (const auto &[id, found] : findBackends(matrix.rules, records))
        matrix.backends.push_back(backendOf(id, found, names));
    ServiceCollector services(names);
    for (const matrix::Rule &rule : matrix.rules) {
        for (const matrix::Value &service : rule.services)
            services.add(service.text, service.where);
    }
    for (const catalog::Record &record : records)
        services.add(record.service, record.where);
    matrix.services = services.take();
    matrix.runners = catalog::rowsOf(records);
}

} // namespace runner::workspace
