#include "matrix/edit/headeredits.h"

#include "matrix/edit/nodes.h"
#include "matrix/edit/rulenodes.h"

#include <algorithm>

namespace runner::matrix::edit {

namespace {

using Kind = YamlNode::Kind;

const std::vector<std::string> &backendKeys()
{
    static const std::vector<std::string> keys{"name", "title", "variant_arg", "variants", "notes"};
    return keys;
}

template <typename T>
T *findById(std::vector<T> &items, const std::string &id)
{
    const auto found = std::find_if(items.begin(), items.end(), [&](const T &item) { return item.id == id; });
    return found == items.end() ? nullptr : &*found;
}

// "services" or "backends", and one entry of it.
class Section
{
public:
    static Result<Section> of(Draft &draft, const std::string &key, const std::string &what)
    {
        const YamlNode *map = draft.document().outline() ? valueOf(*draft.document().outline(), key) : nullptr;
        if (!draft.document().hasSchema())
            return draft.refuse("edit-no-names", nowhere, "This file holds nothing but rules",
                                "Names are kept in matrix.yml");
        if (!map || map->kind != Kind::Map)
            return draft.refuse("edit-unusual", map ? map->begin : 0, "The file has no map '" + key + "'",
                                "Add '" + key + ":' in the YAML first");
        if (const auto own = checkOwnMap(draft, *map, "'" + key + "'"); !own)
            return tl::unexpected(own.error());
        return Section{draft, *map, what};
    }

    Result<std::size_t> find(const std::string &id) const
    {
        const auto index = findKey(map, id);
        if (!index)
            return draft.refuse("edit-no-such-" + what, map.begin, "The matrix lists no " + what + " '" + id + "'");
        if (const auto own = checkOwnMap(draft, *map.entries[*index].second, "The " + what + " '" + id + "'"); !own)
            return tl::unexpected(own.error());
        return *index;
    }

    Result<void> add(const std::string &id, NewValue body)
    {
        if (findKey(map, id))
            return draft.refuse("edit-already-there", map.begin,
                                "The matrix lists the " + what + " '" + id + "' already");
        const auto &[key, sample] = map.entries.back();
        imitate(draft.text(), *key, *sample, body);
        return insertEntry(draft, map, map.entries.size(), id, std::move(body));
    }

    Result<void> drop(const std::string &id)
    {
        const auto index = find(id);
        if (!index)
            return tl::unexpected(index.error());
        if (map.entries.size() == 1)
            return draft.refuse("edit-unusual", map.begin, "This is the last " + what, "Add another one first");
        return removeEntry(draft, map, *index);
    }

    // Sets a key of an entry's body.
    Result<void> set(const std::string &id, const std::string &key, const NewValue &value)
    {
        const auto index = find(id);
        if (!index)
            return tl::unexpected(index.error());
        const YamlNode &body = *map.entries[*index].second;
        if (body.kind == Kind::Map)
            return setEntry(draft, body, key, value, backendKeys());
        NewValue whole;
        whole.kind = NewValue::Kind::Map;
        whole.flow = true;
        whole.entries.emplace_back(key, value);
        return fillEntry(draft, map, *index, whole);
    }

    Result<void> unset(const std::string &id, const std::string &key)
    {
        const auto index = find(id);
        if (!index)
            return tl::unexpected(index.error());
        const YamlNode &body = *map.entries[*index].second;
        const auto at = findKey(body, key);
        if (!at)
            return {};
        if (body.entries.size() == 1)
            return draft.refuse("edit-unusual", body.begin, "Nothing would be left of this " + what,
                                "Remove it instead");
        return removeEntry(draft, body, *at);
    }

