// Whether two readings of one text agree in everything, places included.
#pragma once

#include "matrix/document.h"

#include <algorithm>
#include <string>

/// What differs, in a few words; empty where nothing does.
inline std::string differenceOf(const runner::matrix::YamlNode &a, const runner::matrix::YamlNode &b)
{
    const std::string at = " at " + std::to_string(b.offset);
    if (a.kind != b.kind || a.plain != b.plain || a.style != b.style || a.text != b.text)
        return "a node" + at;
    if (a.offset != b.offset || a.begin != b.begin || a.end != b.end)
        return "the place of a node" + at + ", " + std::to_string(a.offset) + ' ' + std::to_string(a.begin) + '-'
               + std::to_string(a.end) + " and " + std::to_string(b.offset) + ' ' + std::to_string(b.begin) + '-'
               + std::to_string(b.end);
    if (a.shared != b.shared || a.tagged != b.tagged || (a.target == nullptr) != (b.target == nullptr))
        return "the properties of a node" + at;
    if (a.items.size() != b.items.size() || a.entries.size() != b.entries.size())
        return "the size of a collection" + at;
    for (std::size_t i = 0; i < a.items.size(); ++i) {
        if (const std::string found = differenceOf(*a.items[i], *b.items[i]); !found.empty())
            return found;
    }
    for (std::size_t i = 0; i < a.entries.size(); ++i) {
        for (const std::string &found : {differenceOf(*a.entries[i].first, *b.entries[i].first),
                                         differenceOf(*a.entries[i].second, *b.entries[i].second)}) {
            if (!found.empty())
                return found;
        }
    }
    return {};
}

namespace samedocument {

template <typename Item>
bool samePlaces(const std::vector<Item> &a, const std::vector<Item> &b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const Item &one, const Item &two) { return one.where == two.where; });
}

inline bool samePlaces(const runner::matrix::Rule &a, const runner::matrix::Rule &b)
{
    return a.number == b.number && a.lastLine == b.lastLine && a.where == b.where && a.backend.where == b.backend.where
           && samePlaces(a.services, b.services) && samePlaces(a.platforms, b.platforms)
           && (!a.arguments || samePlaces(*a.arguments, *b.arguments));
}

inline bool samePlaces(const runner::matrix::RunnerRow &a, const runner::matrix::RunnerRow &b)
{
    return a.where == b.where
           && std::equal(a.cells.begin(), a.cells.end(), b.cells.begin(), b.cells.end(),
                         [](const auto &one, const auto &two) { return samePlaces(one.entries, two.entries); });
}

inline bool samePlaces(const runner::matrix::CommentedRule &a, const runner::matrix::CommentedRule &b)
{
    return a.lines == b.lines && a.hashColumn == b.hashColumn && a.hashes == b.hashes && a.dashColumn == b.dashColumn
           && samePlaces(a.rule.rule, b.rule.rule);
}

inline bool samePlaces(const runner::matrix::Matrix &a, const runner::matrix::Matrix &b)
{
    const auto same = [](const auto &one, const auto &two) { return samePlaces(one, two); };
    return a.image.where == b.image.where && samePlaces(a.services, b.services) && samePlaces(a.backends, b.backends)
           && std::equal(a.rules.begin(), a.rules.end(), b.rules.begin(), b.rules.end(), same)
           && std::equal(a.runners.begin(), a.runners.end(), b.runners.begin(), b.runners.end(), same);
}

} // namespace samedocument

/// Of the outline and the items that are asked for one by one.
inline std::string differenceOfItems(const runner::matrix::Document &a)
{
    if (!a.hasPieces()) // Then the outline is the root.
        return a.outline() == a.root() ? std::string() : "the outline";
    for (std::size_t i = 0; i < a.root()->entries.size(); ++i) {
        const auto &[key, value] = a.root()->entries[i];
        const auto &[outlineKey, outline] = a.outline()->entries[i];
        if (outlineKey->begin != key->begin || outline->begin != value->begin || outline->end != value->end
            || outline->items.size() != value->items.size())
            return "the outline of " + key->text;
        for (std::size_t item = 0; item < value->items.size(); ++item) {
            if (outline->items[item]->begin != value->items[item]->begin
                || outline->items[item]->end != value->items[item]->end)
                return "the outline of an item of " + key->text;
            const runner::matrix::YamlNode *node = a.itemNode(key->text, item);
            if (!node)
                return "an item of " + key->text;
            if (const std::string found = differenceOf(*node, *value->items[item]); !found.empty())
                return found;
        }
        if (a.itemNode(key->text, value->items.size()))
            return "an item too many of " + key->text;
    }
    return {};
}

/// The same for documents.
inline std::string differenceOf(const runner::matrix::Document &a, const runner::matrix::Document &b)
{
    using namespace samedocument;
    if (a.text() != b.text() || a.fileName() != b.fileName() || a.hasSchema() != b.hasSchema())
        return "the text";
    if (!(a.matrix() == b.matrix()))
        return "the matrix";
    if (!samePlaces(a.matrix(), b.matrix()))
        return "places of the matrix";
    for (std::size_t i = 0; i < std::max(a.problems().size(), b.problems().size()); ++i) {
        const auto tell = [i](const runner::Problems &all) { return i < all.size() ? describe(all[i]) : "none"; };
        if (i >= a.problems().size() || i >= b.problems().size() || a.problems()[i] != b.problems()[i])
            return "the problem " + tell(a.problems()) + " and " + tell(b.problems());
    }
    const auto same = [](const auto &one, const auto &two) { return samePlaces(one, two); };
    if (!std::equal(a.commentedRules().begin(), a.commentedRules().end(), b.commentedRules().begin(),
                    b.commentedRules().end(), same))
        return "the commented rules";
    if ((a.root() == nullptr) != (b.root() == nullptr))
        return "the root";
    for (const runner::matrix::Document *each : {&a, &b}) {
        if (const std::string found = differenceOfItems(*each); !found.empty())
            return found;
    }
    return a.root() ? differenceOf(*a.root(), *b.root()) : std::string();
}

/// The same for what parse() and parseWhole() give.
inline std::string differenceOf(const runner::Result<runner::matrix::Document> &a,
                                const runner::Result<runner::matrix::Document> &b)
{
    if (a.has_value() != b.has_value())
        return a ? "an error: " + describe(b.error()) : "no error, but " + describe(a.error());
    if (!a)
        return a.error() == b.error() ? std::string() : describe(a.error()) + " and " + describe(b.error());
    return differenceOf(*a, *b);
}
