// The desktop's style, without the detour that it takes for the icons of a bar's "more" button, and with borders that
// can be seen on dark.
#pragma once

#include <QProxyStyle>

namespace runner::ui {

/// Qt's styles keep these icons as PNG files, and reading the first of them loads every image plugin of the system
/// before the first frame. The own drawings follow the palette, too.
class LeanStyle final : public QProxyStyle
{
    Q_OBJECT

public:
    using QProxyStyle::QProxyStyle;

    /// A box to choose from that is too narrow for what it shows says so with "…".
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                     const QWidget *widget) const override;
    QIcon standardIcon(StandardPixmap icon, const QStyleOption *option, const QWidget *widget) const override;
    /// Fusion draws borders darker than the window, which cannot be told from a dark one: boxes to tick and fields get
    /// their border in a colour that keeps markContrast.
    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;
};

} // namespace runner::ui