    Draft &draft;
    const YamlNode &map;
    std::string what;
};

NewValue plain(const std::string &text)
{
    return NewValue::scalar(text, Quotes::None);
}

NewValue mapOf(std::vector<NewKey> entries)
{
    NewValue map;
    map.kind = NewValue::Kind::Map;
    map.flow = true;
    map.entries = std::move(entries);
    return map;
}

Result<void> checkNames(const std::vector<std::string> &texts)
{
    for (const std::string &text : texts) {
        if (const auto good = checkText(text, "The name"); !good)
            return good;
    }
    if (texts.front().empty() || texts.front().find_first_of(" \t\r\n") != std::string::npos)
        return failure("edit-bad-text", {}, "'" + texts.front() + "' cannot be an identifier",
                       "Write it without blanks");
    return {};
}

Result<void> nothingToDo(const Draft &draft)
{
    return draft.refuse("edit-no-effect", nowhere, "Nothing would change: the matrix says so already");
}

// Runs \a change on the section after the texts have been checked.
Edit sectionEdit(std::string name, const std::string &key, const std::string &what,
                 const std::vector<std::string> &texts, std::function<Result<void>(Draft &, Section &)> change)
{
    return {std::move(name), [=, change = std::move(change)](Draft &draft) -> Result<void> {
                if (const auto good = checkNames(texts); !good)
                    return good;
                auto section = Section::of(draft, key, what);
                if (!section)
                    return tl::unexpected(section.error());
                return change(draft, *section);
            }};
}

Edit backendEdit(std::string name, const std::string &id, std::vector<std::string> texts,
                 std::function<Result<void>(Draft &, Section &, Backend &)> change)
{
    texts.insert(texts.begin(), id);
    return sectionEdit(std::move(name), "backends", "backend", texts,
                       [id, change = std::move(change)](Draft &draft, Section &section) -> Result<void> {
                           if (const auto found = section.find(id); !found)
                               return tl::unexpected(found.error());
                           return change(draft, section, *findById(draft.intended.backends, id));
                       });
}

std::string kindName(NoteKind kind)
{
    return kind == NoteKind::Warning ? "warning" : "note";
}

// The list of notes of a backend; null where it has none.
const YamlNode *notesOf(const Section &section, const std::string &id)
{
    return valueOf(*section.map.entries[*findKey(section.map, id)].second, "notes");
}

Result<void> addNoteTo(Draft &draft, Section &section, Backend &backend, const Note &note)
{
    backend.notes.push_back(note);
    NewValue value =
        mapOf({{"kind", plain(kindName(note.kind))}, {"text", NewValue::scalar(note.text, Quotes::Double)}});
    const YamlNode *notes = notesOf(section, backend.id);
    if (notes && notes->kind == Kind::Sequence) {
        if (const auto own = checkOwn(draft, *notes, "The list of notes"); !own)
            return own;
        if (!notes->items.empty())
            value.flow = notes->items.back()->style == YamlNode::Style::Flow;
        return insertItem(draft, *notes, notes->items.size(), std::move(value));
    }
    NewValue list;
    list.kind = NewValue::Kind::List;
    list.items.push_back(std::move(value));
    if (notes) {
        const YamlNode &body = *section.map.entries[*findKey(section.map, backend.id)].second;
        return fillEntry(draft, body, *findKey(body, "notes"), list);
    }
    return section.set(backend.id, "notes", list);
}

Result<const YamlNode *> noteNode(const Draft &draft, const Section &section, const Backend &backend, std::size_t index)
{
    const YamlNode *notes = notesOf(section, backend.id);
    if (!notes || index >= notes->items.size() || index >= backend.notes.size())
        return draft.refuse("edit-no-such-note", section.map.begin, "There is no note " + std::to_string(index + 1));
    for (const YamlNode *node : {notes, notes->items[index]}) {
        if (const auto own = checkOwnMap(draft, *node, "The note"); !own)
            return tl::unexpected(own.error());
    }
    return notes;
}

Result<void> changeNote(Draft &draft, const Section &section, Backend &backend, std::size_t index, const Note &note)
{
    const auto notes = noteNode(draft, section, backend, index);
    if (!notes)
        return tl::unexpected(notes.error());
    const YamlNode &node = *(*notes)->items[index];
    const Note before = backend.notes[index];
    backend.notes[index] = note;
    if (note == before || node.kind != Kind::Map)
        return nothingToDo(draft);
    const std::vector<std::string> order{"kind", "text"};
    if (note.kind != before.kind) {
        if (const auto done = setEntry(draft, node, "kind", plain(kindName(note.kind)), order); !done)
            return done;
    }
    if (note.text == before.text)
        return {};
    return setEntry(draft, node, "text", NewValue::scalar(note.text, Quotes::Double), order);
}

Result<void> dropNote(Draft &draft, Section &section, Backend &backend, std::size_t index)
{
    const auto notes = noteNode(draft, section, backend, index);
    if (!notes)
        return tl::unexpected(notes.error());
    backend.notes.erase(backend.notes.begin() + static_cast<std::ptrdiff_t>(index));
    if ((*notes)->items.size() == 1)
        return section.unset(backend.id, "notes");
    return removeItems(draft, **notes, {index});
}

Result<void> putVariant(Draft &draft, Section &section, Backend &backend, const std::string &id,
                        const std::string &label)
{
    const std::string shown = label.empty() ? id : label;
    if (Variant *known = findById(backend.variants, id)) {
        if (known->label == shown)
            return nothingToDo(draft);
        known->label = shown;
    } else {
        backend.variants.push_back({id, shown});
    }
    const YamlNode *variants = valueOf(*section.map.entries[*findKey(section.map, backend.id)].second, "variants");
    if (!variants || variants->kind != Kind::Map)
        return section.set(backend.id, "variants", mapOf({{id, plain(shown)}}));
    if (const auto own = checkOwnMap(draft, *variants, "The map of variants"); !own)
        return own;
    std::vector<std::string> order;
    for (const Variant &variant : backend.variants)
        order.push_back(variant.id);
    return setEntry(draft, *variants, id, plain(shown), order);
}

Result<void> dropVariant(Draft &draft, Section &section, Backend &backend, const std::string &id)
{
    if (std::erase_if(backend.variants, [&](const Variant &variant) { return variant.id == id; }) == 0)
        return draft.refuse("edit-no-such-variant", section.map.begin, "The backend has no variant '" + id + "'");
    if (backend.variants.empty())
        return section.unset(backend.id, "variants");
    const YamlNode *variants = valueOf(*section.map.entries[*findKey(section.map, backend.id)].second, "variants");
    if (const auto own = checkOwnMap(draft, *variants, "The map of variants"); !own)
        return own;
    return removeEntry(draft, *variants, *findKey(*variants, id));
}

struct TextMember
{
    const char *key;
    std::string Backend::*member;
};

TextMember memberOf(BackendText which)
{
    switch (which) {
    case BackendText::Title:
        return {"title", &Backend::title};
    case BackendText::VariantArgument:
        return {"variant_arg", &Backend::variantArgument};
    case BackendText::Name:
        break;
    }
    return {"name", &Backend::name};
}

} // namespace

Edit defineService(const std::string &id, const std::string &name)
{
    return sectionEdit("Add " + name, "services", "service", {id, name}, [id, name](Draft &draft, Section &section) {
        draft.intended.services.push_back({id, name, {}});
        return section.add(id, mapOf({{"name", plain(name)}}));
    });
}

Edit setServiceName(const std::string &id, const std::string &name)
{
    return sectionEdit("Rename " + id, "services", "service", {id, name},
                       [id, name](Draft &draft, Section &section) -> Result<void> {
                           Service *service = findById(draft.intended.services, id);
                           if (service && service->name == name)
                               return nothingToDo(draft);
                           if (service)
                               service->name = name;
                           return section.set(id, "name", plain(name));
                       });
}

Edit dropService(std::string id)
{
    return sectionEdit("Remove " + id, "services", "service", {id}, [id](Draft &draft, Section &section) {
        std::erase_if(draft.intended.services, [&](const Service &service) { return service.id == id; });
        return section.drop(id);
    });
}

Edit defineBackend(const std::string &id, const std::string &name, const std::string &title)
{
    return sectionEdit("Add " + name, "backends", "backend", {id, name, title}, [=](Draft &draft, Section &section) {
        Backend backend;
        backend.id = id;
        backend.name = name;
        backend.title = title;
        draft.intended.backends.push_back(std::move(backend));
        return section.add(id, mapOf({{"name", plain(name)}, {"title", plain(title)}}));
    });
}

Edit setBackendText(const std::string &id, BackendText which, const std::string &text)
{
    return backendEdit("Change " + id, id, {text},
                       [=](Draft &draft, Section &section, Backend &backend) -> Result<void> {
                           const TextMember known = memberOf(which);
                           const std::string wanted = text.empty() && which != BackendText::VariantArgument ? id : text;
                           if (backend.*known.member == wanted)
                               return nothingToDo(draft);
                           backend.*known.member = wanted;
                           return text.empty() ? section.unset(id, known.key) : section.set(id, known.key, plain(text));
                       });
}

Edit dropBackend(std::string id)
{
    return backendEdit("Remove " + id, id, {}, [id](Draft &draft, Section &section, Backend &) {
        std::erase_if(draft.intended.backends, [&](const Backend &backend) { return backend.id == id; });
        return section.drop(id);
    });
}

Edit setVariant(const std::string &backend, const std::string &variant, const std::string &label)
{
    return backendEdit(
        "Set variant " + variant, backend, {variant, label}, [=](Draft &draft, Section &section, Backend &to) {
            return variant.empty()
                       ? Result<void>(draft.refuse("edit-bad-text", nowhere, "A variant needs an identifier"))
                       : putVariant(draft, section, to, variant, label);
        });
}

Edit removeVariant(const std::string &backend, const std::string &variant)
{
    return backendEdit(
        "Remove variant " + variant, backend, {variant},
        [=](Draft &draft, Section &section, Backend &of) { return dropVariant(draft, section, of, variant); });
}

Edit addNote(const std::string &backend, const Note &note)
{
    return backendEdit("Add note", backend, {note.text}, [=](Draft &draft, Section &section, Backend &to) {
        return addNoteTo(draft, section, to, note);
    });
}

Edit setNote(const std::string &backend, std::size_t index, const Note &note)
{
    return backendEdit("Change note", backend, {note.text}, [=](Draft &draft, Section &section, Backend &of) {
        return changeNote(draft, section, of, index, note);
    });
}

Edit removeNote(const std::string &backend, std::size_t index)
{
    return backendEdit("Remove note", backend, {}, [=](Draft &draft, Section &section, Backend &of) {
        return dropNote(draft, section, of, index);
    });
}

} // namespace runner::matrix::edit
