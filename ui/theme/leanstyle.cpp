#include "theme/leanstyle.h"

#include "theme/icons.h"
#include "theme/theme.h"

#include <QPainter>
#include <QStyleOption>

namespace runner::ui {

namespace {

constexpr int textMargin = 2; ///< Fusion's, beside a box's text and icon.

/// A field with the cursor has its own colour.
bool needsBorder(QStyle::PrimitiveElement element, const QStyleOption &option)
{
    const bool box = element == QStyle::PE_IndicatorCheckBox;
    const bool field = element == QStyle::PE_FrameLineEdit && !(option.state & QStyle::State_HasFocus);
    return (box || field) && Theme(option.palette).dark;
}

} // namespace

void LeanStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                              const QWidget *widget) const
{
    QProxyStyle::drawPrimitive(element, option, painter, widget);
    if (!needsBorder(element, *option))
        return;
    const QColor behind = option->palette.color(QPalette::Window); // The lighter one of what is inside and outside.
    painter->save();
    painter->setPen(readable(option->palette.color(QPalette::Mid), behind, markContrast));
    painter->setBrush(Qt::NoBrush);
    painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
    painter->restore();
}

void LeanStyle::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                            const QWidget *widget) const
{
    const auto *box = qstyleoption_cast<const QStyleOptionComboBox *>(option);
    if (element != CE_ComboBoxLabel || !box) {
        QProxyStyle::drawControl(element, option, painter, widget);
        return;
    }
    QStyleOptionComboBox elided = *box;
    const int room = subControlRect(CC_ComboBox, box, SC_ComboBoxEditField, widget).width() - 2 * textMargin;
    const int icon = box->currentIcon.isNull() ? 0 : box->iconSize.width() + 2 * textMargin;
    elided.currentText = box->fontMetrics.elidedText(box->currentText, Qt::ElideRight, room - icon);
    QProxyStyle::drawControl(element, &elided, painter, widget);
}

QIcon LeanStyle::standardIcon(StandardPixmap icon, const QStyleOption *option, const QWidget *widget) const
{
    if (icon == SP_ToolBarHorizontalExtensionButton)
        return drawnIcon(QStringLiteral("more-horizontal"));
    if (icon == SP_ToolBarVerticalExtensionButton)
        return drawnIcon(QStringLiteral("more-vertical"));
    return QProxyStyle::standardIcon(icon, option, widget);
}

} // namespace runner::ui
