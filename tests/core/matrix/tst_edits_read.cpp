// Every kind of edit on every rule of every real matrix, read by an independent YAML reader.
#include "matrix/edit/headeredits.h"
#include "matrix/edit/ruleedits.h"
#include "matrix/edit/rulelistedits.h"
#include "matrix/edit/runneredits.h"
#include "realmatrices.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>

using namespace runner;
using namespace runner::matrix;
using namespace runner::matrix::edit;

namespace {

QJsonObject jsonOf(const Rule &rule)
{
    QJsonObject object{{QStringLiteral("backend"), QString::fromStdString(rule.backend.text)}};
    const auto list = [](const auto &values) {
        QJsonArray array;
        for (const auto &value : values)
            array << QString::fromStdString(value.text);
        return array;
    };
    object[QStringLiteral("services")] = list(rule.services);
    if (!rule.platforms.empty())
        object[QStringLiteral("platforms")] = list(rule.platforms);
    if (rule.arguments)
        object[QStringLiteral("args")] = list(*rule.arguments);
    return object;
}

// Writes a case for the reader after it has seen that undo gives the old text.
class Cases
{
public:
    explicit Cases(const RealMatrix &matrix)
        : m_matrix(matrix)
    {
    }

    void add(const Edit &edit, const QJsonArray &action)
    {
        const Document &document = m_matrix.document;
        const auto edited = applyEdit(document, edit);
        const QByteArray what = m_matrix.name.toUtf8() + ' ' + QJsonDocument(action).toJson(QJsonDocument::Compact);
        QVERIFY2(edited, (what + ": " + QByteArray::fromStdString(edited ? "" : edited.error().message)).constData());
        const std::string &after = edited->document.text();
        QVERIFY2(text::patched(document.text(), edited->patches) == after, what.constData());
        QVERIFY2(text::patched(after, text::inverse(document.text(), edited->patches)) == document.text(),
                 what.constData());
        const QJsonObject line{{QStringLiteral("name"), m_matrix.name},
                               {QStringLiteral("action"), action},
                               {QStringLiteral("before"), QString::fromStdString(document.text())},
                               {QStringLiteral("after"), QString::fromStdString(after)}};
        m_lines += QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n';
    }

