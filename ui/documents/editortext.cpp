#include "documents/editortext.h"

#include "text/lines.h"

namespace runner::ui {

namespace {

/// UTF-16 units that the byte begins: 0 inside a character, 2 for those outside the basic plane.
int unitsOf(unsigned char byte)
{
    if ((byte & 0xc0U) == 0x80U)
        return 0;
    return byte >= 0xf0U ? 2 : 1;
}

/// The first byte of a "\r\n" makes no character of its own.
bool isFirstOfTwo(std::string_view text, std::size_t at)
{
    return text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n';
}

} // namespace

QString toEditorText(std::string_view text)
{
    QString result = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    if (text.find('\r') != std::string_view::npos) {
        result.replace(QStringLiteral("\r\n"), QStringLiteral("\n"));
        result.replace(u'\r', u'\n');
    }
    return result;
}

std::string toFileText(const QString &text, std::string_view lineEnd)
{
    if (lineEnd == "\n")
        return text.toStdString();
    const QString end = QString::fromUtf8(lineEnd.data(), static_cast<qsizetype>(lineEnd.size()));
    return QString(text).replace(u'\n', end).toStdString();
}

int toEditorPosition(std::string_view text, std::size_t offset)
{
    int position = 0;
    for (std::size_t at = 0; at < offset && at < text.size(); ++at) {
        if (!isFirstOfTwo(text, at))
            position += unitsOf(static_cast<unsigned char>(text[at]));
    }
    return position;
}

std::size_t toOffset(std::string_view text, int position)
{
    std::size_t at = 0;
    while (at < text.size() && position > 0) {
        if (!isFirstOfTwo(text, at))
            position -= unitsOf(static_cast<unsigned char>(text[at]));
        ++at;
    }
    while (at < text.size() && unitsOf(static_cast<unsigned char>(text[at])) == 0)
        ++at;
    return at;
}

text::Patch toPatch(std::string_view text, int position, const QString &removed, const QString &inserted)
{
    text::Patch patch;
    patch.range.begin = toOffset(text, position);
    patch.range.end = patch.range.begin + toOffset(text.substr(patch.range.begin), static_cast<int>(removed.size()));
    patch.replacement =
        inserted.contains(u'\n') ? toFileText(inserted, text::usualLineEnd(text)) : inserted.toStdString();
    return patch;
}

} // namespace runner::ui
