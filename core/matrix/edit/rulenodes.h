// Where the rules stand in a document's tree, and how their parts are written. Private to this folder.
#pragma once

#include "matrix/edit/draft.h"
#include "matrix/edit/newvalue.h"

#include <cstddef>
#include <string>

namespace runner::matrix::edit {

/// The list of rules as a node, of whose items only the places are known, perhaps; null where there is none.
const YamlNode *rulesNode(const Document &document);

/// All of a rule's node; null where there is none.
const YamlNode *wholeRule(const Document &document, std::size_t index);

/// The map of a rule. Errors: edit-no-such-rule, edit-shared.
Result<const YamlNode *> ruleNode(const Draft &draft, std::size_t index);

/// The same for an edit inside the rule. Errors also: edit-duplicate-key.
Result<const YamlNode *> ruleToChange(const Draft &draft, std::size_t index);

/// A list in the style in which the rule nearest to \a rule writes its \a key; else as another list of rules is
/// written.
NewValue listLike(const Document &document, std::size_t rule, const std::string &key);

/// Copies the style of a scalar, list or map to a new value.
void imitate(const std::string &text, const YamlNode &parentKey, const YamlNode &sample, NewValue &value);

} // namespace runner::matrix::edit
