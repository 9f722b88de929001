// The sections of a matrix file read into values.
#pragma once

#include "matrix/nodereader.h"

#include <string>

namespace runner::matrix {

/// What the top level says, or a part of it.
struct TopLevel
{
    Matrix matrix;
    std::string schema; ///< Empty where the text has none.
    Location schemaAt;

    /// Reads all keys of a map.
    void readMap(NodeReader &reader, const YamlNode &map);
};

} // namespace runner::matrix
