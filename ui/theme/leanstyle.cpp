#include "theme/leanstyle.h"

#include "theme/icons.h"

namespace runner::ui {

QIcon LeanStyle::standardIcon(StandardPixmap icon, const QStyleOption *option, const QWidget *widget) const
{
    if (icon == SP_ToolBarHorizontalExtensionButton)
        return drawnIcon(QStringLiteral("more-horizontal"));
    if (icon == SP_ToolBarVerticalExtensionButton)
        return drawnIcon(QStringLiteral("more-vertical"));
    return QProxyStyle::standardIcon(icon, option, widget);
}

} // namespace runner::ui
