#include "theme/icons.h"

#include <QApplication>
#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QSvgRenderer>

static void initResources()
{
    Q_INIT_RESOURCE(resources);
}

namespace runner::ui {

namespace {

QColor colourFor(QIcon::Mode mode)
{
    const QPalette palette = QApplication::palette();
    if (mode == QIcon::Disabled)
        return palette.color(QPalette::Disabled, QPalette::ButtonText);
    return palette.color(mode == QIcon::Selected ? QPalette::HighlightedText : QPalette::ButtonText);
}

/// A drawing from the resources whose `currentColor` follows the palette; the desktop's icon where it has one.
class TintedEngine final : public QIconEngine
{
public:
    TintedEngine(QString name, bool asked)
        : m_name(std::move(name))
        , m_asked(asked)
    {
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        if (hasDesktopIcon()) {
            m_desktop.paint(painter, rect, Qt::AlignCenter, mode, state);
            return;
        }
        QFile file(QStringLiteral(":/icons/%1.svg").arg(m_name));
        if (!file.open(QIODevice::ReadOnly))
            return;
        QSvgRenderer(file.readAll().replace("currentColor", colourFor(mode).name().toLatin1()))
            .render(painter, QRectF(rect));
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }

    QIconEngine *clone() const override { return new TintedEngine(m_name, m_asked && m_desktop.isNull()); }

private:
    bool hasDesktopIcon()
    {
        if (!m_asked)
            m_desktop = QIcon::fromTheme(m_name);
        m_asked = true;
        return !m_desktop.isNull() && !m_desktop.availableSizes().isEmpty();
    }

    QString m_name;
    QIcon m_desktop;
    bool m_asked; ///< The desktop's theme was asked, or is not to be.
};

} // namespace

namespace {

QIcon makeIcon(const QString &name, bool onlyDrawn)
{
    static const bool ready = (initResources(), true); // The resources are in a static library.
    Q_UNUSED(ready)
    return QIcon(new TintedEngine(name, onlyDrawn));
}

} // namespace

QIcon themedIcon(const QString &name)
{
    return makeIcon(name, false);
}

QIcon drawnIcon(const QString &name)
{
    return makeIcon(name, true);
}

} // namespace runner::ui
