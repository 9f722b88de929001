// What changes of the catalogue do to the released images.
#include "catalogtest.h"
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
    /// "KIND TAG PLATFORM MARKS" of every released image that is another one after the change.
    void tellsWhatHappensToTheImages()
    {
        PackCentre centre;
        const auto opened = centre.file(QStringLiteral("matrix.yml"), native).open();
        const auto effect = [&](const Result<CatalogChange> &change) {
            if (!change)
                return change.error().id;
            const auto after = withTexts(opened, {{change->file, std::make_shared<const std::string>(change->text)}});
            std::string lines;
            for (const ReleaseChange &each : releaseEffectOf(*opened, **after)) {
                lines += std::string(kindName(each.kind)) + " " + each.image.substr(each.image.rfind('-') + 1) + " "
                         + each.platform.substr(6) + (each.wasDeprecated ? " was-deprecated" : "");
                for (const MarkChange &mark : each.marks)
                    lines += (mark.set ? " +" : " -") + mark.name;
                lines +=
                    each.original.name.empty() ? "\n" : " " + *each.original.before + ">" + *each.original.after + "\n";
            }
            return lines;
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
};

QTEST_APPLESS_MAIN(ReleaseEffectTest)
#include "tst_releaseeffect.moc"
