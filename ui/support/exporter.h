// Writes the shown table to a file or a printer.
#pragma once

#include "catalog/supporttable.h"
#include "workspace/loadedworkspace.h"

#include <QList>
#include <QString>

#include <vector>

class QPagedPaintDevice;

namespace runner::ui {

enum class ExportKind { Markdown, Html, Csv, Json, Pdf };

struct ExportFormat
{
    ExportKind kind;
    QString name;   ///< "Markdown"
    QString suffix; ///< "md"
};

const QList<ExportFormat> &exportFormats();

class Exporter
{
public:
    Exporter(LoadedPointer loaded, std::vector<catalog::TableSection> table);

    QString markdown() const;
    /// Empty when the file is written, else the reason why not. An existing file is replaced only as a whole.
    QString save(const QString &file, ExportKind kind) const;
    void paint(QPagedPaintDevice *device) const;

private:
    QByteArray render(catalog::TableFormat format) const;
    QByteArray bytes(ExportKind kind) const;

    LoadedPointer m_loaded;
    std::vector<catalog::TableSection> m_table;
};

} // namespace runner::ui
