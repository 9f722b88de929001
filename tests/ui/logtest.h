// A log's view, and hands for it.
#pragma once

#include "../core/build/recordings.h"
#include "find/findbar.h"
#include "log/loghits.h"
#include "log/logpane.h"
#include "log/logrow.h"
#include "log/logview.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QToolButton>
#include <QToolTip>
#include <QWheelEvent>
#include <QtTest>

#include <memory>

using namespace runner;
using namespace runner::ui;
using namespace recordings;

inline std::string numbered(int from, int to)
{
    std::string lines;
    for (int i = from; i < to; ++i)
        lines += "line " + std::to_string(i) + "\n";
    return lines;
}

class LogTest : public QObject
{
protected:
    void setUp()
    {
        m_pane = std::make_unique<LogPane>();
        m_pane->resize(800, 400);
        m_pane->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_pane.get()));
    }

    void tearDown()
    {
        m_pane.reset();
        m_recorded.reset();
    }

    LogView *view() const { return m_pane->view(); }
    QScrollBar *bar() const { return view()->verticalScrollBar(); }
    QLineEdit *findText() const { return m_pane->findChild<QLineEdit *>(QStringLiteral("logFindText")); }
    QCheckBox *regular() const { return m_pane->findChild<QCheckBox *>(QStringLiteral("logFindRegular")); }
    QString count() const { return m_pane->findChild<QLabel *>(QStringLiteral("logFindCount"))->text(); }

    void record(const std::string &bytes)
    {
        m_recorded = std::make_unique<Recorded>(bytes);
        m_recorded->finish();
        show({});
    }
    void show(std::optional<std::size_t> step)
    {
        m_pane->setSource({m_recorded->recording->log(), step, false}, QStringLiteral("All steps"));
        if (view()->rows() > 0)
            view()->goTo(0);
    }
    void live(const std::string &text)
    {
        m_recorded = std::make_unique<Recorded>(text.empty() || text.front() == '{' ? text : logLine("a", text));
        m_pane->setSource({m_recorded->recording->log(), {}, true}, QStringLiteral("All steps"));
    }
    void write(const std::string &text)
    {
        QVERIFY(m_recorded->recording->write(logLine("a", text)));
        m_pane->contentChanged();
    }
    void find(const QString &text)
    {
        if (m_pane->findBar()->isHidden())
            m_pane->openFind();
        findText()->setText(text);
    }
    void saveAndRead()
    {
        QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("saved.log"));
        QSignalSpy said(m_pane.get(), &LogPane::statusMessage);
        m_pane->saveTo(file);
        QTRY_COMPARE(said.count(), 1);
        m_saved = testdata::read(file).split('\n');
    }

    std::unique_ptr<LogPane> m_pane;
    std::unique_ptr<Recorded> m_recorded;
    QList<QByteArray> m_saved;
};
