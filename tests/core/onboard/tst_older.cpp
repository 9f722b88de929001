// Onboarding in a pack centre of the older layout: every file that names all backends or services, with byte care.
#include "onboardtest.h"

using namespace onboardtest;

namespace {

constexpr auto packWorkflow =
    "# Packs images.\nname: Pack\non:\n  workflow_dispatch:\n    inputs:\n      backend:\n"
    "        type: choice\n        default: all\n        options:\n          - all\n          - cann # Huawei\n"
    "          - rocm\n      target:\n        type: choice\n        options: [services, vllm, mindie]\n"
    "jobs: {}\n";
constexpr auto discardWorkflow =
    "on:\r\n  workflow_dispatch:\r\n    inputs:\r\n      backend:\r\n        options:\r\n        - 'cann'\r\n"
    "        - 'cuda'\r\n      service: { type: string }\r\n";
constexpr auto pruneWorkflow =
    "on:\n  workflow_dispatch:\n    inputs:\n      backend:\n        options:\n          - cann\n          - musa";
constexpr auto pattern = "import re\n\n_RE_DOCKER_IMAGE = re.compile(\n    "
                         "r\"runner:(?P<backend>(Host|cann|rocm))(?P<backend_version>[\\d.]+)"
                         "-(?P<service>(vllm|mindie))(?P<service_version>[\\w.]+)\",\n)\n";
constexpr auto commandLine =
    "_AVAILABLE_BACKENDS = [\n    \"cann\",\n    \"rocm\",  # AMD\n]\n_AVAILABLE_SERVICES = [\"vllm\", \"mindie\"]\n";

constexpr auto rules =
    "# Rules.\nrules:\n\n  ## CANN.\n  - backend: \"cann\"\n    services:\n      - \"vllm\"\n    args:\n"
    "      - \"CANN_VERSION=8.5.1\"\n      - \"CANN_ARCHS=a3\"\n";
constexpr auto dockerfileText =
    "# Images.\n#\n# 1. Stage vllm: it.\n#\n# CANN_VERSION REQUIRED Version.\n\nARG CANN_VERSION=8.5.1\nARG "
    "CANN_ARCHS=a3\n"
    "ARG PYTHON_VERSION=3.11\nARG VLLM_VERSION=0.11.0\nFROM scratch AS vllm\nARG VLLM_VERSION\n";

onboard::BackendAnswers backend()
{
    auto answers = neuware();
    answers.variants.clear();
    answers.variantArgument.clear();
    answers.notes.clear();
    return answers;
}

onboard::ServiceAnswers service()
{
    onboard::ServiceAnswers answers;
    answers.service = {"tei", "TEI", {"1.8.3"}, onboard::Installation::Packages, {}, {}, {}};
    answers.backends = {{"cann", {}, {}, {}, {}, {}}};
    return answers;
}

} // namespace

class OlderTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<Centre> m_centre;

    std::string after(const onboard::Proposal &proposal, const std::string &file) const
    {
        for (const onboard::ProposedFile &each : proposal.files) {
            if (each.file == file)
                return each.after;
        }
        return m_centre->read(file);
    }
    static std::string replaced(std::string text, const std::string &from, const std::string &to)
    {
        return text.replace(text.find(from), from.size(), to);
    }
    onboard::Proposal made(const auto &answers) const
    {
        const auto proposal = onboard::propose(m_centre->open(), answers);
        if (!proposal)
            qWarning("%s", errorsOf(proposal.error()).c_str());
        return proposal ? *proposal : onboard::Proposal();
    }
    static std::string remarksOf(const onboard::Proposal &proposal)
    {
        std::string text;
        for (const Problem &problem : proposal.remarks)
            text += problem.where.file + " " + problem.id + "; ";
        return text;
    }

