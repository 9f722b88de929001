// Rules are disabled by commenting them out, and come back as they were.
#include "editedtext.h"
#include "matrix/edit/rulelistedits.h"
#include "realmatrices.h"

using namespace runner;
using namespace runner::matrix;
using namespace runner::matrix::edit;

class TestDisabledRules : public QObject
{
    Q_OBJECT

private slots:
    void disablesAndEnables()
    {
        const std::string disabled = after(block, disableRule(0));
        QVERIFY(disabled.find("#  - backend: 'cuda'\n#    services:\n") != std::string::npos);
        QCOMPARE(parsed(disabled).matrix().disabledRules.size(), std::size_t{1});
        QCOMPARE(parsed(disabled).matrix().rules.size(), std::size_t{1});
        QCOMPARE(after(disabled, enableRule(0)), block);
        // In the style of the rule that is disabled already.
        const std::string styled = block + "  # - backend: 'maca'\n  #   services: ['vllm']\n";
        const std::string both = after(styled, disableRule(1));
        QVERIFY(both.find("  # - backend: 'rocm'\n  #   services: ['vllm']\n  #   platforms:\n") != std::string::npos);
        QCOMPARE(after(both, enableRule(0)), styled);
    }

    /// What follows a rule without a blank line is an alternative of it, and stays so.
    void putsRulesBehindTheAlternatives()
    {
        const std::string first = "rules:\n  # one\n  - backend: cuda\n    services: [vllm]\n";
        const std::string alternatives =
            "#  - backend: cuda\n#    services: [a]\n  # or\n#  - backend: cuda\n#    services: [b]\n";
        const std::string apart = "\n#  - backend: cuda\n#    services: [c]\n";
        const std::string second = "\n  # two\n  - backend: rocm\n    services: [vllm]\n";
        const std::string third = "\n  - backend: dtk\n    services: [vllm]\n";
        const std::string added = "\n  - backend: musa\n    services: [x]\n";
        const std::string text = first + alternatives + apart + second + third;
        QCOMPARE(parsed(text).matrix().disabledRules.size(), std::size_t{3});
        const RuleDraft rule{"musa", {"x"}, {}, {}};
        QCOMPARE(after(text, addRule(rule, 0)), first + alternatives + added + apart + second + third);
        QCOMPARE(after(text, pasteRules("- backend: musa\n  services: [x]\n\n- backend: musa\n  services: [x]\n", 0)),
                 first + alternatives + added + added + apart + second + third);
        QCOMPARE(after(text, duplicateRule(0)), first + alternatives + "\n" + first.substr(7) + apart + second + third);
        const std::string last = first + second + alternatives + third;
        QCOMPARE(after(last, addRule(rule, 1)), first + second + alternatives + added + third);
        QCOMPARE(after(last, moveRule(0, 1)),
                 "rules:\n" + second.substr(1) + alternatives + "\n" + first.substr(7) + third);
        QCOMPARE(after(first + second + alternatives, addRule(rule)), first + second + alternatives + added);
    }

    /// A comment in the dash's column right below a rule is not taken for a part of it.
    void keepsACommentBelowApart()
    {
        const std::string first = "- backend: cuda\n  services:\n  - vllm\n  args:\n  - CUDA_VERSION=12.9.1\n";
        const std::string second = "- backend: rocm\n  services:\n  - vllm\n";
        for (const std::string comment : {"# c\n", "#c\n", "#\n# c\n", "#   c: d\n", "## c\n", "# }\n"}) {
            const std::string text = "rules:\n" + first + comment + second;
            const std::string disabled = after(text, disableRule(0));
            QVERIFY2(disabled.ends_with(comment + second), (comment + disabled).c_str());
            QCOMPARE(parsed(disabled).matrix().disabledRules.size(), std::size_t{1});
            QCOMPARE(after(disabled, enableRule(0)), text);
        }
        QCOMPARE(after("rules:\n" + first + "# c\n" + second, disableRule(0)),
                 "rules:\n# - backend: cuda\n#   services:\n#   - vllm\n#   args:\n#   - CUDA_VERSION=12.9.1\n# c\n"
                     + second);
        // Both neighbours, one after the other.
        const std::string text = "rules:\n" + first + "# c\n" + second + "# d\n" + first;
        const std::string both = after(after(text, disableRule(0)), disableRule(0));
        QCOMPARE(parsed(both).matrix().disabledRules.size(), std::size_t{2});
        QCOMPARE(after(after(both, enableRule(0)), enableRule(0)), text);
        const auto refused = applyEdit(parsed("rules:\n" + first + "#### c\n" + second), disableRule(0));
        QVERIFY(!refused);
        QCOMPARE(refused.error().id, std::string("edit-unusual"));
        QCOMPARE(refused.error().where.line, 7);
        QVERIFY(refused.error().message.find("this comment below it") != std::string::npos);
    }

