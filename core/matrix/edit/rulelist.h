// One list of one rule, wherever and however it is written. Private to this folder.
#pragma once

#include "matrix/edit/rulenodes.h"

#include <cstddef>
#include <functional>
#include <set>
#include <string>
#include <vector>

namespace runner::matrix::edit {

/// "Rule 3" of the rule with the index 2.
/// Error edit-bad-platform for a text that no builder knows as a platform.
Result<void> checkPlatformName(const std::string &platform);

std::string ruleName(std::size_t rule);

using TextTest = std::function<bool(const std::string &)>;
/// Whether an item is the argument \a name.
TextTest isNamed(const std::string &name);
TextTest isText(const std::string &wanted);

/// A list of services, platforms or arguments. The draft must outlive it.
class RuleList
{
public:
    /// \a key: "services", "platforms" or "args". Errors: edit-no-such-rule, edit-shared,
    /// edit-duplicate-key, edit-unusual.
    static Result<RuleList> of(Draft &draft, std::size_t rule, const std::string &key);

    /// The indices of the items whose text passes the test.
    std::set<std::size_t> find(const TextTest &test) const;
    Result<void> replaceItem(std::size_t index, const std::string &value);
    Result<void> append(const std::string &value) { return append(std::vector<std::string>{value}); }
    /// Several values only where the list is new.
    Result<void> append(const std::vector<std::string> &values);
    /// With its last items the list goes as well.
    Result<void> remove(const std::set<std::size_t> &items);
    /// Where it stands, or would stand.
    std::size_t offset() const { return m_list ? m_list->begin : m_map.begin; }

private:
    RuleList(Draft &draft, std::size_t rule, std::string key, const YamlNode &map);

    Draft &m_draft;
    std::size_t m_rule;
    std::string m_key;
    const YamlNode &m_map;
    const YamlNode *m_list;
};

} // namespace runner::matrix::edit
