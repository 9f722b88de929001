#include "builds/buildlistmenu.h"

#include "builds/buildlistmodel.h"

#include <QApplication>
#include <QClipboard>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QStringList>

namespace runner::ui {

namespace {

/// The chosen builds by what can be done with them.
struct ChosenBuilds
{
    QStringList images;
    std::vector<build::Request> again;
    std::vector<std::int64_t> items;  ///< In the queue, and not ended.
    std::vector<std::int64_t> others; ///< Run by other consoles.
    std::vector<std::int64_t> ended;
};

ChosenBuilds chosenBuilds(const BuildCentre &centre, const BuildListModel &model, const QModelIndexList &rows)
{
    ChosenBuilds chosen;
    for (const QModelIndex &row : rows) {
        const build::BuildRecord *record = model.record(row);
        const build::QueueItem *item = record ? centre.itemOf(record->id) : model.item(row);
        const build::Request &request = record ? record->request : item->request;
        if (!request.images.empty())
            chosen.images << QString::fromStdString(request.images.front());
        if (item && item->state != build::QueueState::Ended) {
            chosen.items.push_back(item->id);
        } else if (record && record->isRunning()) {
            chosen.others.push_back(record->id);
        } else {
            chosen.again.push_back(request);
            if (record)
                chosen.ended.push_back(record->id);
        }
    }
    return chosen;
}

void cancelBuilds(BuildCentre &centre, const ChosenBuilds &chosen)
{
    for (const std::int64_t item : chosen.items)
        centre.cancel(item);
    for (const std::int64_t build : chosen.others)
        centre.requestCancel(build);
}

void removeBuilds(BuildCentre &centre, const std::vector<std::int64_t> &builds, QWidget *parent)
{
    QMessageBox box(
        QMessageBox::Question, BuildCentre::tr("Remove from the history"),
        builds.size() == 1
            ? BuildCentre::tr("Remove this build and its log? They cannot be brought back.")
            : BuildCentre::tr("Remove these %1 builds and their logs? They cannot be brought back.").arg(builds.size()),
        QMessageBox::NoButton, parent);
    box.setObjectName(QStringLiteral("removeBuilds"));
    QAbstractButton *remove = box.addButton(BuildCentre::tr("&Remove"), QMessageBox::DestructiveRole);
    remove->setObjectName(QStringLiteral("removeBuildsNow"));
    box.setDefaultButton(box.addButton(QMessageBox::Cancel));
    box.exec();
    if (box.clickedButton() != remove)
        return;
    for (const std::int64_t build : builds)
        centre.remove(build);
}

} // namespace

void fillBuildMenu(QMenu &menu, BuildCentre &centre, const BuildListModel &model, const QModelIndexList &rows)
{
    const ChosenBuilds chosen = chosenBuilds(centre, model, rows);
    const auto add = [&menu](const char *name, const QString &text, bool enabled, auto work) {
        QAction *action = menu.addAction(text);
        action->setObjectName(QString::fromLatin1(name));
        action->setEnabled(enabled);
        QObject::connect(action, &QAction::triggered, &menu, work);
    };
    add("menuBuildAgain", BuildCentre::tr("Build a&gain"), !chosen.again.empty() && centre.tool(), [&centre, chosen] {
        for (const build::Request &request : chosen.again)
            centre.add(request);
    });
    add("menuBuildCancel", BuildCentre::tr("&Cancel"), !chosen.items.empty() || !chosen.others.empty(),
        [&centre, chosen] { cancelBuilds(centre, chosen); });
    add("menuBuildCopy", BuildCentre::tr("Copy the image's &name"), !chosen.images.isEmpty(),
        [chosen] { QApplication::clipboard()->setText(chosen.images.join(u'\n')); });
    menu.addSeparator();
    add("menuBuildRemove", BuildCentre::tr("&Remove from the history…"), !chosen.ended.empty(),
        [&centre, chosen, parent = menu.parentWidget()] { removeBuilds(centre, chosen.ended, parent); });
}

} // namespace runner::ui
