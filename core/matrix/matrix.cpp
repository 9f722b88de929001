#include "matrix/matrix.h"

#include <algorithm>

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
