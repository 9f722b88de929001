#include "matrix/edit/bump.h"

#include "image/reference.h"
#include "matrix/edit/draft.h"
#include "matrix/edit/itemlayout.h"
#include "matrix/edit/nodes.h"
#include "matrix/edit/rulenodes.h"
#include "text/ascii.h"
#include "text/lines.h"

#include <algorithm>

namespace runner::matrix::edit {

namespace {

using UseKind = VersionUse::Kind;

constexpr std::string_view suffix = "_VERSION";

std::string twoParts(const std::string &version)
{
    const std::size_t first = version.find('.');
    const std::size_t second = first == std::string::npos ? first : version.find('.', first + 1);
    return version.substr(0, second);
}

// The word stands there by itself: "12.9.1" is in "CUDA 12.9.1." but not in "12.9.10" or "12.9.1.2".
bool isWordAt(std::string_view text, std::size_t at, std::size_t size)
{
    const auto joins = [&](std::size_t dot, std::size_t beyond) {
        return dot < text.size() && text[dot] == '.' && beyond < text.size() && text::isWord(text[beyond]);
    };
    const bool left = at > 0 && (text::isWord(text[at - 1]) || joins(at - 1, at - 2));
    const std::size_t end = at + size;
    const bool right = end < text.size() && (text::isWord(text[end]) || joins(end, end + 1));
    return !left && !right;
}

std::string withWord(std::string text, const std::string &before, const std::string &after)
{
    for (std::size_t at = text.find(before); at != std::string::npos; at = text.find(before, at)) {
        const bool word = isWordAt(text, at, before.size());
        if (word)
            text.replace(at, before.size(), after);
        at += word ? after.size() : 1;
    }
    return text;
}

class Search
{
public:
    Search(const Document &document, const std::string &name, std::string oldVersion, std::string newVersion)
        : m_document(document)
        , m_name(name)
        , m_old(std::move(oldVersion))
        , m_new(std::move(newVersion))
        , m_index(document.text())
    {
        if (!m_name.ends_with(suffix) || m_name.size() == suffix.size())
            return;
        const std::string id = text::lowered(m_name.substr(0, m_name.size() - suffix.size()));
        const auto &rules = document.matrix().rules;
        m_isBackend =
            document.matrix().findBackend(id) != nullptr
            || std::any_of(rules.begin(), rules.end(), [&](const Rule &rule) { return rule.backend.text == id; });
        m_id = id;
        m_tagBefore = id + text::lowered(m_isBackend ? twoParts(m_old) : m_old);
        m_tagAfter = id + text::lowered(m_isBackend ? twoParts(m_new) : m_new);
    }

    std::vector<VersionUse> run()
    {
        const auto &rules = m_document.matrix().rules;
        for (std::size_t i = 0; i < rules.size(); ++i) {
            m_ruleHasIt = hasArgument(rules[i]);
            findInComment(i);
            findInArguments(i);
        }
        for (std::size_t i = 0; i < m_document.commentedRules().size(); ++i)
            findInDisabled(i);
        std::stable_sort(m_uses.begin(), m_uses.end(),
                         [](const VersionUse &a, const VersionUse &b) { return a.range.begin < b.range.begin; });
        return std::move(m_uses);
    }

private:
    std::string argument() const { return m_name + "=" + m_old; }

    bool hasArgument(const Rule &rule) const
    {
        return rule.arguments && std::any_of(rule.arguments->begin(), rule.arguments->end(), [&](const Argument &each) {
                   return each.text == argument();
               });
    }

    void add(UseKind kind, std::size_t rule, text::ByteRange range, std::string before, std::string after,
             bool suggested)
    {
        if (before == after)
            return;
        const text::LineColumn at = m_index.at(range.begin);
        m_uses.push_back({kind,
                          rule,
                          {m_document.fileName(), at.line, at.column},
                          std::move(before),
                          std::move(after),
                          suggested,
                          range});
    }

    void findInComment(std::size_t rule)
    {
        const YamlNode *rules = rulesNode(m_document);
        if (!rules || rules->style != YamlNode::Style::Block || rules->kind != YamlNode::Kind::Sequence)
            return;
        const text::ByteRange lines = linesOfRule(m_document, rule).comment();
        for (std::size_t line = lines.begin; line < lines.end; line = text::nextLine(m_document.text(), line)) {
            const text::ByteRange range{line, text::lineEnd(m_document.text(), line)};
            std::string said = m_document.text().substr(line, range.size());
            std::string after = withWord(said, m_old, m_new);
            add(UseKind::Comment, rule, range, std::move(said), std::move(after), m_ruleHasIt);
        }
    }

