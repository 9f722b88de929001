#include "transfer/credentials.h"

#include <QByteArray>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

namespace runner::transfer {

namespace fs = std::filesystem;

namespace {

std::string base64(const std::string &text)
{
    return QByteArray::fromStdString(text).toBase64().toStdString();
}

bool writePrivateFile(const std::string &path, const std::string &text)
{
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0)
        return false;
    const bool written = ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    return ::close(file) == 0 && written;
}

std::string folderForSecrets()
{
    const char *runtime = std::getenv("XDG_RUNTIME_DIR");
    if (runtime && *runtime == '/' && ::access(runtime, W_OK | X_OK) == 0)
        return runtime;
    std::error_code error;
    const fs::path temporary = fs::temp_directory_path(error);
    return error ? std::string("/tmp") : temporary.string();
}

} // namespace

std::string authFileText(const std::string &registry, const Credentials &credentials)
{
    const std::string auth = base64(credentials.username + ":" + credentials.password);
    return nlohmann::json{{"auths", {{registry, {{"auth", auth}}}}}}.dump(-1, ' ', false,
                                                                          nlohmann::json::error_handler_t::replace);
}

Result<AuthFile> AuthFile::create(const std::string &registry, const Credentials &credentials)
{
    std::string folder = folderForSecrets() + "/runnerctl-auth-XXXXXX";
    const auto failed = [&] {
        return failure("auth-file-unwritable", {},
                       "The credentials cannot be handed to skopeo: " + folder + ": " + std::strerror(errno),
                       "Make the folder for temporary files writable, or set TMPDIR");
    };
    if (!::mkdtemp(folder.data())) // mode 0700
        return failed();
    AuthFile file(folder + "/auth.json");
    if (!writePrivateFile(file.path(), authFileText(registry, credentials)))
        return failed();
    return file;
}

void AuthFile::Remover::operator()(const std::string *path) const
{
    const std::unique_ptr<const std::string> owned(path);
    std::error_code ignored;
    fs::remove_all(fs::path(*owned).parent_path(), ignored);
}

Scrubber::Scrubber(const std::vector<Credentials> &secrets)
{
    for (const Credentials &credentials : secrets) {
        if (credentials.password.empty())
            continue;
        const std::string quoted =
            nlohmann::json(credentials.password).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
        m_secrets.push_back(credentials.password);
        m_secrets.push_back(quoted.substr(1, quoted.size() - 2));
        m_secrets.push_back(QByteArray::fromStdString(credentials.password).toPercentEncoding().toStdString());
        m_secrets.push_back(base64(credentials.password));
        m_secrets.push_back(base64(credentials.username + ":" + credentials.password));
    }
    std::stable_sort(m_secrets.begin(), m_secrets.end(),
                     [](const auto &a, const auto &b) { return a.size() > b.size(); });
}

std::string Scrubber::operator()(std::string text) const
{
    static const std::string mask = "***";
    for (const std::string &secret : m_secrets) {
        for (auto at = text.find(secret); at != std::string::npos; at = text.find(secret, at + mask.size()))
            text.replace(at, secret.size(), mask);
    }
    return text;
}

} // namespace runner::transfer
