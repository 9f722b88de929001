#include "support/exporter.h"

#include <QBuffer>
#include <QPdfWriter>
#include <QSaveFile>
#include <QTextDocument>

namespace runner::ui {

const QList<ExportFormat> &exportFormats()
{
    static const QList<ExportFormat> formats{{ExportKind::Markdown, QStringLiteral("Markdown"), QStringLiteral("md")},
                                             {ExportKind::Html, QStringLiteral("HTML"), QStringLiteral("html")},
                                             {ExportKind::Csv, QStringLiteral("CSV"), QStringLiteral("csv")},
                                             {ExportKind::Json, QStringLiteral("JSON"), QStringLiteral("json")},
                                             {ExportKind::Pdf, QStringLiteral("PDF"), QStringLiteral("pdf")}};
    return formats;
}

Exporter::Exporter(LoadedPointer loaded, std::vector<catalog::TableSection> table)
    : m_loaded(std::move(loaded))
    , m_table(std::move(table))
{
}

QByteArray Exporter::render(catalog::TableFormat format) const
{
    return QByteArray::fromStdString(catalog::render(m_loaded->workspace->matrix, m_table, format));
}

QString Exporter::markdown() const
{
    return QString::fromUtf8(render(catalog::TableFormat::Markdown));
}

void Exporter::paint(QPagedPaintDevice *device) const
{
    QTextDocument document;
    QFont font;
    font.setPointSize(9);
    document.setDefaultFont(font);
    document.setHtml(QString::fromUtf8(render(catalog::TableFormat::Html)));
    document.print(device);
}

QByteArray Exporter::bytes(ExportKind kind) const
{
    switch (kind) {
    case ExportKind::Markdown:
        return render(catalog::TableFormat::Markdown);
    case ExportKind::Html:
        return render(catalog::TableFormat::Html);
    case ExportKind::Csv:
        return render(catalog::TableFormat::Csv);
    case ExportKind::Json:
        return render(catalog::TableFormat::Json);
    case ExportKind::Pdf:
        break;
    }
    QByteArray result;
    QBuffer buffer(&result);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setTitle(QStringLiteral("Support table"));
    writer.setPageSize(QPageSize(QPageSize::A4));
    writer.setPageOrientation(QPageLayout::Landscape);
    paint(&writer);
    return result;
}

QString Exporter::save(const QString &file, ExportKind kind) const
{
    QSaveFile out(file);
    const QByteArray content = bytes(kind);
    if (!out.open(QIODevice::WriteOnly) || out.write(content) != content.size() || !out.commit())
        return out.errorString();
    return {};
}

} // namespace runner::ui
