// Answers that are refused, one wrong thing each: at which field, and nothing is written for any of them.
#include "onboardtest.h"

#include <functional>

using namespace onboardtest;
using dockerfile::Need;
using onboard::BackendAnswers;
using onboard::ServiceAnswers;

using ChangeBackend = std::function<void(BackendAnswers &)>;
using ChangeService = std::function<void(ServiceAnswers &)>;
Q_DECLARE_METATYPE(ChangeBackend)
Q_DECLARE_METATYPE(ChangeService)

namespace {

void withId(const char *name, const std::string &id, const char *problem = "onboard-bad-identifier")
{
    QTest::newRow(name) << ChangeBackend([id](BackendAnswers &answers) { answers.id = id; })
                        << QByteArray("id ") + problem;
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

class RefusedAnswersTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<Centre> m_centre;
    workspace::WorkspacePointer m_workspace;

private slots:
    void initTestCase()
    {
        m_centre = Centre::ofProject();
        fs::create_directory(m_centre->root() / "pack/hollow");
        fs::create_directory(m_centre->root() / "pack/Capital");
        m_centre->write("pack/stray", "");
        m_centre->write("tests/e2e/rehearsal/described/bygone.json", "{}\n");
        m_workspace = m_centre->open();
        QVERIFY(m_workspace);
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
        withId("another's folder in capitals", "capital", "onboard-folder-there");
        for (const char *id :
             {"cargo", "java", "hf",   "torch",  "python", "uv",    "pip",   "cmake",   "http", "ld",
              "true",  "no",   "null", "docker", "target", "build", "linux", "windows", "git",  "bash"})
            withId(id, id, "onboard-reserved");
        furtherBackends();
        names();
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

private:
    static void furtherBackends();
    static void names();
};

void RefusedAnswersTest::furtherBackends()
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
    for (const char *folder :
         {"/",      "/bin", "/bin/neuware", "/boot",      "/dev/shm",   "/etc",           "/etc/neuware", "/home",
          "/lib",   "/opt", "/proc",        "/proc/self", "/root",      "/run/x",         "/sbin",        "/sys/x",
          "/tmp/x", "/usr", "/usr/bin",     "/usr/lib",   "/usr/local", "/usr/local/lib", "/var"})
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
    for (const char *image : {"runtime", "scratch", "common", "common:latest", "vllm", "VLLM",
                              "${NEUWARE_STAGE}"}) // Stages and contexts of the Dockerfiles.
        backendRow(image,
                   QByteArrayView(image) == "VLLM" ? "base_image onboard-bad-image"
                                                   : "base_image onboard-image-is-stage",
                   [image](auto &a) {
                       a.baseImage = image;
                       a.arguments[1] = {"NEUWARE_STAGE", Need::Required, "vllm", "A stage."};
                   });
    backendRow("a stage for a service", "services[0].base_image onboard-image-is-stage",
               [](auto &a) { a.services[0].baseImage = "runtime"; });
    for (const char *platform :
         {"linux/mips", "linux/386", "linux/arm/v7", "linux/wasm", "linux/amd64/v9", "linux/s390x/v1"})
        backendRow(platform, "platforms[1] onboard-bad-platform", [platform](auto &a) {
            a.platforms = {"linux/amd64", platform};
        });
    backendRow("a platform and its variant", "platforms[1] onboard-twice", [](auto &a) {
        a.platforms = {"linux/arm64", "linux/arm64/v8"};
    });
    for (const char *hidden : {"\xE2\x80\xAE", "\xE2\x81\xA6", "\xE2\x80\x8B", "\xEF\xBB\xBF", "\xC2\x85",
                               "\xE2\x80\xA8", "\x1b"}) { // U+202E and its like
        const std::string text = "Neu" + std::string(hidden) + "ware";
        const QByteArray row = "hidden " + QByteArray(hidden).toHex();
        backendRow(row + " in name", "name onboard-bad-name", [text](auto &a) { a.name = text; });
        backendRow(row + " in title", "title onboard-bad-name", [text](auto &a) { a.title = text; });
        backendRow(row + " in label", "variants[0].label onboard-bad-name",
                   [text](auto &a) { a.variants[0].label = text; });
        backendRow(row + " in note", "notes[0].text onboard-bad-text", [text](auto &a) { a.notes[0].text = text; });
        backendRow(row + " in comment", "arguments[1].comment onboard-bad-text",
                   [text](auto &a) { a.arguments[1].comment = text; });
        backendRow(row + " in default", "arguments[1].default onboard-bad-text",
                   [text](auto &a) { a.arguments[1].defaultText = text; });
    }
    for (const char *python : {"3.12.1", "3", "3.", "3.99", "3.013", "3.7", "4.1", "3.1x"})
        backendRow(QByteArray("python ") + python, "python onboard-bad-version",
                   [python](auto &a) { a.python = python; });
    backendRow("no base image", "base_image onboard-empty", [](auto &a) { a.baseImage.clear(); });
    backendRow("base image in capitals", "base_image onboard-bad-image",
               [](auto &a) { a.baseImage = "Cambricon/PyTorch:1"; });
    backendRow("base image with a blank", "base_image onboard-bad-image", [](auto &a) { a.baseImage = "a b:1"; });
    backendRow("base image with a new line", "base_image onboard-bad-text",
               [](auto &a) { a.baseImage = "a:1\nRUN reboot"; });
    backendRow("unknown argument", "base_image onboard-unknown-argument", [](auto &a) { a.baseImage = "a:${NOSUCH}"; });
    backendRow("open braces", "base_image onboard-bad-image", [](auto &a) { a.baseImage = "a:${NEUWARE_VERSION"; });
    backendRow("no argument for variants", "variant_arg onboard-empty", [](auto &a) { a.variantArgument.clear(); });
    backendRow("foreign argument for variants", "variant_arg onboard-bad-argument",
               [](auto &a) { a.variantArgument = "CUDA_ARCHS"; });
    backendRow("variant with a hyphen", "variants[0].id onboard-bad-identifier",
               [](auto &a) { a.variants[0].id = "mlu-590"; });
    backendRow("no platform", "platforms onboard-empty", [](auto &a) { a.platforms.clear(); });
    backendRow("unknown platform", "platforms[0] onboard-bad-platform", [](auto &a) { a.platforms = {"linux/mlu"}; });
    backendRow("another system", "platforms[1] onboard-bad-platform", [](auto &a) {
        a.platforms = {"linux/amd64", "windows/amd64"};
    });
    backendRow("no service", "services onboard-empty", [](auto &a) {
        a.services.clear();
        a.arguments.clear();
        a.baseImage = "a:1";
    });
    for (const char *version : {"4.1.0_1", "04.1", "00.1"}) // The tag would carry what versions are written without.
        backendRow(version, "versions[0] onboard-bad-version", [version](auto &a) { a.versions = {version}; });
    backendRow("service without a version", "services[0].versions onboard-empty",
               [](auto &a) { a.services[0].versions.clear(); });
    backendRow("service is a backend", "services[0].id onboard-id-taken", [](auto &a) {
        a.services[0].id = "rocm";
        a.arguments.clear();
        a.baseImage = "a:1";
    });
    backendRow("package with an option", "services[0].package onboard-bad-package",
               [](auto &a) { a.services[0].package = "vllm --pre"; });
    for (const char *package :
         {"-r", "--pre", "-rvllm", ".vllm", "vllm-", "_vllm"}) // The first of them pip would take for options.
        backendRow(package, "services[0].package onboard-bad-package",
                   [package](auto &a) { a.services[0].package = package; });
    backendRow("argument of another", "arguments[0].name onboard-bad-argument", [](auto &a) {
        a.arguments[0].name = "CUDA_X";
        a.baseImage = "a:1";
    });
    backendRow("argument in small letters", "arguments[1].name onboard-bad-argument",
               [](auto &a) { a.arguments[1].name = "neuware_x"; });
    backendRow("argument given anyway", "arguments[1].name onboard-twice",
               [](auto &a) { a.arguments[1].name = "NEUWARE_VERSION"; });
    backendRow("argument of the home folder", "arguments[1].name onboard-twice",
               [](auto &a) { a.arguments[1].name = "NEUWARE_HOME"; });
    backendRow("home for variants", "variant_arg onboard-bad-argument",
               [](auto &a) { a.variantArgument = "NEUWARE_HOME"; });
    backendRow("service named like a program", "services[0].id onboard-reserved", [](auto &a) {
        a.services[0].id = "pip";
        a.arguments.clear();
        a.baseImage = "a:1";
    });
    backendRow("required without default", "arguments[0].default onboard-no-default",
               [](auto &a) { a.arguments[0].need = Need::Required; });
    backendRow("default with a quote", "arguments[1].default onboard-bad-default",
               [](auto &a) { a.arguments[1].defaultText = "a\"b"; });
    backendRow("default over two lines", "arguments[1].default onboard-bad-text",
               [](auto &a) { a.arguments[1].defaultText = "a\nRUN x"; });
    backendRow("comment over two lines", "arguments[1].comment onboard-bad-text",
               [](auto &a) { a.arguments[1].comment = "a\nRUN x"; });
    for (const char *blanks : {" ", "   ", "\xC2\xA0"}) {
        const std::string text = blanks;
        const QByteArray row = "blanks " + QByteArray(blanks).toHex();
        backendRow(row + " in note", "notes[0].text onboard-empty", [text](auto &a) { a.notes[0].text = text; });
        backendRow(row + " in comment", "arguments[1].comment onboard-empty",
                   [text](auto &a) { a.arguments[1].comment = text; });
        backendRow(row + " in default", "arguments[1].default onboard-empty",
                   [text](auto &a) { a.arguments[1].defaultText = text; });
    }
    backendRow("note of nothing", "notes[0].text onboard-empty", [](auto &a) { a.notes[0].text.clear(); });
}

// Whoever reads the table would take one for the other.
void RefusedAnswersTest::names()
{
    backendRow("name of another in capitals", "name onboard-name-taken", [](auto &a) { a.name = "nvidia cuda"; });
    backendRow("title of another", "title onboard-name-taken", [](auto &a) { a.title = "CUDA"; });
    backendRow("title of another as the name", "name onboard-name-taken", [](auto &a) {
        a.name = "CUDA";
        a.title.clear();
    });
    backendRow("labels of variants", "variants[1].label onboard-name-taken", [](auto &a) {
        a.variants = {{"a", "One"}, {"b", "one"}};
    });
    backendRow("names of new services", "services[1].name onboard-name-taken", [](auto &a) {
        a.services = {{"tei", "TEI", {"1.8"}, {}, {}, {}, {}}, {"other", "TEI", {"1.8"}, {}, {}, {}, {}}};
        a.arguments.clear();
        a.baseImage = "a:1";
    });
}

void RefusedAnswersTest::refusesServices_data()
{
    QTest::addColumn<ChangeService>("change");
    QTest::addColumn<QByteArray>("expected");
    serviceRow("capitals", "service.id onboard-bad-identifier", [](auto &a) { a.service.id = "TEI"; });
    serviceRow("like a program", "service.id onboard-reserved", [](auto &a) { a.service.id = "uv"; });
    serviceRow("no backend", "backends onboard-empty", [](auto &a) { a.backends.clear(); });
    serviceRow("unknown backend", "backends[0].backend onboard-no-such-backend",
               [](auto &a) { a.backends[0].backend = "neuware"; });
    serviceRow("backend twice", "backends[1].backend onboard-twice", [](auto &a) { a.backends[1].backend = "cuda"; });
    serviceRow("there already", "backends[0].backend onboard-service-there", [](auto &a) {
        a.service = {"vllm", {}, {"0.1"}, onboard::Installation::Packages, {}, {}, {}};
        a.backends = {{"rocm", {}, {}, {}, {}, {}}};
        a.arguments.clear();
    });
    serviceRow("unknown variant", "backends[0].variants[0] onboard-no-such-variant",
               [](auto &a) { a.backends[0].variants = {"a3"}; });
    serviceRow("bad version of the backend", "backends[0].versions[0] onboard-bad-version",
               [](auto &a) { a.backends[0].versions = {"new"}; });
    serviceRow("a version of the backend twice", "backends[0].versions[1] onboard-twice", [](auto &a) {
        a.backends[0].versions = {"12.9.1", "12.9.1"};
    });
    serviceRow("a variant twice", "backends[0].variants[1] onboard-twice", [](auto &a) {
        a.backends = {{"cann", {}, a.backends[1].stages, {}, {"a3", "a3"}, {}}};
    });
    serviceRow("stages without a stage", "backends[0].stages onboard-bad-stages",
               [](auto &a) { a.backends[0].stages = "RUN reboot\n"; });
    serviceRow("an open heredoc", "backends[0].stages onboard-bad-stages",
               [](auto &a) { a.backends[0].stages = "FROM a:1 AS tei\nRUN <<EOF\n"; });
    serviceRow("a stage of another service", "backends[0].stages onboard-bad-stages",
               [](auto &a) { a.backends[0].stages = "FROM a:1 AS vllm\nFROM vllm AS tei\n"; });
    serviceRow("no stages", "backends[0].stages onboard-empty; backends[1].stages onboard-empty", [](auto &a) {
        a.backends[0].stages.clear();
        a.backends[1].stages.clear();
    });
    serviceRow("stages of no use", "backends[0].stages onboard-unused-stages; backends[1].stages onboard-unused-stages",
               [](auto &a) { a.service.installation = onboard::Installation::Packages; });
    serviceRow("an argument that is there", "arguments[0].name onboard-bad-argument; arguments[0].name onboard-twice",
               [](auto &a) { a.arguments[0].name = "VLLM_VERSION"; });
    const auto stages = [](const char *name, const char *expected, const std::string &text) {
        serviceRow(name, expected, [text](auto &a) { a.backends[0].stages = text; });
    };
    const char *const bad = "backends[0].stages onboard-bad-stages";
    stages("a control byte", bad, "FROM a:1 AS tei\nRUN true\x1b[2J\n");
    stages("turned text", bad, "FROM a:1 AS tei\n# \xE2\x80\xAE eurt NUR\nRUN true\n");
    stages("a byte-order mark", bad,
           "\xEF\xBB\xBF"
           "FROM a:1 AS tei\n");
    stages("a byte that is no text", bad, "FROM a:1 AS tei\nRUN echo \xff\n");
    stages("a last line that goes on", bad, "FROM a:1 AS tei\nRUN true \\\n");
    stages("a last line that goes on, with blanks and comments behind", bad,
           "FROM a:1 AS tei\nRUN true && \\  \n\n# more\n");
    stages("a FROM that goes on", bad, "FROM a:1 AS tei \\");
    stages("another escape character", bad, "# escape=`\nFROM a:1 AS tei\nRUN true `\n  && true\n");
    stages("a copy from an unknown stage", bad, "FROM a:1 AS tei\nCOPY --from=tei-biuld /x /x\n");
    stages("a copy from a stage below", bad,
           "FROM a:1 AS tei-build\nCOPY --from=tei-more /x /x\nFROM a:1 AS tei-more\nFROM a:1 AS tei\n");
    stages("a mount of an unknown stage", bad, "FROM a:1 AS tei\nRUN --mount=type=bind,from=nosuch,target=/x true\n");
    stages("a copy from a number", bad, "FROM a:1 AS tei-build\nFROM a:1 AS tei\nCOPY --from=0 /x /x\n");
    stages("on an unknown argument", bad, "FROM ${NOSUCH} AS tei\n");
    stages("on an image of an unknown argument", bad, "FROM a:1 AS tei-build\nFROM a:$TEI_VERSIN AS tei\n");
    stages("on an argument with a default", "",
           "FROM ${NOSUCH:-a:1} AS tei-build\nFROM a:${TEI_VERSION}-${TARGETARCH}-${CUDA_VERSION}-${TEI_RUST_VERSION} "
           "AS tei\n");
    stages("on an unknown stage", bad, "FROM nosuch AS tei\n");
    stages(
        "what is fine", "",
        "FROM runtime AS tei-base\nRUN --mount=type=bind,from=common,target=/common true \\\n  # why\n  && true\n"
        "FROM scratch AS tei-none\nFROM ${TEI_BASE_IMAGE} AS tei\nCOPY --from=tei-base /x /x\nCOPY --from=vllm /y /y\n"
        "COPY --from=ghcr.io/a/b /z /z\nCOPY --from=busybox:1 /z /z\nRUN <<EOF\n  x \\\nEOF\n# end \\\n");
    serviceRow("a stage for an image",
               "service.base_image onboard-image-is-stage; backends[1].base_image onboard-image-is-stage", [](auto &a) {
                   a.service.baseImage = "vllm";
                   a.backends[1].baseImage = "common";
               });
    serviceRow("a base image that one backend knows", "service.base_image onboard-unknown-argument",
               [](auto &a) { a.service.baseImage = "a:${CUDA_VERSION}"; });
}

QTEST_APPLESS_MAIN(RefusedAnswersTest)
#include "tst_refusedanswers.moc"
