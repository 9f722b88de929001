#include "matrix/toplevel.h"

#include "matrix/sections.h"

namespace runner::matrix {

void TopLevel::readMap(NodeReader &reader, const YamlNode &map)
{
    reader.forEachKey(map, "the matrix", [&](const std::string &key, const YamlNode &keyNode, const YamlNode &value) {
        if (key == "schema") {
            schema = reader.text(value, "schema");
            schemaAt = reader.at(value);
        } else if (key == "image")
            readImage(reader, value, matrix.image);
        else if (key == "services")
            readServices(reader, value, matrix.services);
        else if (key == "backends")
            readBackends(reader, value, matrix.backends);
        else if (key == "rules")
            readRules(reader, value, matrix.rules);
        else if (key == "runners")
            readRunners(reader, value, matrix.runners.edit());
        else
            reader.unknownKey(key, keyNode, "the matrix");
    });
}

} // namespace runner::matrix
