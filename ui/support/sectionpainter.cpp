#include "support/sectionpainter.h"

#include <QCoreApplication>
#include <QFontMetrics>
#include <QTextLayout>

#include <cmath>
#include <memory>

namespace runner::ui {

namespace {

constexpr int textIndent = 3 * gridUnit;

/// A note's text without its backquotes, and the ranges that stood between them in a fixed-width font.
struct NoteText
{
    QString text;
    QList<QTextLayout::FormatRange> formats;
};

NoteText parse(const SectionNote &note, const QFont &font, const Theme &theme)
{
    NoteText result;
    result.text = note.warning ? QCoreApplication::translate("Notes", "Warning: ")
                               : QCoreApplication::translate("Notes", "Note: ");
    QTextCharFormat lead;
    lead.setFontWeight(QFont::Bold);
    lead.setForeground(note.warning ? theme.warningText : theme.noteText);
    result.formats << QTextLayout::FormatRange{0, static_cast<int>(result.text.size()), lead};
    QTextCharFormat code;
    code.setFontFamilies({codeFont(font).family()});
    code.setBackground(theme.codeFill);
    const QStringList parts = note.text.split(QLatin1Char('`'));
    for (int i = 0; i < parts.size(); ++i) {
        if (i % 2 == 1)
            result.formats << QTextLayout::FormatRange{static_cast<int>(result.text.size()),
                                                       static_cast<int>(parts[i].size()), code};
        result.text += parts[i];
    }
    return result;
}

std::unique_ptr<QTextLayout> layOut(const SectionNote &note, const QFont &font, const Theme &theme, int width)
{
    const NoteText text = parse(note, font, theme);
    auto layout = std::make_unique<QTextLayout>(text.text, font);
    layout->setFormats(text.formats);
    layout->beginLayout();
    qreal y = 0;
    for (QTextLine line = layout->createLine(); line.isValid(); line = layout->createLine()) {
        line.setLineWidth(width);
        line.setPosition(QPointF(0, y));
        y += line.height() + 1;
    }
    layout->endLayout();
    return layout;
}

int noteWidth(int width)
{
    return std::max(width - textIndent - 2 * gridUnit, 10 * gridUnit);
}

int heightOf(const QTextLayout &layout)
{
    return static_cast<int>(std::ceil(layout.boundingRect().height())) + gridUnit / 2;
}

int headingHeight(const QFont &font)
{
    return QFontMetrics(headingFont(font)).height() + 2 * gridUnit;
}

void paintArrow(QPainter *painter, const QRect &heading, bool expanded, const QColor &colour)
{
    const QPointF centre(heading.left() + 1.5 * gridUnit, heading.center().y() + 1);
    const QPolygonF down({{-4, -2}, {4, -2}, {0, 3}});
    const QPolygonF right({{-2, -4}, {3, 0}, {-2, 4}});
    painter->setPen(Qt::NoPen);
    painter->setBrush(colour);
    painter->drawPolygon((expanded ? down : right).translated(centre));
}

void paintHeading(QPainter *painter, const QRect &heading, const SectionContent &content, const QFont &font,
                  const Theme &theme)
{
    painter->fillRect(heading, theme.sectionFill);
    paintArrow(painter, heading, content.expanded, theme.dimText);
    const QRect text = heading.adjusted(textIndent, 0, -2 * gridUnit, 0);
    painter->setPen(theme.sectionText);
    painter->setFont(headingFont(font));
    painter->drawText(text, Qt::AlignVCenter | Qt::AlignLeft, content.title);
    painter->setPen(theme.dimText);
    painter->setFont(font);
    painter->drawText(text, Qt::AlignVCenter | Qt::AlignRight, content.count);
}

} // namespace

int sectionHeight(const SectionContent &content, const QFont &font, int width)
{
    int height = headingHeight(font);
    const Theme theme{QPalette()};
    for (const SectionNote &note : content.notes)
        height += heightOf(*layOut(note, font, theme, noteWidth(width)));
    return height + (content.notes.isEmpty() ? 0 : gridUnit + gridUnit / 2);
}

void paintSection(QPainter *painter, const QRect &rect, const SectionContent &content, const QFont &font,
                  const Theme &theme)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRect heading(rect.left(), rect.top(), rect.width(), headingHeight(font));
    paintHeading(painter, heading, content, font, theme);
    int y = heading.bottom() + 1 + gridUnit - 2;
    painter->setPen(theme.noteText);
    for (const SectionNote &note : content.notes) {
        const auto layout = layOut(note, font, theme, noteWidth(rect.width()));
        layout->draw(painter, QPointF(rect.left() + textIndent, y));
        y += heightOf(*layout);
    }
    painter->restore();
}

} // namespace runner::ui
