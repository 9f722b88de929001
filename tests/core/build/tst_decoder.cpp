// From rawjson bytes to events: real recordings in any pieces, and what strangers may send.
#include "recordings.h"

#include "build/base64.h"
#include "build/timestamp.h"

#include <QtTest>

using namespace runner;
using namespace recordings;

namespace {

std::string describe(const build::Event &event)
{
    if (const auto *v = std::get_if<build::VertexEvent>(&event))
        return "vertex " + std::string(v->digest) + " " + std::string(v->name) + " " + std::to_string(v->started) + " "
               + std::to_string(v->completed) + (v->cached ? " cached " : " ") + std::string(v->error) + " "
               + std::to_string(v->inputs.size());
    if (const auto *s = std::get_if<build::StatusEvent>(&event))
        return "status " + std::string(s->vertex) + " " + std::string(s->id) + " " + std::to_string(s->current) + "/"
               + std::to_string(s->total);
    if (const auto *l = std::get_if<build::LogEvent>(&event))
        return "log " + std::string(l->vertex) + " " + std::string(l->data);
    if (const auto *w = std::get_if<build::WarningEvent>(&event))
        return "warning " + w->message + " " + std::to_string(w->details.size()) + " "
               + diagnostics::describe(w->where);
    const auto &text = std::get<build::TextEvent>(event);
    return "text " + std::string(text.line) + (text.continues ? " continues" : "");
}

std::vector<std::string> decode(const std::string &bytes, std::size_t piece = std::string::npos)
{
    std::vector<std::string> events;
    build::Decoder decoder([&](const build::Event &event) { events.push_back(describe(event)); });
    for (std::size_t i = 0; i < bytes.size(); i += std::min(piece, bytes.size()))
        decoder.feed(std::string_view(bytes).substr(i, piece));
    decoder.finish();
    return events;
}

} // namespace

class TestDecoder : public QObject
{
    Q_OBJECT

private slots:
    void anyPieces_data();
    void anyPieces();
    void realFailure();
    void realWarnings();
    void tolerance_data();
    void tolerance();
    void hugeJsonLine();
    void hugeTextLine();
    void base64();
    void times_data();
    void times();
};

void TestDecoder::anyPieces_data()
{
    QTest::addColumn<QByteArray>("file");
    for (const char *name :
         {"success", "cached", "fail", "push", "multi", "daemon-killed", "cancel-KILL-buildx", "warnings", "bake"})
        QTest::newRow(name) << QByteArray(name) + ".jsonl";
}

void TestDecoder::anyPieces()
{
    QFETCH(QByteArray, file);
    const std::string bytes = stream(file);
    const auto whole = decode(bytes);
    QVERIFY(whole.size() > 20);
    for (const std::size_t piece : {1, 7, 64, 1000})
        QVERIFY(decode(bytes, piece) == whole);
}

void TestDecoder::realFailure()
{
    const auto events = decode(stream("fail.jsonl"));
    QVERIFY(std::find(events.begin(), events.end(), "text Dockerfile:23") != events.end());
    QVERIFY(events.back().starts_with("text ERROR: failed to build: failed to solve: process"));
    QVERIFY(std::any_of(events.begin(), events.end(), [](const auto &e) { return e.ends_with(" about to fail\n"); }));
}

void TestDecoder::realWarnings()
{
    const auto events = decode(stream("warnings.jsonl"));
    QVERIFY(std::find(events.begin(), events.end(),
                      "warning UndefinedVar: Usage of undefined variable '$NOTHERE' (line 4) 1 Dockerfile:4")
            != events.end());
}

