// A row that becomes two where the width does not suffice; its last item stands at the right edge.
#pragma once

#include <QLayout>
#include <QList>

namespace runner::ui {

class FlowLayout final : public QLayout
{
    Q_OBJECT

public:
    using QLayout::QLayout;
    ~FlowLayout() override;

    void addItem(QLayoutItem *item) override { m_items << item; }
    int count() const override { return static_cast<int>(m_items.size()); }
    QLayoutItem *itemAt(int index) const override { return m_items.value(index); }
    QLayoutItem *takeAt(int index) override;
    Qt::Orientations expandingDirections() const override { return Qt::Horizontal; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize minimumSize() const override;
    QSize sizeHint() const override;
    void setGeometry(const QRect &rect) override;

private:
    /// Where each item goes; the height is the last one's bottom.
    QList<QRect> arrange(const QRect &rect) const;

    QList<QLayoutItem *> m_items;
};

} // namespace runner::ui