    void disablesAndEnablesHoweverTheRuleIsWritten_data()
    {
        QTest::addColumn<QString>("rule");
        QTest::addColumn<QString>("disabled");
        QTest::newRow("one line") << "- { backend: cuda, services: [vllm] }\n"
                                  << "#- { backend: cuda, services: [vllm] }\n";
        QTest::newRow("indented") << "  - {services: [vllm], backend: cuda}\n"
                                  << "#  - {services: [vllm], backend: cuda}\n";
        QTest::newRow("JSON") << "- {\"backend\": \"cuda\", \"services\": [\"vllm\"]}\n"
                              << "#- {\"backend\": \"cuda\", \"services\": [\"vllm\"]}\n";
        QTest::newRow("braces over lines") << "  - {\n    backend: cuda, services: [\n      vllm ]\n  }\n"
                                           << "#  - {\n#    backend: cuda, services: [\n#      vllm ]\n#  }\n";
        QTest::newRow("quoted keys") << "- \"backend\" : cuda\n  'services': [vllm]\n"
                                     << "#- \"backend\" : cuda\n#  'services': [vllm]\n";
        QTest::newRow("a dash alone") << "-\n  backend: cuda\n  services: [vllm]\n"
                                      << "#-\n#  backend: cuda\n#  services: [vllm]\n";
        QTest::newRow("a comment behind the dash") << "- # why\n  backend: cuda\n  services: [vllm]\n"
                                                   << "#- # why\n#  backend: cuda\n#  services: [vllm]\n";
        QTest::newRow("blanks in a blank line") << "- backend: cuda\n   \n  services: [vllm]\n"
                                                << "#- backend: cuda\n#   \n#  services: [vllm]\n";
        QTest::newRow("Windows") << "- { backend: cuda, services: [vllm] }\r\n"
                                 << "#- { backend: cuda, services: [vllm] }\r\n";
    }

    void disablesAndEnablesHoweverTheRuleIsWritten()
    {
        QFETCH(QString, rule);
        QFETCH(QString, disabled);
        const std::string other = rule.startsWith(' ') ? "  - backend: rocm\n    services: [vllm]\n"
                                                       : "- backend: rocm\n  services: [vllm]\n";
        for (const bool first : {true, false}) {
            const std::string before = first ? "" : other;
            const std::string behind = first ? other : "";
            const std::string text = "rules:\n" + before + rule.toStdString() + behind;
            const std::string wanted = "rules:\n" + before + disabled.toStdString() + behind;
            QCOMPARE(after(text, disableRule(first ? 0 : 1)), wanted);
            QCOMPARE(parsed(wanted).matrix().disabledRules.size(), std::size_t{1});
            const auto whole = Document::parseWhole(wanted, "matrix.yml");
            QVERIFY(whole && whole->matrix() == parsed(wanted).matrix());
            QCOMPARE(after(wanted, enableRule(0)), text);
        }
        // In the style of the rule that is disabled already.
        const std::string styled =
            "rules:\n  - { backend: cuda, services: [vllm] }\n  # - { backend: rocm, services: [vllm] }\n";
        const std::string both =
            "rules:\n  # - { backend: cuda, services: [vllm] }\n  # - { backend: rocm, services: [vllm] }\n";
        QCOMPARE(after(styled, disableRule(0)), both);
        QCOMPARE(after(both, enableRule(0)), styled);
    }

    void saysWhyARuleCannotBeDisabled_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("line");
        QTest::addColumn<QString>("reason");
        QTest::newRow("brackets")
            << "rules: [\n  {backend: cuda, services: [vllm]},\n  {backend: rocm, services: [vllm]}]\n"
            << 3 << "brackets";
        QTest::newRow("alias") << "rules:\n- backend: cuda\n  services: &s [vllm]\n- backend: rocm\n  services: *s\n"
                               << 5 << "alias";
        QTest::newRow("anchor")
            << "rules:\n- backend: cuda\n  services: [vllm]\n- backend: rocm\n  services: &s [vllm]\n"
               "- backend: maca\n  services: *s\n"
            << 5 << "anchor";
        QTest::newRow("no list") << "rules:\n- backend: cuda\n  services: [vllm]\n- backend: rocm\n" << 4 << "any list";
        QTest::newRow("another key first")
            << "rules:\n- backend: cuda\n  services: [vllm]\n- note: x\n  backend: rocm\n"
               "  services: [vllm]\n"
            << 4 << "beginning with backend";
    }

    void saysWhyARuleCannotBeDisabled()
    {
        QFETCH(QString, text);
        QFETCH(int, line);
        QFETCH(QString, reason);
        const auto edited = applyEdit(parsed(text.toStdString()), disableRule(1));
        QVERIFY(!edited);
        QCOMPARE(edited.error().where.line, line);
        QVERIFY2(edited.error().message.find(reason.toStdString()) != std::string::npos,
                 edited.error().message.c_str());
        QVERIFY(!edited.error().advice.empty());
    }

    void everyRealRuleComesBackAfterBeingDisabled()
    {
        for (const RealMatrix &real : realMatrices()) {
            for (std::size_t i = 0; i < real.document.matrix().rules.size(); ++i) {
                const auto disabled = applyEdit(real.document, disableRule(i));
                QVERIFY(disabled);
                std::size_t index = 0;
                while (!(disabled->document.matrix().disabledRules[index].rule == real.document.matrix().rules[i])
                       || disabled->document.matrix().disabledRules[index].before != i)
                    ++index;
                const auto enabled = applyEdit(disabled->document, enableRule(index));
                QVERIFY(enabled);
                QCOMPARE(enabled->document.text(), real.document.text());
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestDisabledRules)
#include "tst_disabledrules.moc"
