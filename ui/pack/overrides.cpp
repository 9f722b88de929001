#include "pack/overrides.h"

#include "dockerfile/characters.h"

#include <QCoreApplication>

#include <algorithm>

namespace runner::ui {

namespace {

QString complaintOf(const char *text)
{
    return QCoreApplication::translate("Overrides", text);
}

/// The words; \a open tells of a quote that does not close.
QStringList split(const QString &text, bool &open)
{
    QStringList result;
    QString word;
    QChar quote;
    bool inWord = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if (c == u'\\' && quote != u'\'' && i + 1 < text.size()) {
            word += text.at(++i);
            inWord = true;
        } else if (!quote.isNull()) {
            if (c == quote)
                quote = QChar();
            else
                word += c;
        } else if (c == u'\'' || c == u'"') {
            quote = c;
            inWord = true;
        } else if (!c.isSpace()) {
            word += c;
            inWord = true;
        } else if (inWord) {
            result.append(std::exchange(word, {}));
            inWord = false;
        }
    }
    if (inWord)
        result.append(word);
    open = !quote.isNull();
    return result;
}

std::string nameOf(const std::string &argument)
{
    return argument.substr(0, argument.find('='));
}

} // namespace

Overrides parseOverrides(const QString &typed)
{
    Overrides overrides;
    QStringList complaints;
    bool open = false;
    for (const QString &word : split(typed, open)) {
        std::string text = word.toStdString();
        if (text.find('=') == std::string::npos)
            complaints << complaintOf("“%1” has no value: write NAME=VALUE").arg(word);
        else if (!dockerfile::isIdentifier(nameOf(text)))
            complaints
                << (nameOf(text).empty()
                        ? complaintOf("“%1” has no name: write NAME=VALUE").arg(word)
                        : complaintOf("“%1” is no name of an argument").arg(QString::fromStdString(nameOf(text))));
        else
            overrides.arguments.push_back(std::move(text));
    }
    if (open)
        complaints << complaintOf("A quotation mark does not close");
    overrides.complaint = complaints.join(QStringLiteral(". "));
    return overrides;
}

QString formatOverrides(const std::vector<std::string> &arguments)
{
    QStringList result;
    for (const std::string &argument : arguments) {
        QString text = QString::fromStdString(argument);
        const bool quoted = std::any_of(text.begin(), text.end(),
                                        [](QChar c) { return c.isSpace() || c == u'\'' || c == u'"' || c == u'\\'; });
        if (quoted) {
            const qsizetype value = text.indexOf(u'=') + 1;
            text = text.left(value) + u'"'
                   + text.mid(value).replace(u'\\', QStringLiteral("\\\\")).replace(u'"', QStringLiteral("\\\""))
                   + u'"';
        }
        result.append(text);
    }
    return result.join(u' ');
}

QString withOverride(const QString &typed, const QString &name, const QString &value)
{
    std::vector<std::string> arguments = parseOverrides(typed).arguments;
    std::erase_if(arguments, [&](const std::string &argument) { return nameOf(argument) == name.toStdString(); });
    if (!value.isNull())
        arguments.push_back(name.toStdString() + '=' + value.toStdString());
    return formatOverrides(arguments);
}

} // namespace runner::ui
