// How many builds run at a time, and what all kept ones may take on the disk.
#pragma once

#include "settings/settings.h"

#include <QDialog>

class QSpinBox;

namespace runner::ui {

class BuildSettingsDialog final : public QDialog
{
    Q_OBJECT

public:
    /// Accepting writes into the settings, which must outlive the dialog.
    explicit BuildSettingsDialog(Settings &settings, QWidget *parent = nullptr);

    void accept() override;

private:
    Settings &m_settings;
    QSpinBox *m_jobs;
    QSpinBox *m_disk;
};

} // namespace runner::ui
