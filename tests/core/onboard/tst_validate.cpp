// What is wrong with answers, and at which field; nothing is written for any of them.
#include "onboardtest.h"
#include "unprivileged.h"

#include <functional>

using namespace onboardtest;
using onboard::BackendAnswers;
using onboard::ServiceAnswers;
using dockerfile::Need;

using ChangeBackend = std::function<void(BackendAnswers &)>;
using ChangeService = std::function<void(ServiceAnswers &)>;
Q_DECLARE_METATYPE(ChangeBackend)
Q_DECLARE_METATYPE(ChangeService)

namespace {

void withId(const char *name, const std::string &id, const char *problem = "onboard-bad-identifier")
{
    QTest::newRow(name) << ChangeBackend([id](BackendAnswers &answers) { answers.id = id; }) << QByteArray("id ") + problem;
}

void backendRow(const QByteArray &name, const char *expected, ChangeBackend change)
{
    QTest::newRow(name.constData()) << std::move(change) << QByteArray(expected);
}

void serviceRow(const char *name, const char *expected, ChangeService change)
{
    QTest::newRow(name) << std::move(change) << QByteArray(expected);
}

} // namespace

class ValidateTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<Centre> m_centre;
    workspace::WorkspacePointer m_workspace;

private slots:
    void initTestCase()
    {
        m_centre = Centre::ofProject();
        fs::create_directory(m_centre->root() / "pack/hollow");
        m_centre->write("pack/stray", "");
        m_centre->write("tests/e2e/rehearsal/described/bygone.json", "{}\n");
        m_workspace = m_centre->open();
        QVERIFY(m_workspace);
    }

    void theExamplesAreFine()
    {
        QCOMPARE(errorsOf(onboard::validate(*m_workspace, neuware())), std::string());
        QCOMPARE(errorsOf(onboard::validate(*m_workspace, tei())), std::string());
        QVERIFY(onboard::validate(*m_workspace, neuware()).empty());
    }

    void refusesBackends_data()
    {
        QTest::addColumn<ChangeBackend>("change");
        QTest::addColumn<QByteArray>("expected");
        withId("path separator", "neu/ware");
        withId("backslash", "neu\\ware");
        withId("parent folder", "..");
        withId("way out", "../neuware");
        withId("blank", "neu ware");
        withId("line end", "neuware\n");
        withId("capitals", "Neuware");
        withId("shell", "neuware;reboot");
        withId("substitution", "$(reboot)");
        withId("yaml", "neuware: {");
        withId("anchor", "&neuware");
        withId("option", "-neuware");
        withId("umlaut", "neüware");
        withId("hyphen", "neu-ware");
        withId("digit at the end", "neuware2");
        withId("200 characters", std::string(200, 'n'), "onboard-too-long");
        withId("nothing", "", "onboard-empty");
        withId("an existing backend", "cuda", "onboard-id-taken");
        withId("a service", "vllm", "onboard-id-taken");
        withId("the shared folder", "common", "onboard-reserved");
        withId("an empty folder", "hollow", "onboard-folder-there");
        withId("a file", "stray", "onboard-folder-there");
        withId("left over", "bygone", "onboard-file-there");
        for (const char *id : {"python", "uv", "pip", "cmake", "http", "ld", "true", "no", "null", "docker", "target", "build", "linux", "windows", "git", "bash"})
            withId(id, id, "onboard-reserved");
        furtherBackends();
    }

    void refusesBackends()
    {
        QFETCH(ChangeBackend, change);
        QFETCH(QByteArray, expected);
        BackendAnswers answers = neuware();
        change(answers);
        const std::string errors = errorsOf(onboard::validate(*m_workspace, answers));
        QVERIFY2(errors.starts_with(expected.toStdString()), errors.c_str());
        const auto before = treeOf(m_centre->root());
        const auto proposal = onboard::propose(m_workspace, answers);
        QVERIFY(!proposal);
        QCOMPARE(errorsOf(proposal.error()), errors);
        QVERIFY(treeOf(m_centre->root()) == before);
    }

    void refusesServices_data();
    void refusesServices()
    {
        QFETCH(ChangeService, change);
        QFETCH(QByteArray, expected);
        ServiceAnswers answers = tei();
        change(answers);
        QCOMPARE(QByteArray::fromStdString(errorsOf(onboard::validate(*m_workspace, answers))), expected);
        QCOMPARE(onboard::propose(m_workspace, answers).has_value(), expected.isEmpty());
    }

    void stagesAreToldByLine()
    {
        ServiceAnswers answers = tei();
        const auto told = [&](const std::string &text) {
            answers.backends[0].stages = text;
            const auto problems = onboard::problemsOf(onboard::validate(*m_workspace, answers), "backends[0].stages");
            return problems.empty() ? std::string() : problems.front().problem.message + ". " + problems.front().problem.advice;
        };
        QCOMPARE(told("FROM a:1 AS tei\nRUN true\n# \xE2\x80\xAE\n"),
                 std::string("Line 3: There is U+202E in it, a character that nobody sees. Type the line anew, without that character"));
        QCOMPARE(told("FROM a:1 AS tei\nRUN true \\\n\n"),
                 std::string("Line 2: It goes on behind its \\, and nothing follows. Take the character away, or write what follows"));
        QCOMPARE(told("FROM a:1 AS tei-build\nFROM a:1 AS tei\nCOPY --from=tei-biuld /x /x\n"),
                 std::string("Line 3: No stage above and no build context is called 'tei-biuld'. Probably tei-build is meant"));
        QCOMPARE(told("FROM a:1 AS tei-build\nFROM a:1 AS tei\nCOPY --from=0 /x /x\n"),
                 std::string("Line 3: Stages are counted from the top of the file, which is not the top of this text. Name the stage instead of its number"));
    }

    // Stages of services that stand above are known, those below are not.
    void stagesOfABackendSeeThoseAbove()
    {
        BackendAnswers answers = neuware();
        answers.services.push_back({"tei", "TEI", {"1.8.3"}, onboard::Installation::OwnStages, {}, {}, "FROM runtime AS tei\nCOPY --from=vllm /x /x\n"});
        QCOMPARE(errorsOf(onboard::validate(*m_workspace, answers)), std::string());
        std::swap(answers.services[0], answers.services[1]);
        QCOMPARE(errorsOf(onboard::validate(*m_workspace, answers)), std::string("services[0].stages onboard-bad-stages"));
    }

    // Two versions of a service whose stages do not know them would be one image under two tags.
    void ownStagesThatIgnoreTheVersionAreTold()
    {
        const auto told = [this](const std::string &stages, const std::string &baseImage) {
            ServiceAnswers answers = tei();
            answers.service.baseImage = baseImage;
            for (onboard::ServiceTarget &target : answers.backends) {
                target.stages = stages;
                target.baseImage.clear();
            }
            const auto problems = onboard::validate(*m_workspace, answers);
            return std::count_if(problems.begin(), problems.end(),
                                 [](const auto &each) { return each.problem.id == "onboard-version-unused"; });
        };
        const std::string from = "FROM ${TEI_BASE_IMAGE} AS tei\n";
        QCOMPARE(told(from + "RUN true\n", "a:1"), 2);
        QCOMPARE(told(from + "RUN pip install tei==${TEI_VERSION}\n", "a:1"), 2);
        QCOMPARE(told(from + "ARG TEI_VERSION\nRUN true\n", "a:1"), 2);
        QCOMPARE(told(from + "ARG TEI_VERSION\nRUN pip install tei==${TEI_VERSION}\n", "a:1"), 0);
        QCOMPARE(told("FROM a:${TEI_VERSION} AS tei\n", "a:1"), 0);
        QCOMPARE(told(from, "a:${TEI_VERSION}"), 0);
    }

    // Stages are put at the end of the file: what is open there would swallow them.
    void aDockerfileWithoutAnEndIsRefused()
    {
        const std::string file = "pack/cuda/Dockerfile";
        const auto told = [&](const std::string &text) {
            const auto centre = workspace::withTexts(m_workspace, {{file, std::make_shared<const std::string>(text)}});
            return centre ? errorsOf(onboard::validate(**centre, tei())) : centre.error().message;
        };
        const std::string whole = *m_workspace->texts.at(file);
        QCOMPARE(told(whole), std::string());
        for (const std::string &open : {whole + "RUN <<EOF\na\n", whole + "RUN a \\\n", "# escape=`\n" + whole})
            QCOMPARE(told(open).substr(0, 43), std::string("backends[0].backend onboard-unexpected-file"));
    }

    // A version that no rule packs is a remark: it may be meant.
    void newVersionsOfABackendAreTold()
    {
        ServiceAnswers answers = tei();
        answers.backends[0].versions = {"12.9.1", "99.1.0"};
        const auto problems = onboard::validate(*m_workspace, answers);
        QCOMPARE(errorsOf(problems), std::string());
        const auto found = std::find_if(problems.begin(), problems.end(), [](const auto &each) { return each.problem.id == "onboard-new-backend-version"; });
        QVERIFY(found != problems.end());
        QCOMPARE(std::count_if(problems.begin(), problems.end(), [](const auto &each) { return each.problem.id == "onboard-new-backend-version"; }), 1);
        QCOMPARE(found->field, std::string("backends[0].versions[1]"));
        QCOMPARE(found->problem.message, std::string("No rule packs cuda 99.1.0 yet, so this would be a new version of the backend"));
        QVERIFY2(found->problem.advice.find("12.9.1") != std::string::npos, found->problem.advice.c_str());
        QVERIFY(onboard::propose(m_workspace, answers));
    }

    void warnsAndGoesOn()
    {
        BackendAnswers answers = neuware();
        answers.baseImage = "cambricon/pytorch";
        answers.versions = {"4.1.x"};
        const auto problems = onboard::validate(*m_workspace, answers);
        QCOMPARE(errorsOf(problems), std::string());
        QCOMPARE(onboard::problemsOf(problems, "versions").front().problem.id, std::string("onboard-odd-version"));
        QCOMPARE(onboard::problemsOf(problems, "versions").front().field, std::string("versions[0]"));
        QCOMPARE(onboard::problemsOf(problems, "base_image").front().problem.id, std::string("onboard-image-without-tag"));
        QVERIFY(onboard::problemsOf(problems, "base").empty());
        QVERIFY(onboard::propose(m_workspace, answers));
    }

    // Of every backend that is there.
    void homesOfToolkitsAreFine()
    {
        for (const char *home : {"/usr/local/Ascend", "/usr/local/corex", "/usr/local/cuda", "/opt/dtk", "/usr/local/PPU_SDK", "/opt/maca",
                                 "/usr/local/musa", "/opt/rocm", "/usr/lib/neuware", "/home/neuware"}) {
            BackendAnswers answers = neuware();
            answers.home = home;
            QCOMPARE(errorsOf(onboard::validate(*m_workspace, answers)), std::string());
        }
    }

    void argumentsThatOneOfTheBackendsHas()
    {
        Centre other;
        other.write("matrix.yml", "schema: 1\nbackends: { cu: { name: CU } }\n");
        other.write("pack/cu/Dockerfile", "ARG CU_VERSION=4.1.0\nARG TEI_VERSION=1\nFROM scratch AS runtime\n");
        ServiceAnswers answers = tei();
        answers.backends = {{"cu", {}, answers.backends[0].stages, {}, {}, {}}};
        const auto centre = other.open();
        const auto problems = onboard::validate(*centre, answers);
        const auto found = std::find_if(problems.begin(), problems.end(), [](const auto &each) { return each.problem.id == "onboard-argument-there"; });
        QVERIFY(found != problems.end());
        QCOMPARE(found->field, std::string("backends[0].backend"));
        QVERIFY(found->problem.message.find("pack/cu/Dockerfile has an argument TEI_VERSION already") == 0);
    }

    void foldersThatCannotBeWrittenToAreNamed()
    {
        const auto centre = Centre::ofProject();
        fs::permissions(centre->root().parent_path(), fs::perms(0755));
        fs::permissions(centre->root(), fs::perms(0777));
        fs::permissions(centre->root() / "pack", fs::perms(0555));
        for (const char *backend : {"cuda", "rocm"})
            fs::permissions(centre->root() / "pack" / backend, fs::perms(backend == std::string("cuda") ? 0777 : 0555));
        const auto opened = centre->open();
        fs::permissions(centre->root() / "tests/e2e/rehearsal", fs::perms(0777));
        const testdata::Unprivileged user;
        const auto told = onboard::unwritable(*opened, neuware());
        QCOMPARE(errorsOf(told), std::string("id onboard-folder-read-only"));
        QCOMPARE(told.front().problem.message, "Nothing can be written to the folder " + (centre->root() / "pack").string() + ": Permission denied");
        QCOMPARE(errorsOf(onboard::unwritable(*opened, tei())), std::string("backends[1].backend onboard-folder-read-only"));
        QVERIFY(onboard::validate(*opened, neuware()).empty()); // What is only looked at need not be written.
    }

    // Whoever runs it, be it root: a file without any write permission is not replaced.
    void filesThatAreReadOnlyAreNamed()
    {
        const auto centre = Centre::ofProject();
        const auto opened = centre->open();
        fs::permissions(centre->root() / "pack/rocm/Dockerfile", fs::perms(0444));
        QCOMPARE(errorsOf(onboard::unwritable(*opened, neuware())), std::string());
        QCOMPARE(errorsOf(onboard::unwritable(*opened, tei())), std::string("backends[1].backend onboard-file-read-only"));
        fs::permissions(centre->root() / "matrix.yml", fs::perms(0444));
        const auto told = onboard::unwritable(*opened, neuware());
        QCOMPARE(errorsOf(told), std::string("id onboard-file-read-only"));
        QCOMPARE(told.front().problem.message, std::string("The file matrix.yml has to be changed, and it is read-only"));
    }

    void tagsThatClash()
    {
        BackendAnswers answers = neuware();
        answers.versions = {"4.1.0", "4.1.2"}; // the tag carries two parts: both are neuware4.1
        answers.name.clear(); // what is wrong elsewhere does not hide it
        QCOMPARE(errorsOf(onboard::validate(*m_workspace, answers)),
                 std::string("name onboard-empty; versions[1] onboard-tag-taken"));
        answers = neuware();
        answers.id = std::string(32, 'n');
        answers.variantArgument = std::string(32, 'N') + "_ARCHS";
        answers.variants = {{std::string(32, 'v'), {}}};
        answers.versions = {"4." + std::string(30, '1')};
        answers.services.front().versions = {std::string(32, '1')};
        answers.arguments.clear();
        answers.baseImage = "a:1";
        QCOMPARE(errorsOf(onboard::validate(*m_workspace, answers)), std::string("id onboard-tag-too-long"));
    }

    void messagesSpeakOfTheValueAndOfWhatToDo()
    {
        BackendAnswers answers = neuware();
        answers.id = "Neuware";
        const auto problems = onboard::problemsOf(onboard::validate(*m_workspace, answers), "id");
        QCOMPARE(problems.front().problem.message, std::string("'Neuware' holds capitals"));
        QCOMPARE(problems.front().problem.advice, std::string("Write neuware"));
        answers.id = std::string("neu\x1b[31m\xff", 10);
        for (const auto &each : onboard::validate(*m_workspace, answers)) {
            QVERIFY(!each.problem.advice.empty());
            QVERIFY(each.problem.message.find('\x1b') == std::string::npos);
        }
    }

    // Whatever was typed so far, messages speak of it or leave it out, and never name what is named after nothing.
    void messagesAreSentencesWithEveryIdentifier()
    {
        for (const char *id : {"", "nw", "Neu", "N2", "2", "neu ware", "neu'ware", "python", "cuda", "hollow", "neuware"}) {
            BackendAnswers backend = neuware();
            backend.id = id;
            backend.variantArgument.clear();
            backend.services[0].id = id;
            backend.services[0].installation = onboard::Installation::OwnStages;
            backend.services[0].stages = "FROM a:1 AS other\n";
            backend.services.push_back({id, {}, {}, {}, {}, {}, {}});
            expectSentences(onboard::validate(*m_workspace, backend), id);
            ServiceAnswers service = tei();
            service.service.id = id;
            service.backends.push_back({id, {}, {}, {}, {}, {}});
            service.backends[0].stages = "FROM a:1\n";
            expectSentences(onboard::validate(*m_workspace, service), id);
        }
        BackendAnswers answers = neuware();
        answers.arguments[0].name = "OTHER_X";
        const auto other = onboard::problemsOf(onboard::validate(*m_workspace, answers), "arguments[0].name").front().problem;
        QCOMPARE(other.message, std::string("'OTHER_X' is named after neither the backend nor one of its services"));
        QCOMPARE(other.advice, std::string("Begin it with NEUWARE_ or VLLM_"));
        ServiceAnswers service = tei();
        service.arguments[0].name = "OTHER_X";
        QCOMPARE(onboard::problemsOf(onboard::validate(*m_workspace, service), "arguments[0].name").front().problem.message,
                 std::string("'OTHER_X' is not named after tei"));
        answers = neuware();
        answers.id = "N2";
        QCOMPARE(onboard::validate(*m_workspace, answers).front().problem.advice, std::string("Use lower-case letters and digits alone"));
        answers.id = "stray";
        QCOMPARE(onboard::validate(*m_workspace, answers).front().problem.message, std::string("A file pack/stray is there already"));
    }

