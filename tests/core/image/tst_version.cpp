// The order of versions: the examples of PEP 440, and what holds for any text.
#include "image/version.h"

#include <QtTest>

#include <random>

using runner::image::sortedNewestFirst;
using runner::image::Version;

namespace {

std::string randomText(std::mt19937 &random)
{
    static const std::vector<std::string> pieces{"0",     "1",
                                                 "2",     "10",
                                                 "01",    "00",
                                                 ".",     ".",
                                                 ".",     "-",
                                                 "_",     "+",
                                                 "!",     "a",
                                                 "b",     "rc",
                                                 "alpha", "pre",
                                                 "post",  "r",
                                                 "dev",   "v",
                                                 "x",     "latest",
                                                 " ",     std::string(1, '\0'),
                                                 "\xff",  "99999999999999999999"};
    std::string text;
    for (auto left = random() % 8; left > 0; --left)
        text += pieces[random() % pieces.size()];
    return text;
}

int sign(const Version &a, const Version &b)
{
    const auto order = a <=> b;
    return order < 0 ? -1 : order > 0 ? 1 : 0;
}

} // namespace

class TestVersion : public QObject
{
    Q_OBJECT

private slots:
    void ascending_data();
    void ascending();
    void equivalent_data();
    void equivalent();
    void validity_data();
    void validity();
    void totalOrder();
    void sortsStably();
    void longVersions();
};

// Every list ascends strictly; the tables are those of PEP 440.
void TestVersion::ascending_data()
{
    QTest::addColumn<QStringList>("versions");
    const auto row = [](const char *name, const char *list) { QTest::newRow(name) << QString(list).split(' '); };
    row("final releases", "0.9 0.9.1 0.9.2 0.9.10 0.9.11 1.0 1.0.1 1.1 2.0 2.0.1");
    row("stages", "4.3a2 4.3b2 4.3rc2 4.3");
    row("summary", "1.dev0 1.0.dev456 1.0a1 1.0a2.dev456 1.0a12.dev456 1.0a12 1.0b1.dev456 1.0b2 1.0b2.post345.dev456 "
                   "1.0b2.post345 1.0rc1.dev456 1.0rc1 1.0 1.0+abc.5 1.0+abc.7 1.0+5 1.0.post456.dev34 1.0.post456 "
                   "1.0.15 1.1.dev1");
    row("epochs", "1.0 1.1 2.0 2013.10 2014.04 1!1.0 1!1.1 1!2.0");
    row("local", "0.17.1 0.17.1+a 0.17.1+a.b 0.17.1+a.1 0.17.1+cu1 0.17.1+1 0.17.1+1.a 0.17.1+1.1 0.17.1+10 0.17.2");
    row("post and dev", "1.0.dev1 1.0a1.dev1 1.0a1.post1.dev1 1.0a1.post1 1.0 1.0.post1.dev1 1.0.post1 1.0-2");
    row("runners", "0.5.6 0.5.6.post2 0.5.8.post1 0.5.9 0.5.10rc0 0.5.10 0.5.14 0.8.3 0.10.1 0.10.1.1 0.10.2");
    row("mindie", "2.1.rc1 2.1.rc2 2.1 2.2.rc1 2.3.0");
    row("others are below", "1 2 10 10.1 10.a 10.b a latest 0.dev0");
    row("large numbers", "9 99999999999999999998 99999999999999999999 100000000000000000000");
}

void TestVersion::ascending()
{
    QFETCH(QStringList, versions);
    if (QTest::currentDataTag() == QLatin1String("others are below"))
        versions = {"!", "!.1", "!.2", "!.10", "!.a", "!.aa", "!a", "x", "0.dev0", "1"};
    for (int i = 0; i < versions.size(); ++i) {
        for (int j = 0; j < versions.size(); ++j) {
            const Version a(versions[i].toStdString());
            const Version b(versions[j].toStdString());
            const int expected = i < j ? -1 : i > j ? 1 : 0;
            QVERIFY2(sign(a, b) == expected, qPrintable(versions[i] + " against " + versions[j]));
        }
    }
}

