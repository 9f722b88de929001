// The support table: selection, and its five formats.
#include "catalog/supporttable.h"
#include "catalogtest.h"

using namespace runner;
using namespace catalogtest;
using catalog::TableFormat;

namespace {

matrix::RunnerEntry entry(const std::string &version)
{
    matrix::RunnerEntry result;
    result.version = version;
    result.platforms = {"linux/amd64", "linux/arm64"};
    return result;
}

matrix::RunnerEntry marked(const std::string &version, const std::string &marks)
{
    matrix::RunnerEntry result = entry(version);
    const auto has = [&](char mark) { return marks.find(mark) != std::string::npos; };
    result.releaseCandidate = has('r');
    result.polished = has('p');
    result.listed = !has('u');
    if (has('d'))
        result.deprecatedPlatforms = result.platforms;
    return result;
}

matrix::Matrix sample()
{
    matrix::Matrix matrix;
    matrix.services = {{"mindie", "MindIE", {}}, {"vllm", "vLLM", {}}, {"sglang", "SGLang", {}}};
    matrix.backends = {
        {"cann",
         "Ascend CANN",
         "CANN",
         "CANN_ARCHS",
         {{"a3", "A3/910C"}},
         {{matrix::NoteKind::Warning, "Only `float16` *works*."}, {matrix::NoteKind::Note, "See <here>."}},
         {}},
        {"cuda", "NVIDIA CUDA", "CUDA", "", {}, {}, {}},
        {"rocm", "AMD ROCm", "ROCm", "", {}, {}, {}}};
    matrix.runners.edit().push_back(
        {"cuda", "12.9", "12.9", "12.9.1", "", true, {{"vllm", {marked("0.17.1", "p"), marked("0.16.0", "d")}}}, {}});
    matrix.runners.edit().push_back(
        {"cuda", "12.4", "12.4", "12.4.1", "", false, {{"sglang", {marked("0.5.1", "d")}}}, {}});
    matrix.runners.edit().push_back(
        {"cann",
         "8.5",
         "8.5.x",
         "8.5.1",
         "a3",
         true,
         {{"sglang", {entry("0.5.9"), marked("0.5.8", "u")}}, {"vllm", {marked("0.16.0", "r")}}},
         {}});
    matrix.runners.edit().push_back(
        {"rocm", "7.0", "7.0", "7.0.2", "", true, {{"vllm", {marked("0.1", "d")}}, {"other", {entry("1")}}}, {}});
    matrix.runners.edit().push_back({"nowhere", "1.0", "1.0", "1.0", "", true, {{"vllm", {entry("1")}}}, {}});
    return matrix;
}

std::string rendered(const matrix::Matrix &matrix, TableFormat format, const catalog::TableOptions &options = {},
                     const catalog::RenderOptions &render = {})
{
    return catalog::render(matrix, catalog::supportTable(matrix, options), format, render);
}

// Columns, where every character here is one column wide, without the codes of styles.
qsizetype widestLine(const std::string &text)
{
    qsizetype widest = 0;
    for (const QString &line : QString::fromStdString(text).split('\n')) {
        QString plain = line;
        plain.remove(QRegularExpression("\x1b\\[[0-9;]*m"));
        widest = std::max(widest, plain.size());
    }
    return widest;
}

} // namespace

class TestSupportTable : public QObject
{
    Q_OBJECT

private slots:
    void ownMatrixGivesTheSeedsTable();
    void sections();
    void options();
    void jsonMarks();
    void markdown();
    void markdownEscapes();
    void html();
    void csv();
    void csvIsSafe();
    void text();
    void textFits_data();
    void textFits();
    void textStyles();
    void textIsStacked();
    void textHasNoControlCharacters();
    void emptyTables();
};

void TestSupportTable::ownMatrixGivesTheSeedsTable()
{
    RUNNER_NEEDS_SHARED();
    const auto document = ownMatrix();
    const auto actual = json(rendered(document.matrix(), TableFormat::Json));
    const auto expected = sharedJson("facts/support-table.json");
    for (qsizetype i = 0; i < std::min(actual.array().size(), expected.array().size()); ++i)
        QCOMPARE(actual.array().at(i), expected.array().at(i));
    QCOMPARE(actual.array().size(), 24);
    QCOMPARE(actual, expected);
}

