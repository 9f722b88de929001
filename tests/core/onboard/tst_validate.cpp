// What is wrong with answers, and at which field; nothing is written for any of them.
#include "onboardtest.h"
#include "unprivileged.h"

using namespace onboardtest;
using onboard::BackendAnswers;
using onboard::ServiceAnswers;

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

    void stagesAreToldByLine()
    {
        ServiceAnswers answers = tei();
        const auto told = [&](const std::string &text) {
            answers.backends[0].stages = text;
            const auto problems = onboard::problemsOf(onboard::validate(*m_workspace, answers), "backends[0].stages");
            return problems.empty() ? std::string()
                                    : problems.front().problem.message + ". " + problems.front().problem.advice;
        };
        QCOMPARE(told("FROM a:1 AS tei\nRUN true\n# \xE2\x80\xAE\n"),
                 std::string("Line 3: There is U+202E in it, a character that nobody sees. Type the line anew, without "
                             "that character"));
        QCOMPARE(told("FROM a:1 AS tei\nRUN true \\\n\n"),
                 std::string("Line 2: It goes on behind its \\, and nothing follows. Take the character away, or write "
                             "what follows"));
        QCOMPARE(told("FROM a:1 AS tei-build\nFROM a:1 AS tei\nCOPY --from=tei-biuld /x /x\n"),
                 std::string(
                     "Line 3: No stage above and no build context is called 'tei-biuld'. Probably tei-build is meant"));
        QCOMPARE(told("FROM a:1 AS tei-build\nFROM a:1 AS tei\nCOPY --from=0 /x /x\n"),
                 std::string("Line 3: Stages are counted from the top of the file, which is not the top of this text. "
                             "Name the stage instead of its number"));
        QCOMPARE(
            told("FROM a:1 AS tei-build\nFROM a:${TEI_VERSIN} AS tei\n"),
            std::string(
                "Line 2: FROM refers to TEI_VERSIN, which is no argument above it. Probably TEI_VERSION is meant"));
    }

    // Stages of services that stand above are known, those below are not.
    void stagesOfABackendSeeThoseAbove()
    {
        BackendAnswers answers = neuware();
        answers.services.push_back({"tei",
                                    "TEI",
                                    {"1.8.3"},
                                    onboard::Installation::OwnStages,
                                    {},
                                    {},
                                    "FROM runtime AS tei\nCOPY --from=vllm /x /x\n"});
        QCOMPARE(errorsOf(onboard::validate(*m_workspace, answers)), std::string());
        std::swap(answers.services[0], answers.services[1]);
        QCOMPARE(errorsOf(onboard::validate(*m_workspace, answers)),
                 std::string("services[0].stages onboard-bad-stages"));
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
        const auto found = std::find_if(problems.begin(), problems.end(), [](const auto &each) {
            return each.problem.id == "onboard-new-backend-version";
        });
        QVERIFY(found != problems.end());
        QCOMPARE(std::count_if(problems.begin(), problems.end(),
                               [](const auto &each) { return each.problem.id == "onboard-new-backend-version"; }),
                 1);
        QCOMPARE(found->field, std::string("backends[0].versions[1]"));
        QCOMPARE(found->problem.message,
                 std::string("No rule packs cuda 99.1.0 yet, so this would be a new version of the backend"));
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
        QCOMPARE(onboard::problemsOf(problems, "base_image").front().problem.id,
                 std::string("onboard-image-without-tag"));
        QVERIFY(onboard::problemsOf(problems, "base").empty());
        QVERIFY(onboard::propose(m_workspace, answers));
    }

    void whatIsFineStaysSo()
    {
        BackendAnswers answers = neuware();
        answers.python = "3.8";
        answers.versions = {"0.4.1", "25.04"};
        answers.services[0].versions = {"0.11.0_1", "0.12"};
        answers.services[0].package = "vLLM.2-x";
        QCOMPARE(errorsOf(onboard::validate(*m_workspace, answers)), std::string());
    }

    // A name that is not used is told, and keeps nobody from going on.
    void anotherNameOfAKnownServiceIsTold()
    {
        BackendAnswers answers = neuware();
        answers.services[0].name = "Very Large";
        const auto problems = onboard::validate(*m_workspace, answers);
        QCOMPARE(errorsOf(problems), std::string());
        const auto told = onboard::problemsOf(problems, "services[0].name");
        QCOMPARE(told.size(), std::size_t{1});
        QCOMPARE(told.front().problem.message,
                 std::string("The pack centre calls vllm 'vLLM', so this name is not used"));
        answers.services[0].name = "vLLM";
        QVERIFY(onboard::validate(*m_workspace, answers).empty());
    }

    // Where descriptions of rehearsals have no place, the rest is onboarded all the same.
    void aFileInThePlaceOfDescriptions()
    {
        const auto centre = Centre::ofProject();
        centre->write("tests/e2e/rehearsal/described", "");
        const auto opened = centre->open();
        QCOMPARE(errorsOf(onboard::validate(*opened, neuware())), std::string());
        QCOMPARE(errorsOf(onboard::unwritable(*opened, neuware())), std::string());
        QCOMPARE(errorsOf(onboard::unwritable(*opened, tei())), std::string());
        const auto backend = onboard::propose(opened, neuware());
        const auto service = onboard::propose(opened, tei());
        for (const auto &proposal : {backend, service}) {
            QVERIFY(proposal);
            QCOMPARE(proposal->remarks.front().id, std::string("onboard-unexpected-file"));
            QCOMPARE(proposal->remarks.front().where.file, std::string("tests/e2e/rehearsal/described"));
        }
        QVERIFY(onboard::apply(centre->root(), *backend, centre->journals()));
    }

    // Of every backend that is there.
    void homesOfToolkitsAreFine()
    {
        for (const char *home :
             {"/usr/local/Ascend", "/usr/local/corex", "/usr/local/cuda", "/opt/dtk", "/usr/local/PPU_SDK", "/opt/maca",
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
        const auto found = std::find_if(problems.begin(), problems.end(),
                                        [](const auto &each) { return each.problem.id == "onboard-argument-there"; });
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
        QCOMPARE(told.front().problem.message,
                 "Nothing can be written to the folder " + (centre->root() / "pack").string() + ": Permission denied");
        QCOMPARE(errorsOf(onboard::unwritable(*opened, tei())),
                 std::string("backends[1].backend onboard-folder-read-only"));
        QVERIFY(onboard::validate(*opened, neuware()).empty()); // What is only looked at need not be written.
    }

    // Whoever runs it, be it root: a file without any write permission is not replaced.
    void filesThatAreReadOnlyAreNamed()
    {
        const auto centre = Centre::ofProject();
        const auto opened = centre->open();
        fs::permissions(centre->root() / "pack/rocm/Dockerfile", fs::perms(0444));
        QCOMPARE(errorsOf(onboard::unwritable(*opened, neuware())), std::string());
        QCOMPARE(errorsOf(onboard::unwritable(*opened, tei())),
                 std::string("backends[1].backend onboard-file-read-only"));
        fs::permissions(centre->root() / "matrix.yml", fs::perms(0444));
        const auto told = onboard::unwritable(*opened, neuware());
        QCOMPARE(errorsOf(told), std::string("id onboard-file-read-only"));
        QCOMPARE(told.front().problem.message,
                 std::string("The file matrix.yml has to be changed, and it is read-only"));
    }

    void tagsThatClash()
    {
        BackendAnswers answers = neuware();
        answers.versions = {"4.1.0", "4.1.2"}; // the tag carries two parts: both are neuware4.1
        answers.name.clear();                  // what is wrong elsewhere does not hide it
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
        for (const char *id :
             {"", "nw", "Neu", "N2", "2", "neu ware", "neu'ware", "python", "cuda", "hollow", "neuware"}) {
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
        const auto other =
            onboard::problemsOf(onboard::validate(*m_workspace, answers), "arguments[0].name").front().problem;
        QCOMPARE(other.message, std::string("'OTHER_X' is named after neither the backend nor one of its services"));
        QCOMPARE(other.advice, std::string("Begin it with NEUWARE_ or VLLM_"));
        ServiceAnswers service = tei();
        service.arguments[0].name = "OTHER_X";
        QCOMPARE(
            onboard::problemsOf(onboard::validate(*m_workspace, service), "arguments[0].name").front().problem.message,
            std::string("'OTHER_X' is not named after tei"));
        answers = neuware();
        answers.id = "N2";
        QCOMPARE(onboard::validate(*m_workspace, answers).front().problem.advice,
                 std::string("Use lower-case letters and digits alone"));
        answers.id = "stray";
        QCOMPARE(onboard::validate(*m_workspace, answers).front().problem.message,
                 std::string("A file pack/stray is there already"));
    }

private:
    static void expectSentences(const onboard::FieldProblems &problems, const char *id)
    {
        QVERIFY2(!problems.empty(), id);
        for (const auto &[field, problem] : problems) {
            const std::string text = problem.message + ". " + problem.advice + ".";
            for (const char *hole : {"''", " _", "  ", " .", " ,", "..", "/.", "'neuware' is a backend"}) {
                const bool quoted = problem.message.starts_with("'" + std::string(id) + "' ");
                QVERIFY2(text.find(hole, quoted ? std::string(id).size() + 2 : 0) == std::string::npos,
                         (std::string(id) + ": " + field + ": " + text).c_str());
            }
        }
    }
};

QTEST_APPLESS_MAIN(ValidateTest)
#include "tst_validate.moc"
