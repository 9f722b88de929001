#include "window/places.h"

#include "builds/buildsplace.h"
#include "matrix/matrixplace.h"
#include "pack/packplace.h"
#include "support/supportplace.h"

#include <QCoreApplication>

#include <array>

namespace runner::ui {

namespace {

bool showsNoFile(std::string_view)
{
    return false;
}

template <typename T>
Place *makePlace(Settings &settings)
{
    return new T(settings);
}

constexpr std::array kinds{
    PlaceKind{"support", QT_TRANSLATE_NOOP("Place", "Support"), "place-support", SupportPlace::shows,
              makePlace<SupportPlace>},
    PlaceKind{"matrix", QT_TRANSLATE_NOOP("Place", "Matrix"), "place-matrix", MatrixPlace::shows,
              makePlace<MatrixPlace>},
    PlaceKind{"pack", QT_TRANSLATE_NOOP("Place", "Pack"), "place-pack", PackPlace::shows, makePlace<PackPlace>},
    PlaceKind{"builds", QT_TRANSLATE_NOOP("Place", "Builds"), "place-builds", showsNoFile, makePlace<BuildsPlace>},
};

} // namespace

QString PlaceKind::translatedTitle() const
{
    return QCoreApplication::translate("Place", title);
}

std::span<const PlaceKind> placeKinds()
{
    return kinds;
}

int findPlaceKind(const QString &id)
{
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        if (id == QLatin1String(kinds[i].id))
            return static_cast<int>(i);
    }
    return -1;
}

} // namespace runner::ui
