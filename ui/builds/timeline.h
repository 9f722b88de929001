// The steps of a build over time: a bar for each, from its start to its end.
#pragma once

#include "build/steps.h"

#include <QAbstractScrollArea>

#include <vector>

namespace runner::ui {

class Timeline final : public QAbstractScrollArea
{
    Q_OBJECT

public:
    explicit Timeline(QWidget *parent = nullptr);

    /// Those that ran or are running, in the order of their start. \a now: where running ones end.
    void setSteps(const std::vector<build::Step> &steps, build::Time now);
    int rows() const { return static_cast<int>(m_bars.size()); }
    /// Index into the steps; build::Steps::noStep where there is none.
    std::size_t current() const;
    void setCurrent(std::size_t step);

Q_SIGNALS:
    void stepChosen(int step); ///< By click or by moving through the rows.

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    struct Bar
    {
        std::size_t step = 0;
        QString name;
        build::StepState state = build::StepState::Waiting;
        build::Time begin = 0;
        build::Time end = 0;
    };

    int rowHeight() const;
    int nameWidth() const;
    int axisHeight() const { return rowHeight(); }
    double xOf(build::Time time) const;
    void paintAxis(QPainter &painter) const;
    void paintBar(QPainter &painter, int row, const QRect &place) const;
    void updateRange();
    void choose(int row);
    int rowAt(const QPoint &point) const;

    std::vector<Bar> m_bars;
    build::Time m_begin = 0;
    build::Time m_end = 0;
    int m_current = -1;
};

} // namespace runner::ui
