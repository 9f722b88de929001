#include "catalog/catalog.h"
#include "catalogtest.h"
#include "matrix/edit/runneredits.h"
#include "packcentre.h"
#include "text/diff.h"
#include "workspace/catalogchange.h"
#include "workspace/releaseeffect.h"

using namespace runner;
using namespace runner::workspace;

namespace {

constexpr auto headed = R"(schema: 1
services:
  vllm: { name: vLLM }
backends:
  cann: { name: CANN, title: CANN }
  cuda: { name: NVIDIA CUDA, title: CUDA }
  rocm: { name: AMD ROCm, title: ROCm }
rules: []
runners:

  # ---- Ascend CANN ----

  - backend: cann
    version: "8.5"
    services:
      vllm:
        - { version: "0.13.0" }

  # ---- NVIDIA CUDA ----

  - backend: cuda
    version: "12.9"
    services:
      vllm:
        - { version: "0.13.0" }

  - backend: cuda
    version: "12.8"
    services:
      vllm:
        - { version: "0.13.0", platforms: [linux/amd64] }

  - backend: cuda
    version: "12.6"
    services:
      vllm:
        - { version: "0.13.0" }

  # ---- AMD ROCm ----

  - backend: rocm
    version: "7.0"
    platforms: [linux/amd64]
    services:
      vllm:
        - { version: "0.13.0" }

  - backend: rocm
    version: "6.4"
    platforms: [linux/arm64, linux/amd64]
    services:
      vllm:
        - { version: "0.13.0", platforms: [linux/amd64] }
)";

constexpr auto oneLine =
    R"({"backend":"cuda","backend_version":"12.9","service":"vllm","service_version":"0.1","platform":"linux/amd64","docker_image":"gpustack/runner:cuda12.9-vllm0.1","x":[1,{"deprecated":"}"}]})";

constexpr auto jobText =
    R"({"backend":"cuda","backend_version":"12.9","original_backend_version":"12.9.1","backend_variant":"",
            "service":"vllm","service_version":"0.1","platform":"linux/amd64","tag":"cuda12.9-vllm0.1"})";

// "-LINE" and "+LINE" of what differs.
std::string changes(const std::string &before, const std::string &after)
{
    std::string lines;
    const std::string diff = text::unifiedDiff(before, after, "a", "b", 0);
    for (const std::string_view line : text::linesOf(diff)) {
        if ((line.starts_with('-') && !line.starts_with("---")) || (line.starts_with('+') && !line.starts_with("+++")))
            lines += line;
    }
    return lines;
}

std::size_t effectSize(const WorkspacePointer &centre, const CatalogChange &change)
{
    const auto after = withTexts(centre, {{change.file, std::make_shared<const std::string>(change.text)}});
    return after ? releaseEffectOf(*centre, **after).size() : 0;
}

std::string idOf(const Result<CatalogChange> &change)
{
    return change ? std::string() : change.error().id;
}

} // namespace

class CatalogChangeTest : public QObject
{
    Q_OBJECT

private:
    static std::string changed(const Result<CatalogChange> &change, const std::string &before)
    {
        return change ? changes(before, change->text) : change.error().id;
    }

    static WorkspacePointer openNative(PackCentre &centre)
    {
        centre.file(QStringLiteral("matrix.yml"), native);
        return centre.open();
    }

private slots:
    void refusesWhatWouldMatchMore()
    {
        PackCentre centre;
        const auto opened = openNative(centre);
        const auto with = [&](catalog::Criteria criteria) {
            return idOf(changeCatalog(*opened, CatalogAction::Prune, criteria));
        };
        QCOMPARE(with({}), std::string("criteria-too-wide"));
        QCOMPARE(with({"cuda", {}, {}, {}, "0.13.0"}), std::string("criteria-too-wide"));
        QCOMPARE(with({{}, "12.9", {}, "vllm", {}}), std::string("criteria-too-wide"));
        QCOMPARE(with({{}, {}, "a3", "vllm", {}}), std::string("criteria-too-wide"));
        QCOMPARE(with({"cuda", {}, {}, " ", "0.13.0"}), std::string("criteria-empty"));
        QCOMPARE(with({"cuda", "12", {}, {}, {}}), std::string("criteria-no-match"));
        // Versions alone: the first text says all that is missing.
        const auto messageOf = [&](catalog::Criteria criteria) {
            return changeCatalog(*opened, CatalogAction::Prune, criteria).error().message;
        };
        QVERIFY(messageOf({{}, {}, {}, {}, "0.13.0"}).starts_with("Neither the service of this version nor a backend"));
        QVERIFY(messageOf({{}, "12.9", {}, {}, {}}).starts_with("Neither the backend of this version or variant nor"));
        QVERIFY(messageOf({{}, {}, "a3", {}, "0.13.0"}).starts_with("Neither the backend nor the service was given"));
        QVERIFY(messageOf({}).starts_with("Neither a backend nor a service was given"));
    }