void TestSupportTable::sections()
{
    const auto matrix = sample();
    const auto sections = catalog::supportTable(matrix, {});
    QCOMPARE(sections.size(), 3U);
    QCOMPARE(sections[0].backend->id, std::string("cann"));
    QVERIFY(sections[0].services == (std::vector<std::string>{"vllm", "sglang"}));
    QCOMPARE(sections[0].rows.at(0).version, std::string("8.5.x"));
    QCOMPARE(sections[0].rows.at(0).variant, std::string("A3/910C"));
    QCOMPARE(sections[0].rows.at(0).cells.at(1).entries.size(), 1U);
    QVERIFY(sections[0].rows.at(0).source == &matrix.runners[2]);
    QCOMPARE(sections[1].rows.size(), 1U);
    QVERIFY(sections[2].services == (std::vector<std::string>{"vllm", "other"}));
}

void TestSupportTable::options()
{
    const auto matrix = sample();
    auto sections = catalog::supportTable(matrix, {{"rocm", "cuda"}, false, false});
    QCOMPARE(sections.size(), 2U);
    QCOMPARE(sections[0].backend->id, std::string("cuda"));
    QCOMPARE(sections[0].rows[0].cells[0].entries.size(), 1U);
    QVERIFY(sections[1].services == std::vector<std::string>{"other"});
    sections = catalog::supportTable(matrix, {{"cuda"}, true, true});
    QCOMPARE(sections[0].rows.size(), 2U);
    QVERIFY(sections[0].services == (std::vector<std::string>{"vllm", "sglang"}));
    QVERIFY(sections[0].rows[1].cells[0].entries.empty());
    QVERIFY(!sections[0].rows[1].cells[1].entries[0].listed);
    QVERIFY(catalog::supportTable(matrix, {{"none"}, true, true}).empty());
}

void TestSupportTable::jsonMarks()
{
    const auto rows = json(rendered(sample(), TableFormat::Json, {{"cuda"}, true, true})).array();
    QCOMPARE(QJsonDocument(rows.at(0)["services"]["vLLM"].toArray()).toJson(QJsonDocument::Compact),
             QByteArray(R"([{"polished":true,"version":"0.17.1"},{"deprecated":true,"version":"0.16.0"}])"));
    QCOMPARE(QJsonDocument(rows.at(1)["services"]["SGLang"].toArray()).toJson(QJsonDocument::Compact),
             QByteArray(R"([{"deprecated":true,"listed":false,"version":"0.5.1"}])"));
}

void TestSupportTable::markdown()
{
    const std::string expected = "### Ascend CANN\n"
                                 "\n"
                                 "> [!WARNING]\n"
                                 "> - Only `float16` \\*works\\*.\n"
                                 "\n"
                                 "> [!NOTE]\n"
                                 "> - See \\<here\\>.\n"
                                 "\n"
                                 "| CANN Version <br/> (Variant) | vLLM | SGLang |\n"
                                 "|---|---|---|\n"
                                 "| 8.5.x (A3/910C) | `0.16.0`(rc) | `0.5.9` |\n"
                                 "\n"
                                 "### NVIDIA CUDA\n"
                                 "\n"
                                 "| CUDA Version <br/> (Variant) | vLLM |\n"
                                 "|---|---|\n"
                                 "| 12.9 | **`0.17.1`**, ~~`0.16.0`~~ |\n";
    QCOMPARE(rendered(sample(), TableFormat::Markdown, {{"cann", "cuda"}, true, false}), expected);
    const std::string all = rendered(sample(), TableFormat::Markdown, {{"cuda"}, true, true});
    QVERIFY(all.ends_with("| 12.4 | | ~~`0.5.1`~~(unlisted) |\n"));
}

