// What changes of the catalogue do to the released images.
#include "catalogtest.h"
#include "matrix/edit/runneredits.h"
#include "packcentre.h"
#include "workspace/catalogchange.h"
#include "workspace/releaseeffect.h"

#include <QTest>

using namespace runner;
using namespace runner::workspace;

class ReleaseEffectTest : public QObject
{
    Q_OBJECT

private slots:
    void tellsWhatHappensToTheImages()
    {
        const auto opened = m_centre.file(QStringLiteral("matrix.yml"), native).open();
        const auto effect = [&](const Result<CatalogChange> &change) {
            return change ? linesOf(opened, change->text) : change.error().id;
        };
        const auto act = [&](CatalogAction action, std::optional<std::string> version) {
            return effect(changeCatalog(*opened, action, {"cuda", "12.9", {}, "vllm", std::move(version)}));
        };
        QCOMPARE(act(CatalogAction::Deprecate, {}),
                 std::string("changed vllm0.13.0 amd64 +deprecated\nchanged vllm0.13.0 arm64 +deprecated\n"
                             "changed vllm0.11.0 amd64 +deprecated\n"));
        QCOMPARE(act(CatalogAction::Undeprecate, {}),
                 std::string("changed vllm0.12.0 amd64 was-deprecated -deprecated\n"
                             "changed vllm0.12.0 arm64 was-deprecated -deprecated\n"));
        QCOMPARE(act(CatalogAction::Polish, "0.11.0"), std::string("changed vllm0.11.0 amd64 +polished\n"));
        QCOMPARE(act(CatalogAction::Prune, "0.12.0"),
                 std::string("removed vllm0.12.0 amd64 was-deprecated\nremoved vllm0.12.0 arm64 was-deprecated\n"));
        QCOMPARE(effect(mergeReleased(*opened, {job("cuda", "12.9", "12.9.1", "vllm", "0.12.0", "linux/amd64"),
                                                job("cuda", "12.9", "12.9.1", "vllm", "0.14.0", "linux/amd64")})),
                 std::string("added vllm0.14.0 amd64\nchanged vllm0.12.0 amd64 was-deprecated -deprecated\n"));
        QCOMPARE(effect(mergeReleased(*opened, {job("cuda", "12.9", "12.9.2", "vllm", "0.11.0", "linux/amd64")})),
                 std::string("changed vllm0.11.0 amd64 12.9.1>12.9.2\n"));
    }

    void tellsWhatIsListedWithoutAnImage()
    {
        std::string text = native;
        text.replace(text.find("{ version: \"0.13.0\" }"), 21, "{ version: \"0.13.0\", released: false }");
        const auto opened = m_centre.file(QStringLiteral("matrix.yml"), text.c_str()).open();
        const auto act = [&](CatalogAction action) {
            const auto change = changeCatalog(*opened, action, {"cuda", "12.9", {}, "vllm", "0.13.0"});
            return change ? linesOf(opened, change->text) : change.error().id;
        };
        QCOMPARE(act(CatalogAction::Prune),
                 std::string("removed vllm0.13.0 amd64 imageless\nremoved vllm0.13.0 arm64 imageless\n"));
        QCOMPARE(act(CatalogAction::Polish),
                 std::string("changed vllm0.13.0 amd64 imageless +polished\nchanged vllm0.13.0 arm64 imageless "
                             "+polished\n"));
        // With its image it is a new one, and nothing else.
        const auto merged = mergeReleased(*opened, {job("cuda", "12.9", "12.9.1", "vllm", "0.13.0", "linux/amd64"),
                                                    job("cuda", "12.9", "12.9.1", "vllm", "0.13.0", "linux/arm64")});
        QVERIFY(merged);
        QCOMPARE(linesOf(opened, merged->text), std::string("added vllm0.13.0 amd64\nadded vllm0.13.0 arm64\n"));
    }

    void tellsMarksOfTheTable()
    {
        const auto opened = m_centre.file(QStringLiteral("matrix.yml"), native).open();
        const auto act = [&](const matrix::edit::Edit &edit) {
            const auto edited = matrix::edit::applyEdit(opened->document, edit);
            return edited ? linesOf(opened, edited->document.text()) : edited.error().id;
        };
        QCOMPARE(act(matrix::edit::setReleaseCandidate({{0, "vllm", 2}}, true)),
                 std::string("changed vllm0.11.0 amd64 +rc\n"));
        QCOMPARE(act(matrix::edit::setListed({{0, "vllm", 2}}, false)),
                 std::string("changed vllm0.11.0 amd64 +unlisted\n"));
        QVERIFY(act(matrix::edit::setRowListed(0, false)).find("vllm0.13.0 arm64 +unlisted\n") != std::string::npos);
    }

    /// Versions that count as equal are ordered by their platforms: these are put together again.
    void platformsOfAnImageFollowEachOther()
    {
        std::string text = native;
        text += "        - { version: \"0.10.rc1\" }\n        - { version: \"0.10.rc2\" }\n";
        const auto opened = m_centre.file(QStringLiteral("matrix.yml"), text.c_str()).open();
        const auto after = withTexts(opened, {{"matrix.yml", std::make_shared<const std::string>(native)}});
        QVERIFY(after);
        const auto changes = releaseEffectOf(*opened, **after);
        const auto fates = fatesOf(changes);
        QCOMPARE(fates.size(), std::size_t{2});
        QCOMPARE(fates[0].size(), std::size_t{2});
        QCOMPARE(fates[0][0].image, fates[0][1].image);
        QCOMPARE(fates[1][1].platform, std::string("linux/arm64"));
    }

private:
    /// "KIND TAG PLATFORM MARKS" of every released image that is another one after the change.
    static std::string linesOf(const WorkspacePointer &before, const std::string &text)
    {
        const auto after = withTexts(before, {{"matrix.yml", std::make_shared<const std::string>(text)}});
        std::string lines;
        for (const ReleaseChange &each : releaseEffectOf(*before, **after)) {
            lines += std::string(kindName(each.kind)) + " " + each.image.substr(each.image.rfind('-') + 1) + " "
                     + each.platform.substr(6) + (each.released ? "" : " imageless")
                     + (each.wasDeprecated ? " was-deprecated" : "");
            for (const MarkChange &mark : each.marks)
                lines += (mark.set ? " +" : " -") + mark.name;
            lines +=
                each.original.name.empty() ? "\n" : " " + *each.original.before + ">" + *each.original.after + "\n";
        }
        return lines;
    }

    PackCentre m_centre;
};

QTEST_APPLESS_MAIN(ReleaseEffectTest)
#include "tst_releaseeffect.moc"
