// Works out on another thread what the unsaved changes do: compared with the disk, and with git's HEAD.
#pragma once

#include "tasks/latesttask.h"
#include "workspace/effect.h"
#include "workspace/loadedworkspace.h"
#include "workspace/releaseeffect.h"

#include <QObject>

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace runner::ui {

enum class EffectBaseline { Disk, Head };

struct Comparison
{
    workspace::Effect effect;
    std::vector<workspace::ReleaseChange> releases; ///< Of the released images.
    std::string difference;                         ///< Unified, of all files; empty where nothing differs.
    std::optional<Problem> problem; ///< Why nothing is known of the images; the difference may be, all the same.
};

using Comparisons = std::array<Comparison, 2>; ///< By EffectBaseline.

class EffectLoader final : public QObject
{
    Q_OBJECT

public:
    explicit EffectLoader(QObject *parent = nullptr);

    /// Begins to compare; where that is under way, it is done again afterwards with the last state that was given.
    void load(const LoadedPointer &loaded);
    const Comparisons &comparisons() const { return m_comparisons; }

Q_SIGNALS:
    void loaded();

private:
    /// The state of HEAD for one state of the disk; read once for each commit.
    struct Head
    {
        LoadedPointer saved;
        std::string revision;
        workspace::WorkspacePointer workspace;
        check::ExaminationPointer examined;
        std::optional<Problem> problem;
    };
    using HeadPointer = std::shared_ptr<const Head>;

    static HeadPointer readHead(const LoadedPointer &saved);
    static Comparison withDisk(const LoadedPointer &now);
    static Comparison withHead(const LoadedPointer &now, const Head &head);
    static Comparisons compare(const LoadedPointer &now, HeadPointer &head);

    std::shared_ptr<HeadPointer> m_head; ///< The worker's alone, of which one runs at a time.
    LatestTask<Comparisons> m_task;
    Comparisons m_comparisons;
};

} // namespace runner::ui
