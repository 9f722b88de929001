// Of the work that is asked for while a piece of it runs only the last is done, and nobody who is gone is told.
#include "tasks/latesttask.h"

#include <QSemaphore>
#include <QTest>

#include <memory>

using namespace runner;

class TestLatestTask : public QObject
{
    Q_OBJECT

private slots:
    void onlyTheLastOfThoseThatWait()
    {
        QList<int> answers;
        QList<bool> outdated;
        ui::LatestTask<int> *told = nullptr;
        ui::LatestTask<int> task(this, [&](int &&answer) {
            answers << answer;
            outdated << told->hasNewer();
        });
        told = &task;
        QSemaphore mayEnd;
        for (const int number : {1, 2, 3})
            task.ask([&mayEnd, number] {
                mayEnd.acquire();
                return number;
            });
        QVERIFY(task.isRunning() && task.hasNewer());
        mayEnd.release(3);
        QTRY_VERIFY(!task.isRunning());
        QCOMPARE(answers, QList<int>({1, 3}));
        QCOMPARE(outdated, QList<bool>({true, false}));
        QCOMPARE(mayEnd.available(), 1); // The second never ran.
    }

    void droppedIsNotBegun()
    {
        QList<int> answers;
        ui::LatestTask<int> task(this, [&](int &&answer) { answers << answer; });
        QSemaphore mayEnd;
        task.ask([&mayEnd] {
            mayEnd.acquire();
            return 1;
        });
        task.ask([] { return 2; });
        task.dropNext();
        mayEnd.release();
        QTRY_VERIFY(!task.isRunning());
        QCOMPARE(answers, QList<int>{1});
    }

    /// Whoever is told asks again.
    void askedFromWithin()
    {
        QList<int> answers;
        ui::LatestTask<int> *again = nullptr;
        ui::LatestTask<int> task(this, [&](int &&answer) {
            answers << answer;
            if (answer < 3)
                again->ask([answer] { return answer + 1; });
        });
        again = &task;
        task.ask([] { return 1; });
        QTRY_VERIFY(!task.isRunning());
        QCOMPARE(answers, QList<int>({1, 2, 3}));
    }

    void ownerIsGone()
    {
        struct Owner : QObject
        {
            explicit Owner(int &told)
                : task(this, [&told](int &&) { ++told; })
            {
            }
            ui::LatestTask<int> task;
        };
        int told = 0;
        QSemaphore mayEnd;
        QSemaphore ended;
        auto owner = std::make_unique<Owner>(told);
        owner->task.ask([&] {
            mayEnd.acquire();
            ended.release();
            return 1;
        });
        owner.reset();
        mayEnd.release();
        ended.acquire();
        QThreadPool::globalInstance()->waitForDone();
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
        QCOMPARE(told, 0);
    }
};

QTEST_GUILESS_MAIN(TestLatestTask)

#include "tst_latesttask.moc"
