// The list of the window's places: the one to add a line to for another.
#pragma once

#include "place/place.h"

#include <QString>

#include <span>
#include <string_view>

namespace runner::ui {

struct PlaceKind
{
    const char *id;    ///< For settings, object names and --place: "support".
    const char *title; ///< As the sidebar says it, to be translated in the context "Place".
    const char *icon;  ///< freedesktop name, or one of resources/icons.
    /// Whether this place is the one to show that file of the pack centre in; paths are relative to its root.
    bool (*shows)(std::string_view file);
    Place *(*make)(Settings &settings);

    QString translatedTitle() const;
};

/// In the sidebar's order, which is also that of the keys Ctrl+1, Ctrl+2, …
std::span<const PlaceKind> placeKinds();

/// Position of the place with that id, or -1.
int findPlaceKind(const QString &id);

} // namespace runner::ui
