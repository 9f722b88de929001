// Edits of the list of rules: add, duplicate, remove, move, disable, enable. Rules are named by their index, from 0.
#pragma once

#include "matrix/edit/edit.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace runner::matrix::edit {

/// What a new rule says.
struct RuleDraft
{
    std::string backend;
    std::vector<std::string> services;
    std::vector<std::string> platforms; ///< Empty: no list, which means the default platforms.
    std::vector<std::string> arguments; ///< "NAME=VALUE"; empty: no list.
};

/// Adds a rule behind the rule \a after, at the very front for `front`, or at the end; written like its neighbours.
/// Behind a rule means also behind the disabled ones that follow it without a blank line: they are alternatives of it.
/// Errors: edit-no-such-rule, edit-bad-text, edit-bad-name, edit-bad-platform, edit-no-service, edit-already-there for
/// what it would have twice.
enum class Place { Front, End };
Edit addRule(RuleDraft rule, std::size_t after);
Edit addRule(RuleDraft rule, Place place = Place::End);

/// Reads the YAML of rules (a list of them, or one map; comments stay) and adds them behind the rule \a after, or at
/// the end. Errors: those of reading YAML, edit-no-rule where the text holds none.
Edit pasteRules(std::string yaml, std::optional<std::size_t> after);

/// The text of the rules with their comment blocks, as pasteRules() reads it; empty where there are none.
std::string copyRules(const Document &document, const std::vector<std::size_t> &rules);

/// Repeats the rule with its comment block right behind it (and its alternatives).
Edit duplicateRule(std::size_t rule);

/// Removes rules with the comment blocks that belong to them.
Edit removeRules(std::vector<std::size_t> rules);
inline Edit removeRule(std::size_t rule)
{
    return removeRules({rule});
}

/// Moves the rule with its comment block so that it is the rule \a position afterwards.
Edit moveRule(std::size_t rule, std::size_t position);

/// Comments the rule out, in the style of the rules that are commented out already; else with '#' in the first column.
/// Its comment block stays above it.
Edit disableRule(std::size_t rule);

/// Comments a disabled rule in: \a disabled is its index in Matrix::disabledRules.
Edit enableRule(std::size_t disabled);

} // namespace runner::matrix::edit
