// Reading a matrix piece by piece gives what reading it as a whole gives, whatever is typed into it.
#include "matrix/document.h"
#include "matrix/pieces.h"
#include "realmatrices.h"
#include "samedocument.h"

#include <QtTest>

#include <random>

using namespace runner;
using matrix::Document;

namespace {

// What a text may be hurt with: most of what YAML means something by.
const std::vector<std::string> &scraps()
{
    static const std::vector<std::string> all{"a",
                                              "0",
                                              " ",
                                              "  ",
                                              "\n",
                                              "\n\n",
                                              "\n  ",
                                              "\n    ",
                                              "- ",
                                              "\n  - ",
                                              "\n- ",
                                              "-",
                                              ":",
                                              ": ",
                                              "\n  # ",
                                              " # ",
                                              "#",
                                              "\"",
                                              "'",
                                              "[",
                                              "]",
                                              "{",
                                              "}",
                                              ",",
                                              "|",
                                              ">",
                                              "|+",
                                              "|\n",
                                              ">-\n      text\n\n",
                                              "&a ",
                                              "*a",
                                              "!t ",
                                              "\t",
                                              "\r\n",
                                              "\r",
                                              "%",
                                              "---\n",
                                              "...\n",
                                              "\n---\n",
                                              "rules:\n",
                                              "\nrunners:\n",
                                              "\nrules:",
                                              "null",
                                              "~",
                                              "<<: ",
                                              "? ",
                                              "\xC3\xA4",
                                              "\xF0\x9F\x98\x80",
                                              "\x04",
                                              "\x7f",
                                              "\\",
                                              "args:",
                                              "\n    args:\n",
                                              "    args:\n      - \"A=1\"\n",
                                              "  - backend: cuda\n    services: [vllm]\n",
                                              "  # - backend: cuda\n  #   services: [vllm]\n",
                                              "schema: 1\n",
                                              "schema: 2\n",
                                              "  - \n",
                                              "  -\n    backend: rocm\n",
                                              "key: \"two\n  - lines\"\n",
                                              "deprecated: true",
                                              "\n  - ]\n"};
    return all;
}

std::size_t lineStart(const std::string &text, std::size_t near)
{
    const std::size_t found = near == 0 ? std::string::npos : text.rfind('\n', near - 1);
    return found == std::string::npos ? 0 : found + 1;
}

class Typist
{
public:
    explicit Typist(unsigned seed)
        : m_random(seed)
    {
    }

    std::string type(std::string text)
    {
        const std::size_t at = below(text.size() + 1);
        const std::size_t line = lineStart(text, at);
        const std::size_t next = std::min(text.find('\n', line), text.size() - 1) + 1;
        switch (below(6)) {
        case 0:
            return text.erase(at, 1 + below(5));
        case 1:
            return text.erase(line, next - line);
        case 2:
            return text.insert(line, text.substr(line, next - line));
        case 3:
            return text.insert(line, scrap());
        case 4: {
            const std::string moved = text.substr(line, next - line);
            return text.erase(line, next - line).insert(lineStart(text, below(text.size() + 1)), moved);
        }
        default:
            return text.insert(at, scrap());
        }
    }

    bool chance(unsigned oneIn) { return below(oneIn) == 0; }

private:
    std::size_t below(std::size_t limit) { return limit == 0 ? 0 : m_random() % limit; }
    const std::string &scrap() { return scraps()[below(scraps().size())]; }

    std::mt19937 m_random;
};

std::string withPairs(const std::string &text)
{
    return QString::fromStdString(text).replace(QStringLiteral("\n"), QStringLiteral("\r\n")).toStdString();
}

} // namespace

class PiecesTest : public QObject
{
    Q_OBJECT
private slots:
    void realMatricesAreReadInPieces()
    {
        for (const RealMatrix &each : realMatrices()) {
            QVERIFY2(each.document.hasPieces(), qPrintable(each.name));
            for (const std::string &text : {each.document.text(), withPairs(each.document.text())}) {
                const auto whole = Document::parseWhole(text, "matrix.yml");
                const std::string difference = differenceOf(Document::parse(text, "matrix.yml"), whole);
                QVERIFY2(difference.empty(),
                         qPrintable(each.name + QLatin1Char(' ') + QString::fromStdString(difference)));
            }
        }
    }

    void cutsByIndentation()
    {
        const auto pieces =
            matrix::cutPieces("# first\nimage:\n  a: b\nrules:\n  # of it\n  - a: 1\n    b: 2\n  # behind\n"
                              "  - a: 2\nrunners:\n- c: 3\n- d: 4");
        QVERIFY(pieces.has_value());
        using Kind = matrix::Piece::Kind;
        const std::vector<Kind> kinds{Kind::Comments, Kind::Section, Kind::Head, Kind::Item,
                                      Kind::Item,     Kind::Head,    Kind::Item, Kind::Item};
        QCOMPARE(pieces->size(), kinds.size());
        for (std::size_t i = 0; i < kinds.size(); ++i)
            QCOMPARE(pieces->at(i).kind, kinds[i]);
        QCOMPARE(pieces->at(3).line, 5);
        QCOMPARE(pieces->at(3).indent, 2);
        QCOMPARE(pieces->at(6).indent, 0);
        for (const char *text : {"- a\n", "a:\tb\n", "a: b\n---\nc: d\n", "%YAML 1.2\n", "\"a\": b\n", "a: b\rc: d\n",
                                 "rules:\n  - a\n - b\n", "rules:\n  - a\n  b\n", "{a: b}\n"})
            QVERIFY2(!matrix::cutPieces(text).has_value(), text);
    }

