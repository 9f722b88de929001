// The log of a build: paints the lines that are visible and holds no others.
#pragma once

#include "build/matcher.h"
#include "log/logrow.h"
#include "log/logsource.h"

#include <QAbstractScrollArea>
#include <QTimer>

#include <memory>
#include <optional>
#include <unordered_map>

class QPushButton;

namespace runner::ui {

/// A place between two characters of a row.
struct LogPlace
{
    std::uint64_t row = 0;
    int column = 0; ///< In UTF-16 units of what is shown; in bytes of the line beyond it: LongLine::columnOf().

    auto operator<=>(const LogPlace &) const = default; // NOLINT(modernize-use-nullptr): there is no pointer
};

/// A line on the screen: a row's only one, or one of those it is wrapped into.
struct ScreenLine
{
    std::uint64_t row = 0;
    int line = 0;

    auto operator<=>(const ScreenLine &) const = default; // NOLINT(modernize-use-nullptr): nor here
};

class LogView final : public QAbstractScrollArea
{
    Q_OBJECT

public:
    /// Repaints while a log grows are no closer than this.
    static constexpr int frameMilliseconds = 33;
    static constexpr std::size_t mostCopiedBytes = std::size_t(8) << 20U;

    explicit LogView(QWidget *parent = nullptr);
    ~LogView() override;

    /// Shows the end and follows it, where the log is live; nothing is selected then.
    void setSource(const LogSource &source);
    const LogSource &source() const { return m_source; }
    /// The log may have grown: looks at it now or, while it grows fast, with the next frame.
    void contentChanged();

    std::uint64_t rows() const { return m_rows; }
    /// The part of its line that the row shows: the first one, or that to which the reader or what was found has led.
    ShownLine lineAt(std::uint64_t row) const;
    int visibleRows() const;
    bool isFollowing() const { return m_following; }
    /// To the end, and on with it.
    void follow();
    void goTo(std::uint64_t row);

    bool showsTimes() const { return m_times; }
    void setShowsTimes(bool shown);
    /// Long lines go on below instead of beyond the edge. Heights are only known near what is visible: the scroll bar
    /// counts rows, however high they are.
    bool wraps() const { return m_wraps; }
    void setWraps(bool wraps);
    ScreenLine top() const;
    /// Marks all that it finds in what is visible.
    void setMatcher(std::optional<build::Matcher> matcher);

    LogPlace cursor() const { return m_cursor; }
    bool hasSelection() const { return m_anchor != m_cursor; }
    void select(const LogPlace &begin, const LogPlace &end);
    /// From a byte of the row's line, as it was written, up to another.
    void selectBytes(std::uint64_t row, std::uint64_t begin, std::uint64_t end);
    void selectAll();
    /// Without escape sequences, and with what is not shown of long lines; of more than mostCopiedBytes only the begin,
    /// and \a cut says so.
    QString selectedText(bool *cut = nullptr) const;
    void copy();

Q_SIGNALS:
    void followingChanged(bool following);
    void wrapsChanged(bool wraps);
    void grown();              ///< There are more rows than before.
    void copyCut();            ///< The selection is too long for the clipboard; only its begin was copied.
    void unclippedRequested(); ///< The reader has clicked the mark of a clipped log.

protected:
    bool viewportEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    struct Row
    {
        LogRow shown;
        mutable std::optional<std::vector<LogColumns>> matches; ///< Once they were asked for.
    };

    void setUpFollowButton();
    void placeFollowButton();
    void setTheme();
    void refresh();
    void updateRanges();
    void fitWrap();
    int linesOf(std::uint64_t row) const;
    ScreenLine lineOf(const LogPlace &place) const;
    ScreenLine moved(ScreenLine from, int lines, int *missing = nullptr) const;
    ScreenLine endTop() const;
    void setTop(const ScreenLine &line);
    void scrollLines(int lines);
    LogPlace movedDown(const LogPlace &place, int lines) const;
    void onScrolled();
    void setFollowing(bool following);

    const Row &row(std::uint64_t number) const;
    int gutterWidth() const;
    QString gutterText(const ShownLine &line) const;

    void paintRow(QPainter &painter, std::uint64_t number, int y, int gutter) const;
    std::vector<LogMarks> marksOf(const Row &row, std::uint64_t number) const;
    const std::vector<LogColumns> &matchesOf(const Row &row) const;
    LogColumns selectionOf(const Row &row, std::uint64_t number) const;
    void paintCursor(QPainter &painter, const Row &row, std::uint64_t number, QPointF origin) const;

    LongLine longLine(std::uint64_t number) const;
    LogPlace shownPlace(const LogPlace &place);
    void showPart(std::uint64_t number, std::uint64_t byte);
    void turn(std::uint64_t number, bool forth, bool extend);
    std::string plainText(std::uint64_t number, int begin, int end) const;

    LogLink linkAt(const QPoint &point) const;
    bool followLink(LogLink link, std::uint64_t number);
    LogPlace placeAt(const QPoint &point) const;
    void moveCursor(const LogPlace &place, bool extend);
    bool moveByKey(QKeyEvent *event);
    void ensureVisible(LogPlace place);
    void dragScroll();
    void announceLine();

    LogSource m_source;
    LogLook m_look;
    int m_rowHeight = 1;
    std::uint64_t m_rows = 0; ///< With the unfinished line.
    std::string m_tail;       ///< The unfinished line.
    bool m_following = true;
    bool m_scrolling = false; ///< The view moves its scroll bar itself.
    bool m_times = false;
    bool m_wraps = false;
    int m_topLine = 0; ///< Lines of the top row above the viewport.
    int m_wheel = 0;   ///< Turned, and not scrolled yet.
    std::optional<build::Matcher> m_matcher;
    LogPlace m_anchor;
    LogPlace m_cursor;
    QPoint m_drag;
    bool m_dragging = false; ///< From where the button was pressed; not on a link.
    QTimer m_frame;
    QTimer m_dragTimer;
    QPushButton *m_followButton = nullptr;
    std::unordered_map<std::uint64_t, std::uint64_t> m_parts; ///< Where rows that do not show the first part begin.
    mutable std::unordered_map<std::uint64_t, std::unique_ptr<Row>> m_cache; ///< Rows that were painted lately.
    mutable double m_widest = 0;
};

} // namespace runner::ui