private:
    static void expectSentences(const onboard::FieldProblems &problems, const char *id)
    {
        QVERIFY2(!problems.empty(), id);
        for (const auto &[field, problem] : problems) {
            const std::string text = problem.message + ". " + problem.advice + ".";
            for (const char *hole : {"''", " _", "  ", " .", " ,", "..", "/.", "'neuware' is a backend"}) {
                const bool quoted = problem.message.starts_with("'" + std::string(id) + "' ");
                QVERIFY2(text.find(hole, quoted ? std::string(id).size() + 2 : 0) == std::string::npos, (std::string(id) + ": " + field + ": " + text).c_str());
            }
        }
    }
    static void furtherBackends();
};

void ValidateTest::furtherBackends()
{
    backendRow("no name", "name onboard-empty", [](auto &a) { a.name.clear(); });
    backendRow("service's name of another", "services[0].name onboard-name-taken", [](auto &a) {
        a.services[0].id = "other";
        a.services[0].name = "vLLM";
    });
    backendRow("name of another", "name onboard-name-taken", [](auto &a) { a.name = "NVIDIA CUDA"; });
    backendRow("name over two lines", "name onboard-bad-name", [](auto &a) { a.name = "a\nb"; });
    backendRow("name breaks the table", "name onboard-bad-name", [](auto &a) { a.name = "a | b"; });
    backendRow("name of blanks", "name onboard-bad-name", [](auto &a) { a.name = "\xC2\xA0"; });
    backendRow("relative home", "home onboard-bad-folder", [](auto &a) { a.home = "usr/local"; });
    backendRow("home leads out", "home onboard-bad-folder", [](auto &a) { a.home = "/usr/../etc"; });
    backendRow("home with a command", "home onboard-bad-folder", [](auto &a) { a.home = "/x;reboot"; });
    for (const char *folder : {"/", "/bin", "/bin/neuware", "/boot", "/dev/shm", "/etc", "/etc/neuware", "/home", "/lib", "/opt", "/proc", "/proc/self",
                               "/root", "/run/x", "/sbin", "/sys/x", "/tmp/x", "/usr", "/usr/bin", "/usr/lib", "/usr/local", "/usr/local/lib", "/var"})
        backendRow(folder, "home onboard-system-folder", [folder](auto &a) { a.home = folder; });
    backendRow("home with a dot", "home onboard-bad-folder", [](auto &a) { a.home = "/opt/./neuware"; });
    backendRow("home with two slashes", "home onboard-bad-folder", [](auto &a) { a.home = "/opt//neuware"; });
    backendRow("home with a slash at its end", "home onboard-bad-folder", [](auto &a) { a.home = "/opt/neuware/"; });
    backendRow("no version", "versions onboard-empty", [](auto &a) { a.versions.clear(); });
    backendRow("version in words", "versions[0] onboard-bad-version", [](auto &a) { a.versions = {"latest"}; });
    backendRow("one part", "versions[0] onboard-bad-version", [](auto &a) { a.versions = {"4"}; });
    backendRow("version twice", "versions[1] onboard-twice", [](auto &a) { a.versions = {"4.1.0", "4.1.0"}; });
    backendRow("version with a hyphen", "versions[0] onboard-bad-version", [](auto &a) { a.versions = {"4.1-1"}; });
    for (const char *version : {"4.1rc1", "4rc1.1", "4.post1", "4._1"}) // Letters would stand where tags have numbers.
        backendRow(version, "versions[1] onboard-bad-version", [version](auto &a) { a.versions = {"4.0.0", version}; });
    for (const char *image : {"runtime", "scratch", "common", "common:latest", "vllm", "VLLM", "${NEUWARE_STAGE}"}) // Stages and contexts of the Dockerfiles.
        backendRow(image, QByteArrayView(image) == "VLLM" ? "base_image onboard-bad-image" : "base_image onboard-image-is-stage", [image](auto &a) {
            a.baseImage = image;
            a.arguments[1] = {"NEUWARE_STAGE", Need::Required, "vllm", "A stage."};
        });
    backendRow("a stage for a service", "services[0].base_image onboard-image-is-stage", [](auto &a) { a.services[0].baseImage = "runtime"; });
    for (const char *platform : {"linux/mips", "linux/386", "linux/arm/v7", "linux/wasm", "linux/amd64/v9", "linux/s390x/v1"})
        backendRow(platform, "platforms[1] onboard-bad-platform", [platform](auto &a) { a.platforms = {"linux/amd64", platform}; });
    backendRow("a platform and its variant", "platforms[1] onboard-twice", [](auto &a) { a.platforms = {"linux/arm64", "linux/arm64/v8"}; });
    for (const char *hidden : {"\xE2\x80\xAE", "\xE2\x81\xA6", "\xE2\x80\x8B", "\xEF\xBB\xBF", "\xC2\x85", "\xE2\x80\xA8", "\x1b"}) { // U+202E and its like
        const std::string text = "Neu" + std::string(hidden) + "ware";
        const QByteArray row = "hidden " + QByteArray(hidden).toHex();
        backendRow(row + " in name", "name onboard-bad-name", [text](auto &a) { a.name = text; });
        backendRow(row + " in title", "title onboard-bad-name", [text](auto &a) { a.title = text; });
        backendRow(row + " in label", "variants[0].label onboard-bad-name", [text](auto &a) { a.variants[0].label = text; });
        backendRow(row + " in note", "notes[0].text onboard-bad-text", [text](auto &a) { a.notes[0].text = text; });
        backendRow(row + " in comment", "arguments[1].comment onboard-bad-text", [text](auto &a) { a.arguments[1].comment = text; });
        backendRow(row + " in default", "arguments[1].default onboard-bad-text", [text](auto &a) { a.arguments[1].defaultText = text; });
    }
    backendRow("python", "python onboard-bad-version", [](auto &a) { a.python = "3.12.1"; });
    backendRow("no base image", "base_image onboard-empty", [](auto &a) { a.baseImage.clear(); });
    backendRow("base image in capitals", "base_image onboard-bad-image", [](auto &a) { a.baseImage = "Cambricon/PyTorch:1"; });
    backendRow("base image with a blank", "base_image onboard-bad-image", [](auto &a) { a.baseImage = "a b:1"; });
    backendRow("base image with a new line", "base_image onboard-bad-text", [](auto &a) { a.baseImage = "a:1\nRUN reboot"; });
    backendRow("unknown argument", "base_image onboard-unknown-argument", [](auto &a) { a.baseImage = "a:${NOSUCH}"; });
    backendRow("open braces", "base_image onboard-bad-image", [](auto &a) { a.baseImage = "a:${NEUWARE_VERSION"; });
    backendRow("no argument for variants", "variant_arg onboard-empty", [](auto &a) { a.variantArgument.clear(); });
    backendRow("foreign argument for variants", "variant_arg onboard-bad-argument", [](auto &a) { a.variantArgument = "CUDA_ARCHS"; });
    backendRow("variant with a hyphen", "variants[0].id onboard-bad-identifier", [](auto &a) { a.variants[0].id = "mlu-590"; });
    backendRow("no platform", "platforms onboard-empty", [](auto &a) { a.platforms.clear(); });
    backendRow("unknown platform", "platforms[0] onboard-bad-platform", [](auto &a) { a.platforms = {"linux/mlu"}; });
    backendRow("another system", "platforms[1] onboard-bad-platform", [](auto &a) { a.platforms = {"linux/amd64", "windows/amd64"}; });
    backendRow("no service", "services onboard-empty", [](auto &a) { a.services.clear(); a.arguments.clear(); a.baseImage = "a:1"; });
    backendRow("service without a version", "services[0].versions onboard-empty", [](auto &a) { a.services[0].versions.clear(); });
    backendRow("service is a backend", "services[0].id onboard-id-taken", [](auto &a) { a.services[0].id = "rocm"; a.arguments.clear(); a.baseImage = "a:1"; });
    backendRow("package with an option", "services[0].package onboard-bad-package", [](auto &a) { a.services[0].package = "vllm --pre"; });
    backendRow("argument of another", "arguments[0].name onboard-bad-argument", [](auto &a) { a.arguments[0].name = "CUDA_X"; a.baseImage = "a:1"; });
    backendRow("argument in small letters", "arguments[1].name onboard-bad-argument", [](auto &a) { a.arguments[1].name = "neuware_x"; });
    backendRow("argument given anyway", "arguments[1].name onboard-twice", [](auto &a) { a.arguments[1].name = "NEUWARE_VERSION"; });
    backendRow("argument of the home folder", "arguments[1].name onboard-twice", [](auto &a) { a.arguments[1].name = "NEUWARE_HOME"; });
    backendRow("home for variants", "variant_arg onboard-bad-argument", [](auto &a) { a.variantArgument = "NEUWARE_HOME"; });
    backendRow("service named like a program", "services[0].id onboard-reserved", [](auto &a) { a.services[0].id = "pip"; a.arguments.clear(); a.baseImage = "a:1"; });
    backendRow("required without default", "arguments[0].default onboard-no-default", [](auto &a) { a.arguments[0].need = Need::Required; });
    backendRow("default with a quote", "arguments[1].default onboard-bad-default", [](auto &a) { a.arguments[1].defaultText = "a\"b"; });
    backendRow("default over two lines", "arguments[1].default onboard-bad-text", [](auto &a) { a.arguments[1].defaultText = "a\nRUN x"; });
    backendRow("comment over two lines", "arguments[1].comment onboard-bad-text", [](auto &a) { a.arguments[1].comment = "a\nRUN x"; });
    backendRow("note of nothing", "notes[0].text onboard-empty", [](auto &a) { a.notes[0].text.clear(); });
}

