// The explained arguments of an image, as high as its rows: the pane around it scrolls.
#pragma once

#include <QListView>

namespace runner::ui {

class ArgumentDelegate;
class ArgumentModel;

class ArgumentList final : public QListView
{
    Q_OBJECT

public:
    explicit ArgumentList(ArgumentModel *model, QWidget *parent = nullptr);

    /// NAME=value of the current argument; empty where there is none.
    QString text() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    void fitHeight();

    ArgumentDelegate *m_delegate;
};

} // namespace runner::ui
