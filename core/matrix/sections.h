// Readers of the top-level sections of a matrix file, one function each.
#pragma once

#include "matrix/nodereader.h"

namespace runner::matrix {

void readImage(NodeReader &reader, const YamlNode &node, ImageNaming &image);
void readServices(NodeReader &reader, const YamlNode &node, std::vector<Service> &services);
void readBackends(NodeReader &reader, const YamlNode &node, std::vector<Backend> &backends);
/// \a first is the number of the list's first rule.
void readRules(NodeReader &reader, const YamlNode &node, std::vector<Rule> &rules, int first = 1);
void readRunners(NodeReader &reader, const YamlNode &node, std::vector<RunnerRow> &runners);

/// A node as JSON text; plain scalars keep the type that YAML's core schema gives them.
std::string toJson(NodeReader &reader, const YamlNode &node);

} // namespace runner::matrix
