// Keeps the answers of a wizard while they are given, for whoever comes back after the window was closed in between.
#pragma once

#include "text/recovery.h"

#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace runner::ui {

class AnswersKeeper final : public QObject
{
    Q_OBJECT

public:
    /// \a kind tells the wizards of the pack centre at \a root apart; \a text gives the answers of now.
    AnswersKeeper(const std::filesystem::path &root, const std::string &kind, std::function<std::string()> text,
                  QObject *parent);
    ~AnswersKeeper() override;

    /// Within half a second. On a thread of its own: the event loop waits for no disk.
    void keepSoon();
    /// At once, on that thread.
    void keep();
    /// Now, and waits until it is on the disk.
    void flush();
    /// They were applied or are not wanted.
    void forget();

    /// What was kept last and belongs to nobody who is still there.
    std::optional<text::RecoveredText> found() const;
    /// That is not wanted any more.
    void forget(const text::RecoveredText &found);
    /// That is in the wizard again: kept as its own from now on, and only then forgotten where it was.
    void takeOver(const text::RecoveredText &found);

private:
    text::RecoveredText work() const;

    text::RecoveryStore m_store;
    std::filesystem::path m_name; ///< Of no file: what the answers are kept by.
    std::function<std::string()> m_text;
    QThreadPool m_writer; ///< One thread: writes stay in order.
    QTimer m_delay;
};

} // namespace runner::ui
