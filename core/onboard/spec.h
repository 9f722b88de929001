// Answers as a YAML file, for onboarding without a window.
#pragma once

#include "onboard/validate.h"

#include <map>
#include <string>

namespace runner::onboard {

inline constexpr std::size_t maxSpecBytes = 1U << 20U;

/// The place of a field, or of the nearest one around it.
Location nearestPlace(const std::map<std::string, Location> &places, std::string field);

/// Answers with the places they stand at. Problems are those of reading, all of them errors: keys that are not known
/// (onboard-unknown-key), words that are (onboard-bad-value), and those of matrix::NodeReader.
template <typename Answers>
struct Spec
{
    Answers answers;
    std::map<std::string, Location> places; ///< By field.
    Problems problems;

    Location placeOf(const std::string &field) const { return nearestPlace(places, field); }
};

/// Errors: those of matrix::parseYaml, onboard-no-map.
Result<Spec<BackendAnswers>> readBackendSpec(const std::string &text, const std::string &fileName);
Result<Spec<ServiceAnswers>> readServiceSpec(const std::string &text, const std::string &fileName);

/// Commented specs that can be used as they are: they onboard the backend neuware, and the service tei. They fit the
/// pack centre: one of the older layout gets no variants and no notes, one without the scripts of pack/common gets
/// stages without them. Without a pack centre (null) they are those for this project's own.
std::string backendExample(const workspace::Workspace *centre = nullptr);
std::string serviceExample(const workspace::Workspace *centre = nullptr);

} // namespace runner::onboard
