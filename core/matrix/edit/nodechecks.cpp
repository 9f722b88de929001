#include "matrix/edit/nodechecks.h"

#include <set>
#include <string_view>

namespace runner::matrix::edit {

Result<void> checkOwn(const Draft &draft, const YamlNode &node, const std::string &what)
{
    if (node.kind != YamlNode::Kind::Alias && !node.tagged)
        return {};
    return draft.refuse("edit-shared", node.begin, what + " is written with an anchor, an alias or a tag",
                        "Make this change in the YAML");
}

Result<void> checkKeys(const Draft &draft, const YamlNode &map, const std::string &what)
{
    std::set<std::string_view> seen;
    for (const auto &entry : map.entries) {
        const YamlNode &key = entry.first->resolved();
        if (key.kind == YamlNode::Kind::Scalar && !seen.insert(key.text).second)
            return draft.refuse("edit-duplicate-key", entry.first->begin,
                                what + " holds the key '" + key.text
                                    + "' twice, and readers differ in which one counts",
                                "Remove one of the two in the YAML first");
    }
    return {};
}

Result<void> checkOwnMap(const Draft &draft, const YamlNode &map, const std::string &what)
{
    if (const auto own = checkOwn(draft, map, what); !own)
        return own;
    return checkKeys(draft, map, what);
}

Result<void> checkNotMerged(const Draft &draft, const YamlNode &map, const std::string &what)
{
    for (const auto &[key, value] : map.entries) {
        if (key->kind == YamlNode::Kind::Scalar && key->plain && key->text == "<<")
            return draft.refuse("edit-shared", key->begin,
                                what + " has a merge key: what is not written in it may be said elsewhere",
                                "Write the merged keys out in the YAML first");
    }
    return {};
}

} // namespace runner::matrix::edit
