// Draws a backend's heading and its notes across the whole width of the table.
#pragma once

#include "support/supportroles.h"
#include "theme/theme.h"

#include <QFont>
#include <QList>
#include <QPainter>
#include <QRect>
#include <QString>

namespace runner::ui {

struct SectionContent
{
    QString title;
    QString count; ///< "12 versions", on the right.
    QList<SectionNote> notes;
    bool expanded = true;
};

int sectionHeight(const SectionContent &content, const QFont &font, int width);
void paintSection(QPainter *painter, const QRect &rect, const SectionContent &content, const QFont &font,
                  const Theme &theme);

} // namespace runner::ui
