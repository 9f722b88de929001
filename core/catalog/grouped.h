// The nested views of the catalogue. Private to this folder.
#pragma once

#include "catalog/jsonwriter.h"
#include "catalog/record.h"

namespace runner::catalog {

/// backend > version > variant > service > version > platforms.
void writeByBackend(JsonWriter &writer, const Records &records);

/// service > version > backend > version > variant > platforms.
void writeByService(JsonWriter &writer, const Records &records);

} // namespace runner::catalog
