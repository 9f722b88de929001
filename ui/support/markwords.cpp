#include "support/markwords.h"

#include <QCoreApplication>

namespace runner::ui {

QString releaseMarkText(const workspace::MarkChange &mark)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("ReleaseMarks", text); };
    if (mark.name == "unlisted")
        return mark.set ? tr("not in the table") : tr("in the table again");
    const QString name = mark.name == "rc" ? tr("a release candidate") : QString::fromStdString(mark.name);
    return mark.set ? name : tr("no longer %1").arg(name);
}

} // namespace runner::ui
