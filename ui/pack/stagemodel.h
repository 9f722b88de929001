// The stages of a Dockerfile as rows of a graph: which builds on which, which reach the chosen target.
#pragma once

#include "dockerfile/evaluation.h"

#include <QAbstractListModel>

#include <vector>

namespace runner::ui {

/// What of one lane is drawn beside a stage. Every lane belongs to one stage and runs from it down to its last user.
struct StageLane
{
    bool above = false;    ///< The lane comes from the row above.
    bool below = false;    ///< It goes on to the row below.
    bool joins = false;    ///< This stage takes something from the lane's stage, or is it.
    bool isCopy = false;   ///< It takes files, and does not build on it.
    bool isNeeded = false; ///< Both ends are on the way to the target.
};

struct StageRow
{
    QString name;
    QString base;   ///< The image or stage it builds on, arguments filled in.
    QString ownTag; ///< Of a base that is an image of this pack centre; else empty.
    QList<int> takesFrom;
    bool hasStageBase = false;
    bool isNeeded = false;
    bool isTarget = false;
    int line = 0, lastLine = 0;
    std::vector<StageLane> lanes;
};

class StageModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

    /// What the names of this pack centre's own images begin with: "namespace/repository:". Holds from the next stages
    /// on.
    void setOwnImages(const QString &prefix) { m_ownImages = prefix; }
    /// The file is not kept. \a target may be unknown: then no stage is needed.
    void setStages(const dockerfile::Dockerfile &file, const dockerfile::Evaluation &evaluation,
                   const std::string &target);
    void clear();
    const StageRow &row(int number) const { return m_rows[static_cast<std::size_t>(number)]; }
    /// Number of the stage whose lines hold this one, or -1.
    int stageAtLine(int line) const;
    int laneCount() const { return m_lanes; }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    QString describe(const StageRow &row) const;

    QString m_ownImages;
    std::vector<StageRow> m_rows;
    int m_lanes = 0;
};

} // namespace runner::ui