void TestDecoder::tolerance_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("events");
    const auto row = [](const char *name, const char *bytes, const char *events) {
        QTest::newRow(name) << QByteArray(bytes) << QByteArray(events);
    };
    row("empty", "", "");
    row("empty lines", "\n\r\n", "text |text ");
    row("text", "ERROR: no\r\nmore", "text ERROR: no|text more");
    row("no object", "[1]\n1\n\"x\"", "text [1]|text 1|text \"x\"");
    row("empty object", "{}\n", "");
    row("unknown members",
        "{\"new\":[{\"a\":[{}]}],\"logs\":[{\"vertex\":\"v\",\"more\":{\"b\":[1]},\"data\":\"YQ==\"}]}", "log v a");
    row("null lists", "{\"vertexes\":null,\"logs\":null,\"statuses\":[null,1,\"x\"]}",
        "status   0/0|status   0/0|status   0/0");
    row("wrong types", "{\"vertexes\":[{\"digest\":1,\"name\":{},\"started\":[],\"cached\":\"yes\",\"inputs\":{}}]}",
        "vertex   0 0  0");
    row("cut", "{\"logs\":[{\"vertex\":\"v", "text {\"logs\":[{\"vertex\":\"v");
    row("broken base64", "{\"logs\":[{\"vertex\":\"v\",\"data\":\"YWI*YWI\"}]}", "log v ab");
    row("duplicates", "{\"logs\":[{\"vertex\":\"a\",\"vertex\":\"b\",\"data\":\"YQ\"}]}", "log b a");
    row("escapes", "{\"logs\":[{\"vertex\":\"\\u0061\\n\",\"data\":\"YQ\"}]}", "log a\n a");
}

void TestDecoder::tolerance()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, events);
    std::string joined;
    for (const std::string &event : decode(bytes.toStdString()))
        joined += (joined.empty() ? "" : "|") + event;
    QCOMPARE(QByteArray::fromStdString(joined), events);
}

void TestDecoder::hugeJsonLine()
{
    std::size_t bytes = 0;
    std::size_t events = 0;
    build::Decoder decoder([&](const build::Event &event) {
        ++events;
        const auto *log = std::get_if<build::LogEvent>(&event);
        bytes = log ? log->data.size() : 0;
    });
    decoder.feed(R"({"logs":[{"vertex":"v","data":")");
    const std::string piece(1U << 20U, 'A');
    for (int i = 0; i < 100; ++i)
        decoder.feed(piece);
    decoder.feed("\"}]}\n");
    QCOMPARE(events, std::size_t(1));
    QCOMPARE(bytes, (std::size_t(100) << 20U) / 4 * 3);
}

void TestDecoder::hugeTextLine()
{
    std::size_t bytes = 0;
    std::size_t begun = 0;
    build::Decoder decoder([&](const build::Event &event) {
        const auto &text = std::get<build::TextEvent>(event);
        bytes += text.line.size();
        begun += text.continues ? 0 : 1;
    });
    const std::string piece(8U << 20U, 'x');
    const std::size_t pieces = build::Decoder::longestLine / piece.size() + 2;
    for (std::size_t i = 0; i < pieces; ++i)
        decoder.feed(piece);
    decoder.feed("\nnext\n");
    QCOMPARE(bytes, pieces * piece.size() + 4);
    QCOMPARE(begun, std::size_t(2));
}

void TestDecoder::base64()
{
    for (int length = 0; length < 100; ++length) {
        QByteArray bytes;
        for (int i = 0; i < length; ++i)
            bytes.append(char(i * 37 + length));
        std::string decoded = "x";
        build::appendBase64(decoded, bytes.toBase64().toStdString());
        QCOMPARE(QByteArray::fromStdString(decoded), "x" + bytes);
    }
}

void TestDecoder::times_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qint64>("time");
    QTest::newRow("nanoseconds") << QByteArray("2026-11-23T08:38:12.462924448Z") << Q_INT64_C(1795423092462924448);
    QTest::newRow("seconds") << QByteArray("1970-01-02T00:00:01Z") << Q_INT64_C(86401000000000);
    QTest::newRow("east") << QByteArray("2026-11-23T10:38:12.5+02:00") << Q_INT64_C(1795423092500000000);
    QTest::newRow("west") << QByteArray("2026-11-23T03:08:12-05:30") << Q_INT64_C(1795423092000000000);
    for (const char *text : {"", "0001-01-01T00:00:00Z", "2026-13-01T00:00:00Z", "2026-11-23T08:38:12",
                             "2026-11-23T08:38:12Zx", "yesterday"})
        QTest::newRow(text) << QByteArray(text) << qint64(0);
}

void TestDecoder::times()
{
    QFETCH(QByteArray, text);
    QTEST(qint64(build::parseTime(text.toStdString())), "time");
}

QTEST_APPLESS_MAIN(TestDecoder)
#include "tst_decoder.moc"