private slots:
    void init()
    {
        m_centre = std::make_unique<Centre>();
        m_centre->write("pack/matrix.yaml", rules);
        m_centre->write("pack/cann/Dockerfile", dockerfileText);
        m_centre->write("gpustack_runner/runner.py.json", "[]\n");
        m_centre->write("gpustack_runner/runner.py", pattern);
        m_centre->write("gpustack_runner/cmds/images.py", commandLine);
        m_centre->write(".github/workflows/pack.yml", packWorkflow);
        m_centre->write(".github/workflows/discard.yml", discardWorkflow);
        m_centre->write(".github/workflows/prune.yml", pruneWorkflow);
    }

    void aBackendGoesIntoEveryFile()
    {
        const auto proposal = made(backend());
        QCOMPARE(remarksOf(proposal), std::string());
        QVERIFY(after(proposal, "pack/matrix.yaml").starts_with(rules));
        QVERIFY(after(proposal, "pack/matrix.yaml")
                    .ends_with("  - backend: \"neuware\"\n    services:\n      - \"vllm\"\n    args:\n"
                               "      - \"NEUWARE_VERSION=4.1.0\"\n"));
        QCOMPARE(after(proposal, ".github/workflows/pack.yml"),
                 replaced(packWorkflow, "          - rocm", "          - neuware\n          - rocm"));
        QCOMPARE(after(proposal, ".github/workflows/discard.yml"),
                 replaced(discardWorkflow, "        - 'cuda'\r\n", "        - 'cuda'\r\n        - 'neuware'\r\n"));
        QCOMPARE(after(proposal, ".github/workflows/prune.yml"), std::string(pruneWorkflow) + "\n          - neuware");
        QCOMPARE(after(proposal, "gpustack_runner/runner.py"), replaced(pattern, "cann|rocm", "cann|neuware|rocm"));
        QCOMPARE(after(proposal, "gpustack_runner/cmds/images.py"),
                 replaced(commandLine, "    \"rocm\",", "    \"neuware\",\n    \"rocm\","));
        QCOMPARE(proposal.images.front().tag, std::string("neuware4.1-vllm0.11.0"));
        QVERIFY(proposal.findings.empty());
    }

    void aServiceGoesIntoEveryFile()
    {
        const auto proposal = made(service());
        QCOMPARE(remarksOf(proposal), std::string());
        QCOMPARE(after(proposal, ".github/workflows/pack.yml"),
                 replaced(packWorkflow, "vllm, mindie]", "vllm, mindie, tei]"));
        QCOMPARE(after(proposal, ".github/workflows/discard.yml"), std::string(discardWorkflow));
        QCOMPARE(after(proposal, "gpustack_runner/runner.py"), replaced(pattern, "(vllm|mindie)", "(vllm|mindie|tei)"));
        QCOMPARE(after(proposal, "gpustack_runner/cmds/images.py"),
                 replaced(commandLine, "\"mindie\"]", "\"mindie\", \"tei\"]"));
        QVERIFY(after(proposal, "pack/cann/Dockerfile").find("# 2. Stage tei: take the runtime image;")
                != std::string::npos);
        QCOMPARE(after(proposal, "pack/matrix.yaml"),
                 std::string(rules)
                     + "  - backend: \"cann\"\n    services:\n      - \"tei\"\n    args:\n"
                       "      - \"CANN_VERSION=8.5.1\"\n      - \"CANN_ARCHS=a3\"\n");
        QCOMPARE(QByteArray::fromStdString(proposal.images.front().tag), QByteArray("cann8.5-a3-tei1.8.3"));
    }

    // Without variants, notes and scripts of pack/common, which that layout has not.
    void theExamplesAreFine()
    {
        for (const char *backend : {"cuda", "rocm"}) {
            const std::string id = backend;
            const std::string name = id == "cuda" ? "CUDA" : "ROCM";
            m_centre->write("pack/" + id + "/Dockerfile",
                            "ARG " + name + "_VERSION=12.9.1\nFROM scratch AS runtime\nFROM runtime AS vllm\n");
        }
        m_centre->write("pack/matrix.yaml", std::string(rules)
                                                + "  - backend: \"cuda\"\n    services:\n      - \"vllm\"\n"
                                                  "  - backend: \"rocm\"\n    services:\n      - \"vllm\"\n");
        const auto centre = m_centre->open();
        QVERIFY(centre);
        const auto backend = onboard::readBackendSpec(onboard::backendExample(centre.get()), "spec.yml");
        QVERIFY(backend && backend->problems.empty());
        QCOMPARE(errorsOf(onboard::validate(*centre, backend->answers)), std::string());
        QVERIFY(onboard::propose(centre, backend->answers));
        const auto service = onboard::readServiceSpec(onboard::serviceExample(centre.get()), "spec.yml");
        QVERIFY(service && service->problems.empty());
        QCOMPARE(errorsOf(onboard::validate(*centre, service->answers)), std::string());
        const auto proposal = onboard::propose(centre, service->answers);
        QVERIFY(proposal && onboard::errorsIn(proposal->findings).empty());
        for (const std::string &text : {onboard::backendExample(centre.get()), onboard::serviceExample(centre.get())})
            QVERIFY2(text.find("/common/") == std::string::npos && text.find("#?") == std::string::npos, text.c_str());
    }

    void undoReturnsEveryByte()
    {
        const auto before = treeOf(m_centre->root());
        const auto undo = onboard::apply(m_centre->root(), made(backend()), m_centre->journals());
        QVERIFY(undo);
        QVERIFY(onboard::undo(m_centre->root(), *undo, m_centre->journals()));
        QVERIFY(treeOf(m_centre->root()) == before);
    }

    void whatIsThereAlreadyStays()
    {
        m_centre->write("gpustack_runner/cmds/images.py",
                        replaced(commandLine, "\"rocm\",", "\"neuware\",\n    \"rocm\","));
        const auto proposal = made(backend());
        QVERIFY(std::none_of(proposal.files.begin(), proposal.files.end(),
                             [](const auto &file) { return file.file == "gpustack_runner/cmds/images.py"; }));
    }

    void unexpectedFilesAreToldAndLeftAlone()
    {
        m_centre->write(".github/workflows/pack.yml", "on: push\n");
        m_centre->write(".github/workflows/discard.yml", "on: [\n");
        fs::remove(m_centre->root() / ".github/workflows/prune.yml");
        m_centre->write("gpustack_runner/runner.py", "_RE_DOCKER_IMAGE = build(names)\n");
        m_centre->write("gpustack_runner/cmds/images.py", "_AVAILABLE_BACKENDS = [*known(), \"cann\"]\n");
        const auto proposal = made(backend());
        QCOMPARE(
            QByteArray::fromStdString(remarksOf(proposal)),
            QByteArray(
                ".github/workflows/pack.yml onboard-unexpected-file; .github/workflows/discard.yml "
                "onboard-unexpected-file; "
                ".github/workflows/prune.yml onboard-file-missing; gpustack_runner/runner.py onboard-unexpected-file; "
                "gpustack_runner/cmds/images.py onboard-unexpected-file; "));
        QCOMPARE(proposal.files.size(), std::size_t{2});
        const std::string told =
            "The file does not look as expected, so it stays as it is and neuware was not added: expected was ";
        QCOMPARE(proposal.remarks[0].message,
                 told + "a workflow with a list of names below on.workflow_dispatch.inputs.backend.options");
        QCOMPARE(
            proposal.remarks[3].message,
            told + "one line that begins with _RE_DOCKER_IMAGE =, and the group (?P<backend>a|b|…) of names behind it");
        QCOMPARE(proposal.remarks[4].message,
                 told + "one line that begins with _AVAILABLE_BACKENDS = [, and a list of plain texts");
    }

    // Whatever a file looks like: names go in with its own line ends, quotes and blanks, and nothing else changes; or
    // it stays as it is, and that is told.
    void oddFiles_data();
    void oddFiles()
    {
        QFETCH(QString, file);
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        m_centre->write(file.toStdString(), text.toStdString());
        const auto before = treeOf(m_centre->root());
        const auto proposal = made(backend());
        const std::string name = file.toStdString();
        QCOMPARE(remarksOf(proposal), from.isEmpty() ? name + " onboard-unexpected-file; " : std::string());
        const auto undo = onboard::apply(m_centre->root(), proposal, m_centre->journals());
        QVERIFY2(undo, undo ? "" : undo.error().message.c_str());
        const QByteArray expected =
            from.isEmpty()
                ? text
                : QByteArray::fromStdString(replaced(text.toStdString(), from.toStdString(), to.toStdString()));
        QCOMPARE(QByteArray::fromStdString(m_centre->read(name)), expected);
        QVERIFY(onboard::undo(m_centre->root(), *undo, m_centre->journals()));
        QVERIFY(treeOf(m_centre->root()) == before);
    }

    void aFileThatIsNoFileIsTold()
    {
        fs::remove(m_centre->root() / "gpustack_runner/runner.py");
        fs::create_directory(m_centre->root() / "gpustack_runner/runner.py");
        fs::remove(m_centre->root() / ".github/workflows/pack.yml");
        fs::create_symlink("/etc/hostname", m_centre->root() / ".github/workflows/pack.yml");
        m_centre->write("gpustack_runner/cmds/images.py", "_AVAILABLE_BACKENDS = [\"cann\"]\n# \xff\n");
        const auto proposal = made(backend());
        QCOMPARE(proposal.remarks.size(), std::size_t{3});
        for (const Problem &problem : proposal.remarks)
            QVERIFY2(problem.message.ends_with("so neuware is not added there") && !problem.advice.empty(),
                     problem.message.c_str());
        QVERIFY(onboard::apply(m_centre->root(), proposal, m_centre->journals()));
    }

    // And no backend to begin like brings it.
    void whatItHasNoPlaceForIsRefused()
    {
        const auto proposal = onboard::propose(m_centre->open(), neuware());
        QVERIFY(!proposal);
        QCOMPARE(errorsOf(proposal.error()), std::string("variants onboard-no-variants; notes onboard-no-notes"));
        const auto like = onboard::answersLike(*m_centre->open(), "cann", "neuware");
        QVERIFY(like.variants.empty() && like.variantArgument.empty() && !like.services.empty());
    }
};

