// Answers that begin like those of a backend that is there, after others were given: nothing typed is lost.
#include "onboardtest.h"

#include "onboard/keptanswers.h"

using namespace onboardtest;
using onboard::BackendAnswers;

class LikeTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<Centre> m_centre;
    workspace::WorkspacePointer m_workspace;

    BackendAnswers like(const char *backend) const { return onboard::answersLike(*m_workspace, backend, "neuware"); }

private slots:
    void initTestCase()
    {
        m_centre = Centre::ofProject();
        m_workspace = m_centre->open();
        QVERIFY(m_workspace);
    }

    void blankAnswersBecomeTheModel()
    {
        BackendAnswers blank;
        blank.id = "neuware";
        for (const matrix::Backend &backend : m_workspace->matrix.backends) {
            const BackendAnswers model = like(backend.id.c_str());
            QVERIFY2(onboard::takenOver(blank, {}, model).answers == model, backend.id.c_str());
        }
    }

    void whatTheModelBeforeGaveMakesWay()
    {
        QVERIFY(onboard::takenOver(like("cann"), like("cann"), like("maca")).answers == like("maca"));
        const BackendAnswers blank = onboard::takenOver(like("cann"), like("cann"), {}).answers;
        QVERIFY(blank.services.empty() && blank.variants.empty() && blank.arguments.empty());
        QCOMPARE(blank.python, BackendAnswers().python);
    }

    void whatWasTypedStays()
    {
        const BackendAnswers model = like("maca");
        const BackendAnswers typed = neuware();
        const BackendAnswers answers = onboard::takenOver(typed, {}, model).answers;
        QCOMPARE(answers.name, typed.name);
        QCOMPARE(answers.title, typed.title);
        QCOMPARE(answers.home, typed.home);
        QVERIFY(answers.versions == typed.versions);
        QCOMPARE(answers.python, typed.python);
        QCOMPARE(answers.baseImage, typed.baseImage);
        QVERIFY(answers.variants == typed.variants && answers.variantArgument == typed.variantArgument);
        QVERIFY(answers.notes == typed.notes);
        QCOMPARE(answers.services.size(), model.services.size());
        QVERIFY(std::find(answers.services.begin(), answers.services.end(), typed.services.front())
                != answers.services.end());
        for (const onboard::ArgumentAnswer &argument : typed.arguments)
            QVERIFY2(std::find(answers.arguments.begin(), answers.arguments.end(), argument) != answers.arguments.end(),
                     argument.name.c_str());
        for (const onboard::ArgumentAnswer &argument : model.arguments) {
            QVERIFY2(std::any_of(answers.arguments.begin(), answers.arguments.end(),
                                 [&](const auto &each) { return each.name == argument.name; }),
                     argument.name.c_str());
        }
    }

    // Typed is typed, also where a model happens to say the same.
    void whatAModelSaysTooStays()
    {
        BackendAnswers typed = neuware();
        typed.python = like("maca").python;
        typed.services = {like("maca").services.front()};
        const auto first = onboard::takenOver(typed, {}, like("maca"));
        const auto second = onboard::takenOver(first.answers, first.given, like("cann"));
        QCOMPARE(second.answers.python, typed.python);
        QVERIFY(std::find(second.answers.services.begin(), second.answers.services.end(), typed.services.front())
                != second.answers.services.end());
        QVERIFY(onboard::takenOver(second.answers, second.given, {}).answers == typed);
    }

    // While they are typed, several may have no name or the same one.
    void rowsWithoutANameStayEach()
    {
        BackendAnswers typed = like("cuda");
        typed.services.push_back({"", "One", {"1"}, {}, {}, {}, {}});
        typed.services.push_back({"", "Two", {"2"}, {}, {}, {}, {}});
        typed.variants = {{"a", "A"}, {"a", "B"}};
        const BackendAnswers answers = onboard::takenOver(typed, like("cuda"), like("cann")).answers;
        QCOMPARE(answers.services.size(), like("cann").services.size() + 2);
        QVERIFY(answers.services.back() == typed.services.back());
        QCOMPARE(answers.variants.size(), like("cann").variants.size() + 2);
    }

    // Right or wrong: as typed.
    void keptAnswersComeBack()
    {
        BackendAnswers backend = neuware();
        backend.name = "a \"b\": {\n\x1b\xC3\xA4 \xF0\x9F\x98\x80";
        backend.variants.push_back(backend.variants.front()); // As while it is being typed.
        backend.variants.push_back({});
        backend.services.push_back({"", "", {}, onboard::Installation::OwnStages, "x", "y", "FROM a\n"});
        backend.arguments[0].need = dockerfile::Need::Placeholder;
        backend.notes.push_back({matrix::NoteKind::Warning, "w"});
        QVERIFY(onboard::keptBackend(onboard::keptText(backend)) == backend);
        QVERIFY(onboard::keptService(onboard::keptText(tei())) == tei());
        QVERIFY(onboard::keptBackend(onboard::keptText(BackendAnswers())) == BackendAnswers());
        for (const char *text : {"", "[]", "{", "null", "\xff"})
            QVERIFY2(!onboard::keptBackend(text), text);
        QVERIFY(onboard::keptBackend("{\"id\": 7, \"versions\": {}, \"services\": [1], \"notes\": [{\"kind\": 99}]}"));
    }

    // What neither the model nor the convention gives is named.
    void argumentsThatAreLeftOutAreNamed()
    {
        for (const matrix::Backend &backend : m_workspace->matrix.backends) {
            const auto leftOut = onboard::argumentsLeftOut(*m_workspace, backend.id);
            const auto *file = m_workspace->dockerfileFor(backend.id, "runtime");
            QVERIFY(file);
            const BackendAnswers given = onboard::answersLike(*m_workspace, backend.id);
            for (const std::string &name : leftOut) {
                QVERIFY(file->findGlobal(name));
                QVERIFY(std::none_of(given.arguments.begin(), given.arguments.end(),
                                     [&](const auto &each) { return each.name == name; }));
            }
        }
        const auto cuda = onboard::argumentsLeftOut(*m_workspace, "cuda");
        QVERIFY(std::find(cuda.begin(), cuda.end(), "VLLM_FLASHINFER_VERSION") != cuda.end());
        QVERIFY(std::find(cuda.begin(), cuda.end(), "VLLM_VERSION") == cuda.end());
        QVERIFY(onboard::argumentsLeftOut(*m_workspace, "nosuch").empty());
    }

    void whatEmptyAnswersMean()
    {
        const auto cann = onboard::usualTarget(*m_workspace, "cann");
        QCOMPARE(cann.backend, std::string("cann"));
        QVERIFY(!cann.versions.empty() && !cann.platforms.empty());
        QVERIFY(std::find(cann.variants.begin(), cann.variants.end(), "a3") != cann.variants.end());
        QVERIFY(onboard::usualTarget(*m_workspace, "cuda").variants.empty());
    }
};

QTEST_APPLESS_MAIN(LikeTest)
#include "tst_like.moc"
