#include "matrix/matrix.h"

#include <algorithm>
#include <tuple>

namespace runner::matrix {

std::string Argument::name() const
{
    return text.substr(0, text.find('='));
}

std::optional<std::string> Argument::value() const
{
    const auto equals = text.find('=');
    if (equals == std::string::npos)
        return std::nullopt;
    return text.substr(equals + 1);
}

std::string Backend::variantLabel(const std::string &variantId) const
{
    for (const Variant &variant : variants) {
        if (variant.id == variantId)
            return variant.label;
    }
    return variantId;
}

bool Backend::hasVariant(const std::string &variantId) const
{
    return std::any_of(variants.begin(), variants.end(), [&](const Variant &v) { return v.id == variantId; });
}

bool Backend::operator==(const Backend &other) const
{
    const auto said = [](const Backend &b) {
        return std::tie(b.id, b.name, b.title, b.variantArgument, b.variants, b.notes);
    };
    return said(*this) == said(other);
}

bool Rule::operator==(const Rule &other) const
{
    const auto said = [](const Rule &r) { return std::tie(r.backend, r.services, r.platforms, r.arguments); };
    return said(*this) == said(other);
}

bool RunnerEntry::operator==(const RunnerEntry &other) const
{
    const auto said = [](const RunnerEntry &e) {
        return std::tie(e.version, e.releaseCandidate, e.polished, e.listed, e.released, e.platforms,
                        e.deprecatedPlatforms, e.originalVersion, e.members);
    };
    return said(*this) == said(other);
}

bool RunnerRow::operator==(const RunnerRow &other) const
{
    const auto said = [](const RunnerRow &r) {
        return std::tie(r.backend, r.version, r.shownVersion, r.originalVersion, r.variant, r.listed, r.cells);
    };
    return said(*this) == said(other);
}

std::vector<std::string> Rule::effectivePlatforms() const
{
    if (platforms.empty())
        return defaultPlatforms();
    std::vector<std::string> names;
    for (const Value &platform : platforms)
        names.push_back(platform.text);
    return names;
}

const std::vector<std::string> &defaultPlatforms()
{
    static const std::vector<std::string> platforms{"linux/amd64", "linux/arm64"};
    return platforms;
}

bool RunnerEntry::deprecated() const
{
    return !platforms.empty() && deprecatedPlatforms.size() == platforms.size();
}

namespace {

template <typename T>
const T *findById(const std::vector<T> &items, const std::string &id)
{
    const auto found = std::find_if(items.begin(), items.end(), [&](const T &item) { return item.id == id; });
    return found == items.end() ? nullptr : &*found;
}

} // namespace

const Backend *Matrix::findBackend(const std::string &id) const
{
    return findById(backends, id);
}

const Service *Matrix::findService(const std::string &id) const
{
    return findById(services, id);
}

std::string Matrix::serviceName(const std::string &id) const
{
    const Service *service = findService(id);
    return service ? service->name : id;
}

} // namespace runner::matrix
