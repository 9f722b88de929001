#include "documents/fixmenu.h"

#include "check/fix.h"
#include "documents/documentset.h"

#include <QMenu>

namespace runner::ui {

namespace {

bool isAsChecked(const LoadedPointer &loaded, const DocumentSet &documents, const std::string &file)
{
    const TextDocument *document = documents.find(file);
    const auto checked = loaded->workspace->texts.find(file);
    return !document || (checked != loaded->workspace->texts.end() && *checked->second == document->text());
}

} // namespace

int addFixes(QMenu &menu, const LoadedPointer &loaded, DocumentSet &documents, const Problem &problem)
{
    if (!loaded || !isAsChecked(loaded, documents, problem.where.file))
        return 0;
    int count = 0;
    for (const check::Fix &fix : check::fixesFor(*loaded->workspace, problem)) {
        QAction *action = menu.addAction(QString::fromStdString(fix.title));
        action->setObjectName(QStringLiteral("fix"));
        ++count;
        QObject::connect(action, &QAction::triggered, &documents, [loaded, &documents, fix] {
            const auto document = documents.open(fix.file);
            if (document && isAsChecked(loaded, documents, fix.file))
                (*document)->edit(fix.patches, QString::fromStdString(fix.title));
        });
    }
    return count;
}

} // namespace runner::ui