    /// Wherever a text differs from the one that was cut before, and however.
    void cutsAgainOnlyWhatIsNew()
    {
        unsigned seed = 100;
        int shared = 0;
        for (const RealMatrix &each : realMatrices()) {
            Typist typist(seed++);
            const std::string plain = each.document.text(), pairs = withPairs(plain);
            matrix::KnownCut known;
            std::string text = plain, before;
            for (int step = 0; step < 400; ++step) {
                if (typist.chance(6))
                    text = typist.chance(4) ? pairs : plain;
                text = typist.type(text);
                const auto all = matrix::cutPieces(text);
                const auto again = matrix::recutPieces(text, known);
                QCOMPARE(again.has_value(), all.has_value());
                if (!all)
                    continue;
                QVERIFY2(again->pieces == *all, (before + "\n=====\n" + text).c_str());
                const std::size_t count = all->size();
                QVERIFY(again->sameAtBegin + again->sameAtEnd <= std::min(count, known.pieces.size()));
                for (std::size_t i = 0; i < count; ++i) {
                    const bool atBegin = i < again->sameAtBegin;
                    if (!atBegin && i < count - again->sameAtEnd)
                        continue;
                    ++shared;
                    const matrix::Piece &old = known.pieces[atBegin ? i : known.pieces.size() - (count - i)];
                    QCOMPARE(std::string_view(text).substr((*all)[i].range.begin, (*all)[i].range.size()),
                             known.text.substr(old.range.begin, old.range.size()));
                    QVERIFY(old.kind == (*all)[i].kind && old.indent == (*all)[i].indent);
                }
                before = text;
                known = {before, *all};
            }
        }
        QVERIFY(shared > 1000);
    }

    void wholePiecesComeAndGo()
    {
        std::string text = "# first\nschema: 1\nimage: {namespace: one}\nservices: {vllm: {name: vLLM}}\n"
                           "backends: {cuda: {name: CUDA}}\nrules:\n";
        for (const char *backend : {"cuda", "rocm", "maca", "musa"})
            text += std::string("  - backend: ") + backend + "\n    services: [vllm]\n";
        text += "runners:\n";
        for (const char *version : {"1.0", "2.0", "3.0"})
            text += std::string("  - backend: cuda\n    version: \"") + version
                    + "\"\n    services:\n      vllm: [{version: \"1\"}]\n";
        const Document known = *Document::parse(text, "m");
        const auto pieces = *matrix::cutPieces(text);
        for (const matrix::Piece &piece : pieces) {
            const std::string own = text.substr(piece.range.begin, piece.range.size());
            for (const matrix::Piece &other : pieces) {
                std::string less = text, more = text;
                less.erase(piece.range.begin, piece.range.size());
                more.insert(other.range.begin, own);
                for (const auto &[from, to] :
                     {std::pair(text, less), {less, text}, {text, more}, {more, text}, {less, more}}) {
                    const auto before = Document::parse(from, "m");
                    const auto parsed = Document::parse(to, "m", before ? *before : known);
                    const std::string difference = differenceOf(parsed, Document::parseWhole(to, "m"));
                    QVERIFY2(difference.empty(), (from + "=====\n" + to + "=====\n" + difference).c_str());
                }
            }
        }
    }

    void unchangedPartsAreShared()
    {
        const auto first =
            Document::parse("rules:\n  - backend: cuda\n    services: [vllm]\nrunners:\n  - backend: cuda\n"
                            "    version: \"1.0\"\n",
                            "m");
        const auto second =
            Document::parse("rules:\n  - backend: rocm\n    services: [vllm]\nrunners:\n  - backend: cuda\n"
                            "    version: \"1.0\"\n",
                            "m", *first);
        QVERIFY(second->matrix().runners.sharesWith(first->matrix().runners));
        const auto third = Document::parse("# moved\n" + second->text(), "m", *second);
        QVERIFY(!third->matrix().runners.sharesWith(first->matrix().runners));
        QCOMPARE(third->matrix().runners[0].where.line, 6);
    }

    void typingGivesWhatTheWholeTextGives()
    {
        unsigned seed = 1;
        int inPieces = 0, all = 0;
        for (const RealMatrix &each : realMatrices()) {
            Typist typist(seed++);
            Document last = each.document;
            std::string text = last.text();
            for (int step = 0; step < 150; ++step) {
                if (typist.chance(8)) // Mended again.
                    text = typist.chance(4) ? withPairs(each.document.text()) : each.document.text();
                else if (typist.chance(3))
                    text = last.text();
                text = typist.type(text);
                const auto parsed = Document::parse(text, "matrix.yml", last);
                const std::string difference = differenceOf(parsed, Document::parseWhole(text, "matrix.yml"));
                if (!difference.empty())
                    qWarning().noquote() << QString::fromStdString(text);
                QVERIFY2(difference.empty(), qPrintable(QStringLiteral("%1, seed %2, step %3: %4")
                                                            .arg(each.name)
                                                            .arg(seed - 1)
                                                            .arg(step)
                                                            .arg(QString::fromStdString(difference))));
                if (!parsed)
                    continue;
                ++all;
                inPieces += parsed->hasPieces() ? 1 : 0;
                last = *parsed;
            }
        }
        QVERIFY2(inPieces * 3 > all, "texts are hardly read in pieces");
    }
};

QTEST_APPLESS_MAIN(PiecesTest)
#include "tst_pieces.moc"
