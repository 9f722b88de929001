// Applying and undoing: all files or none, every byte, whatever happens in between.
#include "onboardtest.h"
#include "unprivileged.h"

#include "workspace/changeset.h"

#include <array>
#include <csignal>
#include <random>
#include <sys/wait.h>
#include <unistd.h>

using namespace onboardtest;

class ApplyTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<Centre> m_centre;
    workspace::WorkspacePointer m_workspace;
    std::map<std::string, std::string> m_before;

    std::string applied(const onboard::Proposal &proposal) const
    {
        const auto done = onboard::apply(m_centre->root(), proposal, m_centre->journals());
        return done ? std::string() : done.error().id;
    }

private slots:
    void init()
    {
        m_centre = Centre::ofProject();
        m_workspace = m_centre->open();
        QVERIFY(m_workspace);
        m_before = treeOf(m_centre->root());
    }

    void undoReturnsEveryByte()
    {
        m_centre->write("matrix.yml", "\xEF\xBB\xBF" + m_centre->read("matrix.yml")); // a byte-order mark stays
        m_workspace = m_centre->open();
        m_before = treeOf(m_centre->root());
        const auto backend = onboard::propose(m_workspace, neuware());
        QVERIFY(backend);
        const auto first = onboard::apply(m_centre->root(), *backend, m_centre->journals());
        QVERIFY2(first, first ? "" : first.error().message.c_str());
        QVERIFY(m_centre->read("matrix.yml").starts_with("\xEF\xBB\xBF#"));
        const auto service = onboard::propose(m_centre->open(), tei());
        QVERIFY(service);
        const auto second = onboard::apply(m_centre->root(), *service, m_centre->journals());
        QVERIFY(second);
        QVERIFY(onboard::undo(m_centre->root(), *second, m_centre->journals()));
        QVERIFY(onboard::undo(m_centre->root(), *first, m_centre->journals()));
        QVERIFY(treeOf(m_centre->root()) == m_before);
        QVERIFY(onboard::propose(m_centre->open(), neuware())); // the folder is free again
    }

    void aFileChangedMeanwhileIsRefused()
    {
        const auto proposal = onboard::propose(m_workspace, tei());
        m_centre->write("pack/rocm/Dockerfile", m_centre->read("pack/rocm/Dockerfile") + "# mine\n");
        m_before = treeOf(m_centre->root());
        QCOMPARE(applied(*proposal), std::string("changeset-stale"));
        QVERIFY(treeOf(m_centre->root()) == m_before);
    }

    void aFolderMadeMeanwhileIsRefused()
    {
        const auto proposal = onboard::propose(m_workspace, neuware());
        fs::create_directory(m_centre->root() / "pack/neuware");
        QCOMPARE(applied(*proposal), std::string("onboard-folder-there"));
        QVERIFY(m_centre->read("matrix.yml") == m_before["matrix.yml"]);
    }

    void undoRefusesWhatWasChangedAfterwards()
    {
        const auto undo =
            onboard::apply(m_centre->root(), *onboard::propose(m_workspace, neuware()), m_centre->journals());
        QVERIFY(undo);
        m_centre->write("pack/neuware/Dockerfile", "FROM a:1 AS vllm\n");
        m_before = treeOf(m_centre->root());
        QCOMPARE(onboard::undo(m_centre->root(), *undo, m_centre->journals()).error().id,
                 std::string("changeset-stale"));
        QVERIFY(treeOf(m_centre->root()) == m_before);
    }

    void undoLeavesWhatSomebodyPutThere()
    {
        const auto undo =
            onboard::apply(m_centre->root(), *onboard::propose(m_workspace, neuware()), m_centre->journals());
        m_centre->write("pack/neuware/notes.txt", "mine\n");
        QVERIFY(onboard::undo(m_centre->root(), *undo, m_centre->journals()));
        m_before["pack/neuware"] = "(folder)";
        m_before["pack/neuware/notes.txt"] = "mine\n";
        QVERIFY(treeOf(m_centre->root()) == m_before);
    }

    void aReadOnlyFileIsRefused()
    {
        const auto proposal = onboard::propose(m_workspace, tei());
        fs::permissions(m_centre->root() / "matrix.yml", fs::perms::owner_read);
        QCOMPARE(applied(*proposal), std::string("file-read-only"));
        QVERIFY(treeOf(m_centre->root()) == m_before);
    }

    void aReadOnlyFolderIsRefused()
    {
        const auto proposal = onboard::propose(m_workspace, neuware());
        fs::permissions(m_centre->root().parent_path(), fs::perms(0777));
        fs::permissions(m_centre->root(), fs::perms(0777));
        fs::permissions(m_centre->root() / "pack", fs::perms(0555));
        {
            const testdata::Unprivileged user;
            const auto done = onboard::apply(m_centre->root(), *proposal, m_centre->journals());
            QVERIFY(!done);
            QCOMPARE(done.error().id, std::string("folder-read-only"));
            QCOMPARE(done.error().message, "The folder pack/neuware cannot be made in "
                                               + (m_centre->root() / "pack").string() + ": Permission denied");
        }
        fs::permissions(m_centre->root() / "pack", fs::perms::owner_all);
        QVERIFY(treeOf(m_centre->root()) == m_before);
    }

    void aFileInTheWayIsRefused()
    {
        const auto proposal = onboard::propose(m_workspace, neuware());
        m_centre->write("tests/e2e/rehearsal/described", "a file where a folder is to be\n");
        QVERIFY(!applied(*proposal).empty());
        QVERIFY(m_centre->read("matrix.yml") == m_before["matrix.yml"]);
        QVERIFY(!fs::exists(m_centre->root() / "pack/neuware"));
    }

    // Killed at any moment, it is wholly there or wholly gone, and can be taken back then.
    void survivesKill()
    {
        const std::vector proposals{*onboard::propose(m_workspace, neuware()), *onboard::propose(m_workspace, tei())};
        std::mt19937 generator(6);
        std::array<int, 3> seen{};
        constexpr int moments = 200;
        for (int i = 0; i < moments; ++i) {
            const onboard::Proposal &proposal = proposals[static_cast<std::size_t>(i % 2)];
            killAfter(std::uniform_int_distribution<useconds_t>(0, 50000)(generator), proposal);
            QVERIFY(workspace::resumeChanges(m_centre->root(), m_centre->journals()));
            const auto now = treeOf(m_centre->root());
            const bool gone = now == m_before;
            QVERIFY2(gone || now == treeWith(proposal), "neither there nor gone");
            ++seen[gone ? 2U : static_cast<std::size_t>(i % 2)];
            if (!gone)
                QVERIFY(onboard::undo(m_centre->root(), workspace::inverse(changesOf(proposal)), m_centre->journals()));
        }
        QVERIFY(treeOf(m_centre->root()) == m_before);
        qInfo("there: backend %d, service %d; gone %d times", seen[0], seen[1], seen[2]);
        QVERIFY(seen[2] > 0 && seen[2] < moments);
    }

