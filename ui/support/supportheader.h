// The support table's header: flat, and in line with what the cells below it hold.
#pragma once

#include <QHeaderView>

namespace runner::ui {

class SupportHeader final : public QHeaderView
{
    Q_OBJECT

public:
    explicit SupportHeader(QWidget *parent = nullptr);

    QSize sizeHint() const override;

protected:
    void paintSection(QPainter *painter, const QRect &rect, int section) const override;
};

} // namespace runner::ui
