#include "text/diff.h"
#include "text/lines.h"
#include "text/merge.h"
#include "text/patch.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <random>

using namespace runner::text;

namespace {

std::mt19937 generator(20240917);

std::size_t below(std::size_t count)
{
    return count == 0 ? 0 : std::uniform_int_distribution<std::size_t>(0, count - 1)(generator);
}

std::string randomText(std::size_t most)
{
    static const std::vector<std::string> pieces{"a", "b", "\n", "\r\n", "\r", "ä", "€", "😀", " ", "x\n"};
    std::string text;
    for (std::size_t i = below(most); i > 0; --i)
        text += pieces[below(pieces.size())];
    return text;
}

Patches randomPatches(std::size_t size)
{
    std::vector<std::size_t> ends;
    for (std::size_t i = 2 * below(5); i > 0; --i)
        ends.push_back(below(size + 1));
    std::sort(ends.begin(), ends.end());
    Patches patches;
    for (std::size_t i = 0; i + 1 < ends.size(); i += 2)
        patches.push_back({{ends[i], ends[i + 1]}, randomText(4)});
    return patches;
}

std::string applied(const std::vector<std::string_view> &before, const std::vector<std::string_view> &after,
                    const std::vector<Hunk> &hunks)
{
    std::string text;
    std::size_t at = 0;
    const auto take = [&](const std::vector<std::string_view> &lines, std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i)
            text += lines[i];
    };
    for (const Hunk &hunk : hunks) {
        take(before, at, hunk.beforeBegin);
        take(after, hunk.afterBegin, hunk.afterEnd);
        at = hunk.beforeEnd;
    }
    take(before, at, before.size());
    return text;
}

} // namespace

class TestPatch : public QObject
{
    Q_OBJECT

private slots:
    void findsALineInAnotherText()
    {
        const auto place = [](int line) { return placeOfLine("a\nb\nc\nd\n", "new\nnewer\na\nB\nc\nd\n", line); };
        QCOMPARE(place(1).line, 3);
        QVERIFY(place(1).isSame);
        QCOMPARE(place(2).line, 4);
        QVERIFY(!place(2).isSame);
        QCOMPARE(place(4).line, 6);
        QVERIFY(place(4).isSame);
        QCOMPARE(placeOfLine("a\nb\n", "a\nb\n", 2).line, 2);
        QVERIFY(!placeOfLine("a\nb\n", "a\n", 2).isSame);
        QCOMPARE(placeOfLine({}, {}, 7).line, 7);
    }

    void undoesAndComposes()
    {
        for (int i = 0; i < 20000; ++i) {
            const std::string text = randomText(20);
            const Patches first = randomPatches(text.size());
            QVERIFY(fits(first, text.size()));
            const std::string middle = patched(text, first);
            QCOMPARE(patched(middle, inverse(text, first)), text);
            const Patches second = randomPatches(middle.size());
            const std::string last = patched(middle, second);
            const Patches both = compose(first, second);
            QVERIFY(fits(both, text.size()));
            QCOMPARE(patched(text, both), last);
        }
    }

    void findsTheSmallestPatch()
    {
        for (int i = 0; i < 5000; ++i) {
            const std::string before = randomText(12);
            const std::string after = randomText(12);
            const Patches patches = difference(before, after);
            QCOMPARE(patched(before, patches), after);
            QCOMPARE(patches.empty(), before == after);
        }
        // Never inside a character: the two differ in their last byte only.
        const Patches patches = difference("a\xC3\xA4z", "a\xC3\xB6z");
        QCOMPARE(patches.at(0), (Patch{{1, 3}, "\xC3\xB6"}));
    }

    void movesPlaces()
    {
        const Patches patches{{{2, 4}, "xyz"}, {{6, 6}, "--"}};
        const std::vector<std::size_t> wanted{0, 1, 2, 5, 5, 6, 7, 10};
        for (std::size_t i = 0; i < wanted.size(); ++i)
            QCOMPARE(adjust(i, patches), wanted[i]);
    }

    void knowsLines()
    {
        QCOMPARE(linesOf("a\r\nb\rc\n"), (std::vector<std::string_view>{"a\r\n", "b\r", "c\n"}));
        QCOMPARE(lineBegin("a\r\nb", 2), std::size_t{0});
        QCOMPARE(lineEnd("a\r\nb", 2), std::size_t{1});
        QCOMPARE(nextLine("a\r\nb", 0), std::size_t{3});
        QCOMPARE(usualLineEnd("a\r\nb\r\nc\n"), std::string("\r\n"));
        QVERIFY(isBlankLine("a\n\nb", 2));
    }

