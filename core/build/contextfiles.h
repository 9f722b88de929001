// What a build could read: the files of its contexts, to tell later which of them have changed.
#pragma once

#include "build/request.h"

#include <map>
#include <string>
#include <vector>

namespace runner::build {

/// From a path relative to the request's folder to what a builder tells the file by: the SHA-256 of its bytes in hex
/// (of files that are too large or cannot be read "size:BYTES") and its mode, "HASH 755"; of a symbolic link
/// "link:TARGET".
using ContextFiles = std::map<std::string, std::string>;

/// Regular files and symbolic links of the context and the named contexts that are folders, at most 20,000 of them; of
/// each file the first 16 MiB, of all 256 MiB. Symbolic links are not followed. Blocks while it reads.
ContextFiles readContextFiles(const Request &request);

/// One line of JSON, and back; what is no such text gives no files.
std::string toJson(const ContextFiles &files);
ContextFiles contextFilesFromJson(const std::string &text);

/// Paths that are in only one of them, or differ; ascending.
std::vector<std::string> changedFiles(const ContextFiles &before, const ContextFiles &after);

} // namespace runner::build
