// The place "Support": search, filters, the table, and what stands there when it is empty.
#pragma once

#include "support/supportmodel.h"

#include <QWidget>

#include <optional>

class QLabel;
class QStackedWidget;

namespace runner::ui {

class EmptyState;
class FilterBar;
class SupportView;

class SupportPage final : public QWidget
{
    Q_OBJECT

public:
    explicit SupportPage(QWidget *parent = nullptr);

    /// Keeps the chosen version where the new state still has it.
    void setWorkspace(const LoadedPointer &loaded);
    /// Says above the table why it is not up to date, or instead of it where there is none.
    void setError(const std::optional<Problem> &error);
    /// Nothing is open: \a loading, or waiting for the user.
    void setIdle(bool loading);
    void focusSearch();

    SupportModel *model() const { return m_model; }
    SupportView *view() const { return m_view; }
    FilterBar *filterBar() const { return m_filters; }

Q_SIGNALS:
    void openRequested();
    void
    placeRequested(const runner::Location &where); ///< The user wants to see what keeps the table from being shown.

private:
    enum class Offer { Open, Clear, Error };

    void applyFilter();
    void updateState();
    void showEmpty(const QString &title, const QString &text, const QString &action, Offer offer);
    void onEmptyAction();
    void onTyped(const QString &text);
    std::string tagOf(int entry) const;
    int entryWithTag(const std::string &tag) const;

    FilterBar *m_filters;
    QLabel *m_banner;
    QStackedWidget *m_stack;
    SupportModel *m_model;
    SupportView *m_view;
    EmptyState *m_empty;
    std::optional<Problem> m_error;
    bool m_loading = false;
    Offer m_offer = Offer::Open;
};

} // namespace runner::ui
