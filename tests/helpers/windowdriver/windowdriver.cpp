// Lets a test use the real window program as a user does: a plugin that Qt loads into it (QT_QPA_GENERIC_PLUGINS).
// Takes one request a line from standard input, a JSON array, and answers each with a line of JSON.
//   ["shown", NAME]               whether a widget of that object name is on the screen
//   ["property", NAME, PROPERTY]  null where there is no such object
//   ["type", NAME, TEXT]          key by key into the widget, which has the focus then
//   ["key", NAME, KEYS]           "Ctrl+Home"
//   ["click", NAME]
//   ["action", NAME]              a command of the window, as its menu would
#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QGenericPlugin>
#include <QJsonArray>
#include <QJsonDocument>
#include <QKeyEvent>
#include <QSocketNotifier>
#include <QWidget>

#include <cstdio>
#include <unistd.h>

namespace {

template <typename T>
T *find(const QString &name)
{
    const QWidgetList windows = QApplication::topLevelWidgets();
    for (QWidget *window : windows) {
        if (T *same = window->objectName() == name ? qobject_cast<T *>(window) : nullptr)
            return same;
        if (T *found = window->findChild<T *>(name))
            return found;
    }
    return nullptr;
}

void press(QWidget *widget, int key, const QString &text, Qt::KeyboardModifiers modifiers = {})
{
    for (const QEvent::Type type : {QEvent::KeyPress, QEvent::KeyRelease}) {
        QKeyEvent event(type, key, modifiers, text);
        QApplication::sendEvent(widget, &event);
    }
}

bool type(QWidget *widget, const QString &text)
{
    if (!widget)
        return false;
    widget->setFocus();
    for (const char32_t character : text.toStdU32String()) {
        if (character == U'\n')
            press(widget, Qt::Key_Return, QStringLiteral("\r"));
        else
            press(widget, 0, QString::fromUcs4(&character, 1));
    }
    return true;
}

bool pressKeys(QWidget *widget, const QString &keys)
{
    const QKeySequence sequence(keys);
    if (!widget || sequence.isEmpty())
        return false;
    widget->setFocus();
    press(widget, sequence[0].key(), {}, sequence[0].keyboardModifiers());
    return true;
}

QJsonValue answer(const QString &what, const QString &name, const QString &detail)
{
    auto *widget = find<QWidget>(name);
    if (what == QLatin1String("shown"))
        return widget && widget->isVisible();
    if (what == QLatin1String("type"))
        return type(widget, detail);
    if (what == QLatin1String("key"))
        return pressKeys(widget, detail);
    if (what == QLatin1String("property")) {
        const QObject *object = find<QObject>(name);
        return object ? QJsonValue::fromVariant(object->property(detail.toUtf8().constData())) : QJsonValue();
    }
    if (what == QLatin1String("click")) {
        auto *button = find<QAbstractButton>(name);
        if (button)
            QMetaObject::invokeMethod(button, &QAbstractButton::click, Qt::QueuedConnection); // It may open a dialog.
        return button != nullptr;
    }
    auto *action = find<QAction>(name);
    if (action)
        QMetaObject::invokeMethod(action, &QAction::trigger, Qt::QueuedConnection);
    return action != nullptr;
}

class Driver final : public QObject
{
    Q_OBJECT

public:
    Driver()
        : m_input(STDIN_FILENO, QSocketNotifier::Read)
    {
        connect(&m_input, &QSocketNotifier::activated, this, &Driver::read);
    }

private:
    void read()
    {
        char bytes[4096];
        const ssize_t count = ::read(STDIN_FILENO, bytes, sizeof bytes);
        if (count <= 0) {
            m_input.setEnabled(false);
            return;
        }
        m_pending.append(bytes, static_cast<qsizetype>(count));
        for (qsizetype end = m_pending.indexOf('\n'); end >= 0; end = m_pending.indexOf('\n')) {
            const QJsonArray request = QJsonDocument::fromJson(m_pending.left(end)).array();
            m_pending.remove(0, end + 1);
            const QJsonArray reply{
                answer(request.at(0).toString(), request.at(1).toString(), request.at(2).toString())};
            std::puts(QJsonDocument(reply).toJson(QJsonDocument::Compact).constData());
            std::fflush(stdout);
        }
    }

    QSocketNotifier m_input;
    QByteArray m_pending;
};

class DriverPlugin final : public QGenericPlugin
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID QGenericPluginFactoryInterface_iid FILE "windowdriver.json")

public:
    QObject *create(const QString &, const QString &) override { return new Driver; }
};

} // namespace

#include "windowdriver.moc"