    void findInArguments(std::size_t rule)
    {
        const YamlNode *node = wholeRule(m_document, rule);
        const YamlNode *args = node ? valueOf(*node, "args") : nullptr;
        for (std::size_t i = 0; args && i < args->items.size(); ++i) {
            const YamlNode &item = *args->items[i];
            if (item.kind != YamlNode::Kind::Scalar)
                continue;
            if (item.text == argument())
                add(UseKind::Argument, rule, {item.begin, item.end}, item.text, m_name + "=" + m_new, true);
            else if (const std::string ours = withTag(item.text), after = withForeignTag(ours); after != item.text)
                add(UseKind::ImageTag, rule, {item.begin, item.end}, item.text, after,
                    m_ruleHasIt || (!m_isBackend && after == ours));
        }
    }

    // As others write it: all of the version behind the identifier, or behind a "v" or alone where the image is called
    // so.
    std::string withForeignTag(std::string argument) const
    {
        const std::size_t slash = argument.find_last_of("/=");
        const std::size_t colon = argument.find(':', slash == std::string::npos ? 0 : slash);
        if (colon == std::string::npos || m_id.empty())
            return argument;
        const std::string name =
            text::lowered(argument.substr(slash == std::string::npos ? 0 : slash + 1, colon - slash - 1));
        const std::size_t named = name.find(m_id);
        const bool isCalledSo = named != std::string::npos && isWordAt(name, named, m_id.size());
        for (std::size_t at = colon + 1; at < argument.size();) {
            const std::size_t end = std::min(argument.find_first_of("-@", at), argument.size());
            const std::string part = argument.substr(at, end - at);
            const std::string lead =
                part.ends_with(m_old) ? text::lowered(part.substr(0, part.size() - m_old.size())) : "-";
            if (lead == m_id || (isCalledSo && (lead.empty() || lead == "v")))
                argument.replace(end - m_old.size(), m_old.size(), m_new);
            const std::size_t next = argument.find_first_of("-@", at);
            if (next == std::string::npos || argument[next] == '@')
                break;
            at = next + 1;
        }
        return argument;
    }

    // The part of a tag between '-' (or the tag's ends) that is the identifier and the version.
    std::string withTag(std::string argument) const
    {
        const std::size_t slash = argument.find_last_of("/=");
        const std::size_t colon = argument.find(':', slash == std::string::npos ? 0 : slash);
        if (colon == std::string::npos || m_tagBefore.empty())
            return argument;
        for (std::size_t at = argument.find(m_tagBefore, colon); at != std::string::npos;
             at = argument.find(m_tagBefore, at + 1)) {
            const std::size_t end = at + m_tagBefore.size();
            const bool whole = (argument[at - 1] == ':' || argument[at - 1] == '-')
                               && (end == argument.size() || argument[end] == '-' || argument[end] == '@');
            if (whole)
                argument.replace(at, m_tagBefore.size(), m_tagAfter);
        }
        return argument;
    }

    void findInDisabled(std::size_t disabled)
    {
        const CommentedRule &rule = m_document.commentedRules()[disabled];
        if (!hasArgument(rule.rule.rule))
            return;
        const std::string &text = m_document.text();
        for (std::size_t line = rule.lines.begin; line < rule.lines.end; line = text::nextLine(text, line)) {
            const text::ByteRange range{line, text::lineEnd(text, line)};
            std::string said = text.substr(line, range.size());
            std::string after = withWord(said, argument(), m_name + "=" + m_new);
            add(UseKind::Disabled, disabled, range, std::move(said), std::move(after), false);
        }
    }

