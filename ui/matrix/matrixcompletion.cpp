#include "matrix/matrixcompletion.h"

#include "editor/completion.h"
#include "editor/openscalar.h"
#include "matrix/argumenthints.h"

#include <QRegularExpression>

#include <set>

namespace runner::ui {

namespace {

constexpr int mostLines = 200; // A rule is shorter; a longer one gets no completion at its end.

/// What stands around a place: the key it is a value of, and what its rule says above and below.
struct Surroundings
{
    QString key;
    QString backend;
    QStringList services;
};

int indentOf(const QString &line)
{
    int indent = 0;
    while (indent < line.size() && line[indent] == QLatin1Char(' '))
        ++indent;
    return indent;
}

QString unquoted(QString value)
{
    value = value.trimmed();
    if (value.size() >= 2 && (value[0] == QLatin1Char('"') || value[0] == QLatin1Char('\'')))
        value = value.mid(1, value.size() - 2);
    return value;
}

QString keyOf(const QString &line)
{
    static const QRegularExpression pattern(QStringLiteral("^\\s*(?:- +)?([A-Za-z_]+):(?:\\s|$)"));
    return pattern.match(line).captured(1);
}

bool beginsRule(const QString &line)
{
    static const QRegularExpression pattern(QStringLiteral("^\\s*- +[A-Za-z_]+:"));
    return pattern.match(line).hasMatch();
}

/// The key of the line itself, else the one above that the list item belongs to.
QString keyAt(const QStringList &lines, int line)
{
    const QString own = keyOf(lines[line]);
    if (!own.isEmpty())
        return own;
    for (int at = line - 1; at >= 0 && at > line - mostLines; --at) {
        const QString key = keyOf(lines[at]);
        if (!key.isEmpty() && indentOf(lines[at]) <= indentOf(lines[line]))
            return key;
        if (!key.isEmpty())
            return {};
    }
    return {};
}

/// The lines around a place, as many as anything here looks at: the text may have many thousands.
struct Nearby
{
    QStringList lines;
    int line = 0; ///< Of them, the one that the place is in.
};

Nearby linesNear(const QString &text, int position)
{
    const QStringView before = QStringView(text).left(position);
    const QStringView behind = QStringView(text).mid(position);
    qsizetype begin = before.size();
    for (int above = 0; begin > 0 && above <= mostLines; ++above)
        begin = before.left(begin - (above > 0 ? 1 : 0)).lastIndexOf(u'\n') + 1;
    qsizetype end = 0;
    for (int below = 0; end >= 0 && below <= 2 * mostLines; ++below)
        end = behind.indexOf(u'\n', end + (below > 0 ? 1 : 0));
    const QString part = text.mid(begin, before.size() - begin + (end < 0 ? behind.size() : end));
    return {part.split(QLatin1Char('\n')), static_cast<int>(before.mid(begin).count(u'\n'))};
}

Surroundings surroundingsOf(const QStringList &lines, int line)
{
    Surroundings result{keyAt(lines, line), {}, {}};
    int first = line;
    while (first > 0 && first > line - mostLines && !beginsRule(lines[first]))
        --first;
    QString key;
    for (int at = first; at < lines.size() && at < first + mostLines && (at == first || !beginsRule(lines[at])); ++at) {
        const QString own = keyOf(lines[at]);
        key = own.isEmpty() ? key : own;
        const QString value = unquoted(lines[at].section(own.isEmpty() ? QLatin1Char('-') : QLatin1Char(':'), 1));
        if (own == QLatin1String("backend"))
            result.backend = value;
        else if (key == QLatin1String("services") && own.isEmpty() && !value.isEmpty())
            result.services << value;
        else if (own == QLatin1String("services"))
            result.services << QString(value)
                                   .remove(QRegularExpression(QStringLiteral("[\\[\\]\"' ]")))
                                   .split(QLatin1Char(','), Qt::SkipEmptyParts);
    }
    return result;
}

/// The line without what is written at the column.
QString withoutScalarAt(const QString &line, qsizetype column)
{
    static const QRegularExpression end(QStringLiteral("[\\s,\"'\\]]|$"));
    const qsizetype begin = openScalar(QStringView(line).left(column)).begin;
    return line.left(begin) + line.mid(end.match(line, column).capturedStart());
}

} // namespace

void MatrixCompletion::addRow(const QString &text, const QString &detail, const QString &hint, const QString &next)
{
    auto *item = new QStandardItem(text);
    item->setData(detail, CompletionDetail);
    item->setData(hint, CompletionHint);
    item->setData(next, CompletionNext);
    appendRow(item);
}

void MatrixCompletion::addBackends()
{
    for (const matrix::Backend &backend : m_loaded->workspace->matrix.backends)
        addRow(QString::fromStdString(backend.id), QString::fromStdString(backend.name));
}

void MatrixCompletion::addServices(const QStringList &but)
{
    for (const matrix::Service &service : m_loaded->workspace->matrix.services) {
        if (!but.contains(QString::fromStdString(service.id)))
            addRow(QString::fromStdString(service.id), QString::fromStdString(service.name));
    }
}

void MatrixCompletion::addPlatforms()
{
    std::set<std::string> platforms(matrix::defaultPlatforms().begin(), matrix::defaultPlatforms().end());
    for (const matrix::Rule &rule : m_loaded->workspace->matrix.rules) {
        for (const matrix::Value &platform : rule.platforms) {
            if (platform.text.find('/') != std::string::npos) // Else it is being typed.
                platforms.insert(platform.text);
        }
    }
    for (const std::string &platform : platforms)
        addRow(QString::fromStdString(platform), {});
}

void MatrixCompletion::addArguments(const std::string &backend, const std::vector<std::string> &services)
{
    matrix::Rule rule;
    rule.backend.text = backend;
    for (const std::string &service : services)
        rule.services.push_back({service, {}});
    for (const ArgumentHint &hint : argumentHints(*m_loaded->workspace, rule))
        addRow(hint.name, hint.defaultText, hint.description, QStringLiteral("="));
}

void MatrixCompletion::fill(const QString &text, int position)
{
    clear();
    if (!m_loaded)
        return;
    const Nearby near = linesNear(text, position);
    QStringList lines = near.lines;
    const int line = near.line;
    const auto column = position - static_cast<int>(text.lastIndexOf(QLatin1Char('\n'), std::max(0, position - 1)) + 1);
    if (lines[line].trimmed().startsWith(QLatin1Char('#')))
        return;
    const Surroundings around = surroundingsOf(lines, line);
    if (around.key == QLatin1String("backend")) {
        addBackends();
    } else if (around.key == QLatin1String("services")) {
        lines[line] = withoutScalarAt(lines[line], column);
        addServices(surroundingsOf(lines, line).services);
    } else if (around.key == QLatin1String("platforms")) {
        addPlatforms();
    } else if (around.key == QLatin1String("args")) {
        const QString before = lines[line].left(column);
        std::vector<std::string> services;
        for (const QString &service : around.services)
            services.push_back(service.toStdString());
        if (!before.mid(openScalar(before).begin).contains(QLatin1Char('='))) // Behind it a value is written.
            addArguments(around.backend.toStdString(), services);
    }
}

} // namespace runner::ui
