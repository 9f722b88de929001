// The window program as a process of its own.
#pragma once

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonValue>
#include <QProcess>
#include <QTemporaryDir>

/// The window program on a pack centre, driven through the plugin of tests/helpers/windowdriver.
class Console
{
public:
    explicit Console(const QTemporaryDir &home)
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
        environment.insert(QStringLiteral("QT_PLUGIN_PATH"), QStringLiteral(DRIVER_PLUGINS));
        environment.insert(QStringLiteral("QT_QPA_GENERIC_PLUGINS"), QStringLiteral("windowdriver"));
        environment.insert(QStringLiteral("XDG_STATE_HOME"), home.filePath(QStringLiteral("state")));
        environment.insert(QStringLiteral("XDG_CONFIG_HOME"), home.filePath(QStringLiteral("config")));
        m_process.setProcessEnvironment(environment);
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(QStringLiteral(RUNNER_CONSOLE),
                        {QStringLiteral("--place"), QStringLiteral("matrix"), home.filePath(QStringLiteral("centre"))});
    }

    ~Console() { kill(); }

    QJsonValue ask(const QJsonArray &request)
    {
        m_process.write(QJsonDocument(request).toJson(QJsonDocument::Compact) + '\n');
        while (!m_process.canReadLine() && m_process.waitForReadyRead(30000)) {
        }
        return QJsonDocument::fromJson(m_process.readLine()).array().at(0);
    }

    bool isShown(const char *name) { return ask({QStringLiteral("shown"), QLatin1String(name)}).toBool(); }
    bool click(const char *name) { return ask({QStringLiteral("click"), QLatin1String(name)}).toBool(); }
    bool trigger(const char *name) { return ask({QStringLiteral("action"), QLatin1String(name)}).toBool(); }
    bool type(const QString &text) { return type("matrixSource", text); }
    bool type(const char *name, const QString &text)
    {
        return ask({QStringLiteral("type"), QLatin1String(name), text}).toBool();
    }
    /// To the start of the text: the cursor stands at the first rule.
    bool goHome()
    {
        return ask({QStringLiteral("key"), QStringLiteral("matrixSource"), QStringLiteral("Ctrl+Home")}).toBool();
    }
    bool isModified() { return property("mainWindow", "windowModified").toBool(); }

    QString text() { return property("matrixSource", "plainText").toString(); }

    QJsonValue property(const char *name, const char *property)
    {
        return ask({QStringLiteral("property"), QLatin1String(name), QLatin1String(property)});
    }

    /// SIGKILL: nothing of the program runs any more.
    void kill()
    {
        m_process.kill();
        m_process.waitForFinished();
    }

    /// SIGTERM, as a session that ends sends it; whether the program has ended by itself, and well.
    bool end()
    {
        m_process.terminate();
        return m_process.waitForFinished(60000) && m_process.exitStatus() == QProcess::NormalExit
               && m_process.exitCode() == 0;
    }

private:
    QProcess m_process;
};
