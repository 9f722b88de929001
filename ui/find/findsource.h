// What a find bar searches in: something with hits in an order.
#pragma once

#include <QObject>
#include <QString>

#include <cstdint>
#include <optional>

class QWidget;

namespace runner::ui {

struct FindQuery
{
    QString text;
    bool regular = false; ///< A regular expression; only where the source knows them.
    bool matchCase = false;
};

struct FindState
{
    std::uint64_t count = 0;
    std::optional<std::uint64_t> current; ///< From 0.
    bool finished = true;                 ///< There may be more otherwise.
    std::uint64_t undecided = 0;          ///< Lines on which the expression took too long: they may have more.
    QString problem;                      ///< Why nothing can be searched; empty where it can.
};

class FindSource : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    virtual bool knowsRegular() const { return false; }
    /// What is selected, as a text to begin with; empty where that is nothing, or more than one line.
    virtual QString chosenText() const = 0;
    /// Begins anew, with the hits marked. \a jump: shows the first one from the reader's place on as soon as it is
    /// known.
    virtual void search(const FindQuery &query, bool jump) = 0;
    /// Shows the next hit or the one before, from the reader's place on and around the ends. Nothing where there is
    /// none.
    virtual void goOn(bool forward) = 0;
    /// Forgets the hits and their marks.
    virtual void stop() = 0;
    virtual FindState state() const = 0;
    /// Where the keyboard goes when finding is over.
    virtual QWidget *reader() const = 0;

Q_SIGNALS:
    void changed();                 ///< state() is another.
    void contentChanged(bool jump); ///< What was found says nothing any more.
};

} // namespace runner::ui
