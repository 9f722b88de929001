// How large a built image is, with a docker of the tests' own.
#include "testdata.h"

#include "build/imagesize.h"
#include "build/recordjson.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace runner;

namespace {

constexpr const char *image = R"({"mediaType":"application/vnd.oci.image.manifest.v1+json",
    "config":{"digest":"sha256:c","size":700},"layers":[{"size":1000},{"size":300}]})";

} // namespace

class TestImageSize : public QObject
{
    Q_OBJECT

private slots:
    void manifests()
    {
        QCOMPARE(build::parseRawManifest(image).size, std::int64_t(2000));
        const auto index = build::parseRawManifest(R"({"manifests":[
            {"digest":"sha256:proof","size":9,"annotations":{"vnd.docker.reference.type":"attestation-manifest"}},
            {"digest":"sha256:image","size":8}]})");
        QCOMPARE(index.size, std::int64_t(0));
        QCOMPARE(index.image, std::string("sha256:image"));
    }

    void impossibleSizesAreLeftOut()
    {
        const auto manifest = build::parseRawManifest(
            R"({"config":{"size":5},"layers":[{"size":9223372036854775807},{"size":-3},{"size":"7"},{"size":2}]})");
        QCOMPARE(manifest.size, std::int64_t(7));
    }

    void whatIsNoManifest_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char *text : {"", "no JSON", "[]", "{}", R"({"config":1,"layers":2})", R"({"config":{"size":5}})",
                                 R"({"manifests":7})", R"({"manifests":[3,{"digest":4}]})"})
            QTest::addRow("%s", text) << QByteArray(text);
    }
    void whatIsNoManifest()
    {
        QFETCH(QByteArray, text);
        const auto manifest = build::parseRawManifest(text.toStdString());
        QCOMPARE(manifest.size, std::int64_t(0));
        QVERIFY(manifest.image.empty());
    }

    void asksTheRegistry()
    {
        m_environment = {{"FAKE_DOCKER_MANIFEST", image}};
        QCOMPARE(ask(build::OutputKind::Push), std::int64_t(2000));
        QVERIFY2(calls().contains("buildx --builder big imagetools inspect --raw host:5000/a/b@sha256:abc"), calls());
    }

    /// The same answer comes for the image in it, so it is asked exactly once more.
    void looksIntoAnIndexOnce()
    {
        m_environment = {{"FAKE_DOCKER_MANIFEST", R"({"manifests":[{"digest":"sha256:in"}]})"}};
        QCOMPARE(ask(build::OutputKind::Push), std::int64_t(0));
        QCOMPARE(calls().count("imagetools"), 2);
        QVERIFY(calls().contains("host:5000/a/b@sha256:in"));
    }

    void asksTheLocalStore()
    {
        m_environment = {{"FAKE_DOCKER_SIZE", "4321\n"}};
        QCOMPARE(ask(build::OutputKind::Load), std::int64_t(4321));
        QVERIFY2(calls().contains("image inspect --format {{.Size}} host:5000/a/b:tag"), calls());
    }

    void measuresAnArchive()
    {
        QFile file(m_folder.filePath(QStringLiteral("image.tar")));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("12345") == 5);
        file.close();
        QCOMPARE(ask(build::OutputKind::Archive), std::int64_t(5));
        QVERIFY(calls().isEmpty());
    }

    void asksNobodyWithoutAnImage()
    {
        QCOMPARE(ask(build::OutputKind::Nothing), std::int64_t(0));
        QVERIFY(calls().isEmpty());
    }

    void unknownWhereNobodyAnswers()
    {
        m_environment = {{"FAKE_DOCKER_ERROR", "ERROR: not found"}};
        QCOMPARE(ask(build::OutputKind::Push), std::int64_t(0));
        QCOMPARE(ask(build::OutputKind::Load), std::int64_t(0));
    }

    void isKept()
    {
        build::Metadata metadata;
        metadata.digest = "sha256:abc";
        metadata.size = 2000;
        QCOMPARE(build::metadataFromJson(build::toJson(metadata)), metadata);
        QCOMPARE(build::metadataFromJson(R"({"digest":"sha256:abc"})").size,
                 std::int64_t(0)); // As older versions kept it.
    }

private:
    QByteArray calls() const
    {
        const QString file = m_folder.filePath(QStringLiteral("calls"));
        return QFile::exists(file) ? testdata::read(file) : QByteArray();
    }
    std::int64_t ask(build::OutputKind output)
    {
        QFile::remove(m_folder.filePath(QStringLiteral("calls")));
        build::Request request;
        request.folder = m_folder.path().toStdString();
        request.images = {"host:5000/a/b:tag"};
        request.builder = "big";
        request.output = {output, output == build::OutputKind::Archive ? "image.tar" : ""};
        build::Metadata metadata;
        metadata.digest = "sha256:abc";
        auto environment = m_environment;
        environment.emplace_back("FAKE_DOCKER_LOG", m_folder.filePath(QStringLiteral("calls")).toStdString());
        std::optional<std::int64_t> size;
        const build::ImageSize asked({FAKE_DOCKER, environment}, request, metadata,
                                     [&](std::int64_t bytes) { size = bytes; });
        if (!QTest::qWaitFor([&] { return size.has_value(); }, 20000))
            return -1;
        m_environment = environment;
        m_environment.pop_back();
        return *size;
    }

    QTemporaryDir m_folder;
    build::Pairs m_environment;
};

QTEST_GUILESS_MAIN(TestImageSize)
#include "tst_imagesize.moc"
