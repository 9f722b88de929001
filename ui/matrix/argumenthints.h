// What a rule can say: the arguments that its Dockerfiles take, with defaults and comments.
#pragma once

#include "matrix/matrix.h"
#include "workspace/workspace.h"

#include <QString>

#include <vector>

namespace runner::ui {

struct ArgumentHint
{
    QString name;
    QString defaultText; ///< As the Dockerfile writes it.
    QString description; ///< What its comment says, in one paragraph.
};

/// The global arguments of the Dockerfiles that build the rule's services, in their order, each once. Every Dockerfile
/// of the backend counts where the rule has no service that is known.
std::vector<ArgumentHint> argumentHints(const workspace::Workspace &centre, const matrix::Rule &rule);

/// Null where the hints have no such argument.
const ArgumentHint *findHint(const std::vector<ArgumentHint> &hints, const QString &name);

} // namespace runner::ui
