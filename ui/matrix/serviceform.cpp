#include "matrix/serviceform.h"

#include "documents/matrixdocument.h"
#include "matrix/edit/headeredits.h"
#include "matrix/headertable.h"
#include "matrix/headertablemodel.h"
#include "matrix/headerwords.h"
#include "theme/theme.h"

#include <QLabel>
#include <QVBoxLayout>

namespace runner::ui {

namespace edits = matrix::edit;

ServiceForm::ServiceForm(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("serviceForm"));
    m_note = new QLabel;
    m_note->setObjectName(QStringLiteral("serviceNote"));
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    m_services = new HeaderTableModel({tr("Service"), tr("Shown as")}, tr("Add a service…"), this);
    m_services->setFirstFixed(
        tr("Tags and rules name the service so: to give it another identifier, add one and remove "
           "this."));
    m_table = new HeaderTable(QStringLiteral("services"), tr("Services"), m_services);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(gridUnit, gridUnit, gridUnit, gridUnit);
    layout->setSpacing(gridUnit);
    layout->addWidget(m_note);
    layout->addWidget(m_table);
    layout->addStretch(1);
    connect(
        m_services, &HeaderTableModel::addRequested, this,
        [this](const QString &text) {
            const auto [id, name] = idAndName(text);
            if (!m_matrix->apply(edits::defineService(id.toStdString(), name.toStdString())))
                m_table->typeAgain(text);
        },
        Qt::QueuedConnection);
    connect(
        m_services, &HeaderTableModel::changeRequested, this,
        [this](int row, int, const QString &text) {
            const QString id = m_services->rows()[static_cast<std::size_t>(row)].first;
            m_matrix->apply(edits::setServiceName(id.toStdString(), text.toStdString()));
        },
        Qt::QueuedConnection);
    connect(m_table, &HeaderTable::removeRequested, this, &ServiceForm::removeServices);
    connect(m_table, &QAbstractItemView::clicked, this, [this](const QModelIndex &index) {
        if (!m_services->isAddRow(index.row()))
            Q_EMIT chosen(index.row());
    });
}

void ServiceForm::refresh()
{
    if (!m_matrix)
        return;
    std::vector<HeaderTableModel::Row> rows;
    for (const matrix::Service &service : m_matrix->matrix().services)
        rows.push_back({QString::fromStdString(service.id), QString::fromStdString(service.name)});
    const QString reason = whyNoNames(*m_matrix);
    m_note->setText(reason.isEmpty() ? tr("The columns of the support table, in their order.") : reason);
    m_services->setEditable(reason.isEmpty() && m_matrix->canEdit());
    m_services->setRows(std::move(rows));
    m_table->setVisible(m_services->rowCount() > 0);
}

void ServiceForm::select(int service)
{
    m_table->selectRow(service);
}

void ServiceForm::removeServices(const std::vector<int> &rows)
{
    std::vector<edits::Edit> steps;
    steps.reserve(rows.size());
    for (const int row : rows)
        steps.push_back(edits::dropService(m_services->rows()[static_cast<std::size_t>(row)].first.toStdString()));
    m_matrix->apply(steps);
}

} // namespace runner::ui
