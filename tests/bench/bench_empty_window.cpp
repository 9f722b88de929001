// The peers of the window's start: a QMainWindow of the same size that quits after its first frame, empty, or with
// --table holding a QTableWidget of 24 rows of short texts: what fonts and texts cost by themselves.
#include <QApplication>
#include <QMainWindow>
#include <QTableWidget>
#include <QTimer>

#include <cstdlib>

namespace {

class EmptyWindow final : public QMainWindow
{
protected:
    void paintEvent(QPaintEvent *event) override
    {
        QMainWindow::paintEvent(event);
        QTimer::singleShot(0, [] { std::_Exit(0); }); // As the console ends: without tear-down.
    }
};

QTableWidget *makeTable()
{
    auto *table = new QTableWidget(24, 7);
    for (int row = 0; row < table->rowCount(); ++row) {
        for (int column = 0; column < table->columnCount(); ++column)
            table->setItem(row, column, new QTableWidgetItem(QStringLiteral("0.%1.%2").arg(row).arg(column)));
    }
    return table;
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    EmptyWindow window;
    if (application.arguments().contains(QStringLiteral("--table")))
        window.setCentralWidget(makeTable());
    window.resize(1280, 800);
    window.show();
    return QApplication::exec();
}
