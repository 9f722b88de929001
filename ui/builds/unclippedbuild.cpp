#include "builds/unclippedbuild.h"

#include "builds/buildwords.h"

#include <QMessageBox>
#include <QPushButton>

#include <algorithm>

namespace runner::ui {

namespace {

constexpr const char *createdName = "unclipped";

} // namespace

UnclippedBuild::UnclippedBuild(BuildCentre *centre, QWidget *parent)
    : QObject(parent)
    , m_centre(centre)
    , m_window(parent)
{
}

UnclippedBuild::~UnclippedBuild() = default;

void UnclippedBuild::start(build::Request request, const std::vector<build::Builder> &builders)
{
    if (!m_centre->tool())
        return;
    const auto known = std::find_if(builders.begin(), builders.end(), [&](const build::Builder &builder) {
        return !builder.mayClipLogs() && builder.error.empty() && builder.canRun(request.platform);
    });
    request.builder = known == builders.end() ? createdName : known->name;
    if (known == builders.end()) {
        ask(request);
        return;
    }
    m_centre->add(request);
    Q_EMIT statusMessage(
        tr("It is built again on %1, which keeps the whole log.").arg(QString::fromStdString(request.builder)));
}

void UnclippedBuild::ask(const build::Request &request)
{
    auto *box = new QMessageBox(
        QMessageBox::Question, tr("Build again with the whole log"),
        tr("The builder has cut this log. Create a builder named %1 (docker-container, without a limit for logs)"
           " and build %2 again there? It begins with an empty cache.")
            .arg(QLatin1String(createdName), QString::fromStdString(request.platformTag)),
        QMessageBox::NoButton, m_window);
    box->setObjectName(QStringLiteral("createUnclipped"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    const QAbstractButton *yes = box->addButton(tr("&Create it and build"), QMessageBox::AcceptRole);
    box->addButton(QMessageBox::Cancel);
    connect(box, &QMessageBox::buttonClicked, this, [this, yes, request](const QAbstractButton *clicked) {
        if (clicked == yes)
            create(request);
    });
    box->open();
}

void UnclippedBuild::create(const build::Request &request)
{
    build::NewBuilder wanted;
    wanted.name = request.builder;
    m_creation = std::make_unique<build::ToolCall>(
        *m_centre->tool(), *build::createArguments(wanted), [this, request](const build::Answer &answer) {
            if (!answer.good()) {
                Q_EMIT statusMessage(sentence(build::explainError(answer, "buildx-failed")));
                return;
            }
            Q_EMIT builderCreated();
            m_centre->add(request);
            Q_EMIT statusMessage(
                tr("The builder %1 was created; it keeps the whole log, and the image is built again there.")
                    .arg(QString::fromStdString(request.builder)));
        });
}

} // namespace runner::ui
