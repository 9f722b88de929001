#include "builds/buildsettingsdialog.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QSpinBox>

namespace runner::ui {

BuildSettingsDialog::BuildSettingsDialog(Settings &settings, QWidget *parent)
    : QDialog(parent)
    , m_settings(settings)
    , m_jobs(new QSpinBox)
    , m_disk(new QSpinBox)
{
    setObjectName(QStringLiteral("buildSettingsDialog"));
    setWindowTitle(tr("Settings of builds"));
    m_jobs->setObjectName(QStringLiteral("buildSettingsJobs"));
    m_jobs->setRange(1, Settings::mostBuildsAtOnce);
    m_jobs->setValue(settings.buildsAtOnce());
    m_disk->setObjectName(QStringLiteral("buildSettingsDisk"));
    m_disk->setRange(0, build::mostGigabytes);
    m_disk->setSpecialValueText(tr("Any"));
    m_disk->setSuffix(tr(" GB"));
    m_disk->setValue(settings.buildGigabytes());
    m_disk->setToolTip(
        tr("The oldest builds lose their lines first, which are made anew when they are asked for; then they go"));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    auto *form = new QFormLayout(this);
    form->addRow(tr("Builds at a time on each &builder"), m_jobs);
    form->addRow(tr("All kept builds may take on the &disk"), m_disk);
    form->addRow(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &BuildSettingsDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void BuildSettingsDialog::accept()
{
    m_settings.setBuildsAtOnce(m_jobs->value());
    m_settings.setBuildGigabytes(m_disk->value());
    QDialog::accept();
}

} // namespace runner::ui
