// User names and passwords of registries: where they are kept while a transfer runs, and how texts are freed of them.
#pragma once

#include "diagnostics/problem.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace runner::transfer {

struct Credentials
{
    std::string username;
    std::string password;

    bool empty() const { return username.empty() && password.empty(); }
};

/// The text of a containers-auth.json(5) with one registry.
std::string authFileText(const std::string &registry, const Credentials &credentials);

/// A file with the credentials of one registry that only this user may read (0600 in a folder of 0700). The file and
/// its folder are gone with the object.
class AuthFile
{
public:
    /// Below $XDG_RUNTIME_DIR, or the folder for temporary files. Error: auth-file-unwritable.
    static Result<AuthFile> create(const std::string &registry, const Credentials &credentials);

    AuthFile(AuthFile &&) = default;
    AuthFile &operator=(AuthFile &&) = default;
    const std::string &path() const { return *m_path; }

private:
    struct Remover
    {
        void operator()(const std::string *path) const;
    };
    explicit AuthFile(std::string path)
        : m_path(new std::string(std::move(path)))
    {
    }
    std::unique_ptr<const std::string, Remover> m_path;
};

/// Takes secrets out of texts that people may see.
class Scrubber
{
public:
    Scrubber() = default;
    explicit Scrubber(const std::vector<Credentials> &secrets);

    /// The text with "***" in place of every password, in plain, quoted, percent-encoded and Base64 form.
    std::string operator()(std::string text) const;

private:
    std::vector<std::string> m_secrets; ///< Longest first, none empty.
};

} // namespace runner::transfer
