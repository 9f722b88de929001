// Names that a workspace knows: for messages about unknown ones, and for completion.
#pragma once

#include "command.h"

#include <string>
#include <vector>

namespace runner::ctl {

/// Of the matrix, the rules and the catalogue; each once, in this order.
std::vector<std::string> knownBackends(const workspace::Workspace &workspace);
std::vector<std::string> knownServices(const workspace::Workspace &workspace);
/// The services, and the targets "services" and "runtime".
std::vector<std::string> knownTargets(const workspace::Workspace &workspace);
/// Of the rules and the catalogue, ascending.
std::vector<std::string> knownPlatforms(const workspace::Workspace &workspace);
/// Tags without "-dev" of everything that can be built, without arguments of one's own.
std::vector<std::string> knownTags(const workspace::Workspace &workspace);

/// A completer out of one of the above; gives nothing where there is no workspace.
Completer completer(std::vector<std::string> (*known)(const workspace::Workspace &));

/// Whether \a name is among \a known; if not, says so, names the known ones, and gives false.
bool requireKnown(const Context &context, const char *what, const std::string &name,
                  const std::vector<std::string> &known);

} // namespace runner::ctl