private:
    /// What is in the folder once it is applied.
    std::map<std::string, std::string> treeWith(const onboard::Proposal &proposal) const
    {
        auto tree = m_before;
        for (const onboard::ProposedFile &file : proposal.files) {
            tree[file.file] = file.after;
            for (fs::path folder = fs::path(file.file).parent_path(); !folder.empty(); folder = folder.parent_path())
                tree[folder.string()] = "(folder)";
        }
        return tree;
    }

    static workspace::ChangeSet changesOf(const onboard::Proposal &proposal)
    {
        workspace::ChangeSet changes;
        for (const onboard::ProposedFile &file : proposal.files)
            changes.push_back({file.file, file.after, file.before});
        return changes;
    }

    /// A process that applies it and takes it back, in turn, lives for so long, in microseconds.
    void killAfter(useconds_t life, const onboard::Proposal &proposal) const
    {
        const pid_t child = ::fork();
        QVERIFY(child >= 0);
        if (child == 0) {
            for (;;) {
                const auto done = onboard::apply(m_centre->root(), proposal, m_centre->journals());
                if (!done || !onboard::undo(m_centre->root(), *done, m_centre->journals()))
                    ::_exit(1);
            }
        }
        ::usleep(life);
        QCOMPARE(::kill(child, SIGKILL), 0);
        int status = 0;
        QCOMPARE(::waitpid(child, &status, 0), child);
        QVERIFY2(WIFSIGNALED(status), "it ended before it was killed: it could not write");
    }
};

QTEST_APPLESS_MAIN(ApplyTest)
#include "tst_apply.moc"
