// References to images in registries: take apart, put together, and move to another registry or namespace.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace runner::image {

/// [REGISTRY/][NAMESPACE/]REPOSITORY[:TAG][@DIGEST]; absent parts are empty.
/// The first of several path components is a registry if it contains '.' or ':', or is "localhost"; everything
/// between the registry and the repository is the namespace, however many components it has.
struct Reference
{
    std::string registry; ///< "quay.io", "localhost:5000", "[::1]:5000"
    std::string nameSpace;
    std::string repository;
    std::string tag;
    std::string digest; ///< "sha256:…"

    /// Whether it names Docker Hub, in words or because it names no registry.
    bool isOnDockerHub() const;
    bool operator==(const Reference &) const = default;
};

/// A name and what follows it.
struct SplitImage
{
    std::string name;
    std::string tag;
    std::string digest;

    bool operator==(const SplitImage &) const = default;
};

/// Cuts the digest (after the last '@') and the tag (after the last ':' that no '/' follows). With \a fillTag an
/// image with neither gets the tag "latest". Checks nothing else; see parseReference.
SplitImage splitImage(std::string_view image, bool fillTag = false);

/// The inverse of splitImage: NAME[:TAG][@DIGEST]. A tag of the form ALGORITHM:HEX counts as a digest.
std::string mergeImage(const std::string &name, const std::string &tag, const std::string &digest = {});

/// Takes a reference apart; blanks around it are ignored. Nothing where it does not follow the grammar of container
/// references (components in lower case, a tag of at most 128 characters, a name of at most 255).
std::optional<Reference> parseReference(std::string_view text);

/// The inverse of parseReference.
std::string format(const Reference &reference);

/// Parts to put in the place of others; empty ones (or blank ones) leave the part as it is.
struct Replacement
{
    std::string registry;
    std::string nameSpace;
    std::string repository;
};

/// The reference with the given parts replaced. Docker Hub's short names stand for "library/NAME", so this namespace
/// is written out where such an image gets a registry, or any image without a namespace gets Docker Hub as one.
Reference replaced(Reference reference, const Replacement &replacement);

/// The same for text; text that is no reference comes back unchanged.
std::string replacedImage(const std::string &image, const Replacement &replacement);

} // namespace runner::image
