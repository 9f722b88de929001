// Two builds side by side: what they were made of, what came out, and how long each step took.
#pragma once

#include "builds/buildcentre.h"

#include <QWidget>

#include <utility>

class QLabel;
class QTreeView;

namespace runner::ui {

class CompareModel;

class ComparePage final : public QWidget
{
    Q_OBJECT

public:
    /// The centre must outlive the page.
    explicit ComparePage(BuildCentre *centre, QWidget *parent = nullptr);

    /// The older one comes first, whatever the order.
    void show(const build::BuildRecord &one, const build::BuildRecord &other);
    /// One of the shown ones has changed: it has ended.
    void update(const std::vector<build::BuildRecord> &records);
    /// Shows none.
    void clear();
    /// Numbers of the shown builds; zeros where there are none.
    std::pair<std::int64_t, std::int64_t> builds() const { return {m_first.id, m_second.id}; }
    CompareModel *model() const { return m_model; }
    QTreeView *table() const { return m_table; }

Q_SIGNALS:
    void compared(); ///< All of it is on the screen.

private:
    void setUpHeader();
    void setUpTable();
    void read();
    void unfold();
    void onRead(const build::KnownBuild &first, const build::KnownBuild &second);

    BuildCentre *m_centre;
    CompareModel *m_model;
    build::BuildRecord m_first, m_second;
    QLabel *m_title = nullptr;
    QLabel *m_changes = nullptr;
    QTreeView *m_table = nullptr;
};

} // namespace runner::ui
