// The sections image, services and backends.
#include "matrix/sections.h"

namespace runner::matrix {

void readImage(NodeReader &reader, const YamlNode &node, ImageNaming &image)
{
    image.where = reader.at(node);
    reader.forEachKey(node, "image", [&](const std::string &key, const YamlNode &keyNode, const YamlNode &value) {
        if (key == "namespace")
            image.nameSpace = reader.text(value, "image.namespace");
        else if (key == "repository")
            image.repository = reader.text(value, "image.repository");
        else if (key == "cache_repository")
            image.cacheRepository = reader.text(value, "image.cache_repository");
        else
            reader.unknownKey(key, keyNode, "image");
    });
}

void readServices(NodeReader &reader, const YamlNode &node, std::vector<Service> &services)
{
    reader.forEachKey(node, "services", [&](const std::string &id, const YamlNode &idNode, const YamlNode &body) {
        Service service{id, id, reader.at(idNode)};
        reader.forEachKey(body, "the service " + id, [&](const auto &key, const YamlNode &keyNode, const auto &value) {
            if (key == "name")
                service.name = reader.text(value, "The service's name");
            else
                reader.unknownKey(key, keyNode, "a service");
        });
        services.push_back(std::move(service));
    });
}

namespace {

Note readNote(NodeReader &reader, const YamlNode &node)
{
    Note note;
    reader.forEachKey(node, "a note", [&](const std::string &key, const YamlNode &keyNode, const YamlNode &value) {
        if (key == "text") {
            note.text = reader.text(value, "A note's text");
        } else if (key == "kind") {
            const std::string kind = reader.text(value, "A note's kind");
            if (kind != "note" && kind != "warning")
                reader.report("matrix-note-kind", Severity::Error, reader.at(value),
                              "A note is of the kind 'note' or 'warning', not '" + kind + "'", "Write one of the two");
            note.kind = kind == "warning" ? NoteKind::Warning : NoteKind::Note;
        } else {
            reader.unknownKey(key, keyNode, "a note");
        }
    });
    return note;
}

void readVariants(NodeReader &reader, const YamlNode &node, std::vector<Variant> &variants)
{
    reader.forEachKey(node, "variants", [&](const std::string &id, const YamlNode &, const YamlNode &value) {
        const std::string label = reader.text(value, "A variant's name");
        variants.push_back({id, label.empty() ? id : label});
    });
}

void readBackendKey(NodeReader &reader, Backend &backend, const std::string &key, const YamlNode &keyNode,
                    const YamlNode &value)
{
    if (key == "name") {
        backend.name = reader.text(value, "The backend's name");
    } else if (key == "title") {
        backend.title = reader.text(value, "The backend's title");
    } else if (key == "variant_arg") {
        backend.variantArgument = reader.text(value, "variant_arg");
    } else if (key == "variants") {
        readVariants(reader, value, backend.variants);
    } else if (key == "notes") {
        for (const YamlNode *note : reader.list(value, "notes"))
            backend.notes.push_back(readNote(reader, *note));
    } else {
        reader.unknownKey(key, keyNode, "a backend");
    }
}

} // namespace

void readBackends(NodeReader &reader, const YamlNode &node, std::vector<Backend> &backends)
{
    reader.forEachKey(node, "backends", [&](const std::string &id, const YamlNode &idNode, const YamlNode &body) {
        Backend backend;
        backend.id = backend.name = backend.title = id;
        backend.where = reader.at(idNode);
        reader.forEachKey(body, "the backend " + id, [&](const auto &key, const YamlNode &keyNode, const auto &value) {
            readBackendKey(reader, backend, key, keyNode, value);
        });
        backends.push_back(std::move(backend));
    });
}

} // namespace runner::matrix
