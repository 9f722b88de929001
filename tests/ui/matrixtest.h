// The place "Matrix" in a window on a pack centre with four rules, one of them disabled, and hands for it.
#pragma once

#include "centre.h"
#include "documents/documentset.h"
#include "documents/matrixdocument.h"
#include "editor/codeeditor.h"
#include "matrix/argumentsmodel.h"
#include "matrix/matrixplace.h"
#include "matrix/ruleform.h"
#include "openwindow.h"
#include "window/mainwindow.h"

#include <QAction>
#include <QLineEdit>
#include <QTableView>

#include <memory>

using namespace runner;
using namespace runner::ui;

/// The small matrix with three more rules, the first of them commented out.
inline QByteArray rulesText()
{
    return QByteArray(centre::matrixText()).replace("runners:\n", R"(  # The old one.
  # - backend: "cuda"
  #   services:
  #     - "sglang"
  #   args:
  #     - "CUDA_VERSION=12.4.1"
  #     - "SGLANG_VERSION=0.5.1"
  - backend: "cuda"
    services:
      - "sglang"
    args:
      - "CUDA_VERSION=12.8.1"
      - "SGLANG_VERSION=0.5.9"
  - backend: "cann"
    services:
      - "vllm"
    args:
      - "CANN_VERSION=8.5.0"
      - "CANN_ARCHS=a3"
      - "VLLM_VERSION=0.16.0"
runners:
)");
}

inline QByteArray readBytes(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unreadable");
}

class MatrixTest : public QObject
{
protected:
    void setUpState()
    {
        QVERIFY(m_state.isValid());
        qputenv("XDG_STATE_HOME", m_state.path().toLocal8Bit()); // Recovery files of a test stay in it.
    }

    void setUp()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(centre::lay(m_folder->path()));
        centre::write(file(), rulesText());
        QVERIFY(QDir(m_folder->path()).mkpath(QStringLiteral("pack/cann")));
        centre::write(m_folder->filePath(QStringLiteral("pack/cann/Dockerfile")),
                      "ARG CANN_VERSION=8.2.0\n# CANN_ARCHS  OPTIONAL  Which chips.\nARG CANN_ARCHS=910b\nARG "
                      "VLLM_VERSION=0.1.0\nFROM scratch AS vllm\n");
        makeWindow();
    }

    void tearDown()
    {
        if (m_window && m_window->documents())
            m_window->documents()->discard();
        m_window.reset();
        m_settings.reset();
        QDir(m_state.path()).removeRecursively();
        QDir().mkpath(m_state.path());
    }

    QString file() const { return m_folder->filePath(QStringLiteral("matrix.yml")); }
    MatrixPlace *place() const { return static_cast<MatrixPlace *>(m_place); }

    void makeWindow()
    {
        m_settings = std::make_unique<Settings>(m_folder->filePath(QStringLiteral("settings.ini")));
        m_window = std::make_unique<MainWindow>(*m_settings);
        centre::openIn(*m_window, m_folder->path());
        QVERIFY(m_window->showPlace(QStringLiteral("matrix")));
        m_place = m_window->currentPlace();
        QTRY_VERIFY(m_window->matrix()->document());
    }

    template <typename T>
    T *find(const QByteArray &name) const
    {
        T *found = m_window->findChild<T *>(QString::fromLatin1(name));
        if (!found)
            qFatal("no object is named %s", name.constData());
        return found;
    }

    QByteArray text() const { return QByteArray::fromStdString(m_window->matrix()->document()->text()); }
    const matrix::Rule &rule(std::size_t index) const { return m_window->matrix()->matrix().rules[index]; }
    void undo() { find<QAction>("undo")->trigger(); }
    void redo() { find<QAction>("redo")->trigger(); }

    int lineOf(const char *part) const
    {
        const QByteArray all = text();
        return static_cast<int>(all.left(all.indexOf(part)).count('\n')) + 1;
    }

    QString value(const QString &argument) const
    {
        const ArgumentsModel *model = place()->form()->arguments();
        return model->index(model->rowOf(argument), ArgumentsModel::ValueColumn).data().toString();
    }

    /// As a user does it: a double click, typing, Enter.
    void setArgument(const QString &name, const QString &newValue)
    {
        QTest::keyClick(typeValue(name, newValue), Qt::Key_Return);
        QTRY_VERIFY(text().contains((name + QLatin1Char('=') + newValue).toUtf8()));
    }

    /// Into the form's cell, which stays open: the field in it.
    QLineEdit *typeValue(const QString &name, const QString &newValue)
    {
        auto *table = find<QTableView>("ruleArguments");
        const ArgumentsModel *model = place()->form()->arguments();
        const QModelIndex cell = model->index(model->rowOf(name), ArgumentsModel::ValueColumn);
        table->scrollTo(cell);
        table->setCurrentIndex(cell);
        table->edit(cell);
        auto *editor = table->findChild<QLineEdit *>(QStringLiteral("argumentEditor"));
        if (!editor)
            qFatal("no cell is open");
        editor->selectAll();
        QTest::keyClicks(editor, newValue);
        return editor;
    }

    QTemporaryDir m_state;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<MainWindow> m_window;
    Place *m_place = nullptr;
};
