// The place "Builds" while another console builds: what that does is noticed, and its builds are followed.
#include "buildstest.h"

#include "build/history.h"
#include "builds/steptreemodel.h"

class TestBuildOthers : public BuildsTest
{
    Q_OBJECT

private slots:
    void init()
    {
        setUp();
        auto opened = build::History::open(m_folder->filePath(QStringLiteral("state")).toStdString());
        QVERIFY(opened);
        m_other = std::move(*opened);
    }
    void cleanup()
    {
        m_place.reset();
        m_other.reset();
    }

    void theirBuildsAreNoticed()
    {
        open();
        QTRY_COMPARE(title(), QStringLiteral("Nothing has been built yet"));
        const build::BuildRecord theirs = begin();
        QTRY_COMPARE(outcome(), -1);
        end(theirs, nullptr);
        QTRY_COMPARE(outcome(), static_cast<int>(build::Outcome::Succeeded));
        m_place->hide(); // Nothing is asked for what nobody sees; it is when it is shown again.
        begin();
        m_place->show();
        QTRY_COMPARE(m_place->model()->rowCount(), 2);
    }

    void whatTheyRunIsFollowed()
    {
        const QByteArray stream = testdata::read(testdata::project(QStringLiteral("tests/data/rawjson/success.jsonl")));
        const qsizetype half = stream.indexOf('\n', stream.size() / 2) + 1;
        const build::BuildRecord theirs = begin();
        const auto recording = build::Recording::create(theirs.folder, "Dockerfile");
        QVERIFY(recording);
        QVERIFY((*recording)->write({stream.constData(), static_cast<std::size_t>(half)}));
        open();
        QTRY_COMPARE(m_place->page()->build(), theirs.id);
        QTRY_COMPARE(log()->rows(), (*recording)->log()->lines());
        QTRY_COMPARE(m_place->page()->steps()->steps().size(), (*recording)->steps().steps().size());
        QVERIFY(log()->source().isLive());
        QVERIFY((*recording)->write({stream.constData() + half, static_cast<std::size_t>(stream.size() - half)}));
        QTRY_COMPARE(log()->rows(), (*recording)->log()->lines());
        QTRY_COMPARE(m_place->page()->steps()->steps().size(), (*recording)->steps().steps().size());
        m_place->page()->showStep(1);
        QVERIFY((*recording)->finish());
        end(theirs, recording->get());
        QTRY_VERIFY(summary().contains(QStringLiteral("succeeded")));
        QTRY_VERIFY(!log()->source().isLive() && !m_place->page()->isLoading());
        QCOMPARE(m_place->page()->shownStep(), std::optional<std::size_t>(1)); // The reader stays where he was.
        m_place->page()->showStep({});
        QCOMPARE(log()->rows(), (*recording)->log()->lines());
    }

    void theirBuildIsCancelled()
    {
        const build::BuildRecord theirs = begin();
        open();
        QTRY_COMPARE(m_place->page()->build(), theirs.id);
        QVERIFY(child<QPushButton>("buildCancel")->isVisible());
        QVERIFY(!m_other->cancelRequested(theirs.id));
        QTest::mouseClick(child<QPushButton>("buildCancel"), Qt::LeftButton);
        QTRY_VERIFY(m_other->cancelRequested(theirs.id));
        end(theirs, nullptr);
        QTRY_VERIFY(!child<QPushButton>("buildCancel")->isVisible());
    }

    void theirDeathIsNoticed()
    {
        open();
        begin();
        QTRY_COMPARE(outcome(), -1);
        m_other.reset(); // Its locks are gone with it.
        QTRY_COMPARE_WITH_TIMEOUT(outcome(), static_cast<int>(build::Outcome::Interrupted), 20000);
    }

private:
    build::BuildRecord begin()
    {
        build::Request request;
        request.folder = "/centre";
        request.target = "vllm";
        request.platform = "linux/amd64";
        request.platformTag = "cuda12.9-vllm0.17.1-linux-amd64";
        request.dockerfile = "Dockerfile";
        auto begun = m_other->begin(request, {});
        if (!begun)
            qFatal("%s", begun.error().message.c_str());
        return *begun;
    }
    void end(const build::BuildRecord &record, const build::Recording *recording)
    {
        build::RunEnd end;
        end.outcome = build::Outcome::Succeeded;
        end.started = record.started;
        end.ended = build::currentTime();
        QVERIFY(m_other->end(record.id, end, recording));
    }

    std::unique_ptr<build::History> m_other;
};

QTEST_MAIN(TestBuildOthers)
#include "tst_buildothers.moc"