    void changesTheMatrix()
    {
        PackCentre centre;
        const auto opened = openNative(centre);
        const auto act = [&](CatalogAction action, const char *version) {
            return changed(changeCatalog(*opened, action, {"cuda", "12.9", {}, "vllm", version}), native);
        };
        QCOMPARE(
            act(CatalogAction::Deprecate, "0.13.0"),
            std::string("-        - { version: \"0.13.0\" }\n+        - { version: \"0.13.0\", deprecated: true }\n"));
        QCOMPARE(act(CatalogAction::Undeprecate, "0.12.0"),
                 std::string("-        - { version: \"0.12.0\", deprecated: true } # old\n+        - { version: "
                             "\"0.12.0\" } # old\n"));
        QCOMPARE(act(CatalogAction::Polish, "0.11.0"),
                 std::string("-        - { version: \"0.11.0\", platforms: [linux/amd64] }\n+        - { version: "
                             "\"0.11.0\", polished: "
                             "true, platforms: [linux/amd64] }\n"));
        QCOMPARE(act(CatalogAction::Prune, "0.12.0"),
                 std::string("-        - { version: \"0.12.0\", deprecated: true } # old\n"));
        QCOMPARE(act(CatalogAction::Deprecate, "0.12.0"), std::string("edit-no-effect"));
        const auto all = changeCatalog(*opened, CatalogAction::Prune, {"cuda", {}, {}, {}, {}});
        QVERIFY(all);
        QCOMPARE(effectSize(opened, *all), std::size_t{5});
        QVERIFY(all->text.ends_with("runners:\n"));
    }

    void mergesIntoTheMatrix()
    {
        PackCentre centre;
        const auto opened = openNative(centre);
        const auto fresh = mergeReleased(*opened, {job("cuda", "12.9", "12.9.1", "vllm", "0.14.0", "linux/amd64"),
                                                   job("cuda", "12.9", "12.9.1", "vllm", "0.14.0", "linux/arm64"),
                                                   job("cuda", "13.0", "13.0.1", "vllm", "0.14.0", "linux/amd64")});
        QVERIFY2(fresh, fresh ? "" : fresh.error().message.c_str());
        const auto again = withTexts(opened, {{"matrix.yml", std::make_shared<const std::string>(fresh->text)}});
        QVERIFY(again);
        QCOMPARE((*again)->records.size(), opened->records.size() + 3);
        QCOMPARE((*again)->matrix.runners.front().version, std::string("13.0"));
        QVERIFY(changes(native, fresh->text).find("+        - { version: \"0.14.0\" }\n") != std::string::npos);
        // Another platform of what is there; the deprecated platform that is not released anew is told.
        const auto half = mergeReleased(*opened, {job("cuda", "12.9", "12.9.2", "vllm", "0.12.0", "linux/amd64")});
        QVERIFY2(half, half ? "" : half.error().message.c_str());
        QCOMPARE(half->notes.size(), std::size_t{1});
        QCOMPARE(half->notes.front().id, std::string("catalog-still-deprecated"));
        QCOMPARE(changes(native, half->text), std::string("-        - { version: \"0.12.0\", deprecated: true } # "
                                                          "old\n+        - { version: \"0.12.0\", deprecated: "
                                                          "[linux/arm64], original_version: \"12.9.2\" } # old\n"));
    }

    void addsTheListOfRunners()
    {
        PackCentre centre;
        const std::string text = std::string(native).substr(0, std::string(native).find("runners:"));
        const auto opened = centre.file(QStringLiteral("matrix.yml"), text.c_str()).open();
        const auto merged = mergeReleased(*opened, {job("cuda", "12.9", "12.9.1", "vllm", "0.12.0", "linux/amd64"),
                                                    job("cuda", "12.9", "12.9.1", "vllm", "0.12.0", "linux/arm64")});
        QVERIFY2(merged, merged ? "" : merged.error().message.c_str());
        QCOMPARE(merged->text, text
                                   + "runners:\n  - backend: cuda\n    version: \"12.9\"\n"
                                     "    original_version: \"12.9.1\"\n    services:\n      vllm:\n"
                                     "        - { version: \"0.12.0\" }\n");
    }

