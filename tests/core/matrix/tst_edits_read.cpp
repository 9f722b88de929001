// Every kind of edit on every rule of every real matrix, read by an independent YAML reader.
#include "matrix/edit/ruleedits.h"
#include "matrix/edit/rulelistedits.h"
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
    explicit Cases(const RealMatrix &matrix) : m_matrix(matrix) {}

    void add(const Edit &edit, const QJsonArray &action)
    {
        const Document &document = m_matrix.document;
        const auto edited = applyEdit(document, edit);
        const QByteArray what = m_matrix.name.toUtf8() + ' ' + QJsonDocument(action).toJson(QJsonDocument::Compact);
        QVERIFY2(edited, (what + ": " + QByteArray::fromStdString(edited ? "" : edited.error().message)).constData());
        const std::string &after = edited->document.text();
        QVERIFY2(text::apply(document.text(), edited->patches) == after, what.constData());
        QVERIFY2(text::apply(after, text::inverse(document.text(), edited->patches)) == document.text(), what.constData());
        const QJsonObject line{{QStringLiteral("name"), m_matrix.name}, {QStringLiteral("action"), action},
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
        cases.add(removeService(index, rule.services.front().text), action("remove-service", {i, q(rule.services.front().text)}));
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
