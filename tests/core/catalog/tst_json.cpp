// Reading an older catalogue: what it keeps, and every way a file can be wrong.
#include "catalog/query.h"
#include "catalogtest.h"

#include <nlohmann/json.hpp>

using namespace runner;
using namespace catalogtest;
using catalog::Records;

namespace {

const QByteArray good = R"({"backend":"cuda","backend_version":"12.9","original_backend_version":"12.9.1",)"
                        R"("backend_variant":"","service":"vllm","service_version":"0.17.1","platform":"linux/amd64",)"
                        R"("docker_image":"gpustack/runner:cuda12.9-vllm0.17.1","deprecated":false})";

QByteArray with(const QByteArray &from, const QByteArray &to)
{
    QByteArray text = good;
    text.replace(from, to);
    return text;
}

} // namespace

class TestJson : public QObject
{
    Q_OBJECT

private slots:
    void readsPlaces();
    void keepsOwnOrder();
    void optionalMembers();
    void keepsUnknownMembers();
    void writesUnknownMembersBack();
    void writesOneLine();
    void escapes();
    void badRecords_data();
    void badRecords();
    void invalidFiles_data();
    void invalidFiles();
    void notAList_data();
    void notAList();
    void deepNesting_data();
    void deepNesting();
    void everyTruncation();
    void everyByteReplaced();
    void oneLongLine();
};

void TestJson::readsPlaces()
{
    const Records records = readRecords("[\n  " + good + ",\r\n\t" + good + "\n]\n");
    QCOMPARE(records.size(), 2U);
    QVERIFY(records[0].where == (Location{"runner.json", 2, 3}));
    QVERIFY(records[1].where == (Location{"runner.json", 3, 2}));
    QVERIFY(records[0] == records[1]);
    QCOMPARE(records[0].originalBackendVersion, std::string("12.9.1"));
    QVERIFY(readRecords(" [ ] ").empty());
}

void TestJson::keepsOwnOrder()
{
    const Records records = readRecords("[" + with("cuda\"", "zeta\"") + "," + good + "]");
    QCOMPARE(records[0].backend, std::string("zeta"));
}

void TestJson::optionalMembers()
{
    const Records records =
        readRecords(R"([{"backend":"a","backend_version":"1.0","service":"b","service_version":"2","platform":"p",)"
                    R"("docker_image":"i","backend_variant":null,"deprecated":null}])");
    QCOMPARE(records.at(0).originalBackendVersion, std::string("1.0"));
    QCOMPARE(records.at(0).backendVariant, std::string());
    QVERIFY(!records.at(0).deprecated);
    QVERIFY(readRecords("[" + with("12.9.1", "") + "]").at(0).originalBackendVersion.empty());
}

void TestJson::keepsUnknownMembers()
{
    const QByteArray extra = R"("dependencies" : { "torch": "2.9\u0030" , "a" : [ ] } , "size": 1.50e+400,)"
                             R"("id" : 123456789012345678901234567890, "deprecated":true, "x": null, "" : {}})";
    const Records records = readRecords("[" + with("\"deprecated\":false}", extra) + "]");
    QVERIFY(records.at(0).deprecated);
    QCOMPARE(records.at(0).members, std::string(R"({"dependencies":{"torch":"2.9\u0030","a":[]},"size":1.50e+400,)"
                                                R"("id":123456789012345678901234567890,"x":null,"":{}})"));
}

void TestJson::writesUnknownMembersBack()
{
    const Records records =
        readRecords("[" + with("\"deprecated\":false}", R"("b":{"torch":"2.9"},"a":1e9,"c":[]})") + "]");
    const std::string text = catalog::toJson(records, catalog::Grouping::Runner);
    QVERIFY(readRecords(QByteArray::fromStdString(text)) == records);
    const std::string end = "    \"deprecated\": false,\n    \"b\": {\n      \"torch\": \"2.9\"\n    },\n"
                            "    \"a\": 1e9,\n    \"c\": []\n  }\n]\n";
    QCOMPARE(text.substr(text.size() - end.size()), end);
    const auto platform = [](const QJsonDocument &view, const QStringList &path) {
        QJsonValue value = view.array().at(0);
        for (const QString &key : path)
            value = value.toObject().value(key).toArray().at(0);
        return value.toObject();
    };
    const auto byBackend = platform(json(catalog::toJson(records, catalog::Grouping::Backend)),
                                    {"versions", "variants", "services", "versions", "platforms"});
    QCOMPARE(byBackend.value("b").toObject().value("torch").toString(), QString("2.9"));
    const auto byService = platform(json(catalog::toJson(records, catalog::Grouping::Service)),
                                    {"versions", "backends", "versions", "variants", "platforms"});
    QCOMPARE(byService, byBackend);
}

