// Tar files and OCI image layouts for tests, made from bytes.
#pragma once

#include <QByteArray>
#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QList>
#include <QPair>

namespace testimages {

using Files = QList<QPair<QByteArray, QByteArray>>; ///< Name and content.

inline QByteArray octal(qsizetype value, int digits)
{
    return QByteArray::number(value, 8).rightJustified(digits, '0') + '\0';
}

inline QByteArray tar(const Files &files)
{
    QByteArray all;
    for (const auto &[name, content] : files) {
        QByteArray header = name.leftJustified(100, '\0') + octal(0644, 7) + octal(0, 7) + octal(0, 7)
                            + octal(content.size(), 11) + octal(0, 11) + QByteArray(8, ' ') + '0'
                            + QByteArray(100, '\0') + QByteArray("ustar\00000", 8);
        header = header.leftJustified(512, '\0');
        int sum = 0;
        for (const char c : header)
            sum += static_cast<unsigned char>(c);
        header.replace(148, 8, octal(sum, 6) + ' ');
        all += header + content + QByteArray((512 - content.size() % 512) % 512, '\0');
    }
    return all + QByteArray(1024, '\0');
}

inline QByteArray sha256(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
}

inline QByteArray json(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

inline QByteArray configFor(const QByteArray &architecture, const QByteArray &layer)
{
    return json(
        {{QStringLiteral("os"), QStringLiteral("linux")},
         {QStringLiteral("architecture"), QString::fromLatin1(architecture)},
         {QStringLiteral("created"), QStringLiteral("2024-01-01T00:00:00Z")},
         {QStringLiteral("config"), QJsonObject{{QStringLiteral("Env"), QJsonArray{QStringLiteral("A=1")}}}},
         {QStringLiteral("rootfs"),
          QJsonObject{{QStringLiteral("type"), QStringLiteral("layers")},
                      {QStringLiteral("diff_ids"), QJsonArray{QString::fromLatin1("sha256:" + sha256(layer))}}}}});
}

/// An OCI layout as it is built up: blobs by name, and what index.json shall list.
struct Layout
{
    Files blobs;
    QJsonArray manifests;

    QJsonObject add(const char *mediaType, const QByteArray &bytes)
    {
        blobs.append({"blobs/sha256/" + sha256(bytes), bytes});
        return {{QStringLiteral("mediaType"), QString::fromLatin1(mediaType)},
                {QStringLiteral("digest"), QString::fromLatin1("sha256:" + sha256(bytes))},
                {QStringLiteral("size"), static_cast<int>(bytes.size())}};
    }
    /// An image with one layer that holds one file.
    void addImage(const QByteArray &architecture, const QByteArray &content)
    {
        const QByteArray layer = tar({{"hello", content}});
        const QJsonObject config = add("application/vnd.oci.image.config.v1+json", configFor(architecture, layer));
        const QJsonObject layerEntry = add("application/vnd.oci.image.layer.v1.tar", layer);
        QJsonObject manifest =
            add("application/vnd.oci.image.manifest.v1+json",
                json({{QStringLiteral("schemaVersion"), 2},
                      {QStringLiteral("mediaType"), QStringLiteral("application/vnd.oci.image.manifest.v1+json")},
                      {QStringLiteral("config"), config},
                      {QStringLiteral("layers"), QJsonArray{layerEntry}}}));
        manifest[QStringLiteral("platform")] =
            QJsonObject{{QStringLiteral("os"), QStringLiteral("linux")},
                        {QStringLiteral("architecture"), QString::fromLatin1(architecture)}};
        manifests.append(manifest);
    }
    static QByteArray index(const QJsonArray &entries)
    {
        return json({{QStringLiteral("schemaVersion"), 2},
                     {QStringLiteral("mediaType"), QStringLiteral("application/vnd.oci.image.index.v1+json")},
                     {QStringLiteral("manifests"), entries}});
    }
    /// The files of the layout; several images stand behind one image index.
    Files files(bool throughIndex = false)
    {
        const QJsonArray top =
            throughIndex ? QJsonArray{add("application/vnd.oci.image.index.v1+json", index(manifests))} : manifests;
        return Files{{"oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}"}, {"index.json", index(top)}} + blobs;
    }
};

inline QByteArray ociArchive(const QByteArray &architecture, const QByteArray &content)
{
    Layout layout;
    layout.addImage(architecture, content);
    return tar(layout.files());
}

inline QByteArray dockerArchive(const QByteArray &architecture, const QByteArray &content)
{
    const QByteArray layer = tar({{"hello", content}});
    const QByteArray config = configFor(architecture, layer);
    const QByteArray layerName = sha256(layer) + ".tar";
    const QByteArray configName = sha256(config) + ".json";
    return tar({{layerName, layer},
                {configName, config},
                {"manifest.json",
                 "[{\"Config\":\"" + configName + "\",\"RepoTags\":[\"a/b:c\"],\"Layers\":[\"" + layerName + "\"]}]"}});
}

} // namespace testimages