    void tellsThatAReleaseIsNotShown()
    {
        for (const bool row : {true, false}) {
            PackCentre centre;
            std::string text = native;
            if (row)
                text.insert(text.find("    services:\n      vllm:"), "    listed: false\n");
            else
                text.insert(text.find("deprecated: true }"), "listed: false, ");
            const auto opened = centre.file(QStringLiteral("matrix.yml"), text.c_str()).open();
            const auto merged =
                mergeReleased(*opened, {job("cuda", "12.9", "12.9.1", "vllm", "0.12.0", "linux/amd64"),
                                        job("cuda", "12.9", "12.9.1", "vllm", "0.12.0", "linux/arm64")});
            QVERIFY(merged);
            QCOMPARE(merged->notes.size(), std::size_t{1});
            QCOMPARE(merged->notes.front().id, std::string("catalog-not-listed"));
            QVERIFY(merged->notes.front().message.find(row ? "its row" : "its entry") != std::string::npos);
        }
    }

    void writesPlatformsOnlyWhereTheRowHasOthers()
    {
        PackCentre centre;
        const auto opened = centre.file(QStringLiteral("matrix.yml"), headed).open();
        const auto merged = [&](const catalog::Records &jobs) { return changed(mergeReleased(*opened, jobs), headed); };
        const auto amd = [](const char *backend, const char *version, const char *service) {
            return job(backend, version, version, "vllm", service, "linux/amd64");
        };
        const auto arm = [](const char *backend, const char *version, const char *service) {
            return job(backend, version, version, "vllm", service, "linux/arm64");
        };
        QCOMPARE(merged({arm("cuda", "12.9", "0.14.0"), amd("cuda", "12.9", "0.14.0")}),
                 std::string("+        - { version: \"0.14.0\" }\n"));
        QCOMPARE(merged({amd("cuda", "12.9", "0.14.0")}),
                 std::string("+        - { version: \"0.14.0\", platforms: [linux/amd64] }\n"));
        QCOMPARE(merged({amd("rocm", "7.0", "0.14.0")}), std::string("+        - { version: \"0.14.0\" }\n"));
        QCOMPARE(merged({amd("rocm", "6.4", "0.14.0"), arm("rocm", "6.4", "0.14.0")}),
                 std::string("+        - { version: \"0.14.0\" }\n"));
        // A new row says them as the others of its backend do.
        const std::string entry = "+    services:\n+      vllm:\n+        - { version: \"0.14.0\"";
        const auto rocm = merged({amd("rocm", "6.0", "0.14.0")});
        QVERIFY2(rocm.find("    platforms: [linux/amd64]\n" + entry + " }\n") != std::string::npos, rocm.c_str());
        const auto cuda = merged({amd("cuda", "6.0", "0.14.0")});
        QVERIFY2(cuda.find("\"6.0\"\n" + entry + ", platforms: [linux/amd64] }\n") != std::string::npos, cuda.c_str());
        // The other one of the row's platforms is released later.
        for (const char *version : {"12.8", "6.4"})
            QCOMPARE(merged({arm(*version == '6' ? "rocm" : "cuda", version, "0.13.0")}),
                     std::string("-        - { version: \"0.13.0\", platforms: [linux/amd64] }\n"
                                 "+        - { version: \"0.13.0\" }\n"));
    }

    void addsTheFirstRowOfABackendBelowItsHeading()
    {
        PackCentre centre;
        const auto opened = centre.file(QStringLiteral("matrix.yml"), headed).open();
        const auto behind = [&](const char *backend, const char *version, const std::string &neighbour) {
            const auto merged =
                mergeReleased(*opened, {job(backend, version, version, "vllm", "0.14.0", "linux/amd64"),
                                        job(backend, version, version, "vllm", "0.14.0", "linux/arm64")});
            const std::string row = std::string("  - backend: ") + backend + "\n    version: \"" + version
                                    + "\"\n    services:\n      vllm:\n        - { version: \"0.14.0\" }\n\n";
            std::string wanted = headed;
            wanted.insert(wanted.find(neighbour), row);
            return merged && merged->text == wanted;
        };
        QVERIFY(behind("cann", "9.0", "  - backend: cann\n    version: \"8.5"));
        QVERIFY(behind("cuda", "13.0", "  - backend: cuda\n    version: \"12.9"));
        QVERIFY(behind("rocm", "7.1", "  - backend: rocm\n    version: \"7.0"));
        QVERIFY(behind("cuda", "12.7", "  - backend: cuda\n    version: \"12.6"));
        QVERIFY(behind("cann", "8.4", "  # ---- NVIDIA CUDA"));
    }

