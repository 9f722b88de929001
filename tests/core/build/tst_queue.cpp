// Builds that wait for each other and for room.
#include "recordings.h"

#include "build/queue.h"

#include <QtTest>

#include <algorithm>
#include <thread>

using namespace runner;
using build::Outcome;
using build::QueueItem;
using build::QueueState;

namespace {

build::Request request(const std::string &tag)
{
    build::Request request;
    request.folder = "/";
    request.platform = "linux/amd64";
    request.target = "vllm";
    request.platformTag = tag;
    request.images = {"x/y:" + tag};
    request.dockerfile = "nowhere/Dockerfile";
    request.context = "nowhere";
    return request;
}

} // namespace

class TestQueue : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<build::History> m_history;
    build::Pairs m_environment;
    std::vector<std::string> m_log; ///< "TAG STATE"
    QMap<qint64, bool> m_started;
    int m_idle = 0;

    void set(const char *name, const char *value) { m_environment.emplace_back(name, value); }
    std::unique_ptr<build::Queue> make(int jobs = 1, bool persistent = false)
    {
        build::QueueEvents events;
        events.changed = [this](const QueueItem &item) {
            if (item.state == QueueState::Running && !m_started.contains(item.id)
                && m_started.insert(item.id, true) != m_started.end())
                m_log.push_back("started " + item.request.platformTag);
        };
        events.ended = [this](const QueueItem &item) {
            m_log.push_back(build::outcomeName(item.end.outcome) + (" " + item.request.platformTag));
        };
        events.idle = [this] { ++m_idle; };
        build::QueueOptions options;
        options.tool = {FAKE_DOCKER, m_environment};
        options.jobsPerBuilder = jobs;
        options.persistent = persistent;
        return std::make_unique<build::Queue>(*m_history, options, events);
    }
    bool wait(int idle = 1)
    {
        return QTest::qWaitFor([&] { return m_idle >= idle; }, 30000);
    }
    static int count(const build::Queue &queue, QueueState state)
    {
        const auto items = queue.items();
        return int(
            std::count_if(items.begin(), items.end(), [&](const QueueItem &item) { return item.state == state; }));
    }

