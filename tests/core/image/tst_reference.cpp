// References to images: registry, namespace, repository, tag and digest.
#include "image/reference.h"

#include <QtTest>

using namespace runner::image;

namespace {

const std::string sha = "sha256:" + std::string(64, 'a');

QString partsOf(const Reference &r)
{
    QStringList parts;
    for (const std::string &part : {r.registry, r.nameSpace, r.repository, r.tag, r.digest})
        parts << QString::fromStdString(part);
    return parts.join(QLatin1Char('|'));
}

} // namespace

class TestReference : public QObject
{
    Q_OBJECT

private slots:
    void parses_data();
    void parses();
    void rejects_data();
    void rejects();
    void splits_data();
    void splits();
    void merges();
    void replaces_data();
    void replaces();
};

void TestReference::parses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("parts");
    const QString digest = QString::fromStdString(sha);
    const auto row = [](const QString &text, const QString &parts) {
        QTest::newRow(qPrintable(text)) << text << parts;
    };
    row("nginx", "||nginx||");
    row("nginx:1.27", "||nginx|1.27|");
    row("gpustack/runner:cuda12.9-vllm0.17.1", "|gpustack|runner|cuda12.9-vllm0.17.1|");
    row("docker.io/gpustack/runner:x", "docker.io|gpustack|runner|x|");
    row("localhost:5000/nginx", "localhost:5000||nginx||");
    row("localhost/nginx", "localhost||nginx||");
    row("localhost", "||localhost||");
    row("registry:5000/a/b/c:t", "registry:5000|a/b|c|t|");
    row("a/b/c", "|a/b|c||");
    row("[::1]:5000/a/b", "[::1]:5000|a|b||");
    row("Registry.Example.COM/a/b", "Registry.Example.COM|a|b||");
    row("nginx@" + digest, "||nginx||" + digest);
    row("quay.io/a/b:t@" + digest, "quay.io|a|b|t|" + digest);
    row("a--b/c__d/e.f/g_h", "|a--b/c__d/e.f|g_h||");
}

void TestReference::parses()
{
    QFETCH(QString, text);
    QFETCH(QString, parts);
    const auto parsed = parseReference("  " + text.toStdString() + "\n");
    QVERIFY(parsed);
    QCOMPARE(partsOf(*parsed), parts);
    QCOMPARE(QString::fromStdString(format(*parsed)), text);
}

void TestReference::rejects_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"",
                             " ",
                             ":",
                             "@",
                             "/",
                             "nginx:",
                             "nginx@",
                             "a//b",
                             "/a",
                             "a/",
                             "Nginx",
                             "a/B",
                             "a b",
                             "nginx:-x",
                             "nginx:.x",
                             "nginx:a b",
                             "nginx@sha256:abc",
                             "nginx@sha256:",
                             "localhost:/nginx",
                             "localhost:x/nginx",
                             "-a.b/nginx",
                             "a..b/nginx",
                             "_a",
                             "a_",
                             "a___b",
                             "a.-b",
                             "[::1/nginx",
                             "[]:1/nginx",
                             "a/b:5000/c",
                             "a@b@c"})
        QTest::newRow(text) << QString::fromUtf8(text);
    QTest::newRow("long tag") << "nginx:" + QString(129, QLatin1Char('a'));
    QTest::newRow("long name") << QString(256, QLatin1Char('a'));
}

void TestReference::rejects()
{
    QFETCH(QString, text);
    const auto parsed = parseReference(text.toStdString());
    QVERIFY2(!parsed, parsed ? qPrintable(partsOf(*parsed)) : "");
}

void TestReference::splits_data()
{
    QTest::addColumn<QString>("image");
    QTest::addColumn<bool>("fill");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("tag");
    QTest::addColumn<QString>("digest");
    QTest::newRow("tag") << "a/b:t" << false << "a/b"
                         << "t"
                         << "";
    QTest::newRow("none") << "a/b" << false << "a/b"
                          << ""
                          << "";
    QTest::newRow("none, filled") << "a/b" << true << "a/b"
                                  << "latest"
                                  << "";
    QTest::newRow("empty, filled") << "a/b:" << true << "a/b"
                                   << "latest"
                                   << "";
    QTest::newRow("port") << "localhost:5000/b" << true << "localhost:5000/b"
                          << "latest"
                          << "";
    QTest::newRow("digest") << "b@sha256:1" << true << "b"
                            << ""
                            << "sha256:1";
    QTest::newRow("tag and digest") << "b:t@sha256:1" << false << "b"
                                    << "t"
                                    << "sha256:1";
}

void TestReference::splits()
{
    QFETCH(QString, image);
    QFETCH(bool, fill);
    QFETCH(QString, name);
    QFETCH(QString, tag);
    QFETCH(QString, digest);
    const SplitImage expected{name.toStdString(), tag.toStdString(), digest.toStdString()};
    QVERIFY(splitImage(image.toStdString(), fill) == expected);
}

void TestReference::merges()
{
    QCOMPARE(mergeImage("a", ""), std::string("a"));
    QCOMPARE(mergeImage("a", "t"), std::string("a:t"));
    QCOMPARE(mergeImage("a", sha), "a@" + sha);
    QCOMPARE(mergeImage("a", "t", sha), "a:t@" + sha);
}

void TestReference::replaces_data()
{
    QTest::addColumn<QString>("image");
    QTest::addColumn<QString>("registry");
    QTest::addColumn<QString>("nameSpace");
    QTest::addColumn<QString>("repository");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *image, const char *registry, const char *nameSpace, const char *repository,
                        const char *expected) {
        QTest::addRow("%s > %s %s %s", image, registry, nameSpace, repository)
            << image << registry << nameSpace << repository << expected;
    };
    row("gpustack/runner:t", "", "", "", "gpustack/runner:t");
    row("gpustack/runner:t", " ", "", "\t", "gpustack/runner:t");
    row("", "quay.io", "", "", "");
    row("Not An Image", "quay.io", "", "", "Not An Image");
    row("gpustack/runner:t", "quay.io", "", "", "quay.io/gpustack/runner:t");
    row("gpustack/runner:t", " quay.io ", "", "", "quay.io/gpustack/runner:t");
    row("gpustack/runner:t", "localhost:5000", "mine", "", "localhost:5000/mine/runner:t");
    row("gpustack/runner:t", "", "mine", "images", "mine/images:t");
    row("docker.io/a/b/c:t", "", "mine", "", "docker.io/mine/c:t");
    row("nginx", "localhost:5000", "", "", "localhost:5000/library/nginx");
    row("docker.io/nginx", "quay.io", "", "", "quay.io/library/nginx");
    row("localhost:5000/nginx", "quay.io", "", "", "quay.io/nginx");
    row("localhost:5000/nginx", "docker.io", "", "", "docker.io/library/nginx");
    row("nginx", "", "", "httpd", "httpd");
}

void TestReference::replaces()
{
    QFETCH(QString, image);
    QFETCH(QString, registry);
    QFETCH(QString, nameSpace);
    QFETCH(QString, repository);
    QFETCH(QString, expected);
    const Replacement replacement{registry.toStdString(), nameSpace.toStdString(), repository.toStdString()};
    QCOMPARE(QString::fromStdString(replacedImage(image.toStdString(), replacement)), expected);
}

QTEST_APPLESS_MAIN(TestReference)
#include "tst_reference.moc"