void OlderTest::oddFiles_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("from"); // Empty: the file stays as it is.
    QTest::addColumn<QByteArray>("to");
    const auto row = [](const char *name, const char *file, const QByteArray &text, const QByteArray &from = {},
                        const QByteArray &to = {}) {
        QTest::newRow(name) << QString::fromLatin1(file) << text << from << to;
    };
    const auto workflow = [&](const char *name, const QByteArray &options, const QByteArray &from = {},
                              const QByteArray &to = {}) {
        row(name, ".github/workflows/prune.yml",
            "on:\n  workflow_dispatch:\n    inputs:\n      backend:\n        options:" + options, from, to);
    };
    workflow("a list on one line", " [cann, cuda]\n", "cuda]", "cuda, neuware]");
    row("a byte-order mark", ".github/workflows/prune.yml",
        "\xEF\xBB\xBFon: { workflow_dispatch: { inputs: { backend: { options: [cann, cuda] } } } }\n", "cuda]",
        "cuda, neuware]");
    workflow("quotes of either kind", " ['cann', \"rocm\"]\n", "\"rocm\"", "\"neuware\", \"rocm\"");
    workflow("a comment between",
             "\n          - cann\n          # soon: dtk\n          - musa # MThreads\n          - rocm\n",
             "          - rocm", "          - neuware\n          - rocm");
    workflow("a comment above the one behind",
             "\n          - cann\n          # AMD,\n          # since May\n          - rocm\n", "          # AMD,",
             "          - neuware\n          # AMD,");
    workflow("a comment above the first", "\r\n          # AMD\r\n          - rocm\r\n          - sun\r\n",
             "          # AMD", "          - neuware\r\n          # AMD");
    workflow("no order", "\n          - rocm\n          - cann\n          - musa\n", "          - musa\n",
             "          - musa\n          - neuware\n");
    workflow("no line end", "\n          - cann\n          - cuda", "          - cuda",
             "          - cuda\n          - neuware");
    workflow("carriage returns, no end", "\r\n          - cann\r\n          - cuda", "          - cuda",
             "          - cuda\r\n          - neuware");
    workflow("carriage returns", "\r\n          - cann\r\n          - cuda\r\n", "          - cuda\r\n",
             "          - cuda\r\n          - neuware\r\n");
    workflow("one option", "\n          - cann\n", "          - cann\n", "          - cann\n          - neuware\n");
    workflow("no options", " []\n");
    workflow("options of maps", "\n          - { name: cann }\n");
    workflow("options from elsewhere", " &all [cann, cuda]\n      other: { options: *all }\n");
    workflow("options in a text", " |\n          cann\n          cuda\n");
    workflow("two options on a line", "\n          - - cann\n            - cuda\n");
    workflow("a tab", "\n\t- cann\n");
    row("no inputs", ".github/workflows/prune.yml", "on:\n  workflow_dispatch: {}\n");
    row("an empty file", ".github/workflows/prune.yml", "");
    const auto python = [&](const char *name, const QByteArray &text, const QByteArray &from = {},
                            const QByteArray &to = {}) { row(name, "gpustack_runner/runner.py", text, from, to); };
    const QByteArray service = "(?P<service>(vllm|mindie))";
    python("one line", "_RE_DOCKER_IMAGE = re.compile(r\"(?P<backend>cann|rocm)-" + service + "\")\n", "cann|rocm",
           "cann|neuware|rocm");
    python("no blanks around the sign", "_RE_DOCKER_IMAGE=re.compile(r\"(?P<backend>(rocm|cann))" + service + "\")",
           "rocm|cann", "rocm|cann|neuware");
    python("another group inside",
           "_RE_DOCKER_IMAGE = re.compile(r\"(?P<backend>(cann|ro(cm|ck)))" + service + "\")\n");
    python("any name", "_RE_DOCKER_IMAGE = re.compile(r\"(?P<backend>[a-z]+)" + service + "\")\n");
    python("no such group", "_RE_DOCKER_IMAGE = re.compile(r\"(cann|rocm)" + service + "\")\n");
    python("two patterns", "_RE_DOCKER_IMAGE = re.compile(r\"(?P<backend>cann)\")\n_RE_DOCKER_IMAGE = "
                           "re.compile(r\"(?P<backend>rocm)\")\n");
    python("a pattern over two texts",
           "_RE_DOCKER_IMAGE = re.compile(r\"(?P<backend>cann|\"\n    r\"rocm)" + service + "\")\n");
    python("a name that only begins so", "_RE_DOCKER_IMAGES = re.compile(r\"(?P<backend>cann)\")\n");
    python("a comparison", "_RE_DOCKER_IMAGE == re.compile(r\"(?P<backend>cann)\")\n");
    const auto line = [&](const char *name, const QByteArray &text, const QByteArray &from = {},
                          const QByteArray &to = {}) { row(name, "gpustack_runner/cmds/images.py", text, from, to); };
    line("single quotes", "_AVAILABLE_BACKENDS = ['cann', 'rocm']\n", "'rocm'", "'neuware', 'rocm'");
    line("tabs", "_AVAILABLE_BACKENDS = [\n\t\"cann\",\n\t\"musa\",\n]\n", "\t\"musa\",\n",
         "\t\"musa\",\n\t\"neuware\",\n");
    line("no comma at the end", "_AVAILABLE_BACKENDS = [\n    \"cann\",\n    \"musa\"\n]\n", "\"musa\"",
         "\"musa\", \"neuware\"");
    line("a bracket in a comment", "_AVAILABLE_BACKENDS = [\n    \"cann\",  # ] is no end\n    \"rocm\",\n]\n",
         "    \"rocm\"", "    \"neuware\",\n    \"rocm\"");
    line("a tuple", "_AVAILABLE_BACKENDS = (\"cann\", \"rocm\")\n");
    line("a comment above", "_AVAILABLE_BACKENDS = [\n    \"cann\",\n    # AMD\n    \"rocm\",\n]\n", "    # AMD",
         "    \"neuware\",\n    # AMD");
    line("an expression", "_AVAILABLE_BACKENDS = [\"cann\"] + more\n", "\"cann\"]", "\"cann\", \"neuware\"]");
    line("a type", "_AVAILABLE_BACKENDS: list[str] = [\"cann\", \"rocm\"]\n");
    line("two texts side by side", "_AVAILABLE_BACKENDS = [\"ca\" \"nn\"]\n");
    line("a prefix", "_AVAILABLE_BACKENDS = [f\"cann\"]\n");
    line("an open list", "_AVAILABLE_BACKENDS = [\"cann\",\n");
    line("no list", "import this\n");
}

QTEST_APPLESS_MAIN(OlderTest)
#include "tst_older.moc"
