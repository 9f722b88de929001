// Which rules of one state of a matrix are which of another: this repository's, with each rule removed or a new one put
// in front of each.
#include "matrix/edit/rulelistedits.h"
#include "matrix/rulematching.h"
#include "testdata.h"

#include <QtTest>

using namespace runner;
using namespace runner::ui;
namespace edits = runner::matrix::edit;

namespace {

std::string nameOf(const matrix::Matrix &matrix, const RuleRef &ref)
{
    const matrix::Rule &rule = ref.disabled ? matrix.disabledRules[ref.index].rule : matrix.rules[ref.index];
    std::string name = ref.disabled ? "disabled " : "";
    name += rule.backend.text;
    for (const matrix::Value &service : rule.services)
        name += ' ' + service.text;
    for (const matrix::Argument &argument : rule.arguments.value_or(std::vector<matrix::Argument>()))
        name += ' ' + argument.text;
    return name;
}

std::vector<RuleRef> allOf(const matrix::Matrix &matrix)
{
    std::vector<RuleRef> all;
    for (std::size_t i = 0; i < matrix.rules.size(); ++i)
        all.push_back({i, false});
    for (std::size_t i = 0; i < matrix.disabledRules.size(); ++i)
        all.push_back({i, true});
    return all;
}

} // namespace

class TestRuleMatching : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const QByteArray text = testdata::read(testdata::project(QStringLiteral("matrix.yml")));
        m_document = matrix::Document::parse(text.toStdString(), "matrix.yml").value();
    }

    void aRuleIsRemoved()
    {
        for (std::size_t gone = 0; gone < before().rules.size(); ++gone) {
            const auto edited = edits::applyEdit(m_document, edits::removeRule(gone));
            QVERIFY(edited);
            checkAll(edited->document.matrix(), "remove " + std::to_string(gone + 1));
        }
    }

    void movesAreMadeOneAfterAnother()
    {
        const RuleMoves down = movesTo({0, 1}, 4, 3, 0);
        QCOMPARE(down.steps, (std::vector<RuleMove>{{1, 2}, {0, 1}}));
        QCOMPARE(down.places, (std::vector<RuleRef>{{1, false}, {2, false}}));
        const RuleMoves apart = movesTo({0, 3}, 4, std::nullopt, 1);
        QCOMPARE(apart.steps, (std::vector<RuleMove>{{0, 1}, {3, 2}}));
        QCOMPARE(apart.places, (std::vector<RuleRef>{{1, false}, {2, false}}));
        QVERIFY(movesTo({1, 2}, 4, 3, 0).steps.empty());
        QCOMPARE(movesTo({3}, 4, 0, 0).steps, (std::vector<RuleMove>{{3, 0}}));
    }

    void aRuleIsAdded()
    {
        for (std::size_t behind = 0; behind < before().rules.size(); ++behind) {
            edits::RuleDraft rule;
            rule.backend = before().rules[behind].backend.text;
            rule.services = {"vllm"};
            rule.arguments = {"NEW_VERSION=1"};
            const auto edited = edits::applyEdit(m_document, edits::addRule(rule, behind));
            QVERIFY(edited);
            checkAll(edited->document.matrix(), "add behind " + std::to_string(behind + 1));
        }
    }

    void aRuleComesFirst()
    {
        edits::RuleDraft rule;
        rule.backend = "cann";
        rule.services = {"vllm"};
        rule.arguments = {"NEW_VERSION=1"};
        const auto edited = edits::applyEdit(m_document, edits::addRule(rule, edits::Place::Front));
        QVERIFY(edited);
        checkAll(edited->document.matrix(), "add in front");
    }

    void rulesAreMoved()
    {
        for (std::size_t rule = 0; rule < before().rules.size(); ++rule) {
            const auto edited =
                edits::applyEdit(m_document, edits::moveRule(rule, rule == 0 ? before().rules.size() - 1 : 0));
            if (edited)
                checkAll(edited->document.matrix(), "move " + std::to_string(rule + 1));
        }
    }

private:
    const matrix::Matrix &before() const { return m_document.matrix(); }

    /// Every rule that is there afterwards is found as itself.
    void checkAll(const matrix::Matrix &after, const std::string &what) const
    {
        std::multiset<std::string> there;
        for (const RuleRef &ref : allOf(after))
            there.insert(nameOf(after, ref));
        for (const RuleRef &ref : allOf(before())) {
            const std::string name = nameOf(before(), ref);
            const std::vector<RuleRef> found = foundAgain({ref}, before(), after);
            if (!there.contains(name))
                continue;
            QVERIFY2(found.size() == 1, (what + ": " + name).c_str());
            QVERIFY2(nameOf(after, found.front()) == name,
                     (what + ": " + name + " became " + nameOf(after, found.front())).c_str());
        }
    }

    matrix::Document m_document;
};

QTEST_APPLESS_MAIN(TestRuleMatching)
#include "tst_rulematching.moc"
