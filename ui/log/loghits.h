// What is found in the log that a view shows.
#pragma once

#include "find/findsource.h"
#include "log/logsearch.h"

namespace runner::ui {

class LogView;

class LogHits final : public FindSource
{
    Q_OBJECT

public:
    /// The view must outlive it.
    explicit LogHits(LogView *view, QObject *parent = nullptr);

    bool knowsRegular() const override { return true; }
    QString chosenText() const override;
    /// In a worker; the first hit counts as soon as it is there.
    void search(const FindQuery &query, bool jump) override;
    void goOn(bool forward) override;
    void stop() override;
    FindState state() const override;
    QWidget *reader() const override;

    const LogSearch &search() const { return m_search; }

private:
    void onChanged();
    void show(const LogSearch::Found &found);

    LogView *m_view;
    LogSearch m_search;
    std::optional<std::size_t> m_current;
    bool m_jump = false; ///< The first hit is to be shown as soon as it is there.
    QString m_problem;
};

} // namespace runner::ui