void TestSupportTable::markdownEscapes()
{
    auto matrix = sample();
    matrix.backends[0].name = "A|B\n# <script>";
    matrix.backends[0].notes = {{matrix::NoteKind::Note, "- a [b](c) `un|paired"}};
    matrix.services[1].name = "v|LLM_x_";
    matrix.runners.edit()[2].shownVersion = "8|5";
    matrix.runners.edit()[2].cells[1].entries[0].version = "0`|``1";
    const std::string text = rendered(matrix, TableFormat::Markdown, {{"cann"}, true, false});
    QVERIFY(text.starts_with("### A\\|B \\# \\<script\\>\n"));
    QVERIFY(text.find("> - \\- a \\[b\\](c) \\`un\\|paired\n") != std::string::npos);
    QVERIFY(text.find("| v\\|LLM\\_x\\_ |") != std::string::npos);
    QVERIFY(text.find("| 8\\|5 (A3/910C) | ``` 0`\\|``1 ```(rc) |") != std::string::npos);
}

void TestSupportTable::html()
{
    auto matrix = sample();
    matrix.backends[0].name = "<script>alert('x')</script> & \"co\"";
    const std::string text = rendered(matrix, TableFormat::Html);
    const auto has = [&](const char *part) { return text.find(part) != std::string::npos; };
    QVERIFY(has("<h2>&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;co&quot;</h2>"));
    QVERIFY(!has("<script"));
    QVERIFY(has("prefers-color-scheme: dark"));
    QVERIFY(has("<strong>Warning:</strong> Only <code>float16</code> *works*."));
    QVERIFY(has("<strong><code>0.17.1</code></strong> <span class=\"mark\">(polished)</span>"));
    QVERIFY(has("<del><code>0.16.0</code></del> <span class=\"mark\">(deprecated)</span>"));
    QVERIFY(has("<code>0.16.0</code> <span class=\"mark\">(rc)</span>"));
    QVERIFY(!has("http")); // Self-contained.
    for (const char *element : {"section", "table", "tr", "td", "th", "code", "span", "del", "aside"}) {
        const QString page = QString::fromStdString(text);
        QCOMPARE(page.count(QRegularExpression(QString("<%1[ >]").arg(element))),
                 page.count(QString("</%1>").arg(element)));
    }
}

void TestSupportTable::csv()
{
    const std::string text = rendered(sample(), TableFormat::Csv, {{"cann"}, true, true});
    QCOMPARE(
        text,
        std::string(
            "backend,backend_name,version,variant,service,service_version,deprecated,polished,rc,"
            "listed,released,platforms\r\n"
            "cann,\"Ascend CANN\",8.5.x,a3,vllm,0.16.0,false,false,true,true,true,\"linux/amd64 linux/arm64\"\r\n"
            "cann,\"Ascend CANN\",8.5.x,a3,sglang,0.5.9,false,false,false,true,true,\"linux/amd64 linux/arm64\"\r\n"
            "cann,\"Ascend CANN\",8.5.x,a3,sglang,0.5.8,false,false,false,false,true,\"linux/amd64 linux/arm64\"\r\n"));
}

void TestSupportTable::csvIsSafe()
{
    auto matrix = sample();
    matrix.backends[0].name = "say \"x\",\ny";
    matrix.runners.edit()[2].variant = "=1+1";
    for (const char *start : {"=", "+", "-", "@", "\t", "\r"}) {
        matrix.runners.edit()[2].shownVersion = start + std::string("cmd");
        const std::string text = rendered(matrix, TableFormat::Csv, {{"cann"}, true, false});
        QVERIFY(text.find(",\"'" + matrix.runners[2].shownVersion + "\",\"'=1+1\",") != std::string::npos);
        QVERIFY(text.find("cann,\"say \"\"x\"\",\ny\",") != std::string::npos);
    }
}

void TestSupportTable::text()
{
    const std::string expected = "Ascend CANN\n"
                                 "  ! Warning: Only `float16` *works*.\n"
                                 "  ! Note: See <here>.\n"
                                 "CANN Version (Variant)  vLLM       SGLang\n"
                                 "----------------------  ---------  --------------\n"
                                 "8.5.x (A3/910C)         0.16.0 rc  0.5.9, [0.5.8]\n"
                                 "\n"
                                 "NVIDIA CUDA\n"
                                 "CUDA Version (Variant)  vLLM              SGLang\n"
                                 "----------------------  ----------------  --------\n"
                                 "12.9                    *0.17.1, ~0.16.0\n"
                                 "12.4                                      [~0.5.1]\n"
                                 "\n"
                                 "~ deprecated   * polished   rc release candidate   [ ] not listed\n";
    QCOMPARE(rendered(sample(), TableFormat::Text, {{"cann", "cuda"}, true, true}), expected);
}