    QByteArray lines() const { return m_lines; }

private:
    const RealMatrix &m_matrix;
    QByteArray m_lines;
};

QJsonArray action(const char *name, std::initializer_list<QJsonValue> rest)
{
    QJsonArray array{QString::fromLatin1(name)};
    for (const QJsonValue &value : rest)
        array << value;
    return array;
}

QString q(const std::string &text)
{
    return QString::fromStdString(text);
}

void addArgumentCases(Cases &cases, const Rule &rule, std::size_t index)
{
    const int i = static_cast<int>(index);
    cases.add(setArgument({index}, "NEW_ARGUMENT", "no: # \"x\" 'y'"),
              action("set", {i, QStringLiteral("NEW_ARGUMENT"), QStringLiteral("no: # \"x\" 'y'")}));
    if (!rule.arguments || rule.arguments->empty())
        return;
    const std::string name = rule.arguments->front().name();
    cases.add(setArgument({index}, name, "1.10"), action("set", {i, q(name), QStringLiteral("1.10")}));
    cases.add(unsetArgument(index, name), action("unset", {i, q(name)}));
    cases.add(renameArgument(index, name, "OTHER_NAME"), action("rename", {i, q(name), QStringLiteral("OTHER_NAME")}));
}

void addListCases(Cases &cases, const Rule &rule, std::size_t index)
{
    const int i = static_cast<int>(index);
    cases.add(addService(index, "new-service"), action("add-service", {i, QStringLiteral("new-service")}));
    if (rule.services.size() > 1)
        cases.add(removeService(index, rule.services.front().text),
                  action("remove-service", {i, q(rule.services.front().text)}));
    cases.add(addPlatform(index, "linux/riscv64"), action("add-platform", {i, QStringLiteral("linux/riscv64")}));
    if (rule.effectivePlatforms().size() > 1)
        cases.add(removePlatform(index, "linux/arm64"), action("remove-platform", {i, QStringLiteral("linux/arm64")}));
}

void addOrderCases(Cases &cases, const RealMatrix &matrix, std::size_t index)
{
    const int i = static_cast<int>(index);
    RuleDraft rule{"cuda", {"vllm", "sglang"}, {"linux/amd64"}, {"CUDA_VERSION=12.9.1"}};
    const QJsonObject json{{QStringLiteral("backend"), QStringLiteral("cuda")},
                           {QStringLiteral("services"), QJsonArray{QStringLiteral("vllm"), QStringLiteral("sglang")}},
                           {QStringLiteral("platforms"), QJsonArray{QStringLiteral("linux/amd64")}},
                           {QStringLiteral("args"), QJsonArray{QStringLiteral("CUDA_VERSION=12.9.1")}}};
    cases.add(addRule(rule, index), action("add-rule", {i + 1, json}));
    if (index == 0)
        cases.add(addRule(rule, Place::Front), action("add-rule", {0, json}));
    cases.add(duplicateRule(index), action("duplicate", {i}));
    cases.add(removeRule(index), action("remove", {i}));
    cases.add(disableRule(index), action("disable", {i}));
    const std::size_t count = matrix.document.matrix().rules.size();
    for (const std::size_t position : {std::size_t{0}, count - 1, index / 2, (index + count) / 2}) {
        if (position != index)
            cases.add(moveRule(index, position), action("move", {i, static_cast<int>(position)}));
    }
}

QJsonValue flag(bool set, bool value)
{
    return set ? QJsonValue(value) : QJsonValue();
}

void addEntryCases(Cases &cases, const RunnerEntry &entry, const EntryRef &ref)
{
    const auto said = [&](const char *key, const QJsonValue &value) {
        return action("entry", {static_cast<int>(ref.row), q(ref.service), static_cast<int>(ref.entry),
                                QString::fromLatin1(key), value});
    };
    cases.add(setDeprecated({ref}, !entry.deprecated()), said("deprecated", flag(!entry.deprecated(), true)));
    cases.add(setPolished({ref}, !entry.polished), said("polished", flag(!entry.polished, true)));
    cases.add(setListed({ref}, !entry.listed), said("listed", flag(entry.listed, false)));
    cases.add(setReleaseCandidate({ref}, !entry.releaseCandidate),
              said("stage", entry.releaseCandidate ? QJsonValue() : QJsonValue(QStringLiteral("rc"))));
    if (entry.platforms.size() > 1 && entry.deprecatedPlatforms.empty())
        cases.add(setDeprecatedPlatforms(ref, {entry.platforms.back()}),
                  said("deprecated", QJsonArray{q(entry.platforms.back())}));
    cases.add(removeEntries({ref}),
              action("remove-entry", {static_cast<int>(ref.row), q(ref.service), static_cast<int>(ref.entry)}));
}

void addRowCases(Cases &cases, const RunnerRow &row, std::size_t index)
{
    NewEntry entry;
    entry.version = "99.1";
    entry.platforms = {"linux/amd64"};
    const QJsonObject json{{QStringLiteral("version"), QStringLiteral("99.1")},
                           {QStringLiteral("platforms"), QJsonArray{QStringLiteral("linux/amd64")}}};
    for (const std::string service : {"mindie", "vllm", "sglang", "voxbox"})
        cases.add(addEntry(index, service, entry), action("add-entry", {static_cast<int>(index), q(service), 0, json}));
    for (const RunnerCell &cell : row.cells) {
        for (std::size_t i = 0; i < cell.entries.size(); ++i)
            addEntryCases(cases, cell.entries[i], {index, cell.service, i});
    }
}

// A row is put where the table's order wants it: the test tells the reader where that was.
void addNewRowCase(Cases &cases, const RealMatrix &matrix, const std::string &backend, const std::string &version)
{
    NewRow row{backend, version, version + ".1", "a3", {}, "vllm", {}};
    row.entry.version = "1.0";
    const auto edited = applyEdit(matrix.document, addRow(row));
    QVERIFY(edited);
    const auto &rows = edited->document.matrix().runners;
    const auto found = std::find_if(rows.begin(), rows.end(), [&](const RunnerRow &each) {
        return each.backend == backend && each.version == version && each.variant == "a3";
    });
    const QJsonObject entry{{QStringLiteral("version"), QStringLiteral("1.0")}};
    cases.add(addRow(row),
              action("add-row", {static_cast<int>(found - rows.begin()),
                                 QJsonObject{{QStringLiteral("backend"), q(backend)},
                                             {QStringLiteral("version"), q(version)},
                                             {QStringLiteral("original_version"), q(version + ".1")},
                                             {QStringLiteral("variant"), QStringLiteral("a3")},
                                             {QStringLiteral("services"),
                                              QJsonObject{{QStringLiteral("vllm"), QJsonArray{entry}}}}}}));
}

void addBackendCases(Cases &cases, const Backend &backend)
{
    const auto said = [&](const char *key, const QJsonValue &value) {
        return action("backend", {q(backend.id), QString::fromLatin1(key), value});
    };
    cases.add(setBackendText(backend.id, BackendText::Name, "Name: new # one"),
              said("name", QStringLiteral("Name: new # one")));
    cases.add(setBackendText(backend.id, BackendText::Title, "no"), said("title", QStringLiteral("no")));
    cases.add(setBackendText(backend.id, BackendText::VariantArgument, "X_ARCHS"),
              said("variant_arg", QStringLiteral("X_ARCHS")));
    QJsonObject variants;
    for (const Variant &variant : backend.variants)
        variants[q(variant.id)] = q(variant.label);
    variants[QStringLiteral("910")] = QStringLiteral("1.10");
    cases.add(setVariant(backend.id, "910", "1.10"), said("variants", variants));
    QJsonArray notes;
    for (const Note &note : backend.notes)
        notes << QJsonObject{
            {QStringLiteral("kind"), note.kind == NoteKind::Note ? QStringLiteral("note") : QStringLiteral("warning")},
            {QStringLiteral("text"), q(note.text)}};
    for (std::size_t i = 0; i < backend.notes.size(); ++i) {
        QJsonArray fewer = notes;
        fewer.removeAt(static_cast<int>(i));
        cases.add(removeNote(backend.id, i), said("notes", fewer.isEmpty() ? QJsonValue() : QJsonValue(fewer)));
    }
    notes << QJsonObject{{QStringLiteral("kind"), QStringLiteral("warning")},
                         {QStringLiteral("text"), QStringLiteral("A `b`: c\nd")}};
    cases.add(addNote(backend.id, {NoteKind::Warning, "A `b`: c\nd"}), said("notes", notes));
}

} // namespace

