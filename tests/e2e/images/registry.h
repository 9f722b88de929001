// A registry on this machine for one test.
#pragma once

#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QtTest>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

namespace e2e {

/// A socket on a free port of 127.0.0.1. While it listens, connections are taken by the kernel and never answered.
class Port
{
public:
    Port()
    {
        m_socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address = {};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto *generic = reinterpret_cast<sockaddr *>(&address);
        if (::bind(m_socket, generic, size) != 0 || ::getsockname(m_socket, generic, &size) != 0)
            qFatal("no free port");
        m_port = ntohs(address.sin_port);
    }
    ~Port() { release(); }
    Port(const Port &) = delete;
    Port &operator=(const Port &) = delete;

    void listenWithoutAnswer() const { ::listen(m_socket, 64); }
    void release()
    {
        if (m_socket >= 0)
            ::close(std::exchange(m_socket, -1));
    }
    QByteArray host() const { return "127.0.0.1:" + QByteArray::number(m_port); }

private:
    int m_socket = -1;
    int m_port = 0;
};

inline constexpr const char *user = "keeper";
inline constexpr const char *password = "s3cr3t-pass";

/// Debian's docker-registry, with its data in a folder of the test. Stopped with the object.
class Registry
{
public:
    enum class Auth { None, Password };

    explicit Registry(Auth auth = Auth::None)
        : m_auth(auth)
    {
    }
    ~Registry() { stop(); }
    Registry(const Registry &) = delete;
    Registry &operator=(const Registry &) = delete;

    QByteArray host() const { return m_port.host(); }

    bool start()
    {
        m_port.release();
        write("config.yml",
              "version: 0.1\nlog: {level: error}\nstorage: {filesystem: {rootdirectory: " + path("data")
                  + "}}\nhttp: {addr: \"" + host() + "\"}\n"
                  + (m_auth == Auth::Password ? "auth: {htpasswd: {realm: test, path: " + path("htpasswd") + "}}\n"
                                              : QByteArray()));
        // bcrypt of `password`
        write("htpasswd", QByteArray(user) + ":$2b$05$i5TIDdd3nQmBfalPWWvh5ObtSZmz.72rpBQYIq5o/Q0FtSLh0uy9u\n");
        m_process.setStandardOutputFile(QProcess::nullDevice());
        m_process.setStandardErrorFile(QString::fromUtf8(path("log")));
        m_process.start(QStringLiteral("docker-registry"),
                        {QStringLiteral("serve"), QString::fromUtf8(path("config.yml"))});
        return m_process.waitForStarted() && answers();
    }
    void stop()
    {
        if (m_process.state() == QProcess::NotRunning)
            return;
        m_process.terminate();
        if (!m_process.waitForFinished(3000)) {
            m_process.kill();
            m_process.waitForFinished(3000);
        }
    }

private:
    bool answers() const
    {
        for (int attempt = 0; attempt < 100 && m_process.state() == QProcess::Running; ++attempt) {
            const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
            sockaddr_in address = {};
            address.sin_family = AF_INET;
            address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
            address.sin_port = htons(host().mid(host().indexOf(':') + 1).toUShort());
            const bool open = ::connect(socket, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0;
            ::close(socket);
            if (open)
                return true;
            QTest::qSleep(50);
        }
        return false;
    }
    QByteArray path(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)).toUtf8(); }
    void write(const char *name, const QByteArray &bytes) const
    {
        QFile file(QString::fromUtf8(path(name)));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write the registry's files");
    }

    Auth m_auth;
    QTemporaryDir m_folder;
    Port m_port;
    QProcess m_process;
};

} // namespace e2e
