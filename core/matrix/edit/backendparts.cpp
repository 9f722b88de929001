// Variants and notes of backends.
#include "matrix/edit/headeredits.h"

#include "matrix/edit/headersection.h"
#include "matrix/edit/nodes.h"
#include "matrix/edit/rulenodes.h"

namespace runner::matrix::edit {

namespace {

using Kind = YamlNode::Kind;

std::string kindName(NoteKind kind)
{
    return kind == NoteKind::Warning ? "warning" : "note";
}

Result<void> addNoteTo(Draft &draft, HeaderSection &section, Backend &backend, const Note &note)
{
    backend.notes.push_back(note);
    NewValue value = lineOf({{"kind", section.like({"notes", "kind"}, kindName(note.kind))},
                             {"text", section.like({"notes", "text"}, note.text, Quotes::Double)}});
    const YamlNode *notes = section.valueIn(backend.id, "notes");
    if (notes && notes->kind == Kind::Sequence) {
        if (const auto own = checkOwn(draft, *notes, "The list of notes"); !own)
            return own;
        if (!notes->items.empty())
            imitate(draft.text(), *notes, *notes->items.back(), value);
        return insertItem(draft, *notes, notes->items.size(), std::move(value));
    }
    NewValue list;
    list.kind = NewValue::Kind::List;
    list.items.push_back(std::move(value));
    if (notes) {
        const YamlNode &body = section.body(backend.id);
        return fillEntry(draft, body, *findKey(body, "notes"), list);
    }
    return section.set(backend.id, "notes", list);
}

Result<const YamlNode *> noteNode(const Draft &draft, const HeaderSection &section, const Backend &backend,
                                  std::size_t index)
{
    const YamlNode *notes = section.valueIn(backend.id, "notes");
    if (!notes || index >= notes->items.size() || index >= backend.notes.size())
        return draft.refuse("edit-no-such-note", section.map.begin, "There is no note " + std::to_string(index + 1));
    for (const YamlNode *node : {notes, notes->items[index]}) {
        if (const auto own = checkOwnMap(draft, *node, "The note"); !own)
            return tl::unexpected(own.error());
    }
    return notes;
}

Result<void> changeNote(Draft &draft, const HeaderSection &section, Backend &backend, std::size_t index,
                        const Note &note)
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
        if (const auto done =
                setEntry(draft, node, "kind", section.like({"notes", "kind"}, kindName(note.kind)), order);
            !done)
            return done;
    }
    if (note.text == before.text)
        return {};
    return setEntry(draft, node, "text", section.like({"notes", "text"}, note.text, Quotes::Double), order);
}

Result<void> dropNote(Draft &draft, HeaderSection &section, Backend &backend, std::size_t index)
{
    const auto notes = noteNode(draft, section, backend, index);
    if (!notes)
        return tl::unexpected(notes.error());
    backend.notes.erase(backend.notes.begin() + static_cast<std::ptrdiff_t>(index));
    if ((*notes)->items.size() == 1)
        return section.unset(backend.id, "notes");
    return removeItems(draft, **notes, {index});
}

Result<void> putVariant(Draft &draft, HeaderSection &section, Backend &backend, const std::string &id,
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
    const YamlNode *variants = section.valueIn(backend.id, "variants");
    if (!variants || variants->kind != Kind::Map)
        return section.set(backend.id, "variants", lineOf({{id, section.like({"variants"}, shown)}}));
    if (const auto own = checkOwnMap(draft, *variants, "The map of variants"); !own)
        return own;
    std::vector<std::string> order;
    for (const Variant &variant : backend.variants)
        order.push_back(variant.id);
    return setEntry(draft, *variants, id, section.like({"variants"}, shown), order);
}

Result<void> dropVariant(Draft &draft, HeaderSection &section, Backend &backend, const std::string &id)
{
    if (std::erase_if(backend.variants, [&](const Variant &variant) { return variant.id == id; }) == 0)
        return draft.refuse("edit-no-such-variant", section.map.begin, "The backend has no variant '" + id + "'");
    if (backend.variants.empty())
        return section.unset(backend.id, "variants");
    const YamlNode *variants = section.valueIn(backend.id, "variants");
    if (const auto own = checkOwnMap(draft, *variants, "The map of variants"); !own)
        return own;
    return removeEntry(draft, *variants, *findKey(*variants, id));
}

} // namespace

Edit setVariant(const std::string &backend, const std::string &variant, const std::string &label)
{
    return backendEdit(
        "Set variant " + variant, backend, {variant, label}, [=](Draft &draft, HeaderSection &section, Backend &to) {
            return variant.empty()
                       ? Result<void>(draft.refuse("edit-bad-text", nowhere, "A variant needs an identifier"))
                       : putVariant(draft, section, to, variant, label);
        });
}

Edit removeVariant(const std::string &backend, const std::string &variant)
{
    return backendEdit(
        "Remove variant " + variant, backend, {variant},
        [=](Draft &draft, HeaderSection &section, Backend &of) { return dropVariant(draft, section, of, variant); });
}

Edit addNote(const std::string &backend, const Note &note)
{
    return backendEdit("Add note", backend, {note.text}, [=](Draft &draft, HeaderSection &section, Backend &to) {
        return addNoteTo(draft, section, to, note);
    });
}

Edit setNote(const std::string &backend, std::size_t index, const Note &note)
{
    return backendEdit("Change note", backend, {note.text}, [=](Draft &draft, HeaderSection &section, Backend &of) {
        return changeNote(draft, section, of, index, note);
    });
}

Edit removeNote(const std::string &backend, std::size_t index)
{
    return backendEdit("Remove note", backend, {}, [=](Draft &draft, HeaderSection &section, Backend &of) {
        return dropNote(draft, section, of, index);
    });
}

} // namespace runner::matrix::edit
