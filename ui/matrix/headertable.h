// The table of a HeaderTableModel in a form: as high as its rows, with a key and a menu that remove some.
#pragma once

#include <QTableView>

#include <vector>

namespace runner::ui {

class HeaderTableModel;

class HeaderTable final : public QTableView
{
    Q_OBJECT

public:
    HeaderTable(const QString &name, const QString &accessibleName, HeaderTableModel *model, QWidget *parent = nullptr);

    /// Of these texts one is chosen in that column, instead of typing.
    void setChoices(int column, const QStringList &choices);
    /// What was typed to add a row, and was refused, can be mended there, unless something else has the keys now.
    void typeAgain(const QString &text);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    /// Rows of the model, ascending, without the one that adds.
    void removeRequested(const std::vector<int> &rows);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void fitRows();
    void remove();

    HeaderTableModel *m_model;
};

} // namespace runner::ui