class TestEditsRead : public QObject
{
    Q_OBJECT

private slots:
    void everyEditOnEveryRule()
    {
        QByteArray input;
        for (const RealMatrix &matrix : realMatrices()) {
            Cases cases(matrix);
            const Matrix &said = matrix.document.matrix();
            for (std::size_t i = 0; i < said.rules.size(); ++i) {
                addArgumentCases(cases, said.rules[i], i);
                addListCases(cases, said.rules[i], i);
                addOrderCases(cases, matrix, i);
            }
            for (std::size_t i = 0; i < said.disabledRules.size(); ++i)
                cases.add(enableRule(i), action("enable", {static_cast<int>(said.disabledRules[i].before),
                                                           jsonOf(said.disabledRules[i].rule)}));
            input += cases.lines();
            if (QTest::currentTestFailed())
                return;
        }
        check(input);
    }

    void everyEditOnEveryEntry()
    {
        const auto matrices = realMatrices();
        const RealMatrix &matrix = matrices.front();
        QVERIFY(matrix.document.hasSchema());
        Cases cases(matrix);
        const Matrix &said = matrix.document.matrix();
        for (std::size_t i = 0; i < said.runners.size(); ++i)
            addRowCases(cases, said.runners[i], i);
        for (const char *version : {"99.0", "8.4", "0.1"})
            addNewRowCase(cases, matrix, "cann", version);
        addNewRowCase(cases, matrix, "hggc", "1.0");
        for (const Backend &backend : said.backends)
            addBackendCases(cases, backend);
        for (const Service &service : said.services)
            cases.add(setServiceName(service.id, "yes"), action("service", {q(service.id), QStringLiteral("yes")}));
        cases.add(defineService("new", "New one"),
                  action("service", {QStringLiteral("new"), QStringLiteral("New one")}));
        check(cases.lines());
    }

private:
    static void check(const QByteArray &input)
    {
        QProcess python;
        python.setProcessChannelMode(QProcess::MergedChannels);
        python.start(QStringLiteral("python3"), {QStringLiteral(CHECK_EDITS)});
        QVERIFY(python.waitForStarted());
        python.write(input);
        python.closeWriteChannel();
        QVERIFY(python.waitForFinished(-1));
        const QByteArray output = python.readAll();
        if (output.contains("No module named 'yaml'"))
            QSKIP("PyYAML (python3-yaml) is not installed");
        qInfo("%s", output.trimmed().constData());
        QCOMPARE(python.exitCode(), 0);
    }
};

QTEST_APPLESS_MAIN(TestEditsRead)
#include "tst_edits_read.moc"
