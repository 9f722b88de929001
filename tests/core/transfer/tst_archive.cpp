#include "tarwriter.h"
#include "transfer/archive.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace runner::transfer;

class TransferArchiveTest : public QObject
{
    Q_OBJECT
    QTemporaryDir m_folder;

    runner::Result<Archive> read(const QByteArray &bytes, Depth depth = Depth::Content)
    {
        QFile file(m_folder.filePath(QStringLiteral("a.tar")));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write the test's file");
        file.close();
        const std::atomic<bool> cancelled{false};
        return readArchive(file.fileName().toStdString(), depth, cancelled);
    }

private slots:
    void readsBothFormats()
    {
        const auto oci = read(testimages::ociArchive("arm64", "hi"));
        QVERIFY2(oci.has_value(), oci ? "" : oci.error().message.c_str());
        QVERIFY(oci->format == ArchiveFormat::Oci);
        const auto docker = read(testimages::dockerArchive("arm64", "hi"));
        QVERIFY2(docker.has_value(), docker ? "" : docker.error().message.c_str());
        QVERIFY(docker->format == ArchiveFormat::Docker);
        QVERIFY(oci->image == docker->image);
        QCOMPARE(describe(oci->image.platform), std::string("linux/arm64"));
        QVERIFY(!(read(testimages::ociArchive("arm64", "ho"))->image == oci->image));
    }
    void tellsTruncatedFiles()
    {
        const QByteArray whole = testimages::ociArchive("amd64", "hi");
        for (qsizetype size = 0; size < whole.size() - 1024; size += 256)
            QVERIFY2(!read(whole.left(size)).has_value(), QByteArray::number(size).constData());
    }
    void tellsWhatIsForeign()
    {
        QCOMPARE(read("hello").error().id, std::string("archive-foreign"));
        QCOMPARE(read(QByteArray(4096, 'x')).error().id, std::string("archive-foreign"));
        QCOMPARE(read(testimages::tar({{"a", "b"}})).error().id, std::string("archive-foreign"));
    }
    void tellsDamage()
    {
        QByteArray bytes = testimages::ociArchive("amd64", "needle");
        bytes.replace("needle", "noodle");
        QCOMPARE(read(bytes).error().id, std::string("archive-damaged"));
        QVERIFY(read(bytes, Depth::Structure).has_value());
        testimages::Layout layout;
        layout.addImage("amd64", "hi");
        testimages::Files files = layout.files();
        files.removeAt(3); // the layer
        QCOMPARE(read(testimages::tar(files)).error().id, std::string("archive-incomplete"));
    }
    void takesOneImageOnly()
    {
        testimages::Layout layout;
        layout.addImage("amd64", "hi");
        layout.addImage("arm64", "hi");
        QCOMPARE(read(testimages::tar(layout.files())).error().id, std::string("archive-several-images"));
    }
    void survivesOddJson()
    {
        for (const char *index : {"[]", "{}", "1", "{\"manifests\":1}", "{\"manifests\":[1]}",
                                  "{\"manifests\":[{\"digest\":5}]}", "{\"config\":[],\"layers\":{}}"})
            QVERIFY2(!read(testimages::tar({{"oci-layout", "{}"}, {"index.json", index}})).has_value(), index);
        for (const char *manifest : {"[]", "{}", "[1]", "[{\"Config\":1}]", "[{\"Config\":\"manifest.json\"}]"})
            QVERIFY2(!read(testimages::tar({{"manifest.json", manifest}})).has_value(), manifest);
        QVERIFY(!identityOf("{\"os\":1,\"architecture\":[]}").has_value());
        QVERIFY(identityOf("{\"os\":\"a\",\"architecture\":\"b\",\"rootfs\":[],\"config\":7}").has_value());
    }
};

QTEST_APPLESS_MAIN(TransferArchiveTest)
#include "tst_archive.moc"