private slots:
    void init()
    {
        m_history.reset();
        m_folder = std::make_unique<QTemporaryDir>();
        m_history = std::move(*build::History::open(m_folder->path().toStdString()));
        m_environment.clear();
        m_log.clear();
        m_started.clear();
        m_idle = 0;
        set("FAKE_DOCKER_STREAM", RUNNER_SOURCE_DIR "/tests/data/rawjson/success.jsonl");
    }

    void oneAfterTheOther()
    {
        const auto queue = make();
        for (const char *tag : {"a", "b", "c"})
            queue->add(request(tag));
        QVERIFY(wait());
        QCOMPARE(m_log, (std::vector<std::string>{"started a", "succeeded a", "started b", "succeeded b", "started c",
                                                  "succeeded c"}));
        const auto records = m_history->list();
        QCOMPARE(records->size(), std::size_t(3));
        QVERIFY(records->front().lines > 0 && records->front().cachedSteps <= records->front().steps);
        QVERIFY(QTest::qWaitFor(
            [&] { return std::filesystem::exists(records->back().folder / build::compressedStreamFile); }));
        QVERIFY(queue->recording(1)->log()->lines() > 0);
    }

    /// To ask it takes long each time.
    void asksASilentDaemonOnce()
    {
        const std::string calls = m_folder->filePath("calls").toStdString();
        set("FAKE_DOCKER_ERROR", "ERROR: context deadline exceeded\n");
        set("FAKE_DOCKER_LOG", calls.c_str());
        const auto queue = make();
        for (const char *tag : {"a", "b", "c"})
            queue->add(request(tag));
        QVERIFY(wait());
        QCOMPARE(m_log, (std::vector<std::string>{"started a", "could not start a", "could not start b",
                                                  "could not start c"}));
        for (const QueueItem &item : queue->items())
            QCOMPARE(item.end.problems.front().id, std::string("daemon-unreachable"));
        QCOMPARE(testdata::read(QString::fromStdString(calls)).count('\n'), 1);
        const std::int64_t again = queue->retry(3); // It is asked anew.
        QVERIFY(wait(2));
        QCOMPARE(queue->find(again)->state, QueueState::Ended);
        QVERIFY(testdata::read(QString::fromStdString(calls)).count('\n') > 1);
    }

    void severalAtATime()
    {
        set("FAKE_DOCKER_HANG", "polite");
        const auto queue = make(2);
        for (const char *tag : {"a", "b", "c", "d", "e"})
            queue->add(request(tag));
        QTRY_COMPARE(count(*queue, QueueState::Running), 2);
        QTest::qWait(100);
        QCOMPARE(count(*queue, QueueState::Running), 2);
        build::Request elsewhere = request("f");
        elsewhere.builder = "default";
        queue->add(elsewhere);
        QTRY_COMPARE(count(*queue, QueueState::Running), 3);
        queue->cancelAll();
        QVERIFY(wait());
        QCOMPARE(count(*queue, QueueState::Ended), 6);
        QCOMPARE(m_history->list()->size(), std::size_t(3)); // what never started leaves nothing
        for (const QueueItem &item : queue->items())
            QCOMPARE(build::outcomeName(item.end.outcome), "cancelled");
    }

    void waitsForWhatItNeeds()
    {
        const auto queue = make(4);
        const auto base = queue->add(request("base"));
        queue->add(request("service"), {base});
        QVERIFY(wait());
        QCOMPARE(m_log,
                 (std::vector<std::string>{"started base", "succeeded base", "started service", "succeeded service"}));
    }

    void failureStopsWhatNeedsIt()
    {
        set("FAKE_DOCKER_EXIT", "1");
        const auto queue = make(4);
        const auto base = queue->add(request("base"));
        const auto service = queue->add(request("service"), {base});
        queue->add(request("further"), {service});
        QVERIFY(wait());
        QCOMPARE(m_log, (std::vector<std::string>{"started base", "failed base", "could not start service",
                                                  "could not start further"}));
        QCOMPARE(queue->find(service)->end.problems.front().id, std::string("needed-build-failed"));
        QVERIFY(queue->retry(base) > 0);
        QCOMPARE(queue->retry(99), std::int64_t(0));
        QVERIFY(wait(2));
        QCOMPARE(m_log.back(), std::string("failed base"));
    }

    void pauses()
    {
        const auto queue = make();
        queue->setPaused(true);
        queue->add(request("a"));
        QVERIFY(wait());
        QVERIFY(m_log.empty());
        queue->setPaused(false);
        QTRY_COMPARE(m_log.size(), std::size_t(2));
        QCOMPARE(queue->retry(1), std::int64_t(0)); // it succeeded
    }

    void survivesARestart()
    {
        auto queue = make(1, true);
        queue->setPaused(true);
        const auto a = queue->add(request("a"));
        queue->add(request("b"), {a});
        queue->add(request("c"), {a}, 7); // who carries plan 7 out keeps it
        {
            const auto second = make(1, true); // the first has the lock
            QCOMPARE(*second->restore(), 0);
        }
        queue.reset();
        queue = make(1, true);
        QCOMPARE(*queue->restore(), 2);
        QVERIFY(queue->isPaused());
        QVERIFY(queue->items()[1].request == request("b"));
        QCOMPARE(queue->items()[1].waitsFor, std::vector<std::int64_t>{a});
        queue->setPaused(false);
        QTRY_COMPARE(m_log.size(), std::size_t(4));
        queue.reset();
        queue = make(1, true);
        QCOMPARE(*queue->restore(), 0);
    }

    void cancelWhilePreparing()
    {
        const auto queue = make();
        const auto a = queue->add(request("a"));
        QTRY_VERIFY(queue->find(a)->state != QueueState::Waiting);
        queue->cancel(a);
        QVERIFY(wait());
        QCOMPARE(build::outcomeName(queue->find(a)->end.outcome), "cancelled");
    }

    void destroyedWhileRunning()
    {
        set("FAKE_DOCKER_HANG", "deaf");
        auto queue = make();
        queue->add(request("a"));
        QTRY_COMPARE(count(*queue, QueueState::Running), 1);
        QTest::qWait(50);
        queue.reset();
        QVERIFY(m_history->list()->front().isRunning());
        m_history.reset();
        m_history = std::move(*build::History::open(m_folder->path().toStdString()));
        QCOMPARE(m_history->list()->front().outcome, Outcome::Interrupted);
    }
};

QTEST_GUILESS_MAIN(TestQueue)
#include "tst_queue.moc"
