#include "builds/planmerge.h"

#include "builds/buildwords.h"
#include "builds/planspane.h"
#include "documents/documentset.h"
#include "workspace/catalogchange.h"

namespace runner::ui {

QString mergeIntoCatalogue(const build::KeptPlan &plan, const LoadedWorkspace &loaded, DocumentSet &documents)
{
    const catalog::Records released = PlansPane::released(plan);
    const auto change = workspace::mergeReleased(*loaded.workspace, released);
    if (!change)
        return sentence(change.error());
    const auto document = documents.open(change->file);
    if (!document)
        return sentence(document.error());
    const std::string &text = (*document)->text();
    if (!text::fits(change->patches, text.size()) || text::patched(text, change->patches) != change->text)
        return PlansPane::tr("%1 is being read anew; try again.").arg(QString::fromStdString(change->file));
    (*document)->edit(change->patches, PlansPane::tr("Add to the catalogue"));
    return PlansPane::tr("%1 images were added to the catalogue; save to keep that.").arg(released.size());
}

} // namespace runner::ui