void TestJson::writesOneLine()
{
    const Records records = readRecords("[" + with("\"deprecated\":false}", R"("d":{"t":[1,2]}})") + "]");
    const std::string line = catalog::toJsonLine(records[0]);
    QVERIFY(line.find('\n') == std::string::npos);
    QVERIFY(line.starts_with(R"({"backend": "cuda", "backend_version": "12.9", )"));
    QVERIFY(line.ends_with(R"("deprecated": false, "d": {"t": [1, 2]}})"));
    QVERIFY(readRecords(QByteArray::fromStdString("[" + line + "]")) == records);
}

void TestJson::escapes()
{
    auto item = record("c\"\\\n\t\r\x01", "1", "1", "\xC3\xBC", "vllm\xff\xC3", "1", std::string("\0x", 2));
    const auto object = json(catalog::toJson({item}, catalog::Grouping::Runner)).array().at(0).toObject();
    QCOMPARE(object.value("backend").toString(), QString::fromUtf8("c\"\\\n\t\r\x01"));
    QCOMPARE(object.value("backend_variant").toString(), QString(QChar(0xFC)));
    QCOMPARE(object.value("service").toString(), QString("vllm") + QString(2, QChar::ReplacementCharacter));
    QCOMPARE(object.value("platform").toString(), QString(QChar(0)) + "x");
    item.members = R"({"a":[}]}},{"b")";
    catalog::toJson({item}, catalog::Grouping::Backend); // Not valid, but must not break the writer either.
}

void TestJson::badRecords_data()
{
    QTest::addColumn<QByteArray>("record");
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("message");
    QTest::newRow("number") << QByteArray("12") << 2 << "A record is an object, but this is none";
    QTest::newRow("list") << QByteArray("[[],{}]") << 2 << "A record is an object, but this is none";
    QTest::newRow("null") << QByteArray("null") << 2 << "A record is an object, but this is none";
    QTest::newRow("empty") << QByteArray("{}") << 2 << "The record has no member 'backend'";
    QTest::newRow("missing") << with("\"platform\"", "\"flatform\"") << 2 << "The record has no member 'platform'";
    QTest::newRow("wrong type") << with("\"cuda\"", "{\"a\":[1]}") << 13 << "The member 'backend' should be a text";
    QTest::newRow("null text") << with("\"cuda\"", "null") << 13 << "The member 'backend' should be a text";
    QTest::newRow("huge number") << with("\"cuda\"", "1e999999999") << 13 << "The member 'backend' should be a text";
    QTest::newRow("text as truth") << with("false", "\"no\"") << good.indexOf("false") + 2
                                   << "The member 'deprecated' should be true or false";
    QTest::newRow("twice") << with("{\"backend\":", "{\"backend\":\"x\",\"b\\u0061ckend\":") << 32
                           << "The record has the member 'backend' twice";
    QTest::newRow("unknown twice") << with("{", "{\"x\":1,\"x\":2,") << 13 << "The record has the member 'x' twice";
}

void TestJson::badRecords()
{
    QFETCH(QByteArray, record);
    QFETCH(int, column);
    QFETCH(QString, message);
    Problems problems;
    const auto records = catalog::readJson(("[" + record + ",\n" + good + "]").toStdString(), "runner.json", problems);
    QVERIFY2(records, records ? "" : records.error().message.c_str());
    QCOMPARE(records->size(), 1U);
    QCOMPARE(records->at(0).where.line, 2);
    QCOMPARE(problems.size(), 1U);
    QCOMPARE(problems[0].id, std::string("catalog-bad-record"));
    QCOMPARE(QString::fromStdString(problems[0].message), message);
    QCOMPARE(problems[0].where.line, 1);
    QCOMPARE(problems[0].where.column, column);
}

void TestJson::invalidFiles_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    const auto row = [](const char *name, const QByteArray &text, int line, int column) {
        QTest::newRow(name) << text << line << column;
    };
    row("empty", "", 1, 1);
    row("blanks", " \n ", 2, 2);
    row("unclosed", "[", 1, 2);
    row("unclosed record", "[\n" + good.left(20), 2, 21);
    row("trailing text", "[] x", 1, 4);
    row("two lists", "[] []", 1, 4);
    row("trailing comma", "[" + good + ",\n]", 2, 1);
    row("missing comma", "[" + good + "\n" + good + "]", 2, 1);
    row("missing colon", "[{\"a\" 1}]", 1, 7);
    row("key is no text", "[{1:2}]", 1, 3);
    row("bad word", "[{\"x\":tru}]", 1, 10);
    row("bad number", "[{\"x\":01}]", 1, 8);
    row("bad number in a list", "[{\"x\":[-]}]", 1, 9);
    row("bad escape", "[{\"x\":\"\\q\"}]", 1, 9);
    row("lone surrogate", "[{\"x\":\"\\ud800\"}]", 1, 14);
    row("single quotes", "[{'x':1}]", 1, 3);
    row("comment", "[\n// x\n]", 2, 1);
    row("unclosed text", "[\"x\n]", 1, 4);
    row("invalid UTF-8", "[\n\"\xC3\xBC\xff\"]", 2, 3);
    row("NUL", QByteArray("[\0]", 3), 1, 2);
    row("mismatched", "[{]", 1, 3);
    row("after a huge number", "[{\"x\":1e999,\n\"y\":tru}]", 2, 5);
    row("mismatched inside", "[{\"x\":[}]}]", 1, 8);
    row("text after a text", "[\"a\"b]", 1, 5);
}