    void prunesNeighboursWithTheirBlankLines()
    {
        PackCentre centre;
        const auto opened = centre.file(QStringLiteral("matrix.yml"), headed).open();
        // What is left when everything from one text up to another one is gone.
        const auto without = [](std::string text, const std::string &begin, const std::string &end) {
            const std::size_t from = text.find(begin);
            return text.erase(from, end.empty() ? end.npos : text.find(end, from) - from);
        };
        const auto pruned = [&](const char *backend, std::optional<std::string> version = {}) {
            const auto change = changeCatalog(*opened, CatalogAction::Prune, {backend, std::move(version), {}, {}, {}});
            return change ? change->text : change.error().id;
        };
        QCOMPARE(pruned("cann"), without(headed, "  - backend: cann", "  # ---- NVIDIA"));
        QCOMPARE(pruned("cuda"), without(headed, "  - backend: cuda", "  # ---- AMD"));
        QCOMPARE(pruned("rocm"), without(headed, "\n  - backend: rocm", {}));
        QCOMPARE(pruned("rocm", "6.4"), without(headed, "\n  - backend: rocm\n    version: \"6.4", {}));
        const auto all = matrix::edit::applyEdit(
            opened->document,
            matrix::edit::removeEntries({{1, "vllm", 0}, {2, "vllm", 0}, {4, "vllm", 0}, {5, "vllm", 0}}));
        QVERIFY(all);
        QCOMPARE(all->document.text(), without(without(headed, "\n  - backend: rocm", {}), "  - backend: cuda",
                                               "  - backend: cuda\n    version: \"12.6"));
    }

    void mergesNothingThatTheMatrixDoesNotList()
    {
        PackCentre centre;
        const auto opened = openNative(centre);
        const auto backend = mergeReleased(*opened, {job("nosuch", "1.0", "1.0.1", "vllm", "0.1", "linux/amd64")});
        QCOMPARE(idOf(backend), std::string("unknown-backend"));
        QVERIFY(backend.error().message.find("'nosuch'") != std::string::npos && !backend.error().advice.empty());
        QCOMPARE(idOf(mergeReleased(*opened, {job("cuda", "12.9", "12.9.1", "nosuch", "0.1", "linux/amd64")})),
                 std::string("unknown-service"));
    }

    void patchesTheOlderCatalogue()
    {
        RUNNER_NEEDS_SHARED();
        for (const char *name : {"seed", "old"}) {
            PackCentre centre;
            const QString source = testdata::shared(QStringLiteral("upstream/") + QLatin1String(name));
            const auto opened = centre.older(source).open();
            QVERIFY(opened);
            const std::string before = testdata::read(source + QStringLiteral("/runner.json")).toStdString();
            for (std::size_t i = 0; i < opened->records.size(); i += 5) {
                const catalog::Record &record = opened->records[i];
                const catalog::Criteria one{record.backend, record.backendVersion, record.backendVariant,
                                            record.service, record.serviceVersion};
                const auto same = [&](const catalog::Record &each) { return one.matches(each); };
                const auto count = std::count_if(opened->records.begin(), opened->records.end(), same);
                const auto action = record.deprecated ? CatalogAction::Undeprecate : CatalogAction::Deprecate;
                const auto marked = changeCatalog(*opened, action, one);
                QVERIFY(marked);
                const std::string lines = changes(before, marked->text);
                const std::size_t affected = effectSize(opened, *marked);
                QCOMPARE(std::count(lines.begin(), lines.end(), '\n'), 2 * static_cast<std::ptrdiff_t>(affected));
                const auto pruned = changeCatalog(*opened, CatalogAction::Prune, one);
                QVERIFY(pruned);
                // What was pruned comes back in its place.
                const auto without =
                    withTexts(opened, {{opened->catalogFile, std::make_shared<const std::string>(pruned->text)}});
                QVERIFY(without);
                QCOMPARE((*without)->records.size(), opened->records.size() - static_cast<std::size_t>(count));
                catalog::Records released;
                std::copy_if(opened->records.begin(), opened->records.end(), std::back_inserter(released), same);
                for (catalog::Record &each : released)
                    each.deprecated = false;
                const auto merged = mergeReleased(**without, released);
                QVERIFY(merged);
                const auto back =
                    withTexts(opened, {{opened->catalogFile, std::make_shared<const std::string>(merged->text)}});
                QCOMPARE((*back)->records.size(), opened->records.size());
                if (!record.deprecated && affected == static_cast<std::size_t>(count))
                    QCOMPARE(merged->text, before);
            }
            QCOMPARE(idOf(changeCatalog(*opened, CatalogAction::Polish, {"cuda", {}, {}, {}, {}})),
                     std::string("catalog-no-polish"));
        }
    }