void ValidateTest::refusesServices_data()
{
    QTest::addColumn<ChangeService>("change");
    QTest::addColumn<QByteArray>("expected");
    serviceRow("capitals", "service.id onboard-bad-identifier", [](auto &a) { a.service.id = "TEI"; });
    serviceRow("like a program", "service.id onboard-reserved", [](auto &a) { a.service.id = "uv"; });
    serviceRow("no backend", "backends onboard-empty", [](auto &a) { a.backends.clear(); });
    serviceRow("unknown backend", "backends[0].backend onboard-no-such-backend", [](auto &a) { a.backends[0].backend = "neuware"; });
    serviceRow("backend twice", "backends[1].backend onboard-twice", [](auto &a) { a.backends[1].backend = "cuda"; });
    serviceRow("there already", "backends[0].backend onboard-service-there", [](auto &a) {
        a.service = {"vllm", {}, {"0.1"}, onboard::Installation::Packages, {}, {}, {}};
        a.backends = {{"rocm", {}, {}, {}, {}, {}}};
        a.arguments.clear();
    });
    serviceRow("unknown variant", "backends[0].variants[0] onboard-no-such-variant", [](auto &a) { a.backends[0].variants = {"a3"}; });
    serviceRow("bad version of the backend", "backends[0].versions[0] onboard-bad-version", [](auto &a) { a.backends[0].versions = {"new"}; });
    serviceRow("stages without a stage", "backends[0].stages onboard-bad-stages", [](auto &a) { a.backends[0].stages = "RUN reboot\n"; });
    serviceRow("an open heredoc", "backends[0].stages onboard-bad-stages", [](auto &a) { a.backends[0].stages = "FROM a:1 AS tei\nRUN <<EOF\n"; });
    serviceRow("a stage of another service", "backends[0].stages onboard-bad-stages", [](auto &a) {
        a.backends[0].stages = "FROM a:1 AS vllm\nFROM vllm AS tei\n";
    });
    serviceRow("no stages", "backends[0].stages onboard-empty; backends[1].stages onboard-empty", [](auto &a) {
        a.backends[0].stages.clear();
        a.backends[1].stages.clear();
    });
    serviceRow("stages of no use", "backends[0].stages onboard-unused-stages; backends[1].stages onboard-unused-stages", [](auto &a) {
        a.service.installation = onboard::Installation::Packages;
    });
    serviceRow("an argument that is there", "arguments[0].name onboard-bad-argument; arguments[0].name onboard-twice", [](auto &a) {
        a.arguments[0].name = "VLLM_VERSION";
    });
    const auto stages = [](const char *name, const char *expected, const std::string &text) {
        serviceRow(name, expected, [text](auto &a) { a.backends[0].stages = text; });
    };
    const char *const bad = "backends[0].stages onboard-bad-stages";
    stages("a control byte", bad, "FROM a:1 AS tei\nRUN true\x1b[2J\n");
    stages("turned text", bad, "FROM a:1 AS tei\n# \xE2\x80\xAE eurt NUR\nRUN true\n");
    stages("a byte-order mark", bad, "\xEF\xBB\xBF" "FROM a:1 AS tei\n");
    stages("a byte that is no text", bad, "FROM a:1 AS tei\nRUN echo \xff\n");
    stages("a last line that goes on", bad, "FROM a:1 AS tei\nRUN true \\\n");
    stages("a last line that goes on, with blanks and comments behind", bad, "FROM a:1 AS tei\nRUN true && \\  \n\n# more\n");
    stages("a FROM that goes on", bad, "FROM a:1 AS tei \\");
    stages("another escape character", bad, "# escape=`\nFROM a:1 AS tei\nRUN true `\n  && true\n");
    stages("a copy from an unknown stage", bad, "FROM a:1 AS tei\nCOPY --from=tei-biuld /x /x\n");
    stages("a copy from a stage below", bad, "FROM a:1 AS tei-build\nCOPY --from=tei-more /x /x\nFROM a:1 AS tei-more\nFROM a:1 AS tei\n");
    stages("a mount of an unknown stage", bad, "FROM a:1 AS tei\nRUN --mount=type=bind,from=nosuch,target=/x true\n");
    stages("a copy from a number", bad, "FROM a:1 AS tei-build\nFROM a:1 AS tei\nCOPY --from=0 /x /x\n");
    stages("on an unknown stage", bad, "FROM nosuch AS tei\n");
    stages("what is fine", "", "FROM runtime AS tei-base\nRUN --mount=type=bind,from=common,target=/common true \\\n  # why\n  && true\n"
                              "FROM scratch AS tei-none\nFROM ${TEI_BASE_IMAGE} AS tei\nCOPY --from=tei-base /x /x\nCOPY --from=vllm /y /y\n"
                              "COPY --from=ghcr.io/a/b /z /z\nCOPY --from=busybox:1 /z /z\nRUN <<EOF\n  x \\\nEOF\n# end \\\n");
    serviceRow("a stage for an image", "service.base_image onboard-image-is-stage; backends[1].base_image onboard-image-is-stage", [](auto &a) {
        a.service.baseImage = "vllm";
        a.backends[1].baseImage = "common";
    });
    serviceRow("a base image that one backend knows", "service.base_image onboard-unknown-argument", [](auto &a) {
        a.service.baseImage = "a:${CUDA_VERSION}";
    });
}

QTEST_APPLESS_MAIN(ValidateTest)
#include "tst_validate.moc"