void TestVersion::equivalent_data()
{
    QTest::addColumn<QStringList>("versions");
    const auto row = [](const char *list) { QTest::newRow(list) << QString(list).split('|'); };
    row("2.1|2.1.0|v2.1|V2.1.0.0| 2.1\n|0!2.1|02.01");
    row("1.1rc1|1.1RC1|1.1.rc1|1.1-rc1|1.1_rc1|1.1c1|1.1pre1|1.1preview1|1.1.rc.1|1.1rc-1|1.1rc01");
    row("1.1a1|1.1alpha1|1.1.alpha.1|1.1-a_1");
    row("1.1b0|1.1beta|1.1.beta|1.1b");
    row("1.2.post2|1.2-post2|1.2post-2|1.2post2|1.2.r2|1.2.rev2|1.2-2");
    row("1.2.post0|1.2.post|1.2post");
    row("1.2.dev2|1.2-dev2|1.2dev2|1.2.dev-2|1.2.DEV2");
    row("1.0+ubuntu.1|1.0+ubuntu-1|1.0+ubuntu_1|1.0+Ubuntu.01");
    row("1.2rc1.dev0|1.2rc1dev");
}

void TestVersion::equivalent()
{
    QFETCH(QStringList, versions);
    for (const QString &a : versions) {
        for (const QString &b : versions)
            QVERIFY2(Version(a.toStdString()) == Version(b.toStdString()), qPrintable(a + " against " + b));
        QVERIFY2(Version(a.toStdString()).isPep440(), qPrintable(a));
        QCOMPARE(QString::fromStdString(Version(a.toStdString()).text()), a);
    }
}

void TestVersion::validity_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("valid");
    for (const char *text : {"0", "1!2.3a4.post5.dev6+local.7", "1.0-1", "1.0a-", "2.1.rc1", "0.5.8.post1", "25.04.2"})
        QTest::newRow(text) << text << true;
    for (const char *text :
         {"",         " ",       "v",   "latest", "1.",     ".1",   "1..2",  "1.0x",           "1.0+",
          "1.0+a..b", "1.0+a+b", "1!",  "!1",     "1.0--1", "1.0-", "1.0 1", "1.0.dev1.post1", "1.0post1rc1",
          "X.Y",      "1.0a1b1", "1,0", "1.0+ü"})
        QTest::newRow(text) << text << false;
}

void TestVersion::validity()
{
    QFETCH(QString, text);
    QFETCH(bool, valid);
    QCOMPARE(Version(text.toStdString()).isPep440(), valid);
}

void TestVersion::totalOrder()
{
    std::mt19937 random(440);
    std::vector<Version> versions;
    for (int i = 0; i < 160; ++i)
        versions.emplace_back(randomText(random));
    for (const Version &a : versions) {
        QCOMPARE(sign(a, a), 0);
        for (const Version &b : versions) {
            QCOMPARE(sign(a, b), -sign(b, a));
            if (sign(a, b) > 0)
                continue;
            for (const Version &c : versions)
                QVERIFY2(sign(b, c) > 0 || sign(a, c) <= std::min(sign(a, b), sign(b, c)),
                         (a.text() + " | " + b.text() + " | " + c.text()).c_str());
        }
    }
}

void TestVersion::sortsStably()
{
    const std::vector<std::string> sorted{"0.5.14", "0.5.10rc0", "2.1", "2.1.0", "latest"};
    const std::vector<std::string> expected{"2.1", "2.1.0", "0.5.14", "0.5.10rc0", "latest"};
    QVERIFY(sortedNewestFirst(sorted) == expected);
    QVERIFY(sortedNewestFirst({"2.1.0", "2.1"}) == (std::vector<std::string>{"2.1.0", "2.1"}));
    QVERIFY(sortedNewestFirst({}).empty());
}

void TestVersion::longVersions()
{
    const std::string nines(100000, '9');
    QVERIFY(Version(nines) < Version("1" + nines));
    std::string dotted = "1";
    for (int i = 0; i < 100000; ++i)
        dotted += ".0";
    QVERIFY(Version(dotted) == Version("1"));
    QVERIFY(Version(dotted + ".1") > Version("1"));
}

QTEST_APPLESS_MAIN(TestVersion)
#include "tst_version.moc"
