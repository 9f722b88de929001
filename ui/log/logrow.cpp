#include "log/logrow.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QLocale>
#include <QRegion>

#include <algorithm>
#include <cmath>

namespace runner::ui {

namespace {

constexpr int pieceColumns = 256;
constexpr int tabColumns = 8;
constexpr double endless = 1e7;

bool isPrintable(QChar character)
{
    return character >= u' ' && character <= u'~';
}

/// The same for every character, or 0.
double advanceOf(const QFont &font)
{
    const QFontMetricsF metrics(font);
    const double one = metrics.horizontalAdvance(u'x');
    const auto same = [&](double other) { return std::abs(other - one) < 1e-6; };
    const QString many(64, u'x');
    const bool fixed = same(metrics.horizontalAdvance(u'i')) && same(metrics.horizontalAdvance(u'W'))
                       && same(metrics.horizontalAdvance(many) / 64);
    return fixed ? one : 0;
}

} // namespace

LogLook::LogLook(const LogTheme &logTheme, const QFont &logFont)
    : theme(logTheme)
    , font(logFont)
    , lineHeight(std::max(1, QFontMetrics(logFont).height() + 2))
    , advance(advanceOf(logFont))
{
}

LogRow::LogRow(ShownLine line, const LogLook &look)
    : m_line(std::move(line))
    , m_look(look)
    , m_text(m_line.text)
{
    addLinks();
    addFormats();
    if (m_look.wrapWidth > 0)
        cutWhereItIsFull();
    else
        cutAcross();
    m_lines = m_pieces.back().line + 1;
    for (const Piece &piece : m_pieces)
        m_width = std::max(m_width, piece.x + piece.width);
}

void LogRow::addLinks()
{
    const auto count = [](std::uint64_t bytes) { return QLocale().toString(static_cast<qulonglong>(bytes)); };
    QTextCharFormat link;
    link.setForeground(m_look.theme.gutterText);
    link.setFontUnderline(true);
    if (m_line.before > 0) {
        const QString lead = QCoreApplication::translate("LogView", "%1 bytes before …").arg(count(m_line.before));
        m_text = lead + u' ' + m_text;
        m_lead = static_cast<int>(lead.size()) + 1;
        m_formats.append({0, m_lead - 1, link});
    }
    if (m_line.hidden > 0) {
        const QString more = QCoreApplication::translate("LogView", "… %1 more bytes").arg(count(m_line.hidden));
        m_text += u' ' + more;
        m_formats.append({m_lead + length() + 1, static_cast<int>(more.size()), link});
    }
}

void LogRow::addFormats()
{
    ColumnCounter columns(m_line);
    for (const build::Span &span : m_line.spans) {
        const int begin = columns.of(span.begin);
        const int end = columns.of(span.begin + span.length);
        if (end > begin)
            m_formats.append({m_lead + begin, end - begin, m_look.theme.format(span.style)});
    }
    if (m_line.isClipMark) { // It can be clicked.
        QTextCharFormat link;
        link.setFontUnderline(true);
        m_formats.append({m_lead, length(), link});
    }
}

/// One line, in pieces side by side.
void LogRow::cutAcross()
{
    const int size = static_cast<int>(m_text.size());
    int begin = 0;
    double x = 0;
    do {
        addPiece(upTo(begin, pieceColumns), 0, x);
        x += m_pieces.back().width;
        begin = m_pieces.back().columns.end;
    } while (begin < size);
}

/// Lines one below the other, each cut behind a blank where it has one in its second half.
void LogRow::cutWhereItIsFull()
{
    const int size = static_cast<int>(m_text.size());
    if (!isPlain({0, size})) {
        m_measured = size;
        QTextLayout whole(m_text, m_look.font);
        QTextOption option = optionOf(0);
        option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
        whole.setTextOption(option);
        whole.setFormats(m_formats);
        whole.beginLayout();
        for (QTextLine line = whole.createLine(); line.isValid(); line = whole.createLine()) {
            line.setLineWidth(m_look.wrapWidth);
            const LogColumns columns{line.textStart(), line.textStart() + line.textLength()};
            m_pieces.push_back({columns, line.lineNumber(), 0, line.naturalTextWidth(), isPlain(columns)});
        }
        whole.endLayout();
    } else {
        const int most = std::max(1, static_cast<int>(m_look.wrapWidth / m_look.advance));
        for (int begin = 0; begin < size;) {
            int end = std::min(size, begin + most);
            const auto blank = end == size ? -1 : static_cast<int>(m_text.lastIndexOf(u' ', end));
            if (blank > begin + most / 2)
                end = blank + 1;
            addPiece({begin, end}, static_cast<int>(m_pieces.size()), 0);
            begin = end;
        }
    }
    if (m_pieces.empty())
        addPiece({0, 0}, 0, 0);
}

/// Whether every character is as wide as any other, so that none has to be laid out to know where it stands.
bool LogRow::isPlain(const LogColumns &columns) const
{
    if (m_look.advance <= 0)
        return false;
    const bool formatted = std::any_of(m_formats.begin(), m_formats.end(), [&](const QTextLayout::FormatRange &range) {
        return range.start < columns.end && range.start + range.length > columns.begin;
    });
    const QStringView text = QStringView(m_text).mid(columns.begin, columns.end - columns.begin);
    return !formatted && std::all_of(text.begin(), text.end(), isPrintable);
}

/// Not inside a character, nor before what is put on it.
LogColumns LogRow::upTo(int begin, int most) const
{
    const int size = static_cast<int>(m_text.size());
    int end = std::min(size, begin + most);
    while (end < size && (m_text[end].isLowSurrogate() || m_text[end].isMark()))
        ++end;
    return {begin, end};
}

void LogRow::addPiece(const LogColumns &columns, int line, double x)
{
    m_pieces.push_back({columns, line, x, 0, isPlain(columns)});
    Piece &piece = m_pieces.back();
    piece.width =
        piece.plain ? (columns.end - columns.begin) * m_look.advance : layoutOf(piece).lineAt(0).naturalTextWidth();
}

/// \a x: where the text begins, for tabs stand at the same places in each piece.
QTextOption LogRow::optionOf(double x) const
{
    QTextOption option(Qt::AlignLeft);
    option.setWrapMode(QTextOption::NoWrap);
    option.setTextDirection(Qt::LeftToRight);
    const double stop = tabColumns * QFontMetricsF(m_look.font).horizontalAdvance(u' ');
    option.setTabStopDistance(stop);
    if (x > 0 && stop > 0) {
        QList<qreal> stops;
        for (double next = stop - std::fmod(x, stop); stops.size() < pieceColumns; next += stop)
            stops.append(next);
        option.setTabArray(stops);
    }
    return option;
}

QList<QTextLayout::FormatRange> LogRow::formatsIn(const LogColumns &columns) const
{
    QList<QTextLayout::FormatRange> formats;
    for (const QTextLayout::FormatRange &range : m_formats) {
        const int begin = std::max(range.start, columns.begin);
        const int end = std::min(range.start + range.length, columns.end);
        if (end > begin)
            formats.append({begin - columns.begin, end - begin, range.format});
    }
    return formats;
}

const QTextLayout &LogRow::layoutOf(const Piece &piece) const
{
    if (piece.layout)
        return *piece.layout;
    const QString text = m_text.mid(piece.columns.begin, piece.columns.end - piece.columns.begin);
    auto layout = std::make_unique<QTextLayout>(text, m_look.font);
    layout->setTextOption(optionOf(text.contains(u'\t') ? piece.x : 0));
    layout->setFormats(formatsIn(piece.columns));
    layout->setCacheEnabled(true);
    layout->beginLayout();
    layout->createLine().setLineWidth(endless);
    layout->endLayout();
    return *(piece.layout = std::move(layout));
}

std::size_t LogRow::pieceOf(int column) const
{
    const auto next = std::upper_bound(m_pieces.begin() + 1, m_pieces.end(), column,
                                       [](int wanted, const Piece &piece) { return wanted < piece.columns.begin; });
    return static_cast<std::size_t>(next - m_pieces.begin()) - 1;
}

double LogRow::xIn(const Piece &piece, int column) const
{
    if (piece.plain)
        return piece.x + (column - piece.columns.begin) * m_look.advance;
    return piece.x + layoutOf(piece).lineAt(0).cursorToX(column - piece.columns.begin);
}

int LogRow::columnIn(const Piece &piece, double x) const
{
    const int within = piece.plain
                           ? static_cast<int>(std::lround(std::clamp((x - piece.x) / m_look.advance, 0.0, endless)))
                           : layoutOf(piece).lineAt(0).xToCursor(x - piece.x);
    return std::clamp(piece.columns.begin + within, piece.columns.begin, piece.columns.end);
}

double LogRow::xOf(int column) const
{
    const int at = m_lead + std::clamp(column, 0, length());
    const Piece &piece = m_pieces[pieceOf(at)];
    return xIn(piece, std::min(at, piece.columns.end));
}

int LogRow::lineOf(int column) const
{
    return m_pieces[pieceOf(m_lead + std::clamp(column, 0, length()))].line;
}

LogLink LogRow::linkAt(double x, int line) const
{
    if (m_line.isClipMark)
        return LogLink::Unclipped;
    const auto there = [&](const Piece &p) { return p.line == line && x >= p.x && x < p.x + p.width; };
    const auto piece = std::find_if(m_pieces.begin(), m_pieces.end(), there);
    if (piece == m_pieces.end() || piece->plain) // Links are never plain.
        return LogLink::None;
    const int at =
        piece->columns.begin + layoutOf(*piece).lineAt(0).xToCursor(x - piece->x, QTextLine::CursorOnCharacter);
    return at < m_lead ? LogLink::Before : at >= m_lead + length() ? LogLink::More : LogLink::None;
}

int LogRow::columnAt(double x, int line) const
{
    const auto wanted = [&](const Piece &piece) { return piece.line == line && x < piece.x + piece.width; };
    auto piece = std::find_if(m_pieces.begin(), m_pieces.end(), wanted);
    if (piece == m_pieces.end()) // Behind its end.
        piece =
            std::find_if(m_pieces.rbegin(), m_pieces.rend() - 1, [&](const Piece &last) { return last.line <= line; })
                .base()
            - 1;
    return std::clamp(columnIn(*piece, x) - m_lead, 0, length());
}

int LogRow::draw(QPainter &painter, const QPointF &origin, const QRectF &shown,
                 const std::vector<LogMarks> &marks) const
{
    int painted = 0;
    for (const Piece &piece : m_pieces) {
        const QPointF at(origin.x() + piece.x, origin.y() + piece.line * m_look.lineHeight);
        if (at.x() > shown.right() || at.x() + piece.width < shown.left() || at.y() > shown.bottom()
            || at.y() + m_look.lineHeight < shown.top())
            continue;
        layoutOf(piece).draw(&painter, at);
        const LogColumns columns{columnIn(piece, shown.left() - origin.x() - 1) - m_lead,
                                 columnIn(piece, shown.right() - origin.x() + 1) - m_lead};
        for (const LogMarks &mark : marks)
            painted += drawMarks(painter, piece, at, columns, mark);
    }
    return painted;
}

/// The text is painted once more, in the mark's colours, where the marks are: that takes as long for many as for one.
int LogRow::drawMarks(QPainter &painter, const Piece &piece, const QPointF &at, const LogColumns &shown,
                      const LogMarks &marks) const
{
    const auto first = std::partition_point(marks.columns.begin(), marks.columns.end(),
                                            [&](const LogColumns &mark) { return mark.end <= shown.begin; });
    std::vector<QRect> places;
    for (auto mark = first; mark != marks.columns.end() && mark->begin < shown.end; ++mark) {
        const double left = at.x() + xIn(piece, m_lead + std::max(mark->begin, shown.begin)) - piece.x;
        const double right = at.x() + xIn(piece, m_lead + std::min(mark->end, shown.end)) - piece.x;
        const int begin = qRound(left);
        places.emplace_back(begin, qRound(at.y()), std::max(1, qRound(right) - begin),
                            static_cast<int>(m_look.lineHeight) - 2);
    }
    if (places.empty())
        return 0;
    QRegion region;
    for (const QRect &place : places)
        region += place;
    QTextCharFormat format;
    format.setForeground(marks.text);
    format.setBackground(Qt::NoBrush);
    painter.save();
    painter.setClipRegion(region, Qt::IntersectClip);
    painter.fillRect(region.boundingRect(), marks.fill);
    layoutOf(piece).draw(&painter, at, {{0, piece.columns.end - piece.columns.begin, format}});
    painter.restore();
    return static_cast<int>(places.size());
}

int LogRow::laidOut() const
{
    int characters = m_measured;
    for (const Piece &piece : m_pieces)
        characters += piece.layout ? piece.columns.end - piece.columns.begin : 0;
    return characters;
}

} // namespace runner::ui
