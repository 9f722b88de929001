// Deprecates, polishes or removes released images by criteria, with what happens to each image shown before.
#pragma once

#include "tasks/latesttask.h"
#include "workspace/catalogchange.h"
#include "workspace/releaseeffect.h"

#include <QDialog>

#include <array>
#include <optional>
#include <string>
#include <vector>

class QComboBox;
class QFormLayout;
class QLabel;
class QPushButton;
class QTreeWidget;

namespace runner::ui {

class CatalogDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit CatalogDialog(workspace::WorkspacePointer centre, QWidget *parent = nullptr);

    /// What accepting means; nothing while it is worked out, and while the criteria are refused.
    const std::optional<workspace::CatalogChange> &change() const { return m_change; }
    QString actionName() const;

private:
    /// One of the criteria, and the box that it is chosen in.
    struct Criterion
    {
        std::string catalog::Record::*value;
        std::optional<std::string> catalog::Criteria::*wanted;
        QComboBox *box = nullptr;
    };
    struct Preview
    {
        Result<workspace::CatalogChange> change;
        std::vector<workspace::ReleaseChange> effect;
    };

    void setUpAction();
    QFormLayout *makeForm();
    void setUpEffect();
    void setUp();
    void offer(const Criterion &criterion);
    void onChosen();
    void show(Preview &&preview);
    void showEffect(const std::vector<workspace::ReleaseChange> &effect);
    catalog::Criteria criteria() const;
    static Preview previewOf(const workspace::WorkspacePointer &centre, workspace::CatalogAction action,
                             const catalog::Criteria &criteria);

    workspace::WorkspacePointer m_centre;
    LatestTask<Preview> m_preview;
    std::optional<workspace::CatalogChange> m_change;
    std::array<Criterion, 5> m_criteria;
    QComboBox *m_action = nullptr;
    QTreeWidget *m_effect = nullptr;
    QLabel *m_summary = nullptr;
    QPushButton *m_ok = nullptr;
};

} // namespace runner::ui
