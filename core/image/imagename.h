// Names of the centre's images: parse and format, by the backends and services of the matrix.
#pragma once

#include "matrix/matrix.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace runner::image {

/// The parts of [PREFIX/]REPOSITORY:BACKENDVERSION[-VARIANT]-SERVICEVERSION[-SUFFIX]; absent ones are empty.
struct ImageName
{
    std::string prefix; ///< Registry (with its port) and namespace, without the last slash: "quay.io:443/gpustack".
    std::string repository;
    std::string backend;
    std::string backendVersion;
    std::string backendVariant;
    std::string service;
    std::string serviceVersion;
    std::string suffix; ///< "dev", …
    std::string os;     ///< Only for single-architecture names: "linux".
    std::string arch;   ///< Only for single-architecture names: "arm64".

    bool operator==(const ImageName &) const = default;
};

/// The grammar for a set of backends, services and a repository.
class NameGrammar
{
public:
    NameGrammar(std::vector<std::string> backends, std::vector<std::string> services, std::string repository);
    /// The matrix's own backends (and "Host", which older names know), services and repository.
    static NameGrammar of(const matrix::Matrix &matrix);

    /// Full match or nothing.
    std::optional<ImageName> parse(std::string_view name) const;

private:
    std::vector<std::string> m_backends; ///< Longest first.
    std::vector<std::string> m_services; ///< Longest first.
    std::string m_repository;
};

/// The inverse of parse: parse(format(n)) == n for every parsed n.
std::string format(const ImageName &name);

/// BACKEND VERSION [-VARIANT] - SERVICE VERSION, lower case: the tag without a suffix.
std::string makeTag(const std::string &backend, const std::string &version, const std::string &variant,
                    const std::string &service, const std::string &serviceVersion);

/// "linux-arm64" of "linux/arm64" or "linux/arm/v7" (the architecture's variant has no place in a tag).
std::string platformSuffix(const std::string &platform);

} // namespace runner::image