void TestJson::invalidFiles()
{
    QFETCH(QByteArray, text);
    QFETCH(int, line);
    QFETCH(int, column);
    Problems problems;
    const auto records = catalog::readJson(text.toStdString(), "runner.json", problems);
    QVERIFY(!records);
    QCOMPARE(records.error().id, std::string("json-invalid"));
    QCOMPARE(records.error().where.line, line);
    QCOMPARE(records.error().where.column, column);
    QVERIFY(!records.error().message.empty() && !records.error().advice.empty());
}

void TestJson::notAList_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text : {"\n {}", "\n \"x\"", "\n 1", "\n true", "\n null"})
        QTest::newRow(text) << QByteArray(text);
}

void TestJson::notAList()
{
    QFETCH(QByteArray, text);
    Problems problems;
    const auto records = catalog::readJson(text.toStdString(), "runner.json", problems);
    QVERIFY(!records);
    QCOMPARE(records.error().id, std::string("catalog-not-a-list"));
    QVERIFY(records.error().where == (Location{"runner.json", 2, 2}));
}

void TestJson::deepNesting_data()
{
    QTest::addColumn<QByteArray>("text");
    const QByteArray lists = QByteArray(10000, '[') + QByteArray(10000, ']');
    QByteArray objects;
    for (int i = 0; i < 10000; ++i)
        objects += "{\"a\":";
    objects += "1" + QByteArray(10000, '}');
    QTest::newRow("lists") << lists;
    QTest::newRow("unclosed lists") << QByteArray(10000, '[');
    QTest::newRow("objects") << "[" + objects + "]";
    QTest::newRow("in a member") << "[" + with("false", lists) + "]";
    QTest::newRow("in an unknown member") << "[" + with("{", "{\"x\":" + objects + ",") + "]";
}

void TestJson::deepNesting()
{
    QFETCH(QByteArray, text);
    Problems problems;
    const auto records = catalog::readJson(text.toStdString(), "runner.json", problems);
    QVERIFY(!records);
    QCOMPARE(records.error().id, std::string("json-invalid"));
    QCOMPARE(records.error().where.line, 1);
}

void TestJson::everyTruncation()
{
    const std::string text = "[" + with("false", "false,\"d\":{\"t\":[1,\"\\u00fc\"]}").toStdString() + "]";
    for (std::size_t size = 0; size < text.size(); ++size) {
        Problems problems;
        const auto records = catalog::readJson(text.substr(0, size), "runner.json", problems);
        QVERIFY2(!records, text.substr(0, size).c_str());
        QCOMPARE(records.error().id, std::string("json-invalid"));
    }
}

// What is JSON and what is not has to be the same to another reader.
void TestJson::everyByteReplaced()
{
    const QByteArray text = "[" + with("false", "false,\"d\":{\"t\":[-1.5e3,true,\"\\u00fc\"],\"n\":null}") + "]";
    for (qsizetype at = 0; at < text.size(); ++at) {
        for (const char c : {'"', '\\', '{', '}', '[', ']', ',', ':', '0', 'e', ' ', '\n', '\0', '\xff', '-', 'u'}) {
            QByteArray changed = text;
            changed[at] = c;
            Problems problems;
            const auto records = catalog::readJson(changed.toStdString(), "runner.json", problems);
            if (nlohmann::json::accept(changed.toStdString()))
                QVERIFY2(records || records.error().id == "catalog-not-a-list", changed.constData());
            else
                QVERIFY2(!records, changed.constData());
        }
    }
}

void TestJson::oneLongLine()
{
    QByteArray text = "[";
    for (int i = 0; i < 20000; ++i)
        text += good + ",";
    text += good + "]";
    const Records records = readRecords(text);
    QCOMPARE(records.size(), 20001U);
    QCOMPARE(records.back().where.line, 1);
    QCOMPARE(records.back().where.column, static_cast<int>(text.size() - good.size()));
}

QTEST_APPLESS_MAIN(TestJson)
#include "tst_json.moc"