void TestSupportTable::textFits_data()
{
    QTest::addColumn<int>("width");
    for (const int width : {1, 40, 41, 45, 50, 60, 72, 80, 100, 132, 200})
        QTest::addRow("%d", width) << width;
}

void TestSupportTable::textFits()
{
    QFETCH(int, width);
    auto matrix = QFile::exists(testdata::project("matrix.yml")) ? ownMatrix().matrix() : sample();
    for (const bool styled : {false, true}) {
        const std::string text = rendered(matrix, TableFormat::Text, {{}, true, true}, {width, styled});
        QVERIFY2(widestLine(text) <= std::max(width, 40), text.c_str());
        // Nothing is lost on the way to a narrow terminal.
        for (const auto &row : matrix.runners) {
            for (const auto &cell : row.cells) {
                for (const auto &item : cell.entries)
                    QVERIFY2(text.find(item.version) != std::string::npos, item.version.c_str());
            }
        }
    }
}

void TestSupportTable::textStyles()
{
    const std::string text = rendered(sample(), TableFormat::Text, {{"cuda"}, true, false}, {100, true});
    QVERIFY(text.find("\x1b[1m*0.17.1\x1b[0m, \x1b[2;9m~0.16.0\x1b[0m") != std::string::npos);
    const std::string plain = rendered(sample(), TableFormat::Text, {{"cuda"}, true, false}, {100, false});
    QVERIFY(plain.find('\x1b') == std::string::npos);
    QCOMPARE(QString::fromStdString(text).remove(QRegularExpression("\x1b\\[[0-9;]*m")), QString::fromStdString(plain));
}

void TestSupportTable::textIsStacked()
{
    auto matrix = sample();
    matrix.services[1].name = "A-service-of-thirty-characters";
    matrix.runners.edit()[0].cells[0].entries.push_back(entry(std::string(90, '1')));
    const std::string text = rendered(matrix, TableFormat::Text, {{"cuda"}, true, false}, {40, false});
    QVERIFY(widestLine(text) <= 40);
    QVERIFY2(text.find("12.9\n  - A-service-of-thirty-characters:\n    *0.17.1, ~0.16.0,\n    1111")
                 != std::string::npos,
             text.c_str());
    QCOMPARE(QString::fromStdString(text).count('1'), 90 + 1 + 2 + 1); // and those of 12.9, 0.17.1, 0.16.0
}

void TestSupportTable::textHasNoControlCharacters()
{
    auto matrix = sample();
    matrix.backends[1].name = "NVIDIA\x1b[31m\xC2\x9B\x07";
    matrix.runners.edit()[0].cells[0].entries[0].version = "1\x1b]0;x\x07\n2";
    matrix.runners.edit()[0].shownVersion = "12\r9";
    const std::string text = rendered(matrix, TableFormat::Text, {{"cuda"}, true, false});
    for (const char c : text)
        QVERIFY(c == '\n' || static_cast<unsigned char>(c) >= 0x20);
    QVERIFY(text.find("\xC2\x9B") == std::string::npos);
}

void TestSupportTable::emptyTables()
{
    const matrix::Matrix matrix;
    QCOMPARE(rendered(matrix, TableFormat::Json), std::string("[]\n"));
    QCOMPARE(rendered(matrix, TableFormat::Text), std::string());
    QCOMPARE(rendered(matrix, TableFormat::Markdown), std::string());
    QVERIFY(rendered(matrix, TableFormat::Csv).ends_with("platforms\r\n"));
    QVERIFY(rendered(matrix, TableFormat::Html).ends_with("</html>\n"));
}

QTEST_APPLESS_MAIN(TestSupportTable)
#include "tst_supporttable.moc"