    void diffsGiveTheOtherText()
    {
        for (int i = 0; i < 5000; ++i) {
            const std::string before = randomText(40);
            const std::string after = randomText(40);
            const auto a = linesOf(before);
            const auto b = linesOf(after);
            const auto hunks = diffLines(a, b);
            QCOMPARE(applied(a, b, hunks), after);
            for (std::size_t k = 1; k < hunks.size(); ++k)
                QVERIFY(hunks[k].beforeBegin > hunks[k - 1].beforeEnd);
        }
    }

    void hugeTextsWithNothingInCommonEnd()
    {
        std::string before;
        std::string after;
        for (int i = 0; i < 100000; ++i) {
            before += std::to_string(below(50)) + "\n";
            after += std::to_string(below(50)) + "\n";
        }
        const auto a = linesOf(before);
        const auto b = linesOf(after);
        QCOMPARE(applied(a, b, diffLines(a, b)), after);
    }

    void patchReadsUnifiedDiffs()
    {
        QProcess probe;
        probe.start(QStringLiteral("git"), {QStringLiteral("--version")});
        if (!probe.waitForFinished() || probe.exitCode() != 0)
            QSKIP("git is not installed");
        for (int i = 0; i < 20; ++i) {
            std::string before = "head\n" + randomText(60);
            std::string after = "head\n" + randomText(60);
            std::erase(before, '\r');
            std::erase(after, '\r');
            if (before == after)
                continue;
            QTemporaryDir folder;
            QFile file(folder.filePath(QStringLiteral("f")));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(QByteArray::fromStdString(before));
            file.close();
            QProcess git;
            git.setWorkingDirectory(folder.path());
            git.start(QStringLiteral("git"),
                      {QStringLiteral("apply"), QStringLiteral("--unidiff-zero"), QStringLiteral("-")});
            git.write(QByteArray::fromStdString(unifiedDiff(before, after, "a/f", "b/f", below(4))));
            git.closeWriteChannel();
            QVERIFY(git.waitForFinished());
            QVERIFY2(git.exitCode() == 0, git.readAllStandardError().constData());
            QVERIFY(file.open(QIODevice::ReadOnly));
            QCOMPARE(file.readAll().toStdString(), after);
        }
    }

    void mergesWhatDoesNotTouch()
    {
        const std::string base = "1\n2\n3\n4\n5\n6\n";
        QCOMPARE(merge(base, "1\nours\n3\n4\n5\n6\n", "1\n2\n3\n4\ntheirs\n6\n").text().value(),
                 std::string("1\nours\n3\n4\ntheirs\n6\n"));
        QCOMPARE(merge(base, base, "2\n3\n4\n5\n6\n7\n").text().value(), std::string("2\n3\n4\n5\n6\n7\n"));
        QCOMPARE(merge(base, "1\nx\n3\n4\n5\n6\n", "1\nx\n3\n4\n5\n6\n").text().value(),
                 std::string("1\nx\n3\n4\n5\n6\n"));
    }

    void tellsConflicts()
    {
        const Merge merged = merge("1\n2\n3\n4\n", "1\nours\n3\n4\n", "1\n2\ntheirs\n4\n");
        QVERIFY(merged.hasConflicts());
        QVERIFY(!merged.text());
        QCOMPARE(merged.parts.size(), std::size_t{3});
        QCOMPARE(merged.parts[1].base, std::string("2\n3\n"));
        QCOMPARE(merged.parts[1].ours, std::string("ours\n3\n"));
        QCOMPARE(merged.parts[1].theirs, std::string("2\ntheirs\n"));
        QCOMPARE(merged.parts[1].baseLine, 2);
        QCOMPARE(merged.textWith(MergePart::Kind::Theirs), std::string("1\n2\ntheirs\n4\n"));
    }

    void mergingLosesNothing()
    {
        for (int i = 0; i < 5000; ++i) {
            const std::string base = randomText(30);
            const std::string ours = patched(base, randomPatches(base.size()));
            const std::string theirs = patched(base, randomPatches(base.size()));
            const Merge merged = merge(base, ours, theirs);
            std::string all[3];
            for (const MergePart &part : merged.parts) {
                all[0] += part.base;
                all[1] += part.ours;
                all[2] += part.theirs;
            }
            QCOMPARE(all[0], base);
            QCOMPARE(all[1], ours);
            QCOMPARE(all[2], theirs);
            QCOMPARE(merge(base, ours, base).text().value(), ours);
            QCOMPARE(merge(base, base, theirs).text().value(), theirs);
        }
    }
};

QTEST_APPLESS_MAIN(TestPatch)
#include "tst_patch.moc"