    void keepsAnyFormatOfTheCatalogue()
    {
        const std::string record = oneLine;
        PackCentre centre;
        centre.file(QStringLiteral("pack/matrix.yaml"), "rules: []\n")
            .file(QStringLiteral("gpustack_runner/runner.py.json"), QByteArray::fromStdString("[" + record + "]"));
        const auto opened = centre.open();
        const auto marked = changeCatalog(*opened, CatalogAction::Deprecate, {"cuda", {}, {}, {}, {}});
        QVERIFY2(marked, marked ? "" : marked.error().message.c_str());
        QCOMPARE(marked->text, "[" + record.substr(0, record.size() - 1) + ",\"deprecated\":true}]");
        const auto merged = mergeReleased(*opened, {job("cuda", "12.9", "12.9", "vllm", "0.2", "linux/amd64")});
        QVERIFY2(merged, merged ? "" : merged.error().message.c_str());
        QVERIFY(merged->text.starts_with(
            "[{\"backend\":\"cuda\",\"backend_version\":\"12.9\",\"original_backend_version\":\"12.9\","));
        QVERIFY(merged->text.ends_with("," + record + "]"));
        const auto empty = withTexts(opened, {{opened->catalogFile, std::make_shared<const std::string>("[]")}});
        const auto first = mergeReleased(**empty, {job("cuda", "12.9", "12.9", "vllm", "0.2", "linux/amd64")});
        QVERIFY(first);
        Problems problems;
        QCOMPARE(catalog::readJson(first->text, "x", problems)->size(), std::size_t{1});
    }

    void readsJobs()
    {
        const matrix::Matrix matrix;
        QCOMPARE(recordsOfJobs("[", "jobs", matrix).error().id, std::string("json-invalid"));
        QCOMPARE(recordsOfJobs("{}", "jobs", matrix).error().id, std::string("catalog-bad-job"));
        QCOMPARE(recordsOfJobs("[{}]", "jobs", matrix).error().id, std::string("catalog-bad-job"));
        const std::string good = jobText;
        QCOMPARE(recordsOfJobs("[" + good + "]", "jobs", matrix)->front().dockerImage,
                 std::string("gpustack/runner:cuda12.9-vllm0.1"));
        const auto with = [&](const std::string &before, const std::string &behind) {
            std::string changed = good;
            const auto read =
                recordsOfJobs("[" + changed.replace(changed.find(before), before.size(), behind) + "]", "jobs", matrix);
            return read ? std::string() : read.error().id;
        };
        QCOMPARE(with("linux/amd64", "foo"), std::string("catalog-bad-job"));
        QCOMPARE(with("linux/amd64", "linux/arm64"), std::string());
        QCOMPARE(with("cuda12.9-vllm0.1", "cuda12.9-vllm0.2"), std::string("catalog-bad-job"));
        QCOMPARE(with("\"backend_variant\":\"\"", "\"backend_variant\":\"a3\""), std::string("catalog-bad-job"));
        std::string dev = good;
        dev.insert(dev.find("\"}"), "-dev");
        QCOMPARE(recordsOfJobs("{\"build_jobs\":[" + dev + "]}", "jobs", matrix).error().id,
                 std::string("catalog-bad-job"));
    }
};

QTEST_APPLESS_MAIN(CatalogChangeTest)
#include "tst_catalogchange.moc"
