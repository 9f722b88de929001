#include "dockerfile/keywords.h"

#include <algorithm>

namespace runner::dockerfile {

namespace {

// As BuildKit's instructions package parses them.
std::vector<KeywordRule> makeRules()
{
    const auto copy = Expansion::AtBlanks;
    const FlagKind flag = FlagKind::Switch;
    const FlagKind value = FlagKind::Value;
    const FlagKind values = FlagKind::Values;
    return {
        {"ADD",
         {{"chown", value},
          {"chmod", value},
          {"link", flag},
          {"keep-git-dir", flag},
          {"checksum", value},
          {"unpack", flag},
          {"exclude", values}},
         2,
         copy,
         true,
         true,
         false},
        {"ARG", {}, 1, Expansion::Arguments, false, false, true},
        {"CMD", {}, 0, Expansion::None, true, false, false},
        {"COPY",
         {{"chown", value}, {"from", value}, {"chmod", value}, {"link", flag}, {"exclude", values}, {"parents", flag}},
         2,
         copy,
         true,
         true,
         false},
        {"ENTRYPOINT", {}, 0, Expansion::None, true, false, false},
        {"ENV", {}, 1, Expansion::Assignments, false, false, false},
        {"EXPOSE", {}, 1, Expansion::AtBlanks, false, false, false},
        {"FROM", {{"platform", value}}, 1, Expansion::None, false, false, false},
        {"HEALTHCHECK",
         {{"interval", value},
          {"timeout", value},
          {"start-period", value},
          {"start-interval", value},
          {"retries", value}},
         1,
         Expansion::None,
         false,
         false,
         false},
        {"LABEL", {}, 1, Expansion::Assignments, false, false, false},
        {"MAINTAINER", {}, 1, Expansion::None, false, false, false},
        {"ONBUILD", {}, 1, Expansion::None, false, false, false},
        {"RUN",
         {{"mount", values}, {"network", value}, {"security", value}, {"device", values}},
         0,
         Expansion::None,
         true,
         true,
         false},
        {"SHELL", {}, 1, Expansion::None, true, false, false},
        {"STOPSIGNAL", {}, 1, Expansion::Whole, false, false, true},
        {"USER", {}, 1, Expansion::Whole, false, false, false},
        {"VOLUME", {}, 1, Expansion::AtBlanks, true, false, false},
        {"WORKDIR", {}, 1, Expansion::Whole, false, false, false},
    };
}

} // namespace

const KeywordRule *findKeyword(std::string_view keyword)
{
    static const std::vector<KeywordRule> rules = makeRules();
    const auto found = std::find_if(rules.begin(), rules.end(),
                                    [keyword](const KeywordRule &rule) { return rule.keyword == keyword; });
    return found == rules.end() ? nullptr : &*found;
}

} // namespace runner::dockerfile
