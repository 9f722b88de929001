// Plans of several builds: how far each has come, and what can be done with it.
#pragma once

#include "builds/buildcentre.h"

#include <QWidget>

namespace runner::ui {

class PlansPane final : public QWidget
{
    Q_OBJECT

public:
    /// The centre must outlive the pane.
    explicit PlansPane(BuildCentre *centre, QWidget *parent = nullptr);

    /// Whether a plan is more than its one build, and so worth a card.
    static bool isShown(const build::KeptPlan &plan);
    /// How far it has come, in a sentence.
    static QString describe(const build::KeptPlan &plan);
    /// What the catalogue would get of it: of every released tag that was made, a record for each platform.
    static catalog::Records released(const build::KeptPlan &plan);

Q_SIGNALS:
    /// The released images are to be added to the catalogue.
    void mergeRequested(qint64 plan);
    void chooseRequested(qint64 plan); ///< Its images are to be ticked again.

private:
    void fill();

    BuildCentre *m_centre;
    std::map<std::int64_t, QWidget *> m_cards; ///< By the plan.
};

} // namespace runner::ui
