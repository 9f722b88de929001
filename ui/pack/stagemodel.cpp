#include "pack/stagemodel.h"

#include "dockerfile/expansion.h"
#include "dockerfile/stages.h"

#include <algorithm>

namespace runner::ui {

namespace {

constexpr std::size_t mostLanes = 24; ///< A file made to have more is drawn without the rest.

/// A stage and who takes something from it.
struct Bus
{
    int from = 0;
    int to = 0;
    std::vector<std::pair<int, bool>> users; ///< Stage, and whether it only takes files.
};

std::vector<Bus> busesOf(const dockerfile::StageGraph &graph, int stages)
{
    std::vector<Bus> buses(static_cast<std::size_t>(stages));
    const auto add = [&](int user, int source, bool isCopy) {
        Bus &bus = buses[static_cast<std::size_t>(source)];
        bus.users.emplace_back(user, isCopy);
        bus.to = std::max(bus.to, user);
    };
    for (int stage = 0; stage < stages; ++stage) {
        buses[static_cast<std::size_t>(stage)].from = stage;
        const int base = graph.baseOf(stage);
        if (base >= 0 && base < stage)
            add(stage, base, false);
        for (const int source : graph.sourcesOf(stage)) {
            if (source != base && source < stage)
                add(stage, source, true);
        }
    }
    std::erase_if(buses, [](const Bus &bus) { return bus.users.empty(); });
    return buses;
}

/// Gives every bus the first lane that is free where it runs.
int layLanes(const std::vector<Bus> &buses, const std::vector<bool> &needed, std::vector<StageRow> &rows)
{
    std::vector<int> freeFrom; // By lane: the row from which on it is free.
    for (const Bus &bus : buses) {
        auto lane = std::find_if(freeFrom.begin(), freeFrom.end(), [&](int row) { return row <= bus.from; });
        if (lane == freeFrom.end() && freeFrom.size() >= mostLanes)
            continue;
        if (lane == freeFrom.end())
            lane = freeFrom.insert(freeFrom.end(), 0);
        *lane = bus.to + 1;
        const auto number = static_cast<std::size_t>(lane - freeFrom.begin());
        const bool fromNeeded = needed[static_cast<std::size_t>(bus.from)];
        int lastNeeded = -1;
        for (const auto &[user, isCopy] : bus.users)
            lastNeeded = needed[static_cast<std::size_t>(user)] && fromNeeded ? std::max(lastNeeded, user) : lastNeeded;
        for (int row = bus.from; row <= bus.to; ++row) {
            std::vector<StageLane> &lanes = rows[static_cast<std::size_t>(row)].lanes;
            lanes.resize(std::max(lanes.size(), number + 1));
            lanes[number] = {row > bus.from, row < bus.to, row == bus.from, false, row <= lastNeeded};
        }
        for (const auto &[user, isCopy] : bus.users) {
            StageLane &end = rows[static_cast<std::size_t>(user)].lanes[number];
            end.joins = true;
            end.isCopy = isCopy;
        }
    }
    return static_cast<int>(freeFrom.size());
}

} // namespace

void StageModel::setStages(const dockerfile::Dockerfile &file, const dockerfile::Evaluation &evaluation,
                           const std::string &target)
{
    const dockerfile::StageGraph graph(file, evaluation);
    const int count = static_cast<int>(file.stages.size());
    const int targetStage = graph.findTarget(target);
    const std::vector<bool> needed =
        targetStage >= 0 ? graph.neededBy(targetStage) : std::vector<bool>(file.stages.size());
    std::vector<StageRow> rows(file.stages.size());
    for (int i = 0; i < count; ++i) {
        const dockerfile::Stage &stage = file.stages[static_cast<std::size_t>(i)];
        StageRow &row = rows[static_cast<std::size_t>(i)];
        row.name = stage.name.empty() ? tr("stage %1").arg(i) : QString::fromStdString(stage.name);
        row.base = QString::fromStdString(graph.baseNameOf(i));
        row.hasStageBase = graph.baseOf(i) >= 0;
        if (!row.hasStageBase && !m_ownImages.isEmpty() && row.base.startsWith(m_ownImages))
            row.ownTag = row.base.mid(m_ownImages.size());
        for (const int source : graph.sourcesOf(i))
            row.takesFrom.append(source);
        row.isNeeded = needed[static_cast<std::size_t>(i)];
        row.isTarget = i == targetStage;
        row.line = stage.from.where.line;
        row.lastLine = stage.instructions.empty() ? stage.from.lastLine : stage.instructions.back().lastLine;
    }
    beginResetModel();
    m_lanes = layLanes(busesOf(graph, count), needed, rows);
    m_rows = std::move(rows);
    endResetModel();
}

void StageModel::clear()
{
    beginResetModel();
    m_rows.clear();
    m_lanes = 0;
    endResetModel();
}

int StageModel::stageAtLine(int line) const
{
    for (int i = rowCount() - 1; i >= 0; --i) {
        if (line >= row(i).line)
            return line <= row(i).lastLine ? i : -1;
    }
    return -1;
}

int StageModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QString StageModel::describe(const StageRow &row) const
{
    QStringList sentences{row.hasStageBase ? tr("Stage %1 builds on stage %2.").arg(row.name, row.base)
                                           : tr("Stage %1 builds on the image %2.").arg(row.name, row.base)};
    if (!row.ownTag.isEmpty())
        sentences << tr("This pack centre builds that image itself.");
    QStringList sources;
    for (const int source : row.takesFrom)
        sources << m_rows[static_cast<std::size_t>(source)].name;
    if (!sources.isEmpty())
        sentences << tr("It takes files from %1.").arg(sources.join(QStringLiteral(", ")));
    sentences << (row.isTarget   ? tr("It is the chosen image.")
                  : row.isNeeded ? tr("The chosen image needs it.")
                                 : tr("The chosen image does not need it."));
    return sentences.join(u' ');
}

QVariant StageModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const StageRow &shown = row(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return shown.name;
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return describe(shown);
    default:
        return {};
    }
}

} // namespace runner::ui
