// The window's part of telling how it stands: the list of problems and the status bar.
#include "diagnostics/problemspane.h"
#include "theme/theme.h"
#include "window/mainwindow.h"
#include "window/statusline.h"

#include <QAction>
#include <QLabel>
#include <QTime>

#include <algorithm>
#include <utility>

namespace runner::ui {

namespace {

QString counted(qsizetype number, const QString &one, const QString &many)
{
    return QStringLiteral("%1 %2").arg(QString::number(number), number == 1 ? one : many);
}

} // namespace

void MainWindow::setUpStatusBar()
{
    setStatusBar(new StatusLine);
    m_counts = new StatusLabel;
    m_counts->setObjectName(QStringLiteral("statusCounts"));
    m_counts->setContentsMargins(gridUnit, 0, 0, 0);
    m_lastLoad = new StatusLabel;
    m_lastLoad->setObjectName(QStringLiteral("statusLastLoad"));
    m_lastLoad->setContentsMargins(0, 0, gridUnit, 0);
    statusBar()->addWidget(m_counts, 1);
    statusBar()->addPermanentWidget(m_lastLoad);
}

Problems MainWindow::allProblems() const
{
    Problems problems;
    if (m_loader->error())
        problems.push_back(*m_loader->error());
    if (const LoadedPointer &loaded = m_loader->current())
        problems.insert(problems.end(), loaded->problems.begin(), loaded->problems.end());
    return problems;
}

void MainWindow::updateProblems()
{
    Problems problems = allProblems();
    m_problems->setVisible(m_problemsAction->isChecked() && !problems.empty());
    if (m_painted || !m_loader->current()) // The first frame has the table and the list's place; its rows follow.
        m_problemModel->setProblems(std::move(problems));
}

void MainWindow::updateStatus()
{
    const LoadedPointer &loaded = m_loader->current();
    for (QAction *action : std::as_const(m_workspaceActions))
        action->setEnabled(loaded != nullptr);
    const QString time = QTime::currentTime().toString(QStringLiteral("HH:mm:ss"));
    m_lastLoad->setText(m_loader->error() ? tr("Reading failed at %1").arg(time) : tr("Read at %1").arg(time));
    if (!loaded) {
        m_counts->clear();
        return;
    }
    const Problems problems = allProblems();
    const auto count = [&problems](Severity severity) {
        return std::count_if(problems.begin(), problems.end(),
                             [severity](const Problem &problem) { return problem.severity == severity; });
    };
    const auto errors = count(Severity::Error);
    const auto warnings = count(Severity::Warning);
    QStringList parts{
        counted(static_cast<qsizetype>(loaded->workspace->matrix.backends.size()), tr("backend"), tr("backends")),
        counted(static_cast<qsizetype>(loaded->versions()), tr("version"), tr("versions")),
        counted(static_cast<qsizetype>(loaded->workspace->records.size()), tr("released image"), tr("released images")),
    };
    if (loaded->checked)
        parts << counted(errors, tr("error"), tr("errors")) << counted(warnings, tr("warning"), tr("warnings"));
    m_counts->setText(parts.join(QStringLiteral(", ")));
}

} // namespace runner::ui
