// Deprecates, polishes or removes released images by criteria, with what it affects shown before.
#pragma once

#include "workspace/catalogchange.h"

#include <QDialog>

#include <optional>

class QComboBox;
class QLabel;
class QPushButton;
class QTreeWidget;

namespace runner::ui {

class CatalogDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit CatalogDialog(workspace::WorkspacePointer centre, QWidget *parent = nullptr);

    /// What accepting means; nothing while the criteria are refused.
    const std::optional<workspace::CatalogChange> &change() const { return m_change; }
    QString actionName() const;

private:
    void setUp();
    void fillChoices();
    void preview();
    catalog::Criteria criteria() const;
    static std::optional<std::string> textOf(const QComboBox *box);

    workspace::WorkspacePointer m_centre;
    std::optional<workspace::CatalogChange> m_change;
    QComboBox *m_action = nullptr;
    QComboBox *m_backend = nullptr;
    QComboBox *m_version = nullptr;
    QComboBox *m_variant = nullptr;
    QComboBox *m_service = nullptr;
    QComboBox *m_serviceVersion = nullptr;
    QTreeWidget *m_affected = nullptr;
    QLabel *m_summary = nullptr;
    QPushButton *m_ok = nullptr;
};

} // namespace runner::ui
