// What can be done with the builds that are chosen in the list.
#pragma once

#include "builds/buildcentre.h"

#include <QModelIndexList>

class QMenu;

namespace runner::ui {

class BuildListModel;

/// Fills the menu for \a rows of \a model; an entry that none of them allows cannot be chosen. Both and the centre must
/// outlive it, and removing asks first.
void fillBuildMenu(QMenu &menu, BuildCentre &centre, const BuildListModel &model, const QModelIndexList &rows);

} // namespace runner::ui
