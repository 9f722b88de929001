// Changes of what is released, in whichever file the pack centre keeps it.
#pragma once

#include "catalog/criteria.h"
#include "text/patch.h"
#include "workspace/workspace.h"

#include <string>

namespace runner::workspace {

enum class CatalogAction { Deprecate, Undeprecate, Polish, Unpolish, Prune };

/// One file's change, not yet written: to show, to write, or to put on an undo stack.
struct CatalogChange
{
    std::string file; ///< Relative to the root: the matrix, or the older layout's JSON catalogue.
    text::Patches patches;
    std::string text; ///< The file's text afterwards.
    Problems notes;   ///< catalog-still-deprecated: platforms of a released image that stay deprecated;
                      ///< catalog-not-listed: a released image that the support table does not show.
};

/// Marks or removes all released images that match, all platforms of each. Errors: those of catalog::checkCriteria();
/// criteria-no-match; edit-no-effect; catalog-no-polish in the older layout, whose catalogue does not know polished
/// images; catalog-missing; and those of the edit.
Result<CatalogChange> changeCatalog(const Workspace &workspace, CatalogAction action,
                                    const catalog::Criteria &criteria);

/// Writes the images that a finished build has released. Errors: catalog-no-jobs for an empty list; unknown-backend and
/// unknown-service for what the matrix (not the older layout's) does not list; those of the edit.
Result<CatalogChange> mergeReleased(const Workspace &workspace, const catalog::Records &released);

/// The images of build jobs, as `runnerctl expand --for-release` prints them: the object with "build_jobs", or that
/// list. Errors: json-invalid, catalog-bad-job for a job that lacks something, was built as "-dev", is for no platform,
/// or has a tag that its other fields contradict.
Result<catalog::Records> recordsOfJobs(const std::string &json, const std::string &fileName,
                                       const matrix::Matrix &matrix);

} // namespace runner::workspace
