// What may be an identifier, a version, a name. Private to this folder.
#pragma once

#include "onboard/fieldcheck.h"

#include <string>
#include <vector>

namespace runner::onboard {

/// An identifier of a backend or service: lower-case letters and digits, a letter first and last, since the version
/// follows it in the tag. Whether it may be one.
bool checkIdentifier(FieldCheck &check, const std::string &field, const std::string &id);

/// [a-z0-9_]+ as tags carry a variant.
bool checkVariant(FieldCheck &check, const std::string &field, const std::string &id);

/// Digits first, then what tags and the grammar of image names can carry. \a parts: how many it needs at least.
bool checkVersion(FieldCheck &check, const std::string &field, const std::string &version, int parts);

/// Versions of a list: at least one, none twice.
void checkVersions(FieldCheck &check, const std::string &field, const std::vector<std::string> &versions, int parts);

/// A name that people read: one line, no control characters.
bool checkShownName(FieldCheck &check, const std::string &field, const std::string &name);

/// An absolute folder.
void checkFolder(FieldCheck &check, const std::string &field, const std::string &folder);

/// OS/ARCHITECTURE, none twice.
void checkPlatforms(FieldCheck &check, const std::string &field, const std::vector<std::string> &platforms);

/// A line of text for a comment or a note; \a limit in bytes.
bool checkLine(FieldCheck &check, const std::string &field, const std::string &text, std::size_t limit);

} // namespace runner::onboard
