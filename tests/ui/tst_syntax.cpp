// What our Dockerfile definition makes of Dockerfiles, line by line, against files that scripts/golden renews.
#include "editor/syntaxrepository.h"

#include <QDir>
#include <QFile>
#include <QtTest>

#ifdef RUNNER_HAVE_HIGHLIGHTING
#if __has_include(<KSyntaxHighlighting/AbstractHighlighter>)
#include <KSyntaxHighlighting/AbstractHighlighter>
#include <KSyntaxHighlighting/Format>
#include <KSyntaxHighlighting/State>
#else
#include <AbstractHighlighter>
#include <Format>
#include <State>
#endif

using namespace runner::ui;

namespace {

/// Writes a line as "text" and below it what each piece is. Formats of other definitions, which differ between the
/// library's versions, are called by the definition they come from.
class Writer final : public KSyntaxHighlighting::AbstractHighlighter
{
public:
    Writer()
    {
        setDefinition(syntaxRepository().definitionForName(dockerfileDefinition));
        for (const auto &format : definition().formats())
            m_own.insert(format.id());
    }

    QString write(const QString &text)
    {
        KSyntaxHighlighting::State state;
        QString result;
        const QStringList lines = text.split(u'\n');
        for (const QString &line : lines) {
            m_pieces.clear();
            m_line = line;
            state = highlightLine(line, state);
            result += line + u'\n' + m_pieces.join(QString());
        }
        return result;
    }

private:
    void applyFormat(int offset, int length, const KSyntaxHighlighting::Format &format) override
    {
        if (length == 0)
            return;
        const QString name = m_own.contains(format.id()) ? format.name() : QStringLiteral("embedded");
        const QString text = m_line.mid(offset, length);
        if (!m_pieces.isEmpty() && m_lastName == name && m_lastEnd == offset) {
            m_pieces.last().chop(1);
            m_pieces.last() += text + u'\n';
        } else if (name != QLatin1String("Normal Text")) {
            m_pieces.append(QStringLiteral("    %1: %2\n").arg(name, text));
        }
        m_lastName = name;
        m_lastEnd = offset + length;
    }

    QSet<int> m_own;
    QString m_line;
    QStringList m_pieces;
    QString m_lastName;
    int m_lastEnd = -1;
};

QString read(const QString &file)
{
    QFile in(file);
    return in.open(QIODevice::ReadOnly) ? QString::fromUtf8(in.readAll()) : QString();
}

} // namespace

class TestSyntax final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void definitionIsFound()
    {
        const auto definition = syntaxRepository().definitionForName(dockerfileDefinition);
        QVERIFY(definition.isValid());
        QVERIFY(!definition.includedDefinitions().isEmpty());
    }

    void golden_data()
    {
        QTest::addColumn<QString>("file");
        const QDir folder(QStringLiteral(RUNNER_SOURCE_DIR "/tests/ui/syntax/dockerfiles"));
        for (const QString &name : folder.entryList({QStringLiteral("*.dockerfile")}))
            QTest::newRow(qPrintable(name)) << folder.filePath(name);
    }

    void golden()
    {
        QFETCH(QString, file);
        const QString expectedFile = file.chopped(10) + QStringLiteral("expected");
        const QString got = Writer().write(read(file));
        if (qEnvironmentVariableIsSet("RUNNER_RENEW_GOLDEN")) {
            QFile out(expectedFile);
            QVERIFY(out.open(QIODevice::WriteOnly));
            out.write(got.toUtf8());
        }
        const QStringList expected = read(expectedFile).split(u'\n');
        const QStringList lines = got.split(u'\n');
        for (qsizetype i = 0; i < std::min(expected.size(), lines.size()); ++i)
            QVERIFY2(lines[i] == expected[i], qPrintable(QStringLiteral("line %1 of %2: \"%3\" instead of \"%4\"")
                                                             .arg(i + 1)
                                                             .arg(expectedFile, lines[i], expected[i])));
        QCOMPARE(lines.size(), expected.size());
    }

    /// A heredoc of RUN is the shell's: its pieces look as they do in a shell script of its own.
    void shellBodiesAreShell()
    {
        const QString body = QStringLiteral("if [ -n \"$A\" ]; then echo 'b' | tee c; fi # d");
        QCOMPARE(formatsOf(dockerfileDefinition, QStringLiteral("RUN <<EOF\n%1\nEOF").arg(body), 1),
                 formatsOf(QStringLiteral("Bash"), body, 0));
        QVERIFY(formatsOf(QStringLiteral("Bash"), body, 0).size() > 5);
    }

    /// Every heredoc of our own Dockerfiles ends where its end stands: the instruction after it is one.
    void ownDockerfilesStayInStep()
    {
        const QDir pack(QStringLiteral(RUNNER_SOURCE_DIR "/pack"));
        int seen = 0;
        for (const QString &backend : pack.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
            const QString text = read(pack.filePath(backend + QStringLiteral("/Dockerfile")));
            const QString written = Writer().write(text);
            for (const QString &line : text.split(u'\n')) {
                if (!line.startsWith(QLatin1String("FROM ")))
                    continue;
                ++seen;
                QVERIFY2(written.contains(line + QStringLiteral("\n    Instruction: FROM\n")), qPrintable(line));
            }
        }
        QVERIFY(seen > 8);
    }

private:
    static QStringList formatsOf(const QString &definition, const QString &text, int wanted)
    {
        struct Collector final : KSyntaxHighlighting::AbstractHighlighter
        {
            using AbstractHighlighter::highlightLine;
            void applyFormat(int offset, int length, const KSyntaxHighlighting::Format &format) override
            {
                if (length > 0)
                    pieces.append(QStringLiteral("%1+%2 %3").arg(offset).arg(length).arg(format.name()));
            }
            QStringList pieces;
        } collector;
        collector.setDefinition(syntaxRepository().definitionForName(definition));
        KSyntaxHighlighting::State state;
        const QStringList lines = text.split(u'\n');
        for (int i = 0; i <= wanted; ++i) {
            collector.pieces.clear();
            state = collector.highlightLine(lines[i], state);
        }
        return collector.pieces;
    }
};

QTEST_GUILESS_MAIN(TestSyntax)
#include "tst_syntax.moc"

#else

int main()
{
    qWarning("skipped: built without KSyntaxHighlighting");
    return 77;
}

#endif
