// A row of a log as it is painted: laid out in pieces, of which only those that are on the screen are made.
#pragma once

#include "log/shownline.h"
#include "theme/logtheme.h"

#include <QFont>
#include <QPainter>
#include <QTextLayout>

#include <memory>
#include <vector>

namespace runner::ui {

/// From \a begin up to \a end, in UTF-16 units of what is shown of a line.
struct LogColumns
{
    int begin = 0;
    int end = 0;
};

/// Parts of a row in other colours; in their order, none above another.
struct LogMarks
{
    QColor fill;
    QColor text;
    std::vector<LogColumns> columns;
};

/// What is the same for all rows.
struct LogLook
{
    LogLook(const LogTheme &theme, const QFont &font);

    LogTheme theme;
    QFont font;
    double lineHeight = 1;
    double advance = 0;   ///< Of each character; 0: they differ.
    double wrapWidth = 0; ///< 0: each row is one line, however long.
};

/// What a click in a row leads to.
enum class LogLink {
    None,
    Unclipped, ///< The log without the cut that the row tells of.
    Before,    ///< What stands before the part that is shown.
    More,      ///< What stands behind it.
};

class LogRow
{
public:
    /// \a look must outlive it.
    LogRow(ShownLine line, const LogLook &look);

    const ShownLine &line() const { return m_line; }
    int length() const { return m_line.length(); }
    /// Lines on the screen; 1 where rows are not wrapped.
    int lines() const { return m_lines; }
    double width() const { return m_width; }
    /// Where the character of that column begins.
    double xOf(int column) const;
    int lineOf(int column) const;
    /// The nearest one, between 0 and length().
    int columnAt(double x, int line) const;

    LogLink linkAt(double x, int line) const;

    /// With its begin at \a origin; nothing that is outside of \a shown is laid out. Later marks lie above earlier
    /// ones. How many marks were painted.
    int draw(QPainter &painter, const QPointF &origin, const QRectF &shown, const std::vector<LogMarks> &marks) const;
    /// Characters that have been laid out.
    int laidOut() const;

private:
    struct Piece
    {
        LogColumns columns;
        int line = 0;
        double x = 0;
        double width = 0;
        bool plain = false; ///< Every character is as wide as any other.
        mutable std::unique_ptr<QTextLayout> layout = {};
    };

    void addLinks();
    void addFormats();
    void cutAcross();
    void cutWhereItIsFull();
    bool isPlain(const LogColumns &columns) const;
    LogColumns upTo(int begin, int most) const;
    void addPiece(const LogColumns &columns, int line, double x);
    std::size_t pieceOf(int column) const;
    const QTextLayout &layoutOf(const Piece &piece) const;
    QTextOption optionOf(double x) const;
    QList<QTextLayout::FormatRange> formatsIn(const LogColumns &columns) const;
    double xIn(const Piece &piece, int column) const;
    int columnIn(const Piece &piece, double x) const;
    int drawMarks(QPainter &painter, const Piece &piece, const QPointF &at, const LogColumns &shown,
                  const LogMarks &marks) const;

    ShownLine m_line;
    const LogLook &m_look;
    QString m_text; ///< With the links around a part of a line; pieces count in it.
    int m_lead = 0; ///< Length of the link in front.
    QList<QTextLayout::FormatRange> m_formats;
    std::vector<Piece> m_pieces; ///< Never empty; layouts are made when they are needed.
    int m_lines = 1;
    int m_measured = 0; ///< Characters that were laid out to know where lines end.
    double m_width = 0;
};

} // namespace runner::ui
