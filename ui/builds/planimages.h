// The images of the matrix to tick, with find.
#pragma once

#include <QWidget>

class QComboBox;
class QLineEdit;
class QSortFilterProxyModel;
class QTableView;

namespace runner::ui {

class PlanModel;

class PlanImages final : public QWidget
{
    Q_OBJECT

public:
    /// The model must outlive it.
    explicit PlanImages(PlanModel *model, QWidget *parent = nullptr);

    /// The model has other images.
    void updatePlatforms();
    /// Ticks these images and nothing else: tags, with or without "-dev" and platform. How many.
    int choose(const QStringList &tags);
    void find();

private:
    void setUpFilter();
    void setUpTable();
    void setUpButtons();
    void applyFilter();
    void tickShown(bool ticked);

    PlanModel *m_model;
    QSortFilterProxyModel *m_shown;
    QLineEdit *m_filter = nullptr;
    QComboBox *m_platform = nullptr;
    QTableView *m_images = nullptr;
};

} // namespace runner::ui