    const Document &m_document;
    const std::string &m_name;
    std::string m_old;
    std::string m_new;
    std::string m_id; ///< "cuda", "vllm"; empty where the argument is no version of either.
    std::string m_tagBefore;
    std::string m_tagAfter;
    bool m_isBackend = false;
    bool m_ruleHasIt = false;
    text::LineIndex m_index;
    std::vector<VersionUse> m_uses;
};

void replaceArguments(std::optional<std::vector<Argument>> &arguments, const std::string &before,
                      const std::string &after)
{
    if (!arguments)
        return;
    for (Argument &argument : *arguments) {
        if (argument.text == before)
            argument.text = after;
    }
}

Result<void> change(Draft &draft, const VersionUse &use, const std::string &argumentBefore,
                    const std::string &argumentAfter)
{
    if (use.kind == UseKind::Comment || use.kind == UseKind::Disabled) {
        draft.replace(use.range, use.after);
        if (use.kind == UseKind::Disabled)
            replaceArguments(draft.intended.disabledRules[use.rule].rule.arguments, argumentBefore, argumentAfter);
        return {};
    }
    const auto rule = ruleToChange(draft, use.rule);
    if (!rule)
        return tl::unexpected(rule.error());
    const YamlNode &args = *valueOf(**rule, "args");
    const auto item = std::find_if(args.items.begin(), args.items.end(),
                                   [&](const YamlNode *node) { return node->begin == use.range.begin; });
    if (const auto own = checkOwn(draft, args, "The list of arguments"); !own)
        return own;
    if (const auto own = checkOwn(draft, **item, "The argument"); !own)
        return own;
    setScalar(draft, **item, use.after);
    replaceArguments(draft.intended.rules[use.rule].arguments, use.before, use.after);
    return {};
}

// NAME=IMAGE names an image as it is, and would not afterwards.
bool breaksImageName(const VersionUse &use)
{
    const auto names = [](const std::string &argument) {
        const std::string image = argument.substr(argument.find('=') + 1);
        return image.find_first_of(" \t") == std::string::npos && image::parseReference(image).has_value();
    };
    return use.kind == UseKind::ImageTag && names(use.before) && !names(use.after);
}

Result<void> bump(Draft &draft, const std::string &name, const std::string &oldVersion, const std::string &newVersion,
                  const std::optional<std::vector<std::size_t>> &chosen)
{
    if (const auto good = checkText(newVersion, "The version"); !good)
        return good;
    if (oldVersion.empty() || newVersion.empty() || newVersion.find_first_of("\r\n") != std::string::npos)
        return draft.refuse("edit-bad-text", nowhere, "Both versions have to be given, on one line each");
    if (name.ends_with(suffix) && newVersion.find_first_of(" \t") != std::string::npos)
        return draft.refuse("edit-bad-text", nowhere, "The version '" + newVersion + "' has blanks in it",
                            "Give it without them");
    const auto uses = findVersionUses(draft.document(), name, oldVersion, newVersion);
    const auto unnamed = std::find_if(uses.begin(), uses.end(), breaksImageName);
    if (unnamed != uses.end())
        return draft.refuse("edit-bad-text", unnamed->range.begin,
                            "With this version, '" + unnamed->after + "' would name no image",
                            "Give a version of letters, digits, '.', '_' and '-'");
    bool any = false;
    for (std::size_t i = 0; i < uses.size(); ++i) {
        const bool wanted = chosen ? std::find(chosen->begin(), chosen->end(), i) != chosen->end() : uses[i].suggested;
        if (!wanted)
            continue;
        any = true;
        if (const auto done = change(draft, uses[i], name + "=" + oldVersion, name + "=" + newVersion); !done)
            return done;
    }
    if (!any && oldVersion == newVersion)
        return draft.refuse("edit-no-effect", nowhere, "The new version is the old one", "Give another one");
    if (!any)
        return draft.refuse("edit-no-effect", nowhere, "Nothing says " + name + " " + oldVersion,
                            "Check the name and the old version");
    return {};
}

} // namespace

std::vector<VersionUse> findVersionUses(const Document &document, const std::string &name,
                                        const std::string &oldVersion, const std::string &newVersion)
{
    if (oldVersion.empty())
        return {};
    return Search(document, name, oldVersion, newVersion).run();
}

Edit bumpVersion(const std::string &name, std::string oldVersion, const std::string &newVersion,
                 std::optional<std::vector<std::size_t>> chosen)
{
    return {"Bump " + name + " to " + newVersion,
            [name, oldVersion = std::move(oldVersion), newVersion, chosen = std::move(chosen)](Draft &draft) {
                return bump(draft, name, oldVersion, newVersion, chosen);
            }};
}

} // namespace runner::matrix::edit
